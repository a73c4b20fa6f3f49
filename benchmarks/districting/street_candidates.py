#!/usr/bin/env python3
"""Writes a street of the founding one's size from which to choose stewards: households.csv and candidates.csv.

    street_candidates.py FOLDER [--households N] [--candidates M] [--communities C] [--seed S]

Households live in buildings of 1 to 24, buildings stand in clumps, clumps lie in communities side by side (column
`unit`), none of which is real. Candidates are drawn from the households: volunteers, the recommended and the appointed,
with a cost in metres that grows in that order; one in a hundred must be chosen, one in a hundred must not.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--households", type=int, default=46445)
    parser.add_argument("--candidates", type=int, default=8000)
    parser.add_argument("--communities", type=int, default=15)
    parser.add_argument("--seed", type=int, default=20200331)
    arguments = parser.parse_args()
    draw = random.Random(arguments.seed)

    # Communities of unequal size, each a square kilometre of its own.
    shares = [draw.uniform(0.5, 1.5) for _ in range(arguments.communities)]
    sizes = [round(arguments.households * share / sum(shares)) for share in shares]
    sizes[-1] += arguments.households - sum(sizes)
    homes: list[tuple[float, float, int]] = []
    for unit, size in enumerate(sizes):
        left, low = 1200 * (unit % 5), 1200 * (unit // 5)
        clumps = [(draw.uniform(0, 1000), draw.uniform(0, 1000)) for _ in range(max(1, size // 150))]
        built = 0
        while built < size:
            clump = draw.choice(clumps)
            x = left + clump[0] + draw.gauss(0, 60)
            y = low + clump[1] + draw.gauss(0, 60)
            for _ in range(min(draw.randint(1, 24), size - built)):
                homes.append((round(x, 2), round(y, 2), unit))
                built += 1

    arguments.folder.mkdir(parents=True, exist_ok=True)
    with (arguments.folder / "households.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "x", "y", "unit"])
        for k, (x, y, unit) in enumerate(homes):
            out.writerow([f"H{k}", x, y, f"C{unit + 1:02}"])
    with (arguments.folder / "candidates.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "x", "y", "unit", "kind", "cost_m", "must"])
        for k, home in enumerate(sorted(draw.sample(range(len(homes)), arguments.candidates))):
            x, y, unit = homes[home]
            kind = draw.choices(["volunteer", "recommended", "appointed"], [5, 3, 2])[0]
            cost = {"volunteer": 0, "recommended": 40, "appointed": 120}[kind] + draw.randint(0, 60)
            must = draw.choices(["", "have", "not"], [98, 1, 1])[0]
            out.writerow([f"K{k}", x, y, f"C{unit + 1:02}", kind, cost, must])


if __name__ == "__main__":
    main()
