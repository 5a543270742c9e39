"""What rules that pause planned care share: who pauses now, who goes on, and what is kept in between.

The share in force is such a rule's only memory. Its neighbours below: beds, rules.
"""

from collections.abc import Sequence

import numpy as np

from nspl_sim.policies.rules import Flags, Floats, Situation
from nspl_sim.policies.wording import listed
from nspl_sim.vocabulary.care import PRIORITIES
from nspl_sim.vocabulary.text import Text


def columns(priorities: Sequence[int]) -> list[int]:
    """Return where *priorities* stand in an array of shares."""
    return [p - 1 for p in PRIORITIES if p in priorities]


def listed_priorities(priorities: Sequence[int]) -> Text | str:
    """Return *priorities* as a list in a sentence, each once, the most urgent first."""
    return listed([str(p) for p in PRIORITIES if p in priorities])


def in_force(situation: Situation, priorities: Sequence[int]) -> Flags:
    """Return, by region, whether planned care of one of *priorities* is paused or cut now."""
    share = situation.elective_share[:, columns(priorities)]
    return np.asarray(((share >= 0) & (share < 1)).any(axis=1))


def held(begins: Flags, goes_on: Flags, paused: Flags, known: Flags) -> Flags:
    """Return who pauses: who *begins*, and who *paused* already and *goes_on*.

    Where the figures are not known, what was in force stays.
    """
    return np.where(known, begins | (paused & goes_on), paused)


def shares_of(pauses: Flags, priorities: Sequence[int], share: float) -> Floats:
    """Return shape (regions, 3): *share* of *priorities* where a region pauses, else 1."""
    shares = np.ones((len(pauses), len(PRIORITIES)))
    for column in columns(priorities):
        shares[pauses, column] = share
    return shares
