"""Contact cards, badges, notice boards and diary sheets of stewards, as a page that a browser prints."""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass
from typing import Any, Iterable, Mapping, Optional, Sequence, Union

from . import _abi
from ._library import Context, call, new
from .errors import InvalidInputError

_KINDS = {"card": _abi.CARD, "badge": _abi.BADGE, "board": _abi.BOARD, "diary": _abi.DIARY}
_LANGUAGES = {"en": _abi.ENGLISH, "zh": _abi.CHINESE}


@dataclass(frozen=True)
class Cards:
    """How many were written, and on how many sheets."""

    cards: int
    pages: int


def _choice(field: str, value: str, known: Mapping[str, int]) -> int:
    if value not in known:
        message = f"{field}: {value!r}, need one of {', '.join(known)}"
        raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
    return known[value]


def _texts(values: Iterable[Any]) -> Any:
    encoded = [None if value is None else str(value).encode() for value in values]
    return (ctypes.c_char_p * len(encoded))(*encoded)


def write_cards(
    path: Union[str, "os.PathLike[str]"],
    stewards: Sequence[Mapping[str, Any]],
    *,
    kind: str = "card",
    language: str = "en",
    template: Optional[str] = None,
    title: str = "",
    households: Optional[Sequence[Sequence[str]]] = None,
    distances_m: Optional[Sequence[Sequence[Any]]] = None,
    per_household: bool = False,
    first_page: int = 0,
    most_pages: int = 0,
) -> Cards:
    """Writes the page to `path`, whole or not at all.

    stewards: a mapping from column to value for each, in the order of printing (`id`, `name`, `phone`, `community` ...:
    whatever the template shows). kind: card, badge (eight on a sheet of A4), board or diary. template: the text of one's
    own (docs/formats.md). households: of each steward, the ids of those linked to him; distances_m likewise. per_household:
    one for each of them instead. first_page, most_pages: a part of the sheets (0: all), for a browser with little
    memory. Raises InvalidInputError, for a tag that nothing supplies with its line.
    """
    columns = list(dict.fromkeys(name for one in stewards for name in one))
    asked = new(_abi.lianhu_cards)
    asked.kind = _choice("kind", kind, _KINDS)
    asked.language = _choice("language", language, _LANGUAGES)
    asked.per_household = int(per_household)
    asked.first_page, asked.most_pages = first_page, most_pages
    asked.title = title.encode()
    asked.template_text = None if template is None else template.encode()
    asked.steward_count, asked.column_count = len(stewards), len(columns)
    names = _texts(columns)
    fields = _texts(one.get(name) for one in stewards for name in columns)
    asked.columns, asked.fields = ctypes.addressof(names), ctypes.addressof(fields)
    if households is None and (per_household or distances_m is not None):
        field = "per_household" if per_household else "distances_m"
        raise InvalidInputError(f"{field}: there are no households", _abi.INVALID_ARGUMENT, field, -1)
    kept: list[Any] = []
    for field, lists in (("households", households), ("distances_m", distances_m)):
        if lists is None:
            continue
        lengths = [len(one) for one in lists]
        if len(lengths) != len(stewards) or (households is not None and lengths != [len(one) for one in households]):
            message = f"{field}: need a list for each steward, distances as many as households"
            raise InvalidInputError(message, _abi.INVALID_ARGUMENT, field, -1)
        kept.append(_texts(value for one in lists for value in one))
        setattr(asked, field, ctypes.addressof(kept[-1]))
    if households is not None:
        first = [0]
        for one in households:
            first.append(first[-1] + len(one))
        kept.append((ctypes.c_int64 * len(first))(*first))
        asked.first_household, asked.household_count = ctypes.addressof(kept[-1]), first[-1]
    cards, pages = ctypes.c_int64(), ctypes.c_int64()
    context = Context(0, None)
    context.run(
        lambda: call(
            "lianhu_cards_write",
            ctypes.byref(asked),
            os.fsencode(path),
            context.pointer,
            ctypes.byref(cards),
            ctypes.byref(pages),
        )
    )
    return Cards(cards.value, pages.value)
