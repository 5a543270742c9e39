"""What is taken away during a run: integer rows, made before it and the same for every plan.

Amounts add up: what a region lacks at a second is the sum of the rows that are in force then.
A loss that is made good little by little is several rows with one beginning.
"""

from enum import IntEnum
from typing import NamedTuple

WHOLE = 1000
"""Amounts that are shares are whole thousandths."""


class What(IntEnum):
    """What a row takes away, and the unit of its amount. Numbers are part of fingerprints: only ever add."""

    BEDS = 1
    """Staffed beds of a unit kind."""
    TEAMS = 2
    """Teams that can leave with a patient."""
    ASKING = 3
    """Thousandths that an answer takes longer, asked of the region or by it; the slower of the two counts."""
    REPORTS = 4
    """Its part of the picture is not taken: the office sees the old one. Amount 1."""
    PLANNED = 5
    """Thousandths of its planned care that are stopped, whatever the plan lets through."""
    DIVERTED = 6
    """Thousandths of its ordinary emergencies that go to a neighbour; in ``Demand.diverted_to`` already."""
    MORTALITY = 7
    """Thousandths of mortality in care more, for those who lie there when it begins; settled afterwards."""
    EVACUATION = 8
    """In-patients beyond the beds that are left then need a bed elsewhere. Amount 1."""
    OFFICE = 9
    """The joint office cannot work; of no region (-1). Amount 1."""


class Disruption(NamedTuple):
    """One row: in force from ``from_s`` until just before ``to_s`` (``NEVER``: as long as the run)."""

    from_s: int
    what: int
    region: int
    """-1 where it is of no region."""
    kind: int
    """-1 where it is of no unit kind."""
    name: int
    """Number of the disruption it is part of, in alphabetical order of names."""
    amount: int
    to_s: int


Disruptions = tuple[Disruption, ...]
"""In order of (from_s, what, region, kind, name, amount, to_s); the place is the number in the journal."""
