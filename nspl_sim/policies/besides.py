"""What a run may be given besides a world, a plan and its patients."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from nspl_sim.policies.decision import Decision
from nspl_sim.policies.plan import Plan
from nspl_sim.vocabulary.patients import Ints


@dataclass(frozen=True)
class Former:
    """The plan that holds from 0 until another takes over."""

    plan: Plan
    until_s: int


class Besides(TypedDict, total=False):
    """Each may be left out."""

    future: Ints | None
    """Who will need a bed, for a plan that sees it: shape (hours from 0, regions, kinds)."""
    decisions: Sequence[Decision]
    """What people decide themselves, from 0 on; it stands before what the plan's rules say."""
    until_s: int | None
    """The run ends here; what happens up to then is the same."""
    former: Former | None
    """The plan takes over from this one."""
