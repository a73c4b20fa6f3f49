"""assign and verify: results, errors, no copies."""

from __future__ import annotations

import gc
import itertools
import math
import threading

import numpy as np
import pytest

import lianhu
from lianhu import _arrays

HOUSEHOLDS = [(float(x), 0.0) for x in range(6)]
STEWARDS = [(0.5, 0.0), (4.5, 0.0)]


def random_street(seed: int, n: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random.uniform(0, 3000, (n, 2)), random.uniform(0, 3000, (m, 2))


def cost(household: np.ndarray, steward: np.ndarray) -> int:
    distance = 100 * math.sqrt((household[0] - steward[0]) ** 2 + (household[1] - steward[1]) ** 2)
    return math.floor(distance + 0.5)


def test_small_problem() -> None:
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4)
    assert plan.outcome is lianhu.Outcome.OPTIMAL
    assert list(plan.steward_of) == [0, 0, 0, 1, 1, 1]
    assert list(plan.load) == [3, 3]
    assert list(plan.price_cm) == [0, 0]
    assert plan.total_cost_cm == plan.dual_bound_cm == 500
    assert plan.proved
    assert "optimal: 6 households, 2 stewards, 500 cm" in repr(plan)


def test_against_every_plan() -> None:
    for seed in range(20):
        households, stewards = random_street(seed, 6, 3)
        best = min(
            sum(cost(households[h], stewards[j]) for h, j in enumerate(choice))
            for choice in itertools.product(range(3), repeat=6)
            if all(1 <= choice.count(j) <= 3 for j in range(3))
        )
        assert lianhu.assign(households, stewards, min=1, max=3).total_cost_cm == best


def test_street_is_proved_and_the_same_for_any_threads() -> None:
    households, stewards = random_street(3, 20_000, 1_200)
    plan = lianhu.assign(households, stewards, threads=1)
    again = lianhu.assign(households, stewards, threads=2)
    assert plan.proved
    assert (plan.steward_of == again.steward_of).all() and (plan.price_cm == again.price_cm).all()
    verification = lianhu.verify(households, stewards, plan)
    assert verification.feasible and verification.proved
    assert verification.total_cost_cm == plan.total_cost_cm
    assert 10 <= verification.load_min <= verification.load_max <= 20
    total = sum(cost(households[h], stewards[j]) for h, j in enumerate(plan.steward_of))
    assert total == plan.total_cost_cm


def test_sequences_and_arrays_of_any_layout_give_the_same() -> None:
    households, stewards = random_street(4, 300, 20)
    expected = list(lianhu.assign(households, stewards).steward_of)
    for given in (
        households.tolist(),
        [tuple(row) for row in households],
        np.asfortranarray(households),
        np.hstack([households, households])[:, :2],
        households[::-1][::-1],
    ):
        assert list(lianhu.assign(given, stewards.tolist()).steward_of) == expected


def test_arrays_go_in_without_a_copy() -> None:
    households, _ = random_street(5, 100, 10)
    struct, owner = _arrays.points(households, "households")
    assert owner is households and struct.x == households.ctypes.data
    transposed = np.asfortranarray(households)
    struct, owner = _arrays.points(transposed, "households")
    assert owner is transposed and struct.stride == 8 and struct.y == transposed[:, 1].ctypes.data
    units = np.zeros(100, np.int32)
    assert _arrays.column(units, _arrays.ctypes.c_int32, "units").address == units.ctypes.data


def test_arrays_come_out_as_views_that_keep_the_plan() -> None:
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4)
    steward_of = plan.steward_of
    del plan
    gc.collect()
    assert list(steward_of) == [0, 0, 0, 1, 1, 1]
    with pytest.raises(ValueError):
        steward_of[0] = 1


def test_jurisdictions_by_number_and_by_name() -> None:
    by_number = lianhu.assign(
        HOUSEHOLDS, STEWARDS, min=0, max=4, household_units=[1, 1, 1, 0, 0, 0], steward_units=[0, 1]
    )
    by_name = lianhu.assign(
        HOUSEHOLDS, STEWARDS, min=0, max=4, household_units=list("bbbaaa"), steward_units=np.array(["a", "b"])
    )
    assert list(by_number.steward_of) == list(by_name.steward_of) == [1, 1, 1, 0, 0, 0]
    verification = lianhu.verify(
        HOUSEHOLDS, STEWARDS, by_number, min=0, max=4, household_units=[1, 1, 1, 0, 0, 0], steward_units=[1, 0]
    )
    assert verification.violation_count == 6
    assert verification.violations[0] == lianhu.Violation(lianhu.ViolationKind.OTHER_JURISDICTION, 0, 1)


