"""The house: a room includes only rooms on lower floors and itself (docs/architecture.md)."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = {
    "base": 0,
    "hierarchy": 1,
    "assignment": 2,
    "districting": 2,
    "routing": 2,
    "scoring": 2,
    "io": 3,
    "store": 3,
    "report": 3,
    "schema": 3,
    "cli": 4,
    "capi": 4,
}
# Districting stands on the exact assignment, its inner step: the only stair between two rooms of one floor.
STAIRS = {("districting", "assignment")}
# Of the libraries below, which a room of floors 0 to 2 may not know.
UPSTAIRS_LIBRARIES = re.compile(r"#include [<\"](capnp|kj|nlohmann|CLI|csv\.h|zlib|iconv|sqlite3|pugixml)")


def sources() -> list[tuple[str, Path]]:
    found = []
    for top in ("include/lianhu", "src"):
        for path in sorted((ROOT / top).rglob("*")):
            room = path.relative_to(ROOT / top).parts[0]
            if path.suffix in (".h", ".cc", ".hpp") and room in FLOORS:
                found.append((room, path))
    return found + [("capi", path) for path in sorted((ROOT / "capi").glob("*.[ch]*")) if path.suffix in (".h", ".cc")]


def test_rooms_include_only_what_is_below() -> None:
    includes = 0
    for room, path in sources():
        for line in path.read_text(encoding="utf-8").splitlines():
            match = re.match(r'#include "(?:lianhu/)?([a-z]+)/', line)
            if match is None or match[1] not in FLOORS or match[1] == room:
                continue
            includes += 1
            below = FLOORS[match[1]] < FLOORS[room] or (room, match[1]) in STAIRS
            assert below or {room, match[1]} == {"io", "schema"}, f"{path}: {line}"
    assert includes > 50


def test_the_lower_floors_know_no_files_and_formats() -> None:
    for room, path in sources():
        if FLOORS[room] <= 2:
            for line in path.read_text(encoding="utf-8").splitlines():
                assert not UPSTAIRS_LIBRARIES.match(line), f"{path}: {line}"
                assert not re.match(r"#include <(iostream|fstream|cstdio)>", line), f"{path}: {line}"


def test_every_folder_is_a_room() -> None:
    for top in ("include/lianhu", "src"):
        for folder in (ROOT / top).iterdir():
            assert not folder.is_dir() or folder.name in FLOORS, folder


def test_a_name_stands_for_one_type_of_a_room() -> None:
    """Two types of one name in one namespace are undefined behaviour that neither compiler nor linker reports."""
    for room in sorted(FLOORS):
        where: dict[str, Path] = {}
        for path in sorted((ROOT / "include/lianhu" / room).glob("*.h")):
            text = path.read_text(encoding="utf-8")
            for match in re.finditer(r"^(?:struct|class|enum(?: class)?) ([A-Z]\w*)\b[^;{<]*\{", text, re.M):
                name = match[1]
                assert name not in where, f"{room}: {name} is in {where[name].name} and {path.name}"
                where[name] = path
