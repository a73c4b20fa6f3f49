#!/usr/bin/env python3
"""One community beside k-means-constrained's assignment step and HiGHS: processor seconds, all sides in one run.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install k-means-constrained highspy numpy
    PYTHONPATH=bindings/python LIANHU_LIBRARY=build/release/lib/liblianhu.so /tmp/peers/bin/python benchmarks/assignment/community.py

800 households and 47 stewards anywhere in a square of the founding street's density, 10 to 20 each, all pairs. Each peer
gets its matrix of costs (centimetres) made beforehand; its time is building its model from it and solving. All must find
the same optimum. A peer that is not installed is left out, and that is said.
"""

from __future__ import annotations

import time
from typing import Any, Callable

import lianhu
import numpy

HOUSEHOLDS, STEWARDS, LEAST, MOST = 800, 47, 10, 20


def with_lianhu(homes: Any, helpers: Any, cost: Any) -> int:
    plan = lianhu.assign(homes, helpers, min=LEAST, max=MOST, threads=1)
    assert plan.proved
    return plan.total_cost_cm


def with_k_means_constrained(homes: Any, helpers: Any, cost: Any) -> int:
    from k_means_constrained import k_means_constrained_ as peer

    edges, costs, capacities, supplies, centres, points = peer.minimum_cost_flow_problem_graph(
        homes, helpers, cost / 1000, LEAST, MOST  # it takes thousandths
    )
    labels = peer.solve_min_cost_flow_graph(edges, costs, capacities, supplies, centres, points)
    return int(cost[numpy.arange(len(homes)), labels].sum())


def with_highs(homes: Any, helpers: Any, cost: Any) -> int:
    import highspy

    pairs = HOUSEHOLDS * STEWARDS
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = pairs, HOUSEHOLDS + STEWARDS
    lp.col_cost_ = cost.ravel().astype(float)
    lp.col_lower_, lp.col_upper_ = numpy.zeros(pairs), numpy.ones(pairs)
    lp.row_lower_ = numpy.concatenate([numpy.ones(HOUSEHOLDS), numpy.full(STEWARDS, float(LEAST))])
    lp.row_upper_ = numpy.concatenate([numpy.ones(HOUSEHOLDS), numpy.full(STEWARDS, float(MOST))])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = numpy.arange(pairs + 1, dtype=numpy.int32) * 2
    rows = [numpy.repeat(numpy.arange(HOUSEHOLDS), STEWARDS), HOUSEHOLDS + numpy.tile(numpy.arange(STEWARDS), HOUSEHOLDS)]
    lp.a_matrix_.index_ = numpy.stack(rows, axis=1).ravel().astype(numpy.int32)
    lp.a_matrix_.value_ = numpy.ones(2 * pairs)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.passModel(lp)
    highs.run()
    return round(highs.getInfo().objective_function_value)


def main() -> None:
    random = numpy.random.default_rng(1)
    side = 6000 * (HOUSEHOLDS / 46445) ** 0.5
    homes, helpers = (numpy.round(random.random((count, 2)) * side, 2) for count in (HOUSEHOLDS, STEWARDS))
    offset = homes[:, None, :] - helpers[None, :, :]
    cost = numpy.floor(100 * numpy.sqrt((offset * offset).sum(axis=2)) + 0.5).astype(numpy.int64)
    sides: dict[str, Callable[[Any, Any, Any], int]] = {
        "lianhu": with_lianhu,
        "k-means-constrained": with_k_means_constrained,
        "HiGHS": with_highs,
    }
    ours = (0.0, 0)
    for name, solve in sides.items():
        best = float("inf")
        try:
            for _ in range(5):
                start = time.process_time()
                total = solve(homes, helpers, cost)
                best = min(best, time.process_time() - start)
        except ImportError:
            print(f"left out, not installed: {name}")
            continue
        if name == "lianhu":
            ours = (best, total)
        assert total == ours[1], (name, total, ours[1])
        print(f"{name:20} {1000 * best:9.2f} ms   {best / ours[0]:7.1f} times ours   {total} cm", flush=True)


if __name__ == "__main__":
    main()
