"""The problem struct of lianhu.h from Python's arguments."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any, Optional

from . import _abi
from ._arrays import _fault, column, pairs, points
from ._library import new

# Positions: a numpy array of shape (n, 2), or a sequence of (x, y) pairs.
Positions = Any
# Columns: a one-dimensional numpy array, or a sequence.
Integers = Any
Labels = Any
# Pairs of a household and a steward, by row: a numpy array of shape (k, 2), or a sequence of pairs.
Pairs = Any
# The same with a number for each: a numpy array of shape (k, 3), or a sequence of triples.
Triples = Any
# Steps of the cost of load: (above, metres).
Steps = Any
# Costs of one's own: three columns.
ListedCosts = Any

_DATUMS = {"planar": _abi.PLANAR_METRES, "wgs84": _abi.WGS84_DEGREES}


@dataclass(frozen=True)
class _Conditions:
    """What assign() may be told beside positions, units and bounds."""

    household_kinds: Optional[Labels] = None
    steward_kinds: Optional[Labels] = None
    max_distance: float = math.inf
    forbidden: Optional[Pairs] = None
    fixed: Optional[Pairs] = None
    preferences: Optional[Triples] = None
    current: Optional[Integers] = None
    switch_cost_m: float = 0
    load_cost: Optional[Steps] = None
    costs: Optional[ListedCosts] = None


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
        conditions: _Conditions = _Conditions(),
    ) -> None:
        self._struct = new(_abi.lianhu_assignment_problem)
        self._struct.datum = _choose(_DATUMS, datum, "datum")
        self._struct.households, self._households = points(households, "households")
        self._struct.stewards, self._stewards = points(stewards, "stewards")
        self._struct.min_load = _int32(least, "min")
        self._struct.max_load = _int32(most, "max")
        household_units, steward_units, self.labels = _number(household_units, steward_units)
        household_kinds, steward_kinds, self.kind_labels = _number(
            conditions.household_kinds, conditions.steward_kinds
        )
        self._owners = [
            self._set("household_units", household_units),
            self._set("steward_units", steward_units),
            self._set("steward_min", steward_min),
            self._set("steward_max", steward_max),
            self._set("household_kinds", household_kinds),
            self._set("steward_kinds", steward_kinds),
            self._set("current", conditions.current),
            self._set_pairs("forbidden", conditions.forbidden),
            self._set_pairs("fixed", conditions.fixed),
            self._set_preferences(conditions.preferences),
            self._set_load_cost(conditions.load_cost),
            self._set_costs(conditions.costs),
        ]
        self._struct.max_distance = conditions.max_distance
        self._struct.switch_cost_cm = _centimetres(conditions.switch_cost_m, "switch_cost_m")

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

    def _set_pairs(self, field: str, values: Optional[Pairs]) -> Any:
        if values is None:
            return None
        given, owner = pairs(values, field)
        setattr(self._struct, field, given)
        return owner

    def _set_preferences(self, values: Optional[Triples]) -> Any:
        if values is None:
            return None
        triples = _rows(values, 3, "preferences", "(household, steward, metres)")
        metres = [_centimetres(metres, "preferences", row) for row, (_, _, metres) in enumerate(triples)]
        self._struct.preferences, owner = pairs([(h, j) for h, j, _ in triples], "preferences")
        charges = column(metres, ctypes.c_int64, "preferences")
        self._struct.preference_cm = charges.address
        return owner, charges.owner

    def _set_load_cost(self, values: Optional[Steps]) -> Any:
        if values is None:
            return None
        rows = _rows(values, 2, "load_cost", "(above, metres)")
        steps = (_abi.lianhu_load_cost_step * len(rows))()
        for row, (above, metres) in enumerate(rows):
            try:
                steps[row].above = above
            except TypeError:
                raise _fault("load_cost", row, f"{above!r} is not a whole number") from None
            steps[row].cost_cm = _centimetres(metres, "load_cost", row)
        self._struct.load_cost = ctypes.cast(steps, ctypes.POINTER(_abi.lianhu_load_cost_step))
        self._struct.load_cost_count = len(rows)
        return steps

    def _set_costs(self, values: Optional[ListedCosts]) -> Any:
        if values is None:
            return None
        try:
            begin, stewards, centimetres = values
        except (TypeError, ValueError):
            raise _fault("costs", -1, "expected (begin, stewards, costs_cm)") from None
        starts = column(begin, ctypes.c_int64, "cost_begin")
        listed = column(stewards, ctypes.c_int32, "cost_stewards")
        costs = column(centimetres, ctypes.c_int64, "costs_cm")
        if starts.count != self.household_count + 1:
            raise _fault("cost_begin", -1, f"has {starts.count} entries, expected {self.household_count + 1}")
        if costs.count != listed.count:
            raise _fault("costs_cm", -1, f"has {costs.count} entries, expected {listed.count}")
        self._struct.cost_begin, self._struct.cost_count = starts.address, listed.count
        self._struct.cost_stewards, self._struct.costs_cm = listed.address, costs.address
        return starts.owner, listed.owner, costs.owner


def _number(households: Optional[Labels], stewards: Optional[Labels]) -> tuple[Any, Any, list[Any]]:
    """Labels other than integers as numbers by first appearance, and the labels; integers as they are."""
    if households is None or stewards is None or _are_integers(households, stewards):
        return households, stewards, []
    numbers: dict[Any, int] = {}
    columns = [[numbers.setdefault(label, len(numbers)) for label in labels] for labels in (households, stewards)]
    return columns[0], columns[1], list(numbers)


def _are_integers(*columns: Labels) -> bool:
    kinds = [getattr(getattr(values, "dtype", None), "kind", None) for values in columns]
    if all(kind is not None and kind in "iu" for kind in kinds):
        return True
    return all(isinstance(label, int) or hasattr(label, "__index__") for values in columns for label in values)


def _rows(values: Any, width: int, field: str, shape: str) -> list[tuple[Any, ...]]:
    """Rows of `width` as Python's own numbers."""
    try:
        rows = [tuple(row) for row in (values.tolist() if hasattr(values, "tolist") else values)]
    except TypeError:
        raise _fault(field, -1, f"expected a sequence of {shape}") from None
    for row, entries in enumerate(rows):
        if len(entries) != width:
            raise _fault(field, row, f"expected {shape}, not {entries!r}")
    # A numpy array of mixed columns is one of doubles.
    return [tuple(int(e) if isinstance(e, float) and e.is_integer() else e for e in entries) for entries in rows]


def _centimetres(metres: Any, field: str, row: int = -1) -> int:
    try:
        centimetres = int(round(100 * metres))
    except (TypeError, ValueError, OverflowError):
        raise _fault(field, row, f"{metres!r} is not a number of metres") from None
    if abs(centimetres) < 2**62:
        return centimetres
    raise _fault(field, row, f"{metres!r} is out of range")


def _choose(choices: dict[str, int], choice: str, field: str) -> int:
    if choice in choices:
        return choices[choice]
    raise _fault(field, -1, f"{choice!r} is none of {', '.join(map(repr, choices))}")


def _int32(value: int, field: str) -> int:
    if -(2**31) <= value < 2**31:
        return value
    raise _fault(field, -1, f"{value} is out of range")

