"""One row of the list, and the columns that it is written in: which are the players', which the key's."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from nspl_sim.exercise.course.facts import Fact
from nspl_sim.vocabulary.text import Text, text

STATUSES = (text("draft"), text("reviewed"), text("approved"), text("played"), text("dropped"))

COLUMNS: dict[str, Text] = {
    "inject_id": text("No."),
    "status": text("Status"),
    "scenario_time": text("Scenario time"),
    "offset": text("Time from STARTEX"),
    "wall_clock": text("Time in the room"),
    "move": text("Move"),
    "event": text("Event"),
    "type": text("Type"),
    "sender": text("From"),
    "to": text("To"),
    "delivery": text("Channel"),
    "subject": text("Subject"),
    "script": text("Text to read"),
    "attachment": text("Attachment"),
    "objective": text("Aim"),
    "expected_action": text("Expected action"),
    "contingency": text("If nothing is done"),
    "controller": text("Controller"),
    "evaluator_note": text("To the evaluator"),
    "region": text("Region"),
    "evidence": text("State of the simulation"),
    "rank": text("How unusual"),
    "answer": text("What the plan did"),
    "source": text("Source"),
    "marking": text("Marking"),
    "open_channel": text("May be sent in the open"),
    "not_before": text("Not to be played before"),
    "played_at": text("Played at"),
    "outcome": text("Outcome"),
    "note": text("Note"),
}
"""Every column of the controllers' list, in order."""

NOTED = ("status", "played_at", "outcome", "note")
"""Columns that people fill; a new run keeps what they wrote."""


@dataclass(frozen=True)
class Inject:
    """One row, ready worded; every text is in one language."""

    inject_id: str
    status: str
    scenario_time: str
    offset: str
    wall_clock: str
    """ISO 8601 with the offset of the zone."""
    move: str
    event: str
    type: str
    sender: str
    to: str
    delivery: str
    subject: str
    script: str
    attachment: str
    objective: str
    expected_action: str
    contingency: str
    controller: str
    evaluator_note: str
    region: str
    """Key, or nothing where it is the nation's."""
    evidence: str
    rank: str
    answer: str
    source: str
    marking: str
    open_channel: str
    not_before: str
    played_at: str = ""
    outcome: str = ""
    note: str = ""
    time_s: int = 0
    """Second of the scenario; not printed."""
    player: str = ""
    """Key of the player; not printed."""
    code: str = ""
    """Of the trigger; not printed."""
    reserve: "Inject | None" = None
    """The contingency inject that goes with it; not printed."""
    facts: tuple[Fact, ...] = ()
    form: str = ""
    """Name of the form that is attached; not printed."""
    reserve_of: str = ""
    """Number of the inject that a contingency inject belongs to; not printed."""
    number: int = -1
    """Of the casualties' event; not printed."""
    weight: int = 0

    @property
    def wall(self) -> datetime:
        """Return the time in the room."""
        return datetime.fromisoformat(self.wall_clock)

    def row(self) -> dict[str, str]:
        """Return its cells by column, in order."""
        return {name: str(getattr(self, name)) for name in COLUMNS}

    def changed(self, **values: str | int) -> "Inject":
        """Return the same row with other cells."""
        return replace(self, **values)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Card:
    """What a player sees of an inject, and nothing else."""

    scenario_time: str
    wall_clock: str
    sender: str
    to: str
    delivery: str
    subject: str
    script: str
    attachment: str
    marking: str

    @classmethod
    def of(cls, inject: Inject) -> "Card":
        """Return the card of *inject*."""
        return cls(**{f.name: getattr(inject, f.name) for f in fields(cls)})