def test_units_inside_records() -> None:
    records = np.array([(0, 5), (1, 5), (2, 6)], dtype=[("number", "i8"), ("unit", "i4")])
    plan = lianhu.assign(
        HOUSEHOLDS[:3], STEWARDS, min=0, max=4, household_units=records["unit"], steward_units=np.array([6, 5])
    )
    assert list(plan.steward_of) == [1, 1, 0]


def test_own_bounds() -> None:
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=0, max=6, steward_min=[0, 5], steward_max=[6, 5])
    assert list(plan.load) == [1, 5]
    assert lianhu.verify(HOUSEHOLDS, STEWARDS, plan, min=0, max=6, steward_min=[0, 5], steward_max=[6, 5]).proved


def test_degrees() -> None:
    plan = lianhu.assign([(113.6, 28.1)], [(113.6, 28.101)], min=0, datum="wgs84")
    assert 11070 < plan.total_cost_cm < 11090


def test_infeasible_is_explained() -> None:
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=1, max=2)
    assert plan.outcome is lianhu.Outcome.INFEASIBLE and not plan.proved
    (why,) = plan.infeasibilities
    assert (why.unit, why.households, why.capacity, why.shortage) == (None, 6, 4, 2)
    assert (why.stewards_needed, why.bound_needed) == (3, 3)
    assert "6 households" in why.describe() and "6户" in why.describe("zh")
    named = lianhu.assign(
        HOUSEHOLDS, STEWARDS, min=1, max=3, household_units=list("aaaaab"), steward_units=list("ab")
    )
    (why,) = named.infeasibilities
    assert why.unit == "a" and "a" in why.describe() and "北城" in why.describe("zh", "北城")


def test_time_limit() -> None:
    households = [(-10.0 * i, 3.0 * (i % 7)) for i in range(400)]
    stewards = [(100.0 * j, 5.0 * (j % 3)) for j in range(20)]
    plan = lianhu.assign(households, stewards, time_limit=1e-9)
    assert plan.outcome is lianhu.Outcome.TIME_LIMIT and not plan.proved
    assert plan.dual_bound_cm < plan.total_cost_cm and set(plan.load) == {20}
    check = lianhu.verify(households, stewards, plan)
    assert check.feasible and not check.proved and check.dual_bound_cm == plan.dual_bound_cm
    best = lianhu.assign(households, stewards, time_limit=600)
    assert best.proved and plan.dual_bound_cm <= best.total_cost_cm <= plan.total_cost_cm
    with pytest.raises(lianhu.InvalidInputError, match="time_limit_seconds: is -1"):
        lianhu.assign(households, stewards, time_limit=-1)


def test_best_effort() -> None:
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=1, max=2, best_effort=True)
    assert plan.outcome is lianhu.Outcome.BEST_EFFORT and plan.unserved == 2
    assert sorted(plan.steward_of) == [-1, -1, 0, 0, 1, 1]
    assert lianhu.verify(HOUSEHOLDS, STEWARDS, plan, min=1, max=2, best_effort=True).proved


def test_nothing() -> None:
    plan = lianhu.assign([], [], min=0)
    assert plan.outcome is lianhu.Outcome.OPTIMAL and len(plan.steward_of) == 0
    assert len(lianhu.assign(np.empty((0, 2)), np.empty((0, 2))).price_cm) == 0


def test_verify_finds_what_is_wrong() -> None:
    assert not lianhu.verify(HOUSEHOLDS, STEWARDS, [1, 0, 0, 0, 1, 1], [0, 0], min=2, max=4).proved
    feasible = lianhu.verify(HOUSEHOLDS, STEWARDS, [0, 0, 0, 1, 1, 1], min=2, max=4)
    assert feasible.feasible and not feasible.proved
    wrong = lianhu.verify(HOUSEHOLDS, STEWARDS, np.array([0, 0, 0, 0, 0, -1]), min=2, max=4)
    assert {v.kind for v in wrong.violations} == {
        lianhu.ViolationKind.UNSERVED,
        lianhu.ViolationKind.ABOVE_MAXIMUM,
        lianhu.ViolationKind.BELOW_MINIMUM,
    }
    many = lianhu.verify([(0, 0)] * 300, [(0, 0)], [-1] * 300, min=0, max=400)
    assert many.violation_count == 300 and len(many.violations) == 100


