"""The work calendar, the router of issues, and the docket of cases with their time limits."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Optional, Union

from . import _abi
from ._arrays import Column, column, output
from ._library import call, create, new
from .errors import InvalidInputError
from .hierarchy import Posts


class Clock(IntEnum):
    """What a limit counts: continuous hours (U), working hours (H), working days (W), calendar days (D)."""

    CONTINUOUS_HOURS = _abi.CLOCK_CONTINUOUS_HOURS
    WORKING_HOURS = _abi.CLOCK_WORKING_HOURS
    WORKING_DAYS = _abi.CLOCK_WORKING_DAYS
    CALENDAR_DAYS = _abi.CLOCK_CALENDAR_DAYS


class Mode(IntEnum):
    """Help where you can, mediate where you may, report where you must."""

    HELP = _abi.MODE_HELP
    MEDIATE = _abi.MODE_MEDIATE
    REPORT = _abi.MODE_REPORT


class CaseState(IntEnum):
    """Where a case stands."""

    REGISTERED = _abi.CASE_REGISTERED
    ACCEPTED = _abi.CASE_ACCEPTED
    ASSIGNED = _abi.CASE_ASSIGNED
    IN_HAND = _abi.CASE_IN_HAND
    ANSWERED = _abi.CASE_ANSWERED
    CLOSED = _abi.CASE_CLOSED
    RATED = _abi.CASE_RATED
    RETURNED = _abi.CASE_RETURNED
    EXTENDED = _abi.CASE_EXTENDED
    DEFERRED = _abi.CASE_DEFERRED
    REOPENED = _abi.CASE_REOPENED


class CaseEvent(IntEnum):
    """What happens to a case."""

    ACCEPT = _abi.EVENT_ACCEPT
    ASSIGN = _abi.EVENT_ASSIGN
    TAKE = _abi.EVENT_TAKE
    ANSWER = _abi.EVENT_ANSWER
    CLOSE = _abi.EVENT_CLOSE
    RATE = _abi.EVENT_RATE
    RETURN = _abi.EVENT_RETURN
    EXTEND = _abi.EVENT_EXTEND
    DEFER = _abi.EVENT_DEFER
    SUSPEND = _abi.EVENT_SUSPEND
    RESUME = _abi.EVENT_RESUME
    REOPEN = _abi.EVENT_REOPEN


class ActionKind(IntEnum):
    """What is to be done about a case."""

    ASK = _abi.ACTION_ASK
    TRANSFER = _abi.ACTION_TRANSFER
    WARN = _abi.ACTION_WARN
    INFORM = _abi.ACTION_INFORM
    ESCALATE = _abi.ACTION_ESCALATE
    SUPERVISE = _abi.ACTION_SUPERVISE
    GIVE_BACK = _abi.ACTION_GIVE_BACK
    HAND_OVER = _abi.ACTION_HAND_OVER
    FOLLOW_UP = _abi.ACTION_FOLLOW_UP


@dataclass(frozen=True)
class Decisions:
    """Columns with an entry for each issue; -1 where there is none, instants as UTC seconds."""

    modes: Any
    units: Any
    people: Any
    post_units: Any
    post_kinds: Any
    departments: Any
    rules: Any
    respond_by: Any
    resolve_by: Any
    stop_by: Any


@dataclass(frozen=True)
class Cases:
    """Columns with an entry for each case; -1 where there is none, instants as UTC seconds."""

    states: Any
    units: Any
    people: Any
    asked: Any
    breaches: Any
    reopened: Any
    supervised: Any
    resolved: Any
    satisfied: Any
    dues: Any
    answered: Any
    closed: Any


@dataclass(frozen=True)
class Actions:
    """Columns with an entry for each action, in order."""

    kinds: Any
    cases: Any
    values: Any
    units: Any
    people: Any
    times: Any


class _Columns:
    """Columns of one length, filled into a struct; one value stands for a whole column."""

    def __init__(self, struct: Any, count: int) -> None:
        self.struct = struct
        self.count = count
        self._kept: list[Column] = []
        struct.count = count

    def set(self, field: str, values: Any, ctype: Any) -> None:
        if values is None:
            return
        whole = [values] * self.count if not hasattr(values, "__len__") else values
        given = column(whole, ctype, field)
        if given.count != self.count:
            message = f"{field}: has {given.count} entries, expected {self.count}"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field)
        self._kept.append(given)
        setattr(self.struct, field, given.address)


class Calendar:
    """When a limit in office time runs out, by China's holiday lists of 2018 to 2026 or your own."""

    def __init__(
        self,
        zone: Optional[str] = None,
        hours: Optional[str] = None,
        holidays: Optional[str] = None,
        as_of: Optional[int] = None,
    ) -> None:
        """zone: Asia/Shanghai or +08:00. hours: 08:30-12:00,14:00-17:30. holidays: a CSV file first,last,day. as_of: the
        day since 1970-01-01 by whose end lists were known."""
        options = new(_abi.lianhu_calendar_options)
        for field, text in (("zone", zone), ("hours", hours), ("holidays", holidays)):
            if text is not None:
                setattr(options, field, text.encode())
        if as_of is not None:
            options.as_of = as_of
        self._handle = create("lianhu_calendar_create", "lianhu_calendar_free", ctypes.byref(options))

    def add(self, starts: Any, amounts: Any, clock: Union[Clock, Any]) -> Any:
        """When budgets that begin at UTC seconds `starts` are spent: amounts in seconds (U, H) or days (W, D)."""
        given = column(starts, ctypes.c_int64, "starts")
        whole = [amounts] * given.count if not hasattr(amounts, "__len__") else amounts
        budget = column(whole, ctypes.c_int64, "amounts")
        clocks = column([clock] * given.count if not hasattr(clock, "__len__") else clock, ctypes.c_int32, "clock")
        for field, other in (("amounts", budget), ("clock", clocks)):
            if other.count != given.count:
                message = f"{field}: has {other.count} entries, expected {given.count}"
                raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field)
        dues, address = output(ctypes.c_int64, given.count)
        arguments = (given.address, budget.address, clocks.address, given.count, address)
        call("lianhu_calendar_add", self._handle.pointer, *arguments)
        return dues

    def between(self, clock: Clock, a: Any, b: Any) -> Any:
        """The amount of a clock from each a to each b: seconds or days, negative when b is before a."""
        first = column(a, ctypes.c_int64, "a")
        second = column(b, ctypes.c_int64, "b")
        if second.count != first.count:
            message = f"b: has {second.count} entries, expected {first.count}"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, "b")
        amounts, address = output(ctypes.c_int64, first.count)
        arguments = (int(clock), first.address, second.address, first.count, address)
        call("lianhu_calendar_between", self._handle.pointer, *arguments)
        return amounts


