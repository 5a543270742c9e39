"""Vehicles and transfer teams at their bases, at any second of a course."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nspl_sim.exercise.course.levels import Levels
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.measures import capacity
from nspl_sim.vocabulary.clock import DAY


@dataclass(frozen=True, eq=False)
class Fleet:
    """Those of *line*, from a day before its conditions are looked at."""

    line: Timeline

    def teams(self, region: int, time_s: int) -> int | None:
        """Return the transfer teams of intensive care at home in *region*; None where it never has any."""
        line = self.line
        scenario = line.course.scenario
        every = scenario.regions[line.course.regions[region]].icu_teams
        if not every or not line.has(region, line.icu) or scenario.transport.instant:
            return None
        gone = int(self._away.at(line.unit(region, line.icu), np.array([time_s]))[0])
        return max(0, int(every) - line.teams_lost(region, time_s) - gone)

    def vehicles(self, region: int, time_s: int) -> list[int]:
        """Return the vehicles at their base in *region* that could be had, by mode."""
        regions, at = len(self.line.regions), np.array([time_s])
        modes = len(self.line.course.scenario.transport.modes)
        return [int(self.parked.at(mode * regions + region, at)[0]) for mode in range(modes)]

    @cached_property
    def _away(self) -> Levels:
        return Levels(self.line.course.teams_away, self.line.first_s - DAY, self.line.to_s + DAY)

    @cached_property
    def parked(self) -> Levels:
        """Return the vehicles that could be had, by mode and base (mode x regions + base)."""
        course = self.line.course
        steps = capacity.vehicles_at_base(course.scenario, course.demand, course.journal, course.all_trips)
        return Levels(steps.floored(), self.line.first_s - DAY, self.line.to_s + DAY)
