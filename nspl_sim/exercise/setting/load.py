"""A file of roles, read and checked against the scenario: every problem at once."""

from dataclasses import replace
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from nspl_sim.exercise.setting.agreeing import contradictions
from nspl_sim.exercise.setting.roles import Roles
from nspl_sim.reading.node import Node, place_of, plain
from nspl_sim.reading.place import Loc
from nspl_sim.reading.problems import checked, problems
from nspl_sim.reading.showing import dotted, nearest, slug
from nspl_sim.reading.tree import read_tree
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

SHIPPED = Path(__file__).parent / "roles.yaml"
"""The roles of an exercise that names none: every region plays, one controller answers for all."""

IN_SWEDISH = {
    "spelare": "players",
    "motspelare": "controllers",
    "mal": "aims",
    "ovningsmal": "aims",
    "larm": "alarm",
    "rapporter": "reports",
    "genomgangar": "briefings",
    "raster": "breaks",
    "pauser": "breaks",
    "granser": "limits",
    "bakgrund": "background",
    "platser": "scenes",
    "skadeplatser": "scenes",
    "utan": "without",
    "titel": "title",
    "namn": "name",
    "telefon": "phone",
    "epost": "email",
    "e_post": "email",
    "funktioner": "functions",
    "regioner": "regions",
    "lokal": "local",
    "saknas": "missing",
    "sena": "late",
    "timmar": "hours",
    "utlosare": "triggers",
}
"""The key that a Swedish word stands for, as a slug."""


def load_roles(path: Path | None, scenario: Scenario, codes: tuple[str, ...]) -> Roles:
    """Return the roles of the file at *path*, None: the shipped ones.

    Raises ``InputRefused`` with every problem: what is wrong in the file, then regions and triggers
    that there are none of.
    """
    root = read_tree(path or SHIPPED)
    roles, found = _known(root)
    keys = scenario.region_keys
    found += [
        _unknown(root, loc, key, tuple(keys), text("is not a region of the scenario"))
        for loc, key in _regions_named(roles)
        if key not in keys and path is not None
    ]
    found += [
        _unknown(
            root, loc, code, codes, text("is not the code of a trigger: {codes}", codes=", ".join(codes))
        )
        for loc, code in _codes_named(roles)
        if code not in codes
    ]
    streams = tuple(scenario.streams)
    found += [
        _unknown(root, ("scenes", key), key, streams, text("is not a stream of the scenario"))
        for key in roles.scenes
        if key.partition("@")[0] not in streams
    ]
    classes = tuple(scenario.classes)
    found += [
        _unknown(root, ("scenes", key, "injuries", one), one, classes, text("is not a class of the scenario"))
        for key, scene in roles.scenes.items()
        for one in scene.injuries
        if one not in classes
    ]
    found += contradictions(roles, root)
    if found:
        raise InputRefused(found)
    return roles if path is None else _with_shipped(roles)


def _known(root: Node) -> tuple[Roles, list[Problem]]:
    """Return the roles of a file, and what is wrong with its keys: those without a meaning are passed over.

    Raises ``InputRefused`` where more is wrong than that.
    """
    data: Any = plain(root)
    try:
        return Roles.model_validate(data), []
    except ValidationError as error:
        found = [_in_swedish(one) for one in problems(error, root, Roles)]
        unknown = [d["loc"] for d in error.errors() if _is_of_a_key(d)]
    try:
        for loc in unknown:
            *way, last = (step for step in loc if step != "[key]")
            reduce(getitem, way, data).pop(last)
        return Roles.model_validate(data), found
    except (ValidationError, LookupError, TypeError):
        raise InputRefused(found) from None


def _is_of_a_key(details: ErrorDetails) -> bool:
    return details["type"] == "extra_forbidden" or "[key]" in details["loc"][-1:]


def _in_swedish(problem: Problem) -> Problem:
    """Return *problem* with the key that a Swedish word stands for, where it has no suggestion."""
    meant = IN_SWEDISH.get(slug(problem.path.rpartition(".")[2]))
    return replace(problem, suggestion=problem.suggestion or meant)


def _with_shipped(roles: Roles) -> Roles:
    """Return *roles* with the shipped aims and alarm centres where the file says none."""
    shipped = checked(Roles, plain(read_tree(SHIPPED)), read_tree(SHIPPED))
    unsaid = [name for name in ("aims", "alarm") if name not in roles.model_fields_set]
    return roles.model_copy(update={name: getattr(shipped, name) for name in unsaid})


def _unknown(root: Node, loc: Loc, got: str, known: tuple[str, ...], rule: Text) -> Problem:
    return place_of(root, loc, key=loc[-1] == got).problem(rule, dotted(loc), got, nearest(got, known))


def _regions_named(roles: Roles) -> list[tuple[Loc, str]]:
    """Return every region that the roles name, and where."""
    found: list[tuple[Loc, str]] = []
    for key, player in roles.players.items():
        found += [(("players", key, "region"), player.region)] if player.region else []
    for number, controller in enumerate(roles.controllers):
        found += [(("controllers", number, "regions", i), r) for i, r in enumerate(controller.regions or ())]
    found += [(("alarm", "regions", key), key) for key in roles.alarm.regions]
    for name in ("missing", "late"):
        found += [(("reports", name, i), r) for i, r in enumerate(getattr(roles.reports, name))]
    return found


def _codes_named(roles: Roles) -> list[tuple[Loc, str]]:
    found: list[tuple[Loc, str]] = []
    for key, aim in roles.aims.items():
        found += [(("aims", key, "triggers", i), code) for i, code in enumerate(aim.triggers)]
    return found + [(("without", i), code) for i, code in enumerate(roles.without)]
