"""When something happens in a course: where an exercise may begin."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from nspl_sim.demand.rates import Window
from nspl_sim.demand.sample import sample
from nspl_sim.exercise.happened import casualties
from nspl_sim.experiment.batch import Batch
from nspl_sim.measures.course import ICU
from nspl_sim.measures.profile import EVERY_S

BEFORE = timedelta(hours=1)
"""So long before an event an exercise may begin; at least, for it begins at a whole hour."""
AT_HOUR = 8
"""Without an event it may begin at this hour of the heaviest day."""


@dataclass(frozen=True)
class Occasions:
    """A course's events and its heaviest hour, in the scenario's civil time."""

    events: tuple[tuple[datetime, int], ...]
    """When, and how many are hurt."""
    heaviest: datetime | None
    """When most are in intensive care, looked at every six hours; None where there is none."""
    start: datetime

    @classmethod
    def of(cls, batch: Batch, point: int, replication: int) -> "Occasions":
        """Return those of *replication*, whose patients are drawn anew; its census is the batch's."""
        scenario = batch.points[point].scenario
        window, heaviest = Window.of(scenario), None
        events = tuple((e.onset_s, len(e.rows)) for e in casualties(scenario, sample(scenario, replication)))
        if ICU in scenario.kinds:
            census = batch.levels(point, ICU).census[batch.replications.index(replication)].sum(axis=0)
            heaviest = window.civil(int(np.argmax(census)) * EVERY_S) if census.any() else None
        return cls(tuple((window.civil(s), hurt) for s, hurt in events), heaviest, window.start)

    @property
    def begins(self) -> datetime | None:
        """Return where an exercise may begin: before the first event, or on the heaviest day."""
        if self.events:
            at = (self.events[0][0] - BEFORE).replace(minute=0, second=0)
        elif self.heaviest:
            at = self.heaviest.replace(hour=AT_HOUR)
        else:
            return None
        return max(at, self.start)
