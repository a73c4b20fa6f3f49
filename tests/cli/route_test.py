"""lianhu route: issues to posts, every fault named, nothing routed in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command import Result, lianhu, read

DATA = Path(__file__).resolve().parents[2] / "data/routing"
UNITS = """level,name,code,parent
county,浏阳市,430181,
street,集里街道,430181002,430181
community,太平桥村,430181002216,430181002
grid,,430181002216001,430181002216
micro-grid,,430181002216001001,430181002216001
household,,H1,430181002216001001
"""
POSTS = """unit,holder,stand_in,absent
430181002,L01,L02,
430181002216,L03,L04,
430181002216001,G01,,yes
430181002216001001,S1,S2,
"""
ISSUES = """time,id,category,severity,spread,power,attempts,household
2026-03-02 10:00,a,02,1,1,no,0,H1
"""
ARGUMENTS = ("--issues", "i.csv", "--hierarchy", "u.csv", "--posts", "p.csv", "--out", "d.csv")


def route(folder: Path, issues: str = ISSUES, *more: object, units: str = UNITS, posts: str = POSTS, encoding: str = "utf-8") -> Result:
    for name, text in (("u.csv", units), ("p.csv", posts), ("i.csv", issues)):
        (folder / name).write_bytes(text.encode(encoding))
    return lianhu("route", *ARGUMENTS, *more, cwd=folder)


def decision(folder: Path) -> dict[str, str]:
    rows = read(folder / "d.csv")
    assert len(rows) == 1
    return rows[0]


def test_help_by_the_steward(tmp_path: Path) -> None:
    result = route(tmp_path)
    assert (result.code, result.err) == (0, "")
    assert result.out == "routed: 1 issues: 1 help, 0 mediate, 0 report\n"
    row = decision(tmp_path)
    assert (row["mode"], row["unit"], row["person"], row["post"]) == ("help", "430181002216001001", "S1", "holder")
    assert (row["resolve_by"], row["rule"]) == ("2026-03-05T23:59:59+08:00", "8")


@pytest.mark.parametrize("tables", [(), ("--tables", DATA)])
def test_default_tables_are_the_files(tmp_path: Path, tables: tuple[object, ...]) -> None:
    assert route(tmp_path, ISSUES, *tables).code == 0
    assert decision(tmp_path)["department"] == "social_affairs"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_words_and_encodings(tmp_path: Path, encoding: str) -> None:
    issues = "time,id,category,severity,spread,power,place\n2026/3/2 10:00,甲,邻里家庭纠纷,1,1,否,H1\n"
    result = route(tmp_path, issues, "--lang", "zh", encoding=encoding)
    assert (result.code, result.out) == (0, "分派诉求1件：帮0件，劝1件，报0件\n")
    row = decision(tmp_path)
    assert row["id"] == "甲" and row["category"] == "04" and row["text"].startswith("劝：")


def test_a_spreadsheet_eats_leading_zeros(tmp_path: Path) -> None:
    assert route(tmp_path, ISSUES.replace(",02,", ",2,")).code == 0
    assert decision(tmp_path)["category"] == "02"


def test_absent_and_vacant_posts(tmp_path: Path) -> None:
    spread = ISSUES.replace("1,1,no", "1,3,no")
    assert route(tmp_path, spread).code == 0
    row = decision(tmp_path)
    # The grid's only holder is away, and so the community acts for it.
    assert (row["unit"], row["acting_unit"], row["person"]) == ("430181002216001", "430181002216", "L03")
    (tmp_path / "a.csv").write_text("person,from,until\nS1,2026-03-02,2026-03-02\n")
    assert route(tmp_path, ISSUES, "--absences", "a.csv").code == 0
    assert (decision(tmp_path)["person"], decision(tmp_path)["post"]) == ("S2", "stand_in")
    assert route(tmp_path, ISSUES.replace("03-02", "03-03"), "--absences", "a.csv").code == 0
    assert decision(tmp_path)["person"] == "S1"
    vacant = route(tmp_path, ISSUES, posts="unit,holder\n")
    assert "vacant: 1 of them" in vacant.out and decision(tmp_path)["post"] == "vacant"


def test_households_hang_where_a_plan_has_them(tmp_path: Path) -> None:
    units = "\n".join(line for line in UNITS.splitlines() if "H1" not in line) + "\n"
    (tmp_path / "plan.csv").write_text("household,steward,distance_m\nH1,S1,12.50\nH2,,\n", encoding="utf-8")
    assert route(tmp_path, ISSUES, "--plan", "plan.csv", units=units).code == 0
    assert (decision(tmp_path)["unit"], decision(tmp_path)["person"]) == ("430181002216001001", "S1")
    none = route(tmp_path, ISSUES.replace("H1", "H2"), "--plan", "plan.csv", units=units)
    assert none.code == 2 and "i.csv: row 2, column household: not in u.csv or with a steward in plan.csv: 'H2'" in none.err
    (tmp_path / "plan.csv").write_text("household,steward\nH1,S9\n", encoding="utf-8")
    stranger = route(tmp_path, ISSUES, "--plan", "plan.csv", units=units)
    assert stranger.code == 2 and "plan.csv: row 2, column steward: holds no post of the units: 'S9'" in stranger.err
    assert route(tmp_path, ISSUES, "--plan", "plan.csv", "--households", "u.csv", units=units).code == 2


def test_beyond_the_holiday_lists(tmp_path: Path) -> None:
    result = route(tmp_path, ISSUES.replace("2026-03-02", "2026-12-30"))
    assert result.code == 0 and "unsettled: 1" in result.out and decision(tmp_path)["settled"] == "no"


FAULTS = [
    (",02,", ",77,", "i.csv: row 2, column category: no such category: '77'"),
    (",H1", ",H9", "i.csv: row 2, column household: not in u.csv: 'H9'"),
    (",H1", ",", "i.csv: row 2, column household: value missing: ''"),
    ("2026-03-02 10:00", "yesterday", "i.csv: row 2, column time: not a time such as 2026-03-02T10:00:00+08:00 or 2026-03-02 10:00: 'yesterday'"),
    ("2026-03-02 10:00", "2026-02-30 10:00", "i.csv: row 2, column time: not a time"),
    (",1,1,no", ",5,1,no", "i.csv: row 2, column severity: out of range 1 to 4: '5'"),
    (",1,1,no", ",x,1,no", "i.csv: row 2, column severity: not a whole number: 'x'"),
    (",1,1,no", ",1,9,no", "i.csv: row 2, column spread: out of range 1 to 4: '9'"),
    (",1,1,no", ",1,1,maybe", "i.csv: row 2, column power: neither yes nor no: 'maybe'"),
    ("no,0", "no,-1", "i.csv: row 2, column attempts: out of range 0 to 1000000: '-1'"),
    ("severity", "gravity", "i.csv: row 1, column severity: is missing"),
]


@pytest.mark.parametrize("old, new, message", FAULTS)
def test_faults_of_issues(tmp_path: Path, old: str, new: str, message: str) -> None:
    good = "2026-03-02 10:00,b,02,1,1,no,0,H1\n"
    result = route(tmp_path, ISSUES.replace(old, new) + good)
    assert result.code == 2 and not result.out
    assert message in result.err
    assert result.err.count("\n") == 1
    assert not (tmp_path / "d.csv").exists()


def test_faults_of_posts_and_ids(tmp_path: Path) -> None:
    unknown = route(tmp_path, posts=POSTS + "430181002999,X,,\n")
    assert unknown.code == 2 and "p.csv: row 6, column unit: not in u.csv: '430181002999'" in unknown.err
    marked = route(tmp_path, posts=POSTS.replace("S1,S2,", ",S2,holder"))
    assert marked.code == 2 and "p.csv: row 5, column absent: nobody is there to be absent" in marked.err
    twice = route(tmp_path, ISSUES + ISSUES.splitlines()[1] + "\n")
    assert twice.code == 2 and "i.csv: row 3, column id: is there already, in row 2: 'a'" in twice.err
    assert not (tmp_path / "d.csv").exists()


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    tables = folder / "tables"
    shutil.rmtree(tables, ignore_errors=True)
    shutil.copytree(DATA, tables)
    text = (tables / file).read_text(encoding="utf-8")
    assert old in text
    (tables / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return tables


def test_a_town_edits_its_tables(tmp_path: Path) -> None:
    tables = edited(tmp_path, "t1.csv", '8,"help, asset",<= 2,<= 2,false,<= 1,help,micro-grid', '8,"help, asset",<= 2,<= 2,false,<= 1,report,community')
    assert route(tmp_path, ISSUES, "--tables", tables).code == 0
    assert (decision(tmp_path)["mode"], decision(tmp_path)["unit"]) == ("report", "430181002216")
    tables = edited(tmp_path, "categories.csv", "social_affairs,,,place,,,3D", "social_affairs,,,place,,,2W")
    assert route(tmp_path, ISSUES, "--tables", tables).code == 0
    assert decision(tmp_path)["resolve_by"] == "2026-03-04T17:30:00+08:00"


@pytest.mark.parametrize(
    "file, old, new, message",
    [
        ("t1.csv", "8,\"help, asset\"", "8,asset", "i.csv: row 2, id 'a': no rule of T1 matches"),
        ("t1.csv", "9,\"dispute, order\"", "9,-", "i.csv: row 2, id 'a': the hit policy of T1 is violated by rules 8, 9"),
        ("t1.csv", "emergency_services", "fire_brigade", "tables: T1, rule 1: there is no department 'fire_brigade'"),
        ("categories.csv", ",3D,7D,15D", ",P3D,7D,15D", "row 3, column resolve_1: a duration does not say which clock; write 24U, 8H, 1W or 1D: 'P3D'"),
        ("categories.csv", "social_affairs", "circus", "row 3, column lead: words.csv has no department 'circus'"),
        ("words.csv", "group,command", "troupe,command", "column list: need department, group or action: 'troupe'"),
        ("t3.csv", "b1,>= 100,0", "b1,>= 200,0", "T3: share 100, breaches 0: no rule matches"),
    ],
)
def test_faults_of_tables(tmp_path: Path, file: str, old: str, new: str, message: str) -> None:
    result = route(tmp_path, ISSUES, "--tables", edited(tmp_path, file, old, new))
    assert result.code == 2 and message in result.err, result.err
    assert not (tmp_path / "d.csv").exists()


def test_missing_table_file(tmp_path: Path) -> None:
    tables = edited(tmp_path, "t2.csv", "T2", "T2")
    (tables / "t2.csv").unlink()
    result = route(tmp_path, ISSUES, "--tables", tables)
    assert result.code == 2 and "t2.csv" in result.err
