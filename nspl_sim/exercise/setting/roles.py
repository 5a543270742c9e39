"""Roles: who plays, who is simulated, who sends what from where; the exercise's aims and its limits."""

import re
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from nspl_sim.reading.numbers import Key, Line, PositiveWhole, Whole, whole
from nspl_sim.reading.part import Bilingual, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import text

Function = Literal["command", "care", "transport", "elective", "staffing", "information"]
"""Functions of a staff, as the addressee of an inject: the wordings name these."""

_HOUR = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
SCENE = re.compile(
    r"(?P<stream>[a-z0-9][a-z0-9_-]{0,63})(@(?P<day>D\+\d{1,4}) (?P<hour>([01]\d|2[0-3]):[0-5]\d))?"
)
"""A scene's key: a stream, ``strikes``, or one event of it, ``strikes@D+6 06:07``."""


def hour_of_day(value: Any) -> str:
    """Return a time of day as ``09:30``; ``9:30`` is one too."""
    hour = _HOUR.fullmatch(value.strip()) if isinstance(value, str) else None
    if hour is None:
        raise wrong("hour_of_day", text('must be a time in the room, in quotation marks: "09:30"'))
    return f"{int(hour[1]):02}:{hour[2]}"


HourOfDay = Annotated[str, BeforeValidator(hour_of_day)]


def scene_key(value: Any) -> str:
    """Return the key of a scene."""
    if not isinstance(value, str) or not SCENE.fullmatch(value):
        rule = text("must be a stream of the scenario, or one event of it by its time: strikes@D+6 06:07")
        raise wrong("scene_key", rule)
    return value


SceneKey = Annotated[str, BeforeValidator(scene_key)]


def break_of_day(value: Any) -> str:
    """Return a break as ``11:45-12:30``; ``11.45–12.30`` is one too."""
    parts = re.split(r"\s*[-–]\s*", value.strip()) if isinstance(value, str) else []
    hours = [_HOUR.fullmatch(part) for part in parts]
    if len(hours) != 2 or not all(hours):
        raise wrong("break_of_day", text('must be a time in the room, in quotation marks: "11:45-12:30"'))
    begins, ends = (hour_of_day(part) for part in parts)
    if begins >= ends:
        raise wrong("break_of_day", text('must end after it begins, the same day: "11:45-12:30"'))
    return f"{begins}-{ends}"


BreakOfDay = Annotated[str, BeforeValidator(break_of_day)]


class Player(Part):
    """One who plays: a region's command, or the joint office."""

    name: Line
    """As it stands on cards: ``Regional särskild sjukvårdsledning, Region Skåne``."""
    region: Line | None = None
    """The key of the region that it leads; None: the joint office, which gets what is the nation's."""
    phone: Line | None = None
    email: Line | None = None
    functions: dict[Function, Line] = {}
    """Names of functions in its staff; injects of that kind are addressed to them, by the name and whose it
    is (``Transportsamordnare, Region Skåne``), and no inject comes from one of them."""
    background: Bilingual | None = None
    """What this player knows at STARTEX besides, on its own opening page."""


class Controller(Part):
    """One who plays all those who do not play: answers the telephone, sends injects."""

    name: Line
    regions: Annotated[list[Line], Field(min_length=1)] | None = None
    """Injects to players of these regions are this controller's; None: all that nobody else has."""
    phone: Line | None = None
    local: bool = False
    """A local exercise leader: in a joint exercise gets a list of their own."""


class Aim(Part):
    """What the exercise is to practise, and which triggers practise it."""

    title: Bilingual
    triggers: Annotated[list[Line], Field(min_length=1)]
    """Codes, such as ``BELAGG``."""


class Alarm(Part):
    """Who raises the alarm of a mass-casualty event."""

    everywhere: Line = "SOS Alarm"
    regions: dict[Line, Line] = {}
    """Where it is somebody else."""


class Reports(Part):
    """The daily report of intensive care: when, and which regions fail to send theirs in time."""

    hours: Annotated[
        list[Annotated[int, BeforeValidator(whole), Field(ge=0, le=23)]], Field(min_length=1)
    ] = [7]
    """Civil hours of the scenario."""
    missing: list[Line] = []
    """Regions that never send theirs."""
    late: list[Line] = []
    """Regions that are missing at the hour, and send theirs an hour later."""


