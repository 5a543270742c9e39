"""The luck of the regions' reports, for the whole run."""

import numpy as np

from nspl_sim.demand.chance import Chance
from nspl_sim.demand.rates import Window
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.reports import BLOCK_S, Luck, ReportLuck


def report_luck(scenario: Scenario, chance: Chance) -> ReportLuck:
    """Return the uniforms of every block that the run touches; a longer run begins with the shorter one.

    Blocks before the start are drawn apart, so that a longer warm-up moves none after it.
    """
    window = Window.of(scenario)
    before, after = -(window.first_s // BLOCK_S), -(-window.end_s // BLOCK_S) + 1
    many = len(Luck._fields)

    def drawn(blocks: int, region: str, purpose: str) -> np.ndarray:
        return chance.uniforms(blocks * many, "", region, purpose).reshape(blocks, many)

    by_region = [
        np.concatenate(
            (drawn(before, region, "report in warm-up")[::-1], drawn(after, region, "report")),
        )
        for region in scenario.region_keys
    ]
    return ReportLuck(-before, np.stack(by_region, axis=1))
