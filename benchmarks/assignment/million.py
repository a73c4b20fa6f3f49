#!/usr/bin/env python3
"""A million households beside OR-tools' min-cost flow: seconds, peak memory and growth, both sides in one run.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install ortools numpy scipy
    PYTHONPATH=bindings/python LIANHU_LIBRARY=build/release/lib/liblianhu.so /tmp/peers/bin/python benchmarks/assignment/million.py

Households and stewards lie anywhere in a square of the founding street's density, positions to the centimetre. Ours runs
from raw coordinates to a plan proved over all pairs, on one thread, at 46,445 households and at a million. The peer is
ortools.graph.python.min_cost_flow.SimpleMinCostFlow on each household's 40 nearest stewards, found for it beforehand
(scipy's k-d tree), with the same costs, household arcs without an effective upper capacity; its time is building the
graph from numpy columns and solving. 10 to 20 households each, as an arc of at least 10 and an arc of up to 10 more.
Every run is a process of its own, whose peak memory is the greatest resident set it had; that of holding the input, with
the interpreter and numpy, is given beside it. Without OR-tools only our side is run, and that is said.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from typing import Any


def instance(households: int, stewards: int) -> Any:
    import numpy

    random = numpy.random.default_rng(1)
    side = 6000 * math.sqrt(households / 46445)
    return tuple(numpy.round(random.random((count, 2)) * side, 2) for count in (households, stewards))


def resident_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_ours(households: int, stewards: int) -> dict[str, Any]:
    import lianhu

    homes, helpers = instance(households, stewards)
    before = resident_mib()
    start, busy = time.perf_counter(), time.process_time()
    plan = lianhu.assign(homes, helpers, min=10, max=20, threads=1)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    assert plan.proved
    return {"seconds": seconds, "processor": busy, "mib": resident_mib(), "input_mib": before, "cost": plan.total_cost_cm}


def run_peer(households: int, stewards: int, nearest: int) -> dict[str, Any]:
    import numpy
    from ortools.graph.python import min_cost_flow
    from scipy.spatial import cKDTree

    homes, helpers = instance(households, stewards)
    found = cKDTree(helpers).query(homes, nearest)[1].astype(numpy.int32)
    cost = numpy.empty(found.shape, dtype=numpy.int64)
    for column in range(nearest):
        offset = homes - helpers[found[:, column]]
        cost[:, column] = numpy.floor(100 * numpy.sqrt((offset * offset).sum(axis=1)) + 0.5)
    before = resident_mib()

    start, busy = time.perf_counter(), time.process_time()
    sink, least = households + stewards, households + stewards + 1
    columns = [
        (numpy.repeat(numpy.arange(households), nearest), households + found.ravel(), 20, cost.ravel()),
        (numpy.arange(households, sink), numpy.full(stewards, least), 10, 0),
        (numpy.arange(households, sink), numpy.full(stewards, sink), 10, 0),
    ]
    flow = min_cost_flow.SimpleMinCostFlow()
    for tails, heads, capacity, costs in columns:
        count = len(tails)
        flow.add_arcs_with_capacity_and_unit_cost(
            tails.astype(numpy.int32),
            heads.astype(numpy.int32),
            numpy.full(count, capacity, dtype=numpy.int64),
            numpy.broadcast_to(numpy.asarray(costs, dtype=numpy.int64), (count,)).copy(),
        )
    del columns
    flow.set_nodes_supplies(numpy.arange(households, dtype=numpy.int32), numpy.ones(households, dtype=numpy.int64))
    flow.set_node_supply(least, -10 * stewards)
    flow.set_node_supply(sink, -(households - 10 * stewards))
    status = flow.solve()
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    assert status == flow.OPTIMAL, status
    return {"seconds": seconds, "processor": busy, "mib": resident_mib(), "input_mib": before, "cost": flow.optimal_cost()}


def in_a_process(side: str, households: int, stewards: int, nearest: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--side", side, "--households", str(households), "--stewards", str(stewards)]
    done = subprocess.run([*command, "--nearest", str(nearest)], check=True, stdout=subprocess.PIPE)
    result: dict[str, Any] = json.loads(done.stdout)
    print(
        f"{side:8} {households:9,} x {stewards:6,}: {result['seconds']:8.2f} s ({result['processor']:.2f} s of processor), "
        f"peak {result['mib']:7.0f} MiB (input {result['input_mib']:.0f}), {result['cost']} cm",
        flush=True,
    )
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--stewards", type=int, default=60_000)
    parser.add_argument("--nearest", type=int, default=40)
    parser.add_argument("--side", choices=["lianhu", "ortools"], help="run this side alone and print JSON")
    options = parser.parse_args()
    size = (options.households, options.stewards)
    if options.side == "lianhu":
        print(json.dumps(run_ours(*size)))
        return
    if options.side == "ortools":
        print(json.dumps(run_peer(*size, options.nearest)))
        return
    street = in_a_process("lianhu", 46_445, 2_744, options.nearest)
    ours = in_a_process("lianhu", *size, options.nearest)
    if options.households > 46_445:
        growth = math.log(ours["processor"] / street["processor"]) / math.log(options.households / 46_445)
        print(f"growth from the street: n^{growth:.2f}")
    try:
        import ortools  # noqa: F401
    except ImportError:
        print("left out, not installed: ortools")
        return
    peer = in_a_process("ortools", *size, options.nearest)
    assert ours["cost"] <= peer["cost"]
    print(f"time: 1/{peer['processor'] / ours['processor']:.1f}   peak memory: 1/{peer['mib'] / ours['mib']:.1f}")


if __name__ == "__main__":
    main()
