"""lianhu facts and lianhu sample: facts counted by the rules of docs/algorithms/scoring.md; a sample that can be drawn again."""

from __future__ import annotations

import collections
from pathlib import Path

import pytest
from command import lianhu, read

PLAN = "household,steward\n" + "".join(f"H{i:02d},S{1 + i // 12}\n" for i in range(24)) + "H99,\n"
PERIOD = ("--from", "2026-01-01", "--to", "2026-04-01")


def facts(folder: Path, *options: str) -> dict[str, dict[str, str]]:
    result = lianhu("facts", "--plan", "plan.csv", *options, *PERIOD, "--out", "facts.csv", cwd=folder)
    assert (result.code, result.err) == (0, "")
    return {row["steward"]: row for row in read(folder / "facts.csv")}


def test_visits(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN)
    (tmp_path / "visits.csv").write_text(
        "steward,household,time,kind\n"
        "S1,H00,2026-01-01,verify\nS1,H00,2026-02-01,verify\nS1,H01,2026-03-31 23:59,verify\n"
        "S1,H02,2025-12-31 23:59,verify\nS1,H03,2026-04-01,verify\n"
        "S1,H04,2026-01-02,livelihood\nS1,H05,2025-12-31,livelihood\nS1,H06,2026-03-31,livelihood\n"
        "S2,H12,2026-02-03,contact\nS2,H13,2026-02-03,contact\nS2,H13,2026-02-09,contact\n")
    (tmp_path / "hardship.csv").write_text("household,contacts\nH12,2\nH13,2\nH00,2\nH99,1\n")
    (tmp_path / "sample.csv").write_text("household,knows_steward\nH00,yes\nH07,yes\nH12,no\nH13,yes\n")
    (tmp_path / "counts.csv").write_text("steward,fact,count\nS1,sessions_planned,4\nS1,sessions_held,3\nS1,sessions_planned,1\n")
    options = ("--visits", "visits.csv", "--hardship", "hardship.csv", "--sample", "sample.csv", "--counts", "counts.csv")
    found = facts(tmp_path, *options, "--period", "2026Q1")

    def of(steward: str, *names: str) -> list[int]:
        return [int(found[steward][name]) for name in names]

    assert list(found) == ["S1", "S2"] and found["S1"]["period"] == "2026Q1"
    assert of("S1", "households_assigned", "households_verified", "livelihood_current") == [12, 2, 2]
    assert of("S1", "hardship_listed", "hardship_contacted", "households_sampled", "households_heard") == [1, 1, 2, 1]
    assert of("S2", "hardship_listed", "hardship_contacted", "households_sampled", "households_heard") == [2, 1, 2, 1]
    assert of("S1", "sessions_planned", "sessions_held") == [5, 3]
    assert lianhu("score", "--facts", "facts.csv", "--out", "scores.csv", cwd=tmp_path).code == 0


