"""Scores by a checklist, with their explanation and their sensitivity, and a fund divided."""

from __future__ import annotations

import ctypes
import json
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Callable, Mapping, Optional, Sequence

from . import _abi
from ._arrays import column, view
from ._library import Context, Handle, call, create, new
from .errors import InvalidInputError, LianhuError

_LANGUAGES = {"en": _abi.ENGLISH, "zh": _abi.CHINESE}
_METHODS = {
    "largest-remainder": _abi.LARGEST_REMAINDER,
    "adams": _abi.ADAMS,
    "huntington-hill": _abi.HUNTINGTON_HILL,
    "sainte-lague": _abi.SAINTE_LAGUE,
    "dhondt": _abi.DHONDT,
}

Progress = Callable[[float], Optional[bool]]
Facts = Any  # a sequence of mappings from fact to count, or a two-dimensional array


def _text(name: str, *arguments: Any) -> str:
    """Asks a function for a text: first for its size, then for the text."""
    size = ctypes.c_int64()
    call(name, *arguments, None, 0, ctypes.byref(size))
    text = ctypes.create_string_buffer(size.value)
    call(name, *arguments, text, size.value, ctypes.byref(size))
    return text.value.decode()


class ScoreStatus(IntEnum):
    """Whether enough was due to rate a steward."""

    RATED = _abi.RATED
    NOT_RATED = _abi.NOT_RATED


class Scores:
    """Read-only columns by steward, points in thousandths; -1 is not applicable or not rated, rank 0 not rated.

    points and group_points are flat: points[steward * len(indicators) + indicator].
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        seen = new(_abi.lianhu_scores_view)
        call("lianhu_scores_get", handle.pointer, ctypes.byref(seen))
        if seen.cancelled:
            raise LianhuError("cancelled", _abi.OK)
        n = seen.steward_count
        self.points = view(seen.points, ctypes.c_int64, n * seen.indicator_count, handle)
        self.group_points = view(seen.group_points, ctypes.c_int64, n * seen.group_count, handle)
        self.bonus = view(seen.bonus, ctypes.c_int64, n, handle)
        self.deduction = view(seen.deduction, ctypes.c_int64, n, handle)
        self.total = view(seen.total, ctypes.c_int64, n, handle)
        self.grade = view(seen.grade, ctypes.c_int32, n, handle)  # index among Checklist.grades; -1: not rated
        self.veto = view(seen.veto, ctypes.c_int32, n, handle)  # index of the veto that capped the grade; -1: none
        self.status = view(seen.status, ctypes.c_int32, n, handle)  # ScoreStatus
        self.rank = view(seen.rank, ctypes.c_int32, n, handle)


class Sensitivity:
    """How much the ranking hangs on the weights: read-only columns by steward, then by indicator.

    best_rank..worst_rank holds for all weights within the range (proved); attained_best..attained_worst was reached by
    weights that were found; sampled_best..sampled_worst by random ones. swap_with is the steward whose total takes the
    least change of weights to equal (-1: none does), swap_change that change in millionths of each weight.
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        seen = new(_abi.lianhu_sensitivity_view)
        call("lianhu_sensitivity_get", handle.pointer, ctypes.byref(seen))
        if seen.cancelled:
            raise LianhuError("cancelled", _abi.OK)

        def stewards(address: Any, kind: Any = ctypes.c_int32) -> Any:
            return view(address, kind, seen.steward_count, handle)

        self.rank = stewards(seen.rank)
        self.best_rank = stewards(seen.best_rank)
        self.worst_rank = stewards(seen.worst_rank)
        self.attained_best = stewards(seen.attained_best)
        self.attained_worst = stewards(seen.attained_worst)
        self.sampled_best = stewards(seen.sampled_best)
        self.sampled_worst = stewards(seen.sampled_worst)
        self.swap_with = stewards(seen.swap_with)
        self.swap_change = stewards(seen.swap_change, ctypes.c_int64)
        self.swap_indicator = stewards(seen.swap_indicator)
        self.swap_indicator_change = stewards(seen.swap_indicator_change, ctypes.c_int64)
        k = seen.indicator_count
        self.mean_shift = view(seen.mean_shift, ctypes.c_int64, k, handle)
        self.greatest_shift = view(seen.greatest_shift, ctypes.c_int32, k, handle)
        self.correlation = view(seen.correlation, ctypes.c_int64, k, handle)


