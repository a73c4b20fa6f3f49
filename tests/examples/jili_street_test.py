"""The demo: the founding street's figures, its plan checked from the files it writes, the same bytes every time."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from shared_data import shared_data

PROGRAMS = Path(os.environ["LIANHU_BIN"])


def run(folder: Path) -> str:
    return subprocess.run(
        [PROGRAMS / "jili_street", "--out", folder], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("jili")
    return folder, run(folder)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_figures_of_the_street(street: tuple[Path, str]) -> None:
    folder, said = street
    households, stewards = read(folder / "households.csv"), read(folder / "stewards.csv")
    assert len(households) == 46_445 and len(stewards) == 2_744
    assert len({row["community"] for row in households}) == 15
    assert Counter(row["community"] for row in stewards)["太平桥村"] == 106
    assert len(read(folder / "shops.csv")) == 12_000 and len(read(folder / "merchant_stewards.csv")) == 143
    assert "15 communities and villages > 130 grids > 3050 micro-grids > 46445 households" in said


def test_the_units_are_the_real_ones(street: tuple[Path, str]) -> None:
    units = read(street[0] / "units.csv")
    official = {(row["code"], row["name"]) for row in read(shared_data("hierarchy/jili_430181002_children.csv"))}
    named = {(row["code"], row["name"]) for row in units if len(row["code"]) == 12}
    assert {code for code, _ in named} == {code for code, _ in official}
    assert all(name[:2] in dict(official)[code] for code, name in named)
    lengths = Counter(len(row["code"]) for row in units)
    assert (lengths[9], lengths[12], lengths[15]) == (1, 15, 130) and lengths[18] > 3_000
    assert all(row["code"].startswith(row["parent"]) for row in units)


def test_the_plan_is_proved(street: tuple[Path, str]) -> None:
    folder, said = street
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert summary["status"] == "optimal" and summary["total_cost_cm"] == summary["dual_bound_cm"]
    assert 10 <= summary["load_min"] <= summary["load_max"] <= 20
    assert f"total {summary['total_cost_cm']} cm = lower bound {summary['total_cost_cm']} cm" in said
    result = subprocess.run(
        [PROGRAMS / "lianhu", "verify", "--households", "households.csv", "--stewards", "stewards.csv"]
        + ["--within", "community", "--plan", "plan.csv", "--prices", "prices.csv"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0 and "proved optimal" in result.stdout, result.stderr


def test_the_straight_plan_is_longer_on_foot(street: tuple[Path, str]) -> None:
    folder, said = street
    means = re.search(r"over 11 bridges: ([\d.]+) m on average, proved; the plan above, walked: ([\d.]+) m", said)
    assert means is not None and 0 < float(means[1]) < float(means[2])
    roads = ["--road-nodes", "road_nodes.csv", "--road-edges", "road_edges.csv"]
    inputs = ["--households", "households.csv", "--stewards", "stewards.csv", "--within", "community"]
    result = subprocess.run(
        [PROGRAMS / "lianhu", "verify", *inputs, *roads, "--plan", "plan_on_roads.csv"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    total = re.search(r"total (\d+) cm", result.stdout)
    assert total is not None, result.stdout
    assert f"{int(total[1]) / 100 / len(read(folder / 'households.csv')):.1f}" == means[1]


def test_the_street_is_drawn_from_its_households(street: tuple[Path, str]) -> None:
    folder, said = street
    community = {row["id"]: row["community"] for row in read(folder / "households.csv")}
    drawn = read(folder / "drawn.csv")
    assert [row["household"] for row in drawn] == list(community)
    sizes: Counter[str] = Counter()
    homes: dict[str, set[str]] = {}
    for row in drawn:
        assert row["unit"] == community[row["household"]]
        assert len(row["microgrid"]) == 18 and row["microgrid"].startswith(row["grid"]) and len(row["grid"]) == 15
        for code in (row["grid"], row["microgrid"]):
            sizes[code] += 1
            homes.setdefault(code, set()).add(row["unit"])
    assert all(len(units) == 1 for units in homes.values())
    grids = [size for code, size in sizes.items() if len(code) == 15]
    micro_grids = [size for code, size in sizes.items() if len(code) == 18]
    assert len(grids) == 130 and all(320 <= size <= 410 for size in grids)
    assert len(micro_grids) == 3_050 and all(10 <= size <= 20 for size in micro_grids)
    assert (
        f"130 grids of {min(grids)} to {max(grids)} households, 3050 micro-grids of {min(micro_grids)} to {max(micro_grids)}"
        in said
    )
    again(folder, "district", "--households", "households.csv", "--within", "community", "--levels", "--count", "3050", "--grid-min", "320",
          "--grid-max", "410", "--check", "drawn.csv")
    units = read(folder / "drawn_units.csv")
    assert Counter(row["level"] for row in units) == {"street": 1, "community": 15, "grid": 130, "micro-grid": 3_050}
    assert "太平桥村" in {row["name"] for row in units}


def test_merchants_cannot_work_and_what_would(street: tuple[Path, str]) -> None:
    for sentence in (
        "143 stewards can serve 7150 at most",
        "240 stewards would do, 97 more",
        "up to 84",
        "还有4850户",
    ):
        assert sentence in street[1]
    assert (street[0] / "merchants.txt").read_text(encoding="utf-8") in street[1]


def test_posts_are_vacant_and_held_twice(street: tuple[Path, str]) -> None:
    holders = Counter(row["holder"] for row in read(street[0] / "posts.csv") if len(row["unit"]) == 18)
    assert holders[""] > 100 and sum(count == 2 for who, count in holders.items() if who) > 100
    assert len(holders) - 1 == 2_744


def again(folder: Path, *arguments: str) -> str:
    """The command line on the demo's files, households below the micro-grids of their stewards."""
    done = subprocess.run([PROGRAMS / "lianhu", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tree(street: tuple[Path, str]) -> Path:
    """households.csv with the unit of each, as the plan and the posts say."""
    folder = street[0]
    unit_of: dict[str, str] = {}
    for row in read(folder / "posts.csv"):
        if len(row["unit"]) == 18:
            unit_of.setdefault(row["holder"], row["unit"])
    lines = [f"{row['household']},{unit_of[row['steward']]}\n" for row in read(folder / "plan.csv")]
    path = folder.parent / "in_units.csv"
    path.write_text("id,unit\n" + "".join(lines), encoding="utf-8")
    return path


def test_a_month_of_issues_is_routed_by_the_tables(street: tuple[Path, str], tree: Path, tmp_path: Path) -> None:
    folder, said = street
    issues, decisions = read(folder / "issues.csv"), read(folder / "decisions.csv")
    assert len(issues) == len(decisions) == 6_000
    modes = Counter(row["mode"] for row in decisions)
    assert f"help {modes['help']}, mediate {modes['mediate']}, report {modes['report']}" in said
    assert min(modes.values()) > 400
    town = ("--hierarchy", "units.csv", "--households", str(tree), "--posts", "posts.csv")
    again(folder, "--lang", "zh", "route", *town, "--issues", "issues.csv", "--out", str(tmp_path / "d.csv"))
    assert (tmp_path / "d.csv").read_bytes() == (folder / "decisions.csv").read_bytes()
    again(folder, "docket", "replay", *town, "--events", "events.csv", "--until", "2026-11-01T00:00:00+08:00",
          "--out", str(tmp_path / "c.csv"))
    assert (tmp_path / "c.csv").read_bytes() == (folder / "cases.csv").read_bytes()
    assert len(read(folder / "cases.csv")) == 6_000


def test_a_notice_and_where_it_stopped(street: tuple[Path, str], tree: Path, tmp_path: Path) -> None:
    folder, said = street
    again(folder, "cascade", "--hierarchy", "units.csv", "--posts", "posts.csv", "--plan", "plan.csv", "--notice",
          "430181002", "--sent", "2026-10-12T09:30:00+08:00", "--acks", "acks.csv", "--out", str(tmp_path / "c.csv"),
          "--retransmit", str(tmp_path / "r.csv"))
    assert (tmp_path / "c.csv").read_bytes() == (folder / "coverage.csv").read_bytes()
    assert (tmp_path / "r.csv").read_bytes() == (folder / "again.csv").read_bytes()
    acknowledged = {row["unit"] for row in read(folder / "acks.csv")}
    households = {row["id"] for row in read(folder / "households.csv")}
    reached = len(households & acknowledged)
    street_row = read(folder / "coverage.csv")[0]
    assert (int(street_row["targets"]), int(street_row["reached"])) == (46_445, reached)
    assert f"{reached} of 46445 households acknowledged" in said
    assert sum(int(row["targets"]) for row in read(folder / "again.csv")) == 46_445 - reached > 0


def test_groups_and_cards(street: tuple[Path, str]) -> None:
    folder = street[0]
    groups = read(folder / "groups.csv")
    kinds = Counter(kind for kind, _ in {(row["kind"], row["group"]) for row in groups})
    assert kinds == {"command": 1, "backbone": 15, "operating": 130, "household": 2_744}
    steward_of = {row["household"]: row["steward"] for row in read(folder / "plan.csv")}
    assert {row["member"]: row["group"] for row in groups if row["role"] == "household"} == {
        household: f"household:{steward}" for household, steward in steward_of.items()}
    cards = (folder / "cards.html").read_text(encoding="utf-8")
    assert cards.count("<article") == 2_744 and cards.count("<section") == 343
    diary = (folder / "diary.html").read_text(encoding="utf-8")
    assert diary.count("<section") == 106
    assert diary.count("<tr><td>") == sum(row["community"] == "太平桥村" for row in read(folder / "households.csv"))


def test_the_evaluation_follows_from_the_facts(street: tuple[Path, str], tmp_path: Path) -> None:
    folder, said = street
    again(folder, "score", "--facts", "facts.csv", "--out", str(tmp_path / "s.csv"))
    assert (tmp_path / "s.csv").read_bytes() == (folder / "scores.csv").read_bytes()
    again(folder, "fund", "--amount", "1000000.00", "--scores", "scores.csv", "--method", "largest-remainder", "--out",
          str(tmp_path / "f.csv"))
    assert (tmp_path / "f.csv").read_bytes() == (folder / "fund.csv").read_bytes()
    scores = read(folder / "scores.csv")
    assert len(scores) == 2_887 and sum(row["status"] == "rated" for row in scores) > 2_400
    fen = [int(row["amount"].replace(".", "")) for row in read(folder / "fund.csv")]
    assert len(fen) == 2_887 and sum(fen) == 100_000_000
    assert "Evaluation: 2887 stewards" in said
    # Facts of one kind recounted: visits of the month that verified a household, each household once.
    verified = {(row["steward"], row["household"]) for row in read(folder / "visits.csv") if row["kind"] == "verify"}
    by_steward = Counter(steward for steward, _ in verified)
    facts = {row["steward"]: row for row in read(folder / "facts.csv")}
    assert {steward: int(row["households_verified"]) for steward, row in facts.items()} == {
        steward: by_steward[steward] for steward in facts}
    cases = read(folder / "cases.csv")
    stewards = {row["id"] for row in read(folder / "stewards.csv")}
    disputes = Counter(row["responsible"] for row in cases if row["category"] == "04" and row["in_time"])
    for steward in stewards:
        assert int(facts[steward]["disputes_received"]) >= min(1, disputes[steward])
        assert int(facts[steward]["deliveries_due"]) == int(facts[steward]["households_assigned"])


def test_the_first_page_shows_it(street: tuple[Path, str]) -> None:
    folder = street[0]
    page = (folder / "index.html").read_text(encoding="utf-8")
    for name in set(re.findall(r'href="([^"]+)"', page)):
        assert (folder / name).is_file(), name
    for figure in ("46445", "2744", "2887", "1000000.00", "诉求", "一传到底", "网格与微网格的划分", "3050"):
        assert figure in page
    assert (folder / "scores.html").read_text(encoding="utf-8").count('<section class="steward"') == 2_887


def test_the_same_bytes_again(street: tuple[Path, str], tmp_path: Path) -> None:
    run(tmp_path)
    for path in street[0].iterdir():
        if path.name not in ("summary.json", "drawn.json"):  # they hold the seconds
            assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name