def test_a_docket(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN)
    header = "case,category,kind,mode,severity,state,unit,responsible,registered,answered,closed,in_time,resolved,satisfied,reopened,breaches\n"
    rows = [
        # kind, mode, person, registered, answered, in time, resolved, satisfied, reopened, breaches
        ("help", "help", "S1", "2026-01-05", "2026-01-06", "yes", "yes", "yes", 0, 0),
        ("consult", "help", "S1", "2026-01-05", "2026-01-09", "no", "yes", "", 0, 1),
        ("help", "help", "S1", "2026-03-30", "", "", "", "", 0, 0),  # still in time: owes nothing yet
        ("help", "help", "S1", "2026-03-01", "", "", "", "", 0, 2),  # open and late
        ("help", "help", "S1", "2025-12-30", "2026-01-02", "yes", "yes", "yes", 0, 0),  # of the period before
        ("order", "mediate", "S1", "2026-02-01", "2026-02-02", "yes", "no", "no", 0, 0),
        ("dispute", "mediate", "S2", "2026-02-01", "2026-02-02", "yes", "yes", "yes", 0, 0),
        ("dispute", "mediate", "S2", "2026-02-01", "2026-02-02", "yes", "yes", "yes", 1, 0),
        ("hazard", "mediate", "S2", "2026-02-01", "2026-02-02", "yes", "yes", "yes", 0, 0),
        ("help", "report", "L01", "2026-02-01", "2026-02-02", "yes", "yes", "yes", 0, 0),  # an office above
    ]
    lines = [
        f"C{i},01,{kind},{mode},1,{'answered' if answered else 'accepted'},U,{person},{registered}T09:00:00+08:00,"
        f"{answered + 'T09:00:00+08:00' if answered else ''},,{in_time},{resolved},{satisfied},{reopened},{breaches}\n"
        for i, (kind, mode, person, registered, answered, in_time, resolved, satisfied, reopened, breaches) in enumerate(rows)
    ]
    (tmp_path / "cases.csv").write_text(header + "".join(lines))
    found = facts(tmp_path, "--docket", "cases.csv")
    one, two = found["S1"], found["S2"]
    names = ("requests_received", "requests_in_time", "requests_resolved", "requests_rated", "requests_satisfied", "help_accepted", "help_in_time")
    assert [int(one[name]) for name in names] == [4, 2, 2, 2, 1, 3, 1]
    assert [int(two[name]) for name in names] == [0] * 7
    assert (two["disputes_received"], two["disputes_settled"]) == ("2", "1")
    # Reopened: after more than 30 days it had been settled.
    stands = ["shortest_stand_seconds", *[""] * 7, str(30 * 86400 + 1), "", ""]
    text = (tmp_path / "cases.csv").read_text().splitlines()
    assert text[8].endswith(",1,0")
    (tmp_path / "cases.csv").write_text("".join(f"{line},{stand}\n" for line, stand in zip(text, stands)))
    assert facts(tmp_path, "--docket", "cases.csv")["S2"]["disputes_settled"] == "2"


def test_visits_by_others_who_may(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN)
    (tmp_path / "visits.csv").write_text("steward,household,time,kind\nS1,H12,2026-01-02,verify\nS2,H00,2026-01-02,verify\n")
    visits = ("--visits", "visits.csv")

    def refused(*more: str) -> str:
        result = lianhu("facts", "--plan", "plan.csv", *visits, *more, *PERIOD, "--out", "facts.csv", cwd=tmp_path)
        assert result.code == 2 and not (tmp_path / "facts.csv").exists()
        return result.err

    assert "row 2, column steward: the household's steward is 'S2': 'S1'" in refused()
    # As holder and stand-in of one unit each counts for the other; who served a household before counts for who does now.
    (tmp_path / "posts.csv").write_text("unit,holder,stand_in\nU1,S1,\nU2,S2,S1\n")
    (tmp_path / "other_posts.csv").write_text("unit,holder,stand_in\nU1,S1,S3\nU2,S2,\n")
    (tmp_path / "earlier.csv").write_text("household,steward\nH12,S1\nH00,S1\n")
    assert "row 2, column steward" in refused("--posts", "other_posts.csv")
    assert "row 3, column steward: the household's steward is 'S1': 'S2'" in refused("--earlier-plan", "earlier.csv")
    found = facts(tmp_path, *visits, "--posts", "posts.csv")
    assert [found[s]["households_verified"] for s in ("S1", "S2")] == ["1", "1"]
    # A post without a stand-in lets nobody visit in no one's name, and nobody visit whom no one serves.
    for visit in (",H00,2026-01-02,verify", "S1,H99,2026-01-02,verify"):
        (tmp_path / "visits.csv").write_text(f"steward,household,time,kind\n{visit}\n")
        (tmp_path / "facts.csv").unlink(missing_ok=True)
        assert "row 2, column steward: the household's steward is" in refused("--posts", "posts.csv")


def test_what_lies_outside_is_passed_over_and_words_are_understood(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN)
    (tmp_path / "visits.csv").write_text(
        "steward,household,time,kind\n"
        "S2,H00,2025-01-05,verify\nS9,H77,2026-04-01,verify\nS9,H77,2025-12-31,contact\n"  # long ago, later, no livelihood
        "S1,H00,2026-01-05,核实\nS1,H01,2026-01-05,VERIFY\nS1,H02,2026-01-05,从业\nS1,H03,2026-01-05,phone\nS1,H04,2026-01-05,phone\n",
        encoding="utf-8")
    call = ("facts", "--plan", "plan.csv", "--visits", "visits.csv", *PERIOD, "--out", "facts.csv")
    result = lianhu(*call, cwd=tmp_path)
    assert (result.code, result.err, result.out) == (0, "", "visits: 2 of kind 'phone', counted as contacts only\n")
    one = read(tmp_path / "facts.csv")[0]
    assert (one["households_verified"], one["livelihood_current"]) == ("2", "1")
    assert lianhu("--lang", "zh", *call, cwd=tmp_path).out == "走访记录：2行的类别为“phone”，只计为联系\n"


