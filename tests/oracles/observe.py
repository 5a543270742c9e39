"""What a queueing theorist reads off a journal: waits, census and line, straight from the rows.

Kept apart from the product's own measures on purpose, so that one can check the other.
"""

from dataclasses import dataclass

import numpy as np

from nspl_sim.journal import Journal
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.patients import Demand


@dataclass
class Seen:
    """One replication of a world whose patients need one stage; times in units of *unit_s*."""

    scenario: Scenario
    demand: Demand
    journal: Journal
    unit_s: float

    def __post_init__(self) -> None:
        n = len(self.demand)
        j = self.journal
        self.asked, self.admitted, self.left = (np.full(n, np.nan) for _ in range(3))
        self.asked[j.patient[j.event == Event.ASKED]] = j.time_s[j.event == Event.ASKED]
        self.admitted[j.patient[j.event == Event.ADMITTED]] = j.time_s[j.event == Event.ADMITTED]
        self.bed_region = np.full(n, -1)
        self.bed_region[j.patient[j.event == Event.ADMITTED]] = j.region[j.event == Event.ADMITTED]
        gone = np.isin(j.event, [Event.DISCHARGED, Event.REFUSED, Event.DIED_WAITING])
        self.left[j.patient[gone]] = j.time_s[gone]
        self.end_s = self.scenario.horizon_days * 86400
        arrives = self.demand.arrival_s
        self.cohort = (arrives >= 0) & (arrives < self.end_s)
        self.refused = np.zeros(n, dtype=bool)
        self.refused[j.patient[j.event == Event.REFUSED]] = True
        self.died = np.zeros(n, dtype=bool)
        self.died[j.patient[j.event == Event.DIED_WAITING]] = True

    @property
    def duration(self) -> float:
        return self.end_s / self.unit_s

    def waits(self, chosen=True):
        """Waits of the cohort who were admitted in the run."""
        return ((self.admitted - self.asked)[self.cohort & ~np.isnan(self.admitted) & chosen]) / self.unit_s

    def area(self, begin, end) -> float:
        """Mean number over the measured window of those between *begin* and *end*."""
        begin = np.clip(begin, 0, self.end_s)
        end = np.clip(np.where(np.isnan(end), self.end_s, end), 0, self.end_s)
        return float(np.nansum(np.maximum(end - begin, 0)) / self.end_s)

    def in_bed(self) -> float:
        return self.area(np.where(np.isnan(self.admitted), np.inf, self.admitted), self.left)

    def in_line(self) -> float:
        until = np.where(np.isnan(self.admitted), self.left, self.admitted)
        return self.area(self.asked, until)

    def per_time(self, chosen) -> float:
        return float((chosen & self.cohort).sum() / self.duration)
