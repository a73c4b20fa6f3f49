"""Real input through the command line: Cambridge both ways, to the optima published with the data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import lianhu, read
from shared_data import shared_data


@pytest.mark.parametrize(("within", "optimum"), [(("--within", "unit"), 140961919), ((), 130730399)])
def test_optimum(tmp_path: Path, within: tuple[str, ...], optimum: int) -> None:
    folder = shared_data("cambridge")
    street = ("--households", folder / "households.csv", "--stewards", folder / "stewards.csv", *within)
    outputs = ("--out", "plan.csv", "--prices", "prices.csv", "--summary", "summary.json")
    assert lianhu("assign", *street, *outputs, cwd=tmp_path).code == 0
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["total_cost_cm"] == summary["dual_bound_cm"] == optimum
    assert (summary["households"], summary["stewards"]) == (40_691, 2_407)
    rows = read(tmp_path / "plan.csv")
    assert sum(round(100 * float(row["distance_m"])) for row in rows) == optimum
    result = lianhu("verify", *street, "--plan", "plan.csv", "--prices", "prices.csv", cwd=tmp_path)
    assert result.code == 0 and f"dual bound {optimum} cm = total: proved optimal" in result.out
