"""Pair conditions and objectives of lianhu assign and lianhu verify, recomputed from the files."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from command import STREET, cost_cm, lianhu, read, write_street

OUTPUTS = ("--out", "plan.csv", "--prices", "prices.csv", "--summary", "summary.json")
PROOF = ("--plan", "plan.csv", "--prices", "prices.csv")
BOUNDS = ("--min", 0, "--max", 3)

# Six households and three stewards on a line: small enough to try all 729 plans.
HOUSEHOLDS = "id,x,y,kind\n" + "".join(f"H{i},{10 * i},0,{'shop' if i == 5 else 'home'}\n" for i in range(6))
STEWARDS = "id,x,y,kind\nS1,0,0,home\nS2,25,0,home\nS3,50,0,shop\n"


def street(folder: Path) -> None:
    write_street(folder, HOUSEHOLDS, STEWARDS)


def plans(folder: Path):
    """Every plan with loads of three at most: a steward for each household, and their distances in cm."""
    people, helpers = read(folder / "h.csv"), read(folder / "s.csv")
    for choice in itertools.product(helpers, repeat=len(people)):
        names = [helper["id"] for helper in choice]
        if max(names.count(name) for name in names) <= 3:
            yield names, [cost_cm(person, helper) for person, helper in zip(people, choice)], choice


def planned(folder: Path) -> list[str]:
    return [row["steward"] for row in read(folder / "plan.csv")]


def total(folder: Path) -> int:
    return json.loads((folder / "summary.json").read_text())["total_cost_cm"]


def both(folder: Path, *options: object) -> None:
    """Plans and verifies with the same options."""
    result = lianhu("assign", *STREET, *BOUNDS, *options, *OUTPUTS, cwd=folder)
    assert (result.code, result.err) == (0, "")
    checked = lianhu("verify", *STREET, *BOUNDS, *options, *PROOF, cwd=folder)
    assert (checked.code, checked.err) == (0, ""), checked.out
    assert "proved optimal" in checked.out


def test_forbidden_and_fixed_pairs(tmp_path: Path) -> None:
    street(tmp_path)
    (tmp_path / "no.csv").write_text("household,steward\nH0,S1\n")
    (tmp_path / "yes.csv").write_text("household,steward\nH1,S3\n")
    both(tmp_path, "--forbid", "no.csv", "--fix", "yes.csv")
    best = min(sum(costs) for names, costs, _ in plans(tmp_path) if names[0] != "S1" and names[1] == "S3")
    assert total(tmp_path) == best
    assert planned(tmp_path)[0] != "S1" and planned(tmp_path)[1] == "S3"


def test_a_plan_that_breaks_conditions_is_told_so(tmp_path: Path) -> None:
    street(tmp_path)
    assert lianhu("assign", *STREET, *BOUNDS, *OUTPUTS, cwd=tmp_path).code == 0
    (tmp_path / "no.csv").write_text("household,steward\nH0,S1\n")
    result = lianhu("verify", *STREET, *BOUNDS, "--forbid", "no.csv", *PROOF, cwd=tmp_path)
    assert result.code == 1 and "household H0 is forbidden to S1" in result.err
    result = lianhu("verify", *STREET, *BOUNDS, "--max-distance", 4, *PROOF, cwd=tmp_path)
    assert result.code == 1 and "too far" in result.err


def test_preferences_and_kinds(tmp_path: Path) -> None:
    street(tmp_path)
    (tmp_path / "wish.csv").write_text("household,steward,cost_m\nH0,S2,-30\nH2,S2,12.5\n")
    both(tmp_path, "--prefer", "wish.csv", "--kind", "kind")
    wish = {("H0", "S2"): -3000, ("H2", "S2"): 1250}
    best = None
    for choice in itertools.product(["S1", "S2"], repeat=5):
        if max(choice.count("S1"), choice.count("S2")) > 3:
            continue
        people, helpers = read(tmp_path / "h.csv"), {row["id"]: row for row in read(tmp_path / "s.csv")}
        cost = sum(cost_cm(p, helpers[s]) + wish.get((p["id"], s), 0) for p, s in zip(people, choice))
        best = cost if best is None else min(best, cost)
    assert total(tmp_path) == best  # the shop and its steward are at one place


def test_switch_cost_keeps_what_saves_too_little(tmp_path: Path) -> None:
    street(tmp_path)
    now = ["S2", "S1", "S1", "S2", "S3", "S3"]
    rows = "".join(f"H{i},{s}\n" for i, s in enumerate(now))
    (tmp_path / "now.csv").write_text("household,steward\n" + rows)
    both(tmp_path, "--current", "now.csv", "--switch-cost", 20)
    best = min(sum(costs) + 2000 * sum(a != b for a, b in zip(names, now)) for names, costs, _ in plans(tmp_path))
    assert total(tmp_path) == best


def test_bottleneck_and_even(tmp_path: Path) -> None:
    street(tmp_path)
    result = lianhu("assign", *STREET, "--min", 0, "--max", 3, "--objective", "bottleneck", *OUTPUTS, cwd=tmp_path)
    assert result.code == 0
    greatest, cost = min((max(costs), sum(costs)) for _, costs, _ in plans(tmp_path))
    assert total(tmp_path) == cost
    assert f"least greatest distance: {greatest / 100:.2f} m" in result.out
    result = lianhu("assign", *STREET, "--min", 0, "--max", 3, "--objective", "even", *OUTPUTS, cwd=tmp_path)
    assert result.code == 0 and "2 to 2" in result.out
    assert sorted(planned(tmp_path).count(s) for s in ("S1", "S2", "S3")) == [2, 2, 2]


@pytest.mark.parametrize("objective", ["bottleneck", "even"])
def test_an_objective_is_checked(tmp_path: Path, objective: str) -> None:
    street(tmp_path)
    aim = (*STREET, *BOUNDS, "--objective", objective)
    assert lianhu("assign", *aim, *OUTPUTS, cwd=tmp_path).code == 0
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["objective"] == objective and summary["reasons"]
    best = [(max(costs), sum(costs)) for _, costs, _ in plans(tmp_path)]
    if objective == "bottleneck":
        assert summary["bottleneck_cm"] == min(best)[0]
    else:
        assert (summary["even_min"], summary["even_max"]) == (2, 2)
    checked = lianhu("verify", *aim, *PROOF, cwd=tmp_path)
    assert (checked.code, checked.err) == (0, ""), checked.out
    assert "proved, no plan does with less" in checked.out and "proved optimal" in checked.out
    assert "已证明不能再小" in lianhu("--lang", "zh", "verify", *aim, *PROOF, cwd=tmp_path).out
    # One that keeps the bounds and does worse.
    for names, costs, _ in plans(tmp_path):
        spread = max(names.count(s) for s in set(names)) - min(names.count(s) for s in ("S1", "S2", "S3"))
        if max(costs) > min(best)[0] if objective == "bottleneck" else spread > 0:
            break
    rows = "".join(f"H{i},{name}\n" for i, name in enumerate(names))
    (tmp_path / "plan.csv").write_text("household,steward\n" + rows)
    again = lianhu("verify", *aim, *PROOF[:2], cwd=tmp_path)
    assert again.code == 1 and "not the least" in again.out
    refused = lianhu("verify", *aim, *PROOF, "--best-effort", cwd=tmp_path)
    assert refused.code == 2 and "--best-effort" in refused.err


def test_load_cost(tmp_path: Path) -> None:
    street(tmp_path)
    both(tmp_path, "--load-cost", "1:5,2:30")
    best = min(
        sum(costs) + sum([0, 0, 500, 3500][names.count(s)] for s in ("S1", "S2", "S3"))
        for names, costs, _ in plans(tmp_path)
    )
    assert total(tmp_path) == best
    assert lianhu("assign", *STREET, "--objective", "load-cost", cwd=tmp_path).code == 2


def test_out_of_reach_is_a_set_with_ids(tmp_path: Path) -> None:
    street(tmp_path)
    result = lianhu("assign", *STREET, "--min", 0, "--max", 1, "--max-distance", 12, *OUTPUTS, cwd=tmp_path)
    assert result.code == 3
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["status"] == "infeasible"
    sets = [(set(i["household_ids"]), set(i["steward_ids"]), i["shortage"]) for i in summary["infeasibilities"]]
    assert sets == [({"H0", "H1"}, {"S1"}, 1), ({"H2", "H3"}, {"S2"}, 1), ({"H4", "H5"}, {"S3"}, 1)]
    assert "Households: H0, H1." in result.err and "1 is left over" in result.err
    zh = lianhu("--lang", "zh", "assign", *STREET, "--min", 0, "--max", 1, "--max-distance", 12, cwd=tmp_path)
    assert zh.code == 3 and "住户：H0、H1。" in zh.err
    effort = lianhu(
        "assign", *STREET, "--min", 0, "--max", 1, "--max-distance", 12, "--best-effort", *OUTPUTS, cwd=tmp_path
    )
    assert effort.code == 0 and "left over: 3 households" in effort.out


@pytest.mark.parametrize(
    "option, text, words",
    [
        ("--forbid", "household,steward\nH9,S1\n", ["f.csv: row 2, column household", "'H9'"]),
        ("--forbid", "household,helper\nH1,S1\n", ["steward"]),
        ("--fix", "household,steward\nH1,S1\nH1,S2\n", ["f.csv: row 3", "'H1'", "already"]),
        ("--prefer", "household,steward,cost_m\nH1,S1,near\n", ["f.csv: row 2, column cost_m", "not a number", "'near'"]),
        ("--prefer", "household,steward,cost_m\nH1,S1,1\n\nH1,S1,2\n", ["f.csv: row 4", "there already"]),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, option: str, text: str, words: list[str]) -> None:
    street(tmp_path)
    (tmp_path / "f.csv").write_text(text)
    result = lianhu("assign", *STREET, option, "f.csv", "--out", "plan.csv", cwd=tmp_path)
    assert result.code == 2 and result.err.count("\n") == 1
    assert all(word in result.err for word in words), result.err
    assert not (tmp_path / "plan.csv").exists()


def test_a_time_limit_keeps_the_conditions(tmp_path: Path) -> None:
    people = "".join(f"H{i},{i * 37 % 1000},{i * 91 % 997}\n" for i in range(3000))
    helpers = "".join(f"S{j},{j * 53 % 1000},{j * 29 % 997}\n" for j in range(200))
    write_street(tmp_path, "id,x,y\n" + people, "id,x,y\n" + helpers)
    limits = ("--min", 5, "--max", 16, "--max-distance", 700)
    plan = lianhu("assign", *STREET, *limits, "--time-limit", 0.000001, *OUTPUTS, cwd=tmp_path)
    assert plan.code == 0 and "status:    time_limit" in plan.out, plan.err
    checked = lianhu("verify", *STREET, *limits, *PROOF, "--allow-gap", cwd=tmp_path)
    assert (checked.code, checked.err) == (0, ""), checked.out
    for options in (("--objective", "even"), ("--load-cost", "3:5")):
        refused = lianhu("assign", *STREET, *options, "--time-limit", 1, cwd=tmp_path)
        assert refused.code == 2 and "--time-limit does not go with" in refused.err


def test_few_moves_with_kinds(tmp_path: Path) -> None:
    street(tmp_path)
    now = ["S2", "S1", "S1", "S2", "S2", "S3"]
    (tmp_path / "now.csv").write_text("household,steward\n" + "".join(f"H{i},{s}\n" for i, s in enumerate(now)))
    options = (*STREET, *BOUNDS, "--kind", "kind", "--current", "now.csv")
    done = lianhu("assign", *options, "--max-moves", 1, *OUTPUTS, "--frontier", "f.csv", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    best: dict[int, int] = {}
    for names, costs, _ in plans(tmp_path):
        if names[5] != "S3" or "S3" in names[:5]:
            continue
        moves = sum(a != b for a, b in zip(names, now))
        best[moves] = min(sum(costs), best.get(moves, sum(costs)))
    for row in read(tmp_path / "f.csv"):
        assert round(100 * float(row["distance_m"])) == best[int(row["moves"])]
    refused = lianhu("assign", *options, "--max-moves", 1, "--max-distance", 50, cwd=tmp_path)
    assert refused.code == 2 and "max_distance: cannot be kept while the plan changes" in refused.err
