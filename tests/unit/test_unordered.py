"""The sentence on those who wait for a kind of unit that no plan has an order for."""

import numpy as np
import pytest

from nspl_sim.experiment.statistics import paired
from nspl_sim.paper.comparison import Comparison, compare
from nspl_sim.paper.unordered import orders_wards, unordered
from nspl_sim.policies.plan import load_plan
from tests.unit.paper_batches import batch, world


def found(waiting: float, wards: float, plans: tuple[str, ...] = ("today", "coordinated")) -> Comparison:
    values = {"deaths_waiting": [waiting] * 3, "deaths_waiting_ward": [wards] * 3}
    return compare(batch([world()], plans, [values] * len(plans)))


def test_which_plans_have_an_order_for_wards() -> None:
    plans = {name: load_plan(name).plan for name in ("alone", "today", "coordinated", "icu-and-wards")}
    assert [orders_wards(plan) for plan in plans.values()] == [False, False, False, True]


@pytest.mark.parametrize(
    ("waiting", "wards", "is_told"), [(40, 20, True), (40, 10, False), (8, 4, False), (0, 0, False)]
)
def test_it_is_said_where_many_wait_for_a_ward_and_nobody_is_asked(
    waiting: float, wards: float, is_told: bool
) -> None:
    said = unordered(found(waiting, wards), 0)
    assert (said is not None) == is_told
    if said is not None:
        assert "Of the 40 who die in wait, 20 want a ward bed" in str(said)


def test_nothing_is_said_where_one_of_the_plans_has_such_an_order() -> None:
    assert unordered(found(40, 20, ("today", "icu-and-wards")), 0) is None


@pytest.mark.parametrize(("n", "resolved", "more"), [(2, False, 4), (5, False, 1), (6, True, 0)])
def test_a_difference_that_never_varies_is_settled_only_by_six(n: int, resolved: bool, more: int) -> None:
    one = paired(np.full(n, 3.0), np.full(n, 2.0))
    assert (one.resolved, one.more_needed) == (resolved, more)
