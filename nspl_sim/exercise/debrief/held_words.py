"""What held, in few words: a region's decisions in one line, by the hour from which they held."""

from collections.abc import Callable, Sequence
from itertools import groupby

from nspl_sim.exercise.course.counted import beds_of, counted
from nspl_sim.exercise.course.words import Words
from nspl_sim.exercise.debrief.held import Held
from nspl_sim.exercise.debrief.quantities import short_kind
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.paper import numbers
from nspl_sim.policies.decision import ONCE
from nspl_sim.vocabulary.clock import HOUR, MINUTE
from nspl_sim.vocabulary.text import Text, text


def line(decisions: Sequence[Held], clock: ExerciseClock, words: Words) -> str:
    """Return the *decisions* of one region, in order of time."""
    say = words.language.say
    told, day = [], ""
    for from_s, made in groupby(decisions, key=lambda one: one.from_s):
        what = words.language.listing([_said(one, clock, words) for one in made])
        date, _, hour = clock.said(from_s).partition(" ")
        told.append(say(text("{when}: {what}", when=hour if date == day else f"{date} {hour}", what=what)))
        day = date
    return "; ".join(told)


def _said(one: Held, clock: ExerciseClock, words: Words) -> str:
    said = words.language.say(_SAYS[one.name](one, words))
    if one.name in ONCE or one.to_s >= clock.to_s:
        return said
    return words.language.say(text("{what} (until {when})", what=said, when=clock.said(one.to_s)))


def _kind(one: Held, words: Words) -> Text | str:
    return short_kind(words.scenario.kinds[one.kind])


def _whom(regions: Sequence[int], words: Words) -> str:
    return words.language.listing([words.short(region) for region in regions])


def _planned(one: Held, words: Words) -> Text:
    shares = {
        priority: numbers.shortest(100 * share, words.language.code) for priority, share in one.value.items()
    }
    if len(shares) == 3 and len(set(shares.values())) == 1:
        share = one.value[1]
        if share in (0, 1):
            return text("carries out all planned care") if share else text("pauses all planned care")
        return text("carries out {share} % of planned care", share=shares[1])
    if len(shares) == 3:
        return text(
            "carries out {shares} % of planned care by priority 1/2/3",
            shares="/".join(s for _, s in sorted(shares.items())),
        )
    parts = [
        words.language.say(text("{share} % of priority {n}", share=share, n=priority))
        for priority, share in sorted(shares.items())
    ]
    return text("carries out of planned care {parts}", parts=words.language.listing(parts))


def _asks(one: Held, words: Words) -> Text:
    kind = _kind(one, words)
    if one.name == "asks_only" and not one.value:
        return text("asks nobody ({kind})", kind=kind)
    whom = _whom(one.value, words)
    if one.name == "asks_only":
        return text("asks only {whom} ({kind})", whom=whom, kind=kind)
    return text("asks {whom} first ({kind})", whom=whom, kind=kind)


def _lends(one: Held, words: Words) -> Text:
    beds, to = beds_of(one.value.beds, words.scenario.kinds[one.kind]), words.short(one.other)
    if not one.value.teams:
        return text("lends staff for {beds} to {to}", beds=beds, to=to)
    return text(
        "lends staff for {beds} and {teams} to {to}",
        beds=beds,
        teams=counted(one.value.teams, "teams"),
        to=to,
    )


def _receives(one: Held, words: Words) -> Text:
    kind = _kind(one, words)
    return (
        text("receives others ({kind})", kind=kind)
        if one.value
        else text("receives nobody ({kind})", kind=kind)
    )


def _keeps_free(one: Held, words: Words) -> Text:
    kind, n = _kind(one, words), one.value
    if n == 1:
        return text("keeps {n} bed free ({kind})", n=n, kind=kind)
    return text("keeps {n} beds free ({kind})", n=n, kind=kind)


def _steps(one: Held, words: Words) -> Text:
    kind, n = _kind(one, words), one.value
    if n == 1:
        return text("calls for {n} surge step ({kind})", n=n, kind=kind)
    return text("calls for {n} surge steps ({kind})", n=n, kind=kind)


def _fetches(one: Held, words: Words) -> Text:
    return text("fetches with its own team") if one.value else text("does not fetch with its own team")


def _turns_away(one: Held, words: Words) -> Text:
    return text("turns away urgency {n}–5 ({kind})", n=one.value, kind=_kind(one, words))


_SAYS: dict[str, Callable[[Held, Words], Text]] = {
    "asks_first": _asks,
    "asks_only": _asks,
    "asks_at_once": lambda one, _: text("asks {n} at once", n=one.value),
    "max_hours": lambda one, words: text(
        "asks nobody beyond {h} h", h=numbers.shortest(one.value / HOUR, words.language.code)
    ),
    "answer_minutes": lambda one, words: text(
        "answers in {minutes} min", minutes=numbers.shortest(one.value / MINUTE, words.language.code)
    ),
    "receives": _receives,
    "keeps_free": _keeps_free,
    "receives_at_most": lambda one, words: text(
        "receives at most {n} between two reviews ({kind})", n=one.value, kind=_kind(one, words)
    ),
    "fetches": _fetches,
    "planned": _planned,
    "surge_steps": _steps,
    "lends": _lends,
    "moves": lambda one, words: text(
        "moves at most {n} to {to} ({kind})",
        n=one.value,
        kind=_kind(one, words),
        to=words.short(one.other),
    ),
    "brings_home": lambda one, words: text("brings its residents home ({kind})", kind=_kind(one, words)),
    "turns_away_from": _turns_away,
    "discharge_share": lambda one, words: text(
        "lets {share} % of the discharge-ready not wait for the municipality",
        share=numbers.shortest(100 * one.value, words.language.code),
    ),
}
"""By what is decided; every part of a decision that can hold or be done."""
