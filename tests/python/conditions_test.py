"""Pair conditions, objectives and Hall violators from Python, beside every plan there is and beside the command."""

from __future__ import annotations

import itertools
import json
import math
import os
import random
import subprocess
from pathlib import Path
from typing import Any, Iterator

import numpy
import pytest

import lianhu

HOUSEHOLDS = [(float(x), 0.0) for x in range(6)]
STEWARDS = [(0.5, 0.0), (4.5, 0.0)]


def cost_cm(a: Any, b: Any) -> int:
    return math.floor(100 * math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) + 0.5)


class Town:
    """A random small town with every condition, and the cost of any plan as the documentation defines it."""

    def __init__(self, seed: int) -> None:
        draw = random.Random(seed)
        self.households = [(float(draw.randint(0, 20)), float(draw.randint(0, 20))) for _ in range(6)]
        self.stewards = [(float(draw.randint(0, 20)), float(draw.randint(0, 20))) for _ in range(3)]
        every = [(h, j) for h in range(6) for j in range(3)]
        chosen = draw.sample(every, 6)
        self.arguments: dict[str, Any] = {
            "min": 1,
            "max": 3,
            "max_distance": float(draw.randint(12, 20)),
            "forbidden": chosen[:2],
            "fixed": [chosen[2]],
            "preferences": [(h, j, draw.randint(-80, 80) / 10) for h, j in chosen[3:]],
            "current": [draw.randint(-1, 2) for _ in range(6)],
            "switch_cost_m": draw.randint(0, 30) / 10,
            "load_cost": [(1, 0.5), (2, 7.5)],
        }

    def allowed(self, h: int, j: int) -> bool:
        near = cost_cm(self.households[h], self.stewards[j]) <= 100 * self.arguments["max_distance"]
        fixed = dict(self.arguments["fixed"])
        if h in fixed:
            return fixed[h] == j
        return near and (h, j) not in self.arguments["forbidden"]

    def figures(self, plan: tuple[int, ...]) -> dict[str, int]:
        current = self.arguments["current"]
        distances = [cost_cm(self.households[h], self.stewards[j]) for h, j in enumerate(plan)]
        wishes = {(h, j): round(100 * metres) for h, j, metres in self.arguments["preferences"]}
        switches = sum(current[h] >= 0 and current[h] != j for h, j in enumerate(plan))
        loads = [plan.count(j) for j in range(3)]
        total = sum(distances) + sum(wishes.get(pair, 0) for pair in enumerate(plan))
        total += round(100 * self.arguments["switch_cost_m"]) * switches
        total += sum([0, 0, 50, 800][load] for load in loads)
        return {
            "total": total,
            "distance": sum(distances),
            "farthest": max(distances),
            "switches": switches,
            "spread": max(loads) - min(loads),
        }

    def plans(self) -> Iterator[tuple[int, ...]]:
        for plan in itertools.product(range(3), repeat=6):
            loads = [plan.count(j) for j in range(3)]
            if 1 <= min(loads) and max(loads) <= 3 and all(self.allowed(h, j) for h, j in enumerate(plan)):
                yield plan


@pytest.mark.parametrize("objective", ["total", "bottleneck", "even"])
def test_every_condition_beside_every_plan(objective: str) -> None:
    planned = impossible = 0
    for seed in range(60):
        print("seed", seed)
        town = Town(seed)
        plans = list(town.plans())
        plan = lianhu.assign(town.households, town.stewards, objective=objective, **town.arguments)
        if not plans:
            assert plan.outcome is lianhu.Outcome.INFEASIBLE and plan.infeasibilities
            for reason in plan.infeasibilities:
                lianhu.verify_infeasibility(town.households, town.stewards, reason, **town.arguments)
            impossible += 1
            continue
        planned += 1
        key = {"total": "total", "bottleneck": "farthest", "even": "spread"}[objective]
        best = min((figures[key], figures["total"]) for figures in map(town.figures, plans))
        figures = town.figures(tuple(plan.steward_of))
        assert plan.proved and plan.objective == objective
        assert (figures[key], plan.total_cost_cm) == best
        assert (plan.distance_cm, plan.switches) == (figures["distance"], figures["switches"])
        if objective == "bottleneck":
            assert plan.bottleneck_cm == figures["farthest"]
        if objective == "even":
            assert plan.even_loads[1] - plan.even_loads[0] == figures["spread"]
        limited = {**town.arguments, **plan.limits}
        checked = lianhu.verify(town.households, town.stewards, plan, **limited)
        assert checked.proved and checked.total_cost_cm == plan.total_cost_cm
        assert (checked.distance_cm, checked.switches) == (plan.distance_cm, plan.switches)
        anew = lianhu.verify(town.households, town.stewards, plan, objective=objective, **town.arguments)
        assert anew.proved and anew.first_proved == (objective != "total")
        for other in plans[:3]:
            seen = lianhu.verify(town.households, town.stewards, other, objective=objective, **town.arguments)
            assert seen.first_proved == (objective != "total" and town.figures(other)[key] == best[0])
        if objective == "bottleneck":
            below = {**limited, "max_distance": (plan.bottleneck_cm - 1) / 100}
            for reason in plan.reasons:
                lianhu.verify_infeasibility(town.households, town.stewards, reason, **below)
    assert planned > 10 and impossible > 3