class Checklist:
    """What is scored, as data: groups, indicators, weights, formulas over counted facts, grades.

    Checklist.founding() is the default of 12 indicators; Checklist.parse(text) reads JSON. `facts`, `indicators` and
    `grades` are the names in order.
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self.data: dict[str, Any] = json.loads(self.format())
        self.facts: list[str] = [fact["name"] for fact in self.data["facts"]]
        self.indicators: list[str] = [i["id"] for group in self.data["groups"] for i in group["indicators"]]
        self.grades: list[str] = [band["grade"] for band in self.data["bands"]]
        self._optional = {fact["name"] for fact in self.data["facts"] if fact.get("optional")}

    @classmethod
    def founding(cls) -> Checklist:
        """The default: 3 to know, 4 to reach, 5 roles; 100 points."""
        return cls(create("lianhu_checklist_founding", "lianhu_checklist_free"))

    @classmethod
    def parse(cls, text: str) -> Checklist:
        """From JSON; InvalidInputError names the field at fault."""
        encoded = text.encode()
        return cls(create("lianhu_checklist_parse", "lianhu_checklist_free", encoded, len(encoded)))

    def format(self) -> str:
        """As JSON, which parse() reads back."""
        return _text("lianhu_checklist_format", self._handle.pointer)

    def _table(self, facts: Facts) -> tuple[Any, int]:
        """Rows as mappings from fact to count, or a two-dimensional array in the order of self.facts."""
        width = len(self.facts)
        if hasattr(facts, "ndim"):
            if facts.ndim != 2 or facts.shape[1] != width:
                raise InvalidInputError(
                    f"facts: has shape {facts.shape}, expected (n, {width})", _abi.INVALID_ARGUMENT, "facts", -1
                )
            return column(facts.reshape(-1), ctypes.c_int64, "facts"), facts.shape[0]
        flat: list[Any] = []
        for row, one in enumerate(facts):
            for name in self.facts:
                if name not in one and name not in self._optional:
                    raise InvalidInputError(f"{name}[{row}]: is missing", _abi.INVALID_ARGUMENT, name, row)
                flat.append(one.get(name, 0))
        return column(flat, ctypes.c_int64, "facts"), len(facts)

    def score(self, facts: Facts, *, threads: int = 0, progress: Optional[Progress] = None) -> Scores:
        """Scores stewards. `facts`: a mapping from fact to count for each (optional facts may be left out), or an
        (n, len(self.facts)) array. Raises InvalidInputError with the fact as field and the steward as row."""
        table, count = self._table(facts)
        context = Context(threads, progress)
        made: list[Handle] = []
        context.run(
            lambda: made.append(
                create(
                    "lianhu_checklist_score",
                    "lianhu_scores_free",
                    self._handle.pointer,
                    table.address,
                    count,
                    context.pointer,
                )
            )
        )
        return Scores(made[0])

    def _explain(self, facts: Mapping[str, int], steward: str, form: int) -> str:
        table, _ = self._table([facts])
        return _text(
            "lianhu_checklist_explain", self._handle.pointer, table.address, table.count, steward.encode(), form
        )

    def explain(self, facts: Mapping[str, int], steward: str = "", language: str = "en") -> str:
        """The derivation for one steward in English ("en") or Chinese ("zh"), and what one more point would take."""
        if language not in _LANGUAGES:
            raise InvalidInputError(
                f"language: {language!r}, need one of en, zh", _abi.INVALID_ARGUMENT, "language", -1
            )
        return self._explain(facts, steward, _LANGUAGES[language])

    def explain_data(self, facts: Mapping[str, int], steward: str = "") -> dict[str, Any]:
        """The same as data; points are decimal text."""
        found: dict[str, Any] = json.loads(self._explain(facts, steward, _abi.JSON))
        return found

    def sensitivity(
        self,
        facts: Facts,
        *,
        range_millionths: int = 200_000,
        samples: int = 1000,
        threads: int = 0,
        progress: Optional[Progress] = None,
    ) -> Sensitivity:
        """The interval of ranks of every steward under weights within the range, and the smallest swaps."""
        table, count = self._table(facts)
        options = new(_abi.lianhu_sensitivity_options)
        options.range_millionths = range_millionths
        options.samples = samples
        context = Context(threads, progress)
        made: list[Handle] = []
        context.run(
            lambda: made.append(
                create(
                    "lianhu_sensitivity_analyse",
                    "lianhu_sensitivity_free",
                    self._handle.pointer,
                    table.address,
                    count,
                    ctypes.byref(options),
                    context.pointer,
                )
            )
        )
        return Sensitivity(made[0])


@dataclass(frozen=True)
class Apportionment:
    """Whole shares that sum to the amount; `tied`: who had the same claim on the last unit, empty when nobody."""

    shares: list[int]
    tied: list[int]


class CannotDivideError(ValueError):
    """The floors exceed the amount, or the ceilings of all who have a claim fall short of it."""


def divide(
    amount: int,
    weights: Sequence[int],
    *,
    method: str = "largest-remainder",
    floors: Optional[Sequence[int]] = None,
    ceilings: Optional[Sequence[int]] = None,
    tie_order: Optional[Sequence[int]] = None,
) -> Apportionment:
    """Divides whole fen (or seats) in proportion to weights, exactly: largest-remainder, adams, huntington-hill,
    sainte-lague or dhondt. Of equal claims the one with the smallest tie_order (default: index) is served first.

    Raises InvalidInputError with field and row, CannotDivideError when floors and ceilings leave no division.
    """
    if method not in _METHODS:
        raise InvalidInputError(
            f"method: {method!r}, need one of {', '.join(_METHODS)}", _abi.INVALID_ARGUMENT, "method", -1
        )
    given = column(weights, ctypes.c_int64, "weights")
    n = given.count
    bounds = []
    for field, values, kind in (
        ("floors", floors, ctypes.c_int64),
        ("ceilings", ceilings, ctypes.c_int64),
        ("tie_order", tie_order, ctypes.c_int32),
    ):
        bound = None if values is None else column(values, kind, field)
        if bound is not None and bound.count != n:
            raise InvalidInputError(
                f"{field}: has {bound.count} entries, expected {n}", _abi.INVALID_ARGUMENT, field, -1
            )
        bounds.append(bound)
    problem = new(_abi.lianhu_apportionment)
    problem.method = _METHODS[method]
    problem.amount = amount
    problem.count = n
    problem.weights = given.address
    problem.floors, problem.ceilings, problem.tie_order = (None if b is None else b.address for b in bounds)
    shares = (ctypes.c_int64 * n)()
    tied = (ctypes.c_int32 * n)()
    outcome = ctypes.c_int32()
    tied_count = ctypes.c_int64()
    call(
        "lianhu_apportionment_divide",
        ctypes.byref(problem),
        shares,
        ctypes.byref(outcome),
        tied,
        ctypes.byref(tied_count),
    )
    if outcome.value == _abi.FLOORS_EXCEED_AMOUNT:
        raise CannotDivideError("the floors exceed the amount")
    if outcome.value == _abi.CEILINGS_BELOW_AMOUNT:
        raise CannotDivideError("the ceilings of all who have a claim fall short of the amount")
    return Apportionment(list(shares), list(tied[: tied_count.value]))
