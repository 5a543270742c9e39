"""YAML as events. ruamel.yaml's own parser; what it would build by itself is not used, and cannot run."""

from typing import Any

from nspl_sim.reading.builder import Builder, meaning
from nspl_sim.reading.node import Node
from nspl_sim.reading.place import Place
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import Text, text

MOST_VALUES = 25_000


def read_yaml(written: str, file: str) -> Node:
    """Return the tree of the YAML document *written*, or raise ``InputRefused``."""
    from ruamel.yaml import YAML

    from nspl_sim.reading.yaml_scanner import NotPlain, PlainScanner

    builder = Builder(file, MOST_VALUES)
    reader = YAML(typ="safe", pure=True)
    reader.Scanner = PlainScanner
    try:
        for event in reader.parse(written):
            _take(event, builder)
    except InputRefused:
        raise
    except NotPlain as found:
        builder.stop(_place_of(found, written, file), found.rule)
    except Exception as error:  # random bytes make the parser raise almost anything; it is one refusal
        builder.stop(
            _place_of(error, written, file), text("is not valid YAML: {reason}", reason=_reason(error))
        )
    return builder.done()


def _take(event: Any, builder: Builder) -> None:
    place = Place(builder.file, event.start_mark.line + 1, event.start_mark.column + 1)
    kind = type(event).__name__
    if kind == "DocumentStartEvent":
        _check_document(event, builder, place)
    elif kind == "ScalarEvent":
        if event.style in (None, ""):
            builder.leaf(meaning(event.value), event.value, place)
        else:
            mark = "'" if event.style == "'" else '"'
            builder.leaf(event.value, f"{mark}{event.value}{mark}", place)
    elif kind in ("MappingStartEvent", "SequenceStartEvent"):
        builder.begin({} if kind == "MappingStartEvent" else [], place)
    elif kind in ("MappingEndEvent", "SequenceEndEvent"):
        builder.end()


def _check_document(event: Any, builder: Builder, place: Place) -> None:
    if builder.begun:
        builder.stop(place, text("holds several documents; keep each in its own file"))
    builder.begun = True
    if event.version not in (None, (1, 2)):
        builder.stop(place, text("is read as YAML 1.2; remove the %YAML line"))


def _place_of(error: Exception, written: str, file: str) -> Place:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return Place(file, mark.line + 1, mark.column + 1)
    at = getattr(error, "position", None)
    if isinstance(at, int):
        before = written[:at]
        return Place(file, before.count("\n") + 1, at - before.rfind("\n"))
    return Place(file)


def _reason(error: Exception) -> Text:
    """Return what is most likely wrong, in words for somebody who does not know YAML's grammar."""
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    for part, reason in _REASONS:
        if part in said:
            return reason
    character = getattr(error, "character", None)
    if isinstance(character, int | str):
        code = character if isinstance(character, int) else ord(character)
        return text("it holds the character {code}", code=f"U+{code:04X}")
    return text("the line, or the one before it, breaks the rules of indentation, quotes or brackets")


_REASONS = (
    ("'\\t'", text("a tab stands where spaces are wanted; indent with spaces")),
    ("quoted scalar", text("a quotation mark is not closed")),
    ("flow", text("a bracket is not closed, or a comma or a quotation mark is missing")),
    (
        "mapping values are not allowed",
        text("a colon too many, or wrong indentation; text with a colon needs quotes"),
    ),
    ("could not find expected ':'", text("a line has no colon after its key")),
    ("cannot start any token", text("text that begins with % @ or ` must stand in quotes")),
    ("block", text("the indentation does not fit the lines above")),
)
