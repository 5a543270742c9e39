"""What the factors of a study make of its scenario and its plans: the design points.

Every value is tried alone first, so that one mistake does not hide another; what the scenario or the
plan says to a value is told where the value stands in the study.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

from nspl_sim.experiment.factors import MOST_NAMED, Factor, NoSuchNumber, leads, put
from nspl_sim.experiment.point import Point
from nspl_sim.policies.plan import LoadedPlan, Plan, check_against, read_plan
from nspl_sim.reading.node import Node, find, place_of, planted
from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import dotted, escaped
from nspl_sim.scenario.load import Loaded, checked_scenario
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

MOST_POINTS = 1000

MOST_OF_A_FACTOR = 20
"""Of a factor with more mistakes, only so many are looked for."""


class Varied:
    """A scenario and plans under every combination of the values of *factors*; gathers what is wrong.

    What cannot be read of a scenario (None) and of *plans* is left out; *whole* says that none is.
    """

    def __init__(
        self,
        factors: Mapping[str, Factor],
        root: Node,
        world: Loaded | None,
        plans: Sequence[LoadedPlan],
        whole: bool = True,
    ) -> None:
        self.factors = factors
        self.root = root
        self.world = world
        self.plans = plans
        self.whole = whole
        self.of_world = {name: f for name, f in factors.items() if f.in_scenario()}
        self.of_plan = {
            key: {name: f for name, f in factors.items() if f.in_plan(key)}
            for key in (one.plan.name for one in plans)
        }
        self.wrong: list[Problem] = []
        self.warnings: list[Problem] = []
        self._to: dict[tuple[str, str | None], tuple[Loc, ...]] = {}
        """Where each factor leads: in the scenario (None), or in a plan by its name."""
        self._worlds: dict[tuple[tuple[str, float], ...], Scenario | None] = {}
        self._told: set[tuple[Any, ...]] = set()
        self._count: Counter[tuple[str, bool]] = Counter()

    def points(self) -> list[Point]:
        """Return the design points, world by world; what no factor touches is there once."""
        self._all_lead_somewhere()
        self._no_decimal_commas()
        self._find_places()
        if self.world is not None:
            for one in self.plans:
                self._agree(one, self.world.scenario, None)
        wanted = _count(self.of_world) * sum(_count(touching) for touching in self.of_plan.values())
        if wanted > MOST_POINTS:
            rule = text("make {points} design points; at most {most} may be", points=wanted, most=MOST_POINTS)
            self.wrong.append(self._problem(("factors",), rule))
        else:
            self._one_by_one()
        if self.wrong or self.world is None or not self.whole:
            return []
        levers = [
            (plan, values)
            for one in self.plans
            for values in _combinations(self.of_plan[one.plan.name])
            if (plan := self._varied_plan(one, values)) is not None
        ]
        titles = {name: factor.title for name, factor in self.factors.items() if factor.title}
        times = tuple(name for name, factor in self.factors.items() if factor.multiply)
        found: list[Point] = []
        horizons: set[float] = set()
        for values in _combinations(self.of_world):
            scenario = self._varied_world(values)
            if scenario is None:
                continue
            if scenario.horizon_days not in horizons:
                horizons.add(scenario.horizon_days)
                self._all_agree(scenario)
            for plan, own in levers:
                found.append(Point(scenario, plan, scenario.name, "", values, own, titles, times))
        return found

    def _one_by_one(self) -> None:
        """Try each value of each factor alone; a factor of which much is wrong is not tried further."""
        for name, factor in self.of_world.items():
            for level in factor.levels if (name, None) in self._to else ():
                if self._count[name, False] < MOST_OF_A_FACTOR:
                    self._varied_world({name: level})
        for one in self.plans:
            for name, factor in self.of_plan[one.plan.name].items():
                for level in factor.levels if (name, one.plan.name) in self._to else ():
                    if self._count[name, False] < MOST_OF_A_FACTOR:
                        self._varied_plan(one, {name: level})

    def _no_decimal_commas(self) -> None:
        """Refuse ``[1, 0,8]``: a comma without a space after it is the decimal comma of Swedish."""
        for name, factor in self.factors.items():
            loc = ("factors", name, "multiply" if factor.multiply else "values")
            node = find(self.root, loc)
            for before, after in pairwise(node.value if node and isinstance(node.value, list) else ()):
                here, there = before.place, after.place
                if here.line == there.line and there.column == here.column + len(before.written or "") + 1:
                    rule = text(
                        'holds "{written}": for a decimal write a point ({point}), for two numbers a space '
                        "after the comma",
                        written=f"{before.written},{after.written}",
                        point=f"{before.written}.{after.written}",
                    )
                    self._once(here.problem(rule, dotted(loc)))

    def _all_lead_somewhere(self) -> None:
        used = {*self.of_world, *(name for touching in self.of_plan.values() for name in touching)}
        rule = text(
            "must begin with scenario., plan. or plans. and the name of a plan: scenario.horizon_days, "
            "plan.review_every_h, plans.coordinated.review_every_h"
        )
        for name, factor in self.factors.items():
            unknown = not self.whole and factor.path.startswith(("plan.", "plans."))
            if name not in used and not unknown:
                self.wrong.append(self._problem(("factors", name, "path"), rule, escaped(factor.path)))

    def _find_places(self) -> None:
        """Find the numbers that every factor sets; no two may set the same."""
        if self.world is not None:
            paths = {name: factor.in_scenario() or "" for name, factor in self.of_world.items()}
            self._places_in(self._content(), paths, None)
        for one in self.plans:
            touching = self.of_plan[one.plan.name]
            paths = {name: factor.in_plan(one.plan.name) or "" for name, factor in touching.items()}
            self._places_in(one.plan.written(), paths, one.plan.name)

    def _places_in(self, content: dict[str, Any], paths: Mapping[str, str], plan: str | None) -> None:
        set_by: dict[Loc, str] = {}
        for name, path in paths.items():
            at: Loc = ("factors", name, "path")
            try:
                found = leads(content, path)
            except NoSuchNumber as wrong:
                got = escaped(self.factors[name].path)
                self._once(self._problem(at, wrong.rule, got, wrong.suggestion))
                continue
            self._to[name, plan] = found.to
            shared: dict[str, Loc] = {}
            for loc in found.to:
                if set_by.setdefault(loc, name) != name:
                    shared.setdefault(set_by[loc], loc)
            for other, loc in shared.items():
                rule = text(
                    "sets the same number as the factor {other}: {number}", other=other, number=dotted(loc)
                )
                key = (at, other)
                if key not in self._told:
                    self._told.add(key)
                    self._once(self._problem(at, rule, escaped(self.factors[name].path)))
            if found.left:
                members = ", ".join(found.left[:MOST_NAMED])
                if len(found.left) > MOST_NAMED:
                    members += f", … ({len(found.left)})"
                rule = text(
                    "leaves these as they are, for they have no such number: {members}", members=members
                )
                told = replace(self._problem(at, rule, escaped(self.factors[name].path)), warning=True)
                if told not in self.warnings:
                    self.warnings.append(told)

    def _all_agree(self, scenario: Scenario) -> None:
        """Check every plan, and every value that a factor gives it, against the horizon of *scenario*."""
        for one in self.plans:
            self._agree(one, scenario, scenario.horizon_days)
            for name, factor in self.of_plan[one.plan.name].items():
                for number, level in enumerate(factor.levels):
                    plan = self._varied_plan(one, {name: level})
                    if plan is None:
                        continue
                    place: Loc = ("factors", name, _given(factor), number)
                    spot = place_of(self.root, place)
                    varied = replace(one, plan=plan, root=planted(plan.written(), spot))
                    found = check_against(varied, scenario.region_keys, scenario.kinds, scenario.horizon_days)
                    mine = {dotted(loc) for loc in self._to[name, one.plan.name]}
                    self._tell((problem for problem in found if problem.path in mine), place)

    def _agree(self, one: LoadedPlan, scenario: Scenario, horizon_days: float | None) -> None:
        """Check the plan *one*, but for what factors set in it, against the world."""
        key = one.plan.name
        varied = {dotted(loc) for (_, plan), to in self._to.items() if plan == key for loc in to}
        for problem in check_against(one, scenario.region_keys, scenario.kinds, horizon_days):
            seen = (problem.place, problem.path, _kind(problem.rule))
            if problem.path in varied or seen in self._told:
                continue
            self._told.add(seen)
            (self.warnings if problem.warning else self.wrong).append(problem)

    def _content(self) -> dict[str, Any]:
        assert self.world is not None
        content = self.world.scenario.model_dump(mode="python", by_alias=True, exclude_none=True)
        content["start"] = self.world.scenario.start.isoformat()
        return content

    def _varied_world(self, values: Mapping[str, float]) -> Scenario | None:
        assert self.world is not None
        if not values:
            return self.world.scenario
        made = tuple(values.items())
        if made not in self._worlds:
            self._worlds[made] = self._made_world(values)
        return self._worlds[made]

    def _made_world(self, values: Mapping[str, float]) -> Scenario | None:
        assert self.world is not None
        content = self._content()
        place = self._vary(content, values, None)
        try:
            scenario, warnings = checked_scenario(planted(content, place_of(self.root, place)))
        except InputRefused as refusal:
            self._tell(refusal.problems, place)
            return None
        known = {(p.path, _kind(p.rule)) for p in self.world.warnings}
        alone = {("alone", *value) for value in values.items()}
        for problem in warnings:
            about = (problem.path, _kind(problem.rule))
            if about in known or any((*value, *about) in self._told for value in alone):
                continue
            self._told |= {(*value, *about) for value in alone if len(values) == 1}
            self._tell([problem], place)
        return scenario

    def _varied_plan(self, one: LoadedPlan, values: Mapping[str, float]) -> Plan | None:
        if not values:
            return one.plan
        content = one.plan.written()
        place = self._vary(content, values, one.plan.name)
        try:
            return read_plan(content, planted(content, place_of(self.root, place)))
        except InputRefused as refusal:
            self._tell(refusal.problems, place)
            return None

    def _vary(self, content: dict[str, Any], values: Mapping[str, float], plan: str | None) -> Loc:
        """Put *values* into *content*; return where the last of them stands."""
        place: Loc = ()
        for name, level in values.items():
            factor = self.factors[name]
            put(content, self._to[name, plan], factor, level)
            place = ("factors", name, _given(factor), factor.levels.index(level))
        return place

    def _tell(self, found: Iterable[Problem], place: Loc) -> None:
        """Tell what the scenario or plan says to a value where the value stands, each rule once."""
        factor = str(place[1])
        for problem in found:
            key = (place, _kind(problem.rule))
            if key in self._told or self._count[factor, problem.warning] >= MOST_OF_A_FACTOR:
                continue
            self._told.add(key)
            self._count[factor, problem.warning] += 1
            told = replace(problem, path=f"{dotted(place)} > {problem.path}")
            (self.warnings if problem.warning else self.wrong).append(told)

    def _once(self, problem: Problem) -> None:
        if problem not in self.wrong:
            self.wrong.append(problem)

    def _problem(self, loc: Loc, rule: Text, got: str | None = None, meant: str | None = None) -> Problem:
        return place_of(self.root, loc).problem(rule, dotted(loc), got, meant)


def _given(factor: Factor) -> str:
    return "multiply" if factor.multiply else "values"


def _kind(rule: Text) -> tuple[Any, ...]:
    """Return which rule it is, whatever the figures in it are."""
    return (rule.template, *(_kind(value) for value in rule.values.values() if isinstance(value, Text)))


def _count(factors: Mapping[str, Factor]) -> int:
    found = 1
    for factor in factors.values():
        found *= len(factor.levels)
    return found


def _combinations(factors: Mapping[str, Factor]) -> Iterator[dict[str, float]]:
    """Yield every combination of values, the last factor changing first; one empty one without factors."""
    for levels in product(*(factor.levels for factor in factors.values())):
        yield dict(zip(factors, levels, strict=True))
