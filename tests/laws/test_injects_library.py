"""Injects are true in every scenario that comes along: all triggers, every moment, in both languages.

Small worlds with the same events in the default run; the whole nation behind the slow marker.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache

import pytest

from nspl_sim.demand.sample import sample
from nspl_sim.exercise.course.counted import NOUNS, counted
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.planning import Planner
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.load import load_roles
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.exercise.triggers import REGISTRY, codes
from nspl_sim.experiment.engines import simulated
from nspl_sim.measures.course import Course
from nspl_sim.paper.language import Language
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_shipped, shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import DAY
from tests.exercises import Books
from tests.laws.reduced import reduced
from tests.laws.test_injects import lasting

CALL = {"sv": "ÖVNING ÖVNING ÖVNING", "en": "EXERCISE EXERCISE EXERCISE"}
DIGITS = re.compile(r"(?<![\w=-])\d+")
"""Of a count; the limit in a class's name (``>=20%``) is none."""
CLOCK = re.compile(r"\d\d:\d\d|\b\d+-\d{3}\b")
"""Of an hour, or of a patient's card."""
BY_SEA = re.compile(r"ferry|ship|färja|fartyg", re.IGNORECASE)
DEATH = re.compile(r"\bdied\b|\bdead\b|avlid|\bdöd", re.IGNORECASE)
SOME = 400
"""Facts counted again in a whole nation."""


def every_moment_told(scenario: Scenario) -> Roles:
    """Return roles whose limits drop nothing, with all that the roles can ask for."""
    roles = load_roles(None, scenario, codes())
    limits = roles.limits.model_copy(update={"most_per_hour": 10_000, "most_of_one": 10_000})
    keys = scenario.region_keys
    reports = roles.reports.model_copy(update={"hours": [7, 15], "missing": [keys[0]], "late": [keys[1]]})
    changes = {"limits": limits, "reports": reports, "briefings": ["11:00", "15:30"]}
    return roles.model_copy(update=changes)


def played(scenario: Scenario, plan: str, engine: str) -> tuple[Timeline, ExerciseClock]:
    """Return the second to the ninth day, three days of eight hours at eight times."""
    lever, demand = load_plan(plan).plan, sample(scenario, 0)
    begins = datetime.fromisoformat(f"{scenario.start.date() + timedelta(days=1)}T08:00")
    clock = ExerciseClock.of(scenario, datetime(2027, 3, 8, 8), begins, 7.5, 8, 3, "stands")
    journal = simulated(scenario, lever, demand, engine=engine, until_s=clock.to_s + 3 * DAY)  # type: ignore[arg-type]
    return Timeline(Course(scenario, demand, journal, lever), 0, clock.from_s, clock.to_s), clock


def injects(line: Timeline, clock: ExerciseClock, language: str) -> tuple[Inject, ...]:
    scenario = line.course.scenario
    roles = every_moment_told(scenario)
    return Planner(scenario, "any", line, roles, clock, Language(language)).planned().injects