class Router:
    """Issues to posts by decision tables: help, mediate or report; who, where and by when."""

    def __init__(self, calendar: Optional[Calendar] = None, tables: Optional[str] = None) -> None:
        """tables: a folder of a town's own (docs/formats.md, "Routing tables"); default: those of the library."""
        self.calendar = calendar if calendar is not None else Calendar()
        folder = None if tables is None else str(tables).encode()
        self._handle = create("lianhu_router_create", "lianhu_router_free", self.calendar._handle.pointer, folder)
        self.categories = self._codes(_abi.CODES_CATEGORY)
        self.departments = self._codes(_abi.CODES_DEPARTMENT)
        self.rules = self._codes(_abi.CODES_RULE)

    def _codes(self, kind: int) -> list[str]:
        codes: list[str] = []
        size = ctypes.c_int64()
        while True:
            place = (self._handle.pointer, kind, len(codes))
            call("lianhu_router_code", *place, None, 0, ctypes.byref(size))
            if size.value == 0:
                return codes
            text = ctypes.create_string_buffer(size.value)
            call("lianhu_router_code", *place, text, size.value, ctypes.byref(size))
            codes.append(text.value.decode())

    def route(
        self,
        posts: Posts,
        categories: Any,
        severities: Any,
        places: Any,
        times: Any,
        spreads: Any = None,
        powers: Any = None,
        attempts: Any = None,
        absent: Any = (),
    ) -> Decisions:
        """Routes issues, all or none. categories: codes such as "02", or indices. severities, spreads: 1..4. powers: 0 or
        1. places: units. times: UTC seconds. absent: people who are away."""
        indices = [self._category(row, code) for row, code in enumerate(categories)]
        issues = _Columns(new(_abi.lianhu_issues), len(indices))
        issues.set("categories", indices, ctypes.c_int32)
        for field, values in (("severities", severities), ("spreads", spreads), ("powers", powers)):
            issues.set(field, values, ctypes.c_int32)
        issues.set("attempts", attempts, ctypes.c_int32)
        issues.set("places", places, ctypes.c_int32)
        issues.set("times", times, ctypes.c_int64)
        away = column(absent, ctypes.c_int32, "absent")
        decisions = new(_abi.lianhu_decisions)
        arrays = {}
        for field in Decisions.__dataclass_fields__:
            ctype: Any = ctypes.c_int64 if field.endswith("_by") else ctypes.c_int32
            arrays[field], address = output(ctype, len(indices))
            setattr(decisions, field, address)
        pointers = (ctypes.byref(issues.struct), ctypes.byref(decisions))
        call("lianhu_router_route", self._handle.pointer, posts._handle.pointer, away.address, away.count, *pointers)
        return Decisions(**arrays)

    def _category(self, row: int, code: Any) -> int:
        if isinstance(code, str):
            if code not in self.categories:
                message = f"categories[{row}]: no such category: {code!r}"
                raise InvalidInputError(message, _abi.INVALID_ARGUMENT, "categories", row)
            return self.categories.index(code)
        return int(code)


