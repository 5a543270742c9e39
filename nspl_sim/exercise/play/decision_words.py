"""A decision in plain words: the word of each part, and the sentence that it becomes.

Its neighbour reads what somebody enters: :mod:`~nspl_sim.exercise.play.entered`.
"""

from collections.abc import Callable

from nspl_sim.exercise.course.counted import counted
from nspl_sim.exercise.course.words import Words
from nspl_sim.paper.naming import kind_words
from nspl_sim.policies.decision import LASTING, Decision, What
from nspl_sim.vocabulary.errors import EXIT_USAGE, NsplError
from nspl_sim.vocabulary.text import Text, text

ENTERED: dict[str, Text] = {
    "asks_first": text("asks-first"),
    "asks_only": text("asks-only"),
    "asks_at_once": text("asks-at-once"),
    "max_hours": text("longest-way"),
    "answer_minutes": text("answers-in"),
    "receives": text("receives"),
    "keeps_free": text("keeps-free"),
    "receives_at_most": text("receives-at-most"),
    "fetches": text("fetches"),
    "planned": text("planned"),
    "surge_steps": text("steps"),
    "lends": text("lends"),
    "moves": text("moves"),
    "brings_home": text("brings-home"),
    "turns_away_from": text("turns-away-from"),
    "discharge_share": text("discharge"),
    "lifts": text("as-planned"),
}
"""The word that each part of a decision is entered with."""

HOW: dict[str, Text] = {
    "asks_first": text("REGION,REGION: whom it asks for a bed first, in this order"),
    "asks_only": text("REGION,REGION: whom it asks, and nobody else; nobody: it asks nobody"),
    "asks_at_once": text("NUMBER: how many it asks at the same time"),
    "max_hours": text("HOURS: asks nobody farther away than this, from departure to admission"),
    "answer_minutes": text("MINUTES: how long it takes to answer others"),
    "receives": text("yes or no: whether it receives the patients of others"),
    "keeps_free": text("BEDS: how many it keeps free from the patients of others"),
    "receives_at_most": text("PATIENTS: how many of others it says yes to between two reviews"),
    "fetches": text("yes or no: whether it fetches with its own team and vehicle"),
    "planned": text("50 %, or 2=50 % 3=0: how much planned care goes ahead, by priority; 0 is a pause"),
    "surge_steps": text("NUMBER: steps of extra beds that are to be open"),
    "lends": text("REGION BEDS [TEAMS]: staff that go there; 0 beds: they are called home"),
    "moves": text("REGION PATIENTS: in-patients who are taken there, once"),
    "brings_home": text("BEDS: residents come home, once, while more beds than this are free"),
    "turns_away_from": text("URGENCY: who asks for a first bed and is as little urgent is turned away"),
    "discharge_share": text("30 %: share of the discharge-ready whose wait for the municipality is cut"),
    "lifts": text("WORD WORD, or nothing for all: what is again as the plan says"),
}
"""What stands after the word, and what it means."""

NOBODY = text("nobody")
MOST = 5
"""So many regions are named one by one; more are counted."""


class BadEntry(NsplError):
    """Words that are no decision."""

    exit_code = EXIT_USAGE


def sentences(decision: Decision, words: Words) -> list[str]:
    """Return what was decided, a sentence for each thing."""
    who = _named(decision.regions, words)
    who = who[:1].upper() + who[1:] if len(decision.regions) > MOST else who
    return [
        words.language.say(text("{who}: {what}.", who=who, what=what)) for what in things(decision, words)
    ]


def things(decision: Decision, words: Words) -> list[str]:
    """Return each thing that was decided, without who decided it."""
    return [words.language.say(_SAYS[name](decision.what, words)) for name in decision.what.said()]


def clauses(decision: Decision, words: Words) -> list[str]:
    """Return each thing that was decided as a sentence of its own, about ``the region``."""
    said = []
    for name in decision.what.said():
        what = words.language.say(_SAYS[name](decision.what, words))
        whole = text("{what}.", what=what[:1].upper() + what[1:])
        said.append(
            words.language.say(whole if name in _OF_ITSELF else text("The region {what}.", what=what))
        )
    return said


_OF_ITSELF = ("planned", "discharge_share", "lifts")
"""What is said without saying who."""


def _named(keys: tuple[str, ...] | list[str], words: Words) -> str:
    """Return the names of regions; many are counted."""
    numbers = [words.scenario.region_keys.index(key) for key in keys]
    if len(numbers) == len(words.scenario.region_keys) > 1:
        return words.language.say(text("all regions"))
    if len(numbers) > MOST:
        return words.language.say(counted(len(numbers), "regions"))
    return words.language.listing([words.short(number) for number in numbers])


def _percent(share: float) -> float:
    return round(100 * share, 6)


