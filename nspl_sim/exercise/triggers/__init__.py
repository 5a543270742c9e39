"""Every trigger, theme by theme; a new one is one class in a theme's file."""

from nspl_sim.exercise.triggers import (
    beds,
    casualties,
    disruptions,
    elective,
    public,
    routine,
    supplies,
    support,
    transport,
)
from nspl_sim.exercise.triggers.base import REGISTRY, Kind, Moment, Trigger, Wording

THEMES = (casualties, beds, support, transport, elective, supplies, disruptions, public, routine)


def codes() -> tuple[str, ...]:
    """Return the codes of all triggers in alphabetical order."""
    return tuple(sorted(REGISTRY))


__all__ = ["REGISTRY", "THEMES", "Kind", "Moment", "Trigger", "Wording", "codes"]
