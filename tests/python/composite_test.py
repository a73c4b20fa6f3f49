"""Composite indices from Python."""

from __future__ import annotations

import csv
import math

import pytest
from shared_data import shared_data

import lianhu
from lianhu import CompositeAggregate, CompositeIndicator


def test_steps() -> None:
    indicators = [CompositeIndicator(denominator=0), CompositeIndicator(weight=3, lower_is_better=True)]
    result = lianhu.build_composite([[10, 8], [40, None], [90, 2]], indicators, denominators=[[10], [20], [30]])
    assert list(result.denominated)[::2] == [1, 2, 3]
    assert math.isnan(result.treated[3])
    assert list(result.normalised)[::2] == [0, 50, 100]
    assert list(result.aggregated) == [0, 50, 100]
    assert list(result.ranks) == [3, 2, 1]
    assert list(result.treated_points) == [0, 0]
    filled = lianhu.build_composite([[10, 8], [40, None], [90, 2]], indicators, denominators=[[10], [20], [30]], imputation="mean")
    assert filled.imputed[3] == 5


def test_choices() -> None:
    one = [CompositeIndicator(low=0, high=10)]
    values = [[1], [2], [9]]
    assert list(lianhu.build_composite(values, one, normalisation="rank").normalised) == [1, 2, 3]
    assert list(lianhu.build_composite(values, one, normalisation="goalposts").normalised) == [10, 20, 90]
    z = lianhu.build_composite([[1], [2], [3]], one, normalisation="z-score", scale=(50, 10)).normalised
    assert list(z) == [40, 50, 60]
    two = [CompositeIndicator(), CompositeIndicator()]
    means = {
        name: lianhu.build_composite([[1, 1], [0.25, 1]], two, normalisation="goalposts", scale=(0, 1), aggregation=name).aggregated[1]
        for name in ("arithmetic", "geometric", "harmonic")
    }
    assert means == pytest.approx({"arithmetic": 0.625, "geometric": 0.5, "harmonic": 0.4})


def test_bad_input() -> None:
    one = [CompositeIndicator()]
    for message, call in {
        "normalisation: 'max'": lambda: lianhu.build_composite([[1]], one, normalisation="max"),
        r"values\[1\]: has 2 entries, expected 1": lambda: lianhu.build_composite([[1], [1, 2]], one),
        "denominators: has 1 rows, expected 2": lambda: lianhu.build_composite([[1], [2]], one, denominators=[[1]]),
        "groups: has 1 entries, expected 2": lambda: lianhu.build_composite([[1], [2]], one, groups=[0]),
        r"aggregates\[0\]: its parent must come later": lambda: lianhu.build_composite([[1]], one, [CompositeAggregate(0)]),
        r"normalised\[0\]: must be above 0": lambda: lianhu.build_composite([[1], [2]], one, aggregation="geometric"),
    }.items():
        with pytest.raises(lianhu.InvalidInputError, match=message):
            call()


def test_coinr() -> None:
    """COINr's ASEM index: the aggregated values and ranks that are published, from the denominated data that are."""
    folder = shared_data("coinr")

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def number(text: str) -> float:
        return float(text) if text not in ("", "NA") else math.nan

    meta = rows("ASEM_iMeta.csv")
    names = [row["iCode"] for row in meta if row["Type"] == "Aggregate"]
    aggregates = [
        CompositeAggregate(names.index(row["Parent"]) if row["Parent"] in names else -1, float(row["Weight"]))
        for row in meta
        if row["Type"] == "Aggregate"
    ]
    leaves = [row for row in meta if row["Type"] == "Indicator"]
    indicators = [CompositeIndicator(names.index(row["Parent"]), float(row["Weight"]), float(row["Direction"]) < 0) for row in leaves]
    denominated = rows("ASEM_old_Denominated.csv")
    published = {row["UnitCode"]: row for row in rows("ASEM_old_Aggregated.csv")}
    ranks = {row["UnitCode"]: row for row in rows("ASEM_old_AggregatesRank.csv")}
    result = lianhu.build_composite(
        [[number(row[leaf["iCode"]]) for leaf in leaves] for row in denominated],
        indicators,
        aggregates,
        groups=[0 if row["Group_EurAsia"] == "Europe" else 1 for row in denominated],
        imputation="group-mean",
        treat=True,
        log_transform=True,
        rank_decimals=2,
    )
    assert len(denominated) == 51 and len(indicators) == 49
    for u, row in enumerate(denominated):
        for k, name in enumerate(names):
            at = u * len(names) + k
            assert abs(result.aggregated[at] - float(published[row["UnitCode"]][name])) < 1e-10
            assert result.ranks[at] == float(ranks[row["UnitCode"]][name])