class Docket:
    """Cases with their time limits: a state machine for each, warnings, breaches that go up the tree, stand-ins."""

    def __init__(
        self, posts: Posts, calendar: Optional[Calendar] = None, router: Optional[Router] = None, absent: Any = ()
    ) -> None:
        """router: gives the escalation of its table T3. absent: people who are away from the start."""
        given = calendar if calendar is not None else router.calendar if router is not None else Calendar()
        away = column(absent, ctypes.c_int32, "absent")
        tables = None if router is None else router._handle.pointer
        arguments = (posts._handle.pointer, given._handle.pointer, tables, away.address, away.count)
        self._handle = create("lianhu_docket_create", "lianhu_docket_free", *arguments)

    def register(
        self,
        places: Any,
        offices: Any,
        amounts: Any,
        clocks: Any,
        times: Any,
        categories: Any = None,
        severities: Any = None,
    ) -> range:
        """Registers cases in order of time and gives their numbers. places, offices: units. amounts, clocks: the limits.
        times: UTC seconds. One value stands for a whole column but for places."""
        count = len(places)
        cases = _Columns(new(_abi.lianhu_registrations), count)
        cases.set("places", places, ctypes.c_int32)
        for field, values in (("offices", offices), ("clocks", clocks), ("categories", categories)):
            cases.set(field, values, ctypes.c_int32)
        cases.set("severities", severities, ctypes.c_int32)
        cases.set("amounts", amounts, ctypes.c_int64)
        cases.set("times", times, ctypes.c_int64)
        first = ctypes.c_int32()
        call("lianhu_docket_register", self._handle.pointer, ctypes.byref(cases.struct), ctypes.byref(first))
        return range(first.value, first.value + count)

    def apply(self, cases: Any, kinds: Any, times: Any, units: Any = None, amounts: Any = None, good: Any = None) -> None:
        """Applies events in order of time, timers first. An event that is not legal raises with its row, before which all
        have been applied. units: who is asked or acts. amounts: time granted by EXTEND. good: resolved, satisfied."""
        events = _Columns(new(_abi.lianhu_case_events), len(cases))
        events.set("cases", cases, ctypes.c_int32)
        for field, values in (("kinds", kinds), ("units", units), ("good", good)):
            events.set(field, values, ctypes.c_int32)
        events.set("amounts", amounts, ctypes.c_int64)
        events.set("times", times, ctypes.c_int64)
        call("lianhu_docket_apply", self._handle.pointer, ctypes.byref(events.struct))

    def advance(self, at: int) -> None:
        """Lets the clock run until UTC second `at`."""
        call("lianhu_docket_advance", self._handle.pointer, at)

    def set_absent(self, person: int, absent: bool, at: int) -> None:
        """From `at` on a person is away, or back: cases go to the stand-in, or return."""
        call("lianhu_docket_set_absent", self._handle.pointer, person, int(absent), at)

    def due(self, at: int) -> Any:
        """The running cases whose limit ends at or before `at`, by due instant."""
        count = ctypes.c_int64()
        call("lianhu_docket_due", self._handle.pointer, at, None, 0, ctypes.byref(count))
        cases, address = output(ctypes.c_int32, count.value)
        call("lianhu_docket_due", self._handle.pointer, at, address, count.value, ctypes.byref(count))
        return cases

    def _view(self) -> Any:
        found = new(_abi.lianhu_docket_view)
        call("lianhu_docket_get", self._handle.pointer, ctypes.byref(found))
        return found

    @property
    def now(self) -> int:
        """The instant of the last event, UTC seconds."""
        return int(self._view().now)

    @property
    def open(self) -> int:
        """How many cases are not answered, closed or rated."""
        return int(self._view().open)

    def __len__(self) -> int:
        """How many cases there are."""
        return int(self._view().case_count)

    def cases(self) -> Cases:
        """A copy of the columns by case, as they are now."""
        found = self._view()
        columns = {}
        for field in Cases.__dataclass_fields__:
            ctype: Any = ctypes.c_int64 if field in ("dues", "answered", "closed") else ctypes.c_int32
            columns[field] = _copied(getattr(found, field), ctype, found.case_count)
        return Cases(**columns)

    def actions(self, first: int = 0) -> Actions:
        """A copy of the actions from number `first` on, in order."""
        found = self._view()
        columns = {}
        for field in Actions.__dataclass_fields__:
            ctype: Any = ctypes.c_int64 if field == "times" else ctypes.c_int32
            columns[field] = _copied(getattr(found, f"action_{field}"), ctype, found.action_count)[first:]
        return Actions(**columns)


def _copied(address: Optional[int], ctype: Any, count: int) -> Any:
    """The library's column in memory of its own: the view ends with the docket's next change."""
    array, target = output(ctype, count)
    if count and address and target:
        ctypes.memmove(target, address, count * ctypes.sizeof(ctype))
    return array
