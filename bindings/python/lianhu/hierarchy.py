"""The tree of units and who holds which post."""

from __future__ import annotations

import ctypes
import os
from typing import Any, Optional, Union

from . import _abi
from ._arrays import Column, column, output, view
from ._library import Handle, call, create, new
from .errors import InvalidInputError

_OPERATIONS = {"sum": _abi.SUM, "min": _abi.MIN, "max": _abi.MAX}
_KINDS = {"holder": _abi.HOLDER, "stand_in": _abi.STAND_IN}
_FREE = "lianhu_hierarchy_free"


class Hierarchy:
    """Street > community > grid > micro-grid, and above it county, city, province, as level-order arrays.

    Units are 0..len-1, the root first, parents before children, the children of one unit side by side. Arrays, all
    read-only and without a copy: parents (-1 for the root), first_children (n + 1), levels, codes (None when no unit
    has one), rows (the row a unit was built from, -1 for one that was made), units (the unit of each row).
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        seen = new(_abi.lianhu_hierarchy_view)
        call("lianhu_hierarchy_get", handle.pointer, ctypes.byref(seen))
        n = seen.unit_count
        self.height = int(seen.height)
        self.parents = view(seen.parents, ctypes.c_int32, n, handle)
        self.first_children = view(seen.first_children, ctypes.c_int32, n + 1, handle)
        self.levels = view(seen.levels, ctypes.c_int32, n, handle)
        self.codes = view(seen.codes, ctypes.c_int64, n, handle) if seen.codes else None
        self.rows = view(seen.rows, ctypes.c_int32, n, handle)
        self.units = view(seen.units, ctypes.c_int32, seen.row_count, handle)

    @classmethod
    def from_parents(cls, parents: Any, codes: Optional[Any] = None, levels: Optional[Any] = None) -> Hierarchy:
        """From each row's parent row, -1 for the one root; codes and levels are optional columns."""
        given = column(parents, ctypes.c_int32, "parents")
        code_column = _optional(codes, ctypes.c_int64, "codes", given.count)
        level_column = _optional(levels, ctypes.c_int32, "levels", given.count)
        arguments = (given.address, code_column.address, level_column.address, given.count)
        return cls(create("lianhu_hierarchy_from_parents", _FREE, *arguments))

    @classmethod
    def from_parent_codes(cls, codes: Any, parent_codes: Any, levels: Optional[Any] = None) -> Hierarchy:
        """From each row's code and its parent's code, -1 for the one root."""
        given = column(codes, ctypes.c_int64, "codes")
        parent_column = _optional(parent_codes, ctypes.c_int64, "parent_codes", given.count)
        level_column = _optional(levels, ctypes.c_int32, "levels", given.count)
        arguments = (given.address, parent_column.address, level_column.address, given.count)
        return cls(create("lianhu_hierarchy_from_parent_codes", _FREE, *arguments))

    @classmethod
    def from_codes(cls, codes: Any, root: int = 0) -> Hierarchy:
        """From statistical codes of 2 to 18 digits, which nest by themselves below `root` (0: the country)."""
        given = column(codes, ctypes.c_int64, "codes")
        return cls(create("lianhu_hierarchy_from_codes", _FREE, given.address, given.count, root))

    @classmethod
    def from_file(cls, path: Union[str, "os.PathLike[str]"]) -> Hierarchy:
        """Reads a snapshot; everything in it is checked."""
        return cls(create("lianhu_hierarchy_load", _FREE, os.fsencode(path)))

    def save(self, path: Union[str, "os.PathLike[str]"]) -> None:
        """Writes a snapshot, whole or not at all."""
        call("lianhu_hierarchy_save", self._handle.pointer, os.fsencode(path))

    def __len__(self) -> int:
        return len(self.parents)

    def __repr__(self) -> str:
        return f"<lianhu.Hierarchy: {len(self)} units, height {self.height}>"

    def children(self, unit: int) -> range:
        """The units right below `unit`."""
        if not 0 <= unit < len(self):
            raise IndexError(f"unit {unit} of {len(self)}")
        return range(int(self.first_children[unit]), int(self.first_children[unit + 1]))

    def find(self, codes: Any) -> Any:
        """The unit of a code, or of each of several; -1 where there is none."""
        return self._map("lianhu_hierarchy_find", codes, ctypes.c_int64, "codes")

    def ancestor(self, units: Any, level: int) -> Any:
        """The unit on `level` among a unit and its ancestors; -1 where that level is left out or below it."""
        return self._map("lianhu_hierarchy_ancestor", units, ctypes.c_int32, "units", level)

    def subtree_size(self, units: Any) -> Any:
        """Number of units at and below each unit."""
        return self._map("lianhu_hierarchy_subtree_size", units, ctypes.c_int32, "units")

    def common_ancestor(self, a: Any, b: Any) -> Any:
        """The lowest common ancestor of two units, or of a[i] and b[i]."""
        scalar = _is_scalar(a)
        first = column([a] if scalar else a, ctypes.c_int32, "a")
        second = _optional([b] if scalar else b, ctypes.c_int32, "b", first.count)
        result, address = output(ctypes.c_int32, first.count)
        call(
            "lianhu_hierarchy_common_ancestor",
            self._handle.pointer,
            first.address,
            second.address,
            first.count,
            address,
        )
        return int(result[0]) if scalar else result

    def roll_up(self, values: Any, operation: str = "sum") -> Any:
        """Every unit's value combined ("sum", "min" or "max") with those of all units below it; values by unit.

        Integers stay exact in 64 bits (a sum beyond them is an error), other numbers are doubles.
        """
        if operation not in _OPERATIONS:
            raise InvalidInputError(f"operation: {operation!r} is none of 'sum', 'min', 'max'", field="operation")
        integers = _hold_integers(values)
        name = "lianhu_hierarchy_roll_up_int64" if integers else "lianhu_hierarchy_roll_up_double"
        ctype = ctypes.c_int64 if integers else ctypes.c_double
        given = column(values, ctype, "values")
        totals, address = output(ctype, len(self))
        call(name, self._handle.pointer, _OPERATIONS[operation], given.address, given.count, address)
        return totals

    def _map(self, name: str, values: Any, ctype: Any, field: str, *more: Any) -> Any:
        scalar = _is_scalar(values)
        given = column([values] if scalar else values, ctype, field)
        result, address = output(ctypes.c_int32, given.count)
        call(name, self._handle.pointer, given.address, given.count, *more, address)
        return int(result[0]) if scalar else result


