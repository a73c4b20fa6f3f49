"""Choosing stewards among candidates, and the capacitated p-median: heuristic, with a lower bound and the gap between."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Optional, Sequence

from . import _abi
from ._arrays import _fault, column, output, points, view
from ._library import Context, Handle, call, create, new
from ._problem import _DATUMS, _centimetres, _choose, _int32, _number
from .assignment import Integers, Labels, Positions, Progress


class SelectionOutcome(IntEnum):
    """How a choice ended; INFEASIBLE is proved, NOT_FOUND is not."""

    FEASIBLE = _abi.SELECTION_FEASIBLE
    INFEASIBLE = _abi.SELECTION_INFEASIBLE
    NOT_FOUND = _abi.SELECTION_NOT_FOUND
    CANCELLED = _abi.SELECTION_CANCELLED


class ShortfallKind(IntEnum):
    """Why there is no choice of stewards."""

    CAPACITY = _abi.SHORTFALL_CAPACITY
    MUST_HAVE = _abi.SHORTFALL_MUST_HAVE
    MINIMUM = _abi.SHORTFALL_MINIMUM
    TOO_FEW = _abi.SHORTFALL_TOO_FEW
    TOO_MANY = _abi.SHORTFALL_TOO_MANY


@dataclass(frozen=True)
class ChoiceUnit:
    """A jurisdiction of a choice of stewards."""

    unit: Any  # its label; None without jurisdictions
    households: int
    candidates: int  # who may be chosen
    chosen: int
    least: int  # stewards that bounds ask for
    most: int  # stewards that bounds allow
    distance_cm: int


@dataclass(frozen=True)
class NextCandidate:
    """What choosing one more would save, exactly."""

    candidate: int
    feasible: bool  # False: no plan gives everybody chosen and this one their minimum
    saves_cm: int  # below 0: it would cost


@dataclass(frozen=True)
class Shortfall:
    """Why there is no choice of stewards, with its numbers; `unit` is None where all jurisdictions are meant."""

    kind: ShortfallKind
    unit: Any
    households: int
    candidates: int  # who may be chosen
    capacity: int  # the sum of their maxima
    required: int  # the sum of the minima in question
    least: int
    most: int
    count: int  # asked for
    english: str  # a sentence or two for an official
    chinese: str


@dataclass(frozen=True)
class StewardChoice:
    """The chosen, whom each household is given to, a lower bound and the gap between."""

    outcome: SelectionOutcome
    chosen: Any  # candidates, ascending
    candidate_of: Any  # n: the candidate of each household; empty without a choice
    load: Any  # of each chosen
    price_cm: Any  # of each chosen: the proof that the assignment to them is optimal
    objective_cm: int  # distance + suitability + stewards
    distance_cm: int
    suitability_cm: int
    stewards_cm: int  # the cost per steward, in all
    bound_cm: int  # no choice is below it; of the fewest: none of as many stewards
    gap_percent: float
    least_count: int  # of stewards, that bounds ask for
    most_count: int  # that they allow
    units: list[ChoiceUnit]
    next: list[NextCandidate]  # the one that saves most first
    shortfalls: list[Shortfall]
    by_clock: bool  # the clock ended the search: another machine may choose otherwise
    cancelled: bool
    seconds: float

    @property
    def proved(self) -> bool:
        """No choice is better: objective and bound are the same."""
        return self.outcome is SelectionOutcome.FEASIBLE and self.objective_cm == self.bound_cm


@dataclass(frozen=True)
class MedianPlan:
    """A plan of the capacitated p-median problem and a lower bound."""

    outcome: SelectionOutcome
    candidate_of: Any  # n: the candidate of each household; -1 without a plan
    objective: float
    bound: float  # no plan is below it
    gap_percent: float  # 0: proved optimal
    demand: int  # in all
    capacity: int  # of the `count` largest
    by_clock: bool
    cancelled: bool
    seconds: float

    @property
    def chosen(self) -> list[int]:
        """Candidates who are given somebody, ascending."""
        return sorted({int(j) for j in self.candidate_of if j >= 0})


_REQUIREMENTS = {
    None: _abi.REQUIREMENT_FREE,
    "": _abi.REQUIREMENT_FREE,
    "have": _abi.REQUIREMENT_MUST_HAVE,
    "not": _abi.REQUIREMENT_MUST_NOT,
}
_DISTANCES = {
    "centimetre": _abi.DISTANCE_CENTIMETRE,
    "euclidean": _abi.DISTANCE_EUCLIDEAN,
    "whole": _abi.DISTANCE_WHOLE,
}


def choose_stewards(
    households: Positions,
    candidates: Positions,
    *,
    count: Optional[int] = None,
    cost_per_steward_m: Optional[float] = None,
    fewest: bool = False,
    min: int = 10,
    max: int = 20,
    household_units: Optional[Labels] = None,
    candidate_units: Optional[Labels] = None,
    candidate_min: Optional[Integers] = None,
    candidate_max: Optional[Integers] = None,
    suitability_m: Optional[Sequence[float]] = None,
    must: Optional[Sequence[Optional[str]]] = None,
    datum: str = "planar",
    seconds: float = 60,
    work: int = 0,
    next: int = 10,
    seed: int = 0,
    threads: int = 0,
    progress: Optional[Progress] = None,
) -> StewardChoice:
    """Chooses stewards among candidates and gives each household to a chosen one of its own jurisdiction, each serving
    min..max households, so that distances, suitability and cost per steward are least in sum.

    One of: count (so many in all), cost_per_steward_m (as many as save so many metres each), fewest (as few as bounds
    allow). households: n x 2, candidates: m x 2, metres, or degrees with datum="wgs84". Units: labels of any kind, n
    and m. suitability_m: m metres that choosing this one must save besides. must: m of "have", "not" or None. seconds:
    the time to spend; work: instead of it, the pairs to look at. next: for so many others, what one more would save.

    Heuristic: `bound_cm` tells how far from the best it can be at most. The assignment to the chosen is exact. Returning
    False from `progress` or cancelling gives the best so far.
    """
    rules = (count is not None) + (cost_per_steward_m is not None) + bool(fewest)
    if rules != 1:
        raise _fault("count", -1, "need one of count, cost_per_steward_m and fewest")
    problem = new(_abi.lianhu_candidate_problem)
    problem.datum = _choose(_DATUMS, datum, "datum")
    problem.households, keep_households = points(households, "households")
    problem.candidates, keep_candidates = points(candidates, "candidates")
    problem.min_load, problem.max_load = _int32(min, "min"), _int32(max, "max")
    household_units, candidate_units, labels = _number(household_units, candidate_units)
    owners = [keep_households, keep_candidates]
    for field, values in (
        ("household_units", household_units),
        ("candidate_units", candidate_units),
        ("candidate_min", candidate_min),
        ("candidate_max", candidate_max),
        ("requirement", None if must is None else _requirements(must)),
    ):
        if values is None:
            continue
        given = column(values, ctypes.c_int32, field, contiguous=False)
        setattr(problem, field, _abi.lianhu_int32_column(given.address, given.count, given.stride))
        owners.append(given.owner)
    if suitability_m is not None:
        charges = [_centimetres(metres, "suitability_m", row) for row, metres in enumerate(suitability_m)]
        if len(charges) != problem.candidates.count:
            raise _fault(
                "suitability_m", -1, f"has {len(charges)} entries, expected {problem.candidates.count}"
            )
        costs = column(charges, ctypes.c_int64, "suitability_m")
        problem.suitability_cm = costs.address
        owners.append(costs.owner)
    if fewest:
        problem.count_rule = _abi.COUNT_FEWEST
    elif count is not None:
        problem.count_rule, problem.count = _abi.COUNT_EXACTLY, count
    else:
        problem.count_rule = _abi.COUNT_COST_PER_STEWARD
        problem.cost_per_steward_cm = _centimetres(cost_per_steward_m, "cost_per_steward_m")
    options = _options(seconds, work)
    options.next = _int32(next, "next")
    context = Context(threads, progress, seed)
    made: list[Handle] = []
    context.run(
        lambda: made.append(
            create(
                "lianhu_choice_solve",
                "lianhu_choice_free",
                ctypes.byref(problem),
                ctypes.byref(options),
                context.pointer,
            )
        )
    )
    del owners
    return _choice(made[0], labels)


def p_median(
    households: Positions,
    candidates: Positions,
    capacity: Integers,
    count: int,
    *,
    demand: Optional[Integers] = None,
    distance: str = "centimetre",
    seconds: float = 5,
    work: int = 0,
    seed: int = 0,
    progress: Optional[Progress] = None,
) -> MedianPlan:
    """The capacitated p-median: chooses `count` candidates and gives each household to one, nobody above his capacity, so
    that the sum of distances is least. Heuristic, with a lower bound.

    households: n x 2, candidates: m x 2, planar. capacity: m whole numbers. demand: n whole numbers, 1 each when not
    given; distances are not weighted by it. distance: "centimetre" (rounded, of metres), "euclidean" or "whole" (cut
    off). The rest as in choose_stewards().
    """
    problem, owners = _median(households, candidates, capacity, count, demand, distance)
    options = _options(seconds, work)
    context = Context(1, progress, seed)
    result = new(_abi.lianhu_p_median_result)
    n = int(problem.households.count)
    candidate_of, address = output(ctypes.c_int32, n)

    def solve() -> None:
        call(
            "lianhu_p_median_solve",
            ctypes.byref(problem),
            ctypes.byref(options),
            context.pointer,
            address,
            n,
            ctypes.byref(result),
        )

    context.run(solve)
    del owners
    return MedianPlan(
        outcome=SelectionOutcome(result.outcome),
        candidate_of=candidate_of,
        objective=float(result.objective),
        bound=float(result.bound),
        gap_percent=float(result.gap_percent),
        demand=int(result.demand),
        capacity=int(result.capacity),
        by_clock=bool(result.by_clock),
        cancelled=bool(result.cancelled),
        seconds=float(result.seconds),
    )


def verify_p_median(
    households: Positions,
    candidates: Positions,
    capacity: Integers,
    count: int,
    candidate_of: Integers,
    *,
    demand: Optional[Integers] = None,
    distance: str = "centimetre",
) -> float:
    """Checks a plan without the search and returns its objective; InvalidInputError says what is wrong with it."""
    problem, owners = _median(households, candidates, capacity, count, demand, distance)
    plan = column(candidate_of, ctypes.c_int32, "candidate_of")
    objective = ctypes.c_double()
    call(
        "lianhu_p_median_verify",
        ctypes.byref(problem),
        plan.address,
        plan.count,
        ctypes.addressof(objective),
    )
    del owners
    return objective.value


def _median(
    households: Positions,
    candidates: Positions,
    capacity: Integers,
    count: int,
    demand: Optional[Integers],
    distance: str,
) -> tuple[_abi.lianhu_p_median, list[Any]]:
    """The struct of lianhu.h, and all that must stay alive while it is used."""
    problem = new(_abi.lianhu_p_median)
    problem.distance = _choose(_DISTANCES, distance, "distance")
    problem.households, keep_households = points(households, "households")
    problem.candidates, keep_candidates = points(candidates, "candidates")
    problem.count = count
    owners = [keep_households, keep_candidates]
    for field, values in (("capacity", capacity), ("demand", demand)):
        if values is None:
            continue
        given = column(values, ctypes.c_int32, field, contiguous=False)
        setattr(problem, field, _abi.lianhu_int32_column(given.address, given.count, given.stride))
        owners.append(given.owner)
    return problem, owners


def _options(seconds: float, work: int) -> _abi.lianhu_selection_options:
    if not seconds > 0:
        raise _fault("seconds", -1, f"is {seconds}: need more than 0")
    options = new(_abi.lianhu_selection_options)
    options.seconds, options.work = seconds, work
    return options


def _requirements(must: Sequence[Optional[str]]) -> list[int]:
    numbers = []
    for row, each in enumerate(must):
        if each not in _REQUIREMENTS:
            raise _fault("must", row, f"{each!r} is none of 'have', 'not', None")
        numbers.append(_REQUIREMENTS[each])
    return numbers


def _label(unit: int, labels: list[Any]) -> Any:
    if unit < 0:
        return None
    return labels[unit] if labels else int(unit)


def _describe(handle: Handle, index: int, name: Optional[str], language: int) -> str:
    size = ctypes.c_int64()
    arguments = (handle.pointer, index, None if name is None else name.encode(), language)
    call("lianhu_choice_describe", *arguments, None, 0, ctypes.addressof(size))
    text = ctypes.create_string_buffer(size.value)
    call("lianhu_choice_describe", *arguments, ctypes.addressof(text), size.value, ctypes.addressof(size))
    return text.value.decode()


def _choice(handle: Handle, labels: list[Any]) -> StewardChoice:
    found = new(_abi.lianhu_choice_view)
    call("lianhu_choice_get", handle.pointer, ctypes.byref(found))
    shortfalls = []
    for index in range(found.shortfall_count):
        each = found.shortfalls[index]
        unit = _label(each.unit, labels)
        name = None if unit is None else str(unit)
        shortfalls.append(
            Shortfall(
                kind=ShortfallKind(each.kind),
                unit=unit,
                households=each.households,
                candidates=each.candidates,
                capacity=each.capacity,
                required=each.required,
                least=each.least,
                most=each.most,
                count=each.count,
                english=_describe(handle, index, name, _abi.ENGLISH),
                chinese=_describe(handle, index, name, _abi.CHINESE),
            )
        )
    units = [found.units[k] for k in range(found.unit_count)]
    others = [found.next[k] for k in range(found.next_count)]
    return StewardChoice(
        outcome=SelectionOutcome(found.outcome),
        chosen=view(found.chosen, ctypes.c_int32, found.chosen_count, handle),
        candidate_of=view(found.candidate_of, ctypes.c_int32, found.household_count, handle),
        load=view(found.load, ctypes.c_int32, found.chosen_count, handle),
        price_cm=view(found.price_cm, ctypes.c_int64, found.chosen_count, handle),
        objective_cm=int(found.objective_cm),
        distance_cm=int(found.distance_cm),
        suitability_cm=int(found.suitability_cm),
        stewards_cm=int(found.stewards_cm),
        bound_cm=int(found.bound_cm),
        gap_percent=float(found.gap_percent),
        least_count=int(found.least_count),
        most_count=int(found.most_count),
        units=[
            ChoiceUnit(
                unit=_label(each.unit, labels),
                households=each.households,
                candidates=each.candidates,
                chosen=each.chosen,
                least=each.least,
                most=each.most,
                distance_cm=each.distance_cm,
            )
            for each in units
        ],
        next=[NextCandidate(each.candidate, bool(each.feasible), each.saves_cm) for each in others],
        shortfalls=shortfalls,
        by_clock=bool(found.by_clock),
        cancelled=bool(found.cancelled),
        seconds=float(found.seconds),
    )
