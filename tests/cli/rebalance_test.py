"""lianhu rebalance and lianhu offers: the plan after events, recomputed from the files alone."""

from __future__ import annotations

import csv
import json
import os
import random
from pathlib import Path

import pytest
from command import STREET, Result, cost_cm, lianhu, read, recompute, write_street

PLAN = ("--plan", "plan.csv", "--prices", "prices.csv")
AFTER = ("--households-out", "h2.csv", "--stewards-out", "s2.csv")
OUTPUTS = ("--out", "new.csv", "--prices-out", "new_prices.csv", "--moves", "moves.csv", "--summary", "summary.json")
BOUNDS = ("--min", 3, "--max", 5)


def start(folder: Path, *options: object, **street: str) -> None:
    write_street(folder, **street)
    result = lianhu("assign", *STREET, *(options or BOUNDS), "--out", "plan.csv", "--prices", "prices.csv", cwd=folder)
    assert result.code == 0, result.err


def rebalance(folder: Path, events: str, *options: object) -> Result:
    (folder / "events.csv").write_text(events, encoding="utf-8", newline="")
    arguments = options if "--min" in options else (*BOUNDS, *options)
    return lianhu("rebalance", *STREET, *PLAN, "--events", "events.csv", *OUTPUTS, *AFTER, *arguments, cwd=folder)


def proved(folder: Path, least: int = 3, most: int = 5, within: str = "") -> int:
    files = (folder / name for name in ("h2.csv", "s2.csv", "new.csv", "new_prices.csv"))
    total, bound = recompute(*files, least, most, within)
    assert total == bound
    assert json.loads((folder / "summary.json").read_text())["total_cost_cm"] == total
    return total


def test_every_type_of_event(tmp_path: Path) -> None:
    start(tmp_path)
    result = rebalance(
        tmp_path,
        "type,id,x,y,unit,min,max\n"
        "household_arrives,N1,2,1,,,\n"
        "household_leaves,H0,,,,,\n"
        "household_moves,H11,5,0,,,\n"
        "steward_joins,S4,7,0,,2,4\n"
        "steward_changes,S1,0,0,,1,6\n"
        "steward_leaves,S2,,,,,\n",
    )
    assert (result.code, result.err) == (0, "")
    assert "the given plan is proved optimal by its prices" in result.out
    proved(tmp_path)
    people = [row["id"] for row in read(tmp_path / "h2.csv")]
    assert people == [f"H{i}" for i in range(1, 12)] + ["N1"]
    assert [(row["id"], row["min"], row["max"]) for row in read(tmp_path / "s2.csv")] == [
        ("S1", "1", "6"),
        ("S3", "3", "5"),
        ("S4", "2", "4"),
    ]
    # The moves are exactly the difference, with the distances of both ends.
    before = {row["household"]: row["steward"] for row in read(tmp_path / "plan.csv")}
    after = {row["household"]: row["steward"] for row in read(tmp_path / "new.csv")}
    expected = {
        name: (before.get(name, ""), after.get(name, ""))
        for name in {*before, *after}
        if before.get(name) != after.get(name)
    }
    moves = read(tmp_path / "moves.csv")
    assert {row["household"]: (row["from"], row["to"]) for row in moves} == expected
    here = {row["household"]: row["distance_m"] for row in read(tmp_path / "new.csv")}
    assert all(row["to_distance_m"] == here.get(row["household"], "") for row in moves)
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert (summary["start"], summary["events"], summary["moved"]) == ("given_proved", 6, len(moves))
    assert summary["events_by_type"]["steward_joins"] == 1
    # The command's own check, on the files that it wrote.
    verify = lianhu("verify", "--households", "h2.csv", "--stewards", "s2.csv", "--plan", "new.csv", "--prices",
                    "new_prices.csv", cwd=tmp_path)  # fmt: skip
    assert verify.code == 0 and "proved optimal" in verify.out


