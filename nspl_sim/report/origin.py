"""Where the numbers come from: all that is needed to make them again, and to see that they are the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from nspl_sim.paper import numbers
from nspl_sim.paper.naming import headings, plan_headings, world_name
from nspl_sim.paper.provenance import points, versions
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Section, Table
from nspl_sim.vocabulary.text import Text, text

_KNOWN: tuple[tuple[str, Text], ...] = (
    ("machine", text("Machine")),
    ("when", text("Made")),
    ("started", text("Started")),
    ("finished", text("Finished")),
)
"""What may be said of the making besides, as it is given."""


def section(material: Material) -> Section:
    """Return the section on versions, seeds, files and fingerprints; what is not known has no row."""
    batch = material.found.batch
    made = {"versions": versions(), "points": points(batch), **material.made}
    tables = [
        _making(material, made),
        _files(material, made.get("read")),
        _points(material, made.get("points")),
    ]
    warnings = [str(w) for w in made.get("warnings") or []]
    lists = [(material.say(text("Warnings")), warnings)] if warnings else []
    return Section(
        "provenance",
        material.say(text("Where the numbers come from")),
        [material.say(text("The same versions, files, seed and command give the same numbers."))],
        tables=[t for t in tables if t.rows],
        lists=lists,
    )


def _making(material: Material, made: Mapping[str, Any]) -> Table:
    say, code = material.say, material.language.code
    rows = []
    if made.get("command"):
        rows.append([say(text("Command")), _command(made["command"])])
    replications = material.found.batch.replications
    count = numbers.decimal(len(replications), 0, code)
    told = f"{count} ({min(replications)}–{max(replications)})" if replications else count
    rows.append([say(text("Replications")), told])
    if made.get("failed"):
        rows.append([say(text("Replications that failed")), _listed(made["failed"])])
    if isinstance(made.get("elapsed_s"), int | float):
        rows.append([say(text("Computing time")), numbers.span(float(made["elapsed_s"]), code)])
    rows += [[say(words), _listed(made[key])] for key, words in _KNOWN if made.get(key)]
    seeds = sorted({p.scenario.seed for p in material.found.batch.points})
    rows.append([say(text("Seed")), _listed(seeds)])
    versions = made.get("versions") or {}
    rows += [[say(text("Version of {program}", program=name)), str(v)] for name, v in versions.items()]
    return Table(say(text("Making")), [say(text("What")), say(text("Value"))], rows, words=(1,))


def _command(command: Any) -> str:
    return command if isinstance(command, str) else " ".join(str(word) for word in command)


def _listed(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k}: {v}" for k, v in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(v) for v in value)
    return str(value)


def _points(material: Material, points: Any) -> Table:
    """Return one row for each thing that has a fingerprint; the same scenario or plan is told once."""
    say, rows = material.say, dict[tuple[str, str], str]()
    known = material.found.batch.points
    plans, whole = plan_headings(known, material.language), headings(known, material.language)
    for number, point in enumerate(points or []):
        if not isinstance(point, Mapping):
            continue
        names = [str(point.get(k, "")) for k in ("scenario", "plan")]
        both = ", ".join(names)
        if len(points) == len(known):
            names = [world_name(known[number], material.language), plans[number]]
            both = whole[number]
        parts = (
            ("scenario_fingerprint", text("Scenario: {name}", name=names[0])),
            ("plan_fingerprint", text("Plan: {name}", name=names[1])),
            ("journals_fingerprint", text("All that happened: {name}", name=both)),
        )
        for key, words in parts:
            if point.get(key):
                rows.setdefault((say(words), str(point[key])), key)
    order = sorted(rows, key=lambda one: list(_PARTS).index(rows[one]))
    head = [say(text("Fingerprint of")), say(text("SHA-256"))]
    return Table(say(text("Fingerprints")), head, [list(one) for one in order], words=(1,))


_PARTS = ("scenario_fingerprint", "plan_fingerprint", "journals_fingerprint")


def _files(material: Material, read: Any) -> Table:
    say = material.say
    rows = [[str(name), str(digest)] for name, digest in read.items()] if isinstance(read, Mapping) else []
    return Table(say(text("Files read")), [say(text("File")), say(text("SHA-256"))], rows, words=(1,))
