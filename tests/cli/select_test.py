"""`lianhu select`: whom it chooses, recomputed from the files alone, and what it says when it cannot."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from command import HOUSEHOLDS, Result, cost_cm, lianhu, read, recompute

# East has six households and four candidates, west six and three.
CANDIDATES = """id,x,y,unit,kind,cost_m,must
A,1,0,east,volunteer,0,
B,2.4,0,east,recommended,1,
C,4,0,east,volunteer,0,
D,5,0,east,appointed,3,
E,7,0,west,volunteer,0,
F,8.6,0,west,appointed,2,
G,10,0,west,recommended,1,
"""
FILES = ("--households", "h.csv", "--candidates", "c.csv", "--min", 2, "--max", 4, "--seconds", 0.5)


def write(folder: Path, candidates: str = CANDIDATES, households: str = HOUSEHOLDS) -> None:
    (folder / "h.csv").write_text(households, encoding="utf-8")
    (folder / "c.csv").write_text(candidates, encoding="utf-8")


def choose(folder: Path, *arguments: object) -> tuple[Result, list[str], dict]:
    done = lianhu("select", *FILES, *arguments, "--out", "chosen.csv", "--plan", "plan.csv", "--prices", "prices.csv",
                  "--summary", "s.json", cwd=folder)
    assert done.code == 0, done.err
    return done, [row["id"] for row in read(folder / "chosen.csv")], json.loads((folder / "s.json").read_text())


def best(households: list[dict], candidates: list[dict], count: int) -> int:
    """The least objective in centimetres over all choices and plans of one community."""
    least = None
    for chosen in itertools.combinations(candidates, count):
        for plan in itertools.product(range(count), repeat=len(households)):
            if not all(2 <= plan.count(k) <= 4 for k in range(count)):
                continue
            total = sum(cost_cm(home, chosen[k]) for home, k in zip(households, plan))
            total += sum(round(100 * float(each["cost_m"])) for each in chosen)
            least = total if least is None else min(least, total)
    assert least is not None
    return least


def test_count_within_communities(tmp_path: Path) -> None:
    write(tmp_path)
    done, chosen, summary = choose(tmp_path, "--count", 4, "--within", "unit")
    assert chosen == ["A", "C", "E", "G"]
    households, candidates = read(tmp_path / "h.csv"), read(tmp_path / "c.csv")
    expected = sum(
        best([h for h in households if h["unit"] == unit], [c for c in candidates if c["unit"] == unit], 2)
        for unit in ("east", "west")
    )
    assert summary["objective_cm"] == expected >= summary["bound_cm"] > 0
    # The chosen are a stewards file, and the assignment to them is proved by its prices.
    total, bound = recompute(
        tmp_path / "h.csv", tmp_path / "chosen.csv", tmp_path / "plan.csv", tmp_path / "prices.csv", 2, 4, "unit"
    )
    assert total == bound == summary["distance_cm"]
    assert lianhu("verify", "--households", "h.csv", "--stewards", "chosen.csv", "--within", "unit", "--plan", "plan.csv",
                  "--prices", "prices.csv", cwd=tmp_path).code == 0
    kinds = {each["kind"]: (each["chosen"], each["candidates"]) for each in summary["kinds"]}
    assert kinds == {"volunteer": (3, 3), "recommended": (1, 2), "appointed": (0, 2)}
    assert "chosen:    4 of 7 candidates (bounds allow 4 to 6)" in done.out
    assert "kind:      volunteer, 3 of 3" in done.out
    zh = lianhu("--lang", "zh", "select", *FILES, "--count", 4, "--within", "unit", cwd=tmp_path)
    assert "从7名候选人中选出4名" in zh.out and "类别 volunteer：3名中选3名" in zh.out


def test_must_have_and_must_not(tmp_path: Path) -> None:
    write(tmp_path, CANDIDATES.replace("A,1,0,east,volunteer,0,", "A,1,0,east,volunteer,0,not").replace("appointed,2,", "appointed,2,have"))
    _, chosen, _ = choose(tmp_path, "--count", 4, "--within", "unit")
    assert "A" not in chosen and "F" in chosen and len(chosen) == 4


def test_fewest_and_cost_per_steward(tmp_path: Path) -> None:
    write(tmp_path)
    _, fewest, summary = choose(tmp_path, "--fewest")
    assert len(fewest) == 3 == summary["least_count"]
    _, cheap, summary = choose(tmp_path, "--cost-per-steward", 0)
    assert len(cheap) > 3 and summary["stewards_cm"] == 0
    _, dear, summary = choose(tmp_path, "--cost-per-steward", 500)
    assert len(dear) == 3 and summary["stewards_cm"] == 150000


def test_a_kind_costs_more(tmp_path: Path) -> None:
    write(tmp_path)
    _, chosen, summary = choose(tmp_path, "--count", 4, "--within", "unit", "--kind-cost", "volunteer:100")
    assert summary["suitability_cm"] < 4 * 10000
    kinds = {each["kind"]: each["chosen"] for each in summary["kinds"]}
    assert kinds["volunteer"] == 0 and len(chosen) == 4
    done = lianhu("select", *FILES, "--count", 4, "--kind-cost", "volunter:100", cwd=tmp_path)
    assert done.code == 2 and "no candidate is of kind 'volunter'" in done.err


@pytest.mark.parametrize(
    ("arguments", "candidates", "sentences"),
    [
        (("--count", 4), "id,x,y,unit\nA,1,0,east\nB,9,0,west\n", None),
        (("--count", 2), "id,x,y,unit\nA,1,0,east\nB,9,0,west\n", ["12 households", "2 candidates can take 8", "4 short"]),
        (("--count", 2), CANDIDATES, ["the count is 2", "need 3 stewards at least", "1 short"]),
        (("--count", 7), CANDIDATES, ["the count is 7", "no more than 6", "1 too many"]),
        (("--count", 2, "--within", "unit"), "id,x,y,unit\nA,1,0,east\nB,2,0,east\n",
         ["west has 6 households, but its 0 candidates can take 0 together: 6 short"]),
        (("--count", 4), CANDIDATES.replace(",\n", ",have\n"), ["the candidates who must be chosen want 14 at least", "2 too many"]),
    ],
)
def test_why_not(tmp_path: Path, arguments: tuple, candidates: str, sentences: list[str] | None) -> None:
    write(tmp_path, candidates)
    done = lianhu("select", *FILES, *arguments, "--out", "chosen.csv", "--summary", "s.json", cwd=tmp_path)
    if sentences is None:
        assert done.code == 2 and "count: is 4: need 1 to 2 candidates" in done.err
        return
    assert done.code == 3, done.out
    for sentence in sentences:
        assert sentence in done.err
    assert not (tmp_path / "chosen.csv").exists()
    summary = json.loads((tmp_path / "s.json").read_text())
    assert summary["status"] == "infeasible" and summary["shortfalls"]


@pytest.mark.parametrize(
    ("candidates", "sentence"),
    [
        (CANDIDATES.replace("G,10", "A,10"), "c.csv: row 8, column id: "),
        (CANDIDATES.replace("C,4", "C,four"), "c.csv: row 4, column x: not a number: 'four'"),
        (CANDIDATES.replace(",1,\nC", ",1,perhaps\nC"), "c.csv: row 3, column must: not 'have', 'not' or empty: 'perhaps'"),
        (CANDIDATES.replace("appointed,3", "appointed,1e9"), "c.csv: row 5, column cost_m: "),
        ("id,x,y,unit,must_have,must_not\nA,1,0,east,1,yes\n",
         "c.csv: row 2, column must_not: the candidate both must be chosen and must not: 'yes'"),
        ("id,x,y,unit,min,max\nA,1,0,east,5,4\n", "c.csv: row 2"),
        ("id,x,y,unit\n", "c.csv: there is no candidate"),
    ],
)
def test_bad_candidates(tmp_path: Path, candidates: str, sentence: str) -> None:
    write(tmp_path, candidates)
    done = lianhu("select", *FILES, "--fewest", "--within", "unit", cwd=tmp_path)
    assert done.code == 2 and sentence in done.err, done.err
    assert done.err.count("\n") == 1


def test_one_rule_of_three(tmp_path: Path) -> None:
    write(tmp_path)
    assert lianhu("select", *FILES, cwd=tmp_path).code == 2
    assert lianhu("select", *FILES, "--count", 4, "--fewest", cwd=tmp_path).code == 2
    assert lianhu("select", *FILES, "--cost-per-steward", -1, cwd=tmp_path).code == 2


def test_threads_and_seeds_repeat(tmp_path: Path) -> None:
    write(tmp_path)
    plans = []
    for threads in (1, 2, 1):
        choose(tmp_path, "--count", 4, "--within", "unit", "--seed", 5, "--threads", threads)
        plans.append((tmp_path / "plan.csv").read_bytes() + (tmp_path / "chosen.csv").read_bytes())
    assert plans[0] == plans[1] == plans[2]
