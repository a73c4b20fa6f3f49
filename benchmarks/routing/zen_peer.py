"""Decisions a second by a table of 100 rules x 6 columns: lianhu beside GoRules ZEN, in one run.

    pip install zen-engine; LIANHU_LIBRARY=.../liblianhu.so PYTHONPATH=bindings/python python3 benchmarks/routing/zen_peer.py

The same random partition of a box in both, the same cases; each must give the same rule for every case. ZEN is asked case
by case, which is the only way it has, from its compiled decision; lianhu by columns.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from pathlib import Path

import lianhu
import numpy
import zen

RULES, COLUMNS, CASES, ZEN_CASES = 100, 6, 1_000_000, 20_000


def partition(seed: int) -> list[list[tuple[int, int]]]:
    chance = random.Random(seed)
    pieces = [[(0, 1000)] * COLUMNS]
    while len(pieces) < RULES:
        piece = pieces[chance.randrange(len(pieces))]
        c = chance.randrange(COLUMNS)
        low, high = piece[c]
        if high - low < 2:
            continue
        middle = chance.randrange(low + 1, high)
        pieces.append(piece[:c] + [(middle, high)] + piece[c + 1 :])
        piece[c] = (low, middle)
    return pieces


def cell(low: int, high: int) -> str:
    return "" if (low, high) == (0, 1000) else f"[{low}..{high})"


def main() -> None:
    pieces = partition(1)
    rows = ["hit policy,FIRST", "rule," + ",".join(f"in: c{c}" for c in range(COLUMNS)) + ",out: o"]
    rows.append("," + ",".join(["number"] * COLUMNS) + ",number")
    for r, piece in enumerate(pieces):
        rows.append(f"{r}," + ",".join(cell(*span) or "-" for span in piece) + f",{r}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        table = lianhu.Table(str(path))
    inputs = [{"id": f"i{c}", "name": f"c{c}", "type": "expression", "field": f"c{c}"} for c in range(COLUMNS)]
    content = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "o", "name": "o", "type": "expression", "field": "o"}],
        "rules": [
            {"_id": f"r{r}", "o": str(r)} | {f"i{c}": cell(*piece[c]) for c in range(COLUMNS)}
            for r, piece in enumerate(pieces)
        ],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {"id": "t", "type": "decisionTableNode", "name": "t", "content": content, "position": {"x": 0, "y": 0}},
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "t"},
        {"id": "e2", "type": "edge", "sourceId": "t", "targetId": "out"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    chance = numpy.random.default_rng(2)
    columns = {f"c{c}": chance.integers(0, 1000, CASES).astype("f8") for c in range(COLUMNS)}
    table.decide(columns)
    start = time.perf_counter()
    ours = table.decide(columns)
    our_rate = CASES / (time.perf_counter() - start)
    cases = [{name: float(values[i]) for name, values in columns.items()} for i in range(ZEN_CASES)]
    start = time.perf_counter()
    theirs = [decision.evaluate(case) for case in cases]
    zen_rate = ZEN_CASES / (time.perf_counter() - start)
    assert [int(answer["result"]["o"]) for answer in theirs] == list(ours.rules[:ZEN_CASES])
    print(f"lianhu {our_rate:,.0f} decisions/s, zen-engine {zen_rate:,.0f}: ratio {our_rate / zen_rate:.0f}")


if __name__ == "__main__":
    main()
