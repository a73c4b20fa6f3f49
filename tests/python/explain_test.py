"""Explanations from Python, beside every plan there is."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any, Callable, Optional

import pytest

import lianhu


def cost_cm(a: Any, b: Any) -> int:
    return math.floor(100 * math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) + 0.5)


class Town:
    """Six households in two units, four stewards; wishes, a present plan that it costs something to leave."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)

        def points(count: int) -> list[tuple[float, float]]:
            return [(float(draw.randint(0, 30)), float(draw.randint(0, 30))) for _ in range(count)]

        self.households, self.stewards = points(6), points(4)
        self.units, self.helper_units = list("aaaabb"), list("aaab")
        self.least, self.most = [1, 0, 0, 0], [draw.randint(1, 3) for _ in range(4)]
        self.wishes = {(draw.randint(0, 5), draw.randint(0, 3)): draw.randint(-50, 50) / 10}
        self.current = [draw.choice([-1, 0, 1, 2]) if unit == "a" else -1 for unit in self.units]

    def arguments(self) -> dict[str, Any]:
        return {
            "household_units": self.units,
            "steward_units": self.helper_units,
            "steward_min": self.least,
            "steward_max": self.most,
            "preferences": [(h, j, metres) for (h, j), metres in self.wishes.items()],
            "current": self.current,
            "switch_cost_m": 2,
        }

    def best(self, allowed: Callable[[tuple[int, ...]], bool] = lambda plan: True) -> Optional[int]:
        totals = []
        for plan in itertools.product(range(len(self.stewards)), repeat=6):
            loads = [plan.count(j) for j in range(len(self.stewards))]
            if any(not low <= load <= high for low, load, high in zip(self.least, loads, self.most)):
                continue
            if any(self.units[h] != self.helper_units[j] for h, j in enumerate(plan)) or not allowed(plan):
                continue
            total = 0
            for h, j in enumerate(plan):
                total += cost_cm(self.households[h], self.stewards[j]) + round(100 * self.wishes.get((h, j), 0))
                total += 200 * (self.current[h] >= 0 and self.current[h] != j)
            totals.append(total)
        return min(totals, default=None)


# Towns with a plan within their bounds.
SEEDS = list(itertools.islice((seed for seed in itertools.count() if Town(seed).best() is not None), 8))


def solved(seed: int) -> tuple[Town, Any, Any]:
    town = Town(seed)
    plan = lianhu.assign(town.households, town.stewards, **town.arguments())
    assert plan.outcome is lianhu.Outcome.OPTIMAL
    return town, plan, lianhu.Explainer(town.households, town.stewards, plan, **town.arguments())


@pytest.mark.parametrize("seed", SEEDS)
def test_households(seed: int) -> None:
    town, plan, explainer = solved(seed)
    assert plan.total_cost_cm == town.best()
    for h in range(6):
        why = explainer.household(h, stewards=[0])
        assert (why.household, why.steward) == (h, plan.steward_of[h])
        assert {a.steward for a in why.alternatives} == set(range(4)) - {why.steward}
        for a in why.alternatives:
            if a.lifted:
                assert a.reason is lianhu.WhyNot.OTHER_JURISDICTION
                continue
            forced = town.best(lambda plan: plan[h] == a.steward)
            assert a.possible == (forced is not None)
            if forced is None:
                assert a.reason is lianhu.WhyNot.IMPOSSIBLE
                continue
            assert a.cost_cm == a.own_cm + a.knock_on_cm == forced - plan.total_cost_cm
            assert all(plan.steward_of[step.household] == step.from_steward for step in a.knock_ons)


@pytest.mark.parametrize("seed", SEEDS)
def test_stewards(seed: int) -> None:
    town, plan, explainer = solved(seed)
    for j in range(4):
        worth = explainer.steward(j)
        assert (worth.load, worth.max) == (plan.load[j], town.most[j])
        for change, bounds, step in (
            (worth.max_more, town.most, 1),
            (worth.max_less, town.most, -1),
            (worth.min_more, town.least, 1),
            (worth.min_less, town.least, -1),
        ):
            if change is None:
                continue
            bounds[j] += step
            total = town.best()
            bounds[j] -= step
            assert change.possible == (total is not None)
            if total is not None:
                assert change.cost_change_cm == total - plan.total_cost_cm


@pytest.mark.parametrize("seed", SEEDS)
def test_one_more_steward(seed: int) -> None:
    town, plan, explainer = solved(seed)
    found = explainer.town(min=0, max=2)
    assert [where.unit for where in found.jurisdictions] == ["a", "b"]
    assert sum(where.cost_cm for where in found.jurisdictions) == plan.total_cost_cm
    assert [where.households for where in found.jurisdictions] == [4, 2]
    savings = {}
    for h in range(6):
        more = Town(seed)
        more.stewards.append(more.households[h])
        more.helper_units.append(more.units[h])
        more.least.append(0)
        more.most.append(2)
        total = more.best()
        assert total is not None
        savings[h] = plan.total_cost_cm - total
    assert found.sites
    for site in found.sites:
        assert (site.saving_cm, site.unit) == (savings[site.household], town.units[site.household])
    assert found.sites[0].saving_cm <= max(savings.values()) <= found.bound_cm


def test_only_an_optimal_plan_is_explained() -> None:
    households, stewards = [(0, 0), (10, 0)], [(0, 0), (10, 0)]
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.Explainer(households, stewards, [1, 0], min=0, max=1)
    assert raised.value.field == "steward_of" and "not proved optimal" in str(raised.value)
    explainer = lianhu.Explainer(households, stewards, [0, 1], min=0, max=1)
    with pytest.raises(lianhu.InvalidInputError, match="no such household: 2"):
        explainer.household(2)
    with pytest.raises(lianhu.InvalidInputError, match="no such steward: -1"):
        explainer.steward(-1)
    with pytest.raises(lianhu.InvalidInputError, match="count"):
        explainer.town(count=-1)
    reason = explainer.household(0).alternatives[0].reason
    assert reason is lianhu.WhyNot.DEARER
