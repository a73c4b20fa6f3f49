"""Drawing micro-grids without given centres: size-constrained clustering, with a lower bound and the gap between."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Optional, Sequence

from . import _abi
from ._arrays import _fault, column, points, view
from ._library import Context, Handle, Part, call, create, new
from ._problem import _DATUMS, _choose, _int32, _number
from .assignment import Integers, Labels, Positions, Progress


class MicroGridOutcome(IntEnum):
    """How a drawing ended; the plan is near the bounds where it is not FEASIBLE."""

    FEASIBLE = _abi.MICRO_GRIDS_FEASIBLE
    INFEASIBLE = _abi.MICRO_GRIDS_INFEASIBLE
    NOT_FOUND = _abi.MICRO_GRIDS_NOT_FOUND
    CANCELLED = _abi.MICRO_GRIDS_CANCELLED


class FaultKind(IntEnum):
    """What stands against the bounds."""

    TOO_SMALL = _abi.FAULT_TOO_SMALL
    NO_COUNT = _abi.FAULT_NO_COUNT
    TOO_HEAVY = _abi.FAULT_TOO_HEAVY
    COUNT = _abi.FAULT_COUNT


@dataclass(frozen=True)
class MicroGrid:
    """One part of a plan; lengths in metres."""

    unit: Any  # the jurisdiction's label; None without jurisdictions
    households: int
    weight: int
    medoid: int  # the household of the least sum of weighted distances
    centre: tuple[float, float]  # mean by weight, in the datum of the positions
    radius: float  # greatest distance from the medoid
    hull: list[int]  # households at the corners of the convex hull, anticlockwise
    area: float  # of the hull
    perimeter: float
    compactness: float  # 4 pi area / perimeter^2; -1 when all are in one place
    objective: float
    continues: Any  # the part of today that it goes on from; None: none
    moved: int  # weight of those who are in another part today
    within_bounds: bool


@dataclass(frozen=True)
class MicroGridFault:
    """Why there is no plan within bounds, with its numbers; `unit` is None where all jurisdictions are meant."""

    kind: FaultKind
    unit: Any
    weight: int
    fewer: int
    more: int
    households: list[int]
    english: str  # a sentence for an official
    chinese: str


@dataclass(frozen=True)
class SplitBuilding:
    """A building that should be kept together and is in several parts."""

    building: Any
    unit: Any
    households: int
    weight: int
    parts: int
    too_large: bool  # heavier than max; False: kept together no plan was found within bounds


@dataclass(frozen=True)
class MicroGridPlan:
    """A part for each household, and the figures of all parts."""

    outcome: MicroGridOutcome
    part_of: Any  # n: 0..parts-1; empty without a plan
    parts: list[MicroGrid]  # by unit, then along a space-filling curve
    faults: list[MicroGridFault]
    split_buildings: list[SplitBuilding]
    out_of_bounds: int  # parts
    not_connected: int  # parts
    objective: float  # medians: centimetres; means: square metres; with the price of moves
    bound: float  # no plan with as many parts in each jurisdiction is below; 0: none known
    gap_percent: float
    moved: int  # weight of households that left their part of today
    moved_households: Any  # of repair_micro_grids(), as the next three
    changed: Any  # parts with other households than the part of today that they go on from
    created: Any  # parts that go on from none
    dissolved: list[Any]  # parts of today that none goes on from
    by_clock: bool  # the clock ended the search: another machine may draw otherwise
    cancelled: bool
    seconds: float


@dataclass(frozen=True)
class DrawnHierarchy:
    """Five levels: grids and micro-grids with codes, below communities that had one. `unit` is the community's code."""

    micro_grids: MicroGridPlan
    grids: MicroGridPlan  # of the micro-grids: what a household is there, a micro-grid is here
    communities: Any  # codes of 12 digits, ascending
    grid_code: Any  # of each grid, 15 digits
    micro_grid_code: Any  # of each micro-grid, 18 digits
    codes: Any  # of all units from street to micro-grid, ascending within each level


_OBJECTIVES = {"medians": _abi.OBJECTIVE_MEDIANS, "means": _abi.OBJECTIVE_MEANS}


