"""lianhu docket replay and lianhu calendar."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from command import Result, lianhu, read
from route_test import POSTS, UNITS

HEADER = "time,case,event,unit,value,person,category,severity,spread,household\n"
REGISTER = "2026-03-02 10:00,c1,register,,,,06,1,1,H1\n"  # mediated by S1 within 4 working hours


def replay(folder: Path, events: str, *more: object, until: str = "2026-03-02 18:00", header: str = HEADER) -> Result:
    for name, text in (("u.csv", UNITS), ("p.csv", POSTS), ("e.csv", header + events)):
        (folder / name).write_text(text, encoding="utf-8")
    return lianhu("docket", "replay", "--events", "e.csv", "--until", until, "--hierarchy", "u.csv", "--posts", "p.csv",
                  "--out", "cases.csv", "--actions", "actions.csv", *more, cwd=folder)  # fmt: skip


def test_warnings_escalation_and_supervision(tmp_path: Path) -> None:
    assert replay(tmp_path, REGISTER, until="2026-03-03 10:30").code == 0
    seen = [(row["time"][5:19], row["action"], row["unit"], row["person"], row["value"]) for row in read(tmp_path / "actions.csv")]
    assert seen == [
        ("03-02T10:00:00", "ask", "430181002216001001", "S1", ""),
        ("03-02T12:00:00", "warn", "430181002216001001", "S1", "50"),
        ("03-02T15:12:00", "warn", "430181002216001001", "S1", "80"),
        ("03-02T15:12:00", "inform", "430181002216001", "L03", "80"),  # the grid's holder is away
        ("03-02T16:00:01", "escalate", "430181002216001", "L03", "1"),
        ("03-03T09:00:01", "warn", "430181002216001001", "S1", "50"),
        ("03-03T10:12:01", "warn", "430181002216001001", "S1", "80"),
        ("03-03T10:12:01", "inform", "430181002216001", "L03", "80"),
    ]
    (case,) = read(tmp_path / "cases.csv")
    assert (case["breaches"], case["in_time"], case["responsible"], case["asked"]) == ("1", "no", "S1", "430181002216001")
    assert replay(tmp_path, REGISTER, until="2026-03-04 10:00").code == 0
    assert read(tmp_path / "cases.csv")[0]["supervised"] == "yes"


def test_a_whole_life(tmp_path: Path) -> None:
    events = REGISTER + (
        "2026-03-02 10:10,c1,受理,,,,,,,\n"
        "2026-03-02 10:20,c1,take,,,,,,,\n"
        "2026-03-02 11:00,c1,extend,,2H,,,,,\n"
        "2026-03-02 11:30,c1,answer,,,,,,,\n"
        "2026-03-02 11:40,c1,close,,no,,,,,\n"
        "2026-03-02 14:00,c1,reopen,,,,,,,\n"
        "2026-03-02 14:10,c1,take,,,,,,,\n"
        "2026-03-02 15:00,c1,answer,,,,,,,\n"
        "2026-03-02 15:10,c1,close,,yes,,,,,\n"
        "2026-03-02 16:00,c1,rate,,yes,,,,,\n"
    )
    result = replay(tmp_path, events, "--summary", "s.json", "--figures", "f.csv")
    assert result.code == 0, result.err
    (case,) = read(tmp_path / "cases.csv")
    assert (case["state"], case["in_time"], case["resolved"], case["satisfied"]) == ("rated", "yes", "yes", "yes")
    assert (case["reopened"], case["attempts"], case["extensions"]) == ("1", "1", "1")
    summary = json.loads((tmp_path / "s.json").read_text())
    assert summary["figures"]["satisfaction"] == {"due": 1, "met": 1, "rate": 1.0}
    assert summary["by_level"]["micro-grid"]["cases"] == 1
    street = [row for row in read(tmp_path / "f.csv") if row["unit"] == "430181002" and row["counted_for"] == "place"]
    assert street[0]["response"] == "1.0000" and street[0]["cases"] == "1"
    # The clock may be stopped before the end; what comes later has not happened.
    assert replay(tmp_path, events, until="2026-03-02 11:35").code == 0
    assert read(tmp_path / "cases.csv")[0]["state"] == "answered"


def test_same_events_same_bytes_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    rows = [f"2026-03-{day:02d} 10:{minute:02d},d{day}m{minute},register,,,,0{1 + minute % 9},{1 + day % 3},1,H1\n"
            for day in range(2, 12) for minute in range(30)]  # fmt: skip
    assert replay(tmp_path, "".join(rows), until="2026-03-20 10:00").code == 0
    first = [(tmp_path / name).read_bytes() for name in ("cases.csv", "actions.csv")]
    random.Random(1).shuffle(rows)
    assert replay(tmp_path, "".join(rows), until="2026-03-20 10:00").code == 0
    assert first == [(tmp_path / name).read_bytes() for name in ("cases.csv", "actions.csv")]
    assert len(read(tmp_path / "cases.csv")) == 300


def test_illegal_events_are_refused_with_the_legal_ones(tmp_path: Path) -> None:
    events = REGISTER + "2026-03-02 10:10,c1,close,,,,,,,\n2026-03-02 10:20,c1,take,,,,,,,\n"
    result = replay(tmp_path, events)
    assert result.code == 2 and not (tmp_path / "cases.csv").exists()
    assert result.err == ("lianhu: e.csv: row 3, column event, case 'c1': a case that is registered does not take 'close'; "
                          "legal: accept, assign, take, return, suspend\n")  # fmt: skip
    result = replay(tmp_path, events, "--keep-going")
    assert result.code == 1 and read(tmp_path / "cases.csv")[0]["state"] == "in hand"
    assert "1 refused" in result.out


def test_absences(tmp_path: Path) -> None:
    events = REGISTER + "2026-03-02 10:10,,absent,,,S1,,,,\n2026-03-02 11:10,,返岗,,,S1,,,,\n"
    assert replay(tmp_path, events, until="2026-03-02 11:30").code == 0
    handed = [(row["action"], row["person"]) for row in read(tmp_path / "actions.csv")]
    assert handed == [("ask", "S1"), ("hand_over", "S2"), ("hand_over", "S1")]
    (tmp_path / "a.csv").write_text("person,from,until\nS1,2026-03-02,2026-03-02\n")
    assert replay(tmp_path, REGISTER, "--absences", "a.csv", until="2026-03-02 11:30").code == 0
    assert read(tmp_path / "cases.csv")[0]["responsible"] == "S2"


@pytest.mark.parametrize(
    "row, message",
    [
        ("2026-03-02 10:10,c1,dance,,,,,,,", "row 3, column event: no such event"),
        ("2026-03-02 10:10,c2,take,,,,,,,", "row 3, column case: has not been registered by then: 'c2'"),
        ("2026-03-02 09:00,c1,take,,,,,,,", "row 3, column case: has not been registered by then: 'c1'"),
        ("2026-03-02 10:10,c1,register,,,,06,1,1,H1", "row 3, column case: is registered already: 'c1'"),
        ("2026-03-02 10:10,c2,register,,,,06,1,1,H7", "row 3, column household: not in u.csv: 'H7'"),
        ("2026-03-02 10:10,c2,register,,,,66,1,1,H1", "row 3, column category: no such category: '66'"),
        ("noon,c1,take,,,,,,,", "row 3, column time: not a time"),
        ("2026-03-02 10:10,c1,assign,,,,,,,", "row 3, column unit: value missing"),
        ("2026-03-02 10:10,c1,assign,nowhere,,,,,,", "row 3, column unit: not in u.csv: 'nowhere'"),
        ("2026-03-02 10:10,c1,extend,,P1D,,,,,", "row 3, column value: a duration does not say which clock"),
        ("2026-03-02 10:10,c1,rate,,,,,,,", "row 3, column value: value missing"),
        ("2026-03-02 10:10,c1,close,,perhaps,,,,,", "row 3, column value: neither yes nor no: 'perhaps'"),
        ("2026-03-02 10:10,,absent,,,nobody,,,,", "row 3, column person: holds no post: 'nobody'"),
    ],
)
def test_faults_of_events(tmp_path: Path, row: str, message: str) -> None:
    result = replay(tmp_path, REGISTER + row + "\n")
    assert result.code == 2 and f"e.csv: {message}" in result.err, result.err
    assert not (tmp_path / "cases.csv").exists()


def test_only_the_events(tmp_path: Path) -> None:
    codes = "430181002216001001"
    (tmp_path / "e.csv").write_text(f"time,case,event,category,severity,place\n2026-03-02 10:00,c1,register,06,1,{codes}\n")
    result = lianhu("docket", "replay", "--events", "e.csv", "--until", "2026-03-02 12:00", "--out", "c.csv", cwd=tmp_path)
    assert result.code == 0, result.err
    assert read(tmp_path / "c.csv")[0]["unit"] == codes
    (tmp_path / "e.csv").write_text("time,case,event,category,severity,place\n2026-03-02 10:00,c1,register,06,1,H1\n")
    result = lianhu("docket", "replay", "--events", "e.csv", "--until", "2026-03-02 12:00", cwd=tmp_path)
    assert result.code == 2 and "say --hierarchy" in result.err


def test_calendar(tmp_path: Path) -> None:
    def ask(*arguments: object) -> str:
        result = lianhu("calendar", *arguments, cwd=tmp_path)
        assert result.code == 0, result.err
        return result.out.strip()

    assert ask("add", "--from", "2020-01-23 10:00", "--limit", "2W", "--as-of", "2020-01-26") == "2020-02-01T17:30:00+08:00"
    assert ask("add", "--from", "2020-01-23 10:00", "--limit", "2W") == "2020-02-04T17:30:00+08:00"
    assert ask("add", "--from", "2026-03-02 10:00", "--limit", "8H", "--hours", "09:00-17:00") == "2026-03-03T10:00:00+08:00"
    assert ask("add", "--from", "2026-03-02T02:00:00Z", "--limit", "1W", "--zone", "+00:00") == "2026-03-03T17:30:00+00:00"
    assert ask("between", "--from", "2026-03-02 10:00", "--to", "2026-03-03 10:00") == "24.0000 U, 7.0000 H, 1 W, 1 D"
    (tmp_path / "h.csv").write_text("日期,date,day\n,2026-03-03,休\n", encoding="utf-8")
    assert ask("add", "--from", "2026-03-02 10:00", "--limit", "1W", "--holidays", "h.csv") == "2026-03-04T17:30:00+08:00"
    for arguments, message in [
        (("add", "--from", "x", "--limit", "1W"), "--from: not a time"),
        (("add", "--from", "2026-03-02 10:00", "--limit", "P1D"), "--limit: budget: a duration does not say which clock"),
        (("add", "--from", "2026-03-02 10:00", "--limit", "1W", "--zone", "Mars"), "zone: no such time zone: 'Mars'"),
        (("add", "--from", "2026-03-02 10:00", "--limit", "1W", "--hours", "9"), "--hours: "),
        (("add", "--from", "2026-03-02 10:00", "--limit", "1W", "--as-of", "9"), "--as-of: not a date"),
    ]:
        result = lianhu("calendar", *arguments, cwd=tmp_path)
        assert result.code == 2 and message in result.err, result.err
    (tmp_path / "h.csv").write_text("first,last,day\n2026-03-03,2026-03-02,off\n", encoding="utf-8")
    result = lianhu("calendar", "add", "--from", "2026-03-02 10:00", "--limit", "1W", "--holidays", "h.csv", cwd=tmp_path)
    assert result.code == 2 and "h.csv: row 2, column first: the last day is before the first" in result.err
