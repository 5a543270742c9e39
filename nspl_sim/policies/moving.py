"""Moves of in-patients that a plan asks for: away from the hardest pressed, and home again.

Both are said at a review and carried out there; who may be moved, and in which order, is the
system's. Its neighbour below: beds.
"""

from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from nspl_sim.policies.beds import kind_numbers, reported
from nspl_sim.policies.parameters import Kinds, Load, Reserve
from nspl_sim.policies.rules import Geography, Ints, Situation, StandingOrder
from nspl_sim.reading.numbers import PositiveWhole
from nspl_sim.reading.part import Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.text import text

Move = tuple[int, int, int, int]
"""From region, kind, to region, count."""


class Relief(Part):
    """Moves of in-patients away from regions that report a high load."""

    kinds: Kinds = ("icu",)
    """Unit kinds whose in-patients are moved."""
    above: Load = 1.0
    """A region is relieved while its reported load is above this."""
    below: Load = 0.8
    """A region takes in-patients while its reported load, with them, is not above this."""
    at_most: Annotated[PositiveWhole, Field(le=1000)] = 2
    """Patients that a region sends at a review."""

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.below > self.above:
            rule = text(
                "may not be higher than above ({below} is higher than {above})",
                below=self.below,
                above=self.above,
            )
            raise wrong("thresholds", rule, "below")
        return self


class Returns(Part):
    """Return transfers: in-patients in another region go home when there is a bed again."""

    kinds: Kinds = ("icu",)
    """Unit kinds whose in-patients return, to the same kind at home."""
    reserve: Reserve = 2
    """Beds that the home region keeps free for its own need."""


def relief(
    terms: Relief,
    orders: tuple[StandingOrder, ...],
    picture: Situation,
    gives: tuple[bool, ...],
    receives: tuple[bool, ...],
) -> tuple[Move, ...]:
    """Return the moves that *picture* calls for: the hardest pressed first, each to its receivers in order.

    Only regions that receive are relieved and only those that give take in-patients; both by the
    figures that they report.
    """
    numbers = kind_numbers(picture.geography, terms.kinds)
    moves: list[Move] = []
    for order in orders:
        if order.kind in numbers:
            moves += _of_kind(terms, order, picture, np.array(gives), np.array(receives))
    return tuple(moves)


def _of_kind(
    terms: Relief,
    order: StandingOrder,
    picture: Situation,
    gives: NDArray[np.bool_],
    receives: NDArray[np.bool_],
) -> list[Move]:
    kind = order.kind
    staffed = picture.staffed[:, kind]
    wanted = picture.occupied[:, kind] + picture.inbound[:, kind] + picture.waiting[:, kind]
    known = reported(picture, kind) & (staffed > 0)
    spare = _room(staffed, wanted, terms.below) * (known & gives)
    over = -_room(staffed, wanted, terms.above) * (known & receives)
    load = picture.load(kind)
    moves: list[Move] = []
    for sender in sorted(range(len(load)), key=lambda r: (-load[r], r)):
        left = min(int(over[sender]), terms.at_most)
        for receiver in order.receivers[sender]:
            count = min(left, int(spare[receiver]))
            if count > 0:
                moves.append((sender, kind, receiver, count))
                spare[receiver] -= count
                left -= count
    return moves


def _room(staffed: Ints, wanted: Ints, load: float) -> Ints:
    """Return how many more may need a bed until *load* is reached; fewer than 0: how many too many."""
    return np.asarray(np.floor(staffed * load + 1e-9).astype(np.int64) - wanted)


def homeward(
    terms: Returns, geography: Geography, receives: tuple[bool, ...]
) -> tuple[tuple[int, int, int], ...]:
    """Return whose residents return: regions that receive support, with what each keeps free."""
    return tuple(
        (region, kind, terms.reserve)
        for region, inside in enumerate(receives)
        if inside
        for kind in kind_numbers(geography, terms.kinds)
    )
