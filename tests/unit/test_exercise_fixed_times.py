"""What has a fixed time: briefings, reports in the registry's shape, contingency injects, mornings."""

from dataclasses import replace
from datetime import datetime, time
from functools import cache

import numpy as np
import pytest

from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.listing.planning import Planner
from nspl_sim.exercise.papers import patients
from nspl_sim.exercise.papers.forms import methane
from nspl_sim.exercise.papers.opening import file as opening
from nspl_sim.exercise.papers.situation import Situation
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.roles import Scene
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import HOUR
from tests.exercises import made, troubled


@cache
def with_briefings(tempo: float = 8.0) -> Material:
    roles = made(troubled()).roles
    limits = roles.limits.model_copy(update={"most_of_one": 1, "most_per_hour": 1})
    changed = roles.model_copy(update={"briefings": ["10:00", "13:30", "19:00"], "limits": limits})
    return made(troubled(), roles=changed, tempo=tempo)


@pytest.mark.parametrize("tempo", [8.0, 0.7, 3.3])
def test_briefings_are_rows_at_their_time_every_day(tempo: float) -> None:
    material = with_briefings(tempo)
    told = [i for i in material.injects if i.code == "GENOMG"]
    times = sorted({i.wall_clock[:16] for i in told})
    assert times == [f"2027-03-{day:02}T{at}" for day in (8, 9, 10) for at in ("10:00", "13:30")]
    assert {i.player for i in told} == set(material.players) and len(told) == 6 * len(material.players)
    assert all(i.type == "genomgång" and i.expected_action and not i.reserve for i in told)


def test_limits_do_not_drop_what_has_a_fixed_time() -> None:
    material = with_briefings()
    hours = len(material.roles.reports.hours)
    days = [i for i in material.injects if i.code == "DYGN" and not i.reserve_of]
    mornings = [t for t in material.clock.hours() if material.clock.civil(t).hour == 7]
    assert hours == 1 and len(days) == len(mornings) > 1
    own = [i for i in material.injects if i.code == "RAPPORT" and not i.reserve_of]
    assert len(own) == len(mornings) * len(material.scenario.region_keys)


def test_a_time_in_the_room_is_told_at_that_time() -> None:
    scenario = troubled()
    clock = ExerciseClock.of(scenario, datetime(2027, 3, 8, 20), datetime(2027, 1, 5, 8), 3.7, 6, 2, "runs")
    for at in (time(20), time(22, 17), time(1, 30)):
        found = clock.daily(at)
        assert len(found) == 2
        for day, second in enumerate(found):
            wall = clock.wall(second)
            assert wall is not None and wall.time() == at and clock.day_of(second) == day
    assert clock.daily(time(12)) == []


def test_contingency_injects_are_played_before_the_day_ends_or_the_next_morning() -> None:
    material = made(troubled(), tempo=2.0)
    clock = material.clock
    for one in (i for i in material.injects if i.reserve):
        reserve = one.reserve
        assert reserve is not None
        waits = (reserve.wall - one.wall).total_seconds() / 60
        day = clock.day_of(one.time_s)
        assert waits == 30 or reserve.wall == clock.morning(day + 1)
        assert reserve.wall <= clock.evening(clock.days - 1) and reserve.wall > one.wall
        assert ("nästa morgon" in one.contingency) == (waits != 30)


def test_each_morning_has_its_pages_where_the_night_runs() -> None:
    still, runs = made(troubled(), tempo=1.0), made(troubled(), tempo=1.0, night="runs")
    players = len(still.players)
    each = players + 1  # and the background
    assert len(opening(runs).pages) - len(opening(still).pages) == 2 * each
    first, last = opening(runs).pages[0], opening(runs).pages[-players]
    assert dict(first.labels).get("Övningen börjar") and dict(last.labels).get("Dag 3 börjar")


def test_the_report_is_in_the_shape_of_the_registry() -> None:
    """1 = occupied + what is free within two hours; 2 = 1 less the occupied; 4 less the promised."""
    material = with_briefings()
    line, situation = material.line, Situation(material)
    for time_s in material.clock.hours()[::7]:
        rows = situation.intensive_care(time_s).rows
        columns = np.array([[int(cell) for cell in row[1:]] for row in rows])
        assert (columns[-1] == columns[:-1].sum(axis=0)).all()
        beds, unoccupied, of_crisis, free, occupied, _ = columns[:-1].T
        assert (beds - occupied == unoccupied).all() and (unoccupied >= free).all()
        assert (of_crisis <= occupied).all()
        staffed = [int(line.staffed(r, line.icu, np.array([time_s]))[0]) for r in situation.able]
        assert (beds >= staffed).all()


def test_a_step_counts_from_two_hours_before_it_opens() -> None:
    """Steps take six hours to open: two hours before, its beds can be staffed; three hours before, not."""
    line = with_briefings().line
    journal = line.course.journal
    opened = [r for r in journal.where(Event.OPENED).tolist() if journal.unit[r] == line.icu]
    assert opened
    for row in opened:
        region, time_s, step = int(journal.region[row]), int(journal.time_s[row]), int(journal.detail[row])
        key = line.course.regions[region]
        beds = line.course.scenario.regions[key].units["icu"].surge[step - 1].beds
        for before_h, counted in ((1, beds), (3, 0)):
            now = time_s - before_h * HOUR
            at = np.array([now])
            lying = int(max(line.staffed(region, line.icu, at)[0], line.occupied(region, line.icu, at)[0]))
            assert line.staffed_soon(region, line.icu, now) - lying == counted


def test_an_event_says_what_the_roles_say_of_it() -> None:
    material = made(troubled())
    [first, *others] = [i for i in material.injects if i.code == "MASS" and not i.reserve_of]
    [office] = [i for i in others if not i.region]
    others = [i for i in others if i.region]
    assert all(i.subject == "Larm: många skadade i en annan region" for i in others)
    assert (office.subject, office.type) == ("För kännedom: många skadade", "information")
    assert (office.player, office.form) == ("office", "methane") and "till kansliet kl." in office.script
    blank = methane(first, material).tables[0].rows
    assert [row[1] for row in blank].count("uppgift saknas") == 5
    scene = Scene.model_validate({"hazards": {"sv": "Rök"}, "place": {"sv": "Torget"}})
    planner = material.planner
    roles = planner.roles.model_copy(update={"scenes": {"crash": scene}})
    told = Planner(planner.scenario, planner.plan_name, planner.line, roles, planner.clock, planner.language)
    rows = methane(first, Material(told, material.planned, "staff")).tables[0].rows
    assert [row[1] for row in rows].count("uppgift saknas") == 4
    assert rows[1][1].endswith("; Torget") and rows[3][1] == "Rök"


def test_an_injury_group_is_called_as_the_roles_call_it_in_this_event() -> None:
    material = made(troubled())
    number, event = next(patients.played(material))
    demand = material.line.course.demand
    key = demand.classes[int(demand.klass[event.rows[0]])]
    scene = Scene.model_validate({"injuries": {key: {"sv": "Klämskador"}}})
    stream = demand.streams[event.stream]
    roles = material.planner.roles.model_copy(update={"scenes": {stream: scene}})
    told = replace(material, planner=replace(material.planner, roles=roles))
    for page in (patients.of_players(told)[number], patients.of_control(told)):
        named = [dict(slip.labels)["Skadegrupp"] for one in page.pages for slip in one.slips]
        hurt = int((demand.klass[event.rows] == demand.klass[event.rows[0]]).sum())
        assert named.count("Klämskador") == hurt > 0 and number == 1
    assert "Klämskador" not in str(patients.of_players(material)[number].pages)
