"""Every household one steward: assign and verify."""

from __future__ import annotations

import ctypes
import math
import os
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Callable, Optional, Sequence, Union

from . import _abi
from ._arrays import column, view
from ._library import Context, Handle, call, create, new
from ._problem import Integers as Integers
from ._problem import Labels as Labels
from ._problem import ListedCosts, Pairs, Steps, Triples, _choose, _Conditions
from ._problem import Positions as Positions
from ._problem import _int32 as _int32
from ._problem import _Problem as _Problem
from .errors import InvalidInputError, LianhuError

Progress = Callable[[float], Optional[bool]]

_LANGUAGES = {"en": _abi.ENGLISH, "zh": _abi.CHINESE}
_OBJECTIVES = {
    "total": _abi.OBJECTIVE_TOTAL,
    "bottleneck": _abi.OBJECTIVE_BOTTLENECK,
    "even": _abi.OBJECTIVE_EVEN,
}


class Outcome(IntEnum):
    """How a solve ended."""

    OPTIMAL = _abi.OPTIMAL
    INFEASIBLE = _abi.INFEASIBLE
    BEST_EFFORT = _abi.BEST_EFFORT
    CANCELLED = _abi.CANCELLED
    TIME_LIMIT = _abi.TIME_LIMIT


class ViolationKind(IntEnum):
    """What is wrong with a steward (above his maximum, below his minimum) or a household (all else)."""

    UNSERVED = _abi.UNSERVED
    OTHER_JURISDICTION = _abi.OTHER_JURISDICTION
    ABOVE_MAXIMUM = _abi.ABOVE_MAXIMUM
    BELOW_MINIMUM = _abi.BELOW_MINIMUM
    OTHER_KIND = _abi.OTHER_KIND
    FIXED_ELSEWHERE = _abi.FIXED_ELSEWHERE
    FORBIDDEN_PAIR = _abi.FORBIDDEN_PAIR
    TOO_FAR = _abi.TOO_FAR
    UNREACHABLE = _abi.UNREACHABLE


@dataclass(frozen=True)
class Infeasibility:
    """Why a jurisdiction cannot be planned, in numbers; describe() says it in a sentence.

    A set that no plan can satisfy: the jurisdiction as a whole, or with pair conditions a part of it. Of a shortage, its
    households can be served by nobody but its stewards; of a surplus, its stewards can serve nobody but its households.
    verify_infeasibility() checks it.
    """

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
    kind: Any = None  # as given in household_kinds; None when there are no kinds
    part: bool = False  # a part of the jurisdiction: the two sets, else all of it
    household_set: Any = field(default=(), compare=False)  # indices, ascending; empty unless `part`
    steward_set: Any = field(default=(), compare=False)

    def describe(self, language: str = "en", unit_name: Optional[str] = None) -> str:
        """One sentence for an official, in English ("en") or Chinese ("zh"). unit_name: default the unit itself."""
        name = unit_name if unit_name is not None else "" if self.unit is None else str(self.unit)
        struct = self._struct()
        size = ctypes.c_int64()
        arguments = (ctypes.byref(struct), self.min, self.max, name.encode(), _choose(_LANGUAGES, language, "language"))
        call("lianhu_infeasibility_describe", *arguments, None, 0, ctypes.byref(size))
        text = ctypes.create_string_buffer(size.value)
        call("lianhu_infeasibility_describe", *arguments, text, size.value, ctypes.byref(size))
        return text.value.decode()

    def _struct(self) -> _abi.lianhu_infeasibility:
        """Without unit, kind and sets."""
        struct = new(_abi.lianhu_infeasibility)
        for number in _INFEASIBILITY_NUMBERS:
            setattr(struct, number, getattr(self, number))
        struct.part = 1 if self.part else 0
        return struct


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

    def __init__(
        self,
        handle: Handle,
        units: Sequence[Any] = (),
        bounds: tuple[int, int] = (10, 20),
        kinds: Sequence[Any] = (),
        max_distance: float = math.inf,
    ) -> None:
        self._handle = handle
        seen = new(_abi.lianhu_plan_view)
        call("lianhu_plan_get", handle.pointer, ctypes.byref(seen))
        self.outcome = Outcome(seen.outcome)
        self.steward_of = view(seen.steward_of, ctypes.c_int32, seen.household_count, handle)  # n; -1: nobody
        self.price_cm = view(seen.price_cm, ctypes.c_int64, seen.steward_count, handle)  # m
        self.load = view(seen.load, ctypes.c_int32, seen.steward_count, handle)  # m: households served
        self.total_cost_cm = int(seen.total_cost_cm)  # distances, preferences, switch costs, costs of load
        self.dual_bound_cm = int(seen.dual_bound_cm)
        self.distance_cm = int(seen.distance_cm)  # the distances alone
        self.switches = int(seen.switches)  # households that have another steward than their current one
        self.unserved = int(seen.unserved)
        self.seconds = float(seen.seconds)
        labels = (units, kinds, bounds)
        self.infeasibilities = [
            self._infeasibility("lianhu_plan_infeasibility", index, *labels)
            for index in range(seen.infeasibility_count)
        ]
        self.objective = next(name for name, number in _OBJECTIVES.items() if number == seen.objective)
        # Of a bottleneck: no plan keeps every distance below it. Of an even plan: no plan has a smaller spread of loads.
        self.bottleneck_cm = int(seen.bottleneck_cm)
        self.even_loads = (int(seen.even_min), int(seen.even_max))
        # Why it cannot be less: against the problem without pairs of that distance; or with maxima of one less (the
        # shortages), minima of one more (the surpluses).
        self.reasons = [
            self._infeasibility("lianhu_plan_reason", index, *labels) for index in range(seen.reason_count)
        ]
        # What the objective changes of verify()'s arguments: for those limits the plan is proved of least total.
        self.limits: dict[str, Any] = {}
        if self.objective == "bottleneck" and self.outcome is Outcome.OPTIMAL:
            self.limits["max_distance"] = min(max_distance, self.bottleneck_cm / 100)
        if seen.steward_min:
            for bound in ("steward_min", "steward_max"):
                self.limits[bound] = view(getattr(seen, bound), ctypes.c_int32, seen.steward_count, handle)

    @property
    def proved(self) -> bool:
        """Whether no cheaper plan exists: optimal, and the dual bound equals the total. verify() checks it anew."""
        return self.outcome is Outcome.OPTIMAL and self.total_cost_cm == self.dual_bound_cm

    def _infeasibility(
        self, function: str, index: int, units: Sequence[Any], kinds: Sequence[Any], bounds: tuple[int, int]
    ) -> Infeasibility:
        struct = new(_abi.lianhu_infeasibility)
        call(function, self._handle.pointer, index, ctypes.byref(struct))
        numbers = {number: int(getattr(struct, number)) for number in _INFEASIBILITY_NUMBERS}
        sets = {
            name: view(getattr(struct, name), ctypes.c_int32, count if struct.part else 0, self._handle)
            for name, count in (("household_set", struct.households), ("steward_set", struct.stewards))
        }
        return Infeasibility(
            unit=_label(struct.unit, units),
            kind=_label(struct.kind, kinds),
            min=bounds[0],
            max=bounds[1],
            part=bool(struct.part),
            **sets,
            **numbers,
        )

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


