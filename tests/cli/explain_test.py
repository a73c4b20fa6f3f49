"""lianhu explain: every figure beside all plans there are."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any, Optional

import pytest
from command import STREET, cost_cm, lianhu, read, write_street

BOUNDS = ("--min", 1, "--max", 3)
PROOF = ("--plan", "plan.csv", "--prices", "prices.csv")

# Seven households and three stewards on a line; six of the households are nearest to S1.
HOUSEHOLDS = "id,x,y,unit\n" + "".join(f"H{i},{7 * i},{i % 2},east\n" for i in range(7))
STEWARDS = "id,x,y,unit\nS1,14,0,east\nS2,45,0,east\nS3,90,0,east\n"


def best(folder: Path, most: dict[str, int], least: int = 1, forced: Optional[tuple[str, str]] = None, door: str = "") -> Optional[int]:
    """The least total of any plan; with a steward N at the door of a household."""
    people, helpers = read(folder / "h.csv"), read(folder / "s.csv")
    helpers += [{**person, "id": "N"} for person in people if person["id"] == door]
    totals = []
    for choice in itertools.product(helpers, repeat=len(people)):
        names = [helper["id"] for helper in choice]
        if any(not least <= names.count(helper["id"]) <= most.get(helper["id"], 3) for helper in helpers):
            continue
        if forced and names[[person["id"] for person in people].index(forced[0])] != forced[1]:
            continue
        totals.append(sum(cost_cm(person, helper) for person, helper in zip(people, choice)))
    return min(totals, default=None)


def planned(folder: Path, *options: object) -> int:
    write_street(folder, HOUSEHOLDS, STEWARDS)
    outputs = ("--out", "plan.csv", "--prices", "prices.csv", "--summary", "summary.json")
    assert lianhu("assign", *STREET, *BOUNDS, *options, *outputs, cwd=folder).code == 0
    return int(json.loads((folder / "summary.json").read_text())["total_cost_cm"])


def explain(folder: Path, *options: object) -> Any:
    result = lianhu("explain", *STREET, *BOUNDS, *PROOF, *options, "--json", cwd=folder)
    assert (result.code, result.err) == (0, "")
    return json.loads(result.out)


def test_forcing_a_household_costs_what_the_best_such_plan_does(tmp_path: Path) -> None:
    total = planned(tmp_path)
    link = {row["household"]: row["steward"] for row in read(tmp_path / "plan.csv")}
    reasons = set()
    for household, steward in link.items():
        why = explain(tmp_path, "--household", household)
        assert (why["household"], why["steward"]) == (household, steward)
        assert why["nearer"] == sum(a["distance_cm"] < why["distance_cm"] for a in why["alternatives"])
        assert {a["steward"] for a in why["alternatives"]} == {"S1", "S2", "S3"} - {steward}
        for a in why["alternatives"]:
            assert total + a["cost_cm"] == best(tmp_path, {}, forced=(household, a["steward"]))
            assert a["cost_cm"] == a["own_cm"] + a["knock_on_cm"]
            after = dict(link)
            for step in [*a["knock_ons"], {"household": household, "from": steward, "to": a["steward"]}]:
                assert after[step["household"]] == step["from"]
                after[step["household"]] = step["to"]
            reasons.add(a["reason"])
    assert {"full", "dearer"} <= reasons


def test_a_place_more_or_less_is_worth_what_the_bounds_so_changed_give(tmp_path: Path) -> None:
    total = planned(tmp_path)
    savings = 0
    for steward in ("S1", "S2", "S3"):
        worth = explain(tmp_path, "--steward", steward)
        assert total + worth["max_more"]["cost_change_cm"] == best(tmp_path, {steward: 4})
        assert total + worth["max_less"]["cost_change_cm"] == best(tmp_path, {steward: 2})
        savings += worth["max_more"]["cost_change_cm"] < 0
    assert savings > 0


def test_one_more_steward_is_worth_what_solving_anew_gives(tmp_path: Path) -> None:
    total = planned(tmp_path)
    town = explain(tmp_path, "--town", "--count", 3, "--new-max", 3)
    saving = {door: total - best(tmp_path, {}, door=door) for door in (f"H{i}" for i in range(7))}
    assert town["sites"] and all(site["saving_cm"] == saving[site["household"]] for site in town["sites"])
    assert town["sites"][0]["saving_cm"] <= max(saving.values()) <= town["bound_cm"]
    [where] = town["jurisdictions"]
    assert (where["households"], where["stewards"], where["capacity"], where["cost_cm"]) == (7, 3, 9, total)


def test_in_words(tmp_path: Path) -> None:
    planned(tmp_path)
    ask = ("explain", *STREET, *BOUNDS, *PROOF)
    household = lianhu(*ask, "--household", "H4", cwd=tmp_path)
    assert household.code == 0 and "household H4: served by S2" in household.out
    assert "S1" in household.out and "full (3 of 3)" in household.out and "m more in all" in household.out
    chinese = lianhu("--lang", "zh", *ask, "--household", "H4", cwd=tmp_path)
    assert "住户H4：由S2联系" in chinese.out and "已满（3/3户）" in chinese.out and "总计多" in chinese.out
    steward = lianhu(*ask, "--steward", "S1", cwd=tmp_path)
    assert "steward S1: serves 3 (1 to 3)" in steward.out and "a maximum of 4: saves" in steward.out
    assert "上限改为4：节省" in lianhu("--lang", "zh", *ask, "--steward", "S1", cwd=tmp_path).out
    town = lianhu(*ask, "--town", "--within", "unit", cwd=tmp_path)
    assert "east: 7 households, 3 stewards with 9 places, free 2" in town.out
    assert "1. at household H" in town.out and "nobody at any door saves more than" in town.out
    assert "再加一名红管事（1至3户）" in lianhu("--lang", "zh", *ask, "--town", cwd=tmp_path).out


def test_conditions_are_reasons(tmp_path: Path) -> None:
    (tmp_path / "no.csv").write_text("household,steward\nH2,S1\n")
    planned(tmp_path, "--forbid", "no.csv", "--max-distance", 80)
    why = explain(tmp_path, "--household", "H2", "--forbid", "no.csv", "--max-distance", 70, "--with", "S3")
    reasons = {a["steward"]: a["reason"] for a in why["alternatives"]}
    assert reasons["S1"] == "forbidden" and reasons["S3"] == "too_far"
    assert all(a["lifted"] == (a["reason"] in ("forbidden", "too_far")) for a in why["alternatives"])


def test_who_lacks_how_many(tmp_path: Path) -> None:
    write_street(tmp_path, HOUSEHOLDS.replace("H6,42,0,east", "H6,42,0,west"), STEWARDS.replace("S3,90,0,east", "S3,90,0,west"))
    options = (*STREET, "--min", 0, "--max", 2, "--within", "unit", "--best-effort")
    assert lianhu("assign", *options, "--out", "plan.csv", "--prices", "prices.csv", cwd=tmp_path).code == 0
    result = lianhu("explain", *options, *PROOF, "--town", "--json", cwd=tmp_path)
    town = json.loads(result.out)
    assert [(w["unit"], w["left_over"]) for w in town["jurisdictions"]] == [("east", 2), ("west", 0)]
    assert [(i["unit"], i["stewards_more"]) for i in town["infeasibilities"]] == [("east", 1)]
    assert (town["sites"][0]["unit"], town["sites"][0]["served_more"]) == ("east", 2)
    served = next(row["household"] for row in read(tmp_path / "plan.csv") if row["steward"] == "S1")
    unserved = next(row["household"] for row in read(tmp_path / "plan.csv") if not row["steward"])
    left = lianhu("explain", *options, *PROOF, "--household", unserved, cwd=tmp_path)
    assert f"household {unserved}: nobody serves it" in left.out
    assert "(nobody: the last is left over)" in left.out and served in left.out
    words = lianhu("explain", *options, *PROOF, "--town", cwd=tmp_path)
    assert "east: 6 households, 2 stewards with 4 places, left over 2" in words.out
    assert "serves 2 more" in words.out and "3 stewards would do" in words.out and words.err == ""


@pytest.mark.parametrize(
    "options, code, words",
    [
        (("--household", "H9"), 2, ["--household", "not in h.csv", "'H9'"]),
        (("--steward", "S9"), 2, ["--steward", "not in s.csv", "'S9'"]),
        (("--household", "H1", "--with", "S9"), 2, ["--with", "'S9'"]),
        (("--household", "H1", "--steward", "S1"), 2, ["--household,--steward,--town", "is required"]),
        ((), 2, ["--household,--steward,--town", "is required"]),
        (("--town", "--new-min", 4), 2, ["bounds: need 0 <= min <= max, got 4 to 3"]),
    ],
)
def test_bad_questions(tmp_path: Path, options: tuple[object, ...], code: int, words: list[str]) -> None:
    planned(tmp_path)
    result = lianhu("explain", *STREET, *BOUNDS, *PROOF, *options, cwd=tmp_path)
    assert result.code == code and result.out == "" and result.err.count("\n") == 1
    assert all(word in result.err for word in words), result.err


def test_only_an_optimal_plan_is_explained(tmp_path: Path) -> None:
    planned(tmp_path)
    text = (tmp_path / "plan.csv").read_text()
    rows = read(tmp_path / "plan.csv")
    first, last = rows[0]["steward"], rows[-1]["steward"]
    assert first != last
    lines = text.splitlines()
    lines[1], lines[-1] = lines[1].replace(first, last), lines[-1].replace(last, first)
    (tmp_path / "plan.csv").write_text("\n".join(lines) + "\n")
    for proof in (PROOF, PROOF[:2]):
        result = lianhu("explain", *STREET, *BOUNDS, *proof, "--town", cwd=tmp_path)
        assert result.code == 1 and "not proved optimal" in result.err