def test_large_counts(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN)
    (tmp_path / "counts.csv").write_text("steward,fact,count\nS1,tasks_assigned,3000000000\nS1,tasks_assigned,9000000000\n")
    assert facts(tmp_path, "--counts", "counts.csv")["S1"]["tasks_assigned"] == "12000000000"


@pytest.mark.parametrize("fault", [
    ("counts", "steward,fact,count\nS1,households_assigned,40\n", "counts.csv: row 2, column fact: is counted from plan.csv already: 'households_assigned'"),
    ("counts", f"steward,fact,count\nS1,tasks_assigned,{2**63 - 1}\nS1,tasks_assigned,1\n", "counts.csv: row 3, column count: the sum is out of range: '1'"),
    ("sample", "steward,household,knows_steward\nS2,H00,yes\n", "sample.csv: row 2, column steward: the household's steward is 'S1': 'S2'"),
    ("visits", "steward,household,time,kind\nS2,H00,2026-01-01,verify\n", "visits.csv: row 2, column steward: the household's steward is 'S1': 'S2'"),
    ("visits", "steward,household,time,kind\nS1,H99,2026-01-01,verify\n", "visits.csv: row 2, column steward: the household's steward is '': 'S1'"),
    ("visits", "steward,household,time,kind\nS1,H77,2026-01-01,verify\n", "visits.csv: row 2, column household: not in plan.csv: 'H77'"),
    ("visits", "steward,household,time,kind\nS1,H00,soon,verify\n", "visits.csv: row 2, column time: not a time: 'soon'"),
    ("sample", "household,knows_steward\nH00,\n", "sample.csv: row 2, column knows_steward: must be yes or no: ''"),
    ("counts", "steward,fact,count\nS1,miles,3\n", "counts.csv: row 2, column fact: no fact of the checklist: 'miles'"),
    ("counts", "steward,fact,count\nS9,late_reports,3\n", "counts.csv: row 2, column steward: unknown steward, not in plan.csv: 'S9'"),
    ("hardship", "household,contacts\nH00,1\nH00,1\n", "hardship.csv: row 3, column household: is there twice: 'H00'"),
])
def test_faults(tmp_path: Path, fault: tuple[str, str, str]) -> None:
    name, text, message = fault
    (tmp_path / "plan.csv").write_text(PLAN)
    (tmp_path / f"{name}.csv").write_text(text)
    result = lianhu("facts", "--plan", "plan.csv", f"--{name}", f"{name}.csv", *PERIOD, "--out", "facts.csv", cwd=tmp_path)
    assert (result.code, result.err) == (2, f"lianhu: {message}\n")
    assert not (tmp_path / "facts.csv").exists()


def test_the_sample_can_be_drawn_again(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(PLAN)
    lines = PLAN.splitlines()
    (tmp_path / "turned.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    (tmp_path / "households.csv").write_text("id,kind\n" + "".join(f"H{i:02d},{'hardship' if i % 4 == 0 else 'other'}\n" for i in [*range(24), 99]))

    def draw(plan: str, seed: int) -> str:
        result = lianhu("sample", "--plan", plan, "--strata", "households.csv", "--per-steward", 4, "--seed", seed, "--out", "s.csv", cwd=tmp_path)
        assert (result.code, result.err) == (0, "")
        return (tmp_path / "s.csv").read_text()

    text = draw("plan.csv", 7)
    assert draw("turned.csv", 7) == text != draw("plan.csv", 8)
    draw("plan.csv", 7)
    rows = read(tmp_path / "s.csv")
    assert list(rows[0]) == ["steward", "household", "stratum", "draw", "seed", "knows_steward"]
    assert {row["seed"] for row in rows} == {"7"}
    assert collections.Counter((row["steward"], row["stratum"]) for row in rows) == {
        ("S1", "hardship"): 1, ("S1", "other"): 3, ("S2", "hardship"): 1, ("S2", "other"): 3}
