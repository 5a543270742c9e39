"""Reads a study file: scenario x plans x factor values x replications, as design points.

Scenarios and plans are named as on the command line: shipped names, or files beside the study. All that is
wrong in the study, in what it names and in what its factors make of them comes in one refusal.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from nspl_sim.experiment.design import Design, against_plan, steps_between
from nspl_sim.experiment.factors import Factor, astray
from nspl_sim.experiment.variants import Joining, Made, Switches, Variant, made_plan
from nspl_sim.experiment.varied import Varied
from nspl_sim.policies.plan import LoadedPlan, Plan, load_plan, shipped_plans
from nspl_sim.policies.yardsticks import MARK
from nspl_sim.reading.node import Node, find, place_of, plain
from nspl_sim.reading.numbers import Key, Line, PositiveWhole, Seed, Whole, whole
from nspl_sim.reading.part import Bilingual, Part
from nspl_sim.reading.place import Loc
from nspl_sim.reading.problems import problems
from nspl_sim.reading.raw import bytes_of, decoded
from nspl_sim.reading.schema import standard
from nspl_sim.reading.showing import dotted, escaped, nearest
from nspl_sim.reading.tree import MOST_BYTES, read_tree, tree_of
from nspl_sim.scenario.layers import Layers, beside
from nspl_sim.scenario.load import Loaded, load_scenario, load_shipped, shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.errors import InputRefused, Problem
from nspl_sim.vocabulary.text import Text, text

LIBRARY = Path(__file__).parent / "library"
"""The studies that come along."""
EXAMPLE = LIBRARY / "example.yaml"
"""A commented study to begin with."""

_DOCUMENTS = (".yaml", ".yml", ".json")
MOST_PLANS = 100
MOST_FACTORS = 20


class Study(Part):
    """A study file."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    name: Key
    title: Bilingual | None = None
    question: Bilingual | None = None
    """What the report is to answer, as a director would ask it."""
    description: Annotated[str, Field(max_length=20_000)] | None = None
    scenario: Line
    """A shipped name, or a file beside the study."""
    plans: Annotated[list[Line | Variant], Field(min_length=1, max_length=MOST_PLANS)]
    """Shipped names, files beside the study, or plans with changes."""
    switches: Switches | None = None
    """Things that can be done or left, each a change of a plan; every combination is a plan."""
    joining: Joining | None = None
    """A plan that the regions join one after the other; every number of them is a plan."""
    reference: Line | None = None
    """One of the plans; else the one named today, else the first."""
    replications: Annotated[PositiveWhole, Field(le=1_000_000)] = 100
    """Of each design point."""
    seed: Seed | None = None
    """Another than the scenario's."""
    factors: Annotated[dict[Key, Factor], Field(max_length=MOST_FACTORS)] = {}
    """What varies, by name; every combination is run."""
    journals: Annotated[list[Whole], Field(max_length=100)] = []
    """Replications whose journals are kept; the first is 0."""
    census_every_h: Annotated[Literal[1, 6], BeforeValidator(whole)] = 6
    """How often patients in beds, staffed beds and lines are kept: every hour takes six times the room.
    Figures show every sixth hour in either case; ``nspl sql`` shows all."""


def shipped_studies() -> tuple[str, ...]:
    """Return the names of the studies that come along."""
    return tuple(sorted(path.stem for path in LIBRARY.glob("*.yaml")))


def study_file(name: str) -> Path:
    """Return the file of the study called *name*: one that comes along, else the path itself."""
    return LIBRARY / f"{name}.yaml" if name in shipped_studies() else Path(name)


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
    """Return whether more keys of the file at *path* are like a study's than like another file's.

    So a study with ``plan`` for ``plans`` is told what was meant. What cannot be read at all is no study.
    """
    try:
        root = tree_of(decoded(bytes_of(path, MOST_BYTES), str(path)), str(path))
    except (InputRefused, OSError):
        return False
    kinds = [
        set(Study.model_fields),
        {*Scenario.model_fields, "extends", "region_table"},
        set(Plan.model_fields),
    ]
    known = set().union(*kinds)
    meant = [key if key in known else nearest(key, known) for key in root.value]
    mine, *others = (
        sum(key in names - set().union(*(other for other in kinds if other is not names)) for key in meant)
        for names in kinds
    )
    return mine > max(others)


