"""A decision in plain words: as it stands in the log, and as somebody enters it.

Entered is ``REGIONS WORD VALUE``, several with ``;`` between: ``skane,halland planerat 3=0; trappsteg 1``.
"""

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nspl_sim.exercise.counted import counted
from nspl_sim.exercise.words import Words
from nspl_sim.paper.language import in_all
from nspl_sim.paper.naming import kind_words
from nspl_sim.policies.decision import LASTING, Decision, What
from nspl_sim.reading.showing import nearest
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
    "planned": text("50%, or 2=50% 3=0: how much planned care goes ahead, by priority; 0 is a pause"),
    "surge_steps": text("NUMBER: steps of extra beds that are to be open"),
    "lends": text("REGION BEDS [TEAMS]: staff that go there; 0 beds: they are called home"),
    "moves": text("REGION PATIENTS: in-patients who are taken there, once"),
    "brings_home": text("BEDS: residents come home, once, while more beds than this are free"),
    "turns_away_from": text("URGENCY: who asks for a first bed and is as little urgent is turned away"),
    "discharge_share": text("30%: share of the discharge-ready whose wait for the municipality is cut"),
    "lifts": text("WORD WORD, or nothing for all: what is again as the plan says"),
}
"""What stands after the word, and what it means."""

ALL, NOBODY = text("all"), text("nobody")
YES, NO = text("yes"), text("no")
MOST = 5
"""So many regions are named one by one; more are counted."""


class BadEntry(NsplError):
    """Words that are no decision."""

    exit_code = EXIT_USAGE


@dataclass(frozen=True)
class Reader:
    """Reads what is entered, in either language."""

    words: Words
    spoken: Mapping[str, frozenset[str]]
    """By part of a decision: its words."""

    @classmethod
    def of(cls, words: Words) -> "Reader":
        """Return the reader of a scenario's names."""
        return cls(words, {name: in_all(word) | {name} for name, word in ENTERED.items()})

    def entries(self, written: str) -> list[dict[str, Any]]:
        """Return the regions and what they decide, as a file would hold them, without a time."""
        try:
            first, *rest = [shlex.split(part) for part in written.split(";")]
        except ValueError as wrong:
            raise BadEntry(text("a quotation mark is missing")) from wrong
        if len(first) < 2:
            raise BadEntry(text("write REGION WORD VALUE; the words are: {words}", words=self._known()))
        regions = self.regions(first[0])
        return [{"regions": regions, "what": self._what(part)} for part in (first[1:], *filter(None, rest))]

    def regions(self, written: str) -> list[str]:
        """Return the keys of the regions *written* with commas between, by key or by name."""
        names = [name.strip() for name in written.split(",") if name.strip()]
        if len(names) == 1 and names[0].casefold() in in_all(ALL):
            return list(self.words.scenario.region_keys)
        return [self.region(name) for name in names]

    def region(self, written: str) -> str:
        """Return the key of the region called *written*; another name stays as it is."""
        keys = self.words.scenario.region_keys
        known = {key: key for key in keys}
        for number, key in enumerate(keys):
            for name in (self.words.short(number), self.words.region(number)):
                known.setdefault(name.casefold(), key)
        return known.get(written.casefold(), written)

    def _what(self, parts: list[str]) -> dict[str, Any]:
        """Return one thing decided: its word, perhaps with the kind of unit behind an @, and its value."""
        parts = self._joined(parts)
        word, _, kind = parts[0].partition("@")
        name = next((n for n, said in self.spoken.items() if word.casefold() in said), None)
        if name is None:
            known = [self.words.language.say(one) for one in ENTERED.values()]
            rule = text(
                "{word} is no word of a decision; the words are: {words}", word=word, words=self._known()
            )
            meant = nearest(word, known)
            raise BadEntry(text('{wrong}; did you mean "{name}"?', wrong=rule, name=meant) if meant else rule)
        given = self._value(name, parts[1:])
        return {"kind": kind, name: given} if kind else {name: given}

    def _joined(self, parts: list[str]) -> list[str]:
        """Return *parts*; two words that are one with a hyphen between, ``takes in``, are that one."""
        known = {w for said in self.spoken.values() for w in said}
        one, both = (word.partition("@")[0].casefold() for word in (parts[0], "-".join(parts[:2])))
        return ["-".join(parts[:2]), *parts[2:]] if one not in known and both in known else parts

    def _value(self, name: str, given: list[str]) -> Any:
        """Return the value as a file would hold it; what cannot be is left for the check of files."""
        match name, given:
            case (("asks_first" | "asks_only"), _):
                nobody = len(given) == 1 and given[0].casefold() in in_all(NOBODY)
                return [] if nobody else self.regions(",".join(given))
            case (("receives" | "fetches"), [word]):
                return self._yes(word)
            case "planned", [share] if "=" not in share:
                return {priority: _share(share) for priority in (1, 2, 3)}
            case "planned", [_, *_]:
                pairs = (part.partition("=") for part in given)
                return {_number(priority): _share(share) for priority, _, share in pairs}
            case "lends", [to, beds, *teams] if len(teams) < 2:
                more = {"teams": _number(teams[0])} if teams else {}
                return {"to": self.region(to), "beds": _number(beds), **more}
            case "moves", [to, patients]:
                return {"to": self.region(to), "patients": _number(patients)}
            case "discharge_share", [share]:
                return _share(share)
            case "lifts", _:
                return [self._lifted(word) for word in given] or list(LASTING)
            case _, [value] if name not in ("lends", "moves"):
                return _number(value)
            case _:
                word, how = self.words.language.say(ENTERED[name]), HOW[name]
                raise BadEntry(text("{word} is followed by {how}", word=word, how=how))

    def _lifted(self, word: str) -> str:
        return next((n for n, said in self.spoken.items() if word.casefold() in said), word)

    def _yes(self, word: str) -> Any:
        told = {w: yes for yes, said in ((True, YES), (False, NO)) for w in in_all(said)}
        if word.casefold() not in told:
            raise BadEntry(text("{given} is neither yes nor no", given=word))
        return told[word.casefold()]

    def _known(self) -> str:
        return ", ".join(self.words.language.say(word) for word in ENTERED.values())


