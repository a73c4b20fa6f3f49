"""Cards from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import lianhu

STEWARDS = [{"id": "S1", "name": "甲", "phone": 123}, {"id": "S2", "name": None}, {"id": "S3"}]
TEMPLATE = "<!-- per page: 2 -->{{#page}}[{{#stewards}}{{id}}{{#name}} {{name}}{{/name}}{{#households}} {{household}}@{{distance_m}}{{/households}};{{/stewards}}]{{/page}}"


def test_default_templates(tmp_path: Path) -> None:
    path = tmp_path / "cards.html"
    for kind, pages in {"card": 1, "badge": 1, "board": 3, "diary": 3}.items():
        for language in ("en", "zh"):
            written = lianhu.write_cards(path, STEWARDS, kind=kind, language=language, title="集里街道")
            assert written == lianhu.Cards(cards=3, pages=pages)
            text = path.read_text(encoding="utf-8")
            assert "集里街道" in text and "甲" in text


def test_templates_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "cards.html"
    lists = {"households": [["H1", "H2"], [], ["H3"]], "distances_m": [[1.5, ""], [], ["3"]]}
    assert lianhu.write_cards(path, STEWARDS, template=TEMPLATE, **lists) == lianhu.Cards(3, 2)  # type: ignore[arg-type]
    assert path.read_text(encoding="utf-8") == "<!-- per page: 2 -->[S1 甲 H1@1.5 H2@;S2;][S3 H3@3;]"
    each = lianhu.write_cards(path, STEWARDS, template=TEMPLATE, per_household=True, households=lists["households"])  # type: ignore[arg-type]
    assert each.cards == 3
    assert lianhu.write_cards(path, STEWARDS, template=TEMPLATE, first_page=1, most_pages=5) == lianhu.Cards(1, 1)
    assert path.read_text(encoding="utf-8") == "<!-- per page: 2 -->[S3;]"
    assert lianhu.write_cards(path, [], template="{{#page}}{{#stewards}}-{{/stewards}}{{/page}}") == lianhu.Cards(0, 0)


def test_bad_input_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "cards.html"
    path.write_text("older")
    for message, arguments in {
        "template_text: line 1: there is no column for {{hotline}}": {"template": "{{#page}}{{#stewards}}{{hotline}}{{/stewards}}{{/page}}"},
        "per_household: there are no households": {"per_household": True},
        "distances_m: there are no households": {"distances_m": [["1"]] * 2},
        "kind: 'poster', need one of card, badge, board, diary": {"kind": "poster"},
        "language: 'fr'": {"language": "fr"},
        "households: need a list for each steward": {"households": [["H1"]]},
        "distances_m: need a list for each steward": {"households": [["H1"], [], []], "distances_m": [[], [], []]},
    }.items():
        with pytest.raises(lianhu.InvalidInputError, match=message):
            lianhu.write_cards(path, STEWARDS, **arguments)  # type: ignore[arg-type]
    assert path.read_text() == "older" and len(list(tmp_path.iterdir())) == 1
