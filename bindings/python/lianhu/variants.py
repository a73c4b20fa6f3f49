"""Variants of the assignment: weights, distances along roads, buildings kept together, generalised assignment."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Optional, Union

from . import _abi
from ._arrays import _fault, column, output, points
from ._library import Context, Handle, call, create, new
from .assignment import Integers, Labels, Outcome, Plan, Positions, Progress, _Problem
from .errors import InvalidInputError


class HeuristicOutcome(IntEnum):
    """How a heuristic ended; INFEASIBLE is proved, NOT_FOUND is not."""

    OPTIMAL = _abi.HEURISTIC_OPTIMAL
    FEASIBLE = _abi.HEURISTIC_FEASIBLE
    INFEASIBLE = _abi.HEURISTIC_INFEASIBLE
    NOT_FOUND = _abi.HEURISTIC_NOT_FOUND
    CANCELLED = _abi.HEURISTIC_CANCELLED


@dataclass(frozen=True)
class HeuristicPlan:
    """A plan and a lower bound: no plan has an objective below `bound`."""

    outcome: HeuristicOutcome
    assigned: Any  # n: the steward of each household, or the agent of each item; -1 without a plan
    objective: int
    bound: int
    distance_cm: int  # sum of distances; 0 for generalised assignment
    load_min: int
    load_max: int
    seconds: float
    multiplier_cm: Any = None  # of assign_weighted(): n multipliers that prove the bound, for verify_weighted()

    @property
    def gap(self) -> float:
        """(objective - bound) / bound; 0 where both are equal."""
        return 0.0 if self.objective == self.bound else (self.objective - self.bound) / max(1, abs(self.bound))


@dataclass(frozen=True)
class WeightedVerification:
    """What an independent check of a weighted plan found."""

    feasible: bool  # everybody is served within bounds and jurisdictions
    unserved: int
    load_min: int  # sums of weights
    load_max: int
    distance_cm: int
    total_cost_cm: int  # sum of weight x distance
    bound_cm: int  # no plan costs less; 0 without multipliers
    bound_held: bool  # False: a steward's part is too large to recompute


@dataclass(frozen=True)
class RoadPlan:
    """An exact plan along roads, proved over all reachable pairs."""

    plan: Plan
    distance_cm: Any  # n: the cost of each household's link, -1 for none
    unreachable: list[int]  # households from which no steward can be reached


@dataclass(frozen=True)
class CohesionPlan:
    """A plan in which buildings are shared by fewer stewards, and the exact one's figures before it."""

    outcome: Outcome
    steward_of: Any  # n; -1: nobody
    buildings: int
    further_before: int  # stewards beyond the first, summed over buildings
    further_after: int
    shared_before: int  # buildings with two stewards or more
    shared_after: int
    distance_before_cm: int
    distance_after_cm: int
    objective_cm: int
    bound_cm: int  # no plan has a smaller objective; 0 unless the outcome is OPTIMAL
    seconds: float


def solve_generalized_assignment(
    cost: Any,
    weight: Any,
    capacity: Integers,
    *,
    minimum: Optional[Integers] = None,
    seconds: float = 0,
    evaluations: int = 0,
    seed: int = 0,
    progress: Optional[Progress] = None,
) -> HeuristicPlan:
    """Every item one agent, weights within minimum..capacity at each agent, the sum of costs least: a heuristic plan and a
    lower bound.

    cost, weight: m rows (agents) of n whole numbers (items). capacity, minimum: m. seconds: time limit, 0: none.
    evaluations: limit of the work, 0: a few seconds' worth. The same seed and work give the same plan.
    """
    costs, items = _matrix(cost, "cost")
    weights, _ = _matrix(weight, "weight")
    capacities = column(capacity, ctypes.c_int64, "capacity")
    problem = new(_abi.lianhu_generalized_assignment)
    problem.agents = capacities.count
    problem.items = items
    for field, values, count in (("cost", costs, capacities.count * items), ("weight", weights, capacities.count * items)):
        if values.count != count:
            raise InvalidInputError(
                f"{field}: has {values.count} entries, not {count}", _abi.INVALID_ARGUMENT, field
            )
    problem.cost, problem.weight, problem.capacity = costs.address, weights.address, capacities.address
    minima = column([] if minimum is None else minimum, ctypes.c_int64, "minimum")
    if minimum is not None and minima.count != capacities.count:
        raise InvalidInputError(
            f"minimum: has {minima.count} entries, not {capacities.count}", _abi.INVALID_ARGUMENT, "minimum"
        )
    problem.minimum = minima.address
    options = _options(seconds, evaluations)
    context = Context(1, progress, seed)
    result = new(_abi.lianhu_heuristic_result)
    agents, address = output(ctypes.c_int32, items)

    def solve() -> None:
        call(
            "lianhu_generalized_assignment_solve",
            ctypes.byref(problem),
            ctypes.byref(options),
            context.pointer,
            address,
            items,
            ctypes.byref(result),
        )

    context.run(solve)
    return _heuristic(result, agents)


