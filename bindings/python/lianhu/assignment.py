"""Every household one steward: assign and verify."""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Callable, Optional, Sequence, Union

from . import _abi
from ._arrays import column, points, view
from ._library import Context, Handle, call, create, new
from .errors import InvalidInputError, LianhuError

# Positions: a numpy array of shape (n, 2), or a sequence of (x, y) pairs.
Positions = Any
# Columns: a one-dimensional numpy array, or a sequence.
Integers = Any
Labels = Any
Progress = Callable[[float], Optional[bool]]

_DATUMS = {"planar": _abi.PLANAR_METRES, "wgs84": _abi.WGS84_DEGREES}
_LANGUAGES = {"en": _abi.ENGLISH, "zh": _abi.CHINESE}


class Outcome(IntEnum):
    """How a solve ended."""

    OPTIMAL = _abi.OPTIMAL
    INFEASIBLE = _abi.INFEASIBLE
    BEST_EFFORT = _abi.BEST_EFFORT
    CANCELLED = _abi.CANCELLED
    TIME_LIMIT = _abi.TIME_LIMIT


class ViolationKind(IntEnum):
    """What is wrong with a household (the first two) or a steward (the last two)."""

    UNSERVED = _abi.UNSERVED
    OTHER_JURISDICTION = _abi.OTHER_JURISDICTION
    ABOVE_MAXIMUM = _abi.ABOVE_MAXIMUM
    BELOW_MINIMUM = _abi.BELOW_MINIMUM


@dataclass(frozen=True)
class Infeasibility:
    """Why a jurisdiction cannot be planned, in numbers; describe() says it in a sentence."""

    unit: Any  # as given in household_units; None when there are no jurisdictions
    households: int
    stewards: int
    capacity: int  # sum of the maxima
    required: int  # sum of the minima
    shortage: int  # households beyond the capacity, else 0
    surplus: int  # places that cannot be filled, else 0
    stewards_needed: int  # how many stewards in all would do at the common bounds; -1: no number would
    bound_needed: int  # the maximum (shortage) or minimum (surplus) that would do; -1: none would
    min: int  # the common bounds that it was found with
    max: int

    def describe(self, language: str = "en", unit_name: Optional[str] = None) -> str:
        """One sentence for an official, in English ("en") or Chinese ("zh"). unit_name: default the unit itself."""
        name = unit_name if unit_name is not None else "" if self.unit is None else str(self.unit)
        struct = new(_abi.lianhu_infeasibility)
        for field in _INFEASIBILITY_NUMBERS:
            setattr(struct, field, getattr(self, field))
        size = ctypes.c_int64()
        arguments = (ctypes.byref(struct), self.min, self.max, name.encode(), _choose(_LANGUAGES, language, "language"))
        call("lianhu_infeasibility_describe", *arguments, None, 0, ctypes.byref(size))
        text = ctypes.create_string_buffer(size.value)
        call("lianhu_infeasibility_describe", *arguments, text, size.value, ctypes.byref(size))
        return text.value.decode()


_INFEASIBILITY_NUMBERS = (
    "households",
    "stewards",
    "capacity",
    "required",
    "shortage",
    "surplus",
    "stewards_needed",
    "bound_needed",
)


