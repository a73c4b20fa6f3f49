"""Drawing micro-grids from Python, against all groupings recomputed here."""

from __future__ import annotations

import itertools
import math
import random

import pytest

import lianhu

ROWS = [(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (0.0, 50.0), (1.0, 50.0), (2.0, 50.0)]


def cost_cm(a: tuple[float, float], b: tuple[float, float]) -> int:
    return math.floor(100 * math.dist(a, b) + 0.5)


def test_against_all_groupings() -> None:
    draw = random.Random(6)
    for _ in range(6):
        homes = [(draw.uniform(0, 50), draw.uniform(0, 50)) for _ in range(8)]
        best = {"medians": math.inf, "means": math.inf}
        for part_of in itertools.product(range(2), repeat=8):
            if not 3 <= sum(part_of) <= 5:
                continue
            total = {"medians": 0.0, "means": 0.0}
            for part in range(2):
                own = [homes[h] for h in range(8) if part_of[h] == part]
                mean = (sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own))
                total["means"] += sum(math.dist(home, mean) ** 2 for home in own)
                total["medians"] += min(sum(cost_cm(home, other) for home in own) for other in own)
            best = {name: min(best[name], total[name]) for name in best}
        for objective, least in best.items():
            plan = lianhu.draw_micro_grids(homes, min=3, max=5, objective=objective, work=100_000, threads=1)
            assert plan.outcome is lianhu.MicroGridOutcome.FEASIBLE
            assert plan.objective == pytest.approx(least) and 0 < plan.bound <= plan.objective * (1 + 1e-9)
            again = lianhu.micro_grid_figures(homes, plan.part_of, min=3, max=5, objective=objective)
            assert again.objective == pytest.approx(plan.objective) and again.parts[0].hull == plan.parts[0].hull


def test_labels_figures_and_buildings() -> None:
    plan = lianhu.draw_micro_grids(
        ROWS, min=1, max=2, units=["east"] * 6, buildings=["a", "a", "a", None, "b", "b"], keep_buildings=True, work=10_000
    )
    assert plan.outcome is lianhu.MicroGridOutcome.FEASIBLE and len(plan.parts) == 3
    assert [part.unit for part in plan.parts] == ["east"] * 3
    assert [(split.building, split.parts, split.too_large) for split in plan.split_buildings] == [("a", 2, True)]
    assert plan.part_of[4] == plan.part_of[5]


def test_connected() -> None:
    borders = [(0, 3), (1, 4), (2, 5), (0, 1)]
    plan = lianhu.draw_micro_grids(ROWS, min=2, max=4, borders=borders, work=10_000)
    assert plan.not_connected == 0
    assert plan.part_of[2] == plan.part_of[5] != plan.part_of[0]


def test_repair_moves_fewest() -> None:
    current = ["north", "north", "north", "south", "south", None]
    plan = lianhu.repair_micro_grids(ROWS, current, min=2, max=4)
    assert plan.outcome is lianhu.MicroGridOutcome.FEASIBLE and plan.moved == 0
    assert [plan.parts[p].continues for p in plan.changed] == ["south"]
    split = lianhu.repair_micro_grids(ROWS, ["all"] * 6, min=2, max=4, move_price=1)
    assert len(split.created) == 1 and split.moved == len(split.moved_households) in (2, 3)
    joined = lianhu.repair_micro_grids(ROWS, ["x", "y", "y", "z", "z", "z"], min=2, max=4)
    assert joined.dissolved in (["x"], []) and joined.moved == 1