def assign_weighted(
    households: Positions,
    stewards: Positions,
    weights: Integers,
    *,
    min: int = 10,
    max: int = 20,
    household_units: Optional[Labels] = None,
    steward_units: Optional[Labels] = None,
    steward_min: Optional[Integers] = None,
    steward_max: Optional[Integers] = None,
    datum: str = "planar",
    seconds: float = 0,
    evaluations: int = 0,
    seed: int = 0,
    threads: int = 0,
    progress: Optional[Progress] = None,
) -> HeuristicPlan:
    """As assign(), with a whole weight 1..10000 for each household: min and max bound the weight that a steward serves, and
    the sum of weight x distance (centimetres) is to be least. Heuristic, with a lower bound over all pairs.
    """
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum
    )
    given = column(weights, ctypes.c_int32, "weights")
    options = _options(seconds, evaluations)
    context = Context(threads, progress, seed)
    result = new(_abi.lianhu_heuristic_result)
    steward_of, address = output(ctypes.c_int32, given.count)
    multipliers, options.multiplier_cm = output(ctypes.c_int64, given.count)

    def solve() -> None:
        call(
            "lianhu_weighted_solve",
            problem.pointer,
            given.address,
            ctypes.byref(options),
            context.pointer,
            address,
            given.count,
            ctypes.byref(result),
        )

    context.run(solve)
    return replace(_heuristic(result, steward_of), multiplier_cm=multipliers)


def verify_weighted(
    households: Positions,
    stewards: Positions,
    weights: Integers,
    plan: Union[HeuristicPlan, Integers],
    multiplier_cm: Optional[Integers] = None,
    *,
    min: int = 10,
    max: int = 20,
    household_units: Optional[Labels] = None,
    steward_units: Optional[Labels] = None,
    steward_min: Optional[Integers] = None,
    steward_max: Optional[Integers] = None,
    datum: str = "planar",
) -> WeightedVerification:
    """Checks a plan of assign_weighted() and its bound from the input alone, without the solver.

    plan: a HeuristicPlan, whose multipliers are then used, or n stewards' indices (-1: nobody). The rest as in
    assign_weighted(). A plain dynamic program for each steward: minutes for a whole street without jurisdictions.
    """
    if isinstance(plan, HeuristicPlan):
        multiplier_cm = plan.multiplier_cm if multiplier_cm is None else multiplier_cm
        plan = plan.assigned
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum
    )
    given = column(weights, ctypes.c_int32, "weights")
    steward_of = column(plan, ctypes.c_int32, "steward_of")
    multipliers = None if multiplier_cm is None else column(multiplier_cm, ctypes.c_int64, "multiplier_cm")
    for field, values in (("steward_of", steward_of), ("multiplier_cm", multipliers)):
        if values is not None and values.count != given.count:
            raise _fault(field, -1, f"has {values.count} entries, expected {given.count}")
    result = new(_abi.lianhu_weighted_verification)
    call(
        "lianhu_weighted_verify",
        problem.pointer,
        given.address,
        steward_of.address,
        None if multipliers is None else multipliers.address,
        given.count,
        ctypes.byref(result),
    )
    return WeightedVerification(
        feasible=bool(result.feasible),
        unserved=int(result.unserved),
        load_min=int(result.load_min),
        load_max=int(result.load_max),
        distance_cm=int(result.distance_cm),
        total_cost_cm=int(result.total_cost_cm),
        bound_cm=int(result.bound_cm),
        bound_held=bool(result.bound_held),
    )


