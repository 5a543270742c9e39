"""Who borders on whom: as the scenario says, from both sides; else the nearest; names must lead somewhere."""

import pytest

from nspl_sim.scenario.load import load_scenario, load_shipped
from nspl_sim.scenario.mean_stays import mean_stay_h
from nspl_sim.scenario.neighbours import NEAREST, neighbours
from nspl_sim.vocabulary.errors import InputRefused
from tests.worlds import abc, scenario


def test_a_border_that_one_side_names_holds_for_both():
    world = abc()
    world["regions"]["a"]["neighbours"] = ["c", "a"]
    assert neighbours(scenario(world)) == ((2,), (), (0,))


def test_where_nobody_says_it_the_nearest_are_neighbours():
    assert NEAREST >= 2
    assert neighbours(scenario(abc())) == ((1, 2), (0, 2), (0, 1))


def test_swedens_borders():
    world = load_shipped("national-surge").scenario
    found = dict(zip(world.region_keys, neighbours(world), strict=True))
    named = {key: [world.region_keys[r] for r in others] for key, others in found.items()}
    assert named["norrbotten"] == ["vasterbotten"]
    assert named["skane"] == ["blekinge", "halland", "kronoberg"]
    assert named["gotland"] == []
    assert sum(len(others) for others in named.values()) == 2 * 40


def test_a_neighbour_that_is_no_region_is_refused_with_what_was_meant(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "format: 1\nname: mine\nextends: national-surge\nregions: {skane: {neighbours: [haland]}}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputRefused) as refused:
        load_scenario(path)
    [problem] = refused.value.problems
    assert (problem.path, problem.got, problem.suggestion) == (
        "regions.skane.neighbours.0",
        "haland",
        "halland",
    )


def test_the_mean_stay_is_that_of_those_expected():
    """Tiny world: intensive care 2.7 days for all; on the wards 4 days for all."""
    world = scenario(abc())
    assert mean_stay_h(world) == pytest.approx((2.7 * 24, 4 * 24))
    assert mean_stay_h(scenario(abc(streams={}))) == (0.0, 0.0)