def load_study(path: Path) -> LoadedStudy:
    """Return the study of the file at *path*, or raise ``InputRefused`` with every problem."""
    content = bytes_of(path, MOST_BYTES)
    root = tree_of(decoded(content, str(path)), str(path))
    wrong: list[Problem] = []
    try:
        study = Study.model_validate(plain(root))
    except ValidationError as error:
        wrong = problems(error, root, Study)
        study = _salvaged(plain(root))
    return _Reading(study, root, path, sha256(content).hexdigest(), wrong).loaded()


def _salvaged(content: dict[Any, Any]) -> Study:
    """Return what can still be read of a study with mistakes, so that these hide no others.

    What is not sound is left out or, in a list, None.
    """
    fields: dict[str, Any] = {}
    for key in set(Study.model_fields) & set(content):
        with suppress(ValidationError):
            fields[key] = getattr(Study.model_validate({**_STAND_IN, key: content[key]}), key)
    if "replications" in content and "replications" not in fields:
        fields.pop("journals", None)  # nobody knows which replications there are
    given = content.get("plans")
    names = given[:MOST_PLANS] if isinstance(given, list) else []
    return Study.model_construct(
        **fields
        | {
            "scenario": fields.get("scenario"),
            "plans": [_sound_plan(name) for name in names],
            "factors": _sound_factors(content.get("factors")),
        }
    )


_STAND_IN = {"format": 1, "name": "x", "scenario": "x", "plans": ["x"]}


def _name_of(given: "str | Variant | None") -> str | None:
    return given.name if isinstance(given, Variant) else given


def _sound_plan(given: Any) -> str | Variant | None:
    if isinstance(given, str):
        return given
    with suppress(ValidationError):
        return Variant.model_validate(given)
    return None


def _sound_factors(given: Any) -> dict[str, Factor]:
    found: dict[str, Factor] = {}
    for name, factor in list(given.items())[:MOST_FACTORS] if isinstance(given, dict) else ():
        with suppress(ValidationError):
            found[str(name)] = Factor.model_validate(factor)
    return found