def test_plan_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4)
    plan.save(tmp_path / "街道.plan")
    again = lianhu.Plan.from_file(tmp_path / "街道.plan")
    assert list(again.steward_of) == list(plan.steward_of) and again.total_cost_cm == 500
    assert lianhu.verify(HOUSEHOLDS, STEWARDS, again, min=2, max=4).proved
    with pytest.raises(lianhu.LianhuError, match="missing"):
        lianhu.Plan.from_file(tmp_path / "missing")


@pytest.mark.parametrize(
    ("arguments", "field", "row", "text"),
    [
        ({"households": [(0, 0), (math.nan, 1)]}, "households", 1, "not a finite number"),
        ({"households": np.array([[0, 0], [0, math.inf]])}, "households", 1, "not a finite number"),
        ({"households": [(0, 0), ("x", 1)]}, "households", 1, "'x' is not a number"),
        ({"households": [(0, 0), (1, 2, 3)]}, "households", -1, "(x, y) pairs"),
        ({"households": np.zeros((3, 3))}, "households", -1, "shape (3, 3)"),
        ({"households": np.array([["a", "b"]])}, "households", -1, "expected float64"),
        ({"households": 5}, "households", -1, "(x, y) pairs"),
        ({"min": -1}, "bounds", -1, "-1"),
        ({"min": 2**40}, "min", -1, "out of range"),
        ({"datum": "mars"}, "datum", -1, "'mars'"),
        ({"steward_min": [1]}, "steward_min", -1, "1"),
        ({"steward_max": [1, 2**31]}, "steward_max", 1, "does not fit"),
        ({"steward_max": np.array([1, 2**31])}, "steward_max", 1, "does not fit"),
        ({"steward_max": np.zeros((2, 2), np.int32)}, "steward_max", -1, "one dimension"),
        ({"steward_max": np.zeros(2)}, "steward_max", -1, "float64"),
        ({"steward_max": [1, 2.5]}, "steward_max", 1, "2.5"),
        ({"household_units": [0] * 6}, "", -1, ""),
        ({"household_units": [0] * 5, "steward_units": [0, 0]}, "household_units", -1, "5"),
        ({"household_units": [0] * 5 + [-4], "steward_units": [0, 0]}, "household_units", 5, "-4"),
        ({"threads": -2}, "options.threads", -1, "-2"),
    ],
)
def test_errors_name_field_and_row(arguments: dict, field: str, row: int, text: str) -> None:
    given = {"households": HOUSEHOLDS, "stewards": STEWARDS, "min": 2, "max": 4, **arguments}
    with pytest.raises(lianhu.InvalidInputError) as caught:
        lianhu.assign(given.pop("households"), given.pop("stewards"), **given)
    assert isinstance(caught.value, ValueError)
    if field:
        assert (caught.value.field, caught.value.row) == (field, row)
    assert text in str(caught.value)


def test_progress_and_cancel() -> None:
    households, stewards = random_street(6, 20_000, 1_200)
    seen: list[float] = []
    lianhu.assign(households, stewards, progress=lambda fraction: seen.append(fraction))
    assert seen and seen == sorted(seen) and 0 <= seen[0] and seen[-1] <= 1
    plan = lianhu.assign(households, stewards, progress=lambda fraction: False)
    assert plan.outcome is lianhu.Outcome.CANCELLED


def test_what_progress_raises_is_raised() -> None:
    def explode(fraction: float) -> None:
        raise KeyError("from the callback")

    with pytest.raises(KeyError, match="from the callback"):
        lianhu.assign(*random_street(7, 20_000, 1_200), progress=explode)


def test_from_another_thread() -> None:
    plans = []
    thread = threading.Thread(target=lambda: plans.append(lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4)))
    thread.start()
    thread.join()
    assert plans[0].proved
