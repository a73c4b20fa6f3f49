"""The report of an evaluation as one HTML page that a browser prints."""

from __future__ import annotations

import ctypes
import os
from typing import Any, Optional, Sequence, Union

from . import _abi
from ._arrays import column
from ._library import Context, call, new
from .errors import InvalidInputError
from .scoring import Checklist, Facts, Progress, Scores, Sensitivity

_LANGUAGES = {"en": _abi.ENGLISH, "zh": _abi.CHINESE}


def write_score_page(
    path: Union[str, "os.PathLike[str]"],
    checklist: Checklist,
    facts: Facts,
    scores: Scores,
    ids: Sequence[str],
    *,
    units: Optional[Sequence[str]] = None,
    sensitivity: Optional[Sensitivity] = None,
    title: str = "",
    period: str = "",
    language: str = "en",
    front: bool = True,
    steward_pages: bool = True,
    first_steward: int = 0,
    most_stewards: int = 0,
    progress: Optional[Progress] = None,
) -> bool:
    """Writes the page to `path`, whole or not at all: figures, distribution, ranking, and for each steward a page with the
    derivation. False when `progress` cancelled it: then, as on Ctrl-C (KeyboardInterrupt), nothing is written.

    facts, scores: what was scored, and what came of it. ids, units: by steward. sensitivity: with each steward's interval
    of ranks. front, steward_pages: either part alone. first_steward, most_stewards: a part of the stewards' pages, which go
    by rank (0: all). Raises InvalidInputError with field and row.
    """
    if language not in _LANGUAGES:
        raise InvalidInputError(f"language: {language!r}, need one of en, zh", _abi.INVALID_ARGUMENT, "language", -1)
    table, count = checklist._table(facts)
    asked = new(_abi.lianhu_score_page)
    asked.language = _LANGUAGES[language]
    asked.front, asked.steward_pages = int(front), int(steward_pages)
    asked.title = title.encode() or None
    asked.period = period.encode()
    asked.steward_count, asked.values = count, table.address
    asked.first_steward, asked.most_stewards = first_steward, most_stewards
    kept: list[Any] = []
    for field, texts in (("ids", ids), ("units", units)):
        if texts is None:
            continue
        if len(texts) != count:
            message = f"{field}: has {len(texts)} entries, expected {count}"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
        kept.append((ctypes.c_char_p * count)(*[str(text).encode() for text in texts]))
        setattr(asked, field, ctypes.addressof(kept[-1]))
    if sensitivity is not None:
        for field in ("best_rank", "worst_rank"):
            ranks = column(getattr(sensitivity, field), ctypes.c_int32, field)
            if ranks.count != count:
                message = f"{field}: has {ranks.count} entries, expected {count}"
                raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
            kept.append(ranks)
            setattr(asked, field, ranks.address)
    cancelled = ctypes.c_int32()
    context = Context(0, progress)
    context.run(
        lambda: call(
            "lianhu_score_page_write",
            checklist._handle.pointer,
            scores._handle.pointer,
            ctypes.byref(asked),
            os.fsencode(path),
            context.pointer,
            ctypes.byref(cancelled),
        )
    )
    return not cancelled.value
