"""The demo: the founding street's figures, its plan checked from the files it writes, the same bytes every time."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from shared_data import shared_data

PROGRAMS = Path(os.environ["LIANHU_BIN"])


def run(folder: Path) -> str:
    return subprocess.run(
        [PROGRAMS / "jili_street", "--out", folder], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("jili")
    return folder, run(folder)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_figures_of_the_street(street: tuple[Path, str]) -> None:
    folder, said = street
    households, stewards = read(folder / "households.csv"), read(folder / "stewards.csv")
    assert len(households) == 46_445 and len(stewards) == 2_744
    assert len({row["community"] for row in households}) == 15
    assert Counter(row["community"] for row in stewards)["太平桥村"] == 106
    assert len(read(folder / "shops.csv")) == 12_000 and len(read(folder / "merchant_stewards.csv")) == 143
    assert "15 communities and villages > 130 grids > 3050 micro-grids > 46445 households" in said


def test_the_units_are_the_real_ones(street: tuple[Path, str]) -> None:
    units = read(street[0] / "units.csv")
    official = {(row["code"], row["name"]) for row in read(shared_data("hierarchy/jili_430181002_children.csv"))}
    named = {(row["code"], row["name"]) for row in units if len(row["code"]) == 12}
    assert {code for code, _ in named} == {code for code, _ in official}
    assert all(name[:2] in dict(official)[code] for code, name in named)
    lengths = Counter(len(row["code"]) for row in units)
    assert (lengths[9], lengths[12], lengths[15]) == (1, 15, 130) and lengths[18] > 3_000
    assert all(row["code"].startswith(row["parent"]) for row in units)


def test_the_plan_is_proved(street: tuple[Path, str]) -> None:
    folder, said = street
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["status"] == "optimal" and summary["total_cost_cm"] == summary["dual_bound_cm"]
    assert 10 <= summary["load_min"] <= summary["load_max"] <= 20
    assert f"total {summary['total_cost_cm']} cm = lower bound {summary['total_cost_cm']} cm" in said
    result = subprocess.run(
        [PROGRAMS / "lianhu", "verify", "--households", "households.csv", "--stewards", "stewards.csv"]
        + ["--within", "community", "--plan", "plan.csv", "--prices", "prices.csv"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0 and "proved optimal" in result.stdout, result.stderr


def test_merchants_cannot_work_and_what_would(street: tuple[Path, str]) -> None:
    for sentence in (
        "143 stewards can serve 7150 at most",
        "240 stewards would do, 97 more",
        "up to 84",
        "还有4850户",
    ):
        assert sentence in street[1]
    assert (street[0] / "merchants.txt").read_text(encoding="utf-8") in street[1]


def test_the_same_bytes_again(street: tuple[Path, str], tmp_path: Path) -> None:
    run(tmp_path)
    for path in street[0].iterdir():
        if path.name != "summary.json":  # holds the seconds
            assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name
