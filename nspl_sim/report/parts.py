"""What a report is made of: tables, figures and sections, ready worded. Markup is the template's business."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

MOST_UPRIGHT = 18
"""More columns than this have no room for their names side by side on paper."""

MOST_ON_A_PAGE = 26
"""So many rows, of two lines at most, have room on one page."""


@dataclass(frozen=True)
class Pictures:
    """The same drawing in three forms."""

    png: bytes
    svg: bytes
    inline: str
    """SVG markup for the page, without the title and the finding, which the page says."""


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row says what the row is about."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    dense: bool = False
    """Many narrow columns: set small."""
    words: Sequence[int] = ()
    """Columns of words, set to the left; all others but the first hold numbers, set to the right."""

    @property
    def is_turned(self) -> bool:
        """Return whether the columns are so many that their names stand on end."""
        return self.dense and len(self.head) > MOST_UPRIGHT

    @property
    def looks(self) -> str:
        """Return what the style sheet knows the table by; one that fits on a page is not broken."""
        known = (
            ("dense", self.dense),
            ("turned", self.is_turned),
            ("whole", len(self.rows) <= MOST_ON_A_PAGE),
        )
        return " ".join(name for name, holds in known if holds)

    def is_number(self, column: int) -> bool:
        """Return whether *column* holds numbers."""
        return column > 0 and column not in self.words


@dataclass(frozen=True)
class Figure:
    """A drawn figure, the words that say the same, and the numbers behind it."""

    name: str
    """Of its files, without ending."""
    title: str
    alt: str
    """What it shows: the finding, for who cannot see it."""
    how_to_read: str
    drawn: Pictures
    table: Table
    is_wide: bool = False
    """Too dense to be shrunk to the width of a telephone; scrolls in its own frame there."""


@dataclass(frozen=True)
class Section:
    """One question and what answers it."""

    name: str
    heading: str
    said: Sequence[str] = ()
    figures: Sequence[Figure] = ()
    tables: Sequence[Table] = ()
    after: Sequence[str] = ()
    """What is said under the tables."""
    lists: Sequence[tuple[str, Sequence[str]]] = field(default=())
    """A heading and its points."""

    def adding(self, table: Table, *said: str) -> "Section":
        """Return the section with *table* besides, and what is to be said of it."""
        return replace(self, tables=[*self.tables, table], after=[*self.after, *said])

    def __bool__(self) -> bool:
        """Return whether there is anything under the heading."""
        return bool(self.said or self.figures or self.tables or self.lists)
