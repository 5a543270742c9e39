"""The XML parts of an XLSX file, read piece by piece; how much they may hold in all is stated here.

A file of a few kilobytes may unpack to gigabytes, or to few bytes that cost gigabytes once they are
objects. So nothing is unpacked whole and no tree is built: expat hands out one element after the
other, and reading ends with a refusal at the first limit that is passed. What nobody needs (pictures,
themes, the order of calculation) is not unpacked at all.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from nspl_sim.reading.raw import refused
from nspl_sim.vocabulary.text import Text, text

MOST_MEMBERS = 1000
"""Parts in the file."""
MOST_UNPACKED = 60_000_000
"""Bytes, of all parts that are read."""
MOST_ELEMENTS = 600_000
"""XML elements, of all parts that are read; a cell with a number is two."""
MOST_DEPTH = 32
"""Elements inside each other."""
MOST_TEXT = 100_000
"""Characters of one text; a spreadsheet program lets a cell hold 32 767."""
MOST_WAITING = 1_000_000
"""Bytes of one remark, or of anything else between two elements' beginnings and ends."""

_PIECE = 1 << 16
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MEMBER_BEGINS = b"PK\x01\x02"

Begin = Callable[[str, dict[str, str]], bool]
"""Told the name and attributes of an element; answers whether its text is wanted."""
End = Callable[[str, str], None]
"""Told the name of an element and its text, if that was wanted."""


class Damaged(Exception):
    """The bytes are no workbook as any program would write it."""


@dataclass
class _Read:
    """What has been read so far."""

    unpacked: int = 0
    elements: int = 0


class Parts:
    """The parts of one file. Every limit holds for all that is read through it."""

    def __init__(self, content: bytes, file: str) -> None:
        """Open the file; raise ``InputRefused`` for too many parts, any ``Exception`` for what is no zip."""
        self._file = file
        self._read = _Read()
        if content.count(_MEMBER_BEGINS) > MOST_MEMBERS:  # before they become objects
            raise refused(file, text("holds over {most} parts; save it as CSV", most=MOST_MEMBERS))
        self._packed = zipfile.ZipFile(io.BytesIO(content))
        self.names = frozenset(self._packed.namelist())

    def read(self, name: str, begin: Begin, end: End) -> None:
        """Go through the whole part *name*."""
        for _ in self.pieces(name, begin, end):
            pass

    def pieces(self, name: str, begin: Begin, end: End) -> Iterator[None]:
        """Go through the part *name* and yield after each piece; raise at the first limit passed."""
        if self._packed.getinfo(name).compress_type not in _PACKINGS:
            raise Damaged
        parser = _parser(self._read, self._refuse, begin, end)
        with self._packed.open(name) as part:
            fed = 0
            for piece in _pieces(part):
                self._read.unpacked += len(piece)
                if self._read.unpacked > MOST_UNPACKED:
                    self._refuse(_TOO_LARGE)
                parser.Parse(piece)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > MOST_WAITING:
                    self._refuse(_TOO_LONG)
                yield
        parser.Parse(b"", True)

    def _refuse(self, rule: Text) -> None:
        raise refused(self._file, rule)


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    while piece := part.read(_PIECE):
        yield piece


_TOO_LARGE = text("unpacks to over {size} MB; save it as CSV", size=MOST_UNPACKED // 10**6)
_TOO_MANY = text(
    "holds over {most} XML elements; delete rows and columns that are not needed, or save it as CSV",
    most=MOST_ELEMENTS,
)
_TOO_LONG = text("holds a text of over {most} characters", most=MOST_TEXT)


def _parser(read: _Read, refuse: Callable[[Text], None], begin: Begin, end: End) -> expat.XMLParserType:
    """Return a parser that tells *begin* and *end*, and counts into *read*."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0
    length = 0
    parts: list[str] = []

    def began(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, length
        depth += 1
        read.elements += 1
        if read.elements > MOST_ELEMENTS:
            refuse(_TOO_MANY)
        if depth > MOST_DEPTH:
            raise Damaged
        if begin(tag.rpartition(" ")[2], attributes):
            parts.clear()
            length = 0
            parser.CharacterDataHandler = taken

    def ended(tag: str) -> None:
        nonlocal depth
        depth -= 1
        parser.CharacterDataHandler = None
        end(tag.rpartition(" ")[2], "".join(parts))
        parts.clear()

    def taken(some: str) -> None:
        nonlocal length
        parts.append(some)
        length += len(some)
        if length > MOST_TEXT:
            refuse(_TOO_LONG)

    def declared(*_: object) -> None:
        raise Damaged  # no spreadsheet program declares entities; others do, to no good end

    parser.StartElementHandler = began
    parser.EndElementHandler = ended
    parser.StartDoctypeDeclHandler = declared
    return parser
