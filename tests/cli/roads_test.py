"""`lianhu assign --road-nodes --road-edges`: distances recomputed from the files alone, and Cambridge both ways."""

from __future__ import annotations

import csv
import heapq
import math
from pathlib import Path

import pytest
from command import STREET, lianhu, read, write_street

from shared_data import shared_data

# A ladder of two streets joined at one end only: what is near in a straight line can be far to walk.
NODES = "id,x,y\n" + "".join(f"N{i},{100 * i},0\nS{i},{100 * i},40\n" for i in range(6))
EDGES = ("from,to,length_m\n" + "".join(f"N{i},N{i + 1},100\nS{i},S{i + 1},104.5\n" for i in range(5)) + "N0,S0,40\n")
HOUSEHOLDS = "id,x,y\n" + "".join(f"H{i},{50 * i + 3},{(0, 41)[i % 2]}\n" for i in range(10))
STEWARDS = "id,x,y\nA,300,1\nB,100,42\nC,500,2\n"
ROADS = ("--road-nodes", "n.csv", "--road-edges", "e.csv")
BOUNDS = ("--min", "1", "--max", "5")


def write_all(folder: Path, edges: str = EDGES) -> None:
    write_street(folder, HOUSEHOLDS, STEWARDS)
    (folder / "n.csv").write_text(NODES)
    (folder / "e.csv").write_text(edges)


def centimetres(a: dict[str, str], b: dict[str, str]) -> int:
    return math.floor(100 * math.dist((float(a["x"]), float(a["y"])), (float(b["x"]), float(b["y"]))) + 0.5)


def road_costs(folder: Path) -> dict[tuple[str, str], int]:
    nodes = {row["id"]: row for row in read(folder / "n.csv")}
    roads: dict[str, list[tuple[str, int]]] = {name: [] for name in nodes}
    for row in read(folder / "e.csv"):
        length = round(100 * float(row["length_m"]))
        roads[row["from"]].append((row["to"], length))
        roads[row["to"]].append((row["from"], length))

    def attach(place: dict[str, str]) -> tuple[int, str]:
        return min((centimetres(place, node), name) for name, node in nodes.items())

    costs = {}
    for steward in read(folder / "s.csv"):
        access, start = attach(steward)
        distance = {start: 0}
        heap = [(0, start)]
        while heap:
            d, node = heapq.heappop(heap)
            if d > distance[node]:
                continue
            for other, length in roads[node]:
                if d + length < distance.get(other, 1 << 60):
                    distance[other] = d + length
                    heapq.heappush(heap, (d + length, other))
        for household in read(folder / "h.csv"):
            own, node = attach(household)
            if node in distance:
                costs[household["id"], steward["id"]] = own + distance[node] + access
    return costs


