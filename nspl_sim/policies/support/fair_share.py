"""Those first who have taken fewest patients for their size: the burden follows the population."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.beds import has_beds, kind_numbers, reported
from nspl_sim.policies.parameters import Kinds, PatientBand, Reserve
from nspl_sim.policies.receivers import room_first, standing_order, walks
from nspl_sim.policies.rules import Floats, Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds, plain
from nspl_sim.vocabulary.text import Text, text


@register("support", "fair-share")
@dataclass(frozen=True)
class FairShare:
    """Receivers by how far below their share by population of all patients taken so far they are.

    The account is of patients taken from other regions since the run began, as reported. Shares are by
    population among those that report and have such beds; without populations they are equal. Those with
    more free beds than they keep come first, then the full, last those without a report.
    """

    reserve: Reserve = 1
    """Beds that each receiver keeps free."""
    band: PatientBand = 1.0
    """Patients: accounts are compared in steps of this size, to the nearest, and then distance decides."""
    kinds: Kinds = ("icu",)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return the order that the accounts give."""
        g = situation.geography
        found = []
        for kind in kind_numbers(g, self.kinds):
            steps = np.rint(np.round(self._ahead(situation, kind) / self.band, 9))
            room = situation.free(kind) > self.reserve
            group = room_first(situation, kind, steps, room)
            found.append(standing_order(g, kind, walks(g, kind, group), self.reserve))
        return tuple(found)

    @staticmethod
    def _ahead(situation: Situation, kind: int) -> Floats:
        """Return, by region, patients taken beyond its share; below 0 where it is behind."""
        g, taken = situation.geography, situation.taken[:, kind]
        counts = reported(situation, kind) & has_beds(g, kind) & (taken >= 0)
        people = np.where(counts, g.population, 0)
        if not people.sum():
            people = counts.astype(np.int64)
        share = people / max(1, people.sum())
        return np.where(counts, taken - share * np.where(counts, taken, 0).sum(), 0.0)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds}, drawn up anew at each review from the reported situation: first "
            "the regions that report more free beds than they keep, then the full ones, last those without "
            "a report. First come those that have so far taken the fewest patients from others against "
            "their share of the population, compared in steps of {band}; within a step the nearest. "
            "{kept_free}",
            kinds=listed_kinds(self.kinds),
            band=plain(self.band),
            kept_free=kept_free(self.reserve),
        )
