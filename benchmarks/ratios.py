#!/usr/bin/env python3
"""Reads Google Benchmark's JSON from files and prints ours beside each peer as ratios: ratios.py FILE...

Benchmarks are named WORK/WHO; WHO is lianhu or a peer. Both sides come from one run, for machines differ.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1.0}


def shown(seconds: float) -> str:
    for unit in ("s", "ms", "us"):
        if seconds >= UNITS[unit]:
            return f"{seconds / UNITS[unit]:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def main() -> int:
    times: dict[str, dict[str, float]] = {}
    failed = 0
    for path in sys.argv[1:]:
        text = Path(path).read_text(encoding="utf-8")
        for run in json.loads(text)["benchmarks"] if text else []:  # empty: the filter left nothing of it
            work, _, rest = run["name"].partition("/")
            who = re.split(r"/", rest)[0]
            if run.get("error_occurred"):
                print(f"FAILED {work}/{who}: {run['error_message']}")
                failed += 1
                continue
            times.setdefault(work, {})[who] = run["real_time"] * UNITS[run["time_unit"]]
    print(f"{'work':46} {'lianhu':>9}   {'beside it':34} {'its time':>9} {'ratio':>7}")
    for work, by_who in times.items():
        ours = by_who.get("lianhu")
        for who, theirs in by_who.items():
            if who == "lianhu" or ours is None:
                continue
            print(f"{work:46} {shown(ours):>9}   {who:34} {shown(theirs):>9} {theirs / ours:7.2f}")
    print("ratio: how many times lianhu's time the other needs")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