def test_plan_and_proof_recomputed(tmp_path: Path) -> None:
    write_all(tmp_path)
    done = lianhu("assign", *STREET, *BOUNDS, *ROADS, "--out", "p.csv", "--prices", "pr.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    costs = road_costs(tmp_path)
    total = 0
    load = {"A": 0, "B": 0, "C": 0}
    for row in read(tmp_path / "p.csv"):
        cost = costs[row["household"], row["steward"]]
        assert row["distance_m"] == f"{cost // 100}.{cost % 100:02d}"
        total += cost
        load[row["steward"]] += 1
    assert all(1 <= count <= 5 for count in load.values())
    price = {row["steward"]: int(row["price_cm"]) for row in read(tmp_path / "pr.csv")}
    bound = -sum(p * (5 if p > 0 else 1) for p in price.values())
    bound += sum(min(costs[h, j] + price[j] for j in load) for h in {key[0] for key in costs})
    assert total == bound
    assert f"total {total} cm = dual bound {total} cm over all reachable pairs" in done.out
    check = lianhu("verify", *STREET, *BOUNDS, *ROADS, "--plan", "p.csv", "--prices", "pr.csv", cwd=tmp_path)
    assert check.code == 0 and "proved optimal" in check.out
    straight = lianhu("assign", *STREET, *BOUNDS, "--out", "q.csv", cwd=tmp_path)
    assert straight.code == 0
    along = sum(costs[row["household"], row["steward"]] for row in read(tmp_path / "q.csv"))
    assert along > total  # the straight plan crosses where no road does


def test_unreachable_is_said(tmp_path: Path) -> None:
    write_all(tmp_path, EDGES.replace("N1,N2,100\n", "").replace("N0,S0,40\n", ""))
    # N0 and N1 are cut off with C; S has B; N2.. has A. Then C's piece is cut, too, from everybody else.
    (tmp_path / "s.csv").write_text("id,x,y\nA,500,1\nB,500,42\n")
    done = lianhu("assign", *STREET, "--min", "0", "--max", "9", *ROADS, "--out", "p.csv", cwd=tmp_path)
    assert done.code == 3
    assert done.err == "lianhu: 2 households cannot reach any steward along roads: H0, H2\n"
    assert not (tmp_path / "p.csv").exists()
    effort = lianhu("assign", *STREET, "--min", "0", "--max", "9", *ROADS, "--best-effort", "--out", "p.csv", cwd=tmp_path)
    assert effort.code == 0
    assert "left over: 2 households" in effort.out
    assert "到不了" in lianhu("--lang", "zh", "assign", *STREET, *ROADS, cwd=tmp_path).err


def test_max_distance(tmp_path: Path) -> None:
    write_all(tmp_path)
    done = lianhu("assign", *STREET, *BOUNDS, *ROADS, "--max-distance", "500", "--out", "p.csv", cwd=tmp_path)
    assert done.code == 0, done.err
    costs = road_costs(tmp_path)
    assert max(costs.values()) > 50000
    assert all(costs[row["household"], row["steward"]] <= 50000 for row in read(tmp_path / "p.csv"))
    near = lianhu("assign", *STREET, *BOUNDS, *ROADS, "--max-distance", "20", cwd=tmp_path)
    assert near.code == 3 and "cannot reach any steward" in near.err


def test_bad_roads_are_named(tmp_path: Path) -> None:
    write_all(tmp_path, "from,to,length_m\nN0,N9,5\n")
    done = lianhu("assign", *STREET, *ROADS, cwd=tmp_path)
    assert (done.code, done.err) == (2, "lianhu: e.csv: row 2, column to: not in n.csv: 'N9'\n")
    assert lianhu("assign", *STREET, "--road-nodes", "n.csv", cwd=tmp_path).code == 2


def test_cambridge_along_its_streets(tmp_path: Path) -> None:
    """Network plans against straight-line plans: the straight plan walks farther along the streets."""
    folder = shared_data("cambridge")
    common = ("--households", "h.csv", "--stewards", folder / "stewards.csv")
    roads = ("--road-nodes", folder / "street_nodes.csv", "--road-edges", folder / "street_edges.csv",
             "--road-origin=-71.1097,42.3736")
    # Five households are nearest to a node that is on no road to any steward.
    cut_off = ["18357-1", "18357-2", "18357-3", "18404-1", "18405-1"]
    lines = (folder / "households.csv").read_text().splitlines(keepends=True)
    (tmp_path / "h.csv").write_text("".join(lines))
    refused = lianhu("assign", *common, *roads, cwd=tmp_path)
    assert refused.code == 3 and refused.err.endswith(": " + ", ".join(cut_off) + "\n")
    (tmp_path / "h.csv").write_text("".join(line for line in lines if line.split(",")[0] not in cut_off))
    network = lianhu("assign", *common, *roads, "--out", "n.csv", "--prices", "np.csv", cwd=tmp_path)
    assert network.code == 0, network.err
    check = lianhu("verify", *common, *roads, "--plan", "n.csv", "--prices", "np.csv", cwd=tmp_path)
    assert check.code == 0 and "proved optimal" in check.out
    assert lianhu("assign", *common, "--out", "s.csv", cwd=tmp_path).code == 0
    straight = lianhu("verify", *common, *roads, "--plan", "s.csv", cwd=tmp_path)
    assert straight.code == 1 and "cannot reach" in straight.err  # it links across where no road leads

    def total(text: str) -> int:
        return int(text.split("total ")[1].split(" cm")[0])

    with (tmp_path / "n.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 40686
    assert total(check.out) < total(straight.out)


if __name__ == "__main__":
    pytest.main([__file__])
