"""JSON as events: the grammar is checked by the standard library, the places are found here."""

import json
import re
from bisect import bisect_right

from nspl_sim.reading.builder import Builder, meaning
from nspl_sim.reading.node import Node
from nspl_sim.reading.place import Place
from nspl_sim.reading.raw import refused
from nspl_sim.vocabulary.errors import InputRefused
from nspl_sim.vocabulary.text import text

MOST_VALUES = 100_000
_TOKEN = re.compile(r'[{}\[\]]|"(?:[^"\\]|\\.)*"|[^\s{}\[\],:"]+', re.DOTALL)


def read_json(written: str, file: str) -> Node:
    """Return the tree of the JSON document *written*, or raise ``InputRefused``."""
    _check(written, file)
    builder = Builder(file, MOST_VALUES)
    starts = [0, *(m.end() for m in re.finditer("\n", written))]
    for match in _TOKEN.finditer(written):
        line = bisect_right(starts, match.start())
        _take(match.group(), Place(file, line, match.start() - starts[line - 1] + 1), builder)
    return builder.done()


def _check(written: str, file: str) -> None:
    try:
        json.loads(written, parse_int=str, parse_float=str)
    except RecursionError:
        raise refused(file, text("is nested too deep")) from None
    except json.JSONDecodeError as error:
        rule = text("is not valid JSON: a comma, colon, quotation mark or bracket is missing or too many")
        raise InputRefused([Place(file, error.lineno, error.colno).problem(rule)]) from None


def _take(token: str, place: Place, builder: Builder) -> None:
    if token in "{[":
        builder.begin({} if token == "{" else [], place)
    elif token in "}]":
        builder.end()
    elif token[0] == '"':
        builder.leaf(json.loads(token), token, place)
    else:
        builder.leaf(meaning(token), token, place)
