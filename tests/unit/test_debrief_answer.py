"""The answer after the exercise: each number counted again from the journal, and one value everywhere."""

import csv
import io
import re
from collections import Counter
from functools import cache
from typing import Any

import numpy as np
import pytest

from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief import measures
from nspl_sim.exercise.debrief.answer import Answer
from nspl_sim.exercise.debrief.courses import Branch, branches
from nspl_sim.exercise.debrief.effects import Played
from nspl_sim.exercise.debrief.figure import figures
from nspl_sim.exercise.debrief.file import columns
from nspl_sim.exercise.debrief.held import BRIEF_S, held
from nspl_sim.exercise.debrief.held_words import _SAYS, line
from nspl_sim.exercise.debrief.quantities import QUANTITIES, differences
from nspl_sim.exercise.debrief.report import Debrief, files
from nspl_sim.exercise.play.state import State
from nspl_sim.paper.language import Language
from nspl_sim.policies.decision import LASTING, ONCE, Decision, What
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from tests.unit.test_play import setup, usual, world

EN = Language("en")
WORDS = Words(world(), EN)
AT_S = 2 * DAY


def made(*whats: tuple[int, str, dict[str, Any]]) -> list[Decision]:
    return [Decision(at_s, tuple(keys.split(",")), What.model_validate(what)) for at_s, keys, what in whats]


def decided() -> list[Decision]:
    return made(
        (AT_S, "a", {"planned": {1: 0, 2: 0, 3: 0}}),
        (AT_S, "a", {"surge_steps": 1, "planned": {1: 0, 2: 0, 3: 0}}),
        (AT_S, "b", {"receives": False}),
        (AT_S + 5 * MINUTE, "c", {"keeps_free": 7}),
        (AT_S + 9 * MINUTE, "c", {"keeps_free": 2}),
        (AT_S + HOUR, "c", {"lends": {"to": "a", "beds": 1, "teams": 1, "lead_h": 2}}),
        (AT_S + 5 * HOUR, "a", {"moves": {"to": "c", "patients": 2}}),
        (AT_S + 6 * HOUR, "b", {"brings_home": 0}),
    )


@cache
def compared() -> list[Branch]:
    return branches(usual(), decided(), [load_plan("coordinated").plan])


@cache
def answer() -> Answer:
    return Answer(compared(), decided(), usual().clock, WORDS)


# ---------------------------------------------------------------- counted again


def recount(branch: Branch) -> dict[str, Counter[Any]]:
    """Return each quantity counted in one walk through the journal, by (region, kind) or region."""
    clock, home = usual().clock, branch.course.demand.region
    found: dict[str, Counter[Any]] = {quantity.name: Counter() for quantity in QUANTITIES}
    waits: dict[int, tuple[int, int, int]] = {}
    for t, event, patient, region, unit, detail in branch.course.journal.rows():
        if event in (Event.PLACED, Event.ADMITTED, Event.DIED_WAITING, Event.REFUSED) and patient in waits:
            since, *where = waits.pop(patient)
            inside = max(0, min(t, clock.to_s) - max(since, clock.from_s))
            found["hours_in_line"][tuple(where)] += inside
        if event == Event.ASKED:
            waits[patient] = t, region, unit
        if not clock.from_s <= t < clock.to_s:
            continue
        match event:
            case Event.PLACED if region != detail:
                at_home = home[patient] == region
                found["brought_home" if at_home else "taken"][region, unit] += 1
                found["sent"][detail, unit] += 1
            case Event.MOVED:
                found["moved_away"][region, unit] += 1
                found["sent"][region, unit] -= 1
            case Event.REFUSED:
                found["turned_away"][region, unit] += 1
            case Event.POSTPONED:
                found["postponed"][region] += 1
            case Event.RELEASED:
                found["released"][region] += 1
    for since, region, unit in waits.values():
        found["hours_in_line"][region, unit] += max(0, clock.to_s - max(since, clock.from_s))
    for where, seconds in found["hours_in_line"].items():
        found["hours_in_line"][where] = round(seconds / HOUR)
    return found | beds(branch)


