"""What goes wrong, as exceptions that carry code, field and row."""

from __future__ import annotations

from . import _abi


class LianhuError(Exception):
    """A call failed.

    code: one of lianhu.h's status codes; field: the argument at fault or ""; row: its 0-based row or -1.
    """

    def __init__(self, message: str, code: int = _abi.INTERNAL, field: str = "", row: int = -1) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.row = row


class InvalidInputError(LianhuError, ValueError):
    """An argument is wrong; `field` and `row` say which."""
