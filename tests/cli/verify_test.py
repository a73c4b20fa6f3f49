"""lianhu verify: believes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import STREET, lianhu, write_street

BOUNDS = ("--min", 3, "--max", 5)
FILES = ("--plan", "plan.csv", "--prices", "prices.csv")


@pytest.fixture
def street(tmp_path: Path) -> Path:
    write_street(tmp_path)
    arguments = ("--out", "plan.csv", "--prices", "prices.csv")
    assert lianhu("assign", *STREET, *BOUNDS, *arguments, cwd=tmp_path).code == 0
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_good_plan(street: Path) -> None:
    result = lianhu("verify", *STREET, *BOUNDS, *FILES, cwd=street)
    assert (result.code, result.err) == (0, "") and "proved optimal" in result.out
    result = lianhu("verify", *STREET, *BOUNDS, "--plan", "plan.csv", cwd=street)
    assert result.code == 0 and "optimality was not checked" in result.out
    result = lianhu("verify", *STREET, *BOUNDS, *FILES, "--lang", "zh", cwd=street)
    assert result.code == 0 and "已证明最优" in result.out


def test_a_dearer_plan(street: Path) -> None:
    text = (street / "plan.csv").read_text()
    (street / "plan.csv").write_text(text.replace("H0,S1", "H0,S2").replace("H5,S2", "H5,S1"))
    result = lianhu("verify", *STREET, *BOUNDS, *FILES, cwd=street)
    assert result.code == 1 and "not proved" in result.out and "verification failed" in result.err


def test_changed_prices(street: Path) -> None:
    lines = (street / "prices.csv").read_text().splitlines()
    steward, price = lines[1].split(",")
    lines[1] = f"{steward},{int(price) + 1000}"
    (street / "prices.csv").write_text("\n".join(lines) + "\n")
    result = lianhu("verify", *STREET, *BOUNDS, *FILES, cwd=street)
    assert result.code == 1 and "not proved" in result.out


def test_broken_bounds_and_jurisdictions(street: Path) -> None:
    result = lianhu("verify", *STREET, "--min", 5, "--max", 6, *FILES, cwd=street)
    assert result.code == 1 and "below his minimum" in result.err
    (street / "plan.csv").write_text("household,steward\n" + "".join(f"H{i},S3\n" for i in range(12)))
    result = lianhu("verify", *STREET, *BOUNDS, "--within", "unit", *FILES, cwd=street)
    assert result.code == 1
    assert "household H0 is served by S3 of another jurisdiction" in result.err
    assert "steward S3 serves 12 households, above his maximum" in result.err


def test_somebody_left_over(street: Path) -> None:
    (street / "plan.csv").write_text("household,steward\nH0,\n" + "".join(f"H{i},S{1 + i % 3}\n" for i in range(1, 12)))
    result = lianhu("verify", *STREET, *BOUNDS, *FILES, cwd=street)
    assert result.code == 1 and "household H0 has no steward" in result.err


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("plan.csv", "H3,", "H99,", "plan.csv: row 5, column household: not in h.csv: 'H99'"),
        ("plan.csv", "H3,", "H4,", "plan.csv: row 6, column household: is there already: 'H4'"),
        ("plan.csv", "S3", "S9", "plan.csv: row 9, column steward: not in s.csv: 'S9'"),
        ("plan.csv", "household", "home", "plan.csv: row 1, column household: is missing"),
        ("prices.csv", "S2,", "S2,1.5", "prices.csv: row 3, column price_cm: not a whole number: '1.5"),
        ("prices.csv", "S2,", "S7,", "prices.csv: row 3, column steward: not in s.csv: 'S7'"),
    ],
)
def test_files_that_do_not_fit(street: Path, file: str, old: str, new: str, message: str) -> None:
    if "H3" in old:
        lines = (street / file).read_text().splitlines(keepends=True)
        lines[4] = lines[4].replace(old, new)
        (street / file).write_text("".join(lines))
    elif old == "S3":
        lines = (street / file).read_text().splitlines(keepends=True)
        lines[8] = "H7,S9,0\n"
        (street / file).write_text("".join(lines))
    else:
        change(street / file, old, new)
    result = lianhu("verify", *STREET, *BOUNDS, *FILES, cwd=street)
    assert result.code == 2 and result.err.startswith(f"lianhu: {message}"), result.err
    assert result.err.count("\n") == 1


def test_missing_rows(street: Path) -> None:
    lines = (street / "plan.csv").read_text().splitlines(keepends=True)
    (street / "plan.csv").write_text("".join(lines[:-1]))
    result = lianhu("verify", *STREET, *BOUNDS, *FILES, cwd=street)
    assert result.code == 2
    assert result.err == "lianhu: plan.csv: column household: no row for 'H11' (row 13 of h.csv)\n"