@pytest.mark.parametrize("within", ["", "unit"])
def test_random_events_end_in_the_plan_of_assign(tmp_path: Path, within: str) -> None:
    for seed in range(6):
        print("seed", seed)
        dice = random.Random(seed)
        units = ["east", "west"]
        where = lambda: f"{dice.randint(0, 4000) / 10},{dice.randint(0, 4000) / 10}"  # noqa: E731
        households = [f"H{i},{where()},{dice.choice(units)}\n" for i in range(80)]
        stewards = [f"S{i},{where()},{units[i % 2]}\n" for i in range(8)]
        bounds = ("--min", 0, "--max", 16) + (("--within", within) if within else ())
        start(tmp_path, *bounds, households="id,x,y,unit\n" + "".join(households),
              stewards="id,x,y,unit\n" + "".join(stewards))  # fmt: skip
        rows = []
        for i in range(10):
            rows.append(f"household_arrives,N{i},{where()},{dice.choice(units)},,\n")
            rows.append(f"household_leaves,H{i},,,,,\n")
            rows.append(f"household_moves,H{20 + i},{where()},{dice.choice(units)},,\n")
        rows += [f"steward_joins,T,{where()},east,1,9\n", "steward_leaves,S0,,,,,\n", "steward_changes,S1,,,,2,14\n"]
        dice.shuffle(rows)
        result = rebalance(tmp_path, "type,id,x,y,unit,min,max\n" + "".join(rows), *bounds)
        assert result.code == 0, result.err
        total = proved(tmp_path, 0, 16, within)
        fresh = lianhu("assign", "--households", "h2.csv", "--stewards", "s2.csv", *bounds, "--summary", "fresh.json",
                       cwd=tmp_path)  # fmt: skip
        assert fresh.code == 0
        assert json.loads((tmp_path / "fresh.json").read_text())["total_cost_cm"] == total


