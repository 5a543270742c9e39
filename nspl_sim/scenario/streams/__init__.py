"""Streams: one source of arrivals each. A new kind of stream is one class here and one function in demand."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from nspl_sim.scenario.streams.archetypes import filled
from nspl_sim.scenario.streams.base import Day
from nspl_sim.scenario.streams.combat import CombatStream, DailyCount, DayRate
from nspl_sim.scenario.streams.epidemic import EpidemicStream
from nspl_sim.scenario.streams.events import (
    Around,
    EventPlace,
    MassCasualtyStream,
    Size,
    StrikesStream,
)
from nspl_sim.scenario.streams.host_nation import Batch, HostNationStream
from nspl_sim.scenario.streams.ordinary import PlannedStream, PoissonStream
from nspl_sim.scenario.streams.rates import (
    GammaRate,
    GaussianRate,
    LinearRate,
    Profile,
    Rate,
    StepRate,
)
from nspl_sim.scenario.streams.table import GivenPatient, GivenStage, TableStream

Stream = Annotated[
    PoissonStream
    | PlannedStream
    | EpidemicStream
    | CombatStream
    | HostNationStream
    | MassCasualtyStream
    | StrikesStream
    | TableStream,
    Field(discriminator="kind"),
    BeforeValidator(filled),
]

EventStream = MassCasualtyStream | StrikesStream
"""Those whose patients are hurt at one moment, many at a time."""

__all__ = [
    "Around",
    "Batch",
    "CombatStream",
    "DailyCount",
    "Day",
    "DayRate",
    "EpidemicStream",
    "EventPlace",
    "EventStream",
    "GammaRate",
    "GaussianRate",
    "GivenPatient",
    "GivenStage",
    "HostNationStream",
    "LinearRate",
    "MassCasualtyStream",
    "PlannedStream",
    "PoissonStream",
    "Profile",
    "Rate",
    "Size",
    "StepRate",
    "Stream",
    "StrikesStream",
    "TableStream",
]
