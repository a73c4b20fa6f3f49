"""The examples of docs/formats.md: blocks that name a file are written, `console tested` blocks are run in the order of
the page, and what the page shows of their output and of the files they write is what they give."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIANHU = Path(os.environ["LIANHU_BIN"]) / "lianhu"
BLOCK = re.compile(r"^```(\w+) ([\w./-]+)\n(.*?)^```$", re.M | re.S)


def run(line: str, folder: Path) -> tuple[str, set[Path]]:
    """What a command prints, and the files that it writes."""
    words = shlex.split(line)
    assert words[0] == "lianhu", line
    before = {path: path.stat().st_ino for path in folder.rglob("*")}
    done = subprocess.run([LIANHU, *words[1:]], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    # Files are renamed into their places, so that a written one has a new inode.
    return done.stdout, {path for path in folder.rglob("*") if before.get(path) != path.stat().st_ino}


def test_examples(tmp_path: Path) -> None:
    made: set[Path] = set()
    commands = compared = 0
    for language, name, text in BLOCK.findall((ROOT / "docs/formats.md").read_text(encoding="utf-8")):
        if language == "console" and name == "tested":
            for command in text.split("$ ")[1:]:
                line, _, expected = command.partition("\n")
                printed, written = run(line, tmp_path)
                assert printed == expected, line
                made |= written
                commands += 1
            continue
        path = tmp_path / name
        if path in made:
            assert path.read_text(encoding="utf-8") == text, name
            made.discard(path)
            compared += 1
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
    assert commands >= 3 and compared >= 4
