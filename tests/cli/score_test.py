"""lianhu score, recomputed in fractions from the checklist's file and the facts alone."""

from __future__ import annotations

import csv
import json
import os
import random
from fractions import Fraction
from pathlib import Path
from typing import Any, Optional

import pytest
from command import lianhu, read

FOUNDING = Path("data/scoring/founding.json").resolve()
CHECKLIST: dict[str, Any] = json.loads(FOUNDING.read_text(encoding="utf-8"))
INDICATORS = [indicator for group in CHECKLIST["groups"] for indicator in group["indicators"]]
FACTS = [fact["name"] for fact in CHECKLIST["facts"]]
OPTIONAL = [fact["name"] for fact in CHECKLIST["facts"] if fact.get("optional")]
COLUMNS = ["steward", *(i["id"] for i in INDICATORS), "bonus", "deduction", "total", "grade", "status", "rank"]

Row = dict[str, int]


def half_up(value: Fraction) -> str:
    thousandths = (value * 2000 + 1) // 2
    return f"{thousandths // 1000}.{thousandths % 1000:03d}"


def share(indicator: dict[str, Any], facts: Row) -> Optional[Fraction]:
    terms = [(Fraction(t.get("weight", "1")), facts[t["numerator"]], facts[t["denominator"]]) for t in indicator["formula"]]
    due = [(w, Fraction(n, d)) for w, n, d in terms if d]
    return sum((w * x for w, x in due), Fraction(0)) / sum(w for w, _ in due) if due else None


def expected(facts: Row) -> dict[str, str]:
    """One row of scores.csv but for the rank, by the text of docs/algorithms/scoring.md."""
    shares = {i["id"]: share(i, facts) for i in INDICATORS}
    weights = {i["id"]: Fraction(i["weight"]) for i in INDICATORS}
    groups = [[i["id"] for i in group["indicators"]] for group in CHECKLIST["groups"]]
    whole = [sum(weights[i] for i in group) for group in groups]
    due = [sum((weights[i] for i in group if shares[i] is not None), Fraction(0)) for group in groups]
    open_groups = sum(w for w, d in zip(whole, due) if d)
    rated = sum(due) * 3 >= 200
    row: dict[str, str] = {}
    total = Fraction(0)
    for group, w, d in zip(groups, whole, due):
        for i in group:
            x = shares[i]
            if x is None:
                row[i] = "not applicable"
                continue
            points = weights[i] * (w / d * Fraction(100, open_groups) if rated else 1) * x
            row[i] = half_up(points)
            total += points
    bonus = Fraction(min(10, facts["commendations"]))
    deduction = Fraction(10 * (facts["late_reports"] + facts["concealed_reports"]))
    total = max(Fraction(0), min(Fraction(100), total + bonus - deduction))
    text = half_up(total)
    grade = next(b["grade"] for b in CHECKLIST["bands"] if Fraction(text) >= Fraction(b["from"]))
    if facts["fabrications"] or facts["concealed_emergencies"]:
        grade = "fail"
    row.update(bonus=half_up(bonus), deduction=half_up(deduction), total=text if rated else "",
               grade=grade if rated else "", status="rated" if rated else "not rated")
    return row


def random_facts(seed: int, stewards: int) -> dict[str, Row]:
    generator = random.Random(seed)
    table: dict[str, Row] = {}
    for s in range(stewards):
        facts: Row = {name: 0 for name in FACTS}
        for indicator in INDICATORS:
            for term in indicator["formula"]:
                whole = term["denominator"]
                facts[whole] = facts[whole] or generator.choice([0, generator.randint(1, 30), generator.randint(1, 30)])
                facts[term["numerator"]] = generator.randint(facts[whole] // 3, facts[whole])
        for name in OPTIONAL:
            facts[name] = generator.choice([0] * 12 + [1, 2])
        table[f"S{s:04d}"] = facts
    return table


def write_facts(path: Path, table: dict[str, Row], order: Optional[list[str]] = None, columns: Optional[list[str]] = None) -> None:
    names = columns or FACTS
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["steward", *names])
        for steward in order or list(table):
            writer.writerow([steward, *(table[steward][name] for name in names)])


def perfect() -> Row:
    return {name: 0 if name in OPTIONAL else 10 for name in FACTS}


