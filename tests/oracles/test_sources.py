"""The sanity checks of the clinical sources (their section 9), restated for regions.

Numbers are those of the sources; where the model misses one by more than its tolerance the test says by how
much, and docs/validation.md lists it. Operations are those of ``sweden-detailed``, which has theatres.
"""

from typing import Any

import numpy as np
import pytest

from nspl_sim.demand.census import mean_census, steady
from nspl_sim.demand.sample import sample
from nspl_sim.experiment.course import course
from nspl_sim.measures import outcome
from nspl_sim.measures.course import Course
from nspl_sim.measures.registry import evaluate
from nspl_sim.policies.plan import load_plan
from nspl_sim.reading.node import plain
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.shipped import world_tree
from nspl_sim.vocabulary.care import Arm, Event
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Demand
from tests.worlds import abc, scenario

MIL_DIRECT = {"mil_t1": 0.15, "mil_t2": 0.30, "mil_t3": 0.54, "mil_t4": 0.01}
CIV_BLUNT = {"civ_blunt_t1": 0.12, "civ_blunt_t2": 0.18, "civ_blunt_t3": 0.70}
COVID = {"pan_covid_icu": 0.12, "pan_covid_ward": 0.88}
ORDINARY = load_shipped("ordinary-week").scenario


def only(streams: dict[str, Any], **changes: Any) -> Scenario:
    """Return the shipped world with *streams* alone; beds unlimited unless said otherwise."""
    content = ORDINARY.model_dump(mode="python", by_alias=True)
    content |= {"streams": streams, "warm_up_days": 0, "starts": "empty", "transport": {"instant": True}}
    for region in content["regions"].values():
        region["units"] = {kind: {"beds": "unlimited"} for kind in ("icu", "ward")}
    return Scenario.model_validate(content | changes)


def world(name: str) -> dict[str, Any]:
    return dict(plain(world_tree(name)[0]))


def constant(per_day: float, classes: dict[str, float]) -> dict[str, Any]:
    return {"s": {"kind": "poisson", "per_day": per_day, "regions": {"uppsala": 1}, "classes": classes}}


# ------------------------------------------------------------ 1. steady state


def test_intensive_care_of_an_ordinary_year() -> None:
    """45 500 episodes, 121 310 days and a mean of 2.67 d (SIR 2019): within 2, 1 and 3 %."""
    found, icu = steady(ORDINARY), ORDINARY.kinds.index("icu")
    episodes, days = (365 * a[:, icu].sum() for a in (found.entered_per_day, found.lying))
    assert episodes == pytest.approx(45_500, rel=0.02)
    assert days == pytest.approx(121_310, rel=0.01)
    assert days / episodes == pytest.approx(2.67, rel=0.03)


def test_the_median_stay_is_a_seventh_too_long() -> None:
    """Published 1.1 d; the mixture of stays has 1.26 d (1.23 by the reference table). Not met, and known."""
    demand = sample(ORDINARY.model_copy(update={"starts": "empty", "horizon_days": 60.0}), 0)
    stays = demand.stay_s[demand.kind == demand.kinds.index("icu")] / DAY
    assert np.median(stays) == pytest.approx(1.25, abs=0.05)


# ------------------------------------------------------------ 2. spring 2020


def spring_2020() -> Scenario:
    wave = {"shape": "gamma", "total": 20_000, "gamma_shape": 4, "scale_days": 13}
    stream = {"kind": "poisson", "rate": wave, "regions": {"stockholm": 1}, "classes": COVID}
    return only({"wave": stream}, horizon_days=150)


def test_spring_2020_on_average() -> None:
    """558 patients at the peak within 10 %, and 12 April to 8 May (26 days) above 500 within 4 days."""
    found = mean_census(spring_2020()).of("icu")
    assert found.max() == pytest.approx(558, rel=0.10)
    assert (found > 500).sum() / 24 == pytest.approx(26, abs=4)


def test_spring_2020_simulated() -> None:
    one = spring_2020()
    stays = Course(one, *course(one, load_plan("alone").plan, 0)).stays
    icu = stays.only(stays.kind == one.kinds.index("icu"))
    noon = np.arange(150) * DAY + DAY // 2
    level = np.searchsorted(np.sort(icu.from_s), noon) - np.searchsorted(np.sort(icu.to_s), noon)
    assert level.max() == pytest.approx(558, rel=0.10)


