"""The words for an event that no model knows: those of its stream, or of this one event by its time.

A stream may hurt many several times. Its scene says what all its events have in common; the place, hazards,
way in and units belong to one event: the first that is told. From the second on they are not known, unless
a scene of its own says them: ``strikes@D+6 06:07``.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from nspl_sim.exercise.course.happened import Casualties, casualties
from nspl_sim.exercise.listing.material import Material
from nspl_sim.exercise.setting.clock import ExerciseClock
from nspl_sim.exercise.setting.roles import SCENE, Roles, Scene
from nspl_sim.reading.node import place_of
from nspl_sim.reading.showing import dotted
from nspl_sim.reading.tree import read_tree
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import HOUR, MINUTE
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.patients import Demand
from nspl_sim.vocabulary.text import Text, text

OF_ONE = ("place", "hazards", "access", "units")
"""What belongs to one event and not to all of its stream."""
_TOLD_AFTER = (0, 10 * MINUTE, HOUR)
"""Seconds after an event at which something is told of it with a METHANE report."""
_MOST_NAMED = 6


def key(event: Casualties, streams: tuple[str, ...], clock: ExerciseClock) -> str:
    """Return what the roles call *event*: ``strikes@D+6 06:07``."""
    return f"{streams[event.stream]}@{clock.said(event.onset_s)}"


def name(event: Casualties, material: Material) -> str:
    """Return what the roles of *material* call *event*."""
    return key(event, material.line.course.demand.streams, material.clock)


def of(event: Casualties, material: Material) -> Scene:
    """Return the words for *event*: its own, and for what they leave out those of its stream."""
    scenes = material.roles.scenes
    if not scenes:
        return Scene()
    shared = scenes.get(material.line.course.demand.streams[event.stream], Scene())
    if event != _first(event, material):
        shared = shared.model_copy(update=dict.fromkeys(OF_ONE))
    own = scenes.get(name(event, material))
    if own is None:
        return shared
    injuries = {**shared.injuries, **own.injuries}
    said = {field: getattr(own, field) for field in own.model_fields_set if field != "injuries"}
    return shared.model_copy(update=said | {"injuries": injuries})


def unplaced(material: Material) -> list[Casualties]:
    """Return the events of which a METHANE report is told that says no exact place."""
    told = {one.number for one in material.told if one.form == "methane" and one.number >= 0}
    events = material.line.casualties
    return [events[number] for number in sorted(told) if of(events[number], material).place is None]


def not_placed(material: Material) -> Text | None:
    """Return in words which events have no exact place; None where all have."""
    left = unplaced(material)
    if not left:
        return None
    named = [f"{name(e, material)} ({material.words.region(e.region)})" for e in left[:_MOST_NAMED]]
    return text(
        "METHANE reports without an exact place: {events}. Write it under scenes in the roles, by this name.",
        events=", ".join([*named, *["…"][: len(left) > _MOST_NAMED]]),
    )


def _first(event: Casualties, material: Material) -> Casualties:
    """Return the first event of the stream of *event* that is told while the exercise is played."""
    clock = material.clock
    alike = [one for one in material.line.casualties if one.stream == event.stream]
    told = (e for e in alike if any(clock.day_of(e.onset_s + s) >= 0 for s in _TOLD_AFTER))
    return next(told, alike[0])


def check_scenes(
    path: Path | None, roles: Roles, scenario: Scenario, demand: Demand, clock: ExerciseClock
) -> None:
    """Raise ``InputRefused`` where the roles at *path* name an event that is not in the course."""
    if path is None or not any("@" in one for one in roles.scenes):
        return
    wrong = list(_strangers(path, roles, casualties(scenario, demand), demand.streams, clock))
    if wrong:
        raise InputRefused(wrong)


def _strangers(
    path: Path, roles: Roles, events: tuple[Casualties, ...], streams: tuple[str, ...], clock: ExerciseClock
) -> Iterator[Problem]:
    """Yield a problem for each event that the roles name and that there is none of; the nearest is named."""
    root, known = read_tree(path), {key(event, streams, clock) for event in events}
    for said in roles.scenes:
        found = SCENE.fullmatch(said)
        if said in known or found is None or not found["day"]:
            continue
        there = sorted((e for e in events if streams[e.stream] == found["stream"]), key=lambda e: e.onset_s)
        meant = _nearest(said, [key(e, streams, clock) for e in there])
        rule = text("is not an event of this course; of {stream} there are: {events}")
        shown = [key(e, streams, clock).partition("@")[2] for e in there[: 2 * _MOST_NAMED]]
        listed = ", ".join([*shown, *["…"][: len(there) > len(shown)]]) or "–"
        rule = Text(rule.template, {"stream": found["stream"], "events": listed})
        yield place_of(root, ("scenes", said), key=True).problem(
            rule, dotted(("scenes", said)), suggestion=meant
        )


def _nearest(said: str, names: list[str]) -> str | None:
    return min(names, key=lambda one: abs(_since(one) - _since(said)), default=None)


def _since(said: str) -> timedelta:
    """Return the time of an event's name, from day 0 of the scenario."""
    found = re.search(r"D\+(\d+) (\d+):(\d+)", said)
    assert found is not None
    day, hour, minute = (int(part) for part in found.groups())
    return timedelta(days=day, hours=hour, minutes=minute)
