"""lianhu cascade: a notice down the tree, recomputed from the files by the definitions."""

from __future__ import annotations

import csv
import json
import os
import random
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from command import lianhu, read

UNITS = """code,parent,level,name
430181002,,街道,集里街道
430181002216,430181002,社区,太平桥村
430181002216001,430181002216,网格,
430181002216001001,430181002216001,微网格,
430181002216001002,430181002216001,微网格,
H1,430181002216001001,联系户,
H2,430181002216001001,联系户,
H3,430181002216001002,联系户,
"""
POSTS = "unit,holder,stand_in\n430181002,L01,L02\n430181002216,L03,\n430181002216001001,S0042,S0043\n"
ACKS = """unit,time
430181002216,2026-11-24 08:10
430181002216001,2026-11-24T09:00:00+08:00
430181002216001001,2026/11/24 9:20
H1,2026-11-24 10:00
H1,2026-11-24 11:00
"""
NOTICE = ("cascade", "--hierarchy", "units.csv", "--notice", "430181002", "--acks", "acks.csv")
OUTPUTS = ("--out", "coverage.csv", "--retransmit", "r.csv", "--summary", "s.json")


def write(folder: Path, units: str = UNITS, posts: str = POSTS, acks: str = ACKS) -> None:
    for name, text in (("units.csv", units), ("posts.csv", posts), ("acks.csv", acks)):
        (folder / name).write_text(text, encoding="utf-8", newline="")


