"""lianhu fund: published apportionments, exact to the fen, and every fault named."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from command import lianhu, read

FIVE = [5117, 4400, 162, 161, 160]
OTHER = [9061, 7179, 5259, 3319, 1182]
ALABAMA = [21878, 9713, 4167, 3252, 1065]
PUBLISHED = [
    (FIVE, 100, "largest-remainder", [51, 44, 2, 2, 1]),
    (FIVE, 100, "sainte-lague", [51, 43, 2, 2, 2]),
    (OTHER, 26, "largest-remainder", [9, 7, 5, 4, 1]),
    (OTHER, 26, "sainte-lague", [9, 8, 5, 3, 1]),
    (OTHER, 26, "adams", [9, 7, 5, 3, 2]),
    (OTHER, 26, "huntington-hill", [9, 7, 6, 3, 1]),
    (OTHER, 26, "dhondt", [10, 7, 5, 3, 1]),
    (ALABAMA, 44, "largest-remainder", [24, 11, 5, 3, 1]),
    (ALABAMA, 43, "largest-remainder", [24, 10, 4, 4, 1]),
]


def write_scores(folder: Path, scores: list[object]) -> None:
    rows = "".join(f"S{i},{score}\n" for i, score in enumerate(scores))
    (folder / "scores.csv").write_text("steward,total\n" + rows)


def fen(text: str) -> int:
    return int(Decimal(text) * 100)


@pytest.mark.parametrize("case", PUBLISHED)
def test_published(tmp_path: Path, case: tuple[list[object], int, str, list[int]]) -> None:
    scores, seats, method, shares = case
    write_scores(tmp_path, scores)
    amount = f"{seats // 100}.{seats % 100:02d}"
    result = lianhu("fund", "--amount", amount, "--scores", "scores.csv", "--method", method, "--out", "fund.csv", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    rows = read(tmp_path / "fund.csv")
    assert list(rows[0]) == ["steward", "score", "amount"]
    assert [fen(row["amount"]) for row in rows] == shares
    assert [row["score"] for row in rows] == [str(score) for score in scores]


@pytest.mark.parametrize("method", ["largest-remainder", "adams", "huntington-hill", "sainte-lague", "dhondt"])
@pytest.mark.parametrize("amount", ["1000000.00", "79228162514264337593543950.34"])
def test_the_fund_is_exact(tmp_path: Path, method: str, amount: str) -> None:
    write_scores(tmp_path, [f"{60 + i % 40}.{i % 1000:03d}" for i in range(2887)])
    result = lianhu("fund", "--amount", amount, "--scores", "scores.csv", "--method", method, "--out", "fund.csv", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert f"{amount} yuan among 2887 stewards by {method}" in result.out
    rows = read(tmp_path / "fund.csv")
    paid = [int(row["amount"].replace(".", "")) for row in rows]
    assert sum(paid) == int(amount.replace(".", ""))
    scores = [int(row["score"].replace(".", "")) for row in rows]
    order = sorted(range(len(rows)), key=scores.__getitem__)
    assert all(paid[a] <= paid[b] for a, b in zip(order, order[1:]) if scores[a] < scores[b])


def test_ties_go_by_id_and_are_reported(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("steward,total\nb,50\nc,50\na,50\n")
    result = lianhu("fund", "--amount", "1.00", "--scores", "scores.csv", "--method", "largest-remainder", "--out", "f.csv", cwd=tmp_path)
    assert (tmp_path / "f.csv").read_text() == "steward,score,amount\nb,50,0.33\nc,50,0.33\na,50,0.34\n"
    assert "tie:       3 stewards had the same claim on the last 1 fen; by order of id it went to a, not to b c\n" in result.out
    call = ("fund", "--amount", "1.00", "--scores", "scores.csv", "--out", "f.csv", "--ties", "ties.csv")
    assert "并列：3人对最后1分钱权利相同，按编号先后，得到的： a；未得到的： b c\n" in lianhu("--lang", "zh", *call, cwd=tmp_path).out
    assert (tmp_path / "ties.csv").read_text() == "steward,given\na,0.01\nb,0.00\nc,0.00\n"
    write_scores(tmp_path, [1, 1])
    assert lianhu(*call, cwd=tmp_path).code == 0
    assert (tmp_path / "ties.csv").read_text() == "steward,given\n"  # none


def test_floors_ceilings_headcounts_and_the_not_rated(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text(
        "steward,total,status\na,90.000,rated\nb,60.000,rated\nc,,not rated\nd,10.000,rated\n")
    (tmp_path / "heads.csv").write_text("steward,households\nd,20\nb,10\na,10\nc,10\n")
    (tmp_path / "plan.csv").write_text("household,steward\nH1,a\nH2,a\nH3,d\nH4,\nH5,c\n")

    def amounts(*options: str) -> list[str]:
        result = lianhu("fund", "--amount", "160.00", "--scores", "scores.csv", "--out", "f.csv", *options, cwd=tmp_path)
        assert (result.code, result.err) == (0, "")
        return [row["amount"] for row in read(tmp_path / "f.csv")]

    assert amounts() == ["90.00", "60.00", "0.00", "10.00"]
    assert amounts("--floor", "20") == ["84.00", "56.00", "0.00", "20.00"]
    assert amounts("--ceiling", "80") == ["80.00", "68.57", "0.00", "11.43"]
    assert amounts("--by", "headcount", "--headcounts", "heads.csv") == ["32.00", "32.00", "32.00", "64.00"]
    assert amounts("--by", "headcount", "--headcounts", "plan.csv") == ["80.00", "0.00", "40.00", "40.00"]
    both = amounts("--by", "both", "--headcounts", "heads.csv")
    assert [fen(x) for x in both] == [8471, 5647, 0, 1882]


def test_who_has_no_claim_is_said(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("steward,total,status\na,90.000,rated\nb,60.000,rated\nc,,not rated\nd,10.000,rated\n")
    (tmp_path / "plan.csv").write_text("household,steward\nH1,a\nH2,a\nH3,d\nH4,\nH5,c\n")
    call = ("fund", "--amount", "160.00", "--scores", "scores.csv", "--out", "f.csv")
    said = lianhu(*call, cwd=tmp_path).out
    assert said == "divided:   160.00 yuan among 3 stewards by largest-remainder, 10.00 to 90.00 each, exact to the fen\n" \
        "no claim:  1, of these not rated 1; they get nothing\n"
    said = lianhu(*call, "--by", "both", "--headcounts", "plan.csv", cwd=tmp_path).out
    assert "among 2 stewards" in said and "no claim:  2, of these not rated 1; they get nothing\n" in said
    said = lianhu("--lang", "zh", *call, "--by", "headcount", "--headcounts", "plan.csv", cwd=tmp_path).out
    assert said == "160.00元分给3人（最大余数法），每人40.00至80.00元，合计分毫不差\n无份额：1人，分得0元\n未评定：1人，仍按户数分配\n"


@pytest.mark.parametrize("fault", [
    ("heads.csv", "steward,households\na,1\nb,1\nc,1\nd,1\nx,5\n", "heads.csv: row 6, column steward: unknown steward, not in scores.csv: 'x'"),
    ("plan.csv", "household,steward\nH1,a\nH2,x\n", "plan.csv: row 3, column steward: unknown steward, not in scores.csv: 'x'"),
    ("plan.csv", "household,steward\nH1,a\nH1,d\n", "plan.csv: row 3, column household: "),
])
def test_money_follows_no_doubtful_headcount(tmp_path: Path, fault: tuple[str, str, str]) -> None:
    name, text, message = fault
    (tmp_path / "scores.csv").write_text("steward,total,status\na,90.000,rated\nb,60.000,rated\nc,,not rated\nd,10.000,rated\n")
    (tmp_path / name).write_text(text)
    result = lianhu("fund", "--amount", "9", "--scores", "scores.csv", "--by", "both", "--headcounts", name, "--out", "f.csv", cwd=tmp_path)
    assert result.code == 2 and message in result.err
    assert not (tmp_path / "f.csv").exists()


def test_bounds_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "scores.csv").write_text("steward,total,status\na,90,rated\nb,60,rated\nc,,not rated\nd,10,rated\n")
    (tmp_path / "bounds.csv").write_text("steward,floor,ceiling\nd,30,\na,,70.50\nc,5,\n")
    call = ("fund", "--amount", "160", "--scores", "scores.csv", "--bounds", "bounds.csv", "--out", "f.csv")
    assert lianhu(*call, cwd=tmp_path).code == 0
    assert [row["amount"] for row in read(tmp_path / "f.csv")] == ["70.50", "54.50", "5.00", "30.00"]
    assert lianhu(*call, "--ceiling", "30", cwd=tmp_path).code == 3  # 70.50 + 30 + 5 + 30
    for rows, message in {
        "x,1,2\n": "bounds.csv: row 2, column steward: unknown steward, not in scores.csv: 'x'",
        "a,1,2\na,1,2\n": "bounds.csv: row 3, column steward: is there twice: 'a'",
        "a,2,1\n": "bounds.csv: row 2, column ceiling: the ceiling 1.00 is below the floor 2.00: '1'",
        "a,-2,1\n": "bounds.csv: row 2, column floor: must not be negative: '-2'",
    }.items():
        (tmp_path / "bounds.csv").write_text("steward,floor,ceiling\n" + rows)
        (tmp_path / "f.csv").unlink(missing_ok=True)
        result = lianhu(*call, cwd=tmp_path)
        assert (result.code, result.out, result.err) == (2, "", f"lianhu: {message}\n")
        assert not (tmp_path / "f.csv").exists()
    (tmp_path / "bounds.csv").write_text("steward,least\na,1\n")
    assert "bounds.csv: row 1, column floor: is missing" in lianhu(*call, cwd=tmp_path).err


def test_an_unknown_word_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    write_scores(tmp_path, [1])
    call = ("fund", "--amount", "1", "--scores", "scores.csv", "--out", "f.csv")
    result = lianhu(*call, "--method", "best", cwd=tmp_path)
    assert result.code == 2
    assert "--method: 'best', need one of adams, dhondt, huntington-hill, largest-remainder, sainte-lague" in result.err
    assert "--by: '2', need one of both, headcount, score" in lianhu(*call, "--by", "2", cwd=tmp_path).err


def test_options_that_contradict_each_other(tmp_path: Path) -> None:
    write_scores(tmp_path, [1])
    result = lianhu("fund", "--amount", "9", "--scores", "scores.csv", "--floor", "5", "--ceiling", "4", "--out", "f.csv", cwd=tmp_path)
    assert (result.code, result.err) == (2, "lianhu: --ceiling: 4.00 is below the --floor of 5.00\n")
    (tmp_path / "scores.csv").write_text("steward,total,status\na,90,not rated\n")
    result = lianhu("fund", "--amount", "9", "--scores", "scores.csv", "--out", "f.csv", cwd=tmp_path)
    assert (result.code, result.err) == (2, "lianhu: scores.csv: row 2, column total: the steward is not rated, but has a total: '90'\n")


def test_what_cannot_be_divided_is_code_3(tmp_path: Path) -> None:
    write_scores(tmp_path, [1, 1])
    call = ("fund", "--amount", "10.00", "--scores", "scores.csv", "--out", "f.csv")
    result = lianhu(*call, "--floor", "6", cwd=tmp_path)
    assert (result.code, result.err) == (3, "lianhu: the floors come to 12.00 yuan, more than the 10.00 there are\n")
    result = lianhu("--lang", "zh", *call, "--ceiling", "4", cwd=tmp_path)
    assert (result.code, result.err) == (3, "lianhu: 有得分者的封顶金额合计8.00元，不足总额10.00元\n")
    write_scores(tmp_path, [0, 0])
    result = lianhu(*call, cwd=tmp_path)
    assert (result.code, result.err) == (3, "lianhu: nobody has a claim: all scores or headcounts are 0\n")
    assert not (tmp_path / "f.csv").exists()


FAULTS = {
    "negative": ("a,-1\n", "scores.csv: row 2, column total: must not be negative: '-1'"),
    "words": ("a,many\n", "scores.csv: row 2, column total: not a number: 'many'"),
    "missing": ("a,\n", "scores.csv: row 2, column total: value missing: ''"),
    "twice": ("a,1\na,2\n", "scores.csv: row 3, column steward: is there already, in row 2: 'a'"),
    "decimals": ("a,1.0000000001\n", "scores.csv: row 2, column total: more than 9 decimals: '1.0000000001'"),
    "huge": ("a," + "9" * 19 + "\n", "scores.csv: row 2, column total: out of range: '" + "9" * 19 + "'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_bad_scores(tmp_path: Path, name: str) -> None:
    rows, message = FAULTS[name]
    (tmp_path / "scores.csv").write_text("steward,total\n" + rows)
    result = lianhu("fund", "--amount", "1", "--scores", "scores.csv", "--out", "f.csv", cwd=tmp_path)
    assert (result.code, result.out, result.err) == (2, "", f"lianhu: {message}\n")
    assert not (tmp_path / "f.csv").exists()


@pytest.mark.parametrize("amount", ["1.005", "-5", "1e6", "x", "9" * 37])
def test_bad_amounts(tmp_path: Path, amount: str) -> None:
    write_scores(tmp_path, [1])
    result = lianhu("fund", f"--amount={amount}", "--scores", "scores.csv", "--out", "f.csv", cwd=tmp_path)
    assert result.code == 2 and "--amount" in result.err
