"""The list for machines, in the four parts of a common exchange format, with its schema."""

import json
from typing import Any, Literal

from pydantic import ConfigDict

from nspl_sim import __version__
from nspl_sim.exercise.listing.material import Material
from nspl_sim.reading.part import Part


class About(Part):
    """The exercise."""

    title: str
    marking: str
    language: Literal["sv", "en"]
    form: Literal["seminar", "staff", "joint"]
    startex: str
    """Time in the room, ISO 8601 with the offset of the zone."""
    tempo: float
    """Hours of the scenario in an hour in the room."""
    scenario: str
    scenario_fingerprint: str
    plan: str
    replication: int
    journal_fingerprint: str
    program: str


class Step(Part):
    """When an inject is due."""

    inject_id: str
    trigger: Literal["startex", "inject-resolution"]
    """At a time from STARTEX, or when nothing has come of another inject."""
    after: str | None
    """Of a contingency inject: the one that it belongs to."""
    offset: str
    """From STARTEX: ``T+02:15:00``."""
    wall_clock: str


class Told(Part):
    """What an inject says."""

    inject_id: str
    script: str
    attachment: str


class Number(Part):
    """A fact: what was counted, where and when, in the course."""

    of: str
    value: int
    time_s: int
    region: int
    kind: int
    since_s: int
    of_what: list[int]


class Row(Part):
    """All other columns of an inject, as texts, and its facts."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    inject_id: str
    columns: dict[str, str]
    facts: list[Number]


class InjectFile(Part):
    """A list of injects."""

    format: Literal[1]
    exercise: About
    inject_flow: list[Step]
    injects: list[Row]
    inject_payloads: list[Told]


_PAYLOAD = ("script", "attachment")


def as_file(material: Material) -> InjectFile:
    """Return the list as the file's model."""
    clock, line = material.clock, material.line
    about = About(
        title=material.title,
        marking=material.sign,
        language="sv" if material.language.code == "sv" else "en",
        form=material.form,
        startex=clock.startex.isoformat(timespec="minutes"),
        tempo=float(clock.tempo),
        scenario=material.scenario.name,
        scenario_fingerprint=material.scenario.fingerprint(),
        plan=material.planner.plan_name,
        replication=line.replication,
        journal_fingerprint=line.course.journal.fingerprint(),
        program=f"nspl_sim {__version__}",
    )
    flow = [
        Step(
            inject_id=i.inject_id,
            trigger="inject-resolution" if i.reserve_of else "startex",
            after=i.reserve_of or None,
            offset=i.offset,
            wall_clock=i.wall_clock,
        )
        for i in material.injects
    ]
    rows = [
        Row(
            inject_id=i.inject_id,
            columns={k: v for k, v in i.row().items() if k != "inject_id" and k not in _PAYLOAD},
            facts=[Number(**{**vars(f), "of_what": list(f.of_what)}) for f in i.facts],
        )
        for i in material.injects
    ]
    told = [Told(inject_id=i.inject_id, script=i.script, attachment=i.attachment) for i in material.injects]
    return InjectFile(format=1, exercise=about, inject_flow=flow, injects=rows, inject_payloads=told)


def as_json(material: Material) -> bytes:
    """Return the list as JSON."""
    return _written(as_file(material).model_dump(mode="json"))


def schema() -> bytes:
    """Return the JSON schema of the file."""
    return _written(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **InjectFile.model_json_schema()}
    )


def _written(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
