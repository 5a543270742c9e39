"""A design point: one world under one plan. Its fingerprint is what results are kept under."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from nspl_sim import MODEL_VERSION
from nspl_sim.policies.plan import Plan
from nspl_sim.scenario.model import Scenario

_ONLY_SAID = {"name", "title", "description", "marking", "marking_required", "exercise"}
"""What a world or a plan says of itself that decides no number."""


@dataclass(frozen=True)
class Point:
    """A design point: one scenario (with its seed) under one plan."""

    scenario: Scenario
    plan: Plan
    label: str
    """What tells its world from the others in the study."""
    file: str = ""
    """Where the plan was read; tells it from another of the same name."""
    factors: Mapping[str, float] = field(default_factory=dict)
    """The values of the study's factors, by name."""

    @cached_property
    def fingerprint(self) -> str:
        """Return a hash of all that decides what a replication gives: scenario, seed, plan and model."""
        world = self.scenario.model_dump(mode="json", by_alias=True, exclude=_ONLY_SAID)
        plan = {key: value for key, value in self.plan.written().items() if key not in _ONLY_SAID}
        decides = json.dumps([MODEL_VERSION, world, plan], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(decides.encode()).hexdigest()
