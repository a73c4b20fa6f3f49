"""Scores by a checklist, with their explanation and their sensitivity, and a fund divided."""

from __future__ import annotations

import csv
import ctypes
import io
import json
import operator
import os
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Callable, Mapping, Optional, Sequence, Union

from . import _abi
from ._arrays import column, output, view
from ._library import Context, Handle, call, create, new
from .errors import InvalidInputError, LianhuError
from .hierarchy import Hierarchy

_LANGUAGES = {"en": _abi.ENGLISH, "zh": _abi.CHINESE}
_METHODS = {
    "largest-remainder": _abi.LARGEST_REMAINDER,
    "adams": _abi.ADAMS,
    "huntington-hill": _abi.HUNTINGTON_HILL,
    "sainte-lague": _abi.SAINTE_LAGUE,
    "dhondt": _abi.DHONDT,
}

Path = Union[str, "os.PathLike[str]"]
Progress = Callable[[float], Optional[bool]]
Facts = Any  # a sequence of mappings from fact to count, or a two-dimensional array


def _text(name: str, *arguments: Any) -> str:
    """Asks a function for a text: first for its size, then for the text."""
    size = ctypes.c_int64()
    call(name, *arguments, None, 0, ctypes.byref(size))
    text = ctypes.create_string_buffer(size.value)
    call(name, *arguments, text, size.value, ctypes.byref(size))
    return text.value.decode()


# Columns of what facts are counted from.
_EVENT_COLUMNS = {
    "visit_households": ctypes.c_int32,
    "visit_times": ctypes.c_int64,
    "visit_kinds": ctypes.c_int32,
    "hardship_households": ctypes.c_int32,
    "hardship_contacts": ctypes.c_int32,
    "sample_households": ctypes.c_int32,
    "sample_knows": ctypes.c_int32,
    "case_stewards": ctypes.c_int32,
    "case_kinds": ctypes.c_int32,
    "case_modes": ctypes.c_int32,
    "case_registered": ctypes.c_int64,
    "case_answered": ctypes.c_int64,
    "case_breaches": ctypes.c_int32,
    "case_resolved": ctypes.c_int32,
    "case_satisfied": ctypes.c_int32,
    "case_shortest_stand": ctypes.c_int64,
}


class VisitKind(IntEnum):
    """What a visit was for; every one is a contact."""

    CONTACT = _abi.VISIT_CONTACT
    VERIFY = _abi.VISIT_VERIFY
    LIVELIHOOD = _abi.VISIT_LIVELIHOOD


class CountedKind(IntEnum):
    """What a case counts as."""

    REQUEST = _abi.COUNTED_REQUEST
    DISPUTE = _abi.COUNTED_DISPUTE
    OTHER = _abi.COUNTED_OTHER


class ScoreStatus(IntEnum):
    """Whether enough was due to rate a steward."""

    RATED = _abi.RATED
    NOT_RATED = _abi.NOT_RATED


@dataclass(frozen=True)
class UnitScores:
    """Columns by unit of the hierarchy, each with all units below it. mean: thousandths, weighted by the households of
    the rated, -1 without weight; rank: among the units of the same level, 0 without a mean."""

    stewards: Any
    rated: Any
    households: Any
    mean: Any
    rank: Any


@dataclass(frozen=True)
class Strata:
    """Columns by steward: difficulty in millionths, stratum (0 is the easiest), rank in the stratum, adjustment in
    thousandths, adjusted total and its rank; the raw total is that of the scores. stratum and adjusted are -1, ranks 0
    for one who is not rated. stratum_mean: by stratum, -1 for an empty one."""

    difficulty: Any
    stratum: Any
    stratum_rank: Any
    adjustment: Any
    adjusted: Any
    adjusted_rank: Any
    stratum_mean: Any