def test_a_plan_without_prices_is_said_and_proved_first(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "events.csv").write_text("type,id\nhousehold_leaves,H3\n")
    arguments = ("rebalance", *STREET, *BOUNDS, "--plan", "plan.csv", "--events", "events.csv", "--summary", "summary.json")
    result = lianhu(*arguments, cwd=tmp_path)
    assert result.code == 0 and "was not proved optimal (no prices were given)" in result.out
    # Two households exchanged: feasible, and worse.
    rows = read(tmp_path / "plan.csv")
    rows[0]["steward"], rows[11]["steward"] = rows[11]["steward"], rows[0]["steward"]
    with (tmp_path / "plan.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    result = lianhu(*arguments, "--prices", "prices.csv", cwd=tmp_path)
    assert result.code == 0 and "is not optimal (its prices do not prove it)" in result.out
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["start"] == "improved" and summary["start_moved"] >= 2
    assert summary["given_distance_cm"] > summary["start_distance_cm"]


def test_the_switch_cost_keeps_households_where_they_are(tmp_path: Path) -> None:
    start(tmp_path, "--min", 0, "--max", 12)
    events = "type,id,x,y\nsteward_changes,S2,5,0\n"
    free = rebalance(tmp_path, events, "--min", 0, "--max", 12)
    assert free.code == 0 and len(read(tmp_path / "moves.csv")) > 0
    dear = rebalance(tmp_path, events, "--min", 0, "--max", 12, "--switch-cost", 1000)
    assert dear.code == 0 and read(tmp_path / "moves.csv") == []
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert summary["switches"] == 0 and summary["total_cost_cm"] == summary["dual_bound_cm"] == summary["distance_cm"]


def test_no_place_left(tmp_path: Path) -> None:
    start(tmp_path, "--min", 0, "--max", 4)
    events = "type,id,x,y\nhousehold_arrives,N,100,0\n"
    result = rebalance(tmp_path, events, "--min", 0, "--max", 4)
    assert result.code == 3 and "13 households" in result.err
    assert sorted(os.listdir(tmp_path)) == ["events.csv", "h.csv", "plan.csv", "prices.csv", "s.csv", "summary.json"]
    assert json.loads((tmp_path / "summary.json").read_text())["status"] == "infeasible"
    result = rebalance(tmp_path, events, "--min", 0, "--max", 4, "--best-effort")
    assert result.code == 0 and "left over: 1 households" in result.out
    assert [row["household"] for row in read(tmp_path / "new.csv") if not row["steward"]] == ["N"]
    summary = json.loads((tmp_path / "summary.json").read_text())
    assert (summary["status"], summary["unserved"]) == ("best_effort", 1)


def test_degrees_verify_after_the_events(tmp_path: Path) -> None:
    rows = "".join(f"H{i},{113.6 + i / 10000:.4f},28.1\n" for i in range(9))
    start(tmp_path, "--min", 0, "--max", 5, households="id,lon,lat\n" + rows,
          stewards="id,lon,lat\nS1,113.6,28.1001\nS2,113.6006,28.0999\n")  # fmt: skip
    result = rebalance(tmp_path, "type,id,lon,lat\nhousehold_arrives,N,113.7,28.2\n", "--min", 0, "--max", 5)
    assert result.code == 0 and "proved optimal by its prices" in result.out
    verify = lianhu("verify", "--households", "h2.csv", "--stewards", "s2.csv", "--plan", "new.csv", "--prices",
                    "new_prices.csv", cwd=tmp_path)  # fmt: skip
    assert verify.code == 0


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ("id,x\nH1,2\n", "events.csv: row 1, column type: is missing"),
        ("type,id\nsteward_flies,S1\n", "events.csv: row 2, column type: not a type of event"),
        ("type,id\nleaves,S1\n", "events.csv: row 2, column type: say household_leaves or steward_leaves"),
        ("type,id\nhousehold_leaves,\n", "events.csv: row 2, column id: value missing"),
        ("type,id\n\nhousehold_leaves,H99\n", "events.csv: row 3, column id: no such household: 'H99'"),
        ("type,id\nhousehold_leaves,H1\nhousehold_leaves,H1\n", "events.csv: row 3, column id: no such household: 'H1'"),
        ("type,id,x,y\narrives,H1,1,1\n", "events.csv: row 2, column id: this household is there already: 'H1'"),
        ("type,id,x,y\njoins,S1,1,1\n", "events.csv: row 2, column id: this steward is there already: 'S1'"),
        ("type,id,x,y\narrives,N,,1\n", "events.csv: row 2, column x: value missing"),
        ("type,id,x,y\narrives,N,east,1\n", "events.csv: row 2, column x: not a number: 'east'"),
        ("type,id,y\narrives,N,1\n", "events.csv: row 1, column x: is missing"),
        ("type,id,x,y\nhousehold_moves,H1,,\n", "events.csv: row 2, column x: value missing"),
        ("type,id,x,y\narrives,N,9e9,1\n", "events.csv: row 2, column x: out of range"),
        ("type,id,x,y\narrives,N,9e7,1\n", "events.csv: row 2, column position: position"),
        ("type,id,min\nsteward_changes,S1,9\n", "events.csv: row 2, column min: minimum 9 is above maximum 5"),
        ("type,id,max\nsteward_changes,S1,-1\n", "events.csv: row 2, column max: must not be negative: '-1'"),
        ("type,id,x,y,max\narrives,N,1,1,9\n", "events.csv: row 2, column max: bounds belong to stewards: '9'"),
    ],
)
def test_bad_rows_are_named(tmp_path: Path, events: str, message: str) -> None:
    start(tmp_path)
    before = sorted(os.listdir(tmp_path)) + ["events.csv"]
    result = rebalance(tmp_path, events)
    assert result.code == 2 and result.out == ""
    assert message in result.err and result.err.count("\n") == 1
    assert sorted(os.listdir(tmp_path)) == sorted(before)