class _Reading:
    """One study being read: gathers what is wrong, so that all of it is told at once."""

    def __init__(self, study: Study, root: Node, path: Path, digest: str, wrong: list[Problem]) -> None:
        self.study = study
        self.root = root
        self.path = path
        self.wrong = wrong
        self.warnings: list[Problem] = []
        self.read: dict[str, str] = {path.name if path.parent == LIBRARY else str(path): digest}
        self.unread: list[str | None] = []
        """The names inside of plans with mistakes; None where not even that can be read."""
        self._base_of_switches = ""

    def loaded(self) -> LoadedStudy:
        """Return the study with its design points."""
        world = self._scenario()
        plans = [self._given(number, given) for number, given in enumerate(self.study.plans)]
        plans += self._made_of_switches() + self._made_of_joining()
        self._names(plans)
        self._journals()
        sound = [one for one in plans if one is not None]
        varied = Varied(self.study.factors, self.root, world, sound, whole=all(plans) and bool(plans))
        points = varied.points()
        self.wrong += varied.wrong
        self.warnings += varied.warnings
        if self.wrong:
            raise InputRefused(self.wrong)
        switches, of = self.study.switches, self._base_of_switches
        design = Design(
            self.study.name,
            tuple(points),
            against_plan(points, self.study.reference),
            self.study.replications,
            self.study.title,
            self.study.question,
            tuple(sorted(self.study.journals)),
            steps_between(points, switches.steps(of)) if switches else (),
            self.study.census_every_h,
        )
        return LoadedStudy(self.study, design, tuple(self.warnings), self.read)

    def _scenario(self) -> Loaded | None:
        name: str | None = self.study.scenario
        if name is None:
            return None
        try:
            if name in shipped():
                found = load_shipped(name)
            else:
                found = load_scenario(self._beside(("scenario",), name, shipped()))
        except InputRefused as refusal:
            self.wrong += refusal.problems
            self._astray_in_scenario(name)
            return None
        self.warnings += found.warnings
        self.read |= dict(found.files)
        if self.study.seed is not None:
            seeded = found.scenario.model_copy(update={"seed": self.study.seed})
            found = replace(found, scenario=seeded)
        return found

    def _given(self, number: int, given: str | Variant | None) -> LoadedPlan | None:
        """Return the plan that the list of plans holds as *number*."""
        loc: Loc = ("plans", number)
        if not isinstance(given, Variant):
            return self._plan(loc, given)
        base = self._plan((*loc, "of"), given.of)
        return base and self._made(base, Made(given.name, ((*loc, "change"),), {}, loc, given.title))

    def _made_of_switches(self) -> list[LoadedPlan | None]:
        switches = self.study.switches
        base = self._plan(("switches", "of"), switches.of) if switches else None
        if switches is None or base is None:
            return []
        self._base_of_switches = base.plan.name
        listed = base.plan.name in [_name_of(given) for given in self.study.plans]
        made = [self._made(base, one) for one in switches.made(base.plan)]
        return made if listed else [base, *made]

    def _made_of_joining(self) -> list[LoadedPlan | None]:
        joining = self.study.joining
        base = self._plan(("joining", "of"), joining.of) if joining else None
        if joining is None or base is None:
            return []
        return [self._made(base, one) for one in joining.made(base.plan)]

    def _made(self, base: LoadedPlan, made: Made) -> LoadedPlan | None:
        try:
            return made_plan(base, made, self.root)
        except InputRefused as refusal:
            self.wrong += [problem for problem in refusal.problems if problem not in self.wrong]
            self.unread.append(made.name)
            return None

    def _plan(self, loc: Loc, name: str | None) -> LoadedPlan | None:
        """Return the plan that *name* says at *loc*: a variant of this study, or one of a file."""
        if name is None:
            self.unread.append(None)
            return None
        if loc[-1] == "of" and loc[0] != "plans":
            for number, given in enumerate(self.study.plans):
                if isinstance(given, Variant) and given.name == name:
                    return self._given(number, given)
        try:
            base, mark, yardstick = name.partition(MARK)
            if base not in shipped_plans():
                base = str(self._beside(loc, base, shipped_plans()))
            found = load_plan(base + mark + yardstick)
        except InputRefused as refusal:
            self.wrong += refusal.problems
            self.unread.append(self._name_inside(name))
            return None
        self.warnings += found.warnings
        self.read |= {file.name: sha256(file.read_bytes()).hexdigest() for file in found.files}
        return found

    def _name_inside(self, name: str) -> str | None:
        """Return the name inside the plan with mistakes in the file *name*; tell what leads astray in it."""
        if name not in [path.name for path in self.path.parent.iterdir()]:
            return None
        try:
            root = read_tree(self.path.parent / name)
        except (InputRefused, OSError):
            return None
        found = find(root, ("name",))
        inside = found.value if found is not None and isinstance(found.value, str) else None
        for key, factor in self.study.factors.items():
            self._astray(key, plain(root), Plan, factor.in_plan(inside or ""))
        return inside

    def _astray_in_scenario(self, name: str) -> None:
        """Tell which factors lead nowhere in a scenario with mistakes, as far as that can be read."""
        layers = Layers()
        try:
            root = layers.read(self._beside(("scenario",), name, shipped()))
        except InputRefused:
            return
        if not layers.wrong:
            for key, factor in self.study.factors.items():
                self._astray(key, plain(root), Scenario, factor.in_scenario())

    def _astray(self, key: str, content: Any, model: type[BaseModel], path: str | None) -> None:
        found = astray(content, model, path) if path else None
        if found is not None:
            loc: Loc = ("factors", key, "path")
            got = escaped(self.study.factors[key].path)
            told = self._problem(loc, found.rule, got, found.suggestion)
            if told not in self.wrong:
                self.wrong.append(told)

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
        return beside(self.path.parent, node._replace(value=name), dotted(loc), _DOCUMENTS)

    def _names(self, plans: Sequence[LoadedPlan | None]) -> None:
        """Plans are told apart by their names, and the reference is one of them."""
        names = [one.plan.name for one in plans if one is not None]
        names += [name for name in self.unread if name is not None]
        for number, one in enumerate(plans):
            if one is not None and one.plan.name in [p.plan.name for p in plans[:number] if p]:
                rule = text("has the name of an earlier plan inside; plans are told apart by their names")
                self.wrong.append(self._problem(("plans", number), rule, one.plan.name))
        reference = self.study.reference
        if reference is not None and reference not in names and plans and None not in self.unread:
            rule = text("must be the name of one of the plans: {names}", names=", ".join(names))
            self.wrong.append(
                self._problem(("reference",), rule, escaped(reference), nearest(reference, names))
            )

    def _journals(self) -> None:
        """Journals are of replications that there are, each named once."""
        last = self.study.replications - 1
        for number, replication in enumerate(self.study.journals):
            if replication > last:
                rule = text("is beyond the last replication, {last}; they count from 0", last=last)
            elif replication in self.study.journals[:number]:
                rule = text("names a replication twice")
            else:
                continue
            self.wrong.append(self._problem(("journals", number), rule, str(replication)))

    def _problem(self, loc: Loc, rule: Text, got: str | None = None, meant: str | None = None) -> Problem:
        return place_of(self.root, loc).problem(rule, dotted(loc), got, meant)
