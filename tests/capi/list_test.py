"""Every function of capi/abi/ is in lianhu.h with a description, exported, tested in C and bound in Python.

list_test.py LIBRARY
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Declared, but of no use to Python: a context serves one call there.
NOT_CALLED = {"lianhu_context_reset"}


def main() -> int:
    lists = sorted((ROOT / "capi/abi").glob("*.json"))
    functions = {name for path in lists for name in json.loads(path.read_text(encoding="utf-8"))["functions"]}
    headers = sorted((ROOT / "capi/include/lianhu/capi").glob("*.h"))
    header = "".join(path.read_text(encoding="utf-8") for path in headers)
    umbrella = (ROOT / "capi/include/lianhu.h").read_text(encoding="utf-8")
    uncommented = re.sub(r"/\*.*?\*/", "", header, flags=re.S)
    symbols = subprocess.run(
        ["nm", "-D", "--defined-only", "--format=posix", sys.argv[1]], check=True, capture_output=True, text=True
    ).stdout
    exported = {line.split()[0].split("@")[0] for line in symbols.splitlines() if line.split()[1] != "A"}
    described = {
        name
        for name in functions
        # A comment right above; an _init or _free is described by rules 4 and 5 and the struct or handle it serves.
        if name.endswith(("_init", "_free", "_create")) or re.search(r"\*/\nLIANHU_API [^;]*\b" + name + r"\(", header)
    }
    tested = {path.name.removesuffix("_test.c") for path in (ROOT / "tests/capi").glob("lianhu_*_test.c")}
    # Declared by _abi.py and called by hand-written code; _init functions are called by the name of their struct.
    files = [path for path in (ROOT / "bindings/python/lianhu").glob("*.py") if path.name != "_abi.py"]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    bound = NOT_CALLED | {
        name for name in functions if f'"{name}"' in sources or f"(_abi.{name.removesuffix('_init')})" in sources
    }
    views = {
        "declared in lianhu.h": set(re.findall(r"\b(lianhu_\w+)\(", uncommented)),
        "described in lianhu.h": described,
        "exported by the shared library": exported,
        "tested by tests/capi": tested,
        "bound by Python": bound,
    }
    faults = [f"not {what}: {name}" for what, names in views.items() for name in sorted(functions - names)]
    faults += [f"{what}, but not in capi/abi/: {name}" for what, names in views.items() for name in sorted(names - functions)]
    faults += [f"not included by lianhu.h: {path.name}" for path in headers if f"<lianhu/capi/{path.name}>" not in umbrella]
    stale = subprocess.run([sys.executable, ROOT / "capi/generate.py", "--check"], capture_output=True, text=True)
    faults += stale.stdout.splitlines()
    print("\n".join(faults) or f"{len(functions)} functions listed, described, exported, tested and bound")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
