"""What roles say that does not hold together: a region led twice, a name that two go by, and the like."""

from collections.abc import Iterator
from pathlib import Path

from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.paper.language import LANGUAGES, Language
from nspl_sim.paper.occupancy import short_name
from nspl_sim.reading.node import Node, place_of
from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import dotted, escaped, slug
from nspl_sim.reading.tree import read_tree
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

Found = Iterator[tuple[Loc, str, Text]]
"""Where in the file, what stands there, and which rule it breaks."""
_SHORTEST = 2
"""A name of a region so short may stand in any word."""


def contradictions(roles: Roles, root: Node) -> list[Problem]:
    """Return what cannot be in one exercise; *root* says where it stands."""
    found = [*_nameless(roles), *_led_twice(roles), *_reported_for(roles), *_named_twice(roles)]
    found += _controlled_twice(roles)
    return [place_of(root, loc).problem(rule, dotted(loc), escaped(got)) for loc, got, rule in found]


def doubts(path: Path | None, roles: Roles, scenario: Scenario) -> list[Problem]:
    """Return as warnings what is hardly meant in the roles at *path*; of the shipped ones none."""
    if path is None:
        return []
    root = read_tree(path)
    found = [*_another_region(roles, scenario), *_without_effect(roles)]
    return [
        place_of(root, loc).problem(rule, dotted(loc), escaped(got), warning=True) for loc, got, rule in found
    ]


def _led_twice(roles: Roles) -> Found:
    """Yield each player who leads what another leads already: only the first of them would get anything."""
    led: dict[str | None, str] = {}
    for key, player in sorted(roles.players.items()):
        first = led.setdefault(player.region, key)
        if first == key:
            continue
        if player.region is None:
            rule = text("has no region, nor has {first}: only one player is the joint office", first=first)
            yield ("players", key), key, rule
        else:
            rule = text("is led by {first} already; give one player both functions", first=first)
            yield ("players", key, "region"), player.region, rule


def _reported_for(roles: Roles) -> Found:
    """Yield each region whose report is to be missing or late though it plays; or both at once."""
    plays = {one.region for one in roles.players.values()}
    for name in ("missing", "late"):
        for place, region in enumerate(getattr(roles.reports, name)):
            loc = ("reports", name, place)
            if region in plays:
                yield loc, region, text("plays, and reports by itself: leave it out here")
            elif name == "late" and region in roles.reports.missing:
                yield loc, region, text("never reports according to reports.missing, and cannot be late too")


def _named_twice(roles: Roles) -> Found:
    """Yield each name of a player, controller or aim that another has already: cards would be anybody's."""
    called: dict[str, str] = {}
    named: list[tuple[Loc, str]] = [(("players", key, "name"), p.name) for key, p in roles.players.items()]
    named += [(("controllers", i, "name"), one.name) for i, one in enumerate(roles.controllers)]
    for loc, name in named:
        first = called.setdefault(_key(name), dotted(loc[:-1]))
        if first != dotted(loc[:-1]) and name.strip():
            yield loc, name, text("is the name of {first} already", first=first)
    for key, player in roles.players.items():
        for function, name in player.functions.items():
            other = called.get(_key(name), f"players.{key}")
            if other != f"players.{key}" and name.strip():
                rule = text("is the name of {first} already", first=other)
                yield ("players", key, "functions", function), name, rule
    for code in LANGUAGES:
        titles: dict[str, str] = {}
        for key, aim in roles.aims.items():
            title = getattr(aim.title, code) or ""
            first = titles.setdefault(title.strip().casefold(), key) if title else key
            if first != key:
                rule = text("is the title of {first} already", first=f"aims.{first}")
                yield ("aims", key, "title", code), title, rule


def _key(name: str) -> str:
    """Return what tells a name from others, in files' names too."""
    return slug(name) or name.strip().casefold()


def _nameless(roles: Roles) -> Found:
    """Yield each name without a sign: nothing can be addressed to it."""
    named: list[tuple[Loc, str]] = [(("players", key, "name"), p.name) for key, p in roles.players.items()]
    for key, player in roles.players.items():
        named += [(("players", key, "functions", f), name) for f, name in player.functions.items()]
    named += [(("controllers", i, "name"), one.name) for i, one in enumerate(roles.controllers)]
    named += [(("aims", key, "title", "sv"), one.title.sv) for key, one in roles.aims.items()]
    for loc, name in named:
        if not name.strip():
            yield loc, name, text("must not be empty")


def _controlled_twice(roles: Roles) -> Found:
    """Yield each region that two controllers answer for."""
    first: dict[str, str] = {}
    for number, controller in enumerate(roles.controllers):
        for place, region in enumerate(controller.regions or ()):
            if first.setdefault(region, controller.name) != controller.name:
                rule = text("has a controller already: {name}", name=first[region])
                yield ("controllers", number, "regions", place), region, rule


def _another_region(roles: Roles, scenario: Scenario) -> Found:
    """Yield each player whose name names another region than the one that it leads."""
    spoken_of = {
        key: {short_name(scenario, key, Language(code)).casefold() for code in LANGUAGES}
        for key in scenario.region_keys
    }
    for key, player in roles.players.items():
        if player.region is None:
            continue
        said = player.name.casefold()
        length = {
            region: max((len(one) for one in names if one in said), default=0)
            for region, names in spoken_of.items()
        }
        if max(length.values()) > max(length[player.region], _SHORTEST):
            rule = text("is the region of a player called {name}", name=player.name)
            yield ("players", key, "region"), player.region, rule


def _without_effect(roles: Roles) -> Found:
    """Yield what gives nothing: reports when all play, controllers of those who do not, a second for all."""
    plays = {one.region for one in roles.players.values()}
    if not roles.players:
        for name in ("missing", "late"):
            for place, region in enumerate(getattr(roles.reports, name)):
                rule = text("plays, as every region does where no players are named, and reports by itself")
                yield ("reports", name, place), region, rule
    for number, controller in enumerate(roles.controllers):
        for place, region in enumerate(controller.regions or ()):
            if roles.players and region not in plays:
                rule = text("does not play: its controller gets nothing by it")
                yield ("controllers", number, "regions", place), region, rule
    for_all = [number for number, one in enumerate(roles.controllers) if one.regions is None]
    for number in for_all[1:]:
        rule = text("has no regions, as {first} has none: only the first answers for all others")
        first = roles.controllers[for_all[0]].name
        yield ("controllers", number), roles.controllers[number].name, Text(rule.template, {"first": first})