class Plan:
    """Who serves whom, and the prices that prove it. The arrays are read-only views; they keep the plan alive."""

    def __init__(self, handle: Handle, units: Sequence[Any] = (), bounds: tuple[int, int] = (10, 20)) -> None:
        self._handle = handle
        seen = new(_abi.lianhu_plan_view)
        call("lianhu_plan_get", handle.pointer, ctypes.byref(seen))
        self.outcome = Outcome(seen.outcome)
        self.steward_of = view(seen.steward_of, ctypes.c_int32, seen.household_count, handle)  # n; -1: nobody
        self.price_cm = view(seen.price_cm, ctypes.c_int64, seen.steward_count, handle)  # m
        self.load = view(seen.load, ctypes.c_int32, seen.steward_count, handle)  # m: households served
        self.total_cost_cm = int(seen.total_cost_cm)
        self.dual_bound_cm = int(seen.dual_bound_cm)
        self.unserved = int(seen.unserved)
        self.seconds = float(seen.seconds)
        self.infeasibilities = [
            self._infeasibility(index, units, bounds) for index in range(seen.infeasibility_count)
        ]

    @property
    def proved(self) -> bool:
        """Whether no cheaper plan exists: optimal, and the dual bound equals the total. verify() checks it anew."""
        return self.outcome is Outcome.OPTIMAL and self.total_cost_cm == self.dual_bound_cm

    def _infeasibility(self, index: int, units: Sequence[Any], bounds: tuple[int, int]) -> Infeasibility:
        struct = new(_abi.lianhu_infeasibility)
        call("lianhu_plan_infeasibility", self._handle.pointer, index, ctypes.byref(struct))
        numbers = {field: int(getattr(struct, field)) for field in _INFEASIBILITY_NUMBERS}
        unit = None if struct.unit < 0 else units[struct.unit] if units else int(struct.unit)
        return Infeasibility(unit=unit, min=bounds[0], max=bounds[1], **numbers)

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes a snapshot, whole or not at all."""
        call("lianhu_plan_save", self._handle.pointer, os.fsencode(path))

    @classmethod
    def from_file(cls, path: Union[str, "os.PathLike[str]"]) -> Plan:
        """Reads a snapshot; verify() says whether it fits a problem."""
        return cls(create("lianhu_plan_load", "lianhu_plan_free", os.fsencode(path)))

    def __repr__(self) -> str:
        return (
            f"<lianhu.Plan {self.outcome.name.lower()}: {len(self.steward_of)} households, {len(self.load)} stewards, "
            f"{self.total_cost_cm} cm>"
        )


def assign(
    households: Positions,
    stewards: Positions,
    *,
    min: int = 10,
    max: int = 20,
    household_units: Optional[Labels] = None,
    steward_units: Optional[Labels] = None,
    steward_min: Optional[Integers] = None,
    steward_max: Optional[Integers] = None,
    datum: str = "planar",
    best_effort: bool = False,
    time_limit: float = 0,
    threads: int = 0,
    progress: Optional[Progress] = None,
) -> Plan:
    """Gives every household one steward at the least total distance, proved optimal over all pairs.

    households, stewards: n x 2 and m x 2 positions: metres, or (longitude, latitude) with datum="wgs84".
    min, max: how many households each steward serves; steward_min, steward_max: m entries, for each his own.
    household_units, steward_units: jurisdictions, numbers >= 0 or any labels; a household is served by a steward of its
    own. best_effort: where a jurisdiction cannot be planned, serve as many as can be.
    time_limit: seconds (0: none) after which the search ends with the best plan it has, made feasible, and its bound:
    outcome TIME_LIMIT. threads: 0 for all; the result is
    the same. progress: called with 0..1, returning False cancels.

    Raises InvalidInputError with field and row; KeyboardInterrupt on Ctrl-C, once the solver has stopped.
    """
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum
    )
    options = _options(best_effort)
    options.time_limit_seconds = time_limit
    context = Context(threads, progress)
    made: list[Handle] = []

    def solve() -> None:
        made.append(
            create(
                "lianhu_assignment_solve", "lianhu_plan_free", problem.pointer, ctypes.byref(options), context.pointer
            )
        )

    context.run(solve)
    return Plan(made[0], problem.labels, (min, max))


@dataclass(frozen=True)
class Violation:
    """Something wrong with a plan: `index` is a household or a steward by kind, `value` a steward or a load."""

    kind: ViolationKind
    index: int
    value: int


@dataclass(frozen=True)
class Verification:
    """What an independent check found."""

    feasible: bool
    proved: bool  # feasible, and total_cost_cm == dual_bound_cm
    total_cost_cm: int
    dual_bound_cm: int  # 0 when no prices were given
    unserved: int
    load_min: int
    load_max: int
    max_distance_cm: int
    violation_count: int
    violations: list[Violation]  # the first 100


def verify(
    households: Positions,
    stewards: Positions,
    plan: Union[Plan, Integers],
    price_cm: Optional[Integers] = None,
    *,
    min: int = 10,
    max: int = 20,
    household_units: Optional[Labels] = None,
    steward_units: Optional[Labels] = None,
    steward_min: Optional[Integers] = None,
    steward_max: Optional[Integers] = None,
    datum: str = "planar",
    best_effort: bool = False,
    threads: int = 0,
    progress: Optional[Progress] = None,
) -> Verification:
    """Checks a plan from the input alone, without the solver: bounds, jurisdictions, total and dual bound.

    plan: a Plan, whose prices are then used, or n stewards' indices (-1: nobody). price_cm: m prices, for a proof of
    optimality. The rest as in assign(). Returning False from `progress` raises LianhuError.
    """
    if isinstance(plan, Plan):
        price_cm = plan.price_cm if price_cm is None else price_cm
        plan = plan.steward_of
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum
    )
    options = _options(best_effort)
    context = Context(threads, progress)
    steward_of = column(plan, ctypes.c_int32, "steward_of")
    prices = column([] if price_cm is None else price_cm, ctypes.c_int64, "price_cm")
    result = new(_abi.lianhu_verification)
    violations = (_abi.lianhu_violation * 100)()

    def check() -> None:
        call(
            "lianhu_assignment_verify",
            problem.pointer,
            steward_of.address,
            steward_of.count,
            prices.address,
            prices.count,
            ctypes.byref(options),
            context.pointer,
            ctypes.byref(result),
            violations,
            len(violations),
        )

    context.run(check)
    if result.cancelled:
        raise LianhuError("cancelled", _abi.OK)
    found = violations[: result.violation_count] if result.violation_count < 100 else list(violations)
    return Verification(
        feasible=bool(result.feasible),
        proved=bool(result.proved),
        total_cost_cm=int(result.total_cost_cm),
        dual_bound_cm=int(result.dual_bound_cm),
        unserved=int(result.unserved),
        load_min=int(result.load_min),
        load_max=int(result.load_max),
        max_distance_cm=int(result.max_distance_cm),
        violation_count=int(result.violation_count),
        violations=[Violation(ViolationKind(v.kind), int(v.index), int(v.value)) for v in found],
    )


class _Problem:
    """The struct of lianhu.h, and all that must stay alive while it is used."""

    def __init__(
        self,
        households: Positions,
        stewards: Positions,
        least: int,
        most: int,
        household_units: Optional[Labels],
        steward_units: Optional[Labels],
        steward_min: Optional[Integers],
        steward_max: Optional[Integers],
        datum: str,
    ) -> None:
        self._struct = new(_abi.lianhu_assignment_problem)
        self._struct.datum = _choose(_DATUMS, datum, "datum")
        self._struct.households, self._households = points(households, "households")
        self._struct.stewards, self._stewards = points(stewards, "stewards")
        self._struct.min_load = _int32(least, "min")
        self._struct.max_load = _int32(most, "max")
        household_units, steward_units, self.labels = _number(household_units, steward_units)
        self._owners = [
            self._set("household_units", household_units),
            self._set("steward_units", steward_units),
            self._set("steward_min", steward_min),
            self._set("steward_max", steward_max),
        ]

    @property
    def pointer(self) -> Any:
        return ctypes.byref(self._struct)

    @property
    def household_count(self) -> int:
        return int(self._struct.households.count)

    def _set(self, field: str, values: Optional[Integers]) -> Any:
        if values is None:
            return None
        given = column(values, ctypes.c_int32, field, contiguous=False)
        setattr(self._struct, field, _abi.lianhu_int32_column(given.address, given.count, given.stride))
        return given.owner


def _number(household_units: Optional[Labels], steward_units: Optional[Labels]) -> tuple[Any, Any, list[Any]]:
    """Labels other than integers as numbers by first appearance, and the labels; integers as they are."""
    if household_units is None or steward_units is None or _are_integers(household_units, steward_units):
        return household_units, steward_units, []
    numbers: dict[Any, int] = {}
    columns = [[numbers.setdefault(label, len(numbers)) for label in labels] for labels in (household_units, steward_units)]
    return columns[0], columns[1], list(numbers)


def _are_integers(*columns: Labels) -> bool:
    kinds = [getattr(getattr(values, "dtype", None), "kind", None) for values in columns]
    if all(kind is not None and kind in "iu" for kind in kinds):
        return True
    return all(isinstance(label, int) or hasattr(label, "__index__") for values in columns for label in values)


def _options(best_effort: bool) -> _abi.lianhu_assignment_options:
    options = new(_abi.lianhu_assignment_options)
    options.best_effort = 1 if best_effort else 0
    return options


def _choose(choices: dict[str, int], choice: str, field: str) -> int:
    if choice in choices:
        return choices[choice]
    raise InvalidInputError(
        f"{field}: {choice!r} is none of {', '.join(map(repr, choices))}", _abi.INVALID_ARGUMENT, field
    )


def _int32(value: int, field: str) -> int:
    if -(2**31) <= value < 2**31:
        return value
    raise InvalidInputError(f"{field}: {value} is out of range", _abi.INVALID_ARGUMENT, field)
