"""Reads a study file: scenario x plans x factor values x replications, as design points.

Scenarios and plans are named as on the command line: shipped names, or files beside the study. All that is
wrong in the study, in what it names and in what its factors make of them comes in one refusal.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from nspl_sim.experiment.design import Design, against_plan
from nspl_sim.experiment.factors import Factor, NoSuchNumber, put
from nspl_sim.experiment.point import Point
from nspl_sim.policies.plan import LoadedPlan, Plan, check_against, load_plan, read_plan, shipped_plans
from nspl_sim.reading.node import Node, find, place_of, plain, planted
from nspl_sim.reading.numbers import Key, Line, PositiveWhole, Seed, Whole, whole
from nspl_sim.reading.part import Bilingual, Part
from nspl_sim.reading.place import Loc
from nspl_sim.reading.problems import checked
from nspl_sim.reading.raw import bytes_of, decoded
from nspl_sim.reading.schema import standard
from nspl_sim.reading.showing import dotted, escaped, nearest
from nspl_sim.reading.tree import MOST_BYTES, tree_of
from nspl_sim.scenario.layers import beside
from nspl_sim.scenario.load import Loaded, checked_scenario, load_scenario, load_shipped, shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

EXAMPLE = Path(__file__).parent / "library" / "example.yaml"
"""A commented study to begin with."""

MOST_POINTS = 1000
_DOCUMENTS = (".yaml", ".yml", ".json")
_OF_A_STUDY = ("scenario", "plans")


class Study(Part):
    """A study file."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    name: Key
    title: Bilingual | None = None
    question: Bilingual | None = None
    """What the report is to answer, as a director would ask it."""
    description: Annotated[str, Field(max_length=20_000)] | None = None
    scenario: Line
    plans: Annotated[list[Line], Field(min_length=1, max_length=100)]
    reference: Line | None = None
    """One of the plans; else the one named today, else the first."""
    replications: Annotated[PositiveWhole, Field(le=1_000_000)] = 100
    seed: Seed | None = None
    factors: Annotated[dict[Key, Factor], Field(max_length=20)] = {}
    journals: Annotated[list[Whole], Field(max_length=100)] = []
    """Replications whose journals are kept."""


def study_schema() -> dict[str, Any]:
    """Return the JSON Schema of a study file, for editors."""
    return standard(Study.model_json_schema())


@dataclass(frozen=True)
class LoadedStudy:
    """A study that may be run, what should be told about it, and the files that it came from."""

    study: Study
    design: Design
    warnings: tuple[Problem, ...]
    read: Mapping[str, str]
    """SHA-256 of every file read, by name."""


def is_study(path: Path) -> bool:
    """Return whether the file at *path* has a study's keys; what cannot be read at all has not."""
    try:
        root = tree_of(decoded(bytes_of(path, MOST_BYTES), str(path)), str(path))
    except (InputRefused, OSError):
        return False
    return all(find(root, (key,)) is not None for key in _OF_A_STUDY)


def load_study(path: Path) -> LoadedStudy:
    """Return the study of the file at *path*, or raise ``InputRefused`` with every problem."""
    content = bytes_of(path, MOST_BYTES)
    root = tree_of(decoded(content, str(path)), str(path))
    study = checked(Study, plain(root), root)
    return _Reading(study, root, path, sha256(content).hexdigest()).loaded()


