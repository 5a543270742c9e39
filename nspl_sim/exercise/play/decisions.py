"""A file of decisions: what players decided, when and for which regions; all that is wrong told at once."""

import re
from collections.abc import Container, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from nspl_sim.policies.decision import Decision, What
from nspl_sim.reading.node import Node, place_of, plain, planted
from nspl_sim.reading.numbers import Key, moment, number, whole
from nspl_sim.reading.part import Part
from nspl_sim.reading.place import Loc, Place
from nspl_sim.reading.problems import checked
from nspl_sim.reading.refusal import wrong
from nspl_sim.reading.showing import dotted, nearest
from nspl_sim.reading.tree import read_tree
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import UNLIMITED
from nspl_sim.vocabulary.clock import days, hours
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

_DAY = re.compile(r"D\+?(\d{1,4}) ([01]\d|2[0-3]):([0-5]\d)")
MOST_HOURS = 100_000
_NO_REGION = text("is not a region of the scenario")


def when(value: Any) -> Any:
    """Return hours from the start, a civil time, or day, hour and minute; raise for what is neither."""
    if isinstance(value, str) and (day := _DAY.fullmatch(value.strip())):
        return tuple(int(part) for part in day.groups())
    try:
        found = float(number(value))
    except PydanticCustomError:
        try:
            return moment(value)
        except PydanticCustomError:
            rule = text(
                "must be hours from the scenario's start (38.5) or a time: D+1 14:30, 2027-01-15T14:30"
            )
            raise wrong("when", rule) from None
    if not abs(found) <= MOST_HOURS:
        raise wrong("when", text("is so many hours that no scenario has them"))
    return found


def second_of(at: Any, scenario: Scenario) -> int:
    """Return the second of the scenario that a time means which :func:`when` has read."""
    if isinstance(at, float):
        return hours(at)
    zone = ZoneInfo(scenario.time_zone)
    start = scenario.start.replace(tzinfo=zone)
    if not isinstance(at, datetime):
        day, hour, minute = at
        midnight = scenario.start.replace(hour=0, minute=0, second=0, microsecond=0)
        at = midnight + timedelta(days=day, hours=hour, minutes=minute)
    elapsed: timedelta = at.replace(tzinfo=zone).astimezone(UTC) - start.astimezone(UTC)
    return round(elapsed.total_seconds())


class Entry(Part):
    """One decision."""

    at: Annotated[Any, BeforeValidator(when)]
    """Hours from the scenario's start (``38.5``), or a time of the scenario: ``D+1 14:30``,
    ``2027-01-15T14:30``. It holds from then on."""
    regions: Annotated[list[Key], Field(min_length=1, max_length=200)]
    """Whose decision it is."""
    what: What


