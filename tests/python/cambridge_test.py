"""Real input: every dwelling unit of Cambridge, to the optima published with the data, to the centimetre."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from shared_data import shared_data

import lianhu


def read(path: Path) -> tuple[np.ndarray, list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return np.array([(float(row["x"]), float(row["y"])) for row in rows]), [row["unit"] for row in rows]


@pytest.mark.parametrize(("within", "optimum"), [(True, 140961919), (False, 130730399)])
def test_optimum(within: bool, optimum: int) -> None:
    folder = shared_data("cambridge")
    households, household_units = read(folder / "households.csv")
    stewards, steward_units = read(folder / "stewards.csv")
    assert len(households) == 40_691 and len(stewards) == 2_407
    units = {"household_units": household_units, "steward_units": steward_units} if within else {}
    plan = lianhu.assign(households, stewards, **units)  # type: ignore[arg-type]
    assert plan.proved and plan.total_cost_cm == optimum
    verification = lianhu.verify(households, stewards, plan, **units)  # type: ignore[arg-type]
    assert verification.proved and verification.total_cost_cm == optimum
