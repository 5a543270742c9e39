"""Intensive care beds that the course has promised: to whom, and what to answer players who never did."""

from dataclasses import replace

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Listed
from nspl_sim.exercise.triggers.base import Moment
from nspl_sim.vocabulary.text import text


def promised(line: Timeline, region: int, time_s: int) -> tuple[Fact, ...]:
    """Return the intensive care beds of *region* that are promised, by where the patients come from."""
    every = (line.promised_from(sender, region, line.icu, time_s) for sender in line.regions)
    return tuple(fact for fact in every if fact.value)


def whose(facts: tuple[Fact, ...]) -> Listed:
    """Return the regions that the patients of promised beds come from, each with how many."""
    return Listed([fact.of_what[0] for fact in facts for _ in range(fact.value)])


def with_promises(moment: Moment, facts: tuple[Fact, ...]) -> Moment:
    """Return *moment* with ``{whose}`` for its texts, and the key to what is *promised*; as it is without."""
    if not facts:
        return moment
    listed = whose(facts)
    key = text(
        "In the course the beds were promised to patients from {whose}. If the players never said yes: the "
        "caller takes it back, the beds are free, and the patients stay where they are.",
        whose=listed,
    )
    return replace(moment, facts=(*moment.facts, *facts), words={**moment.words, "whose": listed}, answer=key)