def test_the_command_says_the_same(tmp_path: Path) -> None:
    command = Path(os.environ["LIANHU_BIN"]) / "lianhu"
    draw = random.Random(7)
    households = [(draw.randint(0, 4000) / 10, draw.randint(0, 4000) / 10) for _ in range(300)]
    stewards = [(draw.randint(0, 4000) / 10, draw.randint(0, 4000) / 10) for _ in range(20)]
    forbidden = [(h, h % 20) for h in range(0, 300, 7)]
    wishes = [(h, (h + 3) % 20, (h % 9) - 4.25) for h in range(0, 300, 5)]
    (tmp_path / "h.csv").write_text("id,x,y\n" + "".join(f"H{i},{x},{y}\n" for i, (x, y) in enumerate(households)))
    (tmp_path / "s.csv").write_text("id,x,y\n" + "".join(f"S{i},{x},{y}\n" for i, (x, y) in enumerate(stewards)))
    (tmp_path / "no.csv").write_text("household,steward\n" + "".join(f"H{h},S{j}\n" for h, j in forbidden))
    (tmp_path / "wish.csv").write_text(
        "household,steward,cost_m\n" + "".join(f"H{h},S{j},{metres}\n" for h, j, metres in wishes)
    )
    subprocess.run(
        [command, "assign", "--households", "h.csv", "--stewards", "s.csv", "--min", "10", "--max", "18", "--forbid"]
        + ["no.csv", "--prefer", "wish.csv", "--load-cost", "12:3,15:20", "--summary", "summary.json"]
        + ["--out", "plan.csv"],
        cwd=tmp_path,
        check=True,
    )
    plan = lianhu.assign(
        numpy.array(households),
        numpy.array(stewards),
        min=10,
        max=18,
        forbidden=numpy.array(forbidden, dtype=numpy.int32),
        preferences=numpy.array(wishes),
        load_cost=[(12, 3), (15, 20)],
    )
    assert plan.proved
    assert plan.total_cost_cm == json.loads((tmp_path / "summary.json").read_text())["total_cost_cm"]
    rows = (tmp_path / "plan.csv").read_text().splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == [f"S{j}" for j in plan.steward_of]


def test_pairs_of_any_layout() -> None:
    records = numpy.zeros((4, 3), dtype=numpy.int32)
    records[:, 1:] = [(0, 0), (1, 0), (2, 0), (3, 1)]
    expected = lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4, forbidden=[(0, 0), (1, 0), (2, 0), (3, 1)])
    layouts = {
        "columns of records": records[:, 1:],
        "64 bits": records[:, 1:].astype(numpy.int64),
        "backwards": records[::-1, 1:],
        "column order": numpy.asfortranarray(records[:, 1:]),
        "lists": records[:, 1:].tolist(),
    }
    for name, layout in layouts.items():
        plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4, forbidden=layout)
        assert list(plan.steward_of) == list(expected.steward_of), name
    for nothing in ([], numpy.empty((0, 2), numpy.int32)):
        assert lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4, forbidden=nothing).total_cost_cm == 500


def test_a_hall_violator_is_a_set_and_a_sentence() -> None:
    arguments: dict[str, Any] = {"min": 0, "max": 2, "max_distance": 1.6}
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, **arguments)
    assert plan.outcome is lianhu.Outcome.INFEASIBLE
    first = plan.infeasibilities[0]
    assert first.part and (list(first.household_set), list(first.steward_set)) == ([0, 1, 2], [0])
    assert (first.households, first.stewards, first.capacity, first.shortage) == (3, 1, 2, 1)
    assert "3 households" in first.describe() and "有3户只能由1名红管事联系" in first.describe("zh")
    lianhu.verify_infeasibility(HOUSEHOLDS, STEWARDS, first, **arguments)
    with pytest.raises(lianhu.InvalidInputError, match="household 2 may be served by steward 1"):
        lianhu.verify_infeasibility(HOUSEHOLDS, STEWARDS, first, **{**arguments, "max_distance": 2.6})
    whole = lianhu.assign(HOUSEHOLDS, STEWARDS, min=0, max=2).infeasibilities[0]
    assert not whole.part and len(whole.household_set) == 0
    lianhu.verify_infeasibility(HOUSEHOLDS, STEWARDS, whole, min=0, max=2)
    effort = lianhu.assign(HOUSEHOLDS, STEWARDS, best_effort=True, **arguments)
    assert (effort.outcome, effort.unserved) == (lianhu.Outcome.BEST_EFFORT, 2)


