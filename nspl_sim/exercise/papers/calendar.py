"""The list as a calendar (RFC 5545): times in universal time, an alarm ten minutes before."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.exercise.listing.material import KEY, Material

_LONGEST = 75
"""Octets on a line; what is longer goes on with a space before it."""


def calendar(material: Material) -> bytes:
    """Return the calendar of exercise control."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//nspl_sim//injects//SV", "CALSCALE:GREGORIAN"]
    for inject in material.told:
        lines += _event(inject, material)
    lines.append("END:VCALENDAR")
    return b"".join(folded + b"\r\n" for line in lines for folded in _folded(line))


def _event(inject: Inject, material: Material) -> list[str]:
    begins = inject.wall.astimezone(UTC)
    stamp = material.clock.startex.astimezone(UTC)
    mine = material.scenario.fingerprint()[:12]
    said = f"{inject.to}\n{inject.script}\n{material.say(KEY)}"
    return [
        "BEGIN:VEVENT",
        f"UID:{inject.inject_id}@{mine}.nspl-sim",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART:{begins:%Y%m%dT%H%M%SZ}",
        f"DTEND:{begins + timedelta(minutes=5):%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{_escaped(f'{inject.inject_id} {inject.subject}')}",
        f"DESCRIPTION:{_escaped(said)}",
        f"CATEGORIES:{_escaped(inject.type)}",
        "CLASS:CONFIDENTIAL",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(inject.inject_id)}",
        "TRIGGER:-PT10M",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(words: str) -> str:
    """Return *words* as text of a calendar."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, "\\" + sign)
    return words.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """Yield *line* in pieces that are short enough, never inside a character."""
    piece = b""
    for character in line:
        coded = character.encode()
        if len(piece) + len(coded) > _LONGEST:
            yield piece
            piece = b" "
        piece += coded
    yield piece
