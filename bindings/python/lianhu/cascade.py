"""A notice passed on downward, and contact groups."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Optional

from . import _abi
from ._arrays import column, output, view
from ._library import call, create, new
from .errors import InvalidInputError
from .hierarchy import Hierarchy, Posts


class CascadeState(IntEnum):
    """How far a notice has come below a unit."""

    NOT_HEARD = _abi.CASCADE_NOT_HEARD
    STOPPED = _abi.CASCADE_STOPPED
    PARTLY = _abi.CASCADE_PARTLY
    PASSED_ON = _abi.CASCADE_PASSED_ON
    COMPLETE = _abi.CASCADE_COMPLETE


@dataclass(frozen=True)
class Coverage:
    """Columns with an entry for each unit asked about, of what is at and below it; 0 where it takes no part."""

    targets: Any
    reached: Any
    units: Any
    acknowledged: Any
    children: Any
    children_heard: Any
    states: Any
    acknowledged_at: Any


class Cascade:
    """A notice from a unit to all below it: acknowledgements in any order, counts at once, where it stopped."""

    def __init__(self, hierarchy: Hierarchy, origin: int = 0, sent: int = 0, target_level: int = -1) -> None:
        """origin: the sending unit. sent: UTC seconds. target_level: the level of the targets, -1: the leaves."""
        self._hierarchy = hierarchy
        arguments = (hierarchy._handle.pointer, origin, sent, target_level)
        self._handle = create("lianhu_cascade_create", "lianhu_cascade_free", *arguments)

    def acknowledge(self, units: Any, times: Any) -> int:
        """Takes acknowledgements (units, UTC seconds), all or none; how many units acknowledged for the first time."""
        given = column(units, ctypes.c_int32, "units")
        seconds = column(times, ctypes.c_int64, "times")
        if seconds.count != given.count:
            message = f"times: has {seconds.count} entries, expected {given.count}"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, "times")
        fresh = ctypes.c_int64()
        arguments = (given.address, seconds.address, given.count, ctypes.byref(fresh))
        call("lianhu_cascade_acknowledge", self._handle.pointer, *arguments)
        return int(fresh.value)

    def coverage(self, units: Optional[Any] = None) -> Coverage:
        """What is at and below each unit; without `units`, of all units of the hierarchy."""
        given = column(range(len(self._hierarchy)) if units is None else units, ctypes.c_int32, "units")
        counts = [output(ctypes.c_int32, given.count) for _ in range(7)]
        at, at_address = output(ctypes.c_int64, given.count)
        addresses = [address for _, address in counts]
        call("lianhu_cascade_get", self._handle.pointer, given.address, given.count, *addresses, at_address)
        return Coverage(*[array for array, _ in counts + [(at, at_address)]])

    def seconds_to_reach(self, unit: int = 0, percents: Any = (50, 90, 100)) -> list[Optional[int]]:
        """Seconds from sending until each share of the targets below `unit` was reached; None: not yet."""
        shares = column(percents, ctypes.c_int32, "percents")
        where = column([unit], ctypes.c_int32, "unit")
        seconds, address = output(ctypes.c_int64, shares.count)
        arguments = (where.address, 1, shares.address, shares.count, address)
        call("lianhu_cascade_seconds_to_reach", self._handle.pointer, *arguments)
        return [None if second == _abi.NONE else int(second) for second in seconds]

    def retransmissions(self) -> tuple[Any, Any, Any]:
        """Where to send it again: (from, to, targets at and below `to`), columns of one length."""
        count = ctypes.c_int64()
        call("lianhu_cascade_retransmissions", self._handle.pointer, None, None, None, 0, ctypes.byref(count))
        (senders, first), (receivers, second), (targets, third) = (
            output(ctypes.c_int32, count.value) for _ in range(3)
        )
        arguments = (first, second, third, count.value, ctypes.byref(count))
        call("lianhu_cascade_retransmissions", self._handle.pointer, *arguments)
        return senders, receivers, targets


class GroupKind(IntEnum):
    """The four kinds of contact groups."""

    COMMAND = _abi.GROUP_COMMAND
    BACKBONE = _abi.GROUP_BACKBONE
    OPERATING = _abi.GROUP_OPERATING
    HOUSEHOLD = _abi.GROUP_HOUSEHOLD


class Role(IntEnum):
    """What makes a member one. A HOUSEHOLD is an index into steward_of, all others are people."""

    HOLDER = _abi.ROLE_HOLDER
    STAND_IN = _abi.ROLE_STAND_IN
    ACTING = _abi.ROLE_ACTING
    STEWARD = _abi.ROLE_STEWARD
    HOUSEHOLD = _abi.ROLE_HOUSEHOLD


class ContactGroups:
    """The groups that follow from posts and, with steward_of (a steward for each household, -1: none), from a plan.

    Arrays, read-only and without a copy: kinds, units (-1 for household groups) and leaders by group; first_members
    (groups + 1) into members, roles and posts, which have an entry for each member, the leader first.
    """

    def __init__(self, posts: Posts, steward_of: Optional[Any] = None) -> None:
        given = column(() if steward_of is None else steward_of, ctypes.c_int32, "steward_of")
        arguments = (posts._handle.pointer, given.address, given.count)
        handle = create("lianhu_contact_groups_create", "lianhu_contact_groups_free", *arguments)
        seen = new(_abi.lianhu_contact_groups_view)
        call("lianhu_contact_groups_get", handle.pointer, ctypes.byref(seen))
        groups, members = seen.group_count, seen.member_count
        self.kinds = view(seen.kinds, ctypes.c_int32, groups, handle)
        self.units = view(seen.units, ctypes.c_int32, groups, handle)
        self.leaders = view(seen.leaders, ctypes.c_int32, groups, handle)
        self.first_members = view(seen.first_members, ctypes.c_int64, groups + 1, handle)
        self.members = view(seen.members, ctypes.c_int32, members, handle)
        self.roles = view(seen.roles, ctypes.c_int32, members, handle)
        self.posts = view(seen.posts, ctypes.c_int32, members, handle)

    def __len__(self) -> int:
        return len(self.kinds)


class ChangeKind(IntEnum):
    """What happens to a member."""

    JOINS = _abi.MEMBER_JOINS
    LEAVES = _abi.MEMBER_LEAVES
    CHANGES_ROLE = _abi.MEMBER_CHANGES_ROLE


@dataclass(frozen=True)
class Change:
    """One member of one group; `role` is that of before for who leaves."""

    kind: ChangeKind
    group: int
    member: int
    role: int
    role_before: int


def compare_memberships(before: Any, after: Any) -> list[Change]:
    """Who joins and who leaves, by group and member. Both lists hold (group, member, role), the caller's numbers."""
    columns = []
    for name, rows in (("before", list(before)), ("after", list(after))):
        for k, part in enumerate(("groups", "members", "roles")):
            columns.append(column([row[k] for row in rows], ctypes.c_int32, f"{name}_{part}"))
    given: list[Any] = []
    for side in (columns[:3], columns[3:]):
        given += [part.address for part in side] + [side[0].count]
    count = ctypes.c_int64()
    call("lianhu_memberships_compare", *given, None, None, None, None, None, 0, ctypes.byref(count))
    out = [output(ctypes.c_int32, count.value) for _ in range(5)]
    addresses = [address for _, address in out]
    call("lianhu_memberships_compare", *given, *addresses, count.value, ctypes.byref(count))
    return [
        Change(ChangeKind(int(kind)), int(group), int(member), int(role), int(role_before))
        for kind, group, member, role, role_before in zip(*(array for array, _ in out))
    ]
