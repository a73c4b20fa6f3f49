"""Choosing stewards and the p-median from Python, against all choices recomputed here."""

from __future__ import annotations

import itertools
import math
import random

import pytest

import lianhu

HOUSEHOLDS = [(float(x), 0.0) for x in range(6)]
CANDIDATES = [(1.0, 0.0), (2.4, 0.0), (4.0, 0.0), (9.0, 0.0)]


def cost_cm(a: tuple[float, float], b: tuple[float, float]) -> int:
    return math.floor(100 * math.dist(a, b) + 0.5)


def test_choice_against_all_choices() -> None:
    draw = random.Random(81)
    feasible = 0
    for _ in range(12):
        homes = [(draw.uniform(0, 50), draw.uniform(0, 50)) for _ in range(7)]
        people = [(draw.uniform(0, 50), draw.uniform(0, 50)) for _ in range(5)]
        suitability = [draw.randint(-3, 20) for _ in people]
        must = [draw.choice([None, None, "have", "not"]) for _ in people]
        best = None
        for chosen in itertools.combinations(range(5), 2):
            if any((must[j] == "have" and j not in chosen) or (must[j] == "not" and j in chosen) for j in range(5)):
                continue
            for plan in itertools.product(chosen, repeat=7):
                if all(2 <= plan.count(j) <= 5 for j in chosen):
                    total = sum(cost_cm(homes[h], people[j]) for h, j in enumerate(plan))
                    total += sum(100 * suitability[j] for j in chosen)
                    best = total if best is None else min(best, total)
        found = lianhu.choose_stewards(
            homes, people, count=2, min=2, max=5, suitability_m=suitability, must=must, work=100_000, threads=1
        )
        if best is None:
            assert found.outcome is not lianhu.SelectionOutcome.FEASIBLE
            continue
        feasible += 1
        assert found.objective_cm == best >= found.bound_cm
        assert found.objective_cm == found.distance_cm + found.suitability_cm
        assert found.distance_cm == sum(cost_cm(homes[h], people[j]) for h, j in enumerate(found.candidate_of))
        assert [list(found.candidate_of).count(j) for j in found.chosen] == list(found.load)
    assert feasible >= 4


def test_rules_and_jurisdictions() -> None:
    homes = HOUSEHOLDS + [(x + 100, y) for x, y in HOUSEHOLDS]
    people = CANDIDATES + [(x + 100, y) for x, y in CANDIDATES]
    units = ["north"] * 6 + ["south"] * 6
    found = lianhu.choose_stewards(
        homes, people, count=4, min=2, max=4, household_units=units, candidate_units=["north"] * 4 + ["south"] * 4, work=50_000
    )
    assert (list(found.chosen), found.objective_cm) == ([0, 2, 4, 6], 800)
    assert [(unit.unit, unit.chosen, unit.least, unit.most) for unit in found.units] == [("north", 2, 2, 3), ("south", 2, 2, 3)]
    assert found.next[0].feasible and found.next[0].saves_cm == 100 and found.next[0].candidate in (1, 5)
    fewest = lianhu.choose_stewards(HOUSEHOLDS, CANDIDATES, fewest=True, min=2, max=4, work=50_000)
    assert len(fewest.chosen) == fewest.least_count == 2
    priced = lianhu.choose_stewards(HOUSEHOLDS, CANDIDATES, cost_per_steward_m=0.5, min=2, max=4, work=50_000)
    assert len(priced.chosen) == 3 and priced.stewards_cm == 150 and priced.objective_cm == 450


def test_no_choice_has_reasons() -> None:
    found = lianhu.choose_stewards(
        HOUSEHOLDS, CANDIDATES[:1], count=1, min=2, max=4, household_units=["east"] * 6, candidate_units=["east"]
    )
    assert found.outcome is lianhu.SelectionOutcome.INFEASIBLE and not found.proved
    shortfall = found.shortfalls[0]
    assert (shortfall.kind, shortfall.unit) == (lianhu.ShortfallKind.CAPACITY, "east")
    assert (shortfall.households, shortfall.capacity) == (6, 4)
    assert "east" in shortfall.english and "2 short" in shortfall.english and "还差2户" in shortfall.chinese
    assert len(found.chosen) == 0


def test_choice_refuses() -> None:
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.choose_stewards(HOUSEHOLDS, CANDIDATES)
    assert raised.value.field == "count"
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.choose_stewards(HOUSEHOLDS, CANDIDATES, count=2, must=[None, "maybe", None, None])
    assert (raised.value.field, raised.value.row) == ("must", 1)
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.choose_stewards(HOUSEHOLDS, CANDIDATES, count=2, suitability_m=[1, 2])
    assert raised.value.field == "suitability_m"
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.choose_stewards(HOUSEHOLDS, CANDIDATES, count=2, min=2, max=4, candidate_max=[4, 4, -4, 4])
    assert (raised.value.field, raised.value.row) == ("candidate_max", 2)
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.choose_stewards(HOUSEHOLDS, CANDIDATES, count=2, seconds=0)
    assert raised.value.field == "seconds"


def test_p_median_against_all_plans() -> None:
    demand, capacity = [1, 1, 2, 1, 1, 2], [4, 4, 4, 4]
    best = min(
        sum(cost_cm(HOUSEHOLDS[h], CANDIDATES[j]) for h, j in enumerate(plan))
        for plan in itertools.product(range(4), repeat=6)
        if len(set(plan)) <= 2
        and all(sum(d for d, own in zip(demand, plan) if own == j) <= capacity[j] for j in range(4))
    )
    found = lianhu.p_median(HOUSEHOLDS, CANDIDATES, capacity, 2, demand=demand, work=50_000)
    assert found.outcome is lianhu.SelectionOutcome.FEASIBLE
    assert found.objective == best == 400 >= found.bound
    assert found.chosen == [0, 2]
    plan = found.candidate_of
    assert lianhu.verify_p_median(HOUSEHOLDS, CANDIDATES, capacity, 2, plan, demand=demand) == 400
    assert lianhu.verify_p_median(HOUSEHOLDS, CANDIDATES, capacity, 2, plan, demand=demand, distance="euclidean") == 4
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.verify_p_median(HOUSEHOLDS, CANDIDATES, [3, 4, 4, 4], 2, plan, demand=demand)
    assert (raised.value.field, raised.value.row) == ("capacity", 0)
    assert lianhu.p_median(HOUSEHOLDS, CANDIDATES, [2] * 4, 2).outcome is lianhu.SelectionOutcome.INFEASIBLE
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.p_median(HOUSEHOLDS, CANDIDATES, capacity, 5)
    assert raised.value.field == "count"


def test_stopping_gives_the_best_so_far() -> None:
    draw = random.Random(7)
    homes = [(draw.uniform(0, 500), draw.uniform(0, 500)) for _ in range(400)]
    calls = []

    def stop(fraction: float) -> bool:
        calls.append(fraction)
        return len(calls) < 3

    found = lianhu.p_median(homes, homes, [20] * 400, 25, seconds=60, progress=stop)
    assert found.cancelled and found.outcome is lianhu.SelectionOutcome.FEASIBLE
    assert found.seconds < 30 and found.objective == lianhu.verify_p_median(homes, homes, [20] * 400, 25, found.candidate_of)