def draw_micro_grids(
    households: Positions,
    *,
    min: int = 10,
    max: int = 20,
    count: int = 0,
    objective: str = "medians",
    units: Optional[Labels] = None,
    buildings: Optional[Labels] = None,
    keep_buildings: bool = False,
    weight: Optional[Integers] = None,
    current: Optional[Labels] = None,
    move_price: float = 0,
    borders: Optional[Sequence[tuple[int, int]]] = None,
    datum: str = "planar",
    seconds: float = 10,
    work: int = 0,
    bound: bool = True,
    seed: int = 0,
    threads: int = 0,
    progress: Optional[Progress] = None,
) -> MicroGridPlan:
    """Groups households into parts of min..max, within jurisdictions, so that the sum of distances to the parts' medoids
    (objective="medians", centimetres) or of squared distances to their means ("means", square metres) is least.

    households: n x 2, metres, or degrees with datum="wgs84". count: parts in all; 0: as few as will do. units, buildings,
    current: n labels of any kind; None in buildings and current for none. weight: n whole numbers, counted against
    min..max. move_price: for each household that leaves its part of `current`, in the objective's unit. borders: pairs
    of households; every part is then connected. seconds: the time to spend; work: instead of it, looks at a household
    and a part.

    Heuristic: `bound` tells how far from the best it can be at most. Returning False from `progress` or cancelling gives
    the best so far.
    """
    problem = _Problem(
        households, min, max, count, objective, units, buildings, keep_buildings, weight, current, move_price, borders, datum
    )
    options = _options(seconds, work, bound)
    context = Context(threads, progress, seed)
    made: list[Handle] = []
    context.run(
        lambda: made.append(
            create(
                "lianhu_micro_grids_draw",
                "lianhu_micro_grids_free",
                ctypes.byref(problem.struct),
                ctypes.byref(options),
                context.pointer,
            )
        )
    )
    return problem.plan(made[0])


def draw_hierarchy(
    households: Positions,
    communities: Integers,
    *,
    min: int = 10,
    max: int = 20,
    count: int = 0,
    grid_min: int = 250,
    grid_max: int = 450,
    grid_count: int = 0,
    objective: str = "medians",
    buildings: Optional[Labels] = None,
    keep_buildings: bool = False,
    weight: Optional[Integers] = None,
    borders: Optional[Sequence[tuple[int, int]]] = None,
    datum: str = "planar",
    seconds: float = 10,
    work: int = 0,
    bound: bool = True,
    seed: int = 0,
    threads: int = 0,
    progress: Optional[Progress] = None,
) -> DrawnHierarchy:
    """Draws micro-grids within communities and grids over micro-grids, and numbers them: a whole hierarchy from a list of
    households, whose `codes` Hierarchy.from_codes() takes.

    communities: n codes of 12 digits. min, max, count: of households in a micro-grid; grid_min, grid_max, grid_count: in a
    grid. A community below grid_min is one grid, and is named in grids.faults. Everything else as in draw_micro_grids();
    the time is shared between the levels.
    """
    problem = _Problem(
        households, min, max, count, objective, None, buildings, keep_buildings, weight, None, 0, borders, datum
    )
    codes = column(communities, ctypes.c_int64, "communities")
    level = new(_abi.lianhu_grid_level)
    level.min_weight, level.max_weight, level.count = grid_min, grid_max, grid_count
    options = _options(seconds, work, bound)
    context = Context(threads, progress, seed)
    made: list[Handle] = []
    context.run(
        lambda: made.append(
            create(
                "lianhu_drawn_hierarchy_draw",
                "lianhu_drawn_hierarchy_free",
                ctypes.byref(problem.struct),
                codes.address,
                codes.count,
                ctypes.byref(level),
                ctypes.byref(options),
                context.pointer,
            )
        )
    )
    drawn = made[0]
    found = new(_abi.lianhu_drawn_hierarchy_view)
    call("lianhu_drawn_hierarchy_get", drawn.pointer, ctypes.byref(found))
    known = view(found.communities, ctypes.c_int64, found.community_count, drawn)
    problem.units = [int(code) for code in known]
    return DrawnHierarchy(
        micro_grids=problem.plan(Part(found.micro_grids, drawn)),
        grids=problem.plan(Part(found.grids, drawn)),
        communities=known,
        grid_code=view(found.grid_code, ctypes.c_int64, found.grid_count, drawn),
        micro_grid_code=view(found.micro_grid_code, ctypes.c_int64, found.micro_grid_count, drawn),
        codes=view(found.codes, ctypes.c_int64, found.code_count, drawn),
    )


