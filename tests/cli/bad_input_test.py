"""Every bad row is one line that names file, row, column and value; nothing is written and nothing is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from command import HOUSEHOLDS, STREET, lianhu, write_street

HOUSEHOLD_FAULTS = {
    "missing id": ("id,x,y\n,1,2\n", "h.csv: row 2, column id: value missing: ''"),
    "missing x": ("id,x,y\nH1,,2\n", "h.csv: row 2, column x: value missing: ''"),
    "missing y": ("id,x,y\nH0,1,2\nH1,1,\n", "h.csv: row 3, column y: value missing: ''"),
    "words": ("id,x,y\nH1,north,2\n", "h.csv: row 2, column x: not a number: 'north'"),
    "trailing text": ("id,x,y\nH1,1,2m\n", "h.csv: row 2, column y: not a number: '2m'"),
    "nan": ("id,x,y\nH1,nan,2\n", "h.csv: row 2, column x: not a number: 'nan'"),
    "infinity": ("id,x,y\nH1,1,-inf\n", "h.csv: row 2, column y: not a number: '-inf'"),
    "too large": ("id,x,y\nH1,1e9,2\n", "h.csv: row 2, column x: out of range -1e+08 to 1e+08: '1e9'"),
    "longitude": ("id,lon,lat\nH1,181,28\n", "h.csv: row 2, column lon: out of range -180 to 180: '181'"),
    "latitude": ("id,lon,lat\nH1,113,-89\n", "h.csv: row 2, column lat: out of range -85 to 85: '-89'"),
    "doubled id": ("id,x,y\nH1,1,2\nH2,1,2\nH1,3,4\n",
                   "h.csv: row 4, column id: id is there already, in row 2: 'H1'"),
    "after blank rows": ("id,x,y\nH1,1,2\n\n,,\nH2,?,2\n", "h.csv: row 5, column x: not a number: '?'"),
    "no id column": ("x,y\n1,2\n", "h.csv: row 1, column id: is missing; the columns are 'x,y'"),
    "no x column": ("id,y\nH1,2\n", "h.csv: row 1, column x: is missing; the columns are 'id,y'"),
    "no lat column": ("id,lon\nH1,113\n", "h.csv: row 1, column lat: is missing; the columns are 'id,lon'"),
    "doubled column": ("id,x,x,y\nH1,1,1,2\n", "h.csv: row 1, column x: is there twice"),
    "too few fields": ("id,x,y\nH1,1\n", "h.csv: row 2: has 2 fields, the header has 3"),
    "too many fields": ("id,x,y\nH1,1,2,3\n", "h.csv: row 2: has 4 fields, the header has 3"),
    "open quote": ('id,x,y\n"H1,1,2\n', "h.csv: row 2: a quote is out of place or not closed"),
    "empty": ("", "h.csv: the file is empty"),
    "only blanks": ("\n\n", "h.csv: the file is empty"),
    "long value": ("id,x,y\nH1," + "9" * 100 + "x,2\n", "h.csv: row 2, column x: not a number: '" + "9" * 60 + "...'"),
    "value over two lines": ('id,x,y\nH1,"1\n2",2\n', "h.csv: row 2, column x: not a number: '1\\n2'"),
}

STEWARD_FAULTS = {
    "own minimum": ("id,x,y,min\nS1,1,2,few\n", "s.csv: row 2, column min: not a whole number: 'few'"),
    "own fraction": ("id,x,y,max\nS1,1,2,12.5\n", "s.csv: row 2, column max: not a whole number: '12.5'"),
    "own negative": ("id,x,y,min\nS1,1,2,-1\n", "s.csv: row 2, column min: must not be negative: '-1'"),
    "own order": ("id,x,y,min,max\nS1,1,2,9,8\n", "s.csv: row 2, column max: minimum 9 is above maximum 8: '8'"),
    "own against common": ("id,x,y,min\nS1,1,2,21\n", "s.csv: row 2, column min: minimum 21 is above maximum 20: '21'"),
    "beyond 32 bits": ("id,x,y,max\nS1,1,2,4294967300\n", "s.csv: row 2, column max: not a whole number: '4294967300'"),
}


def expect_refusal(folder: Path, message: str, *arguments: str) -> None:
    before = set(os.listdir(folder))
    (folder / "plan.csv").write_text("an older plan\n")
    outputs = ("--out", "plan.csv", "--prices", "prices.csv", "--summary", "summary.json", "--map", "map.html")
    result = lianhu("assign", *STREET, *arguments, *outputs, cwd=folder)
    assert result.err == f"lianhu: {message}\n"
    assert (result.code, result.out) == (2, "")
    assert set(os.listdir(folder)) == before | {"plan.csv"}
    assert (folder / "plan.csv").read_text() == "an older plan\n"


@pytest.mark.parametrize("name", HOUSEHOLD_FAULTS)
def test_households(tmp_path: Path, name: str) -> None:
    text, message = HOUSEHOLD_FAULTS[name]
    write_street(tmp_path, households=text)
    expect_refusal(tmp_path, message)


@pytest.mark.parametrize("name", STEWARD_FAULTS)
def test_stewards(tmp_path: Path, name: str) -> None:
    text, message = STEWARD_FAULTS[name]
    write_street(tmp_path, stewards=text)
    expect_refusal(tmp_path, message)


def test_absent_files(tmp_path: Path) -> None:
    write_street(tmp_path)
    (tmp_path / "h.csv").unlink()
    expect_refusal(tmp_path, "h.csv: no such file")
    (tmp_path / "h.csv").mkdir()
    expect_refusal(tmp_path, "h.csv: is a directory, not a file")


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    write_street(tmp_path)
    (tmp_path / "h.csv").write_bytes(b"id,x,y\nH\xff\xff,1,2\n")
    expect_refusal(tmp_path, "h.csv: neither UTF-8 nor GB18030 text: bad byte at offset 8")


def test_the_jurisdiction(tmp_path: Path) -> None:
    write_street(tmp_path)
    message = "h.csv: row 1, column community: is missing; the columns are 'id,x,y,unit'"
    expect_refusal(tmp_path, message, "--within", "community")
    write_street(tmp_path, households=HOUSEHOLDS.replace("H3,3,0,east", "H3,3,0,"))
    expect_refusal(tmp_path, "h.csv: row 5, column unit: value missing: ''", "--within", "unit")


def test_metres_beside_degrees(tmp_path: Path) -> None:
    write_street(tmp_path, households="id,lon,lat\nH1,113,28\n")
    result = lianhu("assign", *STREET, cwd=tmp_path)
    assert result.code == 2 and "h.csv" in result.err and "s.csv" in result.err and result.err.count("\n") == 1


def test_too_far_apart(tmp_path: Path) -> None:
    write_street(tmp_path, households="id,x,y\nH1,0,0\nH2,50000000,0\n")
    result = lianhu("assign", *STREET, cwd=tmp_path)
    assert result.code == 2 and result.err.count("\n") == 1
    assert "h.csv: row 3" in result.err and "H2" in result.err


def test_no_file_is_written_over_one_that_is_read(tmp_path: Path) -> None:
    text = "steward,total\na,1\n"
    (tmp_path / "s.csv").write_text(text)
    (tmp_path / "link.csv").symlink_to("s.csv")
    call = ("fund", "--amount", "1", "--scores", "s.csv")
    for options, message in (
        (("--out", "s.csv"), "--out: is the file of --scores too: 's.csv'"),
        (("--out", "./s.csv"), "--out: is the file of --scores too: 's.csv'"),
        (("--out", "link.csv"), "--out: is the file of --scores too: 's.csv'"),
        (("--out", "f.csv", "--ties", f"{tmp_path}/f.csv"), f"--out: is the file of --ties too: '{tmp_path}/f.csv'"),
    ):
        result = lianhu(*call, *options, cwd=tmp_path)
        assert (result.code, result.err) == (2, f"lianhu: {message} (see lianhu --help)\n")
        assert sorted(os.listdir(tmp_path)) == ["link.csv", "s.csv"] and (tmp_path / "s.csv").read_text() == text
    assert lianhu(*call, "--out", "/dev/null", "--ties", "/dev/null", cwd=tmp_path).code == 0


@pytest.mark.parametrize(("rows", "message"), [
    ("H1,north,2\n", "h.csv：第2行“x”列：不是数字：“north”"),
    ("H1,1,2\nH1,3,4\n", "h.csv：第3行“id”列：第2行已经有了：“H1”"),
    ("H1,1\n", "h.csv：第2行：有2个字段，表头有3个"),
    (",1,2\n", "h.csv：第2行“id”列：未填写：“”"),
])
def test_complaints_in_chinese(tmp_path: Path, rows: str, message: str) -> None:
    write_street(tmp_path)
    (tmp_path / "h.csv").write_text("id,x,y\n" + rows)
    result = lianhu("--lang", "zh", "assign", "--households", "h.csv", "--stewards", "s.csv", "--out", "p.csv", cwd=tmp_path)
    assert (result.code, result.err) == (2, f"lianhu: {message}\n")
    result = lianhu("--lang", "zh", "assign", "--households", "no.csv", "--stewards", "s.csv", "--out", "p.csv", cwd=tmp_path)
    assert result.err == "lianhu: no.csv：没有这个文件\n"
