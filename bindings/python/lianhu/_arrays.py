"""Arrays across the C ABI: numpy without a copy where it is installed, plain sequences everywhere.

What is handed in is a Column: an address, a count, a stride, and the object that keeps the memory alive. What is handed
out is a read-only numpy array, or a memoryview without numpy, on the library's own memory.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, Optional

from .errors import InvalidInputError
from . import _abi

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]

# ctypes type: the letter of struct, array and memoryview.
_LETTERS = {ctypes.c_int32: "i", ctypes.c_int64: "q", ctypes.c_double: "d"}


@dataclass
class Column:
    address: Optional[int]
    count: int
    stride: int
    owner: Any


def _fault(field: str, row: int, message: str) -> InvalidInputError:
    place = f"{field}[{row}]" if row >= 0 else field
    return InvalidInputError(f"{place}: {message}", _abi.INVALID_ARGUMENT, field, row)


def _is_array(values: Any) -> bool:
    return numpy is not None and isinstance(values, numpy.ndarray)


def _from_sequence(values: Any, ctype: Any, field: str) -> Column:
    """Each value checked on its own, so that an error can name its row."""
    try:
        items = list(values)
    except TypeError:
        raise _fault(field, -1, "is not a sequence") from None
    array = (ctype * len(items))()
    for row, item in enumerate(items):
        try:
            array[row] = item
            exact = ctype is ctypes.c_double or array[row] == item
        except TypeError:
            raise _fault(field, row, f"{item!r} is not a number") from None
        if not exact:
            raise _fault(field, row, f"{item!r} does not fit {ctype.__name__}")
    return Column(ctypes.addressof(array) if items else None, len(items), ctypes.sizeof(ctype), array)


def column(values: Any, ctype: Any, field: str, contiguous: bool = True) -> Column:
    """`values` as a column of `ctype`. A one-dimensional numpy array of that type is taken as it is."""
    if not _is_array(values):
        return _from_sequence(values, ctype, field)
    if values.ndim != 1:
        raise _fault(field, -1, f"has shape {values.shape}, expected one dimension")
    dtype = numpy.dtype(_LETTERS[ctype])
    if values.dtype != dtype:
        if values.dtype.kind not in ("iu" if ctype is not ctypes.c_double else "iuf"):
            raise _fault(field, -1, f"has type {values.dtype}, expected {dtype}")
        converted = values.astype(dtype)
        if ctype is not ctypes.c_double and not (converted == values).all():
            row = int((converted != values).argmax())
            raise _fault(field, row, f"{values[row]} does not fit {dtype}")
        values = converted
    if (contiguous and not values.flags.c_contiguous) or values.strides[0] < values.itemsize:
        values = numpy.ascontiguousarray(values)
    return Column(values.ctypes.data if values.size else None, len(values), values.strides[0], values)


def points(positions: Any, field: str) -> tuple[_abi.lianhu_points, Any]:
    """n x 2 positions and what keeps them alive. A numpy array of doubles, of any strides, is taken as it is."""
    if not _is_array(positions):
        try:
            pairs = [(x, y) for x, y in positions]
        except (TypeError, ValueError):
            raise _fault(field, -1, "expected a sequence of (x, y) pairs") from None
        flat = [coordinate for pair in pairs for coordinate in pair]
        try:
            flattened = _from_sequence(flat, ctypes.c_double, field)
        except InvalidInputError as error:
            raise _fault(field, error.row // 2, str(error).partition(": ")[2]) from None
        return _points(flattened.address, flattened.address and flattened.address + 8, len(pairs), 16), flattened.owner
    if positions.ndim != 2 or positions.shape[1] != 2:
        if positions.size:
            raise _fault(field, -1, f"has shape {positions.shape}, expected (n, 2)")
        return _points(None, None, 0, 16), positions
    if positions.dtype.kind not in "iuf":
        raise _fault(field, -1, f"has type {positions.dtype}, expected float64")
    array = positions.astype(numpy.float64, copy=False)
    if len(array) == 0:
        return _points(None, None, 0, 16), array
    if array.strides[0] < 8:
        array = numpy.ascontiguousarray(array)
    address = array.ctypes.data
    return _points(address, address + array.strides[1], len(array), array.strides[0]), array


def pairs(values: Any, field: str) -> tuple[_abi.lianhu_pairs, Any]:
    """k x 2 indices and what keeps them alive. A numpy array of 32-bit integers, of any strides, is taken as it is."""
    if not _is_array(values):
        try:
            rows = [(household, steward) for household, steward in values]
        except (TypeError, ValueError):
            raise _fault(field, -1, "expected a sequence of (household, steward) pairs") from None
        try:
            flat = _from_sequence([index for row in rows for index in row], ctypes.c_int32, field)
        except InvalidInputError as error:
            raise _fault(field, error.row // 2, str(error).partition(": ")[2]) from None
        return _abi.lianhu_pairs(flat.address, flat.address and flat.address + 4, len(rows), 8), flat.owner
    if values.size == 0:
        return _abi.lianhu_pairs(None, None, 0, 8), values
    if values.ndim != 2 or values.shape[1] != 2:
        raise _fault(field, -1, f"has shape {values.shape}, expected (k, 2)")
    if values.dtype.kind not in "iu":
        raise _fault(field, -1, f"has type {values.dtype}, expected int32")
    array = values.astype(numpy.int32, copy=False)
    if array is not values and not (array == values).all():
        row = int((array != values).any(axis=1).argmax())
        raise _fault(field, row, f"{values[row]} does not fit int32")
    if array.strides[0] < 4:
        array = numpy.ascontiguousarray(array)
    address = array.ctypes.data
    return _abi.lianhu_pairs(address, address + array.strides[1], len(array), array.strides[0]), array


def _points(x: Optional[int], y: Optional[int], count: int, stride: int) -> _abi.lianhu_points:
    return _abi.lianhu_points(x, y, count, stride)


def view(address: Optional[int], ctype: Any, count: int, owner: Any) -> Any:
    """`count` values at `address`, read-only, that keep `owner` alive."""
    array = (ctype * count).from_address(address) if address and count else (ctype * 0)()
    array.owner = owner
    if numpy is not None:
        result = numpy.frombuffer(array, dtype=_LETTERS[ctype]) if count else numpy.empty(0, _LETTERS[ctype])
        result.flags.writeable = False
        return result
    return memoryview(array).cast("B").cast(_LETTERS[ctype]).toreadonly()


def output(ctype: Any, count: int) -> tuple[Any, Optional[int]]:
    """A new array for the library to write to, and its address."""
    if numpy is not None:
        array = numpy.empty(count, _LETTERS[ctype])
        return array, array.ctypes.data if count else None
    buffer = (ctype * count)()
    return memoryview(buffer).cast("B").cast(_LETTERS[ctype]), ctypes.addressof(buffer) if count else None
