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


class First(IntEnum):
    """Who is gone to first: an event's place, or a facility's owner."""

    PLACE = _abi.FIRST_PLACE
    OWNER = _abi.FIRST_OWNER


class CountedBy(IntEnum):
    """What figures are counted by: the units where it happened, those that answer for it now, or their levels."""

    PLACE = _abi.FIGURES_BY_PLACE
    RESPONSIBLE = _abi.FIGURES_BY_RESPONSIBLE
    LEVEL = _abi.FIGURES_BY_LEVEL


@dataclass(frozen=True)
class Accompaniment:
    """What goes with a decision by a row of table T2: an action, a group to tell, a department; -1 where the row names
    none. Indices of Router.actions, groups, departments and accompaniment_rules."""

    action: int
    group: int
    department: int
    rule: int


@dataclass(frozen=True)
class Decisions:
    """Columns with an entry for each issue; -1 where there is none, instants as UTC seconds. The limits are amounts on
    clocks, as Docket.register takes them. Departments that join issue i: joins[join_offsets[i]:join_offsets[i + 1]], or
    joins_of(i); what goes with it: likewise, or accompaniments_of(i)."""

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
    firsts: Any
    respond_amounts: Any
    respond_clocks: Any
    resolve_amounts: Any
    resolve_clocks: Any
    join_offsets: Any
    joins: Any
    accompaniment_offsets: Any
    accompaniment_actions: Any
    accompaniment_groups: Any
    accompaniment_departments: Any
    accompaniment_rules: Any

    def joins_of(self, row: int) -> list[int]:
        """The departments that join an issue: indices of Router.departments."""
        return [int(code) for code in self.joins[self.join_offsets[row] : self.join_offsets[row + 1]]]

    def accompaniments_of(self, row: int) -> list[Accompaniment]:
        """What goes with an issue, in order of the rules of T2."""
        return [
            Accompaniment(
                int(self.accompaniment_actions[i]),
                int(self.accompaniment_groups[i]),
                int(self.accompaniment_departments[i]),
                int(self.accompaniment_rules[i]),
            )
            for i in range(self.accompaniment_offsets[row], self.accompaniment_offsets[row + 1])
        ]


@dataclass(frozen=True)
class Figures:
    """Counts with an entry for each unit over its sub-tree, or for each level. A rate is met / due, and does not apply
    where nothing is due. open_by_age: entries x 6, row by row: at most 1, 3, 7, 15, 30 days since registration, more."""

    cases: Any
    open: Any
    stopped: Any
    overdue: Any
    supervised: Any
    reopened: Any
    response_due: Any
    response_met: Any
    resolution_due: Any
    resolution_met: Any
    satisfaction_due: Any
    satisfaction_met: Any
    in_time_due: Any
    in_time_met: Any
    open_by_age: Any

    def rate(self, name: str, entry: int) -> Optional[float]:
        """'response', 'resolution', 'satisfaction' or 'in_time' of an entry; None where nothing was due."""
        due = int(getattr(self, f"{name}_due")[entry])
        return int(getattr(self, f"{name}_met")[entry]) / due if due else None

    def ages(self, entry: int) -> list[int]:
        """How many open cases of an entry are in each class of age."""
        first = entry * _abi.AGE_CLASSES
        return [int(count) for count in self.open_by_age[first : first + _abi.AGE_CLASSES]]


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
    shortest_stand: Any  # seconds from an answer or closing to the reopening after it, the least


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
        self.actions = self._codes(_abi.CODES_ACTION)
        self.groups = self._codes(_abi.CODES_GROUP)
        self.accompaniment_rules = self._codes(_abi.CODES_ACCOMPANIMENT)

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
        offsets = ("join_offsets", "accompaniment_offsets")
        lists = {"joins": 0, **{field: 1 for field in Decisions.__dataclass_fields__ if field.startswith("accompaniment_")}}
        del lists["accompaniment_offsets"]
        for field in Decisions.__dataclass_fields__:
            if field in lists:
                continue
            wide = field in offsets or field.endswith(("_by", "_amounts"))
            ctype: Any = ctypes.c_int64 if wide else ctypes.c_int32
            arrays[field], address = output(ctype, len(indices) + (field in offsets))
            setattr(decisions, field, address)
        pointers = (ctypes.byref(issues.struct), ctypes.byref(decisions))
        arguments = (self._handle.pointer, posts._handle.pointer, away.address, away.count, *pointers)
        call("lianhu_router_route", *arguments)
        sizes = [int(arrays[field][len(indices)]) for field in offsets]
        decisions.join_capacity, decisions.accompaniment_capacity = sizes
        for field, which in lists.items():
            arrays[field], address = output(ctypes.c_int32, sizes[which])
            setattr(decisions, field, address)
        if any(sizes):  # now that it is known how much room the lists need
            call("lianhu_router_route", *arguments)
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
        respond_amounts: Any = None,
        respond_clocks: Any = None,
    ) -> range:
        """Registers cases in order of time and gives their numbers. places, offices: units. amounts, clocks: the limits.
        respond_amounts: limits of the first response, 0 for none, on respond_clocks (default: clocks). times: UTC
        seconds. One value stands for a whole column but for places."""
        count = len(places)
        cases = _Columns(new(_abi.lianhu_registrations), count)
        cases.set("places", places, ctypes.c_int32)
        for field, values in (("offices", offices), ("clocks", clocks), ("categories", categories)):
            cases.set(field, values, ctypes.c_int32)
        cases.set("severities", severities, ctypes.c_int32)
        cases.set("respond_clocks", respond_clocks, ctypes.c_int32)
        cases.set("amounts", amounts, ctypes.c_int64)
        cases.set("respond_amounts", respond_amounts, ctypes.c_int64)
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

    def revise(self, calendar: Calendar, at: int) -> None:
        """From `at` on another calendar holds: running limits are counted anew from when their clocks last started."""
        call("lianhu_docket_revise", self._handle.pointer, calendar._handle.pointer, at)

    def figures(self, by: CountedBy = CountedBy.RESPONSIBLE) -> Figures:
        """The three rates, cases in time and how old the open ones are, at the docket's last instant."""
        figures = new(_abi.lianhu_figures)
        count = ctypes.c_int64()
        arguments = (self._handle.pointer, int(by), ctypes.byref(figures), ctypes.byref(count))
        call("lianhu_docket_figures", *arguments)
        figures.capacity = count.value
        columns = {}
        for field in Figures.__dataclass_fields__:
            width = _abi.AGE_CLASSES if field == "open_by_age" else 1
            columns[field], address = output(ctypes.c_int64, count.value * width)
            setattr(figures, field, address)
        call("lianhu_docket_figures", *arguments)
        return Figures(**columns)

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
            ctype: Any = ctypes.c_int64 if field in ("dues", "answered", "closed", "shortest_stand") else ctypes.c_int32
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
