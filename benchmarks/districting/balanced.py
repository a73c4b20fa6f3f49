#!/usr/bin/env python3
"""Balanced clustering: micro-grids of equal size beside BKM+'s published figures and k-means-constrained.

    cmake --build build/release --target micro_grids
    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install k-means-constrained
    /tmp/peers/bin/python benchmarks/districting/balanced.py [--points 10000 --count 1000]

MSE is the sum of squared distances to the means divided by the points; sizes differ by at most one. The sets S1-S4, A1-A3
and unbalance are looked for in $LIANHU_DATA or ../shared/data; what is not there is left out, and that is said. The
figures of BKM+ are the best of ten runs of its authors' code. All seconds are a processor's; both sides in one run.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import random
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
OURS = ROOT / "build" / "release" / "benchmarks" / "micro_grids"
BKM = {
    "S1": (15, 2.1796e9), "S2": (15, 2.8582e9), "S3": (15, 3.4684e9), "S4": (15, 3.3025e9),
    "A1": (20, 4.0688e6), "A2": (35, 3.8802e6), "A3": (50, 3.8729e6), "unbalance": (8, 2.6156e9),
}  # fmt: skip


def draw(path: pathlib.Path, count: int, work: int) -> tuple[float, float]:
    """MSE and processor seconds; fails unless the plan was verified."""
    command = [str(OURS), str(path), str(count), "means", str(work)]
    mse, seconds, _ = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(mse), float(seconds)


def beside_bkm() -> None:
    data = pathlib.Path(os.environ.get("LIANHU_DATA", ROOT.parent / "shared" / "data")) / "clustering"
    print(f"{'set':10} {'parts':>5} {'BKM+':>12} {'lianhu':>12} {'of BKM+':>9} {'seconds':>8}")
    for name, (count, published) in BKM.items():
        path = data / f"{name}.txt"
        if not path.exists():
            print(f"{name:10} not found in {data}")
            continue
        mse, seconds = draw(path, count, 20_000_000)
        print(f"{name:10} {count:5} {published:12.4e} {mse:12.4e} {mse / published:9.5f} {seconds:8.2f}")


def beside_k_means_constrained(points: int, count: int) -> None:
    random.seed(1)
    rows = [(random.uniform(0, 1000), random.uniform(0, 1000)) for _ in range(points)]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "points.txt"
        path.write_text("".join(f"{x!r} {y!r}\n" for x, y in rows))
        ours = [draw(path, count, work) for work in (20_000_000, 100_000_000)]
    for mse, seconds in ours:
        print(f"{points} points, {count} parts: lianhu MSE {mse:.3f}, {seconds:.2f} s")
    try:
        import numpy
        from k_means_constrained import KMeansConstrained
    except ImportError:
        print("k-means-constrained is not installed: left out")
        return
    model = KMeansConstrained(count, size_min=points // count, size_max=-(-points // count), n_init=1, random_state=1)
    start = time.process_time()
    model.fit(numpy.array(rows))
    seconds = time.process_time() - start
    mse = model.inertia_ / points
    print(f"k-means-constrained, one start of its ten: MSE {mse:.3f}, {seconds:.1f} s")
    for own, own_seconds in ours:
        print(f"  lianhu: MSE {own / mse:.3f} of it, {seconds / own_seconds:.0f} times as fast")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--count", type=int, default=1_000)
    arguments = parser.parse_args()
    beside_bkm()
    beside_k_means_constrained(arguments.points, arguments.count)
