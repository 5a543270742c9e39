"""Page one after an exercise: one sentence, the nation, players first; what is worse, what was nothing."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.answer import Answer
from nspl_sim.exercise.debrief.courses import Branch, branches
from nspl_sim.exercise.debrief.effects import Played
from nspl_sim.exercise.debrief.held import held
from nspl_sim.exercise.debrief.held_words import line
from nspl_sim.exercise.debrief.outcomes import MOST_WORSE
from nspl_sim.exercise.debrief.quantities import (
    IN_LINE,
    IN_STEPS,
    NO_KIND,
    POSTPONED,
    TURNED_AWAY,
    Difference,
    all_together,
)
from nspl_sim.exercise.debrief.whole import _planned
from nspl_sim.exercise.play.desk import Desk
from nspl_sim.exercise.play.orders import take
from nspl_sim.paper.language import Language
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY, HOUR, MINUTE
from tests.unit.test_debrief_answer import made, recount
from tests.unit.test_play import session, usual, world

EN = Language("en")
WORDS = Words(world(), EN)
ICU = world().kinds.index("icu")
AT_S = 2 * DAY
PAUSE = {"planned": {1: 0, 2: 0, 3: 0}}
CLOCK = usual().clock


@cache
def answer(playing: tuple[int, ...] = (), language: str = "en") -> Answer:
    decided = made(
        (AT_S, "a,b,c", PAUSE),
        (AT_S + HOUR, "a", {"surge_steps": 1}),
        (AT_S + HOUR, "a", {"asks_only": []}),
    )
    return Answer(
        branches(usual(), decided, []), decided, CLOCK, Words(world(), Language(language)), list(playing)
    )


def postponed(branch: Branch, *regions: int) -> int:
    """Count in one walk."""
    return sum(
        event == Event.POSTPONED and region in regions and CLOCK.from_s <= t < CLOCK.to_s
        for t, event, _, region, _, _ in branch.course.journal.rows()
    )


def in_line_h(branch: Branch, region: int) -> int:
    """Return the hours in line for intensive care, in one walk."""
    since: dict[int, int] = {}
    seconds = 0
    for t, event, patient, where, unit, _ in branch.course.journal.rows():
        if event in (Event.PLACED, Event.ADMITTED, Event.DIED_WAITING, Event.REFUSED) and patient in since:
            seconds += max(0, min(t, CLOCK.to_s) - max(since.pop(patient), CLOCK.from_s))
        if event == Event.ASKED and (where, unit) == (region, ICU):
            since[patient] = t
    seconds += sum(max(0, CLOCK.to_s - max(t, CLOCK.from_s)) for t in since.values())
    return round(seconds / HOUR)


# ---------------------------------------------------------------- one sentence, and who stands where


@pytest.mark.parametrize("playing", [(), (1,), (0, 2)])
def test_the_answer_begins_with_one_sentence_of_those_concerned(playing: tuple[int, ...]) -> None:
    found = answer(playing)
    first, nation, *_ = found.sentences()
    regions = playing or (0, 1, 2)
    assert found.concerned() == list(regions)
    assert f"in {EN.listing([WORDS.short(r) for r in regions])} waited" in first
    waited = [sum(in_line_h(branch, r) for r in regions) for branch in found.branches[:2]]
    planned = [postponed(branch, *regions) for branch in found.branches[:2]]
    assert waited[0] != waited[1]
    assert [int(n) for n in re.findall(r"\d+", first)] == [*waited, *dict.fromkeys(planned)]
    assert first.count(".") == 1 and first.endswith(".") and nation.startswith("The nation.")


def test_who_plays_stands_first_and_equal_decisions_of_others_in_one_line() -> None:
    first, others = answer((0,)).regions()
    assert first.who == WORDS.short(0) and first.plays
    assert others.who == f"{WORDS.short(1)} and {WORDS.short(2)} (not playing)" and not others.plays
    sent = [recount(branch)["sent"] for branch in answer().branches[:2]]
    n, other = (found[1, ICU] + found[2, ICU] for found in sent)
    assert (
        f"own patients in line promised a bed elsewhere (ICU), together: {n} instead of {other}"
        in others.came
    )
    assert others.apart == abs(n - other) > 0
    assert f"planned admissions postponed {postponed(answer().branches[0], 1, 2)}" in others.came


@pytest.mark.parametrize(
    ("mine", "said"),
    [
        (1, "sköts 1 planerad inläggning upp i stället för 7"),
        (9, "sköts 9 planerade inläggningar upp i stället för 7"),
        (7, "sköts lika många planerade inläggningar upp som utan dem, 7"),
    ],
)
def test_the_sentence_says_more_fewer_and_as_many(mine: int, said: str) -> None:
    assert Language("sv").say(_planned(Difference(POSTPONED, 0, NO_KIND, mine, 7))) == said


def test_decisions_of_others_that_are_not_equal_have_a_line_each() -> None:
    plays, *others = answer((1,)).regions()
    assert plays.who == WORDS.short(1) and len(others) == 2
    assert [one.apart for one in others] == sorted((one.apart for one in others), reverse=True)
    assert answer((1,)).table().rows[1][0] == "2 other regions"
    n, other = (postponed(branch, 0, 2) for branch in answer().branches[:2])
    assert answer((1,)).table().rows[1][1] == f"{n} ({other})"


# ---------------------------------------------------------------- extra beds, step by step


def spans(branch: Branch, region: int, step: int) -> list[tuple[int, int]]:
    """Return from when to when a step was open after the decision, in one walk."""
    found: list[tuple[int, int]] = []
    opened = None
    for t, event, _, where, unit, detail in branch.course.journal.rows():
        if t >= CLOCK.to_s or (where, unit, detail) != (region, ICU, step):
            continue
        if event == Event.OPENED and opened is None:
            opened = t
        elif event == Event.CLOSED and opened is not None:
            found.append((opened, t))
            opened = None
    found += [(opened, CLOCK.to_s)] if opened is not None else []
    return [one for one in found if one[1] > AT_S + HOUR]


def said_open(found: list[tuple[int, int]]) -> str:
    told = [f"{CLOCK.said(a)}–{CLOCK.said(b) if b < CLOCK.to_s else 'ENDEX'}" for a, b in found]
    return f"open {', '.join(told)}" if told else "not open"


def test_it_is_told_which_step_was_open_when_and_when_it_would_have_been_anyway() -> None:
    one = next(one for one in answer().regions() if one.who == WORDS.short(0))
    mine, theirs = (spans(branch, 0, 1) for branch in answer().branches[:2])
    other = "the same" if mine == theirs else said_open(theirs)
    assert mine
    assert re.search(
        rf"step 1 \(\d+ [^)]+\) {re.escape(said_open(mine))}, without the decisions {re.escape(other)}",
        one.came,
    )


def test_the_steps_open_at_the_end_hold_the_beds_that_are_counted_there() -> None:
    beds = geography(world()).surge_beds
    for played in answer().played:
        for (region, kind), n in np.ndenumerate(IN_STEPS.of(played)):
            open_now = [
                s for s, one in played.steps(region, kind).items() if one and one[-1][1] == CLOCK.to_s
            ]
            assert n == sum(beds[region, kind][step - 1] for step in open_now)


def test_a_step_that_closes_without_having_opened_was_only_ordered() -> None:
    journal = answer().branches[0].course.journal
    rows = np.flatnonzero(journal.event == Event.OPENED)
    course = answer().branches[0].course
    here = int(journal.region[rows[0]]), int(journal.unit[rows[0]])
    kept = journal.only(journal.event != Event.OPENED)
    without = type(course)(course.scenario, course.demand, kept, course.plan)
    assert not any(Played(without, CLOCK.from_s, CLOCK.to_s).steps(*here).values())


def test_the_hours_are_those_that_play_tells(tmp_path: Path) -> None:
    playing, said = session(tmp_path), list[str]()
    desk = Desk(playing, said.append, lambda ends: [])
    while playing.now_s < AT_S:
        take(desk, "+80")
    take(desk, "decide a steps 1")
    [opens] = [one for one in said if "step 1" in one and "opens" in one]
    found = Answer(branches(usual(), playing.state.decisions, []), playing.state.decisions, CLOCK, WORDS)
    [came] = [one.came for one in found.regions()]
    [told] = re.findall(r"step 1 \([^)]+\) open (D\+\d+ \d\d:\d\d)", came)
    assert told in opens


# ---------------------------------------------------------------- what is worse, and what was nothing


def test_the_largest_of_what_is_worse_is_told_of_every_region() -> None:
    looked_at = 0
    for region in range(3):
        [one] = [one for one in answer().regions() if one.who == WORDS.short(region)]
        worse = [d for d in all_together(answer().beside, [region]) if d.is_worse]
        for found in sorted(worse, key=lambda d: -d.apart)[:MOST_WORSE]:
            looked_at += 1
            title = found.title(WORDS)
            assert f"{title}: {found.mine} instead of {found.theirs}".lower() in one.came.lower()
    assert looked_at
    [a] = [one for one in answer().regions() if one.who == WORDS.short(0)]
    hours = [in_line_h(branch, 0) for branch in answer().branches[:2]]
    assert hours[0] > hours[1] and f"hours in line (ICU): {hours[0]} instead of {hours[1]}" in a.came


@pytest.mark.parametrize(
    ("language", "said"), [("en", "nobody was turned away (ICU)"), ("sv", "ingen avvisades (IVA)")]
)
def test_a_decision_that_came_to_nothing_says_so(language: str, said: str) -> None:
    late = made((CLOCK.to_s - MINUTE, "a", {"turns_away_from": 5}))
    found = Answer(branches(usual(), late, []), late, CLOCK, Words(world(), Language(language)))
    assert TURNED_AWAY.of(found.played[0])[0, ICU] == 0
    assert [one.came for one in found.regions()] == [said]
    moved = made((CLOCK.to_s - MINUTE, "a", {"moves": {"to": "b", "patients": 1}, "kind": "icu"}))
    found = Answer(branches(usual(), moved, []), moved, CLOCK, Words(world(), Language(language)))
    n = found.played[0].moved_at(CLOCK.to_s - MINUTE, 0, ICU, 1)
    b = found.words.short(1)
    nobody = {"en": f"nobody was moved to {b}", "sv": f"ingen flyttades till {b}"}[language]
    assert (nobody in found.regions()[0].came) == (n == 0)


def test_what_nobody_wants_is_worse_when_there_is_more_of_it() -> None:
    found = {(d.quantity.name, d.mine > d.theirs): d.is_worse for d in all_together(answer().beside, [0])}
    for (name, more), worse in found.items():
        assert worse == (more and name in {q.name for q in (IN_LINE, POSTPONED, TURNED_AWAY)})


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"keeps_free": 1}, "håller 1 vårdplats fri (IVA)"),
        ({"keeps_free": 2}, "håller 2 vårdplatser fria (IVA)"),
        (
            {"discharge_share": 1.0, "fetches": False},
            "slippa vänta på kommunen och hämtar inte med eget team",
        ),
        ({"keeps_free": 2, "planned": {1: 0.3, 2: 0.3, 3: 0.3}}, "och genomför 30 % av planerad vård"),
        ({"lends": {"to": "b", "beds": 2}}, "lånar ut personal för 2 IVA-platser till"),
    ],
)
def test_decisions_in_good_swedish(what: dict[str, Any], said: str) -> None:
    words = Words(world(), Language("sv"))
    found = held(made((AT_S, "a", what)), geography(world()), CLOCK.to_s)
    assert said in line(found, CLOCK, words)
