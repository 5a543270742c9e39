"""Transport: modes, distances, and what a transfer takes besides the drive."""

from typing import Annotated, Literal

from pydantic import Field

from nspl_sim.reading.numbers import Key, Line, NonNegative, Positive, Whole
from nspl_sim.reading.part import Lasting
from nspl_sim.scenario.stays import Duration


class Mode(Lasting):
    """One mode of transport; figures and names as in the reference table of transport."""

    title: Line | None = None
    medium: Literal["road", "air"]
    speed_kmh: Annotated[Positive, Field(ge=1, le=2000)]
    range_km: Positive = 20_000.0
    activation_minutes: NonNegative = 0.0
    load_minutes: NonNegative = 0.0
    unload_minutes: NonNegative = 0.0
    turn_minutes: NonNegative = 0.0
    kinds: Annotated[list[Key], Field(min_length=1)] | None = None
    """Unit kinds whose patients it carries; None: all."""


class Transport(Lasting):
    """How patients move between regions."""

    instant: bool = False
    """A transfer takes no time, no vehicle and no team."""
    modes: dict[Key, Mode] = {}
    distances_km: dict[Key, dict[Key, NonNegative]] = {}
    """By road, either way round; what is not given is great circle x ``detour_factor``."""
    detour_factor: Annotated[Positive, Field(ge=1, le=5)] = 1.2
    islands: list[Key] = []
    """Regions without a road to the others; distances to them are through the air."""
    team_kinds: list[Key] = ["icu"]
    """Unit kinds whose transfers need a team from the sender."""
    beds_per_team: Whole = 1
    """Staffed beds of that kind that the sender lacks while a team is away."""
    team_rest_minutes: NonNegative = 30.0
    handover_minutes: NonNegative = 0.0
    """At the receiver, before the patient counts as admitted."""
    delay: Duration | None = None
    """Drawn for each patient and added to the travel of a transfer, should there be one."""
