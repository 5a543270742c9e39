"""The mandate of the joint office, and when a region may say no.

Four levels: ``picture`` (it knows), ``advice`` (it proposes; a region accepts by its own rule),
``agreement`` (a region accepts down to an agreed reserve), ``command`` (at once). Without a mandate
in the plan the level is ``agreement``, with the reserve of the support rule. All of it is said in
the reserves and the asking times of the directive. Its neighbours below: rules.
"""

from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BeforeValidator, Field, TypeAdapter

from nspl_sim.policies.parameters import Load, Reserve
from nspl_sim.policies.rules import Geography, Situation, StandingOrder, replace
from nspl_sim.reading.numbers import Key
from nspl_sim.reading.part import Part
from nspl_sim.vocabulary.care import LegalState

Level = Literal["picture", "advice", "agreement", "command"]
_LEVEL: TypeAdapter[Level] = TypeAdapter(Level)
NoRefusal = Literal["never", "extraordinary_event", "heightened", "highest"]


def _by_name(value: Any) -> Any:
    """Return *value* as a mandate: its level may stand alone."""
    return {"level": _LEVEL.validate_python(value)} if isinstance(value, str) else value


class OwnTerms(Part):
    """What one region accepts."""

    accept_below: Load | None = None
    """Under ``advice``; not given: as for all."""
    reserve: Reserve | None = None
    """Beds that it has agreed to keep free, under ``agreement``; not given: as the support rule says."""


class Mandate(Part):
    """What the joint office may do, and when a region may not refuse."""

    level: Level = "agreement"
    """``picture``: the office knows and today's order holds; ``advice``: a region accepts by its own rule;
    ``agreement``: down to an agreed reserve; ``command``: at once, with the reserve of the support rule."""
    accept_below: Load = 0.85
    """Under ``advice`` a region takes a patient while (in beds + inbound) / staffed beds is below this;
    assumed, about the occupancy at which it stops pausing planned care."""
    regions: dict[Key, OwnTerms] = Field(default_factory=dict)
    """By receiving region, where its own terms differ."""
    no_refusal_from: NoRefusal = "never"
    """Legal state of the scenario from which a region may not refuse: its own rule and its reserve fall
    away, and it says yes while a bed is open to the patient."""


Mandated = Annotated[Mandate, BeforeValidator(_by_name)]
"""A mandate, or only its level."""


def legal_state(geography: Geography, region: int, time_s: int) -> LegalState:
    """Return the legal state in *region* at *time_s*."""
    said = geography.legal_states[region] if geography.legal_states else ()
    return max((entry for entry in said if entry[0] <= time_s), default=(0, LegalState.NORMAL))[1]


def mandated(
    mandate: Mandate, orders: tuple[StandingOrder, ...], current: Situation, gives: tuple[bool, ...]
) -> tuple[StandingOrder, ...]:
    """Return *orders* with the reserves that the regions which give keep under *mandate*."""
    geography, time_s = current.geography, current.time_s
    from_state = None if mandate.no_refusal_from == "never" else LegalState[mandate.no_refusal_from.upper()]
    may_refuse = [
        from_state is None or legal_state(geography, region, time_s) < from_state
        for region in range(len(geography.regions))
    ]

    def kept(order: StandingOrder, region: int) -> int:
        planned, own = order.reserve[region], mandate.regions.get(geography.regions[region], OwnTerms())
        if not gives[region] or mandate.level == "command":
            return planned
        if not may_refuse[region]:
            return 0
        if mandate.level == "advice":
            below = mandate.accept_below if own.accept_below is None else own.accept_below
            return max(planned, _above(below, int(current.staffed[region, order.kind])))
        return planned if own.reserve is None else own.reserve

    return tuple(
        replace(order, reserve=tuple(kept(order, region) for region in range(len(order.reserve))))
        for order in orders
    )


def _above(below: float, staffed: int) -> int:
    """Return the free beds at which a unit of *staffed* beds is filled to the share *below*."""
    return max(0, int(np.floor(staffed * (1 - below) + 1e-9)))
