"""`lianhu assign --cohesion`: buildings counted from the files alone, before and after."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from command import STREET, cost_cm, lianhu, read, write_street
from shared_data import shared_data

# Six buildings of four along a street, the stewards between them: the nearest steward splits most of them.
HOUSEHOLDS = "id,x,y,building\n" + "".join(f"H{i},{10 * i},0,B{i // 4}\n" for i in range(24)) + "L,115,0,\n"
STEWARDS = "id,x,y\n" + "".join(f"S{j},{60 * j + 17},0\n" for j in range(4))
BOUNDS = ("--min", "4", "--max", "9")


def counted(folder: Path, plan: str, column: str = "building") -> tuple[int, int]:
    """Distance in cm, and stewards beyond the first in each building."""
    people = {row["id"]: row for row in read(folder / "h.csv")}
    helpers = {row["id"]: row for row in read(folder / "s.csv")}
    distance = 0
    stewards = defaultdict(set)
    for row in read(folder / plan):
        person = people[row["household"]]
        distance += cost_cm(person, helpers[row["steward"]])
        if person[column]:
            stewards[person[column]].add(row["steward"])
    return distance, sum(len(there) - 1 for there in stewards.values())


def test_figures_are_those_of_the_files(tmp_path: Path) -> None:
    write_street(tmp_path, HOUSEHOLDS, STEWARDS)
    assert lianhu("assign", *STREET, *BOUNDS, "--out", "exact.csv", cwd=tmp_path).code == 0
    done = lianhu("assign", *STREET, *BOUNDS, "--cohesion", "building", "--cohesion-price", "120", "--out", "p.csv",
                  "--summary", "s.json", cwd=tmp_path)
    assert done.code == 0, done.err
    summary = json.loads((tmp_path / "s.json").read_text())
    before, after = counted(tmp_path, "exact.csv"), counted(tmp_path, "p.csv")
    assert (summary["before"]["distance_cm"], summary["before"]["further_stewards"]) == before
    assert (summary["after"]["distance_cm"], summary["after"]["further_stewards"]) == after
    assert after[1] < before[1]
    assert summary["objective_cm"] == after[0] + 12000 * after[1] >= summary["bound_cm"]
    check = lianhu("verify", *STREET, *BOUNDS, "--plan", "p.csv", cwd=tmp_path)
    assert check.code == 0 and "bounds and jurisdictions: kept" in check.out
    assert "stewards each" in done.out and "heuristic" in done.out
    assert "楼栋" in lianhu("--lang", "zh", "assign", *STREET, *BOUNDS, "--cohesion", "building", cwd=tmp_path).out


def test_what_does_not_go_together_is_refused(tmp_path: Path) -> None:
    write_street(tmp_path, HOUSEHOLDS, STEWARDS)
    assert lianhu("assign", *STREET, "--cohesion-price", "5", cwd=tmp_path).code == 2
    assert lianhu("assign", *STREET, "--cohesion", "building", "--prices", "x.csv", cwd=tmp_path).code == 2
    missing = lianhu("assign", *STREET, "--cohesion", "tower", cwd=tmp_path)
    assert missing.code == 2 and missing.err.startswith("lianhu: h.csv: row 1, column tower: is missing")


def test_cambridge(tmp_path: Path) -> None:
    folder = shared_data("cambridge")
    for name, file in (("h.csv", "households.csv"), ("s.csv", "stewards.csv")):
        (tmp_path / name).write_bytes((folder / file).read_bytes())
    done = lianhu("assign", *STREET, "--within", "unit", "--cohesion", "building", "--cohesion-price", "50", "--out", "p.csv",
                  "--summary", "s.json", cwd=tmp_path)
    assert done.code == 0, done.err
    summary = json.loads((tmp_path / "s.json").read_text())
    assert counted(tmp_path, "p.csv") == (summary["after"]["distance_cm"], summary["after"]["further_stewards"])
    assert summary["before"]["distance_cm"] == 140961919
    assert summary["after"]["further_stewards"] < 0.7 * summary["before"]["further_stewards"]
    assert lianhu("verify", *STREET, "--within", "unit", "--plan", "p.csv", cwd=tmp_path).code == 0