class Posts:
    """Who answers for a unit: a holder and a stand-in, people as the caller's numbers >= 0, -1 for vacant."""

    def __init__(self, hierarchy: Hierarchy, holders: Any, stand_ins: Optional[Any] = None) -> None:
        """holders, stand_ins: one entry per unit of the hierarchy."""
        given = column(holders, ctypes.c_int32, "holders")
        second = _optional(stand_ins, ctypes.c_int32, "stand_ins", given.count)
        arguments = (hierarchy._handle.pointer, given.address, second.address, given.count)
        self._handle = create("lianhu_posts_create", "lianhu_posts_free", *arguments)

    def acting_for(self, units: Any) -> tuple[Any, Any, Any]:
        """Who acts for each unit: (person, unit whose post that is, 0 holder or 1 stand-in), -1 where nobody does."""
        scalar = _is_scalar(units)
        given = column([units] if scalar else units, ctypes.c_int32, "units")
        (people, first), (where, second), (kinds, third) = (output(ctypes.c_int32, given.count) for _ in range(3))
        call("lianhu_posts_acting_for", self._handle.pointer, given.address, given.count, first, second, third)
        return (int(people[0]), int(where[0]), int(kinds[0])) if scalar else (people, where, kinds)

    def vacant(self, kind: str = "holder") -> Any:
        """The units whose holder (or "stand_in") is vacant, ascending."""
        if kind not in _KINDS:
            raise InvalidInputError(f"kind: {kind!r} is none of 'holder', 'stand_in'", field="kind")
        count = ctypes.c_int64()
        call("lianhu_posts_vacant", self._handle.pointer, _KINDS[kind], None, 0, ctypes.byref(count))
        units, address = output(ctypes.c_int32, count.value)
        call("lianhu_posts_vacant", self._handle.pointer, _KINDS[kind], address, count.value, ctypes.byref(count))
        return units

    def several(self) -> tuple[Any, Any]:
        """The people with two posts or more, ascending, and how many each has."""
        count = ctypes.c_int64()
        call("lianhu_posts_several", self._handle.pointer, None, None, 0, ctypes.byref(count))
        (people, first), (held, second) = (output(ctypes.c_int32, count.value) for _ in range(2))
        call("lianhu_posts_several", self._handle.pointer, first, second, count.value, ctypes.byref(count))
        return people, held


def _is_scalar(value: Any) -> bool:
    return hasattr(value, "__index__") and not hasattr(value, "__len__")


def _hold_integers(values: Any) -> bool:
    kind = getattr(getattr(values, "dtype", None), "kind", None)
    return kind in ("i", "u") if kind is not None else all(hasattr(value, "__index__") for value in values)


def _optional(values: Optional[Any], ctype: Any, field: str, count: int) -> Column:
    """A column that may be left out; the C functions take one count for all columns, so its length is checked here."""
    if values is None:
        return Column(None, 0, 0, None)
    given = column(values, ctype, field)
    if given.count != count:
        raise InvalidInputError(f"{field}: has {given.count} entries, expected {count}", _abi.INVALID_ARGUMENT, field)
    return given
