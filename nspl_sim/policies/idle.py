"""What a plan says without effect: told as warnings, with their places.

Its neighbours below: the rules, and the terms of a plan.
"""

from collections.abc import Iterator

from nspl_sim.policies.levers import Plan
from nspl_sim.policies.support.alone import Alone
from nspl_sim.policies.support.as_listed import AsListed
from nspl_sim.policies.support.today import Today
from nspl_sim.policies.yardsticks import no_plan
from nspl_sim.reading.node import Node, find, place_of
from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import dotted
from nspl_sim.vocabulary.errors import Problem
from nspl_sim.vocabulary.text import Text, text

IDLE_UNDER: dict[str, list[Loc]] = {
    "picture": [
        *(("mandate", key) for key in ("accept_below", "regions", "no_refusal_from")),
        *((key,) for key in ("office", "moves", "returns", "staff", "asking", "taking_part")),
    ],
    "advice": [],
    "agreement": [("mandate", "accept_below")],
    "command": [
        *(("mandate", key) for key in ("accept_below", "regions", "no_refusal_from")),
        ("asking", "ask_minutes"),
    ],
}
"""By level of the mandate: what then has no effect."""


def idle(plan: Plan, root: Node) -> Iterator[Problem]:
    """Yield what is allowed and has no effect, or is no plan."""
    idle: tuple[Loc, ...] = (("taking_part",), ("asking", "quota"), ("moves",), ("returns",))
    for loc in idle if isinstance(plan.support, Alone) else ():
        if find(root, loc):
            rule = text("has no effect where no region asks another")
            yield place_of(root, loc, key=True).problem(rule, dotted(loc), warning=True)
    yield from no_plan(plan, place_of(root, ("support",), key=True))
    yield from _idle_command(plan, root)
    if isinstance(plan.support, AsListed) and not any(plan.support.receivers.values()):
        loc = ("support", "receivers")
        rule = text("names no receiver: no region asks another")
        yield place_of(root, loc, key=True).problem(rule, dotted(loc), warning=True)
    parts: list[Loc] = [("default",), *(("regions", key) for key in plan.taking_part.regions)]
    for part in parts:
        loc = ("taking_part", *part, "follows_pauses")
        node = find(root, loc)
        if node is not None and node.value is False and plan.elective.sees == "current":
            rule = text("has no effect: every region pauses planned care by a rule of its own")
            yield node.place.problem(rule, dotted(loc), "false", warning=True)


def _idle_command(plan: Plan, root: Node) -> Iterator[Problem]:
    """Yield what is said of an office that there is not, or that its mandate leaves without effect."""
    where = text("has no effect where no joint office draws up the order")
    office = [("office",), ("mandate",)] if isinstance(plan.support, Alone | Today) else []
    said: list[tuple[Loc, Text]] = [(loc, where) for loc in office]
    if plan.mandate and not office:
        under = text("has no effect under this mandate")
        said += [(loc, under) for loc in IDLE_UNDER[plan.mandate.level]]
    for loc, rule in said:
        if find(root, loc):
            yield place_of(root, loc, key=True).problem(rule, dotted(loc), warning=True)