def assign_on_roads(
    households: Positions,
    stewards: Positions,
    nodes: Positions,
    edges_from: Integers,
    edges_to: Integers,
    length_cm: Integers,
    *,
    max_distance: float = math.inf,
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
) -> RoadPlan:
    """As assign(), with distances along a road network: nodes (v x 2, of the same datum), edges between them by index, both
    ways, with whole centimetres. Everyone is attached to the nearest node; max_distance in metres. Exact.
    """
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum
    )
    network = new(_abi.lianhu_road_network)
    network.nodes, keep = points(nodes, "nodes")
    start = column(edges_from, ctypes.c_int32, "edges_from")
    end = column(edges_to, ctypes.c_int32, "edges_to")
    length = column(length_cm, ctypes.c_int64, "length_cm")
    for field, values in (("edges_to", end), ("length_cm", length)):
        if values.count != start.count:
            raise InvalidInputError(
                f"{field}: has {values.count} entries, not {start.count}", _abi.INVALID_ARGUMENT, field
            )
    setattr(network, "from", start.address)
    network.to, network.length_cm, network.edge_count = end.address, length.address, start.count
    network.max_distance = max_distance
    context = Context(threads, progress)
    n = problem.household_count
    distance, distance_address = output(ctypes.c_int64, n)
    unreachable = (ctypes.c_int32 * n)()
    count = ctypes.c_int64()
    made: list[Handle] = []

    def solve() -> None:
        # create() puts the plan's pointer before the error, as the C function has it.
        made.append(
            create(
                "lianhu_road_solve",
                "lianhu_plan_free",
                problem.pointer,
                ctypes.byref(network),
                1 if best_effort else 0,
                context.pointer,
                distance_address,
                n,
                ctypes.addressof(unreachable) if n else None,
                n,
                ctypes.addressof(count),
            )
        )

    context.run(solve)
    del keep
    return RoadPlan(Plan(made[0], problem.labels, (min, max)), distance, list(unreachable[: count.value]))


def assign_cohesive(
    households: Positions,
    stewards: Positions,
    buildings: Labels,
    *,
    price_m: float = 50,
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
) -> CohesionPlan:
    """As assign(), but a further steward in a building is worth price_m metres of distance. Heuristic, with a bound.

    buildings: n labels of any kind; None for a household in no building.
    """
    problem = _Problem(
        households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum
    )
    numbers: dict[Any, int] = {}
    labels = [-1 if label is None else numbers.setdefault(label, len(numbers)) for label in buildings]
    given = column(labels, ctypes.c_int32, "buildings")
    context = Context(threads, progress)
    result = new(_abi.lianhu_cohesion_result)
    steward_of, address = output(ctypes.c_int32, given.count)

    def solve() -> None:
        call(
            "lianhu_cohesion_solve",
            problem.pointer,
            given.address,
            round(100 * price_m),
            1 if best_effort else 0,
            context.pointer,
            address,
            given.count,
            ctypes.byref(result),
        )

    context.run(solve)
    return CohesionPlan(
        outcome=Outcome(result.outcome),
        steward_of=steward_of,
        buildings=int(result.buildings),
        further_before=int(result.further_before),
        further_after=int(result.further_after),
        shared_before=int(result.shared_before),
        shared_after=int(result.shared_after),
        distance_before_cm=int(result.distance_before_cm),
        distance_after_cm=int(result.distance_after_cm),
        objective_cm=int(result.objective_cm),
        bound_cm=int(result.bound_cm),
        seconds=float(result.seconds),
    )


def _matrix(rows: Any, field: str) -> tuple[Any, int]:
    """Row-major entries and the length of a row."""
    if hasattr(rows, "reshape") and getattr(rows, "ndim", 0) == 2:
        return column(rows.reshape(-1), ctypes.c_int64, field), int(rows.shape[1])
    lists = [list(row) for row in rows]
    length = len(lists[0]) if lists else 0
    for index, row in enumerate(lists):
        if len(row) != length:
            raise InvalidInputError(
                f"{field}[{index}]: has {len(row)} entries, not {length}", _abi.INVALID_ARGUMENT, field, index
            )
    return column([value for row in lists for value in row], ctypes.c_int64, field), length


def _options(seconds: float, evaluations: int) -> _abi.lianhu_heuristic_options:
    options = new(_abi.lianhu_heuristic_options)
    options.seconds = seconds
    options.evaluations = evaluations
    return options


def _heuristic(result: _abi.lianhu_heuristic_result, assigned: Any) -> HeuristicPlan:
    return HeuristicPlan(
        outcome=HeuristicOutcome(result.outcome),
        assigned=assigned,
        objective=int(result.objective),
        bound=int(result.bound),
        distance_cm=int(result.distance_cm),
        load_min=int(result.load_min),
        load_max=int(result.load_max),
        seconds=float(result.seconds),
    )
