"""Cascade, ContactGroups, compare_memberships."""

from __future__ import annotations

import random

import numpy as np
import pytest

import lianhu
from lianhu import CascadeState, ChangeKind, GroupKind, Role

# A street 0; communities 1, 2; grids 3, 4 below 1 and 5 below 2; micro-grids 6, 7, 8; households 9, 10, 11, 12.
TREE = lianhu.Hierarchy.from_parents(
    [-1, 0, 0, 1, 1, 2, 3, 3, 4, 6, 6, 7, 8], levels=[4, 5, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 8]
)
SENT = 1_795_480_200


def test_a_notice() -> None:
    notice = lianhu.Cascade(TREE, sent=SENT, target_level=8)
    assert notice.acknowledge([1, 3, 6, 9], np.array([10, 20, 30, 40]) + SENT) == 4
    assert notice.acknowledge([9, 10], [SENT + 35, SENT + 3600]) == 1
    covered = notice.coverage()
    assert (covered.targets[0], covered.reached[0], covered.acknowledged[0]) == (4, 2, 6)
    assert [CascadeState(state).name for state in covered.states[:4]] == ["PARTLY" if k in (1, 3) else
        ("COMPLETE" if k == 6 else "PASSED_ON" if k == 0 else "NOT_HEARD") for k in range(4)]
    assert covered.acknowledged_at[9] == SENT + 35 and covered.acknowledged_at[2] == -1
    assert list(notice.coverage([6]).reached) == [2]
    assert notice.seconds_to_reach() == [3600, None, None]
    senders, receivers, targets = notice.retransmissions()
    assert list(zip(senders, receivers, targets)) == [(1, 4, 1), (3, 7, 1)]
    with pytest.raises(lianhu.InvalidInputError) as caught:
        notice.acknowledge([9, 10], [SENT, SENT - 1])
    assert (caught.value.field, caught.value.row) == ("times", 1)
    with pytest.raises(lianhu.InvalidInputError, match="expected 2"):
        notice.acknowledge([9, 10], [SENT])
    with pytest.raises(lianhu.InvalidInputError, match="no unit of 0..12"):
        lianhu.Cascade(TREE, origin=13)
    with pytest.raises(lianhu.InvalidInputError, match="1..100"):
        notice.seconds_to_reach(0, [0])


def test_order_does_not_matter() -> None:
    rows = [(unit, SENT + second) for unit in range(1, 13) for second in (unit * 7 % 5, unit)]
    seen = []
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        notice = lianhu.Cascade(TREE, sent=SENT)
        for unit, time in rows:
            notice.acknowledge([unit], [time])
        seen.append((list(notice.coverage().acknowledged_at), notice.seconds_to_reach()))
    assert all(state == seen[0] for state in seen)


def test_contact_groups() -> None:
    holders = [100, 11, 12, 21, 22, -1, 31, 31, 32, -1, -1, -1, -1]
    groups = lianhu.ContactGroups(lianhu.Posts(TREE, holders), steward_of=[31, 31, 31, 32, -1])
    assert [GroupKind(kind).name for kind in groups.kinds] == [
        "COMMAND", "BACKBONE", "BACKBONE", "OPERATING", "OPERATING", "HOUSEHOLD", "HOUSEHOLD"]
    assert list(groups.units) == [0, 1, 2, 3, 4, -1, -1] and list(groups.leaders) == [100, 11, 12, 21, 22, 31, 32]
    first, last = groups.first_members[5], groups.first_members[6]
    assert list(groups.members[first:last]) == [31, 0, 1, 2]
    assert [Role(role).name for role in groups.roles[first:last]] == ["STEWARD"] + ["HOUSEHOLD"] * 3
    assert list(groups.posts[:3]) == [0, 1, 2]
    assert len(lianhu.ContactGroups(lianhu.Posts(TREE, [-1] * 13))) == 0
    with pytest.raises(lianhu.InvalidInputError, match="steward_of"):
        lianhu.ContactGroups(lianhu.Posts(TREE, holders), [-5])


def test_who_joins_and_who_leaves() -> None:
    changes = lianhu.compare_memberships([(1, 5, 0), (1, 6, 4), (2, 5, 1)], [(2, 6, 4), (1, 5, 0), (2, 5, 0)])
    assert [(change.kind, change.group, change.member) for change in changes] == [
        (ChangeKind.LEAVES, 1, 6), (ChangeKind.CHANGES_ROLE, 2, 5), (ChangeKind.JOINS, 2, 6)]
    assert (changes[1].role, changes[1].role_before) == (0, 1)
    assert lianhu.compare_memberships([], []) == []
    with pytest.raises(lianhu.InvalidInputError, match="again"):
        lianhu.compare_memberships([(1, 5, 0), (1, 5, 1)], [])