def _of_length(values: Any, kind: Any, field: str, count: int) -> Any:
    given = column(values, kind, field)
    if given.count != count:
        message = f"{field}: has {given.count} entries, expected {count}"
        raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
    return given


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

    def roll_up(self, hierarchy: Hierarchy, units: Sequence[int], households: Optional[Sequence[int]] = None) -> UnitScores:
        """Means by unit weighted by linked households (default: 1 each). `units`: each steward's unit, -1: nobody's, he
        is left out. Raises InvalidInputError with field and row."""
        n = len(self.total)
        where = _of_length(units, ctypes.c_int32, "units", n)
        weights = None if households is None else _of_length(households, ctypes.c_int64, "households", n)
        kinds = [ctypes.c_int64] * 4 + [ctypes.c_int32]
        columns = [output(kind, len(hierarchy)) for kind in kinds]
        call(
            "lianhu_scores_roll_up",
            self._handle.pointer,
            hierarchy._handle.pointer,
            where.address,
            None if weights is None else weights.address,
            n,
            *[address for _, address in columns],
        )
        return UnitScores(*[array for array, _ in columns])

    def stratify(
        self,
        dispersion_cm: Sequence[int],
        households: Sequence[int],
        hardship: Sequence[int],
        *,
        strata: int = 3,
        cap: int = 5000,
    ) -> Strata:
        """Ranks among those whose work is as hard, and an adjusted total beside the raw one. By steward: the mean distance
        of his households in centimetres, how many they are, how many of them are in hardship. `cap`: the most an
        adjustment may be, in thousandths. Raises InvalidInputError with field and row."""
        n = len(self.total)
        asked = new(_abi.lianhu_strata)
        asked.strata, asked.cap, asked.count = strata, cap, n
        given = {"dispersion_cm": dispersion_cm, "households": households, "hardship": hardship}
        kept = {field: _of_length(values, ctypes.c_int64, field, n) for field, values in given.items()}
        for field, one in kept.items():
            setattr(asked, field, one.address)
        kinds = {"difficulty": 8, "stratum": 4, "stratum_rank": 4, "adjustment": 8, "adjusted": 8, "adjusted_rank": 4}
        columns = {}
        for field, size in kinds.items():
            columns[field], address = output(ctypes.c_int64 if size == 8 else ctypes.c_int32, n)
            setattr(asked, f"out_{field}", address)
        columns["stratum_mean"], asked.out_stratum_mean = output(ctypes.c_int64, max(0, min(strata, 100)))
        call("lianhu_scores_stratify", self._handle.pointer, ctypes.byref(asked))
        return Strata(**columns)


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
        known = set(self.facts)
        for row, one in enumerate(facts):
            for name in one:
                if name not in known:
                    raise InvalidInputError(f"{name}[{row}]: is no fact of the checklist", _abi.INVALID_ARGUMENT, name, row)
            for name in self.facts:
                if name not in one and name not in self._optional:
                    raise InvalidInputError(f"{name}[{row}]: is missing", _abi.INVALID_ARGUMENT, name, row)
                value = one.get(name, 0)
                if isinstance(value, float) and value.is_integer():
                    value = int(value)
                try:
                    flat.append(operator.index(value))
                except TypeError:
                    message = f"{name}[{row}]: {value!r} is not a whole number"
                    raise InvalidInputError(message, _abi.INVALID_ARGUMENT, name, row) from None
        return column(flat, ctypes.c_int64, "facts"), len(facts)

    def derive_facts(
        self,
        plan: Path,
        start: int,
        end: int,
        *,
        visits: Optional[Path] = None,
        hardship: Optional[Path] = None,
        sample: Optional[Path] = None,
        cases: Optional[Path] = None,
        counts: Optional[Path] = None,
        posts: Optional[Path] = None,
        earlier_plan: Optional[Path] = None,
        period: str = "",
    ) -> dict[str, dict[str, int]]:
        """Facts of each steward, ready for score(), from what is kept anyway: CSV files of the plan, visits, hardship, a
        filled-in sample, a docket's cases and counts kept elsewhere (docs/algorithms/scoring.md has the rules), in the
        period from `start` (included) to `end` (excluded), UTC seconds. Visits are by the household's steward; with
        `posts` by his stand-in too, with `earlier_plan` by who served it there. Faults name file, row, column and
        value."""
        sources = new(_abi.lianhu_fact_sources)
        setattr(sources, "from", start)
        sources.to = end
        given = {
            "plan": plan,
            "visits": visits,
            "hardship": hardship,
            "sample": sample,
            "cases": cases,
            "counts": counts,
            "posts": posts,
            "earlier_plan": earlier_plan,
        }
        for field, path in given.items():
            setattr(sources, field, None if path is None else os.fsencode(path))
        sources.period = period.encode()
        text = _text("lianhu_facts_derive", self._handle.pointer, ctypes.byref(sources))
        rows = csv.DictReader(io.StringIO(text))
        return {row["steward"]: {name: int(row[name] or 0) for name in self.facts if name in row} for row in rows}

    def count_facts(
        self,
        stewards: int,
        steward_of: Sequence[int],
        start: int,
        end: int,
        *,
        visits: Optional[Mapping[str, Any]] = None,
        hardship: Optional[Mapping[str, Any]] = None,
        sample: Optional[Mapping[str, Any]] = None,
        cases: Optional[Mapping[str, Any]] = None,
    ) -> list[dict[str, int]]:
        """The same rules on columns: the facts of each steward, ready for score(); what no rule counts is 0.

        `steward_of`: by household, an index or -1. visits: households, times, and kinds (VisitKind) if not all are
        contacts. hardship: households and contacts (due). sample: households and knows (0 or 1). cases: stewards (-1: an
        office above), registered, answered (-1: not yet), resolved, satisfied (0, 1 or -1), and, where there are any,
        kinds (CountedKind), modes (Mode), breaches, shortest_stand: the columns of Docket.cases().

        Raises InvalidInputError with field and row.
        """
        events = new(_abi.lianhu_fact_events)
        setattr(events, "from", start)
        events.to = end
        events.steward_count = stewards
        links = column(steward_of, ctypes.c_int32, "steward_of")
        events.household_count = links.count
        events.steward_of = links.address
        kept: list[tuple[str, Any]] = []
        given = {"visit": visits, "hardship": hardship, "sample": sample, "case": cases}
        for prefix, columns in given.items():
            for name, values in (columns or {}).items():
                field = f"{prefix}_{name}"
                if field not in _EVENT_COLUMNS:
                    raise InvalidInputError(f"{field}: no such column", _abi.INVALID_ARGUMENT, field, -1)
                one = column(values, _EVENT_COLUMNS[field], field)
                if kept and kept[-1][0] == prefix and kept[-1][1].count != one.count:
                    message = f"{field}: has {one.count} entries, expected {kept[-1][1].count}"
                    raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
                kept.append((prefix, one))
                setattr(events, field, one.address)
                setattr(events, f"{prefix}_count", one.count)
        width = len(self.facts)
        values = (ctypes.c_int64 * (stewards * width))()
        call("lianhu_facts_count", self._handle.pointer, ctypes.byref(events), values)
        return [dict(zip(self.facts, values[s * width : (s + 1) * width])) for s in range(stewards)]

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
        boxes: int = -1,
        steward: Optional[int] = None,
        seed: int = 0,
        threads: int = 0,
        progress: Optional[Progress] = None,
    ) -> Sensitivity:
        """The interval of ranks of every steward under weights within the range, and the smallest swaps.

        boxes: of weights searched for each end of an interval, 0 to 10,000,000; -1: by the number of stewards. steward:
        whose interval is searched further, in most cases until it is exact. seed: of the random weights beside the proof.
        """
        table, count = self._table(facts)
        options = new(_abi.lianhu_sensitivity_options)
        options.range_millionths = range_millionths
        options.samples = samples
        options.boxes = boxes
        options.steward = _abi.NONE if steward is None else steward
        context = Context(threads, progress, seed)
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


