"""Hierarchy and Posts."""

from __future__ import annotations

import lzma

import numpy as np
import pytest
from shared_data import shared_data

import lianhu

CODES = [430181002216, 430181002204, 430181002216001]


def street() -> lianhu.Hierarchy:
    return lianhu.Hierarchy.from_codes(CODES, root=430181002)


def test_codes_nest() -> None:
    tree = street()
    assert len(tree) == 4 and tree.height == 2
    assert list(tree.codes) == [430181002, 430181002204, 430181002216, 430181002216001]
    assert list(tree.parents) == [-1, 0, 0, 2]
    assert list(tree.levels) == [4, 5, 5, 6]
    assert list(tree.rows) == [-1, 1, 0, 2]
    assert list(tree.units) == [2, 1, 3]
    assert tree.children(0) == range(1, 3) and tree.children(3) == range(4, 4)
    with pytest.raises(IndexError):
        tree.children(4)


def test_parents_and_parent_codes() -> None:
    tree = lianhu.Hierarchy.from_parents([2, 2, -1], codes=[12, 11, 1], levels=np.array([5, 5, 4]))
    assert list(tree.codes) == [1, 12, 11] and list(tree.levels) == [4, 5, 5]
    assert lianhu.Hierarchy.from_parents([-1, 0]).codes is None
    same = lianhu.Hierarchy.from_parent_codes([12, 11, 1], [1, 1, -1])
    assert list(same.codes) == [1, 12, 11]


def test_questions_about_one_and_about_many() -> None:
    tree = street()
    assert tree.find(430181002216) == 2 and tree.find(5) == -1
    assert list(tree.find([430181002, 5])) == [0, -1]
    assert tree.ancestor(3, 5) == 2 and list(tree.ancestor(np.array([3, 0], np.int32), 5)) == [2, -1]
    assert tree.common_ancestor(3, 1) == 0 and list(tree.common_ancestor([3, 3], [2, 0])) == [2, 0]
    assert tree.subtree_size(0) == 4 and list(tree.subtree_size([2, 1])) == [2, 1]


def test_roll_up() -> None:
    tree = street()
    assert list(tree.roll_up([1, 10, 100, 1000])) == [1111, 10, 1100, 1000]
    assert list(tree.roll_up(np.array([1, 10, 100, 1000]), "min")) == [1, 10, 100, 1000]
    assert list(tree.roll_up([0.5, 10, 100, 1000], "max")) == [1000, 10, 1000, 1000]
    assert tree.roll_up([0.5, 0, 0, 0]).dtype == np.float64
    with pytest.raises(lianhu.InvalidInputError, match="sum over the sub-tree"):
        tree.roll_up([0, 0, 2**63 - 1, 1])
    with pytest.raises(lianhu.InvalidInputError, match="'mean'"):
        tree.roll_up([0, 0, 0, 0], "mean")
    with pytest.raises(lianhu.InvalidInputError, match="3 entries, expected 4"):
        tree.roll_up([0, 0, 0])


@pytest.mark.parametrize(
    ("make", "field", "row", "text"),
    [
        (lambda: lianhu.Hierarchy.from_parents([-1, -1]), "parents", 1, "unit 1"),
        (lambda: lianhu.Hierarchy.from_parents([1, 0]), "parents", -1, "root"),
        (lambda: lianhu.Hierarchy.from_parents([-1, 2, 1]), "parents", 1, "cycle"),
        (lambda: lianhu.Hierarchy.from_parents([-1, 7]), "parents", 1, "orphan"),
        (lambda: lianhu.Hierarchy.from_parents([-1, 0], codes=[5, 5]), "codes", 1, "duplicate code 5"),
        (lambda: lianhu.Hierarchy.from_parents([-1, 0], levels=[5, 4]), "levels", 1, "child above its parent"),
        (lambda: lianhu.Hierarchy.from_parents([-1, 0], codes=[5]), "codes", -1, "1 entries, expected 2"),
        (lambda: lianhu.Hierarchy.from_codes([4301810]), "codes", 0, "4301810"),
        (lambda: lianhu.Hierarchy.from_codes(["430181002"]), "codes", 0, "not a number"),
        (lambda: street().ancestor(4, 5), "units", 0, "4 is not a unit"),
        (lambda: street().common_ancestor([0, 1], [0]), "b", -1, "1 entries, expected 2"),
    ],
)
def test_errors_name_the_unit(make, field: str, row: int, text: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(lianhu.InvalidInputError) as caught:
        make()
    assert text in str(caught.value) and caught.value.field == field
    if row >= 0:
        assert caught.value.row == row


def test_files(tmp_path) -> None:  # type: ignore[no-untyped-def]
    street().save(tmp_path / "street")
    assert list(lianhu.Hierarchy.from_file(tmp_path / "street").codes) == list(street().codes)
    damaged = bytearray((tmp_path / "street").read_bytes())
    damaged[50] ^= 1
    (tmp_path / "street").write_bytes(damaged)
    with pytest.raises(lianhu.LianhuError, match="damaged"):
        lianhu.Hierarchy.from_file(tmp_path / "street")


def test_posts() -> None:
    posts = lianhu.Posts(street(), [7, 7, -1, -1], [-1, -1, 8, -1])
    assert posts.acting_for(3) == (8, 2, 1)
    people, units, kinds = posts.acting_for([0, 1, 2])
    assert (list(people), list(units), list(kinds)) == ([7, 7, 8], [0, 1, 2], [0, 0, 1])
    assert list(posts.vacant()) == [2, 3] and list(posts.vacant("stand_in")) == [0, 1, 3]
    people, held = posts.several()
    assert list(people) == [7] and list(held) == [2]
    with pytest.raises(lianhu.InvalidInputError, match="person 7 already holds unit 1"):
        lianhu.Posts(street(), [7, 7, -1, -1], [-1, 7, -1, -1])
    with pytest.raises(lianhu.InvalidInputError, match="'deputy'"):
        posts.vacant("deputy")


def test_all_of_china() -> None:
    path = shared_data("hierarchy/china_village_codes.txt.xz")
    with lzma.open(path, "rt") as lines:
        codes = np.array([int(line) for line in lines if line.strip()], np.int64)
    tree = lianhu.Hierarchy.from_codes(codes)
    assert len(codes) == 620_573
    assert np.bincount(tree.levels).tolist() == [1, 31, 342, 2_978, 41_352, 620_573]
    ones = (tree.levels == 5).astype(np.int64)
    assert tree.roll_up(ones)[0] == 620_573
    county = tree.find(430181)
    assert tree.roll_up(ones)[county] == 326  # Liuyang's communities and villages
