"""lianhu.Table: batches against the three outcomes, errors with column and row."""

from __future__ import annotations

from pathlib import Path

import lianhu
import pytest

T1 = Path(__file__).resolve().parents[2] / "data/routing/t1.csv"


def cases() -> list[tuple[str, int, int, bool, int]]:
    kinds = ("consult", "help", "dispute", "order", "asset", "hazard", "tip")
    return [(k, s, p, w, f) for k in kinds for s in range(1, 5) for p in range(1, 5) for w in (False, True) for f in range(4)]


def columns() -> dict[str, list[object]]:
    return {name: list(values) for name, values in zip(("kind", "severity", "spread", "power", "attempts"), zip(*cases()))}


def test_every_case_has_one_row() -> None:
    table = lianhu.Table(str(T1))
    assert table.check() == [] and table.check("zh") == []
    decided = table.decide(columns())
    assert len(decided.outcomes) == 896
    assert all(outcome == lianhu.TableOutcome.RESULT for outcome in decided.outcomes)
    assert all(count == 1 for count in decided.matches)
    for (_, severity, *_), rule in zip(cases(), decided.rules):
        assert (table.rules[rule] == "1") == (severity == 4)


def test_numpy_gives_the_same() -> None:
    numpy = pytest.importorskip("numpy")
    table = lianhu.Table(str(T1))
    plain = table.decide(columns())
    given = columns()
    arrays = {
        "kind": numpy.array([table.code("kind", str(k)) for k in given["kind"]], "i4"),
        "severity": numpy.array(given["severity"], "i8"),
        "spread": numpy.array(given["spread"], "f8"),
        "power": numpy.array(given["power"]),
        "attempts": numpy.array(given["attempts"], "i8"),
    }
    assert list(table.decide(arrays).rules) == list(plain.rules)


def test_faults_name_column_and_row() -> None:
    table = lianhu.Table(str(T1))
    given = columns()
    given["severity"][5] = 9
    with pytest.raises(lianhu.InvalidInputError) as caught:
        table.decide(given)
    assert (caught.value.field, caught.value.row) == ("columns[1]", 5)
    del given["severity"]
    with pytest.raises(lianhu.InvalidInputError, match="severity"):
        table.decide(given)
    with pytest.raises(lianhu.LianhuError):
        lianhu.Table("/nowhere.csv")
