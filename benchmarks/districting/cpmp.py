#!/usr/bin/env python3
"""`lianhu cpmp` on published instances: gap to the best known objective and to its own bound. Every solution is checked and
its objective added up here, from the two files alone.

    cpmp.py LIANHU DATA [--seconds S] [--seed N] [NAME ...]

DATA is the folder of the instances (sjc, lin318, p3038, fnl4461, pmedcap); NAME chooses among them by prefix.
"""

from __future__ import annotations

import argparse
import csv
import math
import subprocess
import tempfile
from pathlib import Path

# Best known objectives as collected by Stefanello, de Araujo and Müller, "Matheuristics for the capacitated p-median
# problem", 2015, and for pmedcap by Osman and Christofides, 1994.
BEST_KNOWN = {
    "sjc/SJC1.dat": 17288.99,
    "sjc/SJC2.dat": 33270.94,
    "sjc/SJC3a.dat": 45335.16,
    "sjc/SJC3b.dat": 40635.90,
    "sjc/SJC4a.dat": 61925.51,
    "sjc/SJC4b.dat": 52458.02,
    "lin318/lin318_015.txt": 88901.56,
    "lin318/lin318_040.txt": 47988.38,
    "lin318/lin318_100.txt": 22942.69,
    "p3038/p3038_600.dat": 122710.59,
    "p3038/p3038_800.dat": 100060.06,
    "p3038/p3038_1000.dat": 85854.06,
    "fnl4461/fnl4461_0020.txt": 1283536.75,
    "fnl4461/fnl4461_0100.txt": 548909.04,
}
PMEDCAP = [713, 740, 751, 651, 664, 778, 787, 820, 715, 829, 1006, 966, 1026, 982, 1091, 954, 1034, 1043, 1031, 1005]
BEST_KNOWN |= {f"pmedcap/cpmp{k:02}.txt": float(best) for k, best in enumerate(PMEDCAP, 1)}


def check(instance: Path, solution: Path, whole: bool) -> float:
    """The objective of a solution file, if it is a plan."""
    words = instance.read_text().split()
    nodes, count = int(words[0]), int(words[1])
    rows = [tuple(map(float, words[2 + 4 * k : 6 + 4 * k])) for k in range(nodes)]
    with solution.open(newline="") as file:
        median = {int(row["node"]): int(row["median"]) for row in csv.DictReader(file)}
    assert sorted(median) == list(range(nodes)) and len(set(median.values())) <= count
    load = [0.0] * nodes
    total = 0.0
    for node, place in median.items():
        load[place] += rows[node][3]
        distance = math.hypot(rows[node][0] - rows[place][0], rows[node][1] - rows[place][1])
        total += math.floor(distance) if whole else distance
    assert all(load[place] <= rows[place][2] for place in range(nodes))
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lianhu")
    parser.add_argument("data", type=Path)
    parser.add_argument("--seconds", default="5")
    parser.add_argument("--seed", default="0")
    parser.add_argument("--keep", type=Path, help="folder for the solution files")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_intermixed_args()
    folder = arguments.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    gaps = []
    for name, best in BEST_KNOWN.items():
        if arguments.names and not name.startswith(tuple(arguments.names)):
            continue
        command = [arguments.lianhu, "cpmp", str(arguments.data / name), "--seconds", arguments.seconds]
        whole = name.startswith("pmedcap")
        solution = folder / f"{Path(name).stem}.csv"
        command += ["--seed", arguments.seed, "--distance", "whole" if whole else "euclidean", "--out", str(solution)]
        out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        figures = dict(line.split(":", 1) for line in out.splitlines())
        objective, bound = float(figures["objective"]), float(figures["bound"])
        assert math.isclose(objective, check(arguments.data / name, solution, whole), rel_tol=1e-9), name
        gaps.append(100 * (objective - best) / best)
        below = 100 * (objective - bound) / objective
        print(f"{name:26} {objective:13.2f}  best known {best:13.2f}  {gaps[-1]:+.3f} %  bound {below:.3f} % below  {float(figures['seconds']):.1f} s", flush=True)
    print(f"{len(gaps)} instances: gap to best known {sum(gaps) / len(gaps):.3f} % on average, {max(gaps):.3f} % at worst")


if __name__ == "__main__":
    main()