def test_kinds_have_labels() -> None:
    kinds = ["home", "home", "home", "home", "shop", "shop"]
    plan = lianhu.assign(
        HOUSEHOLDS, STEWARDS, min=0, max=4, household_kinds=kinds, steward_kinds=["shop", "home"]
    )
    assert list(plan.steward_of) == [1, 1, 1, 1, 0, 0]
    plan = lianhu.assign(
        HOUSEHOLDS, STEWARDS, min=0, max=3, household_kinds=kinds, steward_kinds=["shop", "home"]
    )
    assert [(i.kind, i.shortage, i.part) for i in plan.infeasibilities] == [("home", 1, False)]
    lianhu.verify_infeasibility(
        HOUSEHOLDS,
        STEWARDS,
        plan.infeasibilities[0],
        min=0,
        max=3,
        household_kinds=kinds,
        steward_kinds=["shop", "home"],
    )
    found = lianhu.verify(
        HOUSEHOLDS, STEWARDS, [0] * 3 + [1] * 3, min=0, max=4, household_kinds=kinds, steward_kinds=["shop", "home"]
    )
    assert [v.kind for v in found.violations] == [lianhu.ViolationKind.OTHER_KIND] * 5


def test_costs_of_ones_own() -> None:
    costs = ([0, 1, 2, 4, 5, 6, 7], [0, 0, 0, 1, 1, 1, 1], [5, 5, 9, 4, 5, 5, 5])
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4, costs=costs)
    assert plan.proved and plan.total_cost_cm == 29
    assert lianhu.verify(HOUSEHOLDS, STEWARDS, plan, min=2, max=4, costs=costs).proved
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.assign(HOUSEHOLDS, STEWARDS, costs=([0, 1], [0], [5]))
    assert raised.value.field == "cost_begin"


@pytest.mark.parametrize(
    "arguments, field, row",
    [
        ({"forbidden": [(0, 0), (6, 0)]}, "forbidden", 1),
        ({"forbidden": [(0, 0), (1, 0, 2)]}, "forbidden", -1),
        ({"forbidden": [(0, 0), (1, 0.5)]}, "forbidden", 1),
        ({"forbidden": numpy.zeros((2, 3), numpy.int32)}, "forbidden", -1),
        ({"forbidden": numpy.zeros((2, 2))}, "forbidden", -1),
        ({"forbidden": numpy.array([[0, 0], [0, 2**40]])}, "forbidden", 1),
        ({"fixed": [(0, 0), (0, 1)]}, "fixed", 1),
        ({"preferences": [(0, 0, 1), (0, 0, 2)]}, "preferences", 1),
        ({"preferences": [(0, 0)]}, "preferences", 0),
        ({"preferences": [(0, 0, math.nan)]}, "preferences", 0),
        ({"preferences": [(0, 0, 4e6)]}, "preferences", 0),
        ({"load_cost": [(2, 1), (1, 2)]}, "load_cost", 1),
        ({"load_cost": [(1.5, 1)]}, "load_cost", 0),
        ({"max_distance": -1.0}, "max_distance", -1),
        ({"max_distance": math.nan}, "max_distance", -1),
        ({"current": [0, 0, 0, 0, 0, 2]}, "current", 5),
        ({"switch_cost_m": 5}, "switch_cost", -1),
        ({"household_kinds": [0] * 6}, "steward_kinds", -1),
        ({"objective": "fair"}, "objective", -1),
        ({"objective": "even", "best_effort": True}, "options.best_effort", -1),
        ({"objective": "even", "time_limit": 3}, "options.time_limit_seconds", -1),
    ],
)
def test_faults_name_field_and_row(arguments: dict[str, Any], field: str, row: int) -> None:
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.assign(HOUSEHOLDS, STEWARDS, min=0, max=4, **arguments)
    assert (raised.value.field, raised.value.row) == (field, row), str(raised.value)

