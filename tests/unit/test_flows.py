"""Flows by hand and by trying all: as many as can be helped, at least cost, one answer."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nspl_sim.policies import flows as made
from nspl_sim.policies.flows import distinct_km, flows
from nspl_sim.policies.rules import UNKNOWN
from nspl_sim.policies.support.nearest import Nearest
from nspl_sim.policies.support.optimised import Optimised
from tests.pictures import ICU, KEYS, nation, picture, walks

COST = np.array([[0, 1, 5, 9], [1, 0, 2, 3], [5, 2, 0, 1], [9, 3, 1, 0]], dtype=float)


def test_the_shortest_way_in_all_and_not_for_the_first():
    """a and b need one each; c is near to both, d to neither: a takes c, since b is nearer to d."""
    cost = np.array([[0, 9, 1, 8], [9, 0, 2, 4], [1, 2, 0, 9], [8, 4, 9, 0]], dtype=float)
    found = flows(np.array([1, 1, 0, 0]), np.array([0, 0, 1, 1]), cost, 10)
    assert found.tolist() == [[0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_no_more_go_than_need_can_or_may():
    supply, room = np.array([5, 2, 0, 0]), np.array([3, 0, 3, 1])
    assert flows(supply, room, COST, 99).sum() == 4  # the room of a, which needs beds itself, does not count
    assert flows(supply, room, COST, 3).sum() == 3
    assert flows(supply, room, COST, 0).sum() == 0
    assert not flows(np.zeros(4, np.int64), room, COST, 9).any()


amounts = st.lists(st.integers(0, 2), min_size=4, max_size=4)


@given(amounts, amounts, st.integers(0, 4), st.lists(st.integers(1, 9), min_size=16, max_size=16))
@settings(deadline=None, max_examples=40)
def test_no_other_flows_help_as_many_for_less(supply, room, most, cost):
    supply, room = np.array(supply), np.where(np.array(supply) > 0, 0, np.array(room))
    cost = np.array(cost, dtype=float).reshape(4, 4)
    found = flows(supply, room, cost, most)
    assert (found >= 0).all()
    assert (found.sum(axis=1) <= supply).all() and (found.sum(axis=0) <= room).all()
    total = min(supply.sum(), room.sum(), most)
    assert found.sum() == total
    assert (found * cost).sum() == pytest.approx(_least(supply, room, cost, total))
    rough = made._cheapest_first(supply, room, cost, int(total))
    assert rough.sum() == total and (rough * cost).sum() >= (found * cost).sum() - 1e-9


def _least(supply, room, cost, total):
    """Try every way to send them one by one."""
    units = [s for s in range(4) for _ in range(supply[s])]
    best = np.inf if total else 0.0
    for to in product([-1, 0, 1, 2, 3], repeat=len(units)):
        taken = np.bincount([r for r in to if r >= 0], minlength=4)
        if taken.sum() == total and (taken <= room).all():
            best = min(best, sum(cost[s, r] for s, r in zip(units, to, strict=True) if r >= 0))
    return best


def test_when_the_search_is_cut_short_the_cheapest_ways_are_taken(monkeypatch):
    monkeypatch.setattr(made, "_corner", lambda *given: None)
    found = flows(np.array([2, 2, 0, 0]), np.array([0, 0, 3, 3]), COST, 99)
    assert found.tolist() == [[0, 0, 1, 1], [0, 0, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_ways_of_equal_length_are_told_apart_by_names_and_not_numbers():
    g = nation(km=np.full((3, 3), 80.0))
    order = [2, 0, 1]
    other = nation(km=np.full((3, 3), 80.0), regions=tuple(KEYS[r] for r in order))
    km = distinct_km(g)
    assert (distinct_km(other) == km[np.ix_(order, order)]).all()
    assert len(set(km.ravel().tolist())) == 9 and abs(km - 80).max() < 1e-3


# --- the rule ---------------------------------------------------------------------------------


def order_of(rule, situation):
    [order] = [o for o in rule.orders(situation) if o.kind == ICU]
    return order


def test_planned_receivers_come_first_though_others_are_nearer():
    """a lacks 3 beds and b has room for 2 of them: a asks b, then c; b could take 2, c what is left of 5."""
    seen = picture(occupied=(10, 6, 2), waiting=(3, 0, 0))
    order = order_of(Optimised(most_load=0.8, most_transfers=5, horizon_h=0), seen)
    assert walks(Optimised(most_load=0.8, most_transfers=5, horizon_h=0), seen)["a"] == "bc"
    assert order.quota == (0, 2, 3)
    assert walks(Optimised(most_load=0.8, horizon_h=0, most_transfers=2), seen)["a"] == "b"


def test_no_receiver_is_filled_beyond_its_load_and_reserve():
    seen = picture(occupied=(10, 7, 8), waiting=(9, 0, 0))
    assert order_of(Optimised(most_load=0.9, horizon_h=0), seen).quota == (0, 2, 1)
    assert order_of(Optimised(reserve=3, most_load=1.0, horizon_h=0), seen).quota == (0, 0, 0)
    rising = picture(occupied=(10, 7, 8), waiting=(9, 0, 0), asked_24h=(0, 9, 0))
    assert order_of(Optimised(most_load=0.9, horizon_h=24), rising).quota[1] == 0


def test_distance_may_be_weighed_against_load():
    """c is 50 km further from a than b and half as full."""
    seen = picture(occupied=(10, 6, 1), waiting=(1, 0, 0))
    assert order_of(Optimised(most_transfers=1, horizon_h=0), seen).quota == (0, 1, 0)
    assert order_of(Optimised(most_transfers=1, horizon_h=0, km_for_load=150), seen).quota == (0, 0, 1)


def test_who_does_not_report_is_asked_last_and_without_any_report_it_is_nearest():
    silent = picture(staffed=(10, UNKNOWN, 10), occupied=(10, UNKNOWN, 5), waiting=(1, UNKNOWN, 0))
    assert walks(Optimised(), silent) == {"a": "cb", "b": "c", "c": "b"}
    assert order_of(Optimised(), silent).quota[1] == -1
    nobody = picture(staffed=(UNKNOWN,) * 3)
    assert walks(Optimised(), nobody) == walks(Nearest(), nobody)


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_quotas_keep_the_budget_and_the_room(data):
    figures = {
        name: data.draw(st.lists(st.integers(0, 12), min_size=3, max_size=3))
        for name in ("occupied", "inbound", "waiting", "asked_24h")
    }
    rule = Optimised(
        most_transfers=data.draw(st.integers(1, 6)), most_load=data.draw(st.sampled_from([0.5, 0.9, 1.0]))
    )
    seen = picture(**figures)
    quota = order_of(rule, seen).quota
    assert sum(quota) <= rule.most_transfers
    for region, limit in enumerate(quota):
        people = sum(figures[name][region] for name in ("occupied", "inbound", "waiting"))
        assert limit == 0 or people + limit <= 10 * rule.most_load + 1e-9
        assert limit == 0 or limit <= seen.free(ICU)[region] - rule.reserve
