"""The scenario: the world as data. Any country, or one ward, is a scenario."""

import hashlib
import json
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from nspl_sim.reading.numbers import (
    Key,
    Line,
    Moment,
    NonNegative,
    People,
    Positive,
    Real,
    Seed,
    Whole,
    whole,
)
from nspl_sim.reading.part import Bilingual, Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.classes import PatientClass
from nspl_sim.scenario.crowding import WardCrowding
from nspl_sim.scenario.displaced import Displaced
from nspl_sim.scenario.disruptions import Disruption
from nspl_sim.scenario.legal import LegalChange
from nspl_sim.scenario.municipal import Municipal
from nspl_sim.scenario.present import PresentPatients
from nspl_sim.scenario.streams import Stream
from nspl_sim.scenario.supplies import Supply
from nspl_sim.scenario.transport import Transport
from nspl_sim.scenario.units import SurgeStep, Unit, UnitKind
from nspl_sim.vocabulary.text import text

LEAST_CATCH_UP = 0.001


def _some_or_none(value: float) -> float:
    """Return *value*; so small a share would release nobody in a hundred years."""
    if 0 < value < LEAST_CATCH_UP:
        raise wrong("catch_up", text("must be 0, or at least {least}", least=LEAST_CATCH_UP))
    return value


class Position(Part):
    """Of the main hospital, in degrees."""

    lat: Annotated[Real, Field(ge=-90, le=90)]
    """North of the equator."""
    lon: Annotated[Real, Field(ge=-180, le=180)]
    """East of Greenwich."""


class Region(Part):
    """One region: its beds, its vehicles, its teams, its own command."""

    name: Bilingual | None = None
    """As people say it."""
    code: Line | None = None
    """Of the county, as Statistics Sweden gives it: ``12``."""
    region: Key | None = None
    """Of a hospital: the region that owns it. Hospitals of one region help each other at once, under every
    plan. None: it is a region itself."""
    civil_area: Key | None = None
    """The civil area (civilområde) that it belongs to."""
    care_region: Key | None = None
    """The care region (samverkansregion) that it belongs to; today's order asks there first."""
    neighbours: list[Key] | None = None
    """The regions that border on it; a border that one side names holds for both. Where no region of the
    scenario says it, each region's neighbours are the three nearest."""
    population: People | None = None
    """Inhabitants."""
    position: Position | None = None
    """Of the main hospital; distances by air follow from it."""
    tile: Annotated[list[Whole], Field(min_length=2, max_length=2)] | None = None
    """Column and row in figures in map order."""
    units: dict[Key, Unit] = {}
    """Beds by unit kind; a kind that is not given has none."""
    university_hospital: bool | None = None
    """Whether the region's care counts as a university hospital's, for classes with
    ``university_odds_ratio``. Not given: no."""
    icu_teams: Whole = 0
    """Teams that can leave with a patient at the same time."""
    vehicles: dict[Key, Whole] = {}
    """Number by mode, based in this region."""
    municipal: Municipal | None = None
    """What its municipalities receive of the discharge-ready. None: everybody at once, or by drawn days."""

    @property
    def has_care(self) -> bool:
        """Return whether it has beds of any kind, or a surge step that opens some."""
        return any(unit.beds != 0 or unit.surge for unit in self.units.values())


class Scenario(Lasting):
    """The world that plans are tried in."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    name: Key
    title: Bilingual | None = None
    description: Annotated[str, Field(max_length=20_000)] | None = None
    marking: Line | None = None
    """A line on everything that is written: EXERCISE, or the security class that its owner has chosen."""
    marking_required: bool = False
    """Whether a scenario without a marking is refused."""
    exercise: bool = False
    """Whether all of it is invented for exercise."""
    start: Moment
    """Civil time at which the measured window begins: t = 0."""
    time_zone: Line = "Europe/Stockholm"
    """Of all civil times."""
    warm_up_days: Annotated[NonNegative, Field(le=3650)] = 0.0
    """Before the start, under today's order, and not measured."""
    horizon_days: Annotated[Positive, Field(ge=0.01, le=3650)]
    """How long is measured."""
    cool_down_h: Annotated[NonNegative, Field(le=87_600)] = 0.0
    """After the horizon the run goes on so long, so that those who arrived can finish."""
    starts: Literal["empty", "equilibrium"] = "empty"
    """Who lies in the beds when warm-up begins: nobody, or those whom the steady streams would have left
    there were beds unlimited (residual stays by the equilibrium law)."""
    seed: Seed = 1
    """Of all chance; the same seed gives the same patients."""
    strain_arm: Literal["none", "half", "full"] = "half"
    """How much a crowded intensive care unit is taken to harm, of what the source reports."""
    ward_crowding: WardCrowding | None = None
    """What very full wards do to those who never lay in intensive care. None: nothing."""
    catch_up: Annotated[NonNegative, Field(le=10), AfterValidator(_some_or_none)] = 0.1
    """Each weekday so much of a normal day's planned arrivals may be released from the list besides."""
    regions: Annotated[dict[Key, Region], Field(min_length=1, max_length=1000)]
    """By key, such as ``skane``."""
    unit_kinds: dict[Key, UnitKind] = {}
    """What holds for a kind of unit in every region: referral where a region has none, and the like."""
    classes: Annotated[dict[Key, PatientClass], Field(min_length=1, max_length=1000)]
    """The kinds of patients, by key."""
    streams: Annotated[dict[Key, Stream], Field(max_length=1000)]
    """Where patients come from, by key."""
    transport: Transport = Transport()
    """How patients move between regions."""
    disruptions: Annotated[dict[Key, Disruption], Field(max_length=100)] = {}
    """What is taken away from regions during the run, by name; the same for every plan."""
    present: Annotated[list[PresentPatients], Field(max_length=10_000)] = []
    """Who lies in the beds at t = 0, counted by region and kind of unit; without warm-up, and with ``starts:
    empty``."""
    displaced: Annotated[list[Displaced], Field(max_length=100)] = []
    """Who lives in another region for a time: their ordinary care is needed there."""
    supplies: Annotated[dict[Key, Supply], Field(max_length=100)] = {}
    """Items that patients consume, and the regions' stock of them; measured, without any effect on care."""
    legal_state: Annotated[list[LegalChange], Field(max_length=100)] = []
    """What the law makes of the situation, from when and where; a plan's mandate says what follows."""

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise wrong("time_zone", text("must be a time zone such as Europe/Stockholm")) from None
        return value

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return every unit kind that a region has or a stage needs, in alphabetical order."""
        found = {kind for region in self.regions.values() for kind in region.units}
        found |= {s.kind for c in self.classes.values() for p in c.pathways for s in p.stages}
        for stream in self.streams.values():
            if stream.kind == "table":
                found |= {s.kind for p in stream.patients for s in p.stages or []}
        return tuple(sorted(found))

    @property
    def region_keys(self) -> tuple[str, ...]:
        """Return the region keys in alphabetical order, which is their number everywhere."""
        return tuple(sorted(self.regions))

    def owner(self, key: str) -> str:
        """Return the region that owns the node *key*: itself, but for a hospital of one."""
        return self.regions[key].region or key

    def region_name(self, key: str, language: str = "sv") -> str:
        """Return the region's name as people say it."""
        name = self.regions[key].name
        return name.in_language(language) if name else key

    def fingerprint(self) -> str:
        """Return a hash of everything in the scenario, whatever the order of its keys was."""
        plain = self.model_dump(mode="json", by_alias=True)
        return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


__all__ = ["Position", "Region", "Scenario", "SurgeStep", "Unit", "UnitKind"]