def test_where_it_stopped(tmp_path: Path) -> None:
    write(tmp_path)
    result = lianhu(*NOTICE, "--posts", "posts.csv", "--sent", "2026-11-24 08:00", *OUTPUTS, cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert "reached: 1 of 3 targets (33.33 %)" in result.out and "micro-grid: 1 of 2 acknowledged" in result.out
    coverage = {row["unit"]: row for row in read(tmp_path / "coverage.csv")}
    assert len(coverage) == 5  # the units, not the households
    assert [coverage["430181002216001"][name] for name in ("targets", "reached", "coverage", "state", "waiting")] == [
        "3", "1", "0.3333", "partly", "1"]
    assert coverage["430181002216001001"]["seconds_to_50"] == "7200"
    assert read(tmp_path / "r.csv") == [
        {"from": "430181002216001", "from_person": "L03", "to": "430181002216001002", "to_name": "",
         "to_level": "micro-grid", "to_person": "L03", "targets": "1"},
        {"from": "430181002216001001", "from_person": "S0042", "to": "H2", "to_name": "", "to_level": "household",
         "to_person": "", "targets": "1"}]
    summary = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert (summary["targets"], summary["reached"], summary["seconds_to_50"]) == (3, 1, None)
    assert summary["acknowledgements"] == {"taken": 4, "repeated": 1, "later": 0}
    assert [stop["unit"] for stop in summary["not_passed_on"]] == ["430181002216001", "430181002216001001"]


def test_an_earlier_moment(tmp_path: Path) -> None:
    write(tmp_path)
    result = lianhu("--lang", "zh", *NOTICE, "--at", "2026-11-24 09:10", *OUTPUTS, cwd=tmp_path)
    assert result.code == 0 and "3个对象中0个已确认" in result.out and "下级未收到2个" in result.out
    summary = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert summary["acknowledgements"]["later"] == 3
    assert summary["sent"] == "2026-11-24T08:10:00+08:00"  # the first acknowledgement, where nothing else is said


def test_households_by_file_and_by_plan(tmp_path: Path) -> None:
    units = "".join(line for line in UNITS.splitlines(keepends=True) if not line.startswith("H"))
    write(tmp_path, units=units)
    (tmp_path / "h.csv").write_text("id,grid\nH1,430181002216001001\nH2,430181002216001001\nH3,430181002216001002\n")
    result = lianhu(*NOTICE, "--households", "h.csv", "--household-unit", "grid", *OUTPUTS, cwd=tmp_path)
    assert result.code == 0, result.err
    by_file = read(tmp_path / "coverage.csv")
    assert by_file[0]["targets"] == "3" and by_file[0]["reached"] == "1"
    # The plan: H3 has no steward, H2 another one, who holds the community.
    (tmp_path / "plan.csv").write_text("household,steward\nH1,S0042\nH2,L03\nH3,\n")
    result = lianhu(*NOTICE, "--posts", "posts.csv", "--plan", "plan.csv", *OUTPUTS, cwd=tmp_path)
    assert result.code == 0 and "1 households have no steward" in result.out, result.err
    by_plan = {row["unit"]: row["targets"] for row in read(tmp_path / "coverage.csv")}
    assert by_plan == {"430181002": "2", "430181002216": "2", "430181002216001": "1", "430181002216001001": "1",
                       "430181002216001002": "0"}


def test_without_households_the_leaves_are_the_targets(tmp_path: Path) -> None:
    write(tmp_path, units="code\n430181002001\n430181002002\n430181002003\n",
          acks="unit,time\n430181002002,2026-11-24 08:00\n")
    result = lianhu(*NOTICE, *OUTPUTS, cwd=tmp_path)
    assert "reached: 1 of 3 targets" in result.out
    assert len(read(tmp_path / "coverage.csv")) == 4 and len(read(tmp_path / "r.csv")) == 2


def test_a_random_street_by_the_definitions(tmp_path: Path) -> None:
    seed = 20261124
    generator = random.Random(seed)
    levels = ("street", "community", "grid", "micro-grid", "household")
    parent: dict[str, str] = {"U": ""}
    level = {"U": 0}
    ring = ["U"]
    for depth in range(1, 5):
        below = []
        for unit in ring:
            for k in range(generator.randint(0 if depth > 2 else 1, 6)):
                child = f"{unit}.{k}"
                parent[child], level[child] = unit, depth
                below.append(child)
        ring = below
    sent = datetime(2026, 11, 24, 8)
    acks: dict[str, int] = {}
    rows = []
    for unit in parent:
        if unit != "U" and generator.random() < 0.6:
            after = generator.randrange(100_000)
            acks[unit] = after
            rows.append((unit, (sent + timedelta(seconds=after)).isoformat(sep=" ")))
    generator.shuffle(rows)
    lines = [f"{unit},{up},{levels[level[unit]]}\n" for unit, up in parent.items()]
    generator.shuffle(lines)
    write(tmp_path, units="code,parent,level\n" + "".join(lines),
          acks="unit,time\n" + "".join(f"{unit},{time}\n" for unit, time in rows))
    result = lianhu("cascade", "--hierarchy", "units.csv", "--notice", "U", "--acks", "acks.csv", "--sent",
                    "2026-11-24 08:00", *OUTPUTS, cwd=tmp_path)
    assert result.code == 0, (seed, result.err)

    below: dict[str, list[str]] = defaultdict(list)
    for unit in parent:
        up = unit
        while up:
            below[up].append(unit)
            up = parent[up]
    acks["U"] = 0
    targets = {unit: [u for u in below[unit] if level[u] == 4] for unit in parent}
    heard = {unit: any(u in acks for u in below[unit]) for unit in parent}
    table = {row["unit"]: row for row in read(tmp_path / "coverage.csv")}
    assert set(table) == {unit for unit in parent if level[unit] < 4}
    finished = 0
    for unit, row in table.items():
        times = sorted(acks[u] for u in targets[unit] if u in acks)
        assert int(row["targets"]) == len(targets[unit]) and int(row["reached"]) == len(times), (seed, unit)
        assert int(row["acknowledged"]) == sum(u in acks for u in below[unit])
        for percent in (50, 90, 100):
            wanted = -(-len(targets[unit]) * percent // 100)
            expected = str(times[wanted - 1]) if 0 < wanted <= len(times) else ""
            assert row[f"seconds_to_{percent}"] == expected, (seed, unit, percent)
            finished += expected != ""
    stops = {(row["from"], row["to"]): int(row["targets"]) for row in read(tmp_path / "r.csv")}
    assert stops == {(parent[u], u): len(targets[u]) for u in parent
                     if u != "U" and targets[u] and not heard[u] and heard[parent[u]]}
    assert sum(stops.values()) == len(targets["U"]) - int(table["U"]["reached"])
    assert len(stops) > 20 and finished > 20


FAULTS = {
    "unknown unit": ("unit,time\nX,2026-11-24\n", "acks.csv: row 2, column unit: not in units.csv: 'X'"),
    "no unit": ("unit,time\n,2026-11-24\n", "acks.csv: row 2, column unit: value missing: ''"),
    "no time": ("unit,time\nH1,\n", "acks.csv: row 2, column time: value missing: ''"),
    "bad time": ("unit,time\nH1,24.11.2026\n",
                 "acks.csv: row 2, column time: not a time such as 2026-11-24T08:30:00+08:00: '24.11.2026'"),
    "too early": ("unit,time\nH1,2026-11-24 09:00\nH2,2026-11-23\n",
                  "acks.csv: row 3, column time: before the notice was sent: '2026-11-23T00:00:00+08:00'"),
    "no column": ("unit\nH1\n", "acks.csv: row 1, column time: is missing; the columns are 'unit'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_bad_acknowledgements(tmp_path: Path, name: str) -> None:
    text, message = FAULTS[name]
    write(tmp_path, acks=text)
    result = lianhu(*NOTICE, "--sent", "2026-11-24 08:00", *OUTPUTS, cwd=tmp_path)
    assert (result.code, result.out, result.err) == (2, "", f"lianhu: {message}\n")
    assert sorted(os.listdir(tmp_path)) == ["acks.csv", "posts.csv", "units.csv"]


def test_all_but_one_is_not_all(tmp_path: Path) -> None:
    write(tmp_path, acks="unit,time\n430181002,2026-11-24\n" + "".join(f"H{i:05d},2026-11-25\n" for i in range(29_999)))
    (tmp_path / "units.csv").write_text(UNITS.split("H1,")[0], encoding="utf-8")
    (tmp_path / "households.csv").write_text("id,unit\n" + "".join(f"H{i:05d},430181002216001002\n" for i in range(30_000)))
    result = lianhu(*NOTICE, "--households", "households.csv", "--out", "coverage.csv", cwd=tmp_path)
    assert result.code == 0 and "reached: 29999 of 30000 targets (99.99 %)" in result.out
    assert read(tmp_path / "coverage.csv")[0]["coverage"] == "0.9999"
    # Without an acknowledgement nothing says when the notice was sent.
    write(tmp_path, acks="unit,time\n")
    result = lianhu(*NOTICE, "--out", "c.csv", cwd=tmp_path)
    assert (result.code, result.err) == (2, "lianhu: --sent: needed, for acks.csv has no acknowledgement from which to take when the notice was sent\n")
    assert lianhu(*NOTICE, "--sent", "2026-11-24", "--out", "c.csv", cwd=tmp_path).code == 0


def test_bad_options(tmp_path: Path) -> None:
    write(tmp_path)
    for arguments, message in (
        (("--notice", "430"), "--notice: not in units.csv: '430'"),
        (("--sent", "today"), "--sent: not a time such as 2026-11-24T08:30:00+08:00: 'today'"),
        (("--sent", "2026-11-24", "--at", "2026-11-23"), "--at: before the notice was sent: '2026-11-23'"),
        (("--notice", "430181002216001002", "--sent", "2026-11-24"),
         "acks.csv: row 2, column unit: takes no part in the notice: '430181002216'"),
    ):
        options = ("cascade", "--hierarchy", "units.csv", "--acks", "acks.csv", *arguments)
        options += () if "--notice" in arguments else ("--notice", "430181002")
        result = lianhu(*options, cwd=tmp_path)
        assert (result.code, result.out, result.err) == (2, "", f"lianhu: {message}\n"), arguments
    assert lianhu(*NOTICE, "--plan", "plan.csv", cwd=tmp_path).code == 2  # needs --posts
    assert lianhu("cascade", cwd=tmp_path).code == 2


def test_gb18030(tmp_path: Path) -> None:
    write(tmp_path)
    for name in ("units.csv", "acks.csv"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        (tmp_path / name).write_bytes(text.encode("gb18030"))
    assert lianhu(*NOTICE, *OUTPUTS, cwd=tmp_path).code == 0
    assert read(tmp_path / "coverage.csv")[1]["name"] == "太平桥村"