def _number(written: str) -> Any:
    """Return *written* with a decimal point; the check of files says what is wrong with it."""
    return written.replace(",", ".", 1) if re.fullmatch(r"-?\d+,\d{1,2}", written) else written


def _share(written: str) -> float:
    """Return a share as a file holds it: ``50%`` is 0.5, and so is ``50``."""
    try:
        found = float(_number(written.removesuffix("%")))
    except ValueError:
        found = -1.0
    share = found / 100 if written.endswith("%") or found > 1 else found
    if not 0 <= share <= 1:
        raise BadEntry(text("{given} is no share: write it in per cent, from 0% to 100%", given=written))
    return share


# ------------------------------------------------------------ in words


def sentences(decision: Decision, words: Words) -> list[str]:
    """Return what was decided, a sentence for each thing."""
    who = _named(decision.regions, words)
    return [
        words.language.say(text("{who}: {what}.", who=who, what=what)) for what in things(decision, words)
    ]


def things(decision: Decision, words: Words) -> list[str]:
    """Return each thing that was decided, without who decided it."""
    return [words.language.say(_SAYS[name](decision.what, words)) for name in decision.what.said()]


def _named(keys: tuple[str, ...] | list[str], words: Words) -> str:
    """Return the names of regions; many are counted."""
    numbers = [words.scenario.region_keys.index(key) for key in keys]
    if len(numbers) == len(words.scenario.region_keys) > 1:
        return words.language.say(text("all regions"))
    if len(numbers) > MOST:
        return words.language.say(counted(len(numbers), "regions"))
    return words.language.listing([words.short(number) for number in numbers])


def _percent(share: float) -> str:
    return f"{100 * share:g}"


def _planned(what: What, words: Words) -> Text:
    shares = what.planned or {}
    if len(set(shares.values())) == 1 and len(shares) == 3:
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
    "keeps_free": lambda w, _: text(
        "keeps {beds} in {kind} free from the patients of others",
        beds=counted(w.keeps_free or 0, "beds"),
        kind=kind_words(w.kind),
    ),
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
    "brings_home": lambda w, _: text(
        "brings its residents in {kind} home, and keeps {beds} free",
        kind=kind_words(w.kind),
        beds=counted(w.brings_home or 0, "beds"),
    ),
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
