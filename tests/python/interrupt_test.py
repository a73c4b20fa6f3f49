"""Ctrl-C during a solve: the solver stops, KeyboardInterrupt is raised, and another call works."""

from __future__ import annotations

import subprocess
import sys
import time

PROGRAM = """
import os, signal, threading, time
import numpy, lianhu

random = numpy.random.default_rng(1)
# All stewards at one place and just enough room: by far too long to wait for.
households = random.uniform(0, 30000, (400_000, 2))
stewards = random.uniform(0, 300, (20_000, 2))
threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
begin = time.monotonic()
try:
    lianhu.assign(households, stewards, min=0, max=20)
    print("finished")
except KeyboardInterrupt:
    print("interrupted after", time.monotonic() - begin)
print("again", lianhu.assign(households[:100], stewards[:10]).proved)
"""


def test_ctrl_c() -> None:
    begin = time.monotonic()
    result = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120)
    assert "interrupted after" in result.stdout, result.stdout + result.stderr
    assert "again True" in result.stdout
    assert result.returncode == 0
    assert time.monotonic() - begin < 60