def _label(number: int, labels: Sequence[Any]) -> Any:
    return None if number < 0 else labels[number] if labels else int(number)


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
    household_kinds: Optional[Labels] = None,
    steward_kinds: Optional[Labels] = None,
    max_distance: float = math.inf,
    forbidden: Optional[Pairs] = None,
    fixed: Optional[Pairs] = None,
    preferences: Optional[Triples] = None,
    current: Optional[Integers] = None,
    switch_cost_m: float = 0,
    load_cost: Optional[Steps] = None,
    costs: Optional[ListedCosts] = None,
    datum: str = "planar",
    objective: str = "total",
    best_effort: bool = False,
    time_limit: float = 0,
    threads: int = 0,
    progress: Optional[Progress] = None,
) -> Plan:
    """Gives every household one steward at the least total cost, proved optimal over all pairs.

    households, stewards: n x 2 and m x 2 positions: metres, or (longitude, latitude) with datum="wgs84".
    min, max: how many households each steward serves; steward_min, steward_max: m entries, for each his own.
    household_units, steward_units: jurisdictions, numbers >= 0 or any labels; a household is served by a steward of its
    own. household_kinds, steward_kinds: likewise, kinds within a jurisdiction (residents, merchants).
    max_distance: metres; pairs farther apart are not allowed, but fixed ones. forbidden, fixed: k x 2 pairs (household,
    steward). preferences: k x 3, metres added to a pair's cost, below 0 to seek it. current: n stewards (-1: none), from
    which a change must save switch_cost_m metres. load_cost: steps (above, metres): each household of a steward beyond
    so many costs so much, up to the next step; increasing, not decreasing.
    costs: in place of distances, (begin, stewards, costs_cm) with n + 1, c and c whole numbers: household h can be served
    by stewards[begin[h]:begin[h + 1]], ascending, at those centimetres, and by nobody else.
    objective: "total"; "bottleneck", the least greatest distance first; "even", the least spread of loads first.
    best_effort: where a jurisdiction cannot be planned, serve as many as can be.
    time_limit: seconds (0: none) after which the search ends with the best plan it has, made feasible, and its bound:
    outcome TIME_LIMIT. Both go with objective "total" only.
    threads: 0 for all; the result is the same. progress: called with 0..1, returning False cancels.

    Raises InvalidInputError with field and row; KeyboardInterrupt on Ctrl-C, once the solver has stopped.
    """
    conditions = _Conditions(
        household_kinds, steward_kinds, max_distance, forbidden, fixed, preferences, current, switch_cost_m, load_cost, costs
    )
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum, conditions
    )
    options = _options(best_effort)
    options.time_limit_seconds = time_limit
    options.objective = _choose(_OBJECTIVES, objective, "objective")
    context = Context(threads, progress)
    made: list[Handle] = []

    def solve() -> None:
        made.append(
            create(
                "lianhu_assignment_solve", "lianhu_plan_free", problem.pointer, ctypes.byref(options), context.pointer
            )
        )

    context.run(solve)
    return Plan(made[0], problem.labels, (min, max), problem.kind_labels, max_distance)


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
    distance_cm: int  # the distances alone; the total counts all costs
    switches: int  # households that have another steward than their current one
    # No plan has a smaller greatest distance (bottleneck) or spread of loads (even); `proved` then says that the total is
    # least among those that do as well, too. False for the total distance.
    first_proved: bool = False


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
    household_kinds: Optional[Labels] = None,
    steward_kinds: Optional[Labels] = None,
    max_distance: float = math.inf,
    forbidden: Optional[Pairs] = None,
    fixed: Optional[Pairs] = None,
    preferences: Optional[Triples] = None,
    current: Optional[Integers] = None,
    switch_cost_m: float = 0,
    load_cost: Optional[Steps] = None,
    costs: Optional[ListedCosts] = None,
    datum: str = "planar",
    objective: str = "total",
    best_effort: bool = False,
    threads: int = 0,
    progress: Optional[Progress] = None,
) -> Verification:
    """Checks a plan from the input alone, without the solver: bounds, conditions, total and dual bound.

    plan: a Plan, whose prices are then used, or n stewards' indices (-1: nobody). price_cm: m prices, for a proof of
    optimality. The rest as in assign(); with another objective its first figure is proved from the input as well, and the
    total under the limits that it sets. Returning False from `progress` raises LianhuError.
    """
    if isinstance(plan, Plan):
        price_cm = plan.price_cm if price_cm is None else price_cm
        plan = plan.steward_of
    conditions = _Conditions(
        household_kinds, steward_kinds, max_distance, forbidden, fixed, preferences, current, switch_cost_m, load_cost, costs
    )
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum, conditions
    )
    options = _options(best_effort)
    options.objective = _choose(_OBJECTIVES, objective, "objective")
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
        distance_cm=int(result.distance_cm),
        switches=int(result.switches),
        first_proved=bool(result.first_proved),
    )