def test_unknown_units_are_named(tmp_path: Path) -> None:
    start(tmp_path, "--min", 2, "--max", 8, "--within", "unit")
    result = rebalance(tmp_path, "type,id,x,y,unit\narrives,N,1,1,north\n", "--min", 2, "--max", 8, "--within", "unit")
    assert result.code == 2 and "events.csv: row 2, column unit: no such unit in the street: 'north'" in result.err
    # A steward may bring a new one, and then it is known.
    events = "type,id,x,y,unit,min,max\njoins,S9,1,1,north,0,3\narrives,N,1,1,north,,\n"
    result = rebalance(tmp_path, events, "--min", 2, "--max", 8, "--within", "unit")
    assert result.code == 0, result.err
    assert read(tmp_path / "new.csv")[-1]["steward"] == "S9"


def test_chinese_words(tmp_path: Path) -> None:
    start(tmp_path)
    text = "type,id,x,y\n住户迁入,新户,2,0\n红管事变更,S1,0,0\n"
    (tmp_path / "events.csv").write_bytes(text.encode("gb18030"))
    result = lianhu("--lang", "zh", "rebalance", *STREET, *BOUNDS, *PLAN, "--events", "events.csv", *OUTPUTS, cwd=tmp_path)
    assert result.code == 0 and "最优" in result.out
    assert read(tmp_path / "new.csv")[-1]["household"] == "新户"


def test_offers_are_what_assigning_would_cost(tmp_path: Path) -> None:
    start(tmp_path)
    arguments = ("offers", *STREET, *BOUNDS, *PLAN, "--x", 1.25, "--y", 0.5, "--count", 3, "--out", "offers.csv")
    result = lianhu(*arguments, cwd=tmp_path)
    assert result.code == 0, result.err
    offers = read(tmp_path / "offers.csv")
    assert [row["rank"] for row in offers] == ["1", "2", "3"]
    totals = [round(float(row["total_m"]) * 100) for row in offers]
    assert totals == sorted(totals)
    base = sum(round(float(row["distance_m"]) * 100) for row in read(tmp_path / "plan.csv"))
    stewards = read(tmp_path / "s.csv")
    # By brute force: who serves how many of the others; on a line that is enough to know.
    people = read(tmp_path / "h.csv")
    for row, total in zip(offers, totals):
        taker = next(s for s in stewards if s["id"] == row["steward"])
        best = min(
            plan_cost(people, stewards, {s["id"]: (3, 5 - (s is taker)) for s in stewards}, loads)
            for loads in ((a, b, 12 - a - b) for a in range(2, 6) for b in range(2, 6))
        )
        assert total == best - base + cost_cm({"x": "1.25", "y": "0.5"}, taker)
    result = lianhu(*arguments, "--events", "none.csv", cwd=tmp_path)
    assert result.code == 2


def plan_cost(
    people: list[dict[str, str]], stewards: list[dict[str, str]], bounds: dict[str, tuple[int, int]], loads: tuple[int, ...]
) -> int:
    """Households and stewards in the order of the line, each the next `loads` of them."""
    ordered = sorted(people, key=lambda row: float(row["x"]))
    cost = 0
    for steward, load in zip(stewards, loads):
        low = bounds[steward["id"]][0] - (1 if bounds[steward["id"]][1] < 5 else 0)
        if not low <= load <= bounds[steward["id"]][1]:
            return 10**9
        cost += sum(cost_cm(person, steward) for person in ordered[:load])
        ordered = ordered[load:]
    return cost


def test_offers_for_every_arrival_of_a_file(tmp_path: Path) -> None:
    start(tmp_path)
    (tmp_path / "events.csv").write_text("type,id,x,y\narrives,N1,0,0\nhousehold_leaves,H1,,\narrives,N2,9,0\n")
    result = lianhu("offers", *STREET, *BOUNDS, *PLAN, "--events", "events.csv", "--count", 1, "--out", "o.csv", cwd=tmp_path)
    assert result.code == 0, result.err
    assert [(row["household"], row["rank"]) for row in read(tmp_path / "o.csv")] == [("N1", "1"), ("N2", "1")]
    for bad in (("--count", 0), ("--x", 1), ("--x", 1, "--y", 1, "--unit", "east")):
        assert lianhu("offers", *STREET, *BOUNDS, *PLAN, *bad, cwd=tmp_path).code == 2


