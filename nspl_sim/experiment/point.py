"""A design point: one world under one plan. Its fingerprint is what results are kept under."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nspl_sim import MODEL_VERSION
from nspl_sim.policies.choosing import said
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import FAMILIES
from nspl_sim.reading.part import Bilingual
from nspl_sim.scenario.model import Scenario

_ONLY_SAID = {"name", "title", "description", "marking", "marking_required", "exercise"}
"""What a world or a plan says of itself that decides no number."""


@dataclass(frozen=True)
class Point:
    """A design point: one scenario (with its seed) under one plan."""

    scenario: Scenario
    plan: Plan
    label: str
    """What the scenario is called in the study."""
    file: str = ""
    """Where the plan was read; tells it from another of the same name."""
    of_world: Mapping[str, float] = field(default_factory=dict)
    """The values of the study's factors in the scenario, by name."""
    of_plan: Mapping[str, float] = field(default_factory=dict)
    """The values of its factors in the plan."""
    titles: Mapping[str, Bilingual] = field(default_factory=dict, compare=False)
    """What factors are called, where the study says it."""
    times: tuple[str, ...] = ()
    """The factors whose values the scenario's or the plan's own number is multiplied by."""
    kept_as: str = field(default="", compare=False)
    """The fingerprint that results are kept under, where an earlier version of the program reckoned it."""

    @property
    def factors(self) -> dict[str, float]:
        """Return the values of all factors, by name."""
        return {**self.of_world, **self.of_plan}

    @property
    def world(self) -> str:
        """Return what the scenario is called in files: ``winter, beds = 0.8``."""
        return ", ".join([self.label, *(f"{name} = {value:g}" for name, value in self.of_world.items())])

    @property
    def variant(self) -> str:
        """Return what tells the plan from others of its name in files, if there are any."""
        return ", ".join([*[self.file] * bool(self.file), *(f"{n} = {v:g}" for n, v in self.of_plan.items())])

    @cached_property
    def fingerprint(self) -> str:
        """Return a hash of all that decides what a replication gives: scenario, seed, plan and model.

        A number is the same however it is written, and what is as it is by default is not there: neither
        another way to hold 120 nor a new key that nobody has used yet lets go of results.
        """
        if self.kept_as:
            return self.kept_as
        world, plan = (
            part.model_dump(mode="json", by_alias=True, exclude=_ONLY_SAID, exclude_defaults=True)
            for part in (self.scenario, self.plan)
        )
        plan |= {family: said(getattr(self.plan, family)) for family in FAMILIES if family in plan}
        decides = json.dumps(_same([MODEL_VERSION, world, plan]), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(decides.encode()).hexdigest()


def _same(value: Any) -> Any:
    """Return *value*, its whole numbers without a decimal point."""
    if isinstance(value, dict):
        return {key: _same(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_same(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
