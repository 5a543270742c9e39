"""Transport: modes, distances, closures, and what a transfer takes besides the drive."""

from typing import Annotated, Literal

from pydantic import Field

from nspl_sim.reading.numbers import Key, NonNegative, Positive, Whole
from nspl_sim.reading.part import Lasting
from nspl_sim.scenario.closures import Closure, Weather
from nspl_sim.scenario.modes import Mode, PlaceType
from nspl_sim.scenario.stays import Duration


class Transport(Lasting):
    """How patients move between regions."""

    instant: bool = False
    """A transfer takes no time, no vehicle and no team."""
    modes: dict[Key, Mode] = {}
    """By key, such as ``ambulance``."""
    distances_km: dict[Key, dict[Key, NonNegative]] = {}
    """By road, either way round; what is not given is great circle x ``detour_factor``."""
    detour_factor: Annotated[Positive, Field(ge=1, le=5)] = 1.2
    """Road distance over great circle, where no distance is given."""
    islands: list[Key] = []
    """Regions without a road to the others; distances to them are through the air."""
    links: dict[Literal["rail", "sea"], dict[Key, Annotated[list[Key], Field(min_length=1)]]] = {}
    """By medium: regions that are linked directly, either way round (``sea: {gotland: [kalmar]}``).
    Rail not given: wherever there is a road. Sea not given: nowhere. Distances as by road."""
    team_kinds: list[Key] = ["icu"]
    """Unit kinds whose transfers need a team from the sender."""
    place_of: dict[Key, PlaceType] = {}
    """By unit kind: the place that its patients need in a mode with ``capacity``. Not given: icu for a
    kind in ``team_kinds``, else stretcher."""
    beds_per_team: Whole = 1
    """Staffed beds of that kind that the sender lacks while a team is away."""
    team_rest_minutes: NonNegative = 30.0
    """After coming home, until a team can leave again."""
    handover_minutes: NonNegative = 0.0
    """At the receiver, before the patient counts as admitted; of several on board, once."""
    delay: Duration | None = None
    """Drawn for each patient and added to the travel of a transfer, should there be one."""
    weather: dict[Key, Weather] = {}
    """By mode."""
    closures: Annotated[list[Closure], Field(max_length=1000)] = []
    """Closed airspace, grounded modes and cut corridors, by day."""

    def place_type(self, kind: str) -> PlaceType:
        """Return the place that a patient of *kind* needs in a vehicle."""
        return self.place_of.get(kind, "icu" if kind in self.team_kinds else "stretcher")

    def carries(self, mode: Mode, kind: str) -> bool:
        """Return whether *mode* has a place for a patient of *kind*."""
        if mode.kinds is not None and kind not in mode.kinds:
            return False
        return mode.capacity is None or getattr(mode.capacity, self.place_type(kind)) > 0
