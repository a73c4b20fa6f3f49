"""lianhu (联户): every household a steward, exactly and with proof.

    plan = lianhu.assign(households, stewards, min=10, max=20)
    assert lianhu.verify(households, stewards, plan, min=10, max=20).proved

Positions are metres (or degrees), costs integer centimetres. Errors are LianhuError; an impossible problem is not an
error but an outcome of the plan, with its reasons. Ctrl-C stops a running computation.
"""

from __future__ import annotations

from ._library import abi_version, version
from .assignment import (
    Infeasibility,
    Outcome,
    Plan,
    Verification,
    Violation,
    ViolationKind,
    assign,
    verify,
    verify_infeasibility,
)
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
from .live import (
    Event,
    EventType,
    FrontierPoint,
    LimitedPlan,
    LiveStreet,
    Offer,
    Rebalancer,
    Rebalancing,
    Start,
    Transfer,
    assign_max_moves,
    frontier,
)
from .scoring import Apportionment, CannotDivideError, Checklist, Scores, ScoreStatus, Sensitivity, divide
from .selection import (
    ChoiceUnit,
    MedianPlan,
    NextCandidate,
    SelectionOutcome,
    Shortfall,
    ShortfallKind,
    StewardChoice,
    choose_stewards,
    p_median,
    verify_p_median,
)
from .variants import (
    CohesionPlan,
    HeuristicOutcome,
    HeuristicPlan,
    RoadPlan,
    assign_cohesive,
    assign_on_roads,
    assign_weighted,
    solve_generalized_assignment,
)
from .tables import Table, TableDecisions, TableOutcome

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
    "ChoiceUnit",
    "Clock",
    "CohesionPlan",
    "ContactGroups",
    "Coverage",
    "Decisions",
    "Docket",
    "Event",
    "EventType",
    "FrontierPoint",
    "GroupKind",
    "HeuristicOutcome",
    "HeuristicPlan",
    "Hierarchy",
    "Infeasibility",
    "InvalidInputError",
    "LianhuError",
    "LimitedPlan",
    "LiveStreet",
    "MedianPlan",
    "Mode",
    "NextCandidate",
    "Offer",
    "Outcome",
    "Plan",
    "Posts",
    "Rebalancer",
    "Rebalancing",
    "RoadPlan",
    "Role",
    "Router",
    "ScoreStatus",
    "Scores",
    "SelectionOutcome",
    "Sensitivity",
    "Shortfall",
    "ShortfallKind",
    "Start",
    "StewardChoice",
    "Table",
    "TableDecisions",
    "TableOutcome",
    "Transfer",
    "Verification",
    "Violation",
    "ViolationKind",
    "abi_version",
    "assign",
    "assign_cohesive",
    "assign_max_moves",
    "assign_on_roads",
    "assign_weighted",
    "choose_stewards",
    "compare_memberships",
    "divide",
    "frontier",
    "p_median",
    "solve_generalized_assignment",
    "verify",
    "verify_infeasibility",
    "verify_p_median",
    "version",
]
