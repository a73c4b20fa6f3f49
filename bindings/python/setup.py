"""Puts liblianhu.so, and the shared libraries that it needs beyond the C and C++ runtimes, into the wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py
from wheel.bdist_wheel import bdist_wheel

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = re.compile(r"lib(absl|capnp|kj)[-_.]")


def version() -> str:
    text = (ROOT / "include/lianhu/base/version.h").read_text(encoding="utf-8")
    found = re.search(r'kVersion\[\] = "([^"]+)"', text)
    if found is None:
        raise SystemExit("no version in include/lianhu/base/version.h")
    return found.group(1)


def built_library() -> Path:
    if "LIANHU_LIBRARY" in os.environ:
        return Path(os.environ["LIANHU_LIBRARY"]).resolve(strict=True)
    library = ROOT / "build/release/lib/liblianhu.so"
    if not library.exists():
        subprocess.run(["cmake", "--preset", "release"], cwd=ROOT, check=True)
        subprocess.run(["cmake", "--build", "--preset", "release", "--target", "lianhu_capi"], cwd=ROOT, check=True)
    return library.resolve(strict=True)


def needed_libraries(library: Path) -> dict[str, Path]:
    """All that `library` needs, directly or not, that is to travel with it: name to file."""
    listing = subprocess.run(["ldd", library], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"(\S+) => (\S+)", listing)
    return {name: Path(path) for name, path in found if BUNDLED.match(name)}


class BuildWithLibrary(build_py):
    def run(self) -> None:
        super().run()
        library = built_library()
        folder = Path(self.build_lib) / "lianhu/_lib"
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in {"liblianhu.so": library, **needed_libraries(library)}.items():
            target = folder / name
            shutil.copyfile(path, target)
            subprocess.run(["patchelf", "--set-rpath", "$ORIGIN", target], check=True)


class PlatformWheel(bdist_wheel):
    """One wheel for every Python 3 of this platform: nothing in it is compiled against Python."""

    def finalize_options(self) -> None:
        super().finalize_options()
        self.root_is_pure = False

    def get_tag(self) -> tuple[str, str, str]:
        return "py3", "none", super().get_tag()[2]


class BinaryDistribution(Distribution):
    def has_ext_modules(self) -> bool:
        return True


setup(
    version=version(),
    distclass=BinaryDistribution,
    cmdclass={"build_py": BuildWithLibrary, "bdist_wheel": PlatformWheel},
)
