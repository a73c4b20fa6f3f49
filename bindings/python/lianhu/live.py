"""Plans that live on: events, offers for a new household, and the frontier between moves and distance."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple, Optional, Sequence

from . import _abi
from ._arrays import column
from ._library import Context, Handle, call, create, new
from .assignment import Integers, Labels, Outcome, Plan, Positions, Progress, _int32, _options, _Problem
from .errors import LianhuError


class EventType(IntEnum):
    """What happened."""

    HOUSEHOLD_ARRIVES = _abi.HOUSEHOLD_ARRIVES  # position, unit
    HOUSEHOLD_LEAVES = _abi.HOUSEHOLD_LEAVES  # id
    HOUSEHOLD_MOVES = _abi.HOUSEHOLD_MOVES  # id; position, unit, or both
    STEWARD_JOINS = _abi.STEWARD_JOINS  # position, unit; min and max, or the common bounds
    STEWARD_LEAVES = _abi.STEWARD_LEAVES  # id
    STEWARD_CHANGES = _abi.STEWARD_CHANGES  # id; any of position, unit, min, max


@dataclass(frozen=True)
class Event:
    """One event. None: as it was, or not needed. `unit`: as in household_units."""

    type: EventType
    id: Optional[int] = None
    position: Optional[tuple[float, float]] = None
    unit: Any = None
    min: Optional[int] = None
    max: Optional[int] = None


class Transfer(NamedTuple):
    """A household that changed hands; -1: nobody (just arrived, gone, or unserved)."""

    household: int
    from_steward: int
    to_steward: int


@dataclass(frozen=True)
class Rebalancing:
    """What a batch of events led to."""

    outcome: Outcome  # OPTIMAL or BEST_EFFORT
    transfers: list[Transfer]
    first_household: int  # the number of the first that arrived, the others follow; -1: none
    first_steward: int
    total_cost_cm: int  # distances and switch costs
    dual_bound_cm: int  # equal to it: proved
    distance_cm: int
    switched: int  # households not with their current steward
    unserved: int
    seconds: float


@dataclass(frozen=True)
class Offer:
    """What it would cost in all to make a steward take a new household."""

    steward: int
    distance_cm: int
    knock_on_cm: int
    total_cm: int
    knock_ons: list[Transfer]  # in the order of the chain; to -1: every place is taken


class Start(IntEnum):
    """What became of the plan that was given."""

    SOLVED = _abi.START_SOLVED
    GIVEN_PROVED = _abi.START_GIVEN_PROVED
    GIVEN_OPTIMAL = _abi.START_GIVEN_OPTIMAL
    IMPROVED = _abi.START_IMPROVED


@dataclass(frozen=True)
class LiveStreet:
    """The street as it is, by increasing number: arguments for verify()."""

    household_ids: Any  # n numbers
    steward_ids: Any  # m numbers
    households: list[tuple[float, float]]  # planar metres
    stewards: list[tuple[float, float]]
    household_units: Optional[list[int]]
    steward_units: Optional[list[int]]
    steward_min: Any
    steward_max: Any
    steward_of: Any  # n: row of the steward, -1
    price_cm: Any  # m


class Rebalancer:
    """A plan that is optimal, and proved over all pairs, after every batch of events.

    Arguments as in assign(). plan: a Plan of these households, or n stewards' indices, to start from instead of solving;
    price_cm: the prices that prove it (a Plan brings its own). switch_cost_m: metres that a change of steward must save,
    against `plan`. Households and stewards keep the numbers of their rows; who arrives or joins gets the next number.
    """

    def __init__(
        self,
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
        plan: Any = None,
        price_cm: Optional[Integers] = None,
        switch_cost_m: float = 0,
        threads: int = 0,
        progress: Optional[Progress] = None,
    ) -> None:
        if isinstance(plan, Plan):
            price_cm = plan.price_cm if price_cm is None else price_cm
            plan = plan.steward_of
        problem = _Problem(households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum)
        steward_of = column([] if plan is None else plan, ctypes.c_int32, "steward_of")
        prices = column([] if price_cm is None else price_cm, ctypes.c_int64, "price_cm")
        context = Context(threads, progress)
        made: list[Handle] = []

        def begin() -> None:
            made.append(
                create(
                    "lianhu_rebalancer_create",
                    "lianhu_rebalancer_free",
                    problem.pointer,
                    steward_of.address,
                    steward_of.count,
                    prices.address,
                    prices.count,
                    round(switch_cost_m * 100),
                    context.pointer,
                )
            )

        context.run(begin)
        if not made[0].pointer:
            raise LianhuError("cancelled", _abi.OK)
        self._handle = made[0]
        self._units = {label: number for number, label in enumerate(problem.labels)}
        self._threads = threads

    def apply(self, events: Sequence[Event], progress: Optional[Progress] = None) -> Rebalancing:
        """Takes up the events, all or, with InvalidInputError for the first bad one, none."""
        records = (_abi.lianhu_event * len(events))()
        for record, event in zip(records, events):
            record.type = event.type
            record.id = -1 if event.id is None else _int32(event.id, "id")
            record.x, record.y = (math.nan, math.nan) if event.position is None else event.position
            record.unit = self._unit(event.unit)
            record.min = -1 if event.min is None else _int32(event.min, "min")
            record.max = -1 if event.max is None else _int32(event.max, "max")
        context = Context(self._threads, progress)
        change = new(_abi.lianhu_change)
        context.run(
            lambda: call(
                "lianhu_rebalancer_apply",
                self._handle.pointer,
                records,
                len(events),
                context.pointer,
                ctypes.byref(change),
            )
        )
        if change.outcome == _abi.CANCELLED:
            raise LianhuError("cancelled; the next call goes on", _abi.OK)
        return Rebalancing(
            outcome=Outcome(change.outcome),
            transfers=[_transfer(change.transfers[k]) for k in range(change.transfer_count)],
            first_household=int(change.first_household),
            first_steward=int(change.first_steward),
            total_cost_cm=int(change.total_cost_cm),
            dual_bound_cm=int(change.dual_bound_cm),
            distance_cm=int(change.distance_cm),
            switched=int(change.switched),
            unserved=int(change.unserved),
            seconds=float(change.seconds),
        )

    def offers(self, position: tuple[float, float], *, unit: Any = None, count: int = 5) -> list[Offer]:
        """The `count` stewards for whom taking a new household there would cost least in all, best first; exact."""
        context = Context(self._threads, None)
        seen = new(_abi.lianhu_offers_view)
        x, y = position
        context.run(
            lambda: call(
                "lianhu_rebalancer_offers",
                self._handle.pointer,
                x,
                y,
                self._unit(unit),
                _int32(count, "count"),
                context.pointer,
                ctypes.byref(seen),
            )
        )
        if seen.cancelled:
            raise LianhuError("cancelled", _abi.OK)
        return [
            Offer(
                steward=int(offer.steward),
                distance_cm=int(offer.distance_cm),
                knock_on_cm=int(offer.knock_on_cm),
                total_cm=int(offer.total_cm),
                knock_ons=[
                    _transfer(seen.transfers[k])
                    for k in range(offer.first_transfer, offer.first_transfer + offer.transfer_count)
                ],
            )
            for offer in (seen.offers[k] for k in range(seen.offer_count))
        ]

    def adopt(self) -> None:
        """From now on the present steward of every household counts as its current one."""
        call("lianhu_rebalancer_adopt", self._handle.pointer)

    @property
    def start(self) -> Start:
        """What became of the plan that was given."""
        return Start(self._view().start_kind)

    def street(self) -> LiveStreet:
        """A copy of the street and its plan as they are."""
        seen = self._view()
        n, m = int(seen.household_count), int(seen.steward_count)

        def numbers(address: Any, ctype: Any, count: int) -> list[Any]:
            return list((ctype * count).from_address(address)) if count else []

        def positions(address: Any, count: int) -> list[tuple[float, float]]:
            flat = numbers(address, ctypes.c_double, 2 * count)
            return list(zip(flat[::2], flat[1::2]))

        return LiveStreet(
            household_ids=numbers(seen.household_ids, ctypes.c_int32, n),
            steward_ids=numbers(seen.steward_ids, ctypes.c_int32, m),
            households=positions(seen.households, n),
            stewards=positions(seen.stewards, m),
            household_units=numbers(seen.household_units, ctypes.c_int32, n) if seen.by_unit else None,
            steward_units=numbers(seen.steward_units, ctypes.c_int32, m) if seen.by_unit else None,
            steward_min=numbers(seen.steward_min, ctypes.c_int32, m),
            steward_max=numbers(seen.steward_max, ctypes.c_int32, m),
            steward_of=numbers(seen.steward_of, ctypes.c_int32, n),
            price_cm=numbers(seen.price_cm, ctypes.c_int64, m),
        )

    def _view(self) -> _abi.lianhu_live_view:
        seen = new(_abi.lianhu_live_view)
        call("lianhu_rebalancer_get", self._handle.pointer, ctypes.byref(seen))
        return seen

    def _unit(self, unit: Any) -> int:
        if unit is None:
            return -1
        # A label that is new becomes a new unit, as a steward may bring one.
        if self._units:
            return self._units.setdefault(unit, len(self._units))
        return _int32(unit, "unit")


def _transfer(record: Any) -> Transfer:
    return Transfer(int(record.household), int(getattr(record, "from")), int(record.to))


class FrontierPoint(NamedTuple):
    """No plan with as many moves is shorter."""

    moves: int
    total_cost_cm: int
    switch_cost_cm: float  # the least at which the point is optimal
    corner: bool  # of the convex hull; else within an edge


class _Frontier:
    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        seen = new(_abi.lianhu_frontier_view)
        call("lianhu_frontier_get", handle.pointer, ctypes.byref(seen))
        self.outcome = Outcome(seen.outcome)
        self.points = [
            FrontierPoint(
                int(p.moves), int(p.total_cost_cm), p.switch_cost_numerator / p.switch_cost_denominator, bool(p.corner)
            )
            for p in (seen.points[k] for k in range(seen.point_count))
        ]


def frontier(
    households: Positions,
    stewards: Positions,
    current: Integers,
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
) -> list[FrontierPoint]:
    """Every trade-off between moves away from `current` (n stewards' indices, -1: none) and distance, exactly.

    From the fewest moves that the bounds allow to the least distance; empty when there is no plan. The rest as in
    assign(). Returning False from `progress` raises LianhuError.
    """
    problem = _Problem(households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum)
    now = column(current, ctypes.c_int32, "current")
    options = _options(best_effort)
    context = Context(threads, progress)
    made: list[Handle] = []
    context.run(
        lambda: made.append(
            create(
                "lianhu_frontier_create",
                "lianhu_frontier_free",
                problem.pointer,
                now.address,
                now.count,
                ctypes.byref(options),
                context.pointer,
            )
        )
    )
    found = _Frontier(made[0])
    if found.outcome is Outcome.CANCELLED:
        raise LianhuError("cancelled", _abi.OK)
    return found.points


@dataclass(frozen=True)
class LimitedPlan:
    """The best plan of the frontier within a number of moves, and what it is held against."""

    plan: Plan
    within_limit: bool  # False: the bounds force more moves; the plan then has the fewest
    moves: int
    fewest_moves: int
    bound_cm: int  # no plan with at most as many moves as asked for is shorter
    gap_percent: float
    switch_cost_cm: float  # where both are proved


def assign_max_moves(
    households: Positions,
    stewards: Positions,
    current: Integers,
    max_moves: int,
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
) -> LimitedPlan:
    """The plan with at most `max_moves` moves away from `current` that lies on the frontier, with its gap."""
    problem = _Problem(households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum)
    now = column(current, ctypes.c_int32, "current")
    options = _options(best_effort)
    context = Context(threads, progress)
    limit = new(_abi.lianhu_limit)
    made: list[Handle] = []
    context.run(
        lambda: made.append(
            create(
                "lianhu_assignment_solve_max_moves",
                "lianhu_plan_free",
                problem.pointer,
                now.address,
                now.count,
                max_moves,
                ctypes.byref(options),
                context.pointer,
                ctypes.byref(limit),
            )
        )
    )
    return LimitedPlan(
        plan=Plan(made[0], problem.labels, (min, max)),
        within_limit=bool(limit.within_limit),
        moves=int(limit.moves),
        fewest_moves=int(limit.fewest_moves),
        bound_cm=int(limit.bound_cm),
        gap_percent=float(limit.gap_percent),
        switch_cost_cm=limit.switch_cost_numerator / limit.switch_cost_denominator,
    )
