"""Staffing by the hour: when units open and close by civil time, worked out before the run."""

from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.staffing import changes
from nspl_sim.system.capacity import Capacity


def keep_hours(scenario: Scenario, capacity: Capacity, first_s: int, end_s: int) -> None:
    """Plan every change of staffing by the hour from *first_s* to *end_s*."""
    civil = Civil.of(scenario)
    for region, key in enumerate(scenario.region_keys):
        for kind, name in enumerate(scenario.kinds):
            unit = scenario.regions[key].units.get(name)
            if unit and unit.hours:
                for time_s, beds in changes(unit, unit.hours, civil, first_s, end_s):
                    capacity.change_at(time_s, (region, kind), beds)