def beds(branch: Branch) -> dict[str, Counter[Any]]:
    """Return the beds in the last second before ENDEX, counted in the journal and on the telephone list."""
    course, last_s = branch.course, usual().clock.to_s - 1
    kinds, keys = course.kinds, course.regions
    before: Counter[Any] = Counter()
    for r, key in enumerate(keys):
        before.update({(r, kinds.index(k)): unit.beds for k, unit in world().regions[key].units.items()})
    steps: dict[Any, int] = {}
    for t, event, _, region, unit, detail in course.journal.rows():
        if t > last_s:
            break
        if event == Event.CHANGED:
            before[region, unit] = detail
        elif event == Event.OPENED:
            step = world().regions[keys[region]].units[kinds[unit]].surge[detail - 1]
            steps[region, unit, detail] = step.beds
        elif event == Event.CLOSED:
            steps.pop((region, unit, detail), None)
    in_steps: Counter[Any] = Counter()
    for (region, unit, _), n in steps.items():
        in_steps[region, unit] += n
    line = Timeline(course, 0, usual().clock.from_s, usual().clock.to_s)
    at = np.array([last_s])
    staffed = Counter(
        {(r, k): int(line.staffed(r, k, at)[0]) for r in range(len(keys)) for k in range(len(kinds))}
    )
    lacking = Counter({where: before[where] + in_steps[where] - staffed[where] for where in staffed})
    return {
        "beds_before_steps": before,
        "beds_in_steps": in_steps,
        "beds_staffed": staffed,
        "beds_without_team": lacking,
    }


@pytest.mark.parametrize("number", range(3))
def test_every_quantity_is_what_the_journal_says(number: int) -> None:
    played, again = answer().played[number], recount(compared()[number])
    assert any(again["taken"].values()) and any(again["hours_in_line"].values())
    for quantity in QUANTITIES:
        for where, n in np.ndenumerate(quantity.of(played)):
            place = where if len(where) == 2 else where[0]
            assert n == again[quantity.name][place], (quantity.name, where)


def test_whoever_is_promised_a_bed_elsewhere_comes_from_somewhere() -> None:
    for played in answer().played:
        there, here = played.taken + played.home, played.sent + played.moved
        assert np.array_equal(there.sum(axis=0), here.sum(axis=0)) and there.sum() > 0


def test_up_to_the_first_decision_nothing_differs() -> None:
    sides = [Played(branch.course, usual().clock.from_s, AT_S) for branch in compared()[:2]]
    for quantity in QUANTITIES:
        assert np.array_equal(*(quantity.of(side) for side in sides)), quantity.name


# ---------------------------------------------------------------- one value everywhere


def told() -> dict[str, tuple[int, int]]:
    """Return the numbers of the file by their titles: with the decisions, and without."""
    table = columns(answer())
    players, plan = (branch.heading for branch in compared()[:2])
    played = [n for n, name in enumerate(table["Name in files"]) if name.startswith("startex_endex.")]
    return {table["Measure"][n]: (table[players][n], table[plan][n]) for n in played}


def test_the_same_quantity_has_one_value_in_the_answer_the_tables_and_the_file() -> None:
    file, found = told(), 0
    for one in answer().regions():
        for title, n, other in re.findall(r"(?:^|; )([^;:]+): (\d+) instead of (\d+)", one.came):
            assert file[f"{one.who}: {title}"] == (int(n), int(other))
            found += 1
        for title, n in re.findall(r"(?:both: |\), |ENDEX )([^;:,–]+) (\d+)(?=[,;]|$)", one.came):
            assert file[f"{one.who}: {title}"] == (int(n), int(n))
            found += 1
    assert found >= 4
    table = answer().table()
    assert [row[0] for row in table.rows] == [*(WORDS.short(r) for r in range(3)), "The whole nation"]
    for row in table.rows:
        for head, cell in zip(table.head[1:], row[1:], strict=True):
            title = head[:1].lower() + head[1:]
            n, other = re.fullmatch(r"(\d+) \((\d+)\)", cell).groups()  # type: ignore[union-attr]
            who = row[0].replace("The whole", "the whole")
            assert file[f"{who}: {title}"] == (int(n), int(other))
    shown = differences(answer().beside)
    assert {(WORDS.short(d.region), d.title(WORDS)) for d in shown} == {
        tuple(name.split(": ", 1))
        for name, (n, other) in file.items()
        if n != other and not name.startswith("the whole nation")
    }
    for one in shown:
        assert file[f"{WORDS.short(one.region)}: {one.title(WORDS)}"] == (one.mine, one.theirs)


