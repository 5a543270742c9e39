"""What is told of transport says why, and fits what stands at base in the tables of the same hour."""

from functools import cache

import pytest

from nspl_sim.exercise.course.fleet import Fleet
from nspl_sim.exercise.course.timeline import LACKS
from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.papers.binder import file as binder
from nspl_sim.vocabulary.care import Answer, Event
from nspl_sim.vocabulary.clock import DAY, HOUR
from tests.exercises import made, troubled

PLANS = ("today", "coordinated", "alone")


@cache
def exercise(plan: str, language: str = "sv") -> Material:
    return made(troubled(), plan, language)


def told(code: str, material: Material) -> list[Inject]:
    return [i for i in material.injects if i.code == code and not i.reserve_of]


def reasons(one: Inject, material: Material) -> set[int]:
    """Return the answers by which transport lacked in the two hours before *one*, read from the journal."""
    region, since_s, found = material.number(one.region), one.time_s - 2 * HOUR, set()
    asker: dict[tuple[int, int], int] = {}
    for time_s, event, patient, receiver, _, detail in material.line.course.journal.rows():
        if event == Event.REQUESTED:
            asker[patient, receiver] = detail
        if event == Event.ANSWERED and detail in LACKS and since_s <= time_s < one.time_s:
            found |= {detail} if asker[patient, receiver] == region else set()
    return found


SAID = {
    Answer.NO_TEAM: ("transportteam",),
    Answer.NO_VEHICLE: ("fordon",),
    Answer.GROUNDED: ("på grund av vädret eller läget",),
}


@pytest.mark.parametrize("plan", PLANS)
def test_what_lacked_is_what_was_answered(plan: str) -> None:
    material, seen = exercise(plan), set()
    for one in told("TRSLUT", material):
        why = reasons(one, material)
        seen |= why
        for answer, words in SAID.items():
            assert any(word in one.script for word in words) == (answer in why), one.script
    assert seen or plan == "alone"


@pytest.mark.parametrize("plan", PLANS)
def test_what_is_said_to_be_home_is_home(plan: str) -> None:
    material = exercise(plan)
    fleet = Fleet(material.line)
    for one in told("TRSLUT", material):
        region = material.number(one.region)
        teams, vehicles = fleet.teams(region, one.time_s), sum(fleet.vehicles(region, one.time_s))
        assert ("inget eget transportteam" not in one.script) or teams is None
        assert ("och inget är hemma nu" not in one.script) or teams == 0
        assert ("transportteam var upptagna, men minst ett" not in one.script) or teams
        assert ("och inget står hemma nu" not in one.script) or vehicles == 0
        assert ("fordon var ute, men minst ett" not in one.script) or vehicles


def ready() -> Material:
    """Return the exercise in which nobody has to be stabilised before a journey, and aircraft start late."""
    world = troubled()
    stable = {key: one.model_copy(update={"min_stabilise_h": 0}) for key, one in world.classes.items()}
    modes = {
        key: one.model_copy(update={"activation_minutes": 150}) for key, one in world.transport.modes.items()
    }
    transport = world.transport.model_copy(update={"modes": modes})
    return made(world.model_copy(update={"classes": stable, "transport": transport}), "coordinated")


def test_who_is_not_stable_is_said_not_to_be() -> None:
    found = 0
    for plan in PLANS:
        material = exercise(plan)
        demand = material.line.course.demand
        for one in told("FLYTT", material):
            [fact] = one.facts
            steady_s = demand.arrival_s[fact.of_what[0]] + demand.min_stabilise_s[fact.of_what[0]]
            assert ("ännu inte stabil" in one.script) == (steady_s > one.time_s)
            found += 1
    assert found


def test_only_ways_of_the_binder_that_reach_the_receiver_are_offered() -> None:
    material = ready()
    pages = {page.heading: page.tables[0] for page in binder(material).pages}
    found = told("FLYTT", material)
    assert found and all("stabil" not in one.script for one in found)
    trips = material.line.course.trips
    for one in found:
        patient, placed_s = one.facts[0].of_what
        [row] = [
            i
            for i in range(len(trips.patient))
            if (trips.patient[i], trips.placed_s[i]) == (patient, placed_s)
        ]
        receiver, region = (
            material.words.region(int(trips.receiver[row])),
            material.words.region(int(trips.region[row])),
        )
        assert f"haft plats i {receiver} i två timmar" in one.script
        table = pages[f"Vägar från {region}"]
        [cells] = [r for r in table.rows if r[0] == material.words.short(int(trips.receiver[row]))]
        reach = {
            name.partition(" (")[0]
            for name, cell in zip(table.head[1:], cells[1:], strict=True)
            if cell != "–"
        }
        _, _, offered = one.script.partition("något av detta: ")
        names = offered.partition(". Vad väljer")[0].replace(" och ", ", ").split(", ") if offered else []
        assert {name.casefold() for name in names} <= {name.casefold() for name in reach}
        booked = one.script.partition("bokat (")[2].partition(")")[0]
        assert booked and booked.casefold() not in {name.casefold() for name in names}
        assert offered or "Inget annat når fram nu" in one.script


def test_the_key_says_when_and_where_the_transport_was_booked_then() -> None:
    for plan in PLANS:
        material = exercise(plan, "en")
        trips = material.line.course.all_trips
        for one in told("TRSLUT", material):
            assert one.answer.startswith("The last time it concerned ")
            if "was booked at" in one.answer:
                hour = one.answer.partition("was booked at ")[2][:5]
                near = (trips.placed_s >= one.time_s - 2 * HOUR) & (trips.placed_s < one.time_s + DAY)
                assert hour in {f"{material.clock.civil(t):%H:%M}" for t in trips.placed_s[near].tolist()}
