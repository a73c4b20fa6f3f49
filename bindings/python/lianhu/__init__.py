"""lianhu (联户): every household a steward, exactly and with proof.

    plan = lianhu.assign(households, stewards, min=10, max=20)
    assert lianhu.verify(households, stewards, plan, min=10, max=20).proved

Positions are metres (or degrees), costs integer centimetres. Errors are LianhuError; an impossible problem is not an
error but an outcome of the plan, with its reasons. Ctrl-C stops a running computation.
"""

from __future__ import annotations

from ._library import abi_version, version
from .assignment import Infeasibility, Outcome, Plan, Verification, Violation, ViolationKind, assign, verify
from .cascade import (
    Cascade,
    CascadeState,
    Change,
    ChangeKind,
    ContactGroups,
    Coverage,
    GroupKind,
    Role,
    compare_memberships,
)
from .docket import (
    ActionKind,
    Actions,
    Calendar,
    CaseEvent,
    Cases,
    CaseState,
    Clock,
    Decisions,
    Docket,
    Mode,
    Router,
)
from .errors import InvalidInputError, LianhuError
from .hierarchy import Hierarchy, Posts
from .scoring import Apportionment, CannotDivideError, Checklist, Scores, ScoreStatus, Sensitivity, divide

__version__ = version()

__all__ = [
    "ActionKind",
    "Actions",
    "Apportionment",
    "Calendar",
    "CannotDivideError",
    "Cascade",
    "CascadeState",
    "CaseEvent",
    "CaseState",
    "Cases",
    "Change",
    "ChangeKind",
    "Checklist",
    "Clock",
    "ContactGroups",
    "Coverage",
    "Decisions",
    "Docket",
    "GroupKind",
    "Hierarchy",
    "Infeasibility",
    "InvalidInputError",
    "LianhuError",
    "Mode",
    "Outcome",
    "Plan",
    "Posts",
    "Role",
    "Router",
    "ScoreStatus",
    "Scores",
    "Sensitivity",
    "Verification",
    "Violation",
    "ViolationKind",
    "abi_version",
    "assign",
    "compare_memberships",
    "divide",
    "verify",
    "version",
]
