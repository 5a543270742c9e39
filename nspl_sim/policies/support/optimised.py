"""Flows drawn up anew at each review: as many as can be helped, over the shortest ways in all."""

from dataclasses import dataclass

import numpy as np

from nspl_sim.policies.ahead import beds_ahead, expected, foreseeable, people
from nspl_sim.policies.beds import has_beds, kind_numbers
from nspl_sim.policies.flows import distinct_km, flows
from nspl_sim.policies.parameters import Budget, Hours, Kilometres, Kinds, Load, Reserve
from nspl_sim.policies.receivers import walks
from nspl_sim.policies.rules import Flags, Ints, Situation, StandingOrder, register
from nspl_sim.policies.wording import kept_free, listed_kinds, percent, plain
from nspl_sim.vocabulary.text import Text, text

NO_LIMIT = -1


@register("support", "optimised")
@dataclass(frozen=True)
class Optimised:
    """Integer flows from regions that lack beds to regions with room, over the fewest kilometres (HiGHS).

    A region lacks beds for those who wait and for those it is expected to have too many of in
    ``horizon_h`` (see :mod:`nspl_sim.policies.ahead`). A receiver has room for what is free beyond its
    reserve, as long as its load, now and as expected, stays within ``most_load``. Each region asks its
    planned receivers first, then the others with room, each the nearest first. Quotas hold every receiver
    to its room and the nation to ``most_transfers`` a review, what the plan leaves over spread where there
    is most room. Regions without a report are asked last, without quota; without any report it is nearest.
    """

    reserve: Reserve = 1
    """Beds that each receiver keeps free."""
    most_load: Load = 0.9
    """No receiver is filled beyond this load."""
    most_transfers: Budget = 50
    """Patients that all receivers together take between two reviews, by kind."""
    horizon_h: Hours = 12.0
    """So far ahead of the report is reckoned."""
    km_for_load: Kilometres = 0.0
    """So much further is worth while for a receiver whose load is 100 percentage points lower."""
    kinds: Kinds = ("icu",)

    def orders(self, situation: Situation) -> tuple[StandingOrder, ...]:
        """Return walks and quotas that follow from the best flows."""
        return tuple(self._order(situation, k) for k in kind_numbers(situation.geography, self.kinds))

    def _order(self, situation: Situation, kind: int) -> StandingOrder:
        g = situation.geography
        known = foreseeable(situation, kind)
        lack, room = self._lack(situation, kind, known), self._room(situation, kind, known)
        load = np.where(known & has_beds(g, kind), situation.load(kind), 0.0)
        cost = distinct_km(g) + self.km_for_load * np.minimum(load, self.most_load)
        planned = flows(lack, room, cost, self.most_transfers)
        quota = _quota(g.regions, planned.sum(axis=0), np.where(lack > 0, 0, room), self.most_transfers)
        group = np.where(known, np.where(planned > 0, 0, 1), 2)
        asked = (quota > 0) | ~known
        walked = tuple(tuple(r for r in walk if asked[r]) for walk in walks(g, kind, group))
        limits = np.where(known, quota, NO_LIMIT).tolist()
        return StandingOrder(kind, walked, (self.reserve,) * len(limits), tuple(limits))

    def _lack(self, situation: Situation, kind: int, known: Flags) -> Ints:
        """Return how many each region has too many of, waiting now or expected."""
        over = expected(situation, kind, self.horizon_h) - beds_ahead(situation, kind)
        wanted = np.maximum(situation.waiting[:, kind], np.ceil(np.round(over, 9)))
        return np.where(known, np.maximum(wanted, 0), 0).astype(np.int64)

    def _room(self, situation: Situation, kind: int, known: Flags) -> Ints:
        """Return how many each region could take, now and as expected."""
        staffed = np.maximum(situation.staffed[:, kind], 0)
        now = np.floor(np.round(self.most_load * staffed - people(situation, kind), 9))
        ahead = self.most_load * beds_ahead(situation, kind) - expected(situation, kind, self.horizon_h)
        spare = situation.free(kind) - self.reserve
        room = np.minimum(np.minimum(now, np.floor(np.round(ahead, 9))), spare)
        return np.where(known, np.maximum(room, 0), 0).astype(np.int64)

    def sentence(self) -> Text:
        """Return the clause that would stand in the plan."""
        return text(
            "Standing order for {kinds}, drawn up anew at each review from the reported situation: the "
            "office reckons which regions lack beds now or {hours} h later and plans for as many of their "
            "patients as can be helped, over the fewest kilometres in all. Each region asks its planned "
            "receivers first, then the others with room, last those without a report, always the nearest "
            "first. No receiver is filled beyond {load} % of its beds, and all of them together take at most "
            "{patients} patients between two reviews. {kept_free}",
            kinds=listed_kinds(self.kinds),
            hours=plain(self.horizon_h),
            load=percent(self.most_load),
            patients=self.most_transfers,
            kept_free=kept_free(self.reserve),
        )


def _quota(keys: tuple[str, ...], planned: Ints, room: Ints, most: int) -> Ints:
    """Return what each may take: what is planned, and of what *most* leaves over so much as there is room."""
    spare = np.maximum(room - planned, 0)
    order = np.array(sorted(range(len(keys)), key=lambda r: (-spare[r], keys[r])))
    before = np.cumsum(spare[order]) - spare[order]
    quota = planned.copy()
    quota[order] += np.clip(most - int(planned.sum()) - before, 0, spare[order])
    return quota
