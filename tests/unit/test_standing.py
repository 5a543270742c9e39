"""Regions against the reference: who is worse off, who is worst off, one region's own question."""

import json

import numpy as np
import pytest

from nspl_sim.experiment.batch import InMemory
from nspl_sim.paper.comparison import Comparison, compare
from nspl_sim.paper.language import Language
from nspl_sim.paper.own_region import own_region, region_of
from nspl_sim.paper.standing import as_data, standings, worse_off, worst
from nspl_sim.vocabulary.errors import NsplError
from tests.unit.paper_batches import Values, batch, world

SV, EN = Language("sv"), Language("en")
TODAY = {"deaths_waiting": (4.0, 5.0, 6.0, 5.0, 4.0, 6.0), "wait_icu_mean_h": (1.0, 1.2, 0.9, 1.1, 1.0, 0.8)}


def found(**added: dict[str, tuple[float, ...]]) -> Comparison:
    """Return a comparison with today's order; *added* by measure and region, what the plan adds to it."""
    values: list[Values] = []
    for plan in (0, 1):
        of_plan: Values = {"deaths_waiting": TODAY["deaths_waiting"]}
        for measure, base in TODAY.items():
            for key in "abc":
                more = added.get(measure, {}).get(key, (0.0,) * 6)
                of_plan[f"{measure}.{key}"] = np.array(base) + plan * np.array(more)
        values.append(of_plan)
    made: InMemory = batch([world()], ["today", "coordinated"], values)
    return compare(made, ("deaths_waiting",))


DEATHS = {
    "a": (2.0, 1.0, 2.0, 1.0, 2.0, 1.0),  # worse, 1.5 on average
    "b": (0.5, 0.4, 0.5, 0.4, 0.5, 0.4),  # worse for sure, but by less than one death
    "c": (3.0, -3.0, 2.0, -2.0, 1.0, -1.0),  # nobody knows
}
WAITS = {"a": (-1.0, -0.5, -1.0, -0.5, -1.0, -0.5), "b": (0.1, -0.1, 0.1, -0.1, 0.1, -0.1)}


def test_flags_and_how_often() -> None:
    one = found(deaths_waiting=DEATHS, wait_icu_mean_h=WAITS)
    deaths = {s.region: s for s in standings(one, 0, "deaths_waiting")}
    assert [deaths[k].flag for k in "abc"] == ["worse", "slightly worse", "unresolved"]
    assert [deaths[k].worse_in for k in "abc"] == [6, 0, 3], "by one death or more"
    waits = {s.region: s for s in standings(one, 0, "wait_icu_mean_h")}
    assert [waits[k].flag for k in "abc"] == ["no worse"] * 3
    assert waits["c"].difference.ties == 6


def test_said_in_a_sentence() -> None:
    deaths, waits = worse_off(found(deaths_waiting=DEATHS, wait_icu_mean_h=WAITS), EN)
    assert "worse off a +1.5 (" in deaths and "by one death or more in 6 of 6 replications" in deaths
    assert "worse by less than one death in 1 of 3" in deaths and "unresolved in 1" in deaths
    assert "no region worse off for sure; no worse by half an hour or more in 3 of 3" in waits
    swedish = worse_off(found(deaths_waiting=DEATHS), SV)
    assert "sämre i a" in swedish[0] and "dagens ordning" in swedish[0]


def test_a_single_replication_settles_nothing() -> None:
    values: list[Values] = [{"deaths_waiting.a": [n], "deaths_waiting.b": [2.0]} for n in (2.0, 9.0)]
    one = compare(batch([world()], ["today", "coordinated"], values), ("deaths_waiting",))
    assert [s.flag for s in standings(one, 0, "deaths_waiting")] == ["unresolved", "unresolved"]
    assert json.dumps(as_data(one), allow_nan=False)


def test_one_region_or_other_regions_have_no_standing() -> None:
    values: list[Values] = [{"deaths_waiting.a": [1.0, 2.0]}, {"deaths_waiting.a": [3.0, 4.0]}]
    other = world()
    fewer = other.model_copy(update={"regions": {"a": other.regions["a"]}})
    assert standings(compare(batch([other, fewer], ["today"], values), ()), 0, "deaths_waiting") == ()
    assert worse_off(compare(batch([fewer], ["today", "coordinated"], values), ()), EN) == []


def test_the_region_worst_off_is_named() -> None:
    values: list[Values] = [
        {"deaths_per_100k.a": [3.0, 3.0], "deaths_per_100k.b": [4.0, 1.0], "deaths_per_100k.c": [1.0, np.nan]}
    ]
    [said] = worst(compare(batch([world()], ["today"], values), ("deaths_all",)), EN)
    assert "a 3.0, highest in 1 of 2 replications" in said


def test_do_our_own_patients_wait_longer() -> None:
    longer = found(wait_icu_mean_h={"a": (0.5, 0.6, 0.5, 0.6, 0.5, 0.6)})
    [answer, *lines] = own_region(longer, "a", EN)
    assert answer.startswith("a: its residents wait longer for intensive care with a shared standing order")
    assert "+0.55 (" in answer and "longer in 6 of 6" in answer
    assert [line.strip().partition(":")[0] for line in lines] == ["Deaths while waiting for care"]
    assert lines[0].endswith("no difference")
    assert "exactly as long" in own_region(longer, "b", EN)[0]
    shorter = found(wait_icu_mean_h=WAITS)
    assert "do not wait longer" in own_region(shorter, "a", EN)[0]
    assert "by half an hour or more" in own_region(shorter, "b", EN)[0]


def test_a_region_is_known_by_its_names() -> None:
    one = found()
    assert region_of(one, "A") == "a"
    with pytest.raises(NsplError, match='is no region of this study; did you mean "a"'):
        region_of(one, "aa")