def test_the_nation_is_the_regions_together_and_its_deaths_are_those_of_the_answer() -> None:
    file = told()
    for quantity in QUANTITIES:
        title = EN.say(quantity.titled(None if quantity.of(answer().played[0]).ndim == 1 else "icu"))
        of_all = [file[f"{WORDS.short(r)}: {title}"] for r in range(len(world().region_keys))]
        assert file[f"the whole nation: {title}"] == tuple(np.sum(of_all, axis=0))
    said = list(answer().sentences())[1]
    mine, theirs = (p.died_waiting() for p in answer().played[:2])
    for n in (mine, theirs):
        assert (str(n) in said) or n < 5
    longer, less = answer().beside.otherwise(-1, world().kinds.index("icu"))
    assert f"{longer} waited at least half an hour longer" in said and f"{less} at least half" in said


# ---------------------------------------------------------------- what held


def test_a_decision_replaced_within_minutes_or_by_an_equal_one_is_not_told() -> None:
    found = held(decided(), geography(world()), usual().clock.to_s)
    shown = [(d.name, world().region_keys[d.region], d.from_s, d.to_s) for d in found]
    end = usual().clock.to_s
    assert shown == [
        ("planned", "a", AT_S, end),
        ("surge_steps", "a", AT_S, end),
        ("moves", "a", AT_S + 5 * HOUR, AT_S + 5 * HOUR),
        ("receives", "b", AT_S, end),
        ("brings_home", "b", AT_S + 6 * HOUR, AT_S + 6 * HOUR),
        ("keeps_free", "c", AT_S + 9 * MINUTE, end),
        ("lends", "c", AT_S + HOUR, end),
    ]
    assert [d.value for d in found if d.name == "keeps_free"] == [2]


@pytest.mark.parametrize(("lasts_s", "pieces"), [(BRIEF_S - 1, [2]), (BRIEF_S, [2, 7, 2])])
def test_what_held_between_two_equal_ones_is_told_if_it_held_an_hour(lasts_s: int, pieces: list[int]) -> None:
    back = made(
        (AT_S, "c", {"keeps_free": 2}),
        (AT_S + 2 * HOUR, "c", {"keeps_free": 7}),
        (AT_S + 2 * HOUR + lasts_s, "c", {"keeps_free": 2}),
    )
    found = held(back, geography(world()), usual().clock.to_s)
    assert [d.value for d in found] == pieces
    assert found[-1].to_s == usual().clock.to_s


def test_planned_care_is_told_of_all_priorities_together() -> None:
    """A second decision about one of them makes a new whole."""
    both = made((AT_S, "a", {"planned": {1: 0.5, 2: 0, 3: 0}}), (AT_S + 2 * HOUR, "a", {"planned": {1: 0}}))
    found = held(both, geography(world()), usual().clock.to_s)
    assert [d.value for d in found] == [{1: 0.5, 2: 0, 3: 0}, {1: 0, 2: 0, 3: 0}]
    assert line(found, usual().clock, WORDS).endswith("pauses all planned care")


def test_what_is_lifted_is_told_with_its_end_and_what_comes_after_endex_is_not() -> None:
    clock = usual().clock
    both = made(
        (AT_S, "c", {"receives": False}),
        (AT_S + 3 * HOUR, "c", {"lifts": ["receives"]}),
        (clock.to_s, "c", {"keeps_free": 4}),
        (clock.to_s - MINUTE, "c", {"asks_only": []}),
    )
    found = held(both, geography(world()), clock.to_s)
    assert [(d.name, d.to_s) for d in found] == [("receives", AT_S + 3 * HOUR), ("asks_only", clock.to_s)]
    said = line(found, clock, WORDS)
    assert f"(until {clock.said(AT_S + 3 * HOUR)})" in said and "asks nobody (ICU)" in said


def test_whatever_can_be_decided_has_few_words() -> None:
    assert set(_SAYS) == {*LASTING, *ONCE}
    assert set(What.model_fields) == {*LASTING, *ONCE, "kind", "lifts"}
    every: dict[str, Any] = {
        "asks_first": ["b"],
        "asks_at_once": 2,
        "max_hours": 1.5,
        "answer_minutes": 5,
        "receives": True,
        "keeps_free": 1,
        "receives_at_most": 3,
        "fetches": False,
        "planned": {1: 1, 2: 0.5, 3: 0},
        "surge_steps": 2,
        "lends": {"to": "b", "beds": 1},
        "moves": {"to": "c", "patients": 2},
        "brings_home": 2,
        "turns_away_from": 4,
        "discharge_share": 0.3,
    }
    for language in (EN, Language("sv")):
        words = Words(world(), language)
        found = held(made((AT_S, "a", every)), geography(world()), usual().clock.to_s)
        said = line(found, usual().clock, words)
        assert "100/50/0 %" in said and ("1,5" if language.code == "sv" else "1.5") in said
        assert said.count(words.short(1)) >= 1 and "{" not in said


