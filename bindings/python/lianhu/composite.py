"""Composite indices: from raw columns to one index, step by step."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any, Optional, Sequence

from . import _abi
from ._arrays import column, output
from ._library import call, new
from .errors import InvalidInputError

_CHOICES = {
    "imputation": {
        "none": _abi.IMPUTE_NONE,
        "mean": _abi.IMPUTE_MEAN,
        "median": _abi.IMPUTE_MEDIAN,
        "group-mean": _abi.IMPUTE_GROUP_MEAN,
        "group-median": _abi.IMPUTE_GROUP_MEDIAN,
    },
    "normalisation": {
        "min-max": _abi.MIN_MAX,
        "goalposts": _abi.GOALPOSTS,
        "rank": _abi.RANK,
        "z-score": _abi.Z_SCORE,
    },
    "aggregation": {
        "arithmetic": _abi.ARITHMETIC,
        "geometric": _abi.GEOMETRIC,
        "harmonic": _abi.HARMONIC,
    },
}


@dataclass(frozen=True)
class CompositeIndicator:
    """A column: `parent` and `denominator` are indices (of an aggregate, of a column of denominators); `low` and `high`
    are its goalposts."""

    parent: int = 0
    weight: float = 1.0
    lower_is_better: bool = False
    denominator: int = -1
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True)
class CompositeAggregate:
    """`parent` is an aggregate that comes later, -1 for the index itself."""

    parent: int = -1
    weight: float = 1.0


@dataclass(frozen=True)
class Composite:
    """Every step, flat by unit: treated[unit * len(indicators) + indicator], ranks[unit * len(aggregates) + aggregate].

    Missing values are NaN. treated_points: by indicator, how many values were winsorised, -1: transformed. Rank 1 is
    the greatest, ties share the better, 0 is missing.
    """

    denominated: Any
    imputed: Any
    treated: Any
    treated_points: Any
    normalised: Any
    aggregated: Any
    ranks: Any


def _choice(field: str, value: str) -> int:
    known = _CHOICES[field]
    if value not in known:
        message = f"{field}: {value!r}, need one of {', '.join(known)}"
        raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
    return known[value]


def _matrix(rows: Any, width: int, field: str) -> tuple[Any, int]:
    """Rows of numbers, or a two-dimensional array, as one column; None is missing."""
    if hasattr(rows, "ndim"):
        if rows.ndim != 2 or rows.shape[1] != width:
            message = f"{field}: has shape {rows.shape}, expected (n, {width})"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
        return column(rows.reshape(-1).astype("d"), ctypes.c_double, field), rows.shape[0]
    flat: list[float] = []
    for row, one in enumerate(rows):
        if len(one) != width:
            message = f"{field}[{row}]: has {len(one)} entries, expected {width}"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, row)
        flat.extend(math.nan if value is None else value for value in one)
    return column(flat, ctypes.c_double, field), len(rows)


def build_composite(
    values: Any,
    indicators: Sequence[CompositeIndicator],
    aggregates: Sequence[CompositeAggregate] = (CompositeAggregate(),),
    *,
    denominators: Optional[Any] = None,
    groups: Optional[Sequence[int]] = None,
    imputation: str = "none",
    treat: bool = False,
    skewness_limit: float = 2.0,
    kurtosis_limit: float = 3.5,
    most_winsorised: int = 5,
    log_transform: bool = False,
    normalisation: str = "min-max",
    scale: tuple[float, float] = (0.0, 100.0),
    aggregation: str = "arithmetic",
    least_available: float = 0.0,
    rank_decimals: int = -1,
) -> Composite:
    """Denominates, imputes, treats outliers, normalises, aggregates level by level and ranks.

    values: a row a unit, a column an indicator; None or NaN is missing. denominators: likewise, what is divided by 0 or
    by what is missing is missing. groups: by unit, for imputation "group-mean" and "group-median". treat: columns beyond
    both limits are winsorised, then log-transformed if asked. normalisation: min-max, goalposts, rank or z-score (scale:
    its mean and deviation). aggregation: arithmetic, geometric or harmonic. An aggregate with less than least_available
    of its weight is missing. For comparing places; a steward's score comes from a Checklist, whose goalposts are fixed.

    Raises InvalidInputError with field and row.
    """
    asked = new(_abi.lianhu_composite)
    asked.imputation = _choice("imputation", imputation)
    asked.normalisation = _choice("normalisation", normalisation)
    asked.aggregation = _choice("aggregation", aggregation)
    asked.treat, asked.transform = int(treat), int(log_transform)
    asked.skewness_limit, asked.kurtosis_limit = skewness_limit, kurtosis_limit
    asked.most_winsorised, asked.rank_decimals = most_winsorised, rank_decimals
    asked.scale_low, asked.scale_high = scale
    asked.least_available = least_available

    kept = []

    def put(field: str, entries: Any, kind: Any) -> None:
        kept.append(column(entries, kind, field))
        setattr(asked, field, kept[-1].address)

    put("parents", [one.parent for one in indicators], ctypes.c_int32)
    put("weights", [one.weight for one in indicators], ctypes.c_double)
    put("lower_is_better", [int(one.lower_is_better) for one in indicators], ctypes.c_int32)
    put("denominators", [one.denominator for one in indicators], ctypes.c_int32)
    put("lows", [one.low for one in indicators], ctypes.c_double)
    put("highs", [one.high for one in indicators], ctypes.c_double)
    put("aggregate_parents", [one.parent for one in aggregates], ctypes.c_int32)
    put("aggregate_weights", [one.weight for one in aggregates], ctypes.c_double)
    table, units = _matrix(values, len(indicators), "values")
    asked.values, asked.unit_count = table.address, units
    asked.indicator_count, asked.aggregate_count = len(indicators), len(aggregates)
    if denominators is not None:
        width = denominators.shape[-1] if hasattr(denominators, "shape") else max(map(len, denominators), default=0)
        divisors, rows = _matrix(denominators, width, "denominators")
        if rows != units:
            message = f"denominators: has {rows} rows, expected {units}"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, "denominators", -1)
        kept.append(divisors)
        asked.denominator_values, asked.denominator_columns = divisors.address, width
    if groups is not None:
        put("groups", groups, ctypes.c_int32)
        if kept[-1].count != units:
            message = f"groups: has {kept[-1].count} entries, expected {units}"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, "groups", -1)

    i, a = len(indicators), len(aggregates)
    sizes = {
        "denominated": (ctypes.c_double, units * i),
        "imputed": (ctypes.c_double, units * i),
        "treated": (ctypes.c_double, units * i),
        "treated_points": (ctypes.c_int32, i),
        "normalised": (ctypes.c_double, units * i),
        "aggregated": (ctypes.c_double, units * a),
        "ranks": (ctypes.c_int32, units * a),
    }
    results = {}
    for field, (kind, count) in sizes.items():
        results[field], address = output(kind, count)
        setattr(asked, f"out_{field}", address)
    call("lianhu_composite_build", ctypes.byref(asked))
    return Composite(**results)
