"""pip install ./bindings/python into a fresh environment: the wheel has all it needs, and works far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import lianhu, lianhu._library
assert "/_lib/" in lianhu._library._LIBRARY._name, lianhu._library._LIBRARY._name
maps = open("/proc/self/maps").read()
for line in set(line.split()[-1] for line in maps.splitlines() if ".so" in line):
    name = line.rsplit("/", 1)[1]
    if name.startswith(("libabsl", "libcapnp", "libkj", "liblianhu")):
        assert "/lianhu/_lib/" in line, line
print(lianhu.assign([(0, 0), (1, 0)], [(0, 0)], min=1, max=2).proved)
"""


def test_pip_install(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", tmp_path / "env"], check=True)
    python = tmp_path / "env/bin/python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-index", "--no-build-isolation", "--no-deps"]
        + [str(ROOT / "bindings/python")],
        check=True,
        env=environment,
    )
    del environment["LIANHU_LIBRARY"]
    result = subprocess.run(
        [python, "-c", PROGRAM], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert result.stdout == "True\n", result.stdout + result.stderr
    assert not (ROOT / "bindings/python/lianhu/_lib").exists()
