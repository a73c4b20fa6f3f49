"""The programs in both READMEs compile, run and print what stands below them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ["LIANHU_BIN"]).parent
READMES = ("README.md", "README.zh-CN.md")


def blocks(readme: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / readme).read_text(encoding="utf-8"), re.M | re.S)


def expected(readme: str) -> str:
    (text,) = blocks(readme, "text")
    return text


def run(command: list[object], cwd: Path) -> str:
    environment = {**os.environ, "LD_LIBRARY_PATH": str(BUILD / "lib")}
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("readme", READMES)
def test_python(readme: str, tmp_path: Path) -> None:
    (program,) = blocks(readme, "python")
    (tmp_path / "plan.py").write_text(program, encoding="utf-8")
    assert run([sys.executable, "plan.py"], tmp_path) == expected(readme)


@pytest.mark.parametrize("readme", READMES)
def test_c(readme: str, tmp_path: Path) -> None:
    (program,) = blocks(readme, "c")
    (tmp_path / "plan.c").write_text(program, encoding="utf-8")
    flags = ["-std=c99", "-Wall", "-Wextra", "-Werror", f"-I{ROOT}/capi/include", f"-L{BUILD}/lib"]
    run(["cc", *flags, "plan.c", "-llianhu", "-o", "plan"], tmp_path)
    assert run(["./plan"], tmp_path) == expected(readme)


@pytest.mark.parametrize("readme", READMES)
def test_cpp(readme: str, tmp_path: Path) -> None:
    (program,) = blocks(readme, "cpp")
    (tmp_path / "plan.cc").write_text(program, encoding="utf-8")
    flags = ["-std=c++20", "-Wall", "-Wextra", "-Werror", f"-I{ROOT}/include", f"-L{BUILD}/lib"]
    rooms = ["-llianhu_assignment", "-llianhu_hierarchy", "-llianhu_base"]
    abseil = ["-labsl_status", "-labsl_statusor", "-labsl_cord", "-labsl_strings", "-labsl_throw_delegate", "-labsl_int128"]
    run(["c++", *flags, "plan.cc", *rooms, *abseil, "-o", "plan"], tmp_path)
    assert run(["./plan"], tmp_path) == expected(readme)


def test_both_readmes_show_the_same_programs_and_figures() -> None:
    for language in ("cpp", "c", "python", "text"):
        assert len(blocks("README.md", language)) == len(blocks("README.zh-CN.md", language)) == 1
    figures = [re.findall(r"\| *([\d.]+) *\|$", (ROOT / name).read_text(encoding="utf-8"), re.M) for name in READMES]
    assert figures[0] and figures[0] == figures[1]


@pytest.mark.parametrize(("language", "example"), [("cpp", "cpp/plan.cc"), ("c", "c/plan.c"), ("python", "python/plan.py")])
def test_the_programs_are_the_examples(language: str, example: str) -> None:
    assert blocks("README.md", language) == [(ROOT / "examples" / example).read_text(encoding="utf-8")]
