"""Calendar, Router and Docket."""

from __future__ import annotations

import numpy as np
import pytest

import lianhu
from lianhu import ActionKind, CaseEvent, CaseState, Clock, Mode

CODES = [430181002216, 430181002216001, 430181002216001001]
NOON = 1772416800  # 2026-03-02 10:00 in Beijing, a Monday


def posts() -> lianhu.Posts:
    """Units: 0 street, 1 community, 2 grid, 3 micro-grid; person u holds unit u, 10 + u stands in."""
    tree = lianhu.Hierarchy.from_codes(CODES, root=430181002)
    return lianhu.Posts(tree, [0, 1, 2, 3], [10, 11, 12, 13])


def test_calendar() -> None:
    calendar = lianhu.Calendar()
    dues = calendar.add([NOON] * 4, [86400, 4 * 3600, 1, 1], list(Clock))
    assert list(dues) == [NOON + 86400, NOON + 6 * 3600, NOON + 86400 + 27000, NOON + 86400 + 50399]
    assert list(calendar.add(np.array([NOON]), 1, Clock.WORKING_DAYS)) == [dues[2]]
    assert list(calendar.between(Clock.WORKING_HOURS, [NOON], [NOON + 86400])) == [7 * 3600]
    early = lianhu.Calendar(hours="10:00-11:00", zone="+08:00")
    assert list(early.add([NOON], 3600, Clock.WORKING_HOURS)) == [NOON + 3600]
    with pytest.raises(lianhu.InvalidInputError, match="zone: no such time zone: 'Mars'"):
        lianhu.Calendar(zone="Mars")
    with pytest.raises(lianhu.InvalidInputError) as fault:
        calendar.add([NOON, 5], 1, Clock.WORKING_DAYS)
    assert (fault.value.field, fault.value.row) == ("starts", 1)


def test_the_list_revised_mid_holiday() -> None:
    before = lianhu.Calendar(as_of=18287)  # 2020-01-26
    start = [1579744800]  # 2020-01-23 10:00
    assert lianhu.Calendar().add(start, 1, Clock.WORKING_DAYS)[0] - before.add(start, 1, Clock.WORKING_DAYS)[0] == 3 * 86400


def test_router() -> None:
    router = lianhu.Router()
    assert len(router.categories) == 12 and len(router.rules) == 15
    decisions = router.route(posts(), ["02", "05", "03"], [1, 2, 3], [3, 3, 3], NOON, spreads=[1, 3, 1])
    assert list(decisions.modes) == [Mode.HELP, Mode.REPORT, Mode.REPORT]
    assert list(decisions.units) == [3, 2, 0] and list(decisions.people) == [3, 2, 0]
    assert [router.rules[rule] for rule in decisions.rules] == ["8", "14", "3"]
    assert router.departments[decisions.departments[0]] == "social_affairs"
    assert list(decisions.stop_by) == [-1, -1, -1]
    away = router.route(posts(), ["02"], 1, [3], NOON, absent=[3])
    assert (away.people[0], away.post_kinds[0]) == (13, 1)
    assert list(decisions.firsts) == [lianhu.First.PLACE] * 3
    with pytest.raises(lianhu.InvalidInputError, match=r"categories\[1\]: no such category: '77'"):
        router.route(posts(), ["02", "77"], 1, [3, 3], NOON)
    with pytest.raises(lianhu.InvalidInputError) as fault:
        router.route(posts(), ["02", "02"], [1, 9], [3, 3], NOON)
    assert (fault.value.field, fault.value.row) == ("severity", 1)
    with pytest.raises(lianhu.LianhuError):
        lianhu.Router(tables="/no/such/folder")


def test_what_goes_with_a_decision() -> None:
    router = lianhu.Router()
    decisions = router.route(posts(), ["03", "01"], [3, 1], [3, 3], NOON)
    named = [
        (router.accompaniment_rules[a.rule], router.actions[a.action] if a.action >= 0 else None, router.groups[a.group])
        for a in decisions.accompaniments_of(0)
    ]
    # A grave illness: reported, and helped beside.
    assert named == [("2", None, "command"), ("3", "help_beside", "operating"), ("4", "appeal", "household")]
    assert [router.actions[a.action] for a in decisions.accompaniments_of(1)] == ["explain"]
    assert list(decisions.accompaniment_offsets) == [0, 3, 4]
    assert list(decisions.join_offsets)[-1] == len(decisions.joins)
    assert all(0 <= code < len(router.departments) for code in decisions.joins)
    docket = lianhu.Docket(posts(), router=router)
    limits = (decisions.resolve_amounts, decisions.resolve_clocks)
    responses = {"respond_amounts": decisions.respond_amounts, "respond_clocks": decisions.respond_clocks}
    docket.register([3, 3], decisions.units, *limits, NOON, severities=[3, 1], **responses)
    assert list(docket.cases().dues) == list(decisions.resolve_by)


