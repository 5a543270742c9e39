"""How unusual a moment is: where its region's intensive care census lies among all replications."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.exercise.listing.inject import Inject
from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.point import Point
from nspl_sim.measures.course import ICU
from nspl_sim.measures.profile import EVERY_S, Counts
from nspl_sim.paper.language import Language
from nspl_sim.vocabulary.errors import EXIT_USAGE, NsplError
from nspl_sim.vocabulary.text import text


class OtherResults(NsplError):
    """Results that say nothing of this course."""

    exit_code = EXIT_USAGE


@dataclass(frozen=True, eq=False)
class Unusual:
    """Ranks moments of one replication among all that the results hold."""

    batch: Batch
    point: int
    replication: int
    language: Language

    @classmethod
    def of(cls, batch: Batch, course: Point, replication: int, language: Language) -> "Unusual":
        """Return the ranks of *replication* of *course*; raise ``OtherResults`` where it is not there."""
        prints = [point.fingerprint for point in batch.points]
        if course.fingerprint not in prints:
            raise OtherResults(
                text(
                    "the results do not hold scenario {scenario} under plan {plan}, as they are now",
                    scenario=course.scenario.name,
                    plan=course.plan.name,
                )
            )
        if replication not in batch.replications:
            raise OtherResults(text("the results do not hold replication {number}", number=replication))
        return cls(batch, prints.index(course.fingerprint), replication, language)

    @cached_property
    def _census(self) -> Counts:
        return self.batch.levels(self.point, ICU).census

    def ranked(self, injects: Iterable[Inject]) -> tuple[Inject, ...]:
        """Return *injects* with the column filled for those of a region."""
        return tuple(one.changed(rank=self.rank(one)) for one in injects)

    def rank(self, one: Inject) -> str:
        """Return ``18 of 20``: so many replications have no more patients there, at the last sixth hour."""
        keys = self.batch.points[self.point].scenario.region_keys
        if one.region not in keys or ICU not in self.batch.points[self.point].scenario.kinds:
            return ""
        place = min(one.time_s // EVERY_S, self._census.shape[2] - 1)
        census = self._census[:, keys.index(one.region), place]
        mine = census[self.batch.replications.index(self.replication)]
        told = {"n": int(np.count_nonzero(census <= mine)), "all": len(census)}
        return self.language.say(text("{n} of {all}", **told))
