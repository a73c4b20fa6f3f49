"""lianhu groups: the four kinds, from tree, posts and plan; who joins and who leaves."""

from __future__ import annotations

import os
import random
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from cascade_test import POSTS, UNITS
from command import lianhu, read

GROUPS = ("groups", "--hierarchy", "units.csv", "--posts", "posts.csv")


def write(folder: Path, **files: str) -> None:
    for name, text in {"units": UNITS, "posts": POSTS, **files}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


def members(path: Path) -> dict[str, list[tuple[str, str]]]:
    groups = defaultdict(list)
    for row in read(path):
        groups[row["group"]].append((row["member"], row["role"]))
    return dict(groups)


def test_the_four_kinds(tmp_path: Path) -> None:
    write(tmp_path, plan="household,steward\nH1,S0042\nH2,S0042\nH3,S0099\n")
    result = lianhu(*GROUPS, "--plan", "plan.csv", "--out", "g.csv", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert "1 command, 1 backbone, 1 operating, 2 household" in result.out
    assert "1 stewards of the plan hold no post" in result.out and "S0099" in result.out
    assert members(tmp_path / "g.csv") == {
        "command:430181002": [("L01", "holder"), ("L02", "stand_in"), ("L03", "holder")],
        "backbone:430181002216": [("L03", "holder")],
        "operating:430181002216001": [("L03", "acting"), ("S0042", "holder"), ("S0043", "stand_in")],
        "household:S0042": [("S0042", "steward"), ("H1", "household"), ("H2", "household")],
        "household:S0099": [("S0099", "steward"), ("H3", "household")],
    }
    row = read(tmp_path / "g.csv")[0]
    assert list(row) == ["group", "kind", "unit", "name", "member", "role", "post"]
    assert (row["kind"], row["unit"], row["name"], row["post"]) == ("command", "430181002", "集里街道", "430181002")


def test_strangers_and_units_without_a_group_are_named(tmp_path: Path) -> None:
    write(tmp_path, plan="household,steward\nH1,S0042\nHX,S0042\n")
    result = lianhu(*GROUPS, "--plan", "plan.csv", "--out", "g.csv", cwd=tmp_path)
    assert result.code == 0 and "1 households of the plan are not among those of the tree, such as HX\n" in result.out
    write(tmp_path, posts="unit,holder\n430181002,L01\n430181002216,L03\n")
    result = lianhu(*GROUPS, "--out", "g.csv", cwd=tmp_path)
    assert "1 units have no group, for no post of theirs or right below is filled, such as 430181002216001\n" in result.out


def test_without_a_plan_whoever_acts_has_the_households(tmp_path: Path) -> None:
    write(tmp_path)
    assert lianhu(*GROUPS, "--out", "g.csv", cwd=tmp_path).code == 0
    groups = members(tmp_path / "g.csv")
    assert groups["household:S0042"] == [("S0042", "steward"), ("H1", "household"), ("H2", "household")]
    assert groups["household:L03"] == [("L03", "steward"), ("H3", "household")]  # nobody holds that micro-grid


def test_nobody_answers(tmp_path: Path) -> None:
    write(tmp_path, posts="unit,holder\n", plan="household,steward\nH1,\n")
    result = lianhu(*GROUPS, "--plan", "plan.csv", "--out", "g.csv", cwd=tmp_path)
    assert result.code == 0 and "1 households have nobody" in result.out
    assert read(tmp_path / "g.csv") == []


def test_changes_after_a_rebalancing(tmp_path: Path) -> None:
    """Whatever changes, the changes applied to the old groups give the new ones."""
    seed = 9
    generator = random.Random(seed)
    plans = []
    for _ in range(2):
        plans.append("household,steward\n" + "".join(
            f"H{k},S{generator.randrange(12) if generator.random() < 0.3 else k % 12}\n" for k in range(200)))
    write(tmp_path, old=plans[0], new=plans[1], posts2=POSTS.replace("L01,L02", "L02,L01").replace("L03,", "L04,"))
    assert lianhu(*GROUPS, "--plan", "old.csv", "--out", "g1.csv", cwd=tmp_path).code == 0
    result = lianhu("groups", "--hierarchy", "units.csv", "--posts", "posts2.csv", "--plan", "new.csv", "--before",
                    "g1.csv", "--out", "g2.csv", "--changes", "c.csv", cwd=tmp_path)
    assert result.code == 0, result.err
    before = {(row["group"], row["member"]): row["role"] for row in read(tmp_path / "g1.csv")}
    after = {(row["group"], row["member"]): row["role"] for row in read(tmp_path / "g2.csv")}
    steward = [dict(line.split(",") for line in plan.splitlines()[1:]) for plan in plans]
    for row in read(tmp_path / "c.csv"):
        key = (row["group"], row["member"])
        if row["change"] == "leaves":
            assert before.pop(key) == row["role"]
        elif row["change"] == "joins":
            assert key not in before
            before[key] = row["role"]
        else:
            assert row["change"] == "role" and before[key] == row["role_before"] != row["role"]
            before[key] = row["role"]
        if row["role"] == "household":
            now, then = steward[1][row["member"]], steward[0][row["member"]]
            other = then if row["change"] == "joins" else now
            assert row["other_group"] == f"household:{other}" and now != then
    assert before == after, seed
    kinds = Counter(row["change"] for row in read(tmp_path / "c.csv"))
    moved = sum(steward[0][household] != steward[1][household] for household in steward[0])
    assert kinds["role"] == 2 and kinds["joins"] >= moved > 20
    assert f"changes: {kinds['joins']} join, {kinds['leaves']} leave, 2 change their role" in result.out
    # Nothing changes twice.
    result = lianhu("--lang", "zh", "groups", "--hierarchy", "units.csv", "--posts", "posts2.csv", "--plan", "new.csv",
                    "--before", "g2.csv", "--out", "g3.csv", "--changes", "c.csv", cwd=tmp_path)
    assert "变动：0个加入，0个退出，0个改变身份" in result.out and read(tmp_path / "c.csv") == []
    assert (tmp_path / "g2.csv").read_bytes() == (tmp_path / "g3.csv").read_bytes()


FAULTS = {
    "posts.csv": ("unit,holder\n43,L\n", "posts.csv: row 2, column unit: not in units.csv: '43'"),
    "units.csv": ("code,parent\nA,B\n",
                  "units.csv: row 2, column parent: names no unit of the file (leave it empty for the root): 'B'"),
    "plan.csv": ("household,steward\nH1,S\nH1,T\n", "plan.csv: row 3, column household: is there already, in row 2: 'H1'"),
    "before.csv": ("group,member,role\na,L,holder\na,L,steward\n",
                   "before.csv: row 3, column member: is in this group already, in row 2: 'L'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_bad_files(tmp_path: Path, name: str) -> None:
    text, message = FAULTS[name]
    write(tmp_path, plan="household,steward\n", before="group,member,role\n")
    (tmp_path / name).write_text(text)
    files = sorted(os.listdir(tmp_path))
    result = lianhu(*GROUPS, "--plan", "plan.csv", "--before", "before.csv", "--out", "g.csv", "--changes", "c.csv",
                    cwd=tmp_path)
    assert (result.code, result.out, result.err) == (2, "", f"lianhu: {message}\n")
    assert sorted(os.listdir(tmp_path)) == files


def test_other_faults(tmp_path: Path) -> None:
    write(tmp_path, before="group,member,role\na,L,boss\n")
    result = lianhu(*GROUPS, "--before", "before.csv", "--out", "g.csv", cwd=tmp_path)
    assert "row 2, column role: not a role (holder, stand_in, acting, steward, household): 'boss'" in result.err
    assert lianhu(*GROUPS, "--out", "g.csv", "--changes", "c.csv", cwd=tmp_path).code == 2  # since when?
    assert lianhu(*GROUPS, cwd=tmp_path).code == 2
