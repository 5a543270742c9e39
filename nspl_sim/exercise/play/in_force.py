"""Which decisions are in force, as they were said: what a later one has replaced, or lifted, is not."""

from collections.abc import Sequence
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

    Who decides the same again has decided it when they first did. What happens once, moves of patients,
    is told for a day.
    """
    made = sorted((one for one in decisions if one.time_s <= time_s), key=lambda one: one.time_s)
    groups: dict[tuple[str, int, str], dict[str, Any]] = {}

    def put(region: str, one: Decision, name: str, value: Any, of_kind: bool) -> None:
        kind = {"kind": one.what.kind} if of_kind else {}
        said = groups.setdefault((region, one.time_s, kind.get("kind", "")), dict(kind))
        said[name] = {**said.get("planned", {}), **value} if name == "planned" else value

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
        for (region, since_s, _), said in sorted(groups.items(), key=lambda group: group[0])
    ]


def listed(decisions: Sequence[Decision], time_s: int, material: Material) -> list[tuple[str, str]]:
    """Return since or from when, and what of whom: what is in force, and what is decided for later."""
    words, say = material.words, material.say
    later = sorted((one for one in decisions if one.time_s > time_s), key=lambda one: one.time_s)
    found: dict[str, list[str]] = {}
    for one in [*in_force(decisions, time_s, geography(material.scenario)), *later]:
        when = say(room.both(material.clock, one.time_s))
        who = words.language.listing([words.short(material.number(key)) for key in one.regions])
        since = text("{who}, since {when}", who=who, when=when)
        begins = text("{who}, from {when}", who=who, when=when)
        found.setdefault(say(begins if one.time_s > time_s else since), []).extend(things(one, words))
    return [(whose, "; ".join(said)) for whose, said in found.items()]
