"""Which moves of in-patients a plan calls for, by a picture written by hand; and what may not be written."""

import numpy as np
import pytest

from nspl_sim.policies.directing import empty
from nspl_sim.policies.moving import Relief, relief
from nspl_sim.policies.plan import load_plan
from nspl_sim.policies.rules import StandingOrder, replace
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc, scenario

EVERYONE = (True, True, True)
ORDER = StandingOrder(0, ((1, 2), (0, 2), (1, 0)), (1, 1, 1), (-1, -1, -1))
PLAN = """format: 1
name: tried
support: today
elective: never-pause
surge: never
"""


def picture(*in_beds):
    """Return what a, b and c report of 4, 6 and 8 intensive care beds."""
    base = empty(geography(scenario(abc())), 0)
    occupied = np.stack([np.array(in_beds), np.zeros(3, dtype=np.int64)], axis=1)
    return replace(base, occupied=occupied)


def moves(situation, gives=EVERYONE, receives=EVERYONE, **terms):
    said = Relief(**{"above": 0.75, "below": 0.5, "at_most": 9} | terms)
    return relief(said, (ORDER,), situation, gives, receives)


def test_the_hardest_pressed_goes_first_and_fills_the_receivers_in_order():
    """a has 2 over 3 and b 1 over 4; only c takes, up to 4: it has 1 there."""
    assert moves(picture(5, 5, 1)) == ((0, 0, 2, 2), (1, 0, 2, 1))
    assert moves(picture(5, 5, 3)) == ((0, 0, 2, 1),)
    assert moves(picture(5, 5, 1), at_most=1) == ((0, 0, 2, 1), (1, 0, 2, 1))
    assert moves(picture(5, 1, 1)) == ((0, 0, 1, 2),)


def test_at_the_limit_nobody_moves():
    assert moves(picture(3, 3, 4)) == ()
    assert moves(picture(4, 3, 4)) == ()


def test_only_those_who_take_part():
    assert moves(picture(5, 5, 1), gives=(True, True, False)) == ()
    assert moves(picture(5, 5, 1), receives=(False, True, True)) == ((1, 0, 2, 1),)


def test_who_has_not_reported_is_left_in_peace():
    silent = picture(5, 5, 1)
    staffed = silent.staffed.copy()
    staffed[0] = staffed[2] = -1
    assert moves(replace(silent, staffed=staffed)) == ()


def warnings(tmp_path, text):
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return [(p.path, str(p.rule)) for p in load_plan(path).warnings]


def test_no_effect_where_nobody_asks_anybody(tmp_path):
    said = PLAN.replace("support: today", "support: alone") + "moves: {above: 1}\nreturns: {reserve: 1}\n"
    assert [path for path, _ in warnings(tmp_path, said)] == ["moves", "returns"]


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("moves: {above: 0.5, below: 0.6}", "moves.below"),
        ("moves: {at_most: 0}", "moves.at_most"),
        ("moves: {beyond: 1}", "moves.beyond"),
        ("returns: {reserve: -1}", "returns.reserve"),
        ("returns: {kinds: []}", "returns.kinds"),
    ],
)
def test_what_is_refused(tmp_path, said, path):
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN + said + "\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        load_plan(file)
    assert [p.path for p in refused.value.problems] == [path]
