"""Which decisions are in force: what a later one of the same kind has replaced, or lifted, is not."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from nspl_sim.exercise.material import Material
from nspl_sim.exercise.play import room
from nspl_sim.exercise.play.decision_words import things
from nspl_sim.policies.decision import LASTING, Decision, What
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.text import text

_OF_A_KIND = {"asks_first", "asks_only", "receives", "keeps_free", "receives_at_most", "surge_steps", "lends"}
_OF_A_KIND |= {"turns_away_from", "moves", "brings_home"}
"""What is decided for each kind of unit by itself."""
_OTHER_WAY = {"asks_first": "asks_only", "asks_only": "asks_first"}
"""Two ways to say the same: the later stands."""


class Place(NamedTuple):
    """What a decision is about; one stands in each place."""

    region: str
    name: str
    kind: str
    part: str
    """A priority, to whom staff are lent, or when something happened that happens once."""


class Held(NamedTuple):
    """What stands there."""

    time_s: int
    value: Any


def in_force(decisions: Sequence[Decision], time_s: int) -> list[Decision]:
    """Return what holds at *time_s*, one decision for each region, second and kind, by region and time.

    Who decides the same again has decided it when they first did. What happens once, moves of patients,
    is told for a day.
    """
    held: dict[Place, Held] = {}
    for one in sorted(decisions, key=lambda d: d.time_s):
        if one.time_s <= time_s:
            for region in one.regions:
                _decide(held, region, one)
    now = {p: h for p, h in held.items() if p.name in LASTING or h.time_s > time_s - DAY}
    groups: dict[tuple[str, int, str], dict[str, Any]] = {}
    for place, (since_s, value) in now.items():
        of_kind = {"kind": place.kind} if place.kind else {}
        said = groups.setdefault((place.region, since_s, place.kind), dict(of_kind))
        said[place.name] = {**said.get("planned", {}), **value} if place.name == "planned" else value
    return [
        Decision(since_s, (region,), What.model_construct(**said))
        for (region, since_s, _), said in sorted(groups.items(), key=lambda group: group[0])
    ]


def _decide(held: dict[Place, Held], region: str, one: Decision) -> None:
    """Write into *held* what *region* decides."""
    what = one.what
    for lifted in what.lifts or ():
        of_kind = what.kind if lifted in _OF_A_KIND and lifted != "lends" else None
        for place in [p for p in held if p[:2] == (region, lifted) and of_kind in (None, p.kind)]:
            del held[place]
    for name in what.said():
        value, kind = getattr(what, name), what.kind if name in _OF_A_KIND else ""
        if name == "planned":
            for priority, share in value.items():
                _put(held, Place(region, name, kind, str(priority)), one.time_s, {priority: share})
        elif name == "lends":
            place = Place(region, name, kind, value.to)
            if value.beds:
                _put(held, place, one.time_s, value)
            else:
                held.pop(place, None)
        elif name in LASTING:
            held.pop(Place(region, _OTHER_WAY.get(name, ""), kind, ""), None)
            _put(held, Place(region, name, kind, ""), one.time_s, value)
        elif name != "lifts":
            _put(held, Place(region, name, kind, str(one.time_s)), one.time_s, value)


def _put(held: dict[Place, Held], place: Place, time_s: int, value: Any) -> None:
    """Let *value* stand; the same as before stands since then."""
    before = held.get(place)
    if before is None or before.value != value:
        held[place] = Held(time_s, value)


def listed(decisions: Sequence[Decision], time_s: int, material: Material) -> list[tuple[str, str]]:
    """Return since or from when, and what of whom: what is in force, and what is decided for later."""
    words, say = material.words, material.say
    later = sorted((one for one in decisions if one.time_s > time_s), key=lambda one: one.time_s)
    found: dict[str, list[str]] = {}
    for one in [*in_force(decisions, time_s), *later]:
        when = say(room.both(material.clock, one.time_s))
        who = words.language.listing([words.short(material.number(key)) for key in one.regions])
        since = text("{who}, since {when}", who=who, when=when)
        begins = text("{who}, from {when}", who=who, when=when)
        found.setdefault(say(begins if one.time_s > time_s else since), []).extend(things(one, words))
    return [(whose, "; ".join(said)) for whose, said in found.items()]
