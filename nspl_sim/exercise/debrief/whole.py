"""The answer in one sentence for those concerned, and what it came to in the nation."""

from collections.abc import Iterator, Sequence

from nspl_sim.exercise.course.counted import counted
from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.effects import Beside
from nspl_sim.exercise.debrief.measures import FEWER, LEAST_TOLD
from nspl_sim.exercise.debrief.quantities import IN_LINE, NO_KIND, POSTPONED, Difference, together
from nspl_sim.measures.course import ICU
from nspl_sim.vocabulary.text import Text, text

LUCK = text("A handful of deaths up or down in one single course is luck, and no verdict on the decisions.")
MOST_NAMED = 5
"""So many regions are named one by one; more are counted."""


def in_one_sentence(regions: Sequence[int], beside: Beside, words: Words) -> Text:
    """Return what all decisions came to in *regions* together: the wait for intensive care, planned care."""
    where = _where(regions, words)
    postponed = together(beside, regions, POSTPONED, NO_KIND)
    assert postponed is not None
    if ICU not in words.scenario.kinds:
        return text("With the decisions {planned} in {where}.", planned=_planned(postponed), where=where)
    waited = together(beside, regions, IN_LINE, words.scenario.kinds.index(ICU))
    assert waited is not None
    return text(
        "With the decisions {waited}, and {planned} there.",
        waited=_waited(waited, where),
        planned=_planned(postponed),
    )


def _where(regions: Sequence[int], words: Words) -> Text | str:
    if len(regions) > MOST_NAMED:
        return text("the {n} regions that decided", n=len(regions))
    return words.language.listing([words.short(region) for region in regions])


def _waited(one: Difference, where: Text | str) -> Text:
    told = {"where": where, "n": counted(one.mine, "hours")}
    if not one.apart:
        return text(
            "patients in line for intensive care in {where} waited as long as without them, {n} in all",
            **told,
        )
    return text(
        "patients in line for intensive care in {where} waited {n} in all instead of {other}",
        **told,
        other=one.theirs,
    )


def _planned(one: Difference) -> Text:
    if not one.apart:
        return text("as many planned admissions as without them, {n}, were postponed", n=one.mine)
    mine = counted(one.mine, "admissions")
    return text("{n} instead of {other} had to be postponed", n=mine, other=one.theirs)


def of_the_nation(beside: Beside, words: Words) -> Iterator[Text]:
    """Yield what all decisions came to in the nation; its hours in line stand in the table."""
    every = range(len(words.scenario.region_keys))
    postponed = together(beside, every, POSTPONED, NO_KIND)
    if ICU in words.scenario.kinds:
        icu = words.scenario.kinds.index(ICU)
        longer, shorter = beside.otherwise(-1, icu)
        yield text(
            "{longer} waited at least half an hour longer for intensive care than without the decisions, "
            "{shorter} at least half an hour less.",
            longer=longer,
            shorter=shorter,
        )
    yield from _instead(postponed, words)
    sides = (beside.mine, beside.theirs)
    yield _dead(text("Died waiting or on the way"), *(side.died_waiting() for side in sides))
    avoidable = text("Avoidable deaths among all who were in care or came, whenever they died")
    yield _dead(avoidable, *(side.died_avoidably() for side in sides))
    yield LUCK


def capital(words: str) -> str:
    """Return *words* as a heading begins."""
    return words[:1].upper() + words[1:]


def _instead(one: Difference | None, words: Words) -> Iterator[Text]:
    if one is not None and one.apart:
        yield text(
            "{who}: {n} instead of {other}.", who=capital(one.title(words)), n=one.mine, other=one.theirs
        )


def _dead(who: Text, mine: int, theirs: int) -> Text:
    """Return how many *who* were in both courses, from five up."""
    if mine < LEAST_TOLD and theirs < LEAST_TOLD:
        return text("{who}: fewer than five, with the decisions and without.", who=who)
    if mine == theirs:
        return text("{who}: {n} in both.", who=who, n=mine)
    n, other = (k if k >= LEAST_TOLD else FEWER for k in (mine, theirs))
    return text("{who}: {n} instead of {other}.", who=who, n=n, other=other)