def repair_micro_grids(
    households: Positions,
    current: Labels,
    *,
    min: int = 10,
    max: int = 20,
    objective: str = "medians",
    units: Optional[Labels] = None,
    buildings: Optional[Labels] = None,
    keep_buildings: bool = False,
    weight: Optional[Integers] = None,
    move_price: float = 0,
    datum: str = "planar",
    threads: int = 0,
) -> MicroGridPlan:
    """Brings today's parts within bounds after a change: newcomers have None in `current`. Only what is around them and
    out of bounds is shifted, split or joined, whichever moves fewest. Everything else as in draw_micro_grids()."""
    problem = _Problem(
        households, min, max, 0, objective, units, buildings, keep_buildings, weight, current, move_price, None, datum
    )
    context = Context(threads, None)
    made: list[Handle] = []
    context.run(
        lambda: made.append(
            create(
                "lianhu_micro_grids_repair",
                "lianhu_micro_grids_free",
                ctypes.byref(problem.struct),
                context.pointer,
            )
        )
    )
    return problem.plan(made[0])


def micro_grid_figures(
    households: Positions,
    part_of: Integers,
    *,
    min: int = 10,
    max: int = 20,
    objective: str = "medians",
    units: Optional[Labels] = None,
    buildings: Optional[Labels] = None,
    keep_buildings: bool = False,
    weight: Optional[Integers] = None,
    current: Optional[Labels] = None,
    move_price: float = 0,
    borders: Optional[Sequence[tuple[int, int]]] = None,
    datum: str = "planar",
) -> MicroGridPlan:
    """The figures of any grouping, recomputed without the search. part_of: n parts, 0.. without gaps."""
    problem = _Problem(
        households, min, max, 0, objective, units, buildings, keep_buildings, weight, current, move_price, borders, datum
    )
    parts = column(part_of, ctypes.c_int32, "part_of")
    return problem.plan(
        create(
            "lianhu_micro_grids_figures",
            "lianhu_micro_grids_free",
            ctypes.byref(problem.struct),
            parts.address,
            parts.count,
        )
    )


def _options(seconds: float, work: int, bound: bool) -> _abi.lianhu_micro_grid_options:
    if not seconds > 0:
        raise _fault("seconds", -1, f"is {seconds}: need more than 0")
    options = new(_abi.lianhu_micro_grid_options)
    options.seconds, options.work, options.bound = seconds, work, int(bound)
    return options