def verify_infeasibility(
    households: Positions,
    stewards: Positions,
    infeasibility: Infeasibility,
    *,
    min: int = 10,
    max: int = 20,
    household_units: Optional[Labels] = None,
    steward_units: Optional[Labels] = None,
    steward_min: Optional[Integers] = None,
    steward_max: Optional[Integers] = None,
    household_kinds: Optional[Labels] = None,
    steward_kinds: Optional[Labels] = None,
    max_distance: float = math.inf,
    forbidden: Optional[Pairs] = None,
    fixed: Optional[Pairs] = None,
    preferences: Optional[Triples] = None,
    current: Optional[Integers] = None,
    switch_cost_m: float = 0,
    load_cost: Optional[Steps] = None,
    costs: Optional[ListedCosts] = None,
    datum: str = "planar",
) -> None:
    """Checks a reason why nothing can be planned, from the input alone. Arguments as in assign().

    Raises InvalidInputError that says what is wrong: a number that is not so, a member of another jurisdiction, a
    household or a steward that the sets leave out. stewards_needed and bound_needed are advice and not checked.
    """
    conditions = _Conditions(
        household_kinds, steward_kinds, max_distance, forbidden, fixed, preferences, current, switch_cost_m, load_cost, costs
    )
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum, conditions
    )
    struct = infeasibility._struct()
    struct.unit = _number_of(infeasibility.unit, problem.labels, "unit")
    struct.kind = _number_of(infeasibility.kind, problem.kind_labels, "kind")
    sets = [
        column(infeasibility.household_set, ctypes.c_int32, "household_set"),
        column(infeasibility.steward_set, ctypes.c_int32, "steward_set"),
    ]
    if infeasibility.part:
        for name, said, given in (
            ("household_set", infeasibility.households, sets[0]),
            ("steward_set", infeasibility.stewards, sets[1]),
        ):
            if given.count != said:
                raise InvalidInputError(
                    f"{name}: has {given.count} entries, expected {said}", _abi.INVALID_ARGUMENT, name
                )
        struct.household_set, struct.steward_set = sets[0].address, sets[1].address
    call("lianhu_infeasibility_verify", problem.pointer, ctypes.byref(struct))


def _number_of(label: Any, labels: Sequence[Any], name: str) -> int:
    if label is None:
        return _abi.NONE
    if not labels:
        return int(label)
    if label in labels:
        return labels.index(label)
    raise InvalidInputError(f"{name}: no such label: {label!r}", _abi.INVALID_ARGUMENT, name)


def _options(best_effort: bool) -> _abi.lianhu_assignment_options:
    options = new(_abi.lianhu_assignment_options)
    options.best_effort = 1 if best_effort else 0
    return options
