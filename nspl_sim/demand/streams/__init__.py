"""Arrivals: one function for each kind of stream. Adding one moves no row of another."""

from nspl_sim.demand.streams import batches, events, rates
from nspl_sim.demand.streams.base import Arrivals, Setting
from nspl_sim.scenario.streams import (
    CombatStream,
    EpidemicStream,
    HostNationStream,
    MassCasualtyStream,
    PlannedStream,
    PoissonStream,
    Stream,
    StrikesStream,
    TableStream,
)

__all__ = ["Arrivals", "Setting", "arrivals"]


def arrivals(stream: Stream, setting: Setting) -> list[Arrivals]:
    """Return everybody who comes with *stream*."""
    match stream:
        case PoissonStream() | PlannedStream():
            return rates.poisson(stream, setting)
        case EpidemicStream():
            return rates.epidemic(stream, setting)
        case CombatStream():
            return rates.combat(stream, setting)
        case HostNationStream():
            return batches.host_nation(stream, setting)
        case MassCasualtyStream():
            return events.mass_casualty(stream, setting)
        case StrikesStream():
            return events.strikes(stream, setting)
        case TableStream():
            return rates.table(stream, setting)