class _Reading:
    """One study being read: gathers what is wrong, so that all of it is told at once."""

    def __init__(self, study: Study, root: Node, path: Path, digest: str) -> None:
        self.study = study
        self.root = root
        self.path = path
        self.wrong: list[Problem] = []
        self.warnings: list[Problem] = []
        self.read: dict[str, str] = {str(path): digest}

    def loaded(self) -> LoadedStudy:
        """Return the study with its design points."""
        world = self._scenario()
        plans = [self._plan(number, name) for number, name in enumerate(self.study.plans)]
        self._names(plans)
        points: list[Point] = []
        if world is not None and all(plans):
            points = self._points(world, [one for one in plans if one is not None])
        if self.wrong:
            raise InputRefused(self.wrong)
        design = Design(
            self.study.name,
            tuple(points),
            against_plan(points, self.study.reference),
            self.study.replications,
            self.study.title,
            self.study.question,
            tuple(sorted({k for k in self.study.journals if k < self.study.replications})),
        )
        return LoadedStudy(self.study, design, tuple(self.warnings), self.read)

    # ------------------------------------------------------------ what the study names

    def _scenario(self) -> Loaded | None:
        name = self.study.scenario
        try:
            if name in shipped():
                found = load_shipped(name)
            else:
                found = load_scenario(self._beside(("scenario",), name, shipped()))
        except InputRefused as refusal:
            self.wrong += refusal.problems
            return None
        self.warnings += found.warnings
        self.read |= dict(found.files)
        if self.study.seed is not None:
            seeded = found.scenario.model_copy(update={"seed": self.study.seed})
            found = replace(found, scenario=seeded)
        return found

    def _plan(self, number: int, name: str) -> LoadedPlan | None:
        try:
            if name in shipped_plans():
                found = load_plan(name)
            else:
                found = load_plan(self._beside(("plans", number), name, shipped_plans()))
        except InputRefused as refusal:
            self.wrong += refusal.problems
            return None
        self.warnings += found.warnings
        self.read |= {file.name: sha256(file.read_bytes()).hexdigest() for file in found.files}
        return found

    def _beside(self, loc: Loc, name: str, names: Sequence[str]) -> Path:
        """Return the file *name* beside the study; refuse what is neither that nor one of *names*."""
        node = find(self.root, loc)
        assert node is not None
        if not name.lower().endswith(_DOCUMENTS):
            rule = text(
                "is neither a file beside the study nor one of those that come along: {names}",
                names=", ".join(names),
            )
            raise InputRefused([self._problem(loc, rule, escaped(name), nearest(name, names))])
        return beside(self.path.parent, node, dotted(loc), _DOCUMENTS)

    def _names(self, plans: Sequence[LoadedPlan | None]) -> None:
        """Plans are told apart by their names, and the reference is one of them."""
        names = [one.plan.name for one in plans if one is not None]
        for number, one in enumerate(plans):
            if one is not None and one.plan.name in [p.plan.name for p in plans[:number] if p]:
                rule = text("has the name of an earlier plan inside; plans are told apart by their names")
                self.wrong.append(self._problem(("plans", number), rule, one.plan.name))
        reference = self.study.reference
        if reference is not None and reference not in names and all(plans):
            rule = text("must be the name of one of the plans: {names}", names=", ".join(names))
            self.wrong.append(
                self._problem(("reference",), rule, escaped(reference), nearest(reference, names))
            )

    def _problem(self, loc: Loc, rule: Text, got: str | None = None, meant: str | None = None) -> Problem:
        return place_of(self.root, loc).problem(rule, dotted(loc), got, meant)

    # ------------------------------------------------------------ what its factors make of them

    def _points(self, world: Loaded, plans: Sequence[LoadedPlan]) -> list[Point]:
        """Return the design points, world by world; what no factor touches is there once."""
        factors = self.study.factors
        of_world = {name: f for name, f in factors.items() if f.in_scenario()}
        of_plan = {
            one.plan.name: {name: f for name, f in factors.items() if f.in_plan(one.plan.name)}
            for one in plans
        }
        self._all_lead_somewhere(of_world, of_plan)
        wanted = _count(of_world) * sum(_count(touching) for touching in of_plan.values())
        if wanted > MOST_POINTS:
            rule = text("make {points} design points; at most {most} may be", points=wanted, most=MOST_POINTS)
            self.wrong.append(self._problem(("factors",), rule))
        else:
            self._one_by_one(world, plans, of_world, of_plan)
        if self.wrong:
            return []
        levers = [
            (plan, values)
            for one in plans
            for values in _combinations(of_plan[one.plan.name])
            if (plan := self._varied_plan(one, values)) is not None
        ]
        titles = {name: factor.title for name, factor in factors.items() if factor.title}
        found: list[Point] = []
        for values in _combinations(of_world):
            scenario = self._varied_world(world, values)
            if scenario is None:
                continue
            self._agree(scenario, plans if not found else ())
            for plan, own in levers:
                found.append(Point(scenario, plan, scenario.name, "", values, own, titles))
        return found

    def _one_by_one(
        self,
        world: Loaded,
        plans: Sequence[LoadedPlan],
        of_world: Mapping[str, Factor],
        of_plan: Mapping[str, Mapping[str, Factor]],
    ) -> None:
        """Try each value of each factor alone, so that one mistake does not hide another."""
        for name, factor in of_world.items():
            for level in factor.levels:
                self._varied_world(world, {name: level})
        for one in plans:
            for name, factor in of_plan[one.plan.name].items():
                for level in factor.levels:
                    self._varied_plan(one, {name: level})

    def _all_lead_somewhere(
        self, of_world: Mapping[str, Factor], of_plan: Mapping[str, Mapping[str, Factor]]
    ) -> None:
        used = {*of_world, *(name for touching in of_plan.values() for name in touching)}
        rule = text(
            "must begin with scenario., plan. or plans. and the name of a plan: scenario.horizon_days, "
            "plan.review_every_h, plans.coordinated.review_every_h"
        )
        for name, factor in self.study.factors.items():
            if name not in used:
                self.wrong.append(self._problem(("factors", name, "path"), rule, escaped(factor.path)))

    def _agree(self, scenario: Scenario, plans: Sequence[LoadedPlan]) -> None:
        """Check every plan against the world, once."""
        for one in plans:
            for problem in check_against(one, scenario.region_keys, scenario.kinds):
                (self.warnings if problem.warning else self.wrong).append(problem)

    def _varied_world(self, world: Loaded, values: Mapping[str, float]) -> Scenario | None:
        if not values:
            return world.scenario
        content = world.scenario.model_dump(mode="python", by_alias=True, exclude_none=True)
        place = self._vary(content, values, {name: self.study.factors[name].in_scenario() for name in values})
        if place is None:
            return None
        content["start"] = world.scenario.start.isoformat()
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
        paths = {name: self.study.factors[name].in_plan(one.plan.name) for name in values}
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
            factor = self.study.factors[name]
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


def _count(factors: Mapping[str, Factor]) -> int:
    found = 1
    for factor in factors.values():
        found *= len(factor.levels)
    return found


def _combinations(factors: Mapping[str, Factor]) -> Iterator[dict[str, float]]:
    """Yield every combination of values, the last factor changing first; one empty one without factors."""
    for levels in product(*(factor.levels for factor in factors.values())):
        yield dict(zip(factors, levels, strict=True))
