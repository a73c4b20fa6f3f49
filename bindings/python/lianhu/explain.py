"""Why a plan is as it is: for a household, a steward, the town."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Optional, Sequence, Union

from . import _abi
from ._arrays import column
from ._library import Context, Handle, call, create, new
from ._problem import Integers, Labels, ListedCosts, Pairs, Positions, Steps, Triples, _Conditions, _int32, _Problem
from .assignment import Plan, Progress, _label, _options
from .errors import LianhuError
from .live import Transfer, _transfer


class WhyNot(IntEnum):
    """Why a household is not served by a certain steward. Up to TOO_FAR he may not; from IMPOSSIBLE on he might."""

    OTHER_JURISDICTION = _abi.WHY_OTHER_JURISDICTION
    OTHER_KIND = _abi.WHY_OTHER_KIND
    FIXED_ELSEWHERE = _abi.WHY_FIXED_ELSEWHERE  # the household is fixed to another
    FORBIDDEN = _abi.WHY_FORBIDDEN
    UNREACHABLE = _abi.WHY_UNREACHABLE  # no cost is listed for the pair
    TOO_FAR = _abi.WHY_TOO_FAR
    IMPOSSIBLE = _abi.WHY_IMPOSSIBLE  # no plan that serves as many and keeps the bounds has it with him
    EQUALLY_GOOD = _abi.WHY_EQUALLY_GOOD  # another plan, just as good, has it with him
    DEARER = _abi.WHY_DEARER  # the pair itself costs as much or more
    FULL = _abi.WHY_FULL  # his places are worth more to others
    NEEDED_BY_OWN = _abi.WHY_NEEDED_BY_OWN  # its own steward is at his minimum
    LOAD_COST = _abi.WHY_LOAD_COST  # one household more is a load that costs more than it gains


@dataclass(frozen=True)
class Alternative:
    """A steward whom a household does not have, and what forcing it there would cost."""

    steward: int
    reason: WhyNot
    distance_cm: int  # -1: none is listed
    pair_cost_cm: int  # with preference and switch cost
    price_cm: int  # what a place with him is worth, about
    load: int  # households that he serves
    max: int  # places that he has
    lifted: bool  # the pair is not allowed; what follows supposes it allowed, for this pair alone
    possible: bool
    cost_cm: int  # what the optimum rises by: own_cm + knock_on_cm
    own_cm: int
    knock_on_cm: int
    served_change: int  # best effort: households served more
    knock_ons: list[Transfer]  # the others who then move, in the order of the chain


@dataclass(frozen=True)
class HouseholdExplanation:
    """Why a household has its steward (-1: nobody), and not another."""

    household: int
    steward: int
    distance_cm: int
    pair_cost_cm: int
    price_cm: int  # his
    load: int  # his, and his bounds
    min: int
    max: int
    nearer: int  # stewards strictly nearer, of whatever jurisdiction and kind
    alternatives: list[Alternative]  # by distance, then those asked for


@dataclass(frozen=True)
class BoundChange:
    """What a bound that is one greater or one less would do to the optimum."""

    possible: bool  # there is a plan then that serves as many
    cost_change_cm: int  # the new optimum less the present one
    unserved_change: int  # -1, 0 or 1
    transfers: list[Transfer]  # who would change hands


@dataclass(frozen=True)
class StewardExplanation:
    """What the bounds of a steward are worth; None where the changed bound makes no sense."""

    steward: int
    load: int
    min: int
    max: int
    price_cm: int
    max_more: Optional[BoundChange]
    max_less: Optional[BoundChange]
    min_more: Optional[BoundChange]
    min_less: Optional[BoundChange]


@dataclass(frozen=True)
class NewSteward:
    """One more steward, at the door of a household, for its jurisdiction and kind."""

    household: int
    unit: Any  # as given in household_units; None when there are no jurisdictions
    kind: Any
    load: int  # households that he then serves
    served_more: int
    saving_cm: int  # the present optimum less that with him
    bound_cm: int  # he cannot save more, by the prices; where households are left over an estimate


@dataclass(frozen=True)
class JurisdictionState:
    """How a jurisdiction stands."""

    unit: Any
    kind: Any
    households: int
    stewards: int
    capacity: int  # sum of the maxima
    required: int  # sum of the minima
    left_over: int
    minima_aside: bool  # best effort: some steward has fewer than his minimum
    cost_cm: int  # its part of the total
    bound_cm: int  # nobody more at any of its doors saves more; where households are left over an estimate


@dataclass(frozen=True)
class TownExplanation:
    """Where one more steward would save the most."""

    sites: list[NewSteward]  # solved anew, best first, one of each neighbourhood
    jurisdictions: list[JurisdictionState]
    bound_cm: int  # where all are served, nobody at a household's door saves more


class Explainer:
    """Explains an optimal plan. Every figure is exact: the optimum of the problem so changed less the present one.

    Arguments as in assign() and verify(); a plan of another objective is explained under its `limits`. plan: a Plan,
    whose prices are then used, or n stewards' indices, which are proved anew where price_cm is not given.

    Raises InvalidInputError with field "steward_of" for a plan that is not optimal or breaks a bound or a condition.
    """

    def __init__(
        self,
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
        best_effort: bool = False,
        threads: int = 0,
        progress: Optional[Progress] = None,
    ) -> None:
        if isinstance(plan, Plan):
            price_cm = plan.price_cm if price_cm is None else price_cm
            plan = plan.steward_of
        conditions = _Conditions(
            household_kinds, steward_kinds, max_distance, forbidden, fixed, preferences, current, switch_cost_m, load_cost, costs
        )
        # The explainer looks at these arrays as long as it lives.
        self._problem = _Problem(
            households, stewards, min, max, household_units, steward_units, steward_min, steward_max, datum, conditions
        )
        steward_of = column(plan, ctypes.c_int32, "steward_of")
        prices = column([] if price_cm is None else price_cm, ctypes.c_int64, "price_cm")
        options = _options(best_effort)
        context = Context(threads, progress)
        made: list[Handle] = []

        def begin() -> None:
            made.append(
                create(
                    "lianhu_explainer_create",
                    "lianhu_explainer_free",
                    self._problem.pointer,
                    steward_of.address,
                    steward_of.count,
                    prices.address if price_cm is not None else None,
                    prices.count,
                    ctypes.byref(options),
                    context.pointer,
                )
            )

        context.run(begin)
        if not made[0].pointer:
            raise LianhuError("cancelled", _abi.OK)
        self._handle = made[0]
        self._threads = threads

    def household(self, household: int, *, count: int = 10, stewards: Sequence[int] = ()) -> HouseholdExplanation:
        """Why it has its steward: the `count` nearest others, and `stewards`, with what forcing it there would cost."""
        asked = column(stewards, ctypes.c_int32, "stewards")
        seen = new(_abi.lianhu_household_explanation)
        self._ask("household", seen, _int32(household, "household"), _int32(count, "count"), asked.address, asked.count)
        return HouseholdExplanation(
            household=int(seen.household),
            steward=int(seen.steward),
            distance_cm=int(seen.distance_cm),
            pair_cost_cm=int(seen.pair_cost_cm),
            price_cm=int(seen.price_cm),
            load=int(seen.load),
            min=int(seen.min_load),
            max=int(seen.max_load),
            nearer=int(seen.nearer),
            alternatives=[
                Alternative(
                    steward=int(a.steward),
                    reason=WhyNot(a.reason),
                    distance_cm=int(a.distance_cm),
                    pair_cost_cm=int(a.pair_cost_cm),
                    price_cm=int(a.price_cm),
                    load=int(a.load),
                    max=int(a.max_load),
                    lifted=bool(a.lifted),
                    possible=bool(a.possible),
                    cost_cm=int(a.cost_cm),
                    own_cm=int(a.own_cm),
                    knock_on_cm=int(a.knock_on_cm),
                    served_change=int(a.served_change),
                    knock_ons=_transfers(seen, a),
                )
                for a in (seen.alternatives[k] for k in range(seen.alternative_count))
            ],
        )

    def steward(self, steward: int) -> StewardExplanation:
        """What one place more or less with him, and one household more or less of his minimum, is worth."""
        seen = new(_abi.lianhu_steward_explanation)
        self._ask("steward", seen, _int32(steward, "steward"))
        changes = [
            BoundChange(
                possible=bool(change.possible),
                cost_change_cm=int(change.cost_change_cm),
                unserved_change=int(change.unserved_change),
                transfers=_transfers(seen, change),
            )
            if change.applies
            else None
            for change in (seen.changes[k] for k in range(4))
        ]
        return StewardExplanation(
            int(seen.steward), int(seen.load), int(seen.min_load), int(seen.max_load), int(seen.price_cm), *changes
        )

    def town(self, *, count: int = 10, min: Optional[int] = None, max: Optional[int] = None) -> TownExplanation:
        """Where one more steward would save the most: the `count` most promising doors, solved anew.

        min, max: his bounds, the common ones unless said. Not with costs of the caller's own.
        """
        seen = new(_abi.lianhu_town_explanation)
        bounds = [-1 if bound is None else _int32(bound, name) for bound, name in ((min, "min"), (max, "max"))]
        self._ask("town", seen, _int32(count, "count"), *bounds)
        units, kinds = self._problem.labels, self._problem.kind_labels
        return TownExplanation(
            sites=[
                NewSteward(
                    household=int(site.household),
                    unit=_label(site.unit, units),
                    kind=_label(site.kind, kinds),
                    load=int(site.load),
                    served_more=int(site.served_more),
                    saving_cm=int(site.saving_cm),
                    bound_cm=int(site.bound_cm),
                )
                for site in (seen.sites[k] for k in range(seen.site_count))
            ],
            jurisdictions=[
                JurisdictionState(
                    unit=_label(where.unit, units),
                    kind=_label(where.kind, kinds),
                    households=int(where.households),
                    stewards=int(where.stewards),
                    capacity=int(where.capacity),
                    required=int(where.required),
                    left_over=int(where.left_over),
                    minima_aside=bool(where.minima_aside),
                    cost_cm=int(where.cost_cm),
                    bound_cm=int(where.bound_cm),
                )
                for where in (seen.jurisdictions[k] for k in range(seen.jurisdiction_count))
            ],
            bound_cm=int(seen.bound_cm),
        )

    def _ask(self, question: str, seen: Any, *arguments: Any) -> None:
        context = Context(self._threads, None)
        name = _QUESTIONS[question]
        context.run(lambda: call(name, self._handle.pointer, *arguments, context.pointer, ctypes.byref(seen)))
        if seen.cancelled:
            raise LianhuError("cancelled", _abi.OK)


_QUESTIONS = {
    "household": "lianhu_explainer_household",
    "steward": "lianhu_explainer_steward",
    "town": "lianhu_explainer_town",
}


def _transfers(seen: Any, part: Any) -> list[Transfer]:
    first = int(part.first_transfer)
    return [_transfer(seen.transfers[k]) for k in range(first, first + int(part.transfer_count))]
