"""Runs the lianhu command on small streets, and recomputes what it says from the files alone."""

from __future__ import annotations

import csv
import math
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

LIANHU = Path(os.environ["LIANHU_BIN"]) / "lianhu"

# Twelve households on a line, three stewards, two communities.
HOUSEHOLDS = "id,x,y,unit\n" + "".join(f"H{i},{i},0,{'east' if i < 6 else 'west'}\n" for i in range(12))
STEWARDS = "id,x,y,unit\nS1,1,0,east\nS2,4,0,east\nS3,9,0,west\n"


@dataclass
class Result:
    code: int
    out: str
    err: str


def lianhu(*arguments: object, cwd: Path, environment: Optional[dict[str, str]] = None) -> Result:
    done = subprocess.run(
        [LIANHU, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        timeout=300,
        env=None if environment is None else {**os.environ, **environment},
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def write_street(folder: Path, households: str = HOUSEHOLDS, stewards: str = STEWARDS) -> None:
    (folder / "h.csv").write_text(households, encoding="utf-8", newline="")
    (folder / "s.csv").write_text(stewards, encoding="utf-8", newline="")


STREET = ("--households", "h.csv", "--stewards", "s.csv")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cost_cm(household: dict[str, str], steward: dict[str, str]) -> int:
    dx = float(household["x"]) - float(steward["x"])
    dy = float(household["y"]) - float(steward["y"])
    return math.floor(100 * math.sqrt(dx * dx + dy * dy) + 0.5)


def recompute(households: Path, stewards: Path, plan: Path, prices: Path, least: int, most: int, within: str = "") -> tuple[int, int]:
    """Total and dual bound of a plan, by their definitions; fails where bounds or jurisdictions are broken."""
    people, helpers = read(households), read(stewards)
    steward = {row["id"]: row for row in helpers}
    link = read(plan)
    assert [row["household"] for row in link] == [row["id"] for row in people]
    load = {name: 0 for name in steward}
    total = 0
    for person, row in zip(people, link):
        load[row["steward"]] += 1
        cost = cost_cm(person, steward[row["steward"]])
        assert row["distance_m"] == f"{cost // 100}.{cost % 100:02d}"
        assert not within or person[within] == steward[row["steward"]][within]
        total += cost
    bounds = {row["id"]: (int(row.get("min") or least), int(row.get("max") or most)) for row in helpers}
    assert all(bounds[name][0] <= load[name] <= bounds[name][1] for name in load)
    price = {row["steward"]: int(row["price_cm"]) for row in read(prices)}
    assert list(price) == list(steward)
    bound = -sum(p * bounds[name][1 if p > 0 else 0] for name, p in price.items())
    for person in people:
        bound += min(
            cost_cm(person, row) + price[row["id"]] for row in helpers if not within or row[within] == person[within]
        )
    return total, bound
