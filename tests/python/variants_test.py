"""Weights, roads, buildings and generalised assignment from Python, recomputed here."""

from __future__ import annotations

import itertools
import math

import pytest

import lianhu

HOUSEHOLDS = [(float(x), 0.0) for x in range(6)]
STEWARDS = [(0.5, 0.0), (4.5, 0.0)]


def cost_cm(a: tuple[float, float], b: tuple[float, float]) -> int:
    return math.floor(100 * math.dist(a, b) + 0.5)


def test_generalized_assignment_against_all_plans() -> None:
    cost = [[4, 7, 3, 9, 2], [6, 5, 8, 4, 6], [5, 5, 5, 5, 5]]
    weight = [[3, 4, 2, 5, 3], [2, 3, 4, 3, 4], [4, 4, 4, 4, 4]]
    capacity, minimum = [6, 7, 8], [0, 4, 4]
    best = None
    for plan in itertools.product(range(3), repeat=5):
        loads = [sum(weight[i][h] for h in range(5) if plan[h] == i) for i in range(3)]
        if all(minimum[i] <= loads[i] <= capacity[i] for i in range(3)):
            total = sum(cost[plan[h]][h] for h in range(5))
            best = total if best is None else min(best, total)
    found = lianhu.solve_generalized_assignment(cost, weight, capacity, minimum=minimum, seed=4, evaluations=100_000)
    assert found.objective == best
    assert found.bound <= best and found.gap >= 0
    assert sum(cost[i][h] for h, i in enumerate(found.assigned)) == best
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.solve_generalized_assignment(cost, weight, [6, 7])
    assert raised.value.field == "cost"
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.solve_generalized_assignment([[1, 2], [3]], [[1, 1], [1, 1]], [2, 2])
    assert (raised.value.field, raised.value.row) == ("cost", 1)


def test_weighted() -> None:
    weights = [3, 1, 1, 1, 1, 1]
    plan = lianhu.assign_weighted(HOUSEHOLDS, STEWARDS, weights, min=2, max=4)
    assert plan.outcome in (lianhu.HeuristicOutcome.OPTIMAL, lianhu.HeuristicOutcome.FEASIBLE)
    assert plan.objective == 700 >= plan.bound > 0
    assert plan.objective == sum(w * cost_cm(HOUSEHOLDS[h], STEWARDS[j]) for h, (j, w) in enumerate(zip(plan.assigned, weights)))
    assert (plan.load_min, plan.load_max) == (4, 4)
    checked = lianhu.verify_weighted(HOUSEHOLDS, STEWARDS, weights, plan, min=2, max=4)
    assert checked.feasible and checked.total_cost_cm == 700 and checked.bound_held and checked.bound_cm == plan.bound
    other = lianhu.verify_weighted(HOUSEHOLDS, STEWARDS, weights, [0, 0, 0, 1, 1, -1], min=2, max=4)
    assert not other.feasible and (other.unserved, other.load_max, other.bound_cm) == (1, 5, 0)
    with pytest.raises(lianhu.InvalidInputError, match="multiplier_cm"):
        lianhu.verify_weighted(HOUSEHOLDS, STEWARDS, weights, plan, [1, 2], min=2, max=4)
    assert lianhu.assign_weighted(HOUSEHOLDS, STEWARDS, [9] * 6, min=2, max=4).outcome is lianhu.HeuristicOutcome.INFEASIBLE
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.assign_weighted(HOUSEHOLDS, STEWARDS, [1, 1, 1, 0, 1, 1])
    assert (raised.value.field, raised.value.row) == ("weights", 3)


def test_roads() -> None:
    nodes = HOUSEHOLDS
    found = lianhu.assign_on_roads(
        HOUSEHOLDS, STEWARDS, nodes, [0, 1, 2, 3, 4], [1, 2, 3, 4, 5], [100, 100, 1000, 100, 100], min=2, max=4
    )
    assert found.plan.proved and found.plan.total_cost_cm == 800 == sum(found.distance_cm)
    assert found.unreachable == []
    cut = lianhu.assign_on_roads(HOUSEHOLDS, STEWARDS, nodes, [], [], [], min=0, max=4, best_effort=True)
    assert cut.unreachable == [1, 2, 3, 5]
    assert cut.plan.unserved == 4 and list(cut.distance_cm) == [50, -1, -1, -1, 50, -1]
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.assign_on_roads(HOUSEHOLDS, STEWARDS, nodes, [0], [9], [5])
    assert (raised.value.field, raised.value.row) == ("road_to", 0)


def test_cohesive() -> None:
    buildings = [None, None, "tower", "tower", None, None]
    plan = lianhu.assign_cohesive(HOUSEHOLDS, STEWARDS, buildings, price_m=5, min=2, max=4)
    assert (plan.further_before, plan.further_after) == (1, 0)
    assert plan.steward_of[2] == plan.steward_of[3]
    assert (plan.distance_before_cm, plan.distance_after_cm, plan.objective_cm) == (500, 600, 600)
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.assign_cohesive(HOUSEHOLDS, STEWARDS, buildings, price_m=-1)
    assert raised.value.field == "price_cm"