# ------------------------------------------------------------ 3. Little


@pytest.mark.parametrize(
    ("classes", "icu"),
    [
        ({"mil_evac_icu": 0.33, "mil_evac_ward": 0.67}, 370),
        ({"mil_evac_icu": 0.16, "mil_evac_ward": 0.84}, 180),
    ],
)
def test_127_evacuated_a_day(classes: dict[str, float], icu: float) -> None:
    """About 1900 beds in all; 370 of intensive care at one third, 180 at 16 %."""
    one = only(constant(127, classes))
    lying = steady(one).lying.sum(axis=0)
    assert lying[one.kinds.index("icu")] == pytest.approx(icu, rel=0.08)
    assert lying.sum() == pytest.approx(1900, rel=0.10)


# ------------------------------------------------------------ 4. theatres

EVACUATED = {"mil_evac_icu": 0.33, "mil_evac_ward": 0.67}


def with_theatres(classes: dict[str, float], per_day: float, days: float) -> tuple[Scenario, Demand]:
    """Return ``sweden-detailed`` with one stream alone, and its patients."""
    content = world("sweden-detailed") | {"format": 1, "name": "theatres", "start": "2027-01-11T00:00"}
    content |= {"streams": constant(per_day, classes), "starts": "empty", "horizon_days": days}
    world_ = Scenario.model_validate(content)
    return world_, sample(world_, 0)


def test_operations_of_the_evacuated() -> None:
    """108 a day make about 190 operations a day, some 13 % of Sweden's 534 000 a year.

    The model counts hours: 190 operations of 120 and 90 minutes (class table), 1.19 and 0.60 of each
    evacuated patient, are 110.0 minutes on average.
    """
    found, demand = with_theatres(EVACUATED, 108, 60)
    hours = Course(found, demand, course(found, load_plan("alone").plan, 0)[1])
    operations = evaluate(hours)["operating_hours_needed"] / 60 / (110.0 / 60)
    assert operations == pytest.approx(190, rel=0.05)
    assert operations / (534_000 / 365) == pytest.approx(0.13, abs=0.01)


# ------------------------------------------------------------ 5. events


def event(size: int, region: str, classes: dict[str, float]) -> Scenario:
    """Return three days of ordinary care from equilibrium, and an event after six hours."""
    stream = {
        "kind": "mass_casualty",
        "at_day": 0.25,
        "size": {"family": "fixed", "value": size},
        "arrival": {"family": "lognormal", "median_h": 1, "mean_h": 1.499303},
        "regions": {region: 1},
        "classes": classes,
    }
    content = ORDINARY.model_dump(mode="python", by_alias=True)
    content["streams"]["event"] = stream
    return Scenario.model_validate(content | {"warm_up_days": 0, "horizon_days": 3, "cool_down_h": 24})


def hurt(one: Scenario, demand: Demand) -> Any:
    return np.flatnonzero(demand.stream == sorted(one.streams).index("event"))


