"""The luck of the reports: drawn before the run, the same for every plan, compared with a plan's shares."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nspl_sim.vocabulary.clock import HOUR

BLOCK_S = 6 * HOUR
"""A region's reports share their luck for so long at a time, from the start on."""


class Luck(NamedTuple):
    """One uniform for each region, in a block. Shapes: (regions,)."""

    missing: NDArray[np.float64]
    late: NDArray[np.float64]
    wrong: NDArray[np.float64]
    by: NDArray[np.float64]
    """Which way a wrong report errs, and how far: 0 the most too few, 1 the most too many."""


@dataclass(frozen=True, eq=False)
class ReportLuck:
    """Uniforms by block, region and purpose (order of :class:`Luck`)."""

    first_block: int
    u: NDArray[np.float64]
    """Shape (blocks, regions, 4)."""

    def at(self, time_s: int) -> Luck:
        """Return the luck of the reports that are taken at *time_s*."""
        return Luck(*self.u[time_s // BLOCK_S - self.first_block].T)


NO_REPORT_LUCK = ReportLuck(0, np.empty((0, 0, len(Luck._fields))))
