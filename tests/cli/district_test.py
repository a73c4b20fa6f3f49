"""`lianhu district`: bounds, jurisdictions, connections and figures recomputed from the files alone."""

from __future__ import annotations

import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Iterable

import pytest
from command import lianhu, read
from shared_data import shared_data

QUICK = ("--seconds", "0.5")
STREET = "430181002"


def write_households(folder: Path, seed: int = 1, communities: tuple[int, ...] = (57, 83)) -> None:
    """Communities side by side, in buildings of six."""
    source = random.Random(seed)
    lines = ["id,x,y,community,building"]
    for c, size in enumerate(communities):
        for k in range(size):
            if k % 6 == 0:
                x, y = 1000 * c + source.uniform(0, 900), source.uniform(0, 900)
            lines.append(f"H{c}-{k},{x:.2f},{y:.2f},{STREET}{201 + c},B{c}-{k // 6}")
    (folder / "h.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def parts_of(micro: Path, households: Path) -> dict[str, list[dict[str, str]]]:
    """The households by micro-grid; every household of the file has one."""
    people, drawn = read(households), read(micro)
    assert [row["household"] for row in drawn] == [row.get("id") or row["geoid"] for row in people]
    parts: dict[str, list[dict[str, str]]] = defaultdict(list)
    for person, row in zip(people, drawn):
        parts[row["microgrid"]].append({**person, **row})
    return parts


def apart(a: dict[str, str], b: dict[str, str]) -> int:
    """Centimetres."""
    return math.floor(100 * math.hypot(float(a["x"]) - float(b["x"]), float(a["y"]) - float(b["y"])) + 0.5)


def median_cm(members: list[dict[str, str]]) -> int:
    return min(sum(apart(a, b) for b in members) for a in members)


def means_m2(members: list[dict[str, str]]) -> float:
    x, y = (sum(float(row[name]) for row in members) / len(members) for name in ("x", "y"))
    return sum((float(row["x"]) - x) ** 2 + (float(row["y"]) - y) ** 2 for row in members)


def is_connected(nodes: Iterable[str], neighbours: dict[str, set[str]]) -> bool:
    left = set(nodes)
    stack = [left.pop()]
    while stack:
        for other in neighbours[stack.pop()] & left:
            left.discard(other)
            stack.append(other)
    return not left


def neighbours_of(edges: Path) -> dict[str, set[str]]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for row in read(edges):
        neighbours[row["a"]].add(row["b"])
        neighbours[row["b"]].add(row["a"])
    return neighbours


def summary_of(folder: Path, name: str = "s.json") -> dict:
    return json.loads((folder / name).read_text(encoding="utf-8"))


def draw(folder: Path, *arguments: object) -> dict[str, list[dict[str, str]]]:
    done = lianhu("district", "--households", "h.csv", "--within", "community", *QUICK, "--out", "micro.csv", "--parts",
                  "parts.csv", "--summary", "s.json", *arguments, cwd=folder)  # fmt: skip
    assert (done.code, done.err) == (0, "")
    return parts_of(folder / "micro.csv", folder / "h.csv")


def test_the_median(tmp_path: Path) -> None:
    write_households(tmp_path)
    parts = draw(tmp_path)
    assert all(10 <= len(part) <= 20 and len({row["community"] for row in part}) == 1 for part in parts.values())
    figures = {row["microgrid"]: row for row in read(tmp_path / "parts.csv")}
    assert set(figures) == set(parts)
    for name, members in parts.items():
        (medoid,) = [row for row in members if row["id"] == figures[name]["medoid"]]
        assert sum(apart(row, medoid) for row in members) == median_cm(members)
        assert all(abs(float(row["distance_m"]) - apart(row, medoid) / 100) < 1e-9 for row in members)
        assert float(figures[name]["radius_m"]) == pytest.approx(max(apart(row, medoid) for row in members) / 100, abs=0.01)
        assert (int(figures[name]["households"]), figures[name]["within_bounds"]) == (len(members), "yes")
    total = sum(median_cm(part) for part in parts.values()) / 100
    summary = summary_of(tmp_path)
    assert summary["objective_m"] == pytest.approx(total)
    assert (summary["count"], summary["outside"], summary["status"]) == (len(parts), 0, "feasible")
    assert summary["bound_m"] is None or summary["bound_m"] <= total + 1e-6
    # As few as will do.
    assert len(parts) == math.ceil(57 / 20) + math.ceil(83 / 20)


def test_the_means_and_a_count(tmp_path: Path) -> None:
    write_households(tmp_path)
    parts = draw(tmp_path, "--objective", "means", "--count", 11, "--min", 11, "--max", 15)
    assert len(parts) == 11 and all(11 <= len(part) <= 15 for part in parts.values())
    assert summary_of(tmp_path)["objective_m2"] == pytest.approx(sum(means_m2(part) for part in parts.values()), rel=1e-6)


def test_seed_and_threads(tmp_path: Path) -> None:
    write_households(tmp_path)
    arguments = ("district", "--households", "h.csv", "--within", "community", "--seed", "7")
    for name, more in (("a", ("--threads", "1")), ("b", ("--threads", "2"))):
        assert lianhu(*arguments, *more, "--seconds", "5", "--out", name, cwd=tmp_path).code == 0
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_buildings_stay_together(tmp_path: Path) -> None:
    write_households(tmp_path)
    parts = draw(tmp_path, "--keep-buildings", "--min", 6, "--max", 18)
    homes: dict[str, set[str]] = defaultdict(set)
    for name, members in parts.items():
        for row in members:
            homes[row["building"]].add(name)
    assert len(homes) == 24 and all(len(names) == 1 for names in homes.values())
    assert summary_of(tmp_path)["split_buildings"] == []


def test_todays_parts_are_kept(tmp_path: Path) -> None:
    write_households(tmp_path)
    draw(tmp_path)
    micro = (tmp_path / "micro.csv").read_text(encoding="utf-8")
    (tmp_path / "today.csv").write_text(micro.replace(",M0001,", ",东一,"), encoding="utf-8")
    today = {row["household"]: row["microgrid"] for row in read(tmp_path / "today.csv")}
    # A new household: it joins one, and nobody else moves.
    with (tmp_path / "h.csv").open("a", encoding="utf-8") as file:
        file.write(f"new,10,10,{STREET}201,B9\n")
    parts = draw(tmp_path, "--current", "today.csv", "--move-cost", 1e6)
    now = {row["household"]: name for name, members in parts.items() for row in members}
    assert {h: name for h, name in now.items() if h != "new"} == today
    assert now["new"] in today.values() and summary_of(tmp_path)["moved"] == 0
    # Without a price the drawing is free again; what it moved is what the files say.
    other = draw(tmp_path, "--current", "today.csv", "--max", 18)
    moved = sum(today.get(row["household"], name) != name for name, members in other.items() for row in members)
    assert summary_of(tmp_path)["moved"] == moved > 0


def test_a_repair_changes_what_is_around(tmp_path: Path) -> None:
    write_households(tmp_path)
    before = {name: {row["id"] for row in part} for name, part in draw(tmp_path).items()}
    (tmp_path / "micro.csv").rename(tmp_path / "today.csv")
    rows = (tmp_path / "h.csv").read_text(encoding="utf-8").splitlines()
    # A building more, where a household of the second community is, and one household gone.
    x, y = rows[70].split(",")[1:3]
    rows = [row for row in rows if not row.startswith("H0-0,")] + [f"new{k},{x},{y},{STREET}202,N" for k in range(6)]
    (tmp_path / "h.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    parts = draw(tmp_path, "--current", "today.csv", "--repair", "--moves", "moves.csv")
    assert all(10 <= len(part) <= 20 and len({row["community"] for row in part}) == 1 for part in parts.values())
    today = {h: name for name, members in before.items() for h in members}
    now = {row["household"]: name for name, members in parts.items() for row in members}
    moves = read(tmp_path / "moves.csv")
    assert [(row["household"], row["from"], row["to"]) for row in moves] == [
        (row["id"], today.get(row["id"], ""), now[row["id"]])
        for row in read(tmp_path / "h.csv")
        if today.get(row["id"]) != now[row["id"]]
    ]
    summary = summary_of(tmp_path)
    assert summary["moved"] == sum(row["from"] != "" for row in moves) < 40
    assert set(summary["created"]) == set(parts) - set(before) and set(summary["dissolved"]) == set(before) - set(parts)
    # The first community lost a household and is within bounds still: nobody there moves.
    assert all(name == today[h] for h, name in now.items() if h.startswith("H0-"))
    done = lianhu("district", "--households", "h.csv", "--within", "community", "--current", "today.csv", "--repair", "--count",
                  9, cwd=tmp_path)  # fmt: skip
    assert (done.code, done.err.strip()) == (2, "lianhu: --repair: does not go with --count")


def test_levels_make_a_hierarchy(tmp_path: Path) -> None:
    write_households(tmp_path, communities=(330, 210, 40))
    done = lianhu("district", "--households", "h.csv", "--within", "community", "--levels", "--grid-min", 90, "--grid-max",
                  130, *QUICK, "--out", "micro.csv", "--units", "units.csv", "--summary", "s.json", cwd=tmp_path)  # fmt: skip
    assert done.code == 3 and "40" in done.err and "90" in done.err  # the small community is one grid, and named
    parts = parts_of(tmp_path / "micro.csv", tmp_path / "h.csv")
    grids: Counter[str] = Counter()
    for name, members in parts.items():
        (grid,) = {row["grid"] for row in members}
        (community,) = {row["community"] for row in members}
        assert len(name) == 18 and name.startswith(grid) and len(grid) == 15 and grid.startswith(community)
        assert 10 <= len(members) <= 20
        grids[grid] += len(members)
    small = f"{STREET}203001"
    assert grids.pop(small) == 40 and all(90 <= size <= 130 for size in grids.values())
    summary = summary_of(tmp_path)
    assert (summary["status"], summary["grids"]["status"], summary["grids"]["count"]) == ("feasible", "infeasible", len(grids) + 1)
    # The units are a tree that the other commands read, with the households below their micro-grids.
    (tmp_path / "posts.csv").write_text(f"unit,holder,stand_in\n{STREET},L1,L2\n", encoding="utf-8")
    (tmp_path / "acks.csv").write_text(f"unit,time\n{small}001,2026-11-24 09:00\n", encoding="utf-8")
    notice = lianhu("cascade", "--hierarchy", "units.csv", "--posts", "posts.csv", "--households", "micro.csv", "--notice",
                    STREET, "--sent", "2026-11-24 08:00", "--acks", "acks.csv", cwd=tmp_path)  # fmt: skip
    assert notice.code == 0, notice.err
    assert "of 580 targets" in notice.out and f"of {len(parts)} acknowledged" in notice.out
    # Whoever checks it needs the same files and bounds, and finds the same fault.
    check = ("district", "--households", "h.csv", "--within", "community", "--levels", "--check", "micro.csv")
    done = lianhu(*check, "--grid-min", 90, "--grid-max", 130, cwd=tmp_path)
    assert (done.code, done.err.splitlines()[0]) == (1, f"lianhu: grid {small} has 40, not 90 to 130 households")
    assert lianhu(*check, "--grid-min", 40, "--grid-max", 130, cwd=tmp_path).code == 0


def test_communities_by_name(tmp_path: Path) -> None:
    write_households(tmp_path, communities=(40,))
    text = (tmp_path / "h.csv").read_text(encoding="utf-8").replace(f"{STREET}201", "太平桥村")
    (tmp_path / "h.csv").write_bytes(text.encode("gb18030"))
    (tmp_path / "u.csv").write_text(f"code,level,name\n{STREET},street,集里街道\n{STREET}201,community,太平桥村\n", encoding="utf-8")
    arguments = ("district", "--households", "h.csv", "--within", "community", "--levels", "--grid-min", 40, *QUICK)
    done = lianhu(*arguments, cwd=tmp_path)
    assert (done.code, done.err.strip()) == (
        2,
        "lianhu: h.csv: row 2, column community: need the 12-digit code of a community, or a name that --hierarchy lists: '太平桥村'",
    )
    done = lianhu(*arguments, "--hierarchy", "u.csv", "--units", "units.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    rows = read(tmp_path / "units.csv")
    assert [row["name"] for row in rows[:2]] == ["集里街道", "太平桥村"] and {row["level"] for row in rows[2:]} == {"grid", "micro-grid"}
    # Another street's name is not guessed.
    (tmp_path / "u.csv").write_text(f"code,level,name\n{STREET},street,集里街道\n{STREET}202,community,别处\n", encoding="utf-8")
    assert "no community with this name in u.csv: '太平桥村'" in lianhu(*arguments, "--hierarchy", "u.csv", cwd=tmp_path).err


def write_ring(folder: Path, n: int = 60) -> None:
    """Households around a ring, each bordering the next; two more on an island."""
    angles = [2 * math.pi * k / n for k in range(n)]
    rows = [f"R{k},{500 * math.cos(a):.2f},{500 * math.sin(a):.2f}" for k, a in enumerate(angles)]
    (folder / "h.csv").write_text("id,x,y\n" + "\n".join([*rows, "I1,0,0", "I2,5,0"]) + "\n", encoding="utf-8")
    edges = [f"R{k},R{(k + 1) % n}" for k in range(n)]
    (folder / "e.csv").write_text("a,b\n" + "\n".join([*edges, "I1,I2"]) + "\n", encoding="utf-8")


@pytest.mark.parametrize("objective", ["borders", "median", "means"])
def test_contiguity_and_an_island(tmp_path: Path, objective: str) -> None:
    write_ring(tmp_path)
    arguments = ("district", "--households", "h.csv", "--contiguity", "e.csv", "--objective", objective)
    done = lianhu(*arguments, *QUICK, "--out", "micro.csv", "--summary", "s.json", cwd=tmp_path)
    assert done.code == 3 and "I1, I2" in done.err and "10" in done.err
    parts = parts_of(tmp_path / "micro.csv", tmp_path / "h.csv")
    neighbours = neighbours_of(tmp_path / "e.csv")
    assert all(is_connected((row["id"] for row in members), neighbours) for members in parts.values())
    sizes = sorted(len(members) for members in parts.values())
    assert sizes[0] == 2 and all(10 <= size <= 20 for size in sizes[1:])
    (fault,) = summary_of(tmp_path)["infeasibilities"]
    assert (fault["kind"], fault["households"]) == ("too_small", ["I1", "I2"])
    chinese = lianhu("--lang", "zh", *arguments, *QUICK, cwd=tmp_path)
    assert "下限" in chinese.err and "I1、I2" in chinese.err
    check = lianhu(*arguments, "--check", "micro.csv", cwd=tmp_path)
    assert check.code == 1 and check.err.count("not 10 to 20 households") == 1
    assert lianhu(*arguments, "--check", "micro.csv", "--min", 2, cwd=tmp_path).code == 0
    # Two that do not border each other, swapped.
    rows = (tmp_path / "micro.csv").read_text(encoding="utf-8").splitlines()
    names = [row.split(",")[1] for row in rows[1:]]
    a = 0
    b = next(k for k in range(25, 35) if names[k] != names[a])
    for k, name in ((a, names[b]), (b, names[a])):
        fields = rows[k + 1].split(",")
        rows[k + 1] = ",".join([fields[0], name, *fields[2:]])
    (tmp_path / "bad.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    check = lianhu(*arguments, "--check", "bad.csv", "--min", 2, cwd=tmp_path)
    assert check.code == 1 and "pieces" in check.err


def test_edges_between_buildings(tmp_path: Path) -> None:
    write_households(tmp_path, communities=(60,))
    (tmp_path / "e.csv").write_text("a,b\n" + "".join(f"B0-{k},B0-{k + 1}\n" for k in range(9)), encoding="utf-8")
    done = lianhu("district", "--households", "h.csv", "--contiguity", "e.csv", "--objective", "median", *QUICK, "--out",
                  "micro.csv", cwd=tmp_path)  # fmt: skip
    assert done.code == 0, done.err
    neighbours = neighbours_of(tmp_path / "e.csv")
    for members in parts_of(tmp_path / "micro.csv", tmp_path / "h.csv").values():
        assert 10 <= len(members) <= 20
        assert is_connected({row["building"] for row in members}, neighbours)


@pytest.mark.parametrize("name, count", [("AR_BG_05", 4), ("NM_2020", 3)])
def test_population_within_a_per_cent(tmp_path: Path, name: str, count: int) -> None:
    nodes, edges = (shared_data(f"contiguity/{name}_{kind}.csv") for kind in ("nodes", "edges"))
    arguments = ("district", "--households", nodes, "--contiguity", edges, "--count", count, "--tolerance", 1)
    done = lianhu(*arguments, "--seconds", 2, "--out", "micro.csv", "--summary", "s.json", "--parts", "parts.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    people, drawn = read(nodes), read(tmp_path / "micro.csv")
    ids = [row.get("id") or row["geoid"] for row in people]
    assert [row["household"] for row in drawn] == ids
    weight: Counter[str] = Counter()
    part_of = {row["household"]: row["microgrid"] for row in drawn}
    for key, person in zip(ids, people):
        weight[part_of[key]] += int(person["pop"])
    mean = sum(weight.values()) / count
    assert len(weight) == count and all(abs(w - mean) <= 0.01 * mean for w in weight.values())
    neighbours = neighbours_of(edges)
    for part in weight:
        assert is_connected((key for key in ids if part_of[key] == part), neighbours)
    cut = sum(part_of[a] != part_of[b] for a, b in {tuple(sorted((row["a"], row["b"]))) for row in read(edges)})
    assert summary_of(tmp_path)["edges_cut"] == cut
    assert {row["microgrid"]: int(row["weight"]) for row in read(tmp_path / "parts.csv")} == weight
    checked = lianhu(*arguments, "--check", "micro.csv", cwd=tmp_path)
    assert checked.code == 0 and f"borders cut: {cut} / " in checked.out


def test_bounds_that_no_number_of_parts_meets(tmp_path: Path) -> None:
    write_households(tmp_path, communities=(57, 7))
    arguments = ("district", "--households", "h.csv", "--within", "community", *QUICK, "--out", "micro.csv")
    done = lianhu(*arguments, "--summary", "s.json", cwd=tmp_path)
    assert done.code == 3 and f"{STREET}202 has 7 households, 3 fewer than the minimum of 10" in done.err and "H1-0, H1-1" in done.err
    assert "还差3户" in lianhu("--lang", "zh", *arguments, cwd=tmp_path).err
    # Nobody is dropped: the small community is a part of its own.
    parts = parts_of(tmp_path / "micro.csv", tmp_path / "h.csv")
    assert sorted(len(part) for part in parts.values())[0] == 7
    assert summary_of(tmp_path)["infeasibilities"][0]["kind"] == "too_small"
    write_households(tmp_path, communities=(57,))
    done = lianhu(*arguments, "--min", 20, "--max", 20, cwd=tmp_path)
    assert done.code == 3 and "too many for 2 parts of at most 20, too few for 3 of at least 20" in done.err
    done = lianhu(*arguments, "--count", 9, cwd=tmp_path)
    assert done.code == 3 and "3 to 5" in done.err and "not 9" in done.err


def test_a_check_names_what_is_wrong(tmp_path: Path) -> None:
    write_households(tmp_path)
    draw(tmp_path)
    check = ("district", "--households", "h.csv", "--within", "community", "--check")
    good = lianhu(*check, "micro.csv", "--summary", "again.json", cwd=tmp_path)
    assert (good.code, good.err) == (0, "") and "bounds and jurisdictions: kept" in good.out
    assert summary_of(tmp_path, "again.json")["objective_m"] == pytest.approx(summary_of(tmp_path)["objective_m"])
    rows = (tmp_path / "micro.csv").read_text(encoding="utf-8").splitlines()
    last = rows[-1].split(",")[1]

    def fault(lines: list[str], *more: object) -> tuple[int, str]:
        (tmp_path / "bad.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = lianhu(*check, "bad.csv", *more, cwd=tmp_path)
        return done.code, done.err

    first = rows[1].split(",")
    code, err = fault([rows[0], ",".join([first[0], last, *first[2:]]), *rows[2:]], "--max", 30)
    assert code == 1 and f"micro-grid {last} has households of two jurisdictions" in err
    code, err = fault([*rows[:-1]])
    assert code == 1 and "household H1-82 is in no micro-grid" in err
    code, err = fault(rows, "--max", 12)
    assert code == 1 and "not 10 to 12 households" in err
    code, err = fault([*rows, "ghost,M0001,,,"])
    assert (code, err.strip()) == (2, f"lianhu: bad.csv: row {len(rows) + 1}, column household: not in h.csv: 'ghost'")
    code, err = fault([*rows, rows[1]])
    assert code == 2 and f"row {len(rows) + 1}, column household: household is there already, in row 2: 'H0-0'" in err


@pytest.mark.parametrize(
    "households, edges, more, message",
    [
        ("id,x,y\nA,0,0\nA,1,1\n", "", (), "h.csv: row 3, column id: id is there already, in row 2: 'A'"),
        ("id,x,y\nA,0,zero\n", "", (), "h.csv: row 2, column y: not a number: 'zero'"),
        ("id,x,y\n", "", (), "h.csv: no households"),
        ("id\nA\n", "", (), "h.csv: no positions: need x,y in metres or lon,lat"),
        ("id,x,y\nA,0,0\n", "a,b\nA,Z\n", (), "e.csv: row 2, column b: not in h.csv: 'Z'"),
        ("id,x,y\nA,0,0\n", "a,b\nA,A\n", (), "e.csv: row 2, column b: borders itself: 'A'"),
        ("id,x,y,w\nA,0,0,0\n", "", ("--weights", "w", "--min", 0, "--max", 9), "h.csv: row 2, column w: below 1: '0'"),
        ("id,x,y\nA,0,0\n", "", ("--weights", "w"), "h.csv: row 1, column w: is missing"),
        ("id,x,y\nA,0,0\n", "", ("--min", 9, "--max", 3), "--min and --max: need min <= max and max of at least 1: 9 to 3"),
        ("id,x,y\nA,0,0\n", "", ("--levels",), "--levels: needs --within, the column of the community"),
        ("id,x,y\nA,0,0\n", "", ("--keep-buildings",), "--keep-buildings: h.csv has no column building"),
        ("id,x,y,pop\nA,0,0,5\n", "", ("--weights", "pop"), "weights in column pop: need --min and --max, or --count"),
        ("id,x,y\nA,0,0\n", "", ("--objective", "borders"), "--objective borders: needs --contiguity"),
    ],
)
def test_bad_input_is_named(tmp_path: Path, households: str, edges: str, more: tuple, message: str) -> None:
    (tmp_path / "h.csv").write_text(households, encoding="utf-8")
    (tmp_path / "e.csv").write_text(edges, encoding="utf-8")
    graph = ("--contiguity", "e.csv") if edges else ()
    done = lianhu("district", "--households", "h.csv", *graph, *more, *QUICK, "--out", "micro.csv", cwd=tmp_path)
    assert done.code == 2 and done.err.startswith("lianhu: ") and message in done.err
    assert not (tmp_path / "micro.csv").exists()
