"""The levers as data: one rule of each family, and the terms under which they act.

Its neighbours below: choosing (the rules), asking, taking_part, office, mandate, moving.
"""

import hashlib
import json
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, Field

from nspl_sim.policies import catalogue  # noqa: F401  (fills the registry)
from nspl_sim.policies.asking import Asking, Interval, Reporting
from nspl_sim.policies.choosing import RuleOf
from nspl_sim.policies.discharge.none import NoDischarge
from nspl_sim.policies.mandate import Mandated
from nspl_sim.policies.moving import Relief, Returns
from nspl_sim.policies.office import Office
from nspl_sim.policies.rules import (
    DischargeRule,
    ElectiveRule,
    StaffRule,
    SupportRule,
    SurgeRule,
    TriageRule,
)
from nspl_sim.policies.staff.none import NoStaff
from nspl_sim.policies.taking_part import TakingPart
from nspl_sim.policies.triage.by_need import ByNeed
from nspl_sim.reading.numbers import Key, whole
from nspl_sim.reading.part import Bilingual, Lasting
from nspl_sim.vocabulary.clock import hours


class Plan(Lasting):
    """One rule of each family, and the terms under which they act."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    name: Key
    title: Bilingual | None = None
    description: Annotated[str, Field(max_length=20_000)] | None = None
    support: Annotated[SupportRule, RuleOf("support")]
    """Whom each region asks for a bed."""
    elective: Annotated[ElectiveRule, RuleOf("elective")]
    """Which share of planned care goes ahead."""
    surge: Annotated[SurgeRule, RuleOf("surge")]
    """Which surge steps are open."""
    discharge: Annotated[DischargeRule, RuleOf("discharge")] = cast(DischargeRule, NoDischarge())
    """How much of the wait for municipal care is cut."""
    staff: Annotated[StaffRule, RuleOf("staff")] = cast(StaffRule, NoStaff())
    """Which teams and staff are moved between regions."""
    triage: Annotated[TriageRule, RuleOf("triage")] = cast(TriageRule, ByNeed())
    """In which order those in line are taken, and who may be refused in a crisis."""
    asking: Asking = Asking()
    """How a region asks another for a bed."""
    reporting: Reporting = Reporting()
    """When the office learns what."""
    review_every_h: Interval = 6.0
    """Between two reviews; the rules speak at each."""
    taking_part: TakingPart = TakingPart()
    """Who takes part in what, and from when."""
    moves: Relief | None = None
    """Moves of in-patients away from the hardest pressed; not given: none."""
    returns: Returns | None = None
    """Return transfers home; not given: none."""
    office: Office | None = None
    """The size of the joint office; not given: it takes on every need at any hour."""
    mandate: Mandated | None = None
    """What the joint office may do; not given: agreement, down to what the support rule has each keep."""

    @property
    def review_every_s(self) -> int:
        """Return the seconds between two reviews."""
        return hours(self.review_every_h)

    @property
    def foresees(self) -> bool:
        """Return whether its support rule is shown the future: a yardstick and no plan."""
        return self.support.sees == "future"

    def written(self) -> dict[str, Any]:
        """Return everything that the plan says, defaults included, as plain values."""
        return self.model_dump(mode="json", exclude_none=True)

    def fingerprint(self) -> str:
        """Return a hash of everything in the plan, whatever the order of its keys was."""
        plain = json.dumps(self.written(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()