def test_figures_and_another_calendar() -> None:
    docket = lianhu.Docket(posts())
    hours = Clock.CONTINUOUS_HOURS
    docket.register([3, 3, 2], [3, 3, 2], 90000, hours, NOON, respond_amounts=[3600, 7200, 0])
    docket.apply([1, 1, 1], [CaseEvent.TAKE, CaseEvent.ANSWER, CaseEvent.CLOSE], NOON + 3700, good=[1, 1, 1])
    figures = docket.figures()
    assert list(figures.cases) == [3, 3, 3, 2] and list(figures.open) == [2, 2, 2, 1]
    # The first had an hour and has not been heard, the second two and has; the third need not be.
    assert (figures.rate("response", 0), figures.rate("response", 3)) == (0.5, 0.5)
    assert (figures.rate("resolution", 3), figures.rate("satisfaction", 3)) == (1.0, None)
    assert figures.ages(0) == [2, 0, 0, 0, 0, 0]
    docket.advance(NOON + 86400 * 2)
    assert docket.figures(lianhu.CountedBy.PLACE).ages(2) == [0, 2, 0, 0, 0, 0]
    by_level = docket.figures(lianhu.CountedBy.LEVEL)
    assert list(by_level.cases)[-2:] == [1, 2] and list(by_level.overdue)[-2:] == [1, 1]  # grid and micro-grid

    # 2020-01-23: an extended holiday, told of on the 26th.
    before = lianhu.Calendar(as_of=18287)
    docket = lianhu.Docket(posts(), before)
    docket.register([3], 3, 1, Clock.WORKING_DAYS, 1579744800)
    due = docket.cases().dues[0]
    docket.revise(lianhu.Calendar(), 1580000000)
    assert docket.cases().dues[0] == due + 3 * 86400
    with pytest.raises(lianhu.InvalidInputError):
        docket.revise(lianhu.Calendar(), 5)
    with pytest.raises(lianhu.InvalidInputError, match="respond_amounts"):
        docket.register([3], 3, 1, Clock.WORKING_DAYS, 1580000000, respond_amounts=[-4])


def test_docket() -> None:
    docket = lianhu.Docket(posts(), router=lianhu.Router())
    assert docket.register([3, 3], 3, [7200, 3], [Clock.CONTINUOUS_HOURS, Clock.WORKING_DAYS], NOON) == range(2)
    assert len(docket) == 2 and docket.open == 2
    assert list(docket.due(NOON + 7200)) == [0]
    docket.advance(NOON + 7201)
    cases = docket.cases()
    assert list(cases.breaches) == [1, 0] and list(cases.asked) == [2, -1]
    kinds = list(docket.actions().kinds)
    assert kinds == [ActionKind.ASK] * 2 + [ActionKind.WARN, ActionKind.WARN, ActionKind.INFORM, ActionKind.ESCALATE]
    docket.set_absent(3, True, NOON + 7300)
    assert list(docket.cases().people) == [13, 13]
    docket.apply([1, 1, 1], [CaseEvent.TAKE, CaseEvent.ANSWER, CaseEvent.CLOSE], NOON + 8000, good=[1, 1, 0])
    assert list(docket.cases().states) == [CaseState.REGISTERED, CaseState.CLOSED]
    assert list(docket.cases().resolved) == [-1, 0]
    assert docket.open == 1 and docket.now == NOON + 8000
    # A copy: it stays what it was.
    assert list(cases.states) == [CaseState.REGISTERED] * 2
    assert list(docket.actions(len(kinds)).kinds) == [ActionKind.HAND_OVER] * 2 + [ActionKind.FOLLOW_UP]


def test_illegal_events_name_the_legal_ones() -> None:
    docket = lianhu.Docket(posts())
    docket.register([3], 3, 3, Clock.WORKING_DAYS, NOON)
    with pytest.raises(lianhu.InvalidInputError, match="legal: accept, assign, take, return, suspend") as fault:
        docket.apply([0, 0], [CaseEvent.TAKE, CaseEvent.CLOSE][::-1], NOON)
    assert fault.value.row == 0
    with pytest.raises(lianhu.InvalidInputError, match="kinds: has 1 entries, expected 2"):
        docket.apply([0, 0], [CaseEvent.TAKE], NOON)
