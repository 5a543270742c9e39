"""What the factors of a study make of its scenario and its plans: the design points.

Every value is tried alone first, so that one mistake does not hide another; what the scenario or the
plan says to a value is told where the value stands in the study.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from nspl_sim.experiment.factors import Factor, NoSuchNumber, put
from nspl_sim.experiment.point import Point
from nspl_sim.policies.plan import LoadedPlan, Plan, check_against, read_plan
from nspl_sim.reading.node import Node, place_of, planted
from nspl_sim.reading.place import Loc
from nspl_sim.reading.showing import dotted, escaped
from nspl_sim.scenario.load import Loaded, checked_scenario
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

MOST_POINTS = 1000


class Varied:
    """A scenario and plans under every combination of the values of *factors*; gathers what is wrong."""

    def __init__(
        self, factors: Mapping[str, Factor], root: Node, world: Loaded, plans: Sequence[LoadedPlan]
    ) -> None:
        self.factors = factors
        self.root = root
        self.world = world
        self.plans = plans
        self.of_world = {name: f for name, f in factors.items() if f.in_scenario()}
        self.of_plan = {
            key: {name: f for name, f in factors.items() if f.in_plan(key)}
            for key in (one.plan.name for one in plans)
        }
        self.wrong: list[Problem] = []
        self.warnings: list[Problem] = []

    def points(self) -> list[Point]:
        """Return the design points, world by world; what no factor touches is there once."""
        self._all_lead_somewhere()
        wanted = _count(self.of_world) * sum(_count(touching) for touching in self.of_plan.values())
        if wanted > MOST_POINTS:
            rule = text("make {points} design points; at most {most} may be", points=wanted, most=MOST_POINTS)
            self.wrong.append(self._problem(("factors",), rule))
        else:
            self._one_by_one()
        if self.wrong:
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
        for values in _combinations(self.of_world):
            scenario = self._varied_world(values)
            if scenario is None:
                continue
            self._agree(scenario, () if found else self.plans)
            for plan, own in levers:
                found.append(Point(scenario, plan, scenario.name, "", values, own, titles, times))
        return found

    def _one_by_one(self) -> None:
        """Try each value of each factor alone."""
        for name, factor in self.of_world.items():
            for level in factor.levels:
                self._varied_world({name: level})
        for one in self.plans:
            for name, factor in self.of_plan[one.plan.name].items():
                for level in factor.levels:
                    self._varied_plan(one, {name: level})

    def _all_lead_somewhere(self) -> None:
        used = {*self.of_world, *(name for touching in self.of_plan.values() for name in touching)}
        rule = text(
            "must begin with scenario., plan. or plans. and the name of a plan: scenario.horizon_days, "
            "plan.review_every_h, plans.coordinated.review_every_h"
        )
        for name, factor in self.factors.items():
            if name not in used:
                self.wrong.append(self._problem(("factors", name, "path"), rule, escaped(factor.path)))

    def _agree(self, scenario: Scenario, plans: Sequence[LoadedPlan]) -> None:
        """Check every plan against the world, once."""
        for one in plans:
            for problem in check_against(one, scenario.region_keys, scenario.kinds):
                (self.warnings if problem.warning else self.wrong).append(problem)

    def _varied_world(self, values: Mapping[str, float]) -> Scenario | None:
        if not values:
            return self.world.scenario
        content = self.world.scenario.model_dump(mode="python", by_alias=True, exclude_none=True)
        place = self._vary(content, values, {name: self.factors[name].in_scenario() for name in values})
        if place is None:
            return None
        content["start"] = self.world.scenario.start.isoformat()
        try:
            scenario, _ = checked_scenario(planted(content, place_of(self.root, place)))
        except InputRefused as refusal:
            self._refused(refusal, place)
            return None
        return scenario

    def _varied_plan(self, one: LoadedPlan, values: Mapping[str, float]) -> Plan | None:
        if not values:
            return one.plan
        content = one.plan.written()
        paths = {name: self.factors[name].in_plan(one.plan.name) for name in values}
        place = self._vary(content, values, paths)
        if place is None:
            return None
        try:
            return read_plan(content, planted(content, place_of(self.root, place)))
        except InputRefused as refusal:
            self._refused(refusal, place)
            return None

    def _vary(
        self, content: dict[str, Any], values: Mapping[str, float], paths: Mapping[str, str | None]
    ) -> Loc | None:
        """Put *values* into *content*; return where the last of them stands, None if one has no place."""
        place: Loc | None = None
        for name, level in values.items():
            factor = self.factors[name]
            try:
                put(content, paths[name] or "", factor, level)
            except NoSuchNumber as wrong:
                self._once(
                    self._problem(("factors", name, "path"), wrong.rule, factor.path, wrong.suggestion)
                )
                return None
            given = "multiply" if factor.multiply else "values"
            place = ("factors", name, given, factor.levels.index(level))
        return place

    def _refused(self, refusal: InputRefused, place: Loc) -> None:
        """Tell what the scenario or plan says to a value where the value stands."""
        for problem in refusal.problems:
            self._once(replace(problem, path=f"{dotted(place)} > {problem.path}"))

    def _once(self, problem: Problem) -> None:
        if problem not in self.wrong:
            self.wrong.append(problem)

    def _problem(self, loc: Loc, rule: Text, got: str | None = None, meant: str | None = None) -> Problem:
        return place_of(self.root, loc).problem(rule, dotted(loc), got, meant)


def _count(factors: Mapping[str, Factor]) -> int:
    found = 1
    for factor in factors.values():
        found *= len(factor.levels)
    return found


def _combinations(factors: Mapping[str, Factor]) -> Iterator[dict[str, float]]:
    """Yield every combination of values, the last factor changing first; one empty one without factors."""
    for levels in product(*(factor.levels for factor in factors.values())):
        yield dict(zip(factors, levels, strict=True))