MOVES = ("--min", 0, "--max", 4)
CROSSED = "household,steward\n" + "".join(
    f"H{i},{('S3', 'S1', 'S1', 'S1', 'S2', 'S2', 'S2', 'S1', 'S3', 'S3', 'S3', 'S2')[i]}\n" for i in range(12)
)


def test_the_frontier_and_plans_with_few_moves(tmp_path: Path) -> None:
    write_street(tmp_path)
    (tmp_path / "now.csv").write_text(CROSSED)
    now = {row["household"]: row["steward"] for row in read(tmp_path / "now.csv")}
    result = lianhu("assign", *STREET, *MOVES, "--current", "now.csv", "--frontier", "f.csv", "--out", "plan.csv",
                    "--map", "map.html", cwd=tmp_path)  # fmt: skip
    assert result.code == 0, result.err
    points = read(tmp_path / "f.csv")
    assert list(points[0]) == ["moves", "distance_m", "switch_cost_m", "corner"]
    moves = [int(row["moves"]) for row in points]
    distances = [round(float(row["distance_m"]) * 100) for row in points]
    assert moves[0] == 0 and moves == sorted(moves) and distances == sorted(distances, reverse=True)
    assert distances[-1] == sum(round(float(row["distance_m"]) * 100) for row in read(tmp_path / "plan.csv"))
    assert "data-moves" in (tmp_path / "map.html").read_text()

    for limit in range(moves[-1] + 2):
        result = lianhu("assign", *STREET, *MOVES, "--current", "now.csv", "--max-moves", limit, "--out", "few.csv",
                        "--summary", "few.json", cwd=tmp_path)  # fmt: skip
        assert result.code == 0, result.err
        plan = {row["household"]: row["steward"] for row in read(tmp_path / "few.csv")}
        changed = sum(plan[name] != now[name] for name in now)
        summary = json.loads((tmp_path / "few.json").read_text())
        assert changed == summary["moves"] <= limit
        total = sum(round(float(row["distance_m"]) * 100) for row in read(tmp_path / "few.csv"))
        assert total == summary["total_cost_cm"] >= summary["bound_cm"]
        assert (summary["status"] == "optimal") == (total == summary["bound_cm"])
        if limit in moves:
            assert (changed, total) == (limit, distances[moves.index(limit)])

    # A switch cost keeps to the frontier as well.
    result = lianhu("assign", *STREET, *MOVES, "--current", "now.csv", "--switch-cost", 1.5, "--out", "kept.csv",
                    "--summary", "kept.json", cwd=tmp_path)  # fmt: skip
    assert result.code == 0, result.err
    summary = json.loads((tmp_path / "kept.json").read_text())
    assert summary["total_cost_cm"] == min(d + 150 * m for m, d in zip(moves, distances))


def test_moves_that_bounds_force(tmp_path: Path) -> None:
    write_street(tmp_path)
    (tmp_path / "now.csv").write_text("household,steward\n" + "".join(f"H{i},S1\n" for i in range(12)))
    result = lianhu("assign", *STREET, "--min", 4, "--max", 4, "--current", "now.csv", "--max-moves", 7, "--out", "p.csv",
                    cwd=tmp_path)  # fmt: skip
    assert result.code == 3 and "force 8 to" in result.err and not (tmp_path / "p.csv").exists()
    for bad in (("--max-moves", 3), ("--frontier", "f.csv"), ("--switch-cost", 3), ("--current", "now.csv", "--max-moves", -1)):
        assert lianhu("assign", *STREET, *bad, cwd=tmp_path).code == 2
