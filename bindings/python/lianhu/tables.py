"""Decision tables by the DMN standard: loaded, checked, and deciding columns of cases."""

from __future__ import annotations

import ctypes
import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Mapping, Optional, Sequence

from . import _abi
from ._arrays import column, output
from ._library import call, create
from .errors import InvalidInputError

_LANGUAGES = {"en": _abi.ENGLISH, "zh": _abi.CHINESE}


class TableOutcome(IntEnum):
    """What came of one case: exactly one of three."""

    RESULT = _abi.TABLE_RESULT
    NO_MATCH = _abi.TABLE_NO_MATCH
    VIOLATION = _abi.TABLE_VIOLATION


@dataclass(frozen=True)
class TableDecisions:
    """Columns, one entry a case: a TableOutcome; the index in Table.rules of the rule that decides, or -1; how many match."""

    outcomes: Any
    rules: Any
    matches: Any


class Table:
    """A table from a .dmn, .xml or .csv file, for one decision (by default the only one that no other requires).

    Raises InvalidInputError where the file is faulty, LianhuError where it is not there.
    """

    def __init__(self, path: str, decision: Optional[str] = None) -> None:
        name = None if decision is None else decision.encode()
        self._handle = create("lianhu_table_load", "lianhu_table_free", str(path).encode(), name)
        described = json.loads(self._text("lianhu_table_describe"))
        self.name: str = described["name"]
        self.hit_policy: str = described["hit_policy"]
        self.inputs: dict[str, str] = {entry["name"]: entry["type"] for entry in described["inputs"]}
        self.outputs: list[str] = [entry["name"] for entry in described["outputs"]]
        self.rules: list[str] = [rule["id"] for rule in described["rules"]]
        self.rule_outputs: list[dict[str, str]] = [rule["outputs"] for rule in described["rules"]]  # FEEL

    def _text(self, name: str, *arguments: Any) -> str:
        size = ctypes.c_int64()
        call(name, self._handle.pointer, *arguments, None, 0, ctypes.byref(size))
        text = ctypes.create_string_buffer(size.value)
        call(name, self._handle.pointer, *arguments, text, size.value, ctypes.byref(size))
        return text.value.decode()

    def check(self, language: str = "en") -> list[str]:
        """Gaps, overlaps and rules too many, a sentence each; empty when the table is clean."""
        return self._text("lianhu_table_check", _LANGUAGES[language]).splitlines()

    def code(self, name: str, value: str) -> int:
        """The number that stands for a string in a column of codes."""
        found = ctypes.c_int32()
        index = list(self.inputs).index(name)
        call("lianhu_table_code", self._handle.pointer, index, value.encode(), ctypes.byref(found))
        return found.value

    def decide(self, columns: Mapping[str, Sequence[Any]]) -> TableDecisions:
        """Decides many cases at once; `columns` has a sequence or numpy array for every input, all of one length.

        Numbers are doubles or int64 (a numpy array of that type is not copied), dates days since 1970-01-01, booleans
        bools or 0 and 1, strings a sequence of str or None, or an int32 array of codes. Raises InvalidInputError with the
        field "columns[i]" and the row for a value of another type or outside the allowed ones.
        """
        array = (_abi.lianhu_table_column * len(self.inputs))()
        keep: list[Any] = []
        count: Optional[int] = None
        for i, (name, kind) in enumerate(self.inputs.items()):
            if name not in columns:
                raise InvalidInputError(f"columns: input '{name}' is missing", _abi.INVALID_ARGUMENT, "columns", -1)
            values: Any = columns[name]
            field = f"columns[{i}]"
            if kind in ("string", "Any", "boolean"):
                if kind != "boolean" and not hasattr(values, "dtype"):
                    codes: dict[Any, int] = {None: -1}
                    values = [codes[v] if v in codes else codes.setdefault(v, self.code(name, v)) for v in values]
                elif not hasattr(values, "dtype"):
                    values = [-1 if v is None else int(v) for v in values]
                elif values.dtype.kind == "b":
                    values = values.astype("i4")
                part = column(values, ctypes.c_int32, field)
                array[i].codes = part.address
            elif hasattr(values, "dtype") and values.dtype.kind in "iu" or kind == "date":
                part = column(values, ctypes.c_int64, field)
                array[i].integers = part.address
            else:
                part = column(values, ctypes.c_double, field)
                array[i].numbers = part.address
            if count is not None and part.count != count:
                message = f"{field}: has {part.count} rows, not {count}"
                raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
            count = part.count
            keep.append(part)
        rows = count or 0
        outcomes, out_outcomes = output(ctypes.c_int32, rows)
        rules, out_rules = output(ctypes.c_int32, rows)
        matches, out_matches = output(ctypes.c_int32, rows)
        call("lianhu_table_decide", self._handle.pointer, array, len(array), rows, out_outcomes, out_rules, out_matches)
        return TableDecisions(outcomes, rules, matches)
