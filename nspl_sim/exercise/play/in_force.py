"""Which decisions are in force, as they were said: what a later one has replaced, or lifted, is not."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.play import room
from nspl_sim.exercise.play.decision_words import things
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import ONCE, Decision, What
from nspl_sim.policies.rules import Geography
from nspl_sim.system.simulate import geography
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.text import text


def in_force(decisions: Sequence[Decision], time_s: int, known: Geography) -> list[Decision]:
    """Return what holds at *time_s*, one decision for each region, second and kind, by region and time.

    Of loans or moves to several regions at one second each but the first is a decision of its own. Who
    decides the same again has decided it when they first did. What happens once, moves of patients, is
    told for a day.
    """
    made = sorted((one for one in decisions if one.time_s <= time_s), key=lambda one: one.time_s)
    groups: dict[tuple[str, int, str, int], dict[str, Any]] = {}

    def put(region: str, one: Decision, name: str, value: Any, of_kind: bool) -> None:
        kind = {"kind": one.what.kind} if of_kind else {}
        of, is_planned = (region, one.time_s, kind.get("kind", "")), name == "planned"
        place = next(n for n in count() if is_planned or name not in groups.get((*of, n), {}))
        said = groups.setdefault((*of, place), dict(kind))
        said[name] = {**said.get("planned", {}), **value} if is_planned else value

    decided = Decided(made, known)
    alone = [(one, Decided([one], known).in_force(one.time_s)) for one in reversed(made)]
    for key in sorted(decided.in_force(time_s)):
        name, region, place, _ = key
        since_s = decided.since(key, time_s)
        one = next(one for one, said in alone if one.time_s == since_s and key in said)
        value, is_planned = getattr(one.what, name), name == "planned"
        value = {place: value[place]} if is_planned else value
        put(known.regions[region], one, name, value, place >= 0 and not is_planned)
    for one in made:
        for name in one.what.said() if one.time_s > time_s - DAY else ():
            for whose in one.regions if name in ONCE else ():
                put(whose, one, name, getattr(one.what, name), True)
    return [
        Decision(since_s, (region,), What.model_construct(**said))
        for (region, since_s, *_), said in sorted(groups.items(), key=lambda group: group[0])
    ]


def listed(decisions: Sequence[Decision], time_s: int, material: Material) -> list[tuple[str, str]]:
    """Return since or from when, and what of whom: what is in force, and what is decided for later."""
    later = sorted((one for one in decisions if one.time_s > time_s), key=lambda one: one.time_s)
    held = in_force(decisions, time_s, geography(material.scenario))
    return _by_whom([(one, things(one, material.words)) for one in [*held, *later]], time_s, material)


def replaced(made: Sequence[Decision], new: Sequence[Decision], material: Material) -> list[tuple[str, str]]:
    """Return what *new* decisions for several regions put an end to: whose, since when, and what."""
    several = [one for one in new if len(one.regions) > 1]
    if not several:
        return []
    words, known = material.words, geography(material.scenario)
    time_s = max(one.time_s for one in several)
    after = {
        (one.regions, said) for one in in_force([*made, *new], time_s, known) for said in things(one, words)
    }
    ended = [
        (one, [said for said in things(one, words) if (one.regions, said) not in after])
        for one in in_force(made, time_s, known)
    ]
    return _by_whom([(one, said) for one, said in ended if said], time_s, material)


def _by_whom(
    told: Sequence[tuple[Decision, list[str]]], time_s: int, material: Material
) -> list[tuple[str, str]]:
    """Return whose, since or from when, and what, with all of one region and second together."""
    words, say = material.words, material.say
    found: dict[str, list[str]] = {}
    for one, said in told:
        when = say(room.both(material.clock, one.time_s))
        who = words.language.listing([words.short(material.number(key)) for key in one.regions])
        since = text("{who}, since {when}", who=who, when=when)
        begins = text("{who}, from {when}", who=who, when=when)
        found.setdefault(say(begins if one.time_s > time_s else since), []).extend(said)
    return [(whose, "; ".join(said)) for whose, said in found.items()]