# ---------------------------------------------------------------- as it is told


def test_all_who_decided_are_told_the_largest_first_numbers_first() -> None:
    shown = answer().regions()
    assert {one.who for one in shown} == {WORDS.short(r) for r in range(3)}
    first = [re.match(r"[^;:]+: (\d+) instead of (\d+)", one.came) for one in shown]
    apart = [abs(int(one[1]) - int(one[2])) if one else 0 for one in first]
    assert [one.apart for one in shown] == apart == sorted(apart, reverse=True)


def test_what_a_decision_is_about_is_told_first_and_the_largest_of_it() -> None:
    for region in answer().by_region:
        about = {EN.say(q.titled(k)) for q, k in _about(region)}
        found = [(d.title(WORDS), d.apart) for d in differences(answer().beside, [region])]
        [one] = [one for one in answer().regions() if one.who == WORDS.short(region)]
        first = one.came[:1].lower() + one.came[1:].partition(": ")[0]
        mine = {title: apart for title, apart in found if title in about and "hours" not in title}
        assert not mine or mine[first] == max(mine.values())


def _about(region: int) -> list[tuple[Any, str | None]]:
    kinds = world().kinds
    return [(q, None if k < 0 else kinds[k]) for q, k in answer().outcomes.about([region])]


def test_regions_that_decided_the_same_in_vain_share_a_line() -> None:
    same = made((usual().clock.to_s - MINUTE, "a,b,c", {"fetches": False}))
    found = Answer(branches(usual(), same, []), same, usual().clock, WORDS).regions()
    assert len(found) == 1 and all(WORDS.short(r) in found[0].who for r in range(3))
    assert found[0].came == "nothing that is counted is otherwise"


def test_who_receives_nobody_is_told_how_many_came_all_the_same() -> None:
    [one] = [one for one in answer().regions() if one.who == WORDS.short(1)]
    assert "none while it received nobody" in one.came
    times = answer().beside.mine.taken_s(1, world().kinds.index("icu"))
    assert not np.any(times >= AT_S)


def test_what_is_done_once_is_told_with_its_number() -> None:
    journal = compared()[0].course.journal
    rows = journal.only((journal.event == Event.MOVED) & (journal.time_s == AT_S + 5 * HOUR))
    n = np.count_nonzero((rows.region == 0) & (rows.detail == 2))
    [one] = [one for one in answer().regions() if one.who == WORDS.short(0)]
    said = f"moved to {WORDS.short(2)} at the decision (ICU): {n}"
    assert (said if n else f"nobody was moved to {WORDS.short(2)} at the decision (ICU)") in one.came


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_says_its_periods_and_the_file_the_words_of_its_columns(language: str) -> None:
    of = setup(language)
    state = State(of.clock.to_s)
    state.decisions = decided()
    found = Debrief(of, state, branches(of, decided(), [load_plan("coordinated").plan]))
    page, table = (content.decode("utf-8-sig") for content in files(found).values())
    played = [of.clock.said(time_s) for time_s in (of.clock.from_s, of.clock.to_s)]
    whole = measures.whole_scenario(of.clock, of.scenario)
    captions = re.findall(r"<caption>(.*?)</caption>", page)
    assert all(one in captions[0] for one in played)
    assert sum(whole in one for one in captions) == 2
    assert sum("STARTEX" in one for one in captions) >= 2
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    names, period = [row[0] for row in rows], [row[3] for row in rows]
    assert len(set(names)) == len(names) and len(set(rows[0])) == len(rows[0])
    assert {p for n, p in zip(names, period, strict=True) if n.startswith("startex")} == {period[1]}
    assert all(one in period[1] for one in played) and whole in period[-1]
    assert not {"players", "today", "coordinated"} & set(rows[0])
    for shown in figures(found.branches[:2], of.clock, of.language):
        if shown.name == "died":
            assert "STARTEX" in shown.alt or all(p.died_waiting() < 5 for p in found.answer.played[:2])
