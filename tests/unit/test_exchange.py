"""Transfers per death avoided: a ratio with an interval, or nothing where the gain is unresolved."""

import numpy as np
import pytest

from nspl_sim.demand.chance import Chance
from nspl_sim.experiment.statistics import paired, ratio
from nspl_sim.paper.comparison import Comparison, compare
from nspl_sim.paper.exchange import as_data, exchange, per_death_avoided
from nspl_sim.paper.language import Language
from tests.unit.paper_batches import Values, batch, world

EN = Language("en")
ZERO = (0.0, 0.0, 0.0, 0.0)


def found(moved: tuple[float, ...], died: tuple[float, ...]) -> Comparison:
    """Return a comparison in which the plan changes transfers and deaths by so many."""
    values: list[Values] = [
        {"capacity_transfers": [10.0] * 4, "deaths_all": [50.0, 60.0, 40.0, 50.0]},
        {
            "capacity_transfers": np.array([10.0] * 4) + moved,
            "deaths_all": np.array([50.0, 60.0, 40.0, 50.0]) + died,
        },
    ]
    return compare(batch([world()], ["today", "coordinated"], values), ("deaths_all",))


def test_the_ratio_where_deaths_are_resolved() -> None:
    one = found((20.0, 22.0, 18.0, 20.0), (-2.0, -2.0, -2.5, -1.5))
    known = per_death_avoided(one, 0)
    assert known is not None and known[0] == pytest.approx(10)
    assert known[1] < 10 < known[2]
    assert "against today's order: 10.0 (95 %: " in exchange(one, EN)[0]


def test_not_defined_where_the_difference_in_deaths_is_unresolved() -> None:
    one = found((20.0, 22.0, 18.0, 20.0), (-9.0, 8.0, -2.0, 2.0))
    assert per_death_avoided(one, 0) is None
    assert "not defined, the difference in deaths is unresolved" in exchange(one, EN)[0]
    assert as_data(one)[0]["transfers_per_death_avoided"] is None
    assert "unresolved" in exchange(found((1.0, 2.0, 1.0, 2.0), ZERO), EN)[0]


def test_nothing_is_avoided_where_more_die() -> None:
    one = found((20.0, 22.0, 18.0, 20.0), (2.0, 2.0, 2.5, 1.5))
    assert per_death_avoided(one, 0) is None and "more patients die" in exchange(one, EN)[0]


def test_nothing_is_said_where_it_is_not_measured() -> None:
    values: list[Values] = [{"deaths_all": [1.0, 2.0]}] * 2
    assert exchange(compare(batch([world()], ["today", "alone"], values), ("deaths_all",)), EN) == []


def test_fieller_is_defined_just_where_the_interval_leaves_out_zero() -> None:
    drawn = Chance(5, 0).uniforms(4000, "s", "a", "test").reshape(200, 2, 10)
    told = 0
    for above, below in drawn - [[0.2], [0.42]]:
        known, resolved = ratio(above, below), paired(below, 0 * below).resolved
        assert (known is not None) == resolved
        if known is not None:
            told += 1
            value, low, high = known
            assert low < value < high and value == pytest.approx(above.mean() / below.mean())
            for end in (low, high):  # the mean of above - end x below is just resolved, or just not
                left = paired(above - end * below, 0 * below)
                assert min(abs(left.low), abs(left.high)) == pytest.approx(0, abs=1e-9)
    assert 5 < told < 195


def test_a_constant_gain_gives_the_plain_interval() -> None:
    above = np.array([3.0, 5.0, 4.0])
    known = ratio(above, np.array([2.0, 2.0, 2.0]))
    plain = paired(above / 2, np.zeros(3))
    assert known == pytest.approx((plain.difference, plain.low, plain.high))