def test_against_fractions(tmp_path: Path) -> None:
    table = random_facts(5, 400)
    write_facts(tmp_path / "facts.csv", table)
    result = lianhu("score", "--checklist", FOUNDING, "--facts", "facts.csv", "--out", "scores.csv", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    rows = read(tmp_path / "scores.csv")
    assert list(rows[0]) == COLUMNS
    assert [row["steward"] for row in rows] == sorted(table)
    totals = sorted((Fraction(row["total"]) for row in rows if row["total"]), reverse=True)
    for row in rows:
        want = expected(table[row["steward"]])
        want["rank"] = str(totals.index(Fraction(row["total"])) + 1) if row["total"] else ""
        assert {name: row[name] for name in COLUMNS[1:]} == want, row["steward"]
    statuses = [row["status"] for row in rows]
    assert statuses.count("rated") > 100 and statuses.count("not rated") > 5
    assert any(row["B2"] == "not applicable" for row in rows)


def test_the_order_of_rows_and_the_checklist_by_default_change_no_byte(tmp_path: Path) -> None:
    table = random_facts(6, 60)
    write_facts(tmp_path / "a.csv", table)
    write_facts(tmp_path / "b.csv", table, order=list(reversed(table)), columns=list(reversed(FACTS)))
    assert lianhu("score", "--checklist", FOUNDING, "--facts", "a.csv", "--out", "1.csv", cwd=tmp_path).code == 0
    assert lianhu("score", "--facts", "b.csv", "--out", "2.csv", "--threads", "2", cwd=tmp_path).code == 0
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()


def test_half_a_thousandth_goes_up(tmp_path: Path) -> None:
    facts = perfect()
    # 100 - 6 (C1) - 6.4 (C5) - 201 x 8/16000 = 87.4995
    facts.update(households_assigned=16000, households_verified=15799, livelihood_current=16000, sessions_held=0, tasks_on_time=2)
    write_facts(tmp_path / "facts.csv", {"S1": facts})
    assert lianhu("score", "--facts", "facts.csv", "--out", "s.csv", cwd=tmp_path).code == 0
    assert read(tmp_path / "s.csv")[0]["total"] == "87.500"


def test_periods_add_up_and_can_be_chosen(tmp_path: Path) -> None:
    (first, second) = random_facts(9, 2).values()
    both = {name: first[name] + second[name] for name in FACTS}
    lines = [["steward", "period", *FACTS], ["S1", "2025Q1", *map(first.get, FACTS)], ["S1", "2025Q2", *map(second.get, FACTS)]]
    with (tmp_path / "facts.csv").open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    assert lianhu("score", "--facts", "facts.csv", "--out", "year.csv", cwd=tmp_path).code == 0
    assert lianhu("score", "--facts", "facts.csv", "--period", "2025Q2", "--out", "q2.csv", cwd=tmp_path).code == 0
    for name, facts in (("year.csv", both), ("q2.csv", second)):
        (row,) = read(tmp_path / name)
        assert row["B4"] == expected(facts)["B4"]
    result = lianhu("score", "--facts", "facts.csv", "--period", "2024", cwd=tmp_path)
    assert (result.code, result.err) == (2, "lianhu: facts.csv: no row for period '2024'\n")


def test_rare_facts_may_lack_their_columns_and_others_are_named(tmp_path: Path) -> None:
    columns = [name for name in FACTS if name not in OPTIONAL]
    facts = perfect()
    with (tmp_path / "facts.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["steward", "late_report", *columns], ["S1", 4, *(facts[name] for name in columns)]])
    result = lianhu("score", "--facts", "facts.csv", "--out", "s.csv", cwd=tmp_path)
    assert result.code == 0
    assert "passed over, no facts of the checklist: late_report\nno column, counted as 0: " in result.out
    assert read(tmp_path / "s.csv")[0]["total"] == "100.000"


FAULTS = {
    "ratio above 1": ({"patrols_done": "11"}, "row 3, column patrols_done: the ratio is above 1: 11 of 10 patrols_due: '11'"),
    "negative": ({"late_reports": "-1"}, "row 3, column late_reports: must not be negative: '-1'"),
    "not whole": ({"tasks_assigned": "10.5"}, "row 3, column tasks_assigned: not a whole number: '10.5'"),
    "words": ({"tasks_assigned": "ten"}, "row 3, column tasks_assigned: not a whole number: 'ten'"),
    "missing": ({"tasks_assigned": ""}, "row 3, column tasks_assigned: value missing: ''"),
    "huge": ({"tasks_assigned": "9223372036854775808"}, "row 3, column tasks_assigned: not a whole number: '9223372036854775808'"),
    "twice": ({"steward": "S1"}, "row 3, column steward: has a row already, row 2: 'S1'"),
    "nobody": ({"steward": ""}, "row 3, column steward: value missing: ''"),
    "unknown": ({"steward": "S9"}, "row 3, column steward: unknown steward, not in roster.csv: 'S9'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_bad_facts_are_named_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    changes, message = FAULTS[name]
    good = {"steward": "S1", **{fact: str(value) for fact, value in perfect().items()}}
    with (tmp_path / "facts.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(good))
        writer.writeheader()
        writer.writerows([good, {**good, "steward": "S2", **changes}])
    (tmp_path / "roster.csv").write_text("id,x,y\nS1,0,0\nS2,0,0\n")
    (tmp_path / "scores.csv").write_text("older scores\n")
    before = set(os.listdir(tmp_path))
    roster = ("--roster", "roster.csv") if name == "unknown" else ()
    result = lianhu("score", "--facts", "facts.csv", *roster, "--out", "scores.csv", cwd=tmp_path)
    assert (result.code, result.out, result.err) == (2, "", f"lianhu: facts.csv: {message}\n")
    assert (tmp_path / "scores.csv").read_text() == "older scores\n"
    assert set(os.listdir(tmp_path)) == before


def test_who_is_on_the_roster_without_facts_is_named(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts.csv", {"S3": perfect()})
    (tmp_path / "roster.csv").write_text("id\n" + "".join(f"S{k}\n" for k in (3, 1, 2)))
    call = ("score", "--facts", "facts.csv", "--roster", "roster.csv", "--out", "s.csv")
    assert "no facts:  2 stewards of the roster: S1 S2\n" in lianhu(*call, cwd=tmp_path).out
    assert "名册上没有事实数据：2人：S1 S2\n" in lianhu("--lang", "zh", *call, cwd=tmp_path).out
    (tmp_path / "roster.csv").write_text("id\nS3\n")
    assert "no facts" not in lianhu(*call, cwd=tmp_path).out


def test_one_steward_twice_in_one_period(tmp_path: Path) -> None:
    facts = perfect()
    with (tmp_path / "facts.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["steward", "period", *FACTS], *[["S1", "2025", *map(facts.get, FACTS)]] * 2])
    result = lianhu("score", "--facts", "facts.csv", "--out", "s.csv", cwd=tmp_path)
    assert result.err == "lianhu: facts.csv: row 3, column steward: has a row for this period already, row 2: 'S1'\n"
    assert result.code == 2 and not (tmp_path / "s.csv").exists()


CHECKLIST_FAULTS = {
    "hole": (('"from": "60"', '"from": "70"'), "bands: no grade for totals from 60.000 to 69.999"),
    "overlap": (('"to": "60"', '"to": "61"'), "bands[3]: two grades, pass and fail, for totals from 60.000 to 60.999"),
    "weights": (('"weight": "6"', '"weight": "7"'), "weights: sum to 102, not to the full marks 100"),
    "unused": (('"numerator": "tasks_on_time"', '"numerator": "tasks_assigned"'),
               "facts[25]: 'tasks_on_time' is used by no formula, rule or veto"),
}


@pytest.mark.parametrize("name", CHECKLIST_FAULTS)
def test_bad_checklists_are_refused(tmp_path: Path, name: str) -> None:
    (old, new), message = CHECKLIST_FAULTS[name]
    text = FOUNDING.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "c.json").write_text(text.replace(old, new), encoding="utf-8")
    write_facts(tmp_path / "facts.csv", {"S1": perfect()})
    result = lianhu("score", "--checklist", "c.json", "--facts", "facts.csv", "--out", "s.csv", cwd=tmp_path)
    assert (result.code, result.out, result.err) == (2, "", f"lianhu: c.json: {message}\n")
    assert not (tmp_path / "s.csv").exists()


def test_gb18030_and_chinese(tmp_path: Path) -> None:
    write_facts(tmp_path / "facts.csv", {"红管事一": perfect()})
    text = (tmp_path / "facts.csv").read_text(encoding="utf-8")
    (tmp_path / "facts.csv").write_bytes(text.encode("gb18030"))
    result = lianhu("--lang", "zh", "score", "--facts", "facts.csv", "--out", "s.csv", cwd=tmp_path)
    assert result.out.startswith("已评定：1人；未评定：0人\n等次：优秀 1、良好 0")
    assert read(tmp_path / "s.csv")[0]["steward"] == "红管事一"


def test_explanations(tmp_path: Path) -> None:
    facts = perfect()
    facts.update(households_assigned=17, households_verified=12, livelihood_current=17)
    write_facts(tmp_path / "facts.csv", {"S1": facts, "S2": perfect()})
    call = ("score", "--facts", "facts.csv", "--explain", "S1")
    result = lianhu(*call, "--explain-data", "why.json", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert "\nS1: 97.647 of 100 points, grade excellent.\n" in result.out
    assert "  A1 living conditions known: 12/17; 8 x 12/17 = 5.647 points\n" in result.out
    assert "one more point would take one of:\n" in result.out
    data = json.loads((tmp_path / "why.json").read_text(encoding="utf-8"))
    assert (data["steward"], data["total"], data["exact_total"]) == ("S1", "97.647", "1660/17")
    assert "满分100，得97.647分" in lianhu("--lang", "zh", *call, cwd=tmp_path).out
    result = lianhu("score", "--facts", "facts.csv", "--explain", "S9", "--out", "s.csv", cwd=tmp_path)
    assert (result.code, result.err) == (2, "lianhu: --explain: no such steward in facts.csv: 'S9'\n")
    assert not (tmp_path / "s.csv").exists()


def test_sensitivity_against_rescored_weights(tmp_path: Path) -> None:
    table = {s: {**f, **{n: max(f[n], 1) for n in FACTS if n in {t["denominator"] for i in INDICATORS for t in i["formula"]}}}
             for s, f in random_facts(8, 25).items()}
    write_facts(tmp_path / "facts.csv", table)
    call = ("score", "--facts", "facts.csv", "--out", "0.csv")
    result = lianhu(*call, "--sensitivity", "s.csv", "--influence", "i.csv", "--seed", "3", "--samples", "200", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    proved = {row["steward"]: row for row in read(tmp_path / "s.csv")}
    # Few enough for the search to end: every interval is the true one.
    assert "intervals: exact for 25 of 25 stewards\n" in result.out
    for row in proved.values():
        assert (row["exact"], row["best_rank"], row["worst_rank"]) == ("yes", row["attained_best"], row["attained_worst"])
    assert [row["indicator"] for row in read(tmp_path / "i.csv")] == [i["id"] for i in INDICATORS]
    generator = random.Random(4)
    moved = 0
    for _ in range(25):
        weights = [Fraction(i["weight"]) * generator.choice([80, 120, generator.randint(80, 120)]) / 100 for i in INDICATORS]
        scale = Fraction(100) / sum(weights)
        millionths = [int(w * scale * 10**6) for w in weights]
        millionths[-1] += 10**8 - sum(millionths)
        changed = json.loads(json.dumps(CHECKLIST))
        for indicator, weight in zip((i for g in changed["groups"] for i in g["indicators"]), millionths):
            indicator["weight"] = f"{weight // 10**6}.{weight % 10**6:06d}"
        (tmp_path / "c.json").write_text(json.dumps(changed))
        assert lianhu("score", "--checklist", "c.json", "--facts", "facts.csv", "--out", "1.csv", cwd=tmp_path).code == 0
        for row in read(tmp_path / "1.csv"):
            if row["rank"]:
                interval = proved[row["steward"]]
                assert int(interval["best_rank"]) <= int(row["rank"]) <= int(interval["worst_rank"])
                moved += row["rank"] != interval["rank"]
    assert moved > 50


def test_units_and_strata(tmp_path: Path) -> None:
    facts = perfect()
    worse = {**facts, "households_assigned": 30, "households_verified": 10, "livelihood_current": 10}
    write_facts(tmp_path / "facts.csv", {"S1": facts, "S2": worse, "S3": facts})
    (tmp_path / "units.csv").write_text("id,parent\nstreet,\ng1,street\ng2,street\n")
    (tmp_path / "posts.csv").write_text("unit,holder\ng1,S1\ng2,S2\nstreet,S3\n")
    call = ("score", "--facts", "facts.csv", "--hierarchy", "units.csv", "--posts", "posts.csv", "--units", "u.csv")
    result = lianhu(*call, cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    means = {row["unit"]: (row["stewards"], row["mean"]) for row in read(tmp_path / "u.csv")}
    # S2 has 100 - 2 x 8 x 2/3 = 89.333 and 30 of 50 households.
    assert means == {"street": ("3", "93.600"), "g1": ("1", "100.000"), "g2": ("1", "89.333")}
    (tmp_path / "posts.csv").write_text("unit,holder\ng1,S1\ng2,S2\n")
    result = lianhu(*call, cwd=tmp_path)
    assert (result.code, result.err) == (2, "lianhu: facts.csv: row 4, column steward: unknown steward, holds no post in posts.csv: 'S3'\n")
    result = lianhu("score", "--facts", "facts.csv", "--hierarchy", "units.csv", "--out", "s.csv", cwd=tmp_path)
    assert (result.code, result.err) == (2, "lianhu: facts.csv: row 2, column steward: unknown steward, no unit of units.csv has his id: 'S1'\n")
    (tmp_path / "d.csv").write_text("steward,dispersion_m,households,hardship\nS1,10.5,10,0\nS2,300,30,9\nS3,20,10,1\n")
    result = lianhu("score", "--facts", "facts.csv", "--difficulty", "d.csv", "--strata", "st.csv", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    rows = {row["steward"]: row for row in read(tmp_path / "st.csv")}
    assert (rows["S2"]["stratum"], rows["S2"]["adjustment"], rows["S2"]["adjusted"]) == ("3", "5.000", "94.333")