class Scene(Part):
    """What the model does not know of a mass-casualty event and a METHANE report has; all may be left out.

    Of a stream that hurts many several times, place, hazards, access and units hold for the first that is
    told; the others have scenes of their own, ``strikes@D+6 06:07``, or these are not known.
    """

    what: Bilingual | None = None
    """Type of incident."""
    place: Bilingual | None = None
    """Exact location."""
    hazards: Bilingual | None = None
    """Present and potential."""
    access: Bilingual | None = None
    """Way in, and rendezvous point."""
    units: Bilingual | None = None
    """Emergency services on site and needed."""
    injuries: Annotated[dict[Line, Bilingual], Field(max_length=200)] = {}
    """What the patients' cards call an injury group, by its class; not given: the class's title."""


class Limits(Part):
    """How much anybody is given."""

    most_per_hour: PositiveWhole = 4
    """Injects to one receiver in an hour in the room; the weightiest are kept."""
    most_per_controller: PositiveWhole = 12
    """Injects that one controller handles in an hour in the room; more is told, and nothing is dropped."""
    reserve_minutes: PositiveWhole = 30
    """Minutes in the room until the contingency inject is due."""
    most_of_one: PositiveWhole = 3
    """Injects of one trigger to one receiver in the whole exercise."""
    minutes_apart: Whole = 3
    """Minutes in the room between two injects to one receiver, and between two of one trigger from one
    controller: what has no fixed time comes so much later, and is counted anew there. 0: as they come."""
    latest_minutes: Whole = 60
    """So many minutes later in the room an inject may come at most, if its hour is full and it is still
    true; its text and figures are those of the time at which it is told. 0: it is left out."""


class Binder(Part):
    """What the controllers answer from."""

    keeps: Whole | None = None
    """Free intensive care beds that a region keeps for its own before it receives. None: the reserve of
    the plan's support rule."""


class Roles(Part):
    """A file of roles."""

    format: Annotated[Literal[1], BeforeValidator(whole)]
    title: Bilingual | None = None
    background: Bilingual | None = None
    """What all players know at STARTEX: the first words of the opening pages. None: the scenario's own
    description, where nothing that it may tell is still to come."""
    players: Annotated[dict[Key, Player], Field(max_length=200)] = {}
    """Who plays, by a key of your own. None given: every region of the scenario, and the joint office."""
    controllers: Annotated[list[Controller], Field(min_length=1, max_length=50)]
    aims: Annotated[dict[Key, Aim], Field(max_length=50)] = {}
    alarm: Alarm = Alarm()
    reports: Reports = Reports()
    scenes: Annotated[dict[SceneKey, Scene], Field(max_length=200)] = {}
    """Words for the METHANE reports of events, by the key of the scenario's stream, ``strikes``; or of one
    event by its time in the scenario, as ``nspl injects`` names it: ``strikes@D+6 06:07``."""
    limits: Limits = Limits()
    binder: Binder = Binder()
    briefings: Annotated[list[HourOfDay], Field(max_length=24)] = []
    """Times in the room at which the staff briefs, each played day: ``"11:00"``."""
    breaks: Annotated[list[BreakOfDay], Field(max_length=24)] = []
    """From when to when in the room nothing is told, each played day, the scenario stands still:
    ``"11:45-12:30"``."""
    without: list[Line] = []
    """Codes of triggers that give nothing in this exercise."""

    @model_validator(mode="after")
    def _one_break_at_a_time(self) -> Self:
        ordered = sorted(self.breaks)
        for before, after in pairwise(ordered):
            if after[:5] < before[6:]:
                rule = text("{one} and {other} overlap; write one break", one=before, other=after)
                raise wrong("breaks", rule, "breaks")
        return self

    @model_validator(mode="after")
    def _somebody_for_all(self) -> Self:
        if all(one.regions is not None for one in self.controllers):
            rule = text("must have one entry without regions, who answers for all that nobody else has")
            raise wrong("controllers", rule, "controllers")
        return self