class DecisionFile(Part):
    """What was decided, in order of time or not; of one time in the order of the file."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    decisions: Annotated[list[Entry], Field(max_length=2000)]


def read_decisions(path: Path, scenario: Scenario) -> tuple[list[Decision], list[Problem]]:
    """Return the decisions of the file at *path*, and warnings; raise ``InputRefused`` with every problem."""
    root = read_tree(path)
    return decisions_of(root, scenario)


def stated(
    entries: list[dict[str, Any]], scenario: Scenario, where: str
) -> tuple[list[Decision], list[Problem]]:
    """Return the decisions of *entries*, which somebody has said at *where*; checked as a file is."""
    return decisions_of(planted({"format": 1, "decisions": entries}, Place(where)), scenario)


def decisions_of(root: Node, scenario: Scenario) -> tuple[list[Decision], list[Problem]]:
    """Return the decisions of a tree, and warnings; raise ``InputRefused`` with every problem."""
    written, problems = plain(root), list[Problem]()
    try:
        entries = dict(enumerate(checked(DecisionFile, written, root).decisions))
    except InputRefused as misread:
        problems += misread.problems
        entries = _readable(written)
        problems += _unknown_regions(written, entries, root, scenario)
    for place, entry in entries.items():
        problems += _problems(entry, ("decisions", place), root, scenario)
    refused = [problem for problem in problems if not problem.warning]
    if refused:
        raise InputRefused(sorted(refused, key=lambda one: (one.line or 0, one.column or 0)))
    decisions = [
        Decision(second_of(entry.at, scenario), tuple(entry.regions), entry.what)
        for entry in entries.values()
    ]
    return decisions, problems


def _written(content: Any) -> list[Any]:
    """Return what stands in the place of decisions, whatever it is."""
    said = content.get("decisions") if isinstance(content, dict) else None
    return said if isinstance(said, list) else []


def _readable(content: Any) -> dict[int, Entry]:
    """Return the decisions that can be read though others cannot."""
    found = {}
    for place, said in enumerate(_written(content)):
        with suppress(ValidationError):
            found[place] = Entry.model_validate(said)
    return found


def _unknown_regions(
    content: Any, readable: Container[int], root: Node, scenario: Scenario
) -> Iterator[Problem]:
    """Yield the unknown regions of the decisions that cannot be read."""
    keys = scenario.region_keys
    for place, said in enumerate(_written(content)):
        regions = said.get("regions") if isinstance(said, dict) and place not in readable else None
        for n, key in enumerate(regions if isinstance(regions, list) else ()):
            if isinstance(key, str) and key not in keys:
                loc = ("decisions", place, "regions", n)
                yield _told(root, loc, _NO_REGION, key, keys)


def _told(
    root: Node, loc: Loc, rule: Text, got: str | None = None, like: Any = (), warn: bool = False
) -> Problem:
    return place_of(root, loc).problem(rule, dotted(loc), got, nearest(got, like) if got else None, warn)


def _problems(entry: Entry, at: Loc, root: Node, scenario: Scenario) -> Iterator[Problem]:
    """Yield what only the scenario shows to be wrong with *entry*."""

    def told(
        rule: Text, *where: int | str, got: str | None = None, like: Any = (), warn: bool = False
    ) -> Problem:
        return _told(root, (*at, *where), rule, got, like, warn)

    what, keys = entry.what, scenario.region_keys
    time_s = second_of(entry.at, scenario)
    if not 0 <= time_s < days(scenario.horizon_days):
        last = f"{scenario.horizon_days:g}"
        yield told(text("is not within the scenario: it must be from day 0 to day {last}", last=last), "at")
    if what.kind not in scenario.kinds:
        yield told(
            text("is not a kind of unit in the scenario"), "what", "kind", got=what.kind, like=scenario.kinds
        )
        return
    named = list(_regions_named(entry))
    for where, key in named:
        if key not in keys:
            yield told(_NO_REGION, *where, got=key, like=keys)
        elif where[0] == "what" and key in entry.regions:
            yield told(text("is the region that decides, and cannot be the other one too"), *where, got=key)
    for name in ("asks_first", "asks_only"):
        said = getattr(what, name) or ()
        for place, key in enumerate(said):
            if key in said[:place]:
                yield told(text("stands there twice"), "what", name, place, got=key)
            elif key in keys and not _beds(scenario, key, what.kind):
                rule = text("has no such beds, and is asked in vain")
                yield told(rule, "what", name, place, got=key, warn=True)
    for key in dict.fromkeys(entry.regions):
        if key in keys:
            yield from _of_region(key, what, told, scenario)


def _of_region(key: str, what: What, told: Any, scenario: Scenario) -> Iterator[Problem]:
    unit = scenario.regions[key].units.get(what.kind)
    steps = len(unit.surge) if unit else 0
    if what.surge_steps is not None and what.surge_steps > steps:
        rule = text("is more than {region} has: {steps} steps", region=key, steps=steps)
        yield told(rule, "what", "surge_steps", got=str(what.surge_steps))
    beds = _beds(scenario, key, what.kind, extra=False)
    if what.lends is not None and what.lends.beds > beds:
        rule = text("is more than {region} has: {beds} beds", region=key, beds=beds)
        yield told(rule, "what", "lends", "beds", got=str(what.lends.beds))
    if what.moves is not None and not _beds(scenario, key, what.kind):
        yield told(text("has no effect: {region} has no such beds", region=key), "what", "moves", warn=True)


def _beds(scenario: Scenario, key: str, kind: str, extra: bool = True) -> int:
    """Return the beds of *kind* in a region, with the *extra* ones of its steps."""
    unit = scenario.regions[key].units.get(kind)
    if unit is None:
        return 0
    more = sum(step.beds for step in unit.surge) if extra else 0
    return UNLIMITED if unit.beds == "unlimited" else int(unit.beds) + more


def _regions_named(entry: Entry) -> Iterator[tuple[Loc, str]]:
    """Yield every region that *entry* names, and where."""
    for place, key in enumerate(entry.regions):
        yield ("regions", place), key
    for name in ("asks_first", "asks_only"):
        for place, key in enumerate(getattr(entry.what, name) or ()):
            yield ("what", name, place), key
    for name in ("lends", "moves"):
        if (part := getattr(entry.what, name)) is not None:
            yield ("what", name, "to"), part.to
