"""The scoring room from Python."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path

import pytest

import lianhu

FOUNDING = lianhu.Checklist.founding()


def facts(**changes: int) -> dict[str, int]:
    row = {name: 10 for name in FOUNDING.facts if name not in ("commendations", "late_reports", "concealed_reports", "fabrications", "concealed_emergencies")}
    return {**row, **changes}


def test_checklists() -> None:
    assert FOUNDING.indicators == "A1 A2 A3 B1 B2 B3 B4 C1 C2 C3 C4 C5".split()
    assert FOUNDING.grades == ["excellent", "good", "pass", "fail"]
    shipped = Path("data/scoring/founding.json").read_text(encoding="utf-8")
    assert FOUNDING.format() == shipped
    assert lianhu.Checklist.parse(shipped).data == FOUNDING.data
    with pytest.raises(lianhu.InvalidInputError, match="no grade for totals from 60.000 to 69.999") as caught:
        lianhu.Checklist.parse(shipped.replace('"from": "60"', '"from": "70"'))
    assert caught.value.field == "bands"


def test_scores() -> None:
    scores = FOUNDING.score([facts(), facts(households_assigned=17, households_verified=12, livelihood_current=17), facts(late_reports=1, fabrications=1)], threads=2)
    assert list(scores.total) == [100000, 97647, 90000]
    assert scores.points[12] == 5647
    assert list(scores.rank) == [1, 2, 3]
    assert [FOUNDING.grades[g] for g in scores.grade] == ["excellent", "excellent", "fail"]
    assert list(scores.status) == [lianhu.ScoreStatus.RATED] * 3
    assert list(FOUNDING.score([]).total) == []


def test_arrays() -> None:
    numpy = pytest.importorskip("numpy")
    table = numpy.full((3, len(FOUNDING.facts)), 10, dtype=numpy.int64)
    table[:, 26:] = 0
    assert list(FOUNDING.score(table).total) == [100000] * 3
    with pytest.raises(lianhu.InvalidInputError, match=r"facts: has shape \(3, 2\), expected \(n, 31\)"):
        FOUNDING.score(table[:, :2])


def test_bad_facts() -> None:
    with pytest.raises(lianhu.InvalidInputError, match="the ratio is above 1") as caught:
        FOUNDING.score([facts(), facts(patrols_done=11)])
    assert (caught.value.field, caught.value.row) == ("patrols_done", 1)
    row = facts()
    del row["tasks_assigned"]
    with pytest.raises(lianhu.InvalidInputError, match=r"tasks_assigned\[0\]: is missing"):
        FOUNDING.score([row])


def test_explanations() -> None:
    row = facts(households_assigned=17, households_verified=12, livelihood_current=17)
    assert FOUNDING.explain(row, "S1").startswith("S1: 97.647 of 100 points, grade excellent.\n")
    assert FOUNDING.explain(row, "S1", "zh").startswith("S1：满分100，得97.647分，等次：优秀。\n")
    data = FOUNDING.explain_data(row, "S1")
    assert data["exact_total"] == "1660/17"
    assert data["groups"][0]["indicators"][0]["value"] == "12/17"
    assert json.dumps(data)
    with pytest.raises(lianhu.InvalidInputError, match="need one of en, zh"):
        FOUNDING.explain(row, language="fr")


def test_sensitivity() -> None:
    ranks = FOUNDING.sensitivity([facts(households_verified=6), facts(livelihood_current=5), facts(tasks_on_time=0)], samples=20)
    assert list(ranks.rank) == [1, 2, 3]
    assert (list(ranks.best_rank), list(ranks.worst_rank)) == ([1, 1, 3], [2, 2, 3])
    assert list(ranks.attained_worst) == [2, 2, 3]
    assert ranks.swap_with[0] == 1 and ranks.swap_change[0] == 111112
    assert len(ranks.mean_shift) == 12
    assert ranks.sampled_best[2] == 3 and ranks.sampled_worst[2] == 3
    with pytest.raises(lianhu.InvalidInputError, match="range"):
        FOUNDING.sensitivity([facts()], range_millionths=1_000_000)
    three = [facts(households_verified=6), facts(livelihood_current=5), facts(tasks_on_time=0)]
    one = FOUNDING.sensitivity(three, samples=50, boxes=0, steward=1, seed=7)
    assert (one.best_rank[1], one.worst_rank[1]) == (one.attained_best[1], one.attained_worst[1])
    assert list(one.sampled_best) == list(FOUNDING.sensitivity(three, samples=50, seed=7).sampled_best)
    with pytest.raises(lianhu.InvalidInputError, match="boxes: -5"):
        FOUNDING.sensitivity(three, boxes=-5)


def test_division() -> None:
    assert lianhu.divide(100, [5117, 4400, 162, 161, 160]).shares == [51, 44, 2, 2, 1]
    assert lianhu.divide(100, [5117, 4400, 162, 161, 160], method="sainte-lague").shares == [51, 43, 2, 2, 2]
    tie = lianhu.divide(1, [3, 3], method="adams", tie_order=[2, 1])
    assert (tie.shares, tie.tied) == ([0, 1], [0, 1])
    assert lianhu.divide(10, [1, 9], floors=[3, 0]).shares == [3, 7]
    with pytest.raises(lianhu.CannotDivideError, match="floors"):
        lianhu.divide(10, [1, 9], floors=[8, 3])
    with pytest.raises(lianhu.InvalidInputError, match=r"weights\[1\]: must not be negative"):
        lianhu.divide(10, [1, -9])
    with pytest.raises(lianhu.InvalidInputError, match="need one of largest-remainder"):
        lianhu.divide(10, [1], method="lottery")
    with pytest.raises(lianhu.InvalidInputError, match="floors: has 1 entries, expected 2"):
        lianhu.divide(10, [1, 2], floors=[1])


@pytest.mark.parametrize("method", ["largest-remainder", "adams", "huntington-hill", "sainte-lague", "dhondt"])
def test_division_beyond_64_bits(method: str) -> None:
    whole = 2**127 - 5
    weights = [2**70 + 13, 2**71, 1, 0]
    found = lianhu.divide(whole, weights, method=method, floors=[0, 0, 2**65, 0])
    assert sum(found.shares) == whole
    assert found.shares[2] >= 2**65 and found.shares[3] == 0
    assert abs(found.shares[1] * weights[0] - found.shares[0] * weights[1]) < 4 * weights[1]
    with pytest.raises(lianhu.InvalidInputError, match=r"weights\[1\]: .* is not a whole number below 2 \*\* 127"):
        lianhu.divide(whole, [1, 2**127])
    with pytest.raises(lianhu.InvalidInputError, match=r"floors\[0\]: must not be negative"):
        lianhu.divide(whole, [1, 2**64], floors=[-1, 0])
    with pytest.raises(lianhu.CannotDivideError, match="ceilings"):
        lianhu.divide(whole, [1, 2**64], ceilings=[1, 2])


# The square of the signpost after `share` fen; a claim is weight / signpost.
SIGNPOSTS = {
    "adams": lambda share: Fraction(share) ** 2,
    "huntington-hill": lambda share: Fraction(share * (share + 1)),
    "sainte-lague": lambda share: (share + Fraction(1, 2)) ** 2,
    "dhondt": lambda share: Fraction(share + 1) ** 2,
}


@pytest.mark.parametrize("method", [*SIGNPOSTS, "largest-remainder"])
def test_division_at_the_end_of_the_range_is_exact(method: str) -> None:
    generator = random.Random(5)
    for _ in range(20):
        n = generator.randint(2, 12)
        weights = [generator.randrange(2 ** generator.randint(1, 123)) + 1 for _ in range(n)]
        amount = 2**127 - 1 - generator.randrange(2**100)
        shares = lianhu.divide(amount, weights, method=method).shares
        assert sum(shares) == amount
        if method == "largest-remainder":
            quotas = [Fraction(amount * w, sum(weights)) for w in weights]
            rests = sorted((quota - int(quota) for quota in quotas), reverse=True)
            more = [share - int(quota) for share, quota in zip(shares, quotas)]
            assert set(more) <= {0, 1}
            assert all(quota - int(quota) >= rests[sum(more) - 1] for quota, one in zip(quotas, more) if one)
            continue
        # No one's claim on one more is above another's claim on the last he has.
        signpost = SIGNPOSTS[method]
        strongest = max(w**2 / signpost(s) for w, s in zip(weights, shares) if signpost(s) > 0)
        weakest = min(w**2 / signpost(s - 1) for w, s in zip(weights, shares) if s > 0 and signpost(s - 1) > 0)
        assert strongest <= weakest


def stewards(count: int) -> lianhu.Scores:
    """98.000 points, and each 2.000 less than the one before."""
    return FOUNDING.score([facts(households_assigned=8, households_verified=7 - s, livelihood_current=7 - s) for s in range(count)])


def test_means_by_unit() -> None:
    street = lianhu.Hierarchy.from_parents([-1, 0, 0])
    scores = stewards(4)
    units = scores.roll_up(street, [1, 1, 2, -1], [10, 20, 5, 99])
    assert list(units.stewards) == [3, 2, 1]
    assert list(units.households) == [35, 30, 5]
    assert list(units.mean) == [96286, 96667, 94000]
    assert list(units.rank) == [1, 1, 2]
    assert list(units.rated) == [3, 2, 1]
    assert list(scores.roll_up(street, [1, 1, 2, -1]).mean) == [96000, 97000, 94000]
    with pytest.raises(lianhu.InvalidInputError, match=r"units\[2\]: no such unit: 7"):
        scores.roll_up(street, [1, 1, 7, -1])
    with pytest.raises(lianhu.InvalidInputError, match="households: has 1 entries, expected 4"):
        scores.roll_up(street, [1, 1, 2, -1], [1])


def test_strata() -> None:
    scores = stewards(6)
    strata = scores.stratify([100, 200, 300, 400, 500, 600], [10, 11, 12, 13, 14, 15], [0, 1, 2, 3, 4, 5])
    assert list(strata.stratum) == [0, 0, 1, 1, 2, 2]
    assert list(strata.stratum_mean) == [97000, 93000, 89000]
    assert list(strata.adjustment) == [-4000, -4000, 0, 0, 4000, 4000]
    assert list(strata.adjusted) == [94000, 92000, 94000, 92000, 94000, 92000]
    assert list(strata.adjusted_rank) == [1, 4, 1, 4, 1, 4]
    assert list(strata.stratum_rank) == [1, 2] * 3
    assert strata.difficulty[0] == 83333
    assert list(scores.stratify([1] * 6, [1] * 6, [0] * 6, strata=1, cap=0).adjustment) == [0] * 6
    with pytest.raises(lianhu.InvalidInputError, match=r"hardship\[1\]: the ratio is above 1"):
        scores.stratify([1] * 6, [1] * 6, [0, 2, 0, 0, 0, 0])
    with pytest.raises(lianhu.InvalidInputError, match="strata: 0, need 1 to 100"):
        scores.stratify([1] * 6, [1] * 6, [0] * 6, strata=0)


def test_samples() -> None:
    steward_of = [0] * 8 + [0] * 4 + [1, 1, -1]
    strata = [1] * 8 + [2] * 4 + [1, 2, 1]
    drawn = lianhu.sample_households(steward_of, ["S1", "S2"], per_steward=6, seed=7, strata=strata)
    assert len(drawn) == len(set(drawn)) == 8
    assert sorted(strata[h] for h in drawn[:6]) == [1] * 4 + [2] * 2
    assert drawn[6:] == [12, 13]
    assert lianhu.sample_households(steward_of[:12], ["S1"], per_steward=6, seed=7, strata=strata[:12]) == drawn[:6]
    assert lianhu.sample_households(steward_of[:12], ["other"], per_steward=6, seed=7, strata=strata[:12]) != drawn[:6]
    with pytest.raises(lianhu.InvalidInputError, match=r"steward_of\[12\]: no such steward: 1"):
        lianhu.sample_households(steward_of, ["S1"])


def test_misspelt_facts_and_odd_numbers_are_refused() -> None:
    good = {name: 0 for name in FOUNDING.facts}
    with pytest.raises(lianhu.InvalidInputError, match=r"late_report\[1\]: is no fact of the checklist"):
        FOUNDING.score([good, {**good, "late_report": 3}])
    for value in ("3", None, 2.5):
        with pytest.raises(lianhu.InvalidInputError, match=r"late_reports\[0\]: .* is not a whole number") as raised:
            FOUNDING.score([{**good, "late_reports": value}])
        assert (raised.value.field, raised.value.row) == ("late_reports", 0)
    assert list(FOUNDING.score([{**good, "late_reports": 3.0}]).deduction) == [30000]


def test_the_report_page(tmp_path: Path) -> None:
    facts = [{name: 10 if k < 26 else 0 for k, name in enumerate(FOUNDING.facts)} for _ in range(3)]
    facts[1]["households_verified"] = 7
    scores = FOUNDING.score(facts)
    path = tmp_path / "scores.html"
    assert lianhu.write_score_page(path, FOUNDING, facts, scores, ["S1", "S<2>", "S3"], units=["U", "U", "V"], title="T", period="2026Q1",
                                   sensitivity=FOUNDING.sensitivity(facts), language="zh")  # fmt: skip
    page = path.read_text(encoding="utf-8")
    assert "S&lt;2&gt;" in page and "2026Q1" in page and page.count('class="steward"') == 3
    assert lianhu.write_score_page(path, FOUNDING, facts, scores, ["S1", "S2", "S3"], front=False, first_steward=2)
    assert path.read_text(encoding="utf-8").count('class="steward"') == 1
    with pytest.raises(lianhu.InvalidInputError, match="ids: has 1 entries, expected 3"):
        lianhu.write_score_page(path, FOUNDING, facts, scores, ["S1"])
    with pytest.raises(lianhu.InvalidInputError, match="scores: has 3 entries, expected 2"):
        lianhu.write_score_page(path, FOUNDING, facts[:2], scores, ["S1", "S2"])


def test_counted_facts() -> None:
    facts = FOUNDING.count_facts(
        2, [0, 0, 1, -1], 1000, 2000,
        visits={"households": [0, 1, 2], "times": [1000, 1500, 2000], "kinds": [lianhu.VisitKind.VERIFY] * 3},
        hardship={"households": [0, 2], "contacts": [1, 1]},
        sample={"households": [1], "knows": [1]},
        cases={"stewards": [1, -1], "registered": [1100, 1100], "answered": [1200, -1], "resolved": [1, -1], "satisfied": [1, -1],
               "kinds": [lianhu.CountedKind.DISPUTE] * 2, "shortest_stand": [31 * 86400, -1]})  # fmt: skip
    assert [one["households_verified"] for one in facts] == [2, 0]
    assert [one["hardship_contacted"] for one in facts] == [1, 0]
    assert [one["households_heard"] for one in facts] == [1, 0]
    assert [one["disputes_settled"] for one in facts] == [0, 1]
    assert [one["sessions_held"] for one in facts] == [0, 0]
    facts[0]["sessions_planned"] = 4
    assert len(FOUNDING.score(facts).total) == 2
    with pytest.raises(lianhu.InvalidInputError, match=r"visit_times: has 1 entries, expected 2"):
        FOUNDING.count_facts(1, [0], 0, 1, visits={"households": [0, 0], "times": [0]})
    with pytest.raises(lianhu.InvalidInputError, match=r"visit_hours: no such column"):
        FOUNDING.count_facts(1, [0], 0, 1, visits={"hours": [0]})
    with pytest.raises(lianhu.InvalidInputError, match=r"sample_households\[1\]: household 0 is there twice"):
        FOUNDING.count_facts(1, [0], 0, 1, sample={"households": [0, 0], "knows": [1, 1]})


def test_derived_facts(tmp_path: Path) -> None:
    plan, visits, counts = tmp_path / "plan.csv", tmp_path / "visits.csv", tmp_path / "counts.csv"
    plan.write_text("household,steward\nH1,S1\nH2,S1\nH3,S2\n")
    visits.write_text("steward,household,time,kind\nS1,H1,2026-01-05,verify\nS1,H2,2026-02-05,livelihood\n")
    counts.write_text("steward,fact,count\nS2,sessions_planned,4\nS2,sessions_held,3\n")
    start, end = 1767196800, 1774972800  # 2026-01-01 and 2026-04-01 in China
    found = FOUNDING.derive_facts(plan, start, end, visits=visits, counts=counts, period="2026Q1")
    assert list(found) == ["S1", "S2"]
    assert (found["S1"]["households_assigned"], found["S1"]["households_verified"], found["S1"]["livelihood_current"]) == (2, 1, 1)
    assert (found["S2"]["sessions_planned"], found["S2"]["sessions_held"], found["S2"]["households_verified"]) == (4, 3, 0)
    assert len(FOUNDING.score(list(found.values())).total) == 2
    visits.write_text("steward,household,time,kind\nS2,H1,2026-01-05,verify\n")
    posts, earlier = tmp_path / "posts.csv", tmp_path / "earlier.csv"
    posts.write_text("unit,holder,stand_in\nU1,S1,S2\n")
    earlier.write_text("household,steward\nH1,S2\n")
    for also in ({"posts": posts}, {"earlier_plan": earlier}):
        assert FOUNDING.derive_facts(plan, start, end, visits=visits, **also)["S1"]["households_verified"] == 1
    with pytest.raises(lianhu.InvalidInputError, match="row 2, column steward: the household's steward is 'S1'"):
        FOUNDING.derive_facts(plan, start, end, visits=visits)
    counts.write_text("steward,fact,count\nS2,hobbies,4\n")
    with pytest.raises(lianhu.InvalidInputError, match="counts.csv: row 2, column fact"):
        FOUNDING.derive_facts(plan, start, end, counts=counts)