def check_facts(line: Timeline, most: int) -> set[str]:
    """Count every fact of every moment again, *most* of them; return the codes that fired."""
    roles = every_moment_told(line.course.scenario)
    moments = {code: list(one.moments(line, roles)) for code, one in REGISTRY.items()}
    known = {f for found in moments.values() for m in found for f in m.facts}
    facts = sorted((f for f in known if line.first_s <= f.time_s <= line.to_s), key=repr)
    chosen = facts[:: max(1, len(facts) // most)]
    books = Books(line, chosen)
    books.walk()
    assert chosen and books.wrong(chosen) == []
    return {code for code, found in moments.items() if found}


def check_texts(told: tuple[Inject, ...], language: str, is_exercise: bool) -> None:
    assert told
    call = CALL[language]
    for one in told:
        is_called = one.script.startswith(f"{call}. ") and one.script.endswith(f" {call}.")
        assert is_called == is_exercise, one.script
        known = {str(fact.value) for fact in one.facts} | lasting(one.facts)
        for words in (
            one.script,
            one.subject,
            one.expected_action,
            *((one.answer,) if one.code != "STOD" else ()),
        ):
            assert set(DIGITS.findall(CLOCK.sub("", words))) <= known, (one.inject_id, words)
        for cell in one.row().values():
            assert not re.search(r"[{}]|Text\(|Named|Listed|None|  |\.\.|,\.", cell), (one.inject_id, cell)
        assert not re.search(BY_SEA, one.script) or one.code == "MASS", one.script
        dead = [f for f in one.facts if f.of == "died"]
        assert all(f.region == -1 and f.value >= 5 and one.region == "" for f in dead)
        assert dead or not DEATH.search(one.script), one.script
        assert list(misformed(one.script, language)) == [], one.script


def misformed(script: str, language: str) -> Iterator[str]:
    """Yield every number in *script* whose noun is in the wrong form."""
    for one, many in NOUNS.values():
        single, several = (Language(language).say(t.template).removeprefix("{n} ") for t in (one, many))
        for number, noun in re.findall(rf"(\d+) ({single}|{several})\b", script):
            if single != several and (number == "1") != (noun == single):
                yield f"{number} {noun}"


@pytest.mark.parametrize("name", shipped())
def test_small_worlds_are_told_truly(name: str) -> None:
    line, clock = played(reduced(name), "coordinated", "simpy")
    check_facts(line, 10_000)
    for language in ("sv", "en"):
        check_texts(injects(line, clock, language), language, line.course.scenario.exercise)


@cache
def nation(name: str) -> tuple[Timeline, ExerciseClock]:
    return played(load_shipped(name).scenario.model_copy(update={"warm_up_days": 3.0}), "today", "auto")


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_every_shipped_scenario_is_told_truly(name: str) -> None:
    line, clock = nation(name)
    fired = check_facts(line, SOME)
    assert {"BELAGG", "DYGN", "RAPPORT", "POLITIK", "OPPNAT"} <= fired
    for language in ("sv", "en"):
        check_texts(injects(line, clock, language), language, line.course.scenario.exercise)


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped())
def test_what_is_told_later_in_a_shipped_scenario_is_true_then(name: str) -> None:
    """With narrow limits: what is moved is counted and worded for its own minute."""
    line, clock = nation(name)
    scenario = line.course.scenario
    roles = every_moment_told(scenario)
    limits = roles.limits.model_copy(update={"most_per_hour": 3, "minutes_apart": 5, "latest_minutes": 120})
    narrow = roles.model_copy(update={"limits": limits})
    told = Planner(scenario, "any", line, narrow, clock, Language("sv")).planned().injects
    own = {m.time_s for one in REGISTRY.values() for m in one.moments(line, narrow)}
    late = [one for one in told if one.time_s not in own]
    assert len(late) > 20
    check_texts(told, "sv", scenario.exercise)
    facts = sorted({f for one in late for f in one.facts if f.time_s <= line.to_s}, key=repr)
    chosen = facts[:: max(1, len(facts) // SOME)]
    books = Books(line, chosen)
    books.walk()
    assert books.wrong(chosen) == []


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_nouns_have_the_form_of_their_number(noun: str, language: str) -> None:
    one, two, five = (Language(language).say(counted(n, noun)) for n in (1, 2, 5))
    assert one.startswith("1 ") and two == f"2{five[1:]}" and five.startswith("5 ")
    same = language == "sv" and noun == "teams"
    assert (one[2:] == two[2:]) == same


def test_forms_in_swedish() -> None:
    said = [
        Language("sv").say(counted(n, noun)) for noun in ("icu_beds", "hours", "injured") for n in (1, 2, 5)
    ]
    assert said == [
        "1 IVA-plats", "2 IVA-platser", "5 IVA-platser",
        "1 timme", "2 timmar", "5 timmar",
        "1 skadad", "2 skadade", "5 skadade",
    ]  # fmt: skip
