"""Rebalancer, offers and the frontier from Python."""

from __future__ import annotations

import random

import pytest

import lianhu
from lianhu import Event, EventType

HOUSEHOLDS = [(float(x), 0.0) for x in range(6)]
STEWARDS = [(0.5, 0.0), (4.5, 0.0)]


def proved(rebalancer: lianhu.Rebalancer) -> int:
    street = rebalancer.street()
    check = lianhu.verify(
        street.households,
        street.stewards,
        street.steward_of,
        street.price_cm,
        household_units=street.household_units,
        steward_units=street.steward_units,
        steward_min=street.steward_min,
        steward_max=street.steward_max,
        best_effort=True,
    )
    assert check.proved
    return check.total_cost_cm


def test_events() -> None:
    plan = lianhu.assign(HOUSEHOLDS, STEWARDS, min=2, max=4)
    rebalancer = lianhu.Rebalancer(HOUSEHOLDS, STEWARDS, min=2, max=4, plan=plan)
    assert rebalancer.start is lianhu.Start.GIVEN_PROVED
    result = rebalancer.apply(
        [
            Event(EventType.HOUSEHOLD_ARRIVES, position=(0.5, 0)),
            Event(EventType.HOUSEHOLD_ARRIVES, position=(0.5, 0)),
        ]
    )
    assert result.first_household == 6 and result.outcome is lianhu.Outcome.OPTIMAL
    assert (2, 0, 1) in result.transfers
    assert result.total_cost_cm == result.dual_bound_cm == proved(rebalancer) == 600
    result = rebalancer.apply([Event(EventType.STEWARD_CHANGES, id=0, max=5), Event(EventType.HOUSEHOLD_LEAVES, id=5)])
    assert result.total_cost_cm == proved(rebalancer)
    assert rebalancer.street().household_ids == [0, 1, 2, 3, 4, 6, 7]
    with pytest.raises(lianhu.InvalidInputError, match="no such household: 5") as caught:
        rebalancer.apply([Event(EventType.HOUSEHOLD_LEAVES, id=4), Event(EventType.HOUSEHOLD_LEAVES, id=5)])
    assert (caught.value.field, caught.value.row) == ("id", 1)
    assert 4 in rebalancer.street().household_ids


def test_labels_as_units() -> None:
    rebalancer = lianhu.Rebalancer(
        HOUSEHOLDS, STEWARDS, min=0, max=4, household_units=list("aaabbb"), steward_units=["a", "b"]
    )
    result = rebalancer.apply([Event(EventType.HOUSEHOLD_ARRIVES, position=(5, 0), unit="a")])
    assert result.transfers == [(6, -1, 0)]
    assert proved(rebalancer) == result.total_cost_cm


def test_the_switch_cost() -> None:
    current = [1, 0, 0, 0, 1, 1]
    kept = lianhu.Rebalancer(HOUSEHOLDS, STEWARDS, min=2, max=4, plan=current, switch_cost_m=100)
    assert list(kept.street().steward_of) == current
    moved = lianhu.Rebalancer(HOUSEHOLDS, STEWARDS, min=2, max=4, plan=current, switch_cost_m=2)
    assert list(moved.street().steward_of) == [0, 0, 0, 0, 1, 1]
    assert moved.apply([]).switched == 1
    moved.adopt()
    assert moved.apply([]).switched == 0


def test_offers_are_the_rise_of_the_optimum() -> None:
    for seed in range(5):
        print("seed", seed)
        dice = random.Random(seed)
        households = [(dice.random() * 100, dice.random() * 100) for _ in range(30)]
        stewards = [(dice.random() * 100, dice.random() * 100) for _ in range(5)]
        new = (dice.random() * 100, dice.random() * 100)
        rebalancer = lianhu.Rebalancer(households, stewards, min=3, max=7)
        before = proved(rebalancer)
        offers = rebalancer.offers(new, count=5)
        assert [offer.total_cm for offer in offers] == sorted(offer.total_cm for offer in offers)
        assert len(offers) == 5
        for offer in offers:
            # The same by jurisdictions: only this steward may take the new one, who has then one place less.
            least = [3 - (j == offer.steward) for j in range(5)]
            most = [7 - (j == offer.steward) for j in range(5)]
            forced = lianhu.assign(households, stewards, steward_min=least, steward_max=most)
            assert offer.total_cm == forced.total_cost_cm - before + offer.distance_cm
        after = rebalancer.apply([Event(EventType.HOUSEHOLD_ARRIVES, position=new)])
        assert after.total_cost_cm == before + offers[0].total_cm


def test_the_frontier_and_a_limit() -> None:
    current = [1, 0, 0, 0, 1, 1]
    points = lianhu.frontier(HOUSEHOLDS, STEWARDS, current, min=2, max=4)
    assert [(point.moves, point.total_cost_cm) for point in points] == [(0, 1000), (1, 600), (2, 500)]
    assert [point.switch_cost_cm for point in points] == [400, 100, 0]
    limited = lianhu.assign_max_moves(HOUSEHOLDS, STEWARDS, current, 1, min=2, max=4)
    assert (limited.moves, limited.plan.total_cost_cm, limited.bound_cm, limited.gap_percent) == (1, 600, 600, 0)
    assert limited.within_limit and limited.fewest_moves == 0
    with pytest.raises(lianhu.InvalidInputError, match="max_moves"):
        lianhu.assign_max_moves(HOUSEHOLDS, STEWARDS, current, -1)


def test_cancelling() -> None:
    with pytest.raises(lianhu.LianhuError, match="cancelled"):
        lianhu.frontier(HOUSEHOLDS * 50, STEWARDS, [0, 1] * 150, min=0, max=300, progress=lambda _: False)