def test_faults_have_reasons() -> None:
    plan = lianhu.draw_micro_grids(ROWS, min=9, max=12, units=["Jili"] * 6)
    assert plan.outcome is lianhu.MicroGridOutcome.INFEASIBLE and len(plan.part_of) == 6
    fault = plan.faults[0]
    assert (fault.kind, fault.unit, fault.weight, fault.households) == (
        lianhu.FaultKind.TOO_SMALL,
        "Jili",
        6,
        [0, 1, 2, 3, 4, 5],
    )
    assert fault.english.startswith("Jili has 6 households, 3 fewer") and "还差3户" in fault.chinese


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        ("objective", {"objective": "mean"}),
        ("seconds", {"seconds": 0}),
        ("units", {"units": [1, 1]}),
        ("weight", {"weight": [1, 1, 1, 1, 1, 0]}),
        ("bounds", {"min": 5, "max": 4}),
        ("count", {"count": 7}),
        ("current", {"current": [1] * 6, "borders": [(0, 1)]}),
        ("borders", {"borders": [(0, 1), (1,)]}),
    ],
)
def test_refuses(field: str, arguments: dict) -> None:
    with pytest.raises(lianhu.InvalidInputError) as raised:
        lianhu.draw_micro_grids(ROWS, **({"min": 2, "max": 4} | arguments))
    assert raised.value.field.startswith(field)


def test_stopping_gives_the_best_so_far() -> None:
    draw = random.Random(7)
    homes = [(draw.uniform(0, 500), draw.uniform(0, 500)) for _ in range(3000)]
    calls = []

    def stop(fraction: float) -> bool:
        calls.append(fraction)
        return len(calls) < 20

    plan = lianhu.draw_micro_grids(homes, seconds=60, progress=stop)
    assert plan.cancelled and plan.outcome is lianhu.MicroGridOutcome.FEASIBLE and plan.seconds < 30


def test_a_whole_hierarchy_in_one_call() -> None:
    draw = random.Random(8)
    east, west = 430181002204, 430181002216
    homes = [(draw.uniform(0, 900), draw.uniform(0, 900)) for _ in range(900)]
    communities = [west if h < 500 else east for h in range(900)]
    drawn = lianhu.draw_hierarchy(homes, communities, grid_min=90, grid_max=140, work=2_000_000, threads=1)
    assert drawn.micro_grids.outcome is drawn.grids.outcome is lianhu.MicroGridOutcome.FEASIBLE
    assert list(drawn.communities) == [east, west]
    assert len(drawn.grid_code) == len(drawn.grids.parts) and len(drawn.micro_grid_code) == len(drawn.micro_grids.parts)
    households: dict[int, int] = {}
    for h, part in enumerate(drawn.micro_grids.part_of):
        grid = int(drawn.grids.part_of[part])
        assert drawn.micro_grid_code[part] // 1000 == drawn.grid_code[grid]
        assert drawn.grid_code[grid] // 1000 == communities[h] == drawn.micro_grids.parts[part].unit
        households[grid] = households.get(grid, 0) + 1
    assert all(90 <= size <= 140 for size in households.values())
    assert all(10 <= part.households <= 20 for part in drawn.micro_grids.parts)
    tree = lianhu.Hierarchy.from_codes(drawn.codes, root=430181)
    assert len(drawn.codes) == 1 + 2 + len(drawn.grid_code) + len(drawn.micro_grid_code) == len(tree) - 1
    again = lianhu.draw_hierarchy(homes, communities, grid_min=90, grid_max=140, work=2_000_000, threads=2)
    assert list(again.micro_grid_code) == list(drawn.micro_grid_code)
    assert list(again.micro_grids.part_of) == list(drawn.micro_grids.part_of)


def test_a_community_too_small_for_a_grid_is_named() -> None:
    drawn = lianhu.draw_hierarchy(ROWS, [430181002204] * 6, min=2, max=4, work=10_000)
    fault = drawn.grids.faults[0]
    assert fault.kind is lianhu.FaultKind.TOO_SMALL and (fault.unit, fault.weight) == (430181002204, 6)
    assert "430181002204" in fault.english and "430181002204" in fault.chinese
    with pytest.raises(lianhu.InvalidInputError, match="communities") as error:
        lianhu.draw_hierarchy(ROWS, [430181002204] * 5 + [7], work=10_000)
    assert error.value.row == 5