def _planned(what: What, words: Words) -> Text:
    shares = what.planned or {}
    if len(set(shares.values())) == 1 and len(shares) == 3:
        if shares[1] in (0, 1):
            return text("all planned care goes ahead") if shares[1] else text("no planned care goes ahead")
        return text("{share} per cent of planned care goes ahead", share=_percent(shares[1]))
    listed = [
        words.language.say(text("{share} per cent of priority {n}", share=_percent(s), n=n))
        for n, s in sorted(shares.items())
    ]
    return text("of planned care goes ahead: {list}", list=listed)


def _lends(what: What, words: Words) -> Text:
    assert what.lends is not None
    to = _named([what.lends.to], words)
    if not what.lends.beds:
        return text("calls its staff home from {to}", to=to)
    beds = counted(what.lends.beds, "beds")
    if not what.lends.teams:
        return text("lends staff for {beds} of {kind} to {to}", beds=beds, kind=kind_words(what.kind), to=to)
    teams = counted(what.lends.teams, "teams")
    kind = kind_words(what.kind)
    return text(
        "lends staff for {beds} of {kind} and {teams} to {to}", beds=beds, kind=kind, teams=teams, to=to
    )


def _moves(what: What, words: Words) -> Text:
    assert what.moves is not None
    who = counted(what.moves.patients, "patients")
    return text(
        "moves at most {who} in {kind} to {to}",
        who=who,
        kind=kind_words(what.kind),
        to=_named([what.moves.to], words),
    )


def _asks_only(what: What, words: Words) -> Text:
    if not what.asks_only:
        return text("asks nobody for a bed in {kind}", kind=kind_words(what.kind))
    return text(
        "asks only {whom} for a bed in {kind}", whom=_named(what.asks_only, words), kind=kind_words(what.kind)
    )


def _asks_first(what: What, words: Words) -> Text:
    whom = words.language.listing([_named([key], words) for key in what.asks_first or ()])
    return text("asks {whom} first for a bed in {kind}", whom=whom, kind=kind_words(what.kind))


def _receives(what: What, words: Words) -> Text:
    if what.receives:
        return text("receives the patients of others in {kind}", kind=kind_words(what.kind))
    return text("does not receive the patients of others in {kind}", kind=kind_words(what.kind))


def _keeps_free(what: What, words: Words) -> Text:
    kind = kind_words(what.kind)
    if what.keeps_free == 1:
        return text("keeps one bed in {kind} free from the patients of others", kind=kind)
    beds = counted(what.keeps_free or 0, "beds")
    return text("keeps {beds} in {kind} free from the patients of others", beds=beds, kind=kind)


def _brings_home(what: What, words: Words) -> Text:
    kind = kind_words(what.kind)
    if what.brings_home == 1:
        return text("brings its residents in {kind} home, and keeps one bed free", kind=kind)
    beds = counted(what.brings_home or 0, "beds")
    return text("brings its residents in {kind} home, and keeps {beds} free", kind=kind, beds=beds)


def _lifts(what: What, words: Words) -> Text:
    lifted = what.lifts or ()
    if len(lifted) == len(LASTING):
        return text("everything is again as the plan says")
    named = words.language.listing([words.language.say(ENTERED[name]) for name in lifted])
    return text("again as the plan says: {list}", list=named)


_SAYS: dict[str, Callable[[What, Words], Text]] = {
    "asks_first": _asks_first,
    "asks_only": _asks_only,
    "asks_at_once": lambda w, _: text("asks {n} at the same time", n=w.asks_at_once),
    "max_hours": lambda w, _: text("asks nobody farther away than {h} h", h=w.max_hours),
    "answer_minutes": lambda w, _: text("answers within {minutes} minutes", minutes=w.answer_minutes),
    "receives": _receives,
    "keeps_free": _keeps_free,
    "receives_at_most": lambda w, _: text(
        "receives at most {who} in {kind} between two reviews",
        who=counted(w.receives_at_most or 0, "patients"),
        kind=kind_words(w.kind),
    ),
    "fetches": lambda w, _: (
        text("fetches with its own team and vehicle")
        if w.fetches
        else text("does not fetch with its own team and vehicle")
    ),
    "planned": _planned,
    "surge_steps": lambda w, _: text(
        "is to have {n} steps of extra beds open in {kind}", n=w.surge_steps, kind=kind_words(w.kind)
    ),
    "lends": _lends,
    "moves": _moves,
    "brings_home": _brings_home,
    "turns_away_from": lambda w, _: text(
        "turns away from {kind} who has urgency {n} or less urgent",
        kind=kind_words(w.kind),
        n=w.turns_away_from,
    ),
    "discharge_share": lambda w, _: text(
        "{share} per cent of the discharge-ready do not wait for the municipality",
        share=_percent(w.discharge_share or 0.0),
    ),
    "lifts": _lifts,
}