def test_fifteen_injured_do_not_stress_stockholm() -> None:
    """Drottninggatan: everybody lies in Stockholm and waits for nothing, nor does anybody for them."""
    one = event(15, "stockholm", CIV_BLUNT)
    demand, journal = course(one, load_plan("today").plan, 0)
    seen, people = Course(one, demand, journal), hurt(one, demand)
    assert len(people) == 15
    needs = seen.needs.only(np.isin(seen.needs.patient, people) & (seen.needs.kind == one.kinds.index("icu")))
    assert (needs.wait_s == 0).all()
    placed = journal.where(Event.PLACED)
    from_stockholm = journal.detail[placed] == one.region_keys.index("stockholm")
    assert not (from_stockholm & (journal.time_s[placed] >= DAY // 4)).any()


def test_673_in_a_day_break_vasterbotten() -> None:
    """Soroka-size: intensive care there is exceeded; of those admitted about 3 % die when all is given."""
    one = event(673, "vasterbotten", MIL_DIRECT)
    demand, journal = course(one, load_plan("today").plan, 0)
    seen, people = Course(one, demand, journal), hurt(one, demand)
    home, icu = one.region_keys.index("vasterbotten"), one.kinds.index("icu")
    beds = one.regions["vasterbotten"].units["icu"].beds
    wanting = np.any(demand.kind[people] == icu, axis=1).sum()
    assert isinstance(beds, int) and wanting > 2 * beds
    needs = seen.needs.only((seen.needs.region == home) & (seen.needs.kind == icu))
    assert (needs.wait_s[np.isin(needs.patient, people)] > 0).sum() > beds
    admitted = people[demand.stage_count[people] > 0]
    mortality = np.array([one.classes[demand.classes[k]].mortality for k in demand.klass[admitted]])
    assert 0.02 <= mortality.mean() <= 0.045


# ------------------------------------------------------------ 6. wounded in action


def test_wounded_in_action_who_are_admitted() -> None:
    """ICU 16-17 %, stay above 14 days 15-18 %, deaths 2.5-4 % (Israel 2023; tolerance half a point)."""
    demand = sample(only(constant(2000, MIL_DIRECT), horizon_days=30), 0)
    admitted = demand.stage_count > 0
    stays = np.maximum(demand.stay_s, 0).sum(axis=1)[admitted]
    icu = np.any(demand.kind == demand.kinds.index("icu"), axis=1)[admitted]
    mortality = np.array([ORDINARY.classes[key].mortality for key in demand.classes])[demand.klass]
    assert 0.155 <= icu.mean() <= 0.175
    assert 0.145 <= (stays > 14 * DAY).mean() <= 0.185
    assert 0.025 <= mortality[admitted].mean() <= 0.045


def test_wounded_in_action_who_are_operated() -> None:
    """52 % of the admitted (Israel 2023: 51.5 %), within two points."""
    found, demand = with_theatres(MIL_DIRECT, 2000, 30)
    admitted = demand.stage_count > 0
    operated = np.any(demand.kind == found.kinds.index("theatre"), axis=1)[admitted]
    assert operated.mean() == pytest.approx(0.52, abs=0.02)


# ------------------------------------------------------------ 7. delays


def test_without_delay_and_strain_mortality_is_that_of_care() -> None:
    """Unlimited beds: exactly those die whose number lies below their class's mortality."""
    one = only(constant(300, MIL_DIRECT), horizon_days=20, cool_down_h=0)
    demand, journal = course(one, load_plan("today").plan, 0)
    died = outcome.died_in_care(Course(one, demand, journal), Arm.NONE)
    mortality = np.array([one.classes[key].mortality for key in demand.classes])[demand.klass]
    assert (died == (demand.u_outcome < mortality)).all()
    assert died.sum() > 30


def far_away(times: float) -> Scenario:
    """Return a world where all intensive care lies far away, and every delay is *times* as long.

    Beds, teams and vehicles are plenty, so that nobody stands in another's way.
    """
    world = abc()
    for key, beds in (("a", 0), ("b", 10_000), ("c", 0)):
        world["regions"][key] |= {"icu_teams": 10_000, "vehicles": {"ambulance": 10_000}}
        world["regions"][key]["units"] = {"icu": {"beds": beds}, "ward": {"beds": "unlimited"}}
    world["streams"] = {"front": world["streams"]["front"] | {"classes": {"critical": 1}}}
    ambulance = world["transport"]["modes"]["ambulance"]
    minutes = {key: value * times for key, value in ambulance.items() if key.endswith("_minutes")}
    slower = ambulance | minutes | {"speed_kmh": ambulance["speed_kmh"] / times}
    world["transport"] = {
        "modes": {"ambulance": slower},
        "distances_km": {"a": {"b": 60, "c": 200}, "b": {"c": 150}},
    }
    return scenario(world)


def test_doubling_all_delays_never_lowers_deaths() -> None:
    """Whoever dies when answers, loading and driving take so long dies when they take twice as long."""
    today = load_plan("today").plan
    slow = today.model_copy(update={"asking": today.asking.model_copy(update={"ask_minutes": 40.0})})
    died = []
    for times, plan in ((1, today), (2, slow)):
        one = far_away(times)
        seen = Course(one, *course(one, plan, 0))
        died.append(outcome.died(seen, Arm.NONE))
    assert died[0].sum() > 5
    assert (died[1] | ~died[0]).all()
    assert died[1].sum() > died[0].sum()