def _fits_64_bits(amount: int, *columns: Any) -> bool:
    """Arrays do; anything that is not an integer is left to the checks of column()."""
    listed = [value for values in columns if isinstance(values, (list, tuple)) for value in values]
    return all(not isinstance(value, int) or abs(value) < 1 << 63 for value in [amount, *listed])


def _words(values: Any, field: str, count: int) -> Any:
    """Two words of 64 bits each, the low one first."""
    numbers = list(values)
    if len(numbers) != count:
        message = f"{field}: has {len(numbers)} entries, expected {count}"
        raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
    words = (ctypes.c_uint64 * (2 * count))()
    for row, number in enumerate(numbers):
        if int(number) != number or abs(number) >= 1 << 127:
            place = f"{field}[{row}]" if field != "amount" else field
            message = f"{place}: {number!r} is not a whole number below 2 ** 127"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, row if field != "amount" else -1)
        words[2 * row], words[2 * row + 1] = int(number) & (1 << 64) - 1, int(number) >> 64 & (1 << 64) - 1
    return words


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
    sainte-lague or dhondt. Of equal claims the one with the smallest tie_order (default: index) is served first. Amounts
    and weights and their sum may be anything below 2 ** 127.

    Raises InvalidInputError with field and row, CannotDivideError when floors and ceilings leave no division.
    """
    if method not in _METHODS:
        raise InvalidInputError(
            f"method: {method!r}, need one of {', '.join(_METHODS)}", _abi.INVALID_ARGUMENT, "method", -1
        )
    n = len(weights)
    order = None if tie_order is None else _of_length(tie_order, ctypes.c_int32, "tie_order", n)
    columns = {"weights": weights, "floors": floors, "ceilings": ceilings}
    wide = not _fits_64_bits(amount, *columns.values())
    if not wide:
        given = {f: None if v is None else _of_length(v, ctypes.c_int64, f, n) for f, v in columns.items()}
        problem = new(_abi.lianhu_apportionment)
        problem.method, problem.amount, problem.count = _METHODS[method], amount, n
        for field, one in given.items():
            setattr(problem, field, None if one is None else one.address)
        problem.tie_order = None if order is None else order.address
        name = "lianhu_apportionment_divide"
        arguments: tuple[Any, ...] = (ctypes.byref(problem),)
        shares: Any = (ctypes.c_int64 * n)()
    else:
        words = [None if v is None else _words(v, f, n) for f, v in columns.items()]
        name = "lianhu_apportionment_divide_wide"
        arguments = (_METHODS[method], _words([amount], "amount", 1), n, *words, None if order is None else order.address)
        shares = (ctypes.c_uint64 * (2 * n))()
    outcome = ctypes.c_int32()
    tied = (ctypes.c_int32 * n)()
    tied_count = ctypes.c_int64()
    call(name, *arguments, shares, ctypes.byref(outcome), tied, ctypes.byref(tied_count))
    if outcome.value == _abi.FLOORS_EXCEED_AMOUNT:
        raise CannotDivideError("the floors exceed the amount")
    if outcome.value == _abi.CEILINGS_BELOW_AMOUNT:
        raise CannotDivideError("the ceilings of all who have a claim fall short of the amount")
    whole = [low | high << 64 for low, high in zip(shares[::2], shares[1::2])] if wide else list(shares)
    return Apportionment(whole, list(tied[: tied_count.value]))


def sample_households(
    steward_of: Sequence[int],
    stewards: Sequence[str],
    *,
    per_steward: int = 5,
    seed: int = 0,
    strata: Optional[Sequence[int]] = None,
) -> list[int]:
    """Households to ask, by steward and then in the order of the draws: `per_steward` of each, all where there are fewer,
    divided among his strata by largest remainder. `steward_of`: by household, an index into `stewards` (ids) or -1.

    A draw depends on the seed and the steward's id alone, so that anyone can repeat it; it is that of `lianhu sample`
    when households are in the order of their ids. Raises InvalidInputError with field and row.
    """
    links = column(steward_of, ctypes.c_int32, "steward_of")
    groups = None if strata is None else _of_length(strata, ctypes.c_int32, "strata", links.count)
    streams = (ctypes.c_uint64 * len(stewards))()
    for row, steward in enumerate(stewards):
        stream = ctypes.c_uint64()
        call("lianhu_sample_stream", steward.encode(), ctypes.byref(stream))
        streams[row] = stream
    drawn, address = output(ctypes.c_int32, links.count)
    count = ctypes.c_int64()
    call(
        "lianhu_sample_households",
        links.address,
        None if groups is None else groups.address,
        links.count,
        streams,
        len(stewards),
        per_steward,
        seed,
        address,
        links.count,
        ctypes.byref(count),
    )
    return [int(household) for household in drawn[: count.value]]
