"""The compiled holiday lists against the package chinesecalendar, day by day, where it is installed."""

from __future__ import annotations

import datetime
import warnings

import pytest

import lianhu


def test_every_day() -> None:
    try:
        import chinese_calendar
    except ImportError:
        warnings.warn("chinesecalendar is not installed: the holiday lists were not compared with it")
        pytest.skip("chinesecalendar is not installed (pip install chinesecalendar): nothing was compared")
    calendar = lianhu.Calendar()
    first, last = datetime.date(2018, 1, 1), datetime.date(2026, 12, 31)
    days = [first + datetime.timedelta(n) for n in range((last - first).days + 1)]
    starts = [(day - datetime.date(1970, 1, 1)).days * 86400 - 8 * 3600 for day in days]  # midnights in Beijing
    seconds = calendar.between(lianhu.Clock.WORKING_HOURS, starts, [start + 86400 for start in starts])
    different = [day for day, worked in zip(days, seconds) if (worked > 0) != chinese_calendar.is_workday(day)]
    assert not different
    assert sum(worked > 0 for day, worked in zip(days, seconds) if day.weekday() >= 5) > 50