class _Problem:
    """The struct of lianhu.h, what must stay alive while it is used, and the labels that its numbers stand for."""

    def __init__(
        self,
        households: Positions,
        least: int,
        most: int,
        count: int,
        objective: str,
        units: Optional[Labels],
        buildings: Optional[Labels],
        keep_buildings: bool,
        weight: Optional[Integers],
        current: Optional[Labels],
        move_price: float,
        borders: Optional[Sequence[tuple[int, int]]],
        datum: str,
    ) -> None:
        self.struct = new(_abi.lianhu_micro_grid_problem)
        self.struct.datum = _choose(_DATUMS, datum, "datum")
        self.struct.objective = _choose(_OBJECTIVES, objective, "objective")
        self.struct.households, keep = points(households, "households")
        self.struct.min_weight, self.struct.max_weight = _int32(least, "min"), _int32(most, "max")
        self.struct.count, self.struct.move_price = count, move_price
        self.struct.keep_buildings = int(keep_buildings)
        self.owners = [keep]
        units, _, self.units = _number(units, units)
        buildings, self.buildings = _or_none(buildings)
        current, self.current = _or_none(current)
        pairs = None if borders is None else list(borders)
        for row, pair in enumerate(pairs or []):
            if len(pair) != 2:
                raise _fault("borders", row, f"expected two households, not {pair!r}")
        for field, values in (
            ("units", units),
            ("buildings", buildings),
            ("weight", weight),
            ("current", current),
            ("border_a", None if pairs is None else [a for a, _ in pairs]),
            ("border_b", None if pairs is None else [b for _, b in pairs]),
        ):
            if values is None:
                continue
            given = column(values, ctypes.c_int32, field, contiguous=False)
            setattr(self.struct, field, _abi.lianhu_int32_column(given.address, given.count, given.stride))
            self.owners.append(given.owner)

    def plan(self, handle: Handle | Part) -> MicroGridPlan:
        found = new(_abi.lianhu_micro_grids_view)
        call("lianhu_micro_grids_get", handle.pointer, ctypes.byref(found))
        hull = view(found.hull, ctypes.c_int32, found.hull_count, handle)
        parts = [found.parts[p] for p in range(found.part_count)]
        faults = [found.faults[k] for k in range(found.fault_count)]
        splits = [found.splits[k] for k in range(found.split_count)]
        return MicroGridPlan(
            outcome=MicroGridOutcome(found.outcome),
            part_of=view(found.part_of, ctypes.c_int32, found.household_count, handle),
            parts=[self._part(each, hull) for each in parts],
            faults=[self._fault(each, handle, index) for index, each in enumerate(faults)],
            split_buildings=[
                SplitBuilding(
                    building=_label(each.building, self.buildings),
                    unit=_label(each.unit, self.units),
                    households=each.households,
                    weight=each.weight,
                    parts=each.parts,
                    too_large=bool(each.too_large),
                )
                for each in splits
            ],
            out_of_bounds=int(found.out_of_bounds),
            not_connected=int(found.not_connected),
            objective=float(found.objective),
            bound=float(found.bound),
            gap_percent=float(found.gap_percent),
            moved=int(found.moved),
            moved_households=view(found.moved_households, ctypes.c_int32, found.moved_count, handle),
            changed=view(found.changed, ctypes.c_int32, found.changed_count, handle),
            created=view(found.created, ctypes.c_int32, found.created_count, handle),
            dissolved=[
                _label(int(part), self.current)
                for part in view(found.dissolved, ctypes.c_int32, found.dissolved_count, handle)
            ],
            by_clock=bool(found.by_clock),
            cancelled=bool(found.cancelled),
            seconds=float(found.seconds),
        )

    def _part(self, part: Any, hull: Any) -> MicroGrid:
        corners = hull[part.hull_begin : part.hull_begin + part.hull_count]
        return MicroGrid(
            unit=_label(part.unit, self.units),
            households=part.households,
            weight=part.weight,
            medoid=part.medoid,
            centre=(part.centre_x, part.centre_y),
            radius=part.radius,
            hull=[int(household) for household in corners],
            area=part.area,
            perimeter=part.perimeter,
            compactness=part.compactness,
            objective=part.objective,
            continues=_label(part.continues, self.current),
            moved=part.moved,
            within_bounds=bool(part.within_bounds),
        )

    def _fault(self, fault: Any, handle: Handle | Part, index: int) -> MicroGridFault:
        unit = _label(fault.unit, self.units)
        name = None if unit is None else str(unit)
        return MicroGridFault(
            kind=FaultKind(fault.kind),
            unit=unit,
            weight=fault.weight,
            fewer=fault.fewer,
            more=fault.more,
            households=[int(h) for h in view(fault.households, ctypes.c_int32, fault.household_count, handle)],
            english=_describe(handle, index, name, _abi.ENGLISH),
            chinese=_describe(handle, index, name, _abi.CHINESE),
        )


def _or_none(labels: Optional[Labels]) -> tuple[Any, list[Any]]:
    """Labels as numbers, None as -1, and the labels; an array of integers as it is."""
    if labels is None or hasattr(labels, "dtype"):
        return labels, []
    numbers: dict[Any, int] = {}
    column = [-1 if label is None else numbers.setdefault(label, len(numbers)) for label in labels]
    return column, list(numbers)


def _label(number: int, labels: list[Any]) -> Any:
    if number < 0:
        return None
    return labels[number] if labels else int(number)


def _describe(handle: Handle | Part, index: int, name: Optional[str], language: int) -> str:
    size = ctypes.c_int64()
    arguments = (handle.pointer, index, None if name is None else name.encode(), language)
    call("lianhu_micro_grids_describe", *arguments, None, 0, ctypes.addressof(size))
    text = ctypes.create_string_buffer(size.value)
    call("lianhu_micro_grids_describe", *arguments, ctypes.addressof(text), size.value, ctypes.addressof(size))
    return text.value.decode()
