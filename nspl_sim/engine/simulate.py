"""``simulate(scenario, plan, demand)``: the system's journal, row by row, from the compiled loop."""

from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from nspl_sim.engine import columns as c
from nspl_sim.engine.agenda import Nation
from nspl_sim.engine.command import Beds, Command, Planned, Slots, StaffedBeds
from nspl_sim.engine.moving import Moves, followed_units
from nspl_sim.engine.supports import check
from nspl_sim.engine.tables import state
from nspl_sim.journal import Journal
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.volumes import planned_per_weekday
from nspl_sim.system.disruptions import Disrupted
from nspl_sim.system.hours import keep_hours
from nspl_sim.system.office import JointOffice
from nspl_sim.system.referrals import referrals, ways_out
from nspl_sim.system.simulate import (
    allowance,
    geography,
    no_bed_by_kind,
    no_collection,
    release_times,
    units_of,
)
from nspl_sim.system.staffing import Staffing
from nspl_sim.vocabulary.clock import Rank, days, hours
from nspl_sim.vocabulary.patients import Demand, Ints


def simulate(scenario: Scenario, plan: Plan, demand: Demand, future: Ints | None = None) -> Journal:
    """Return what happens to *demand* in *scenario* under *plan*, which is shown *future* if it foresees.

    Raises NotCompiled where the system does what the loop does not hold.
    """
    check(demand)
    with no_collection():
        return _run(scenario, plan, demand, future)


def _run(scenario: Scenario, plan: Plan, demand: Demand, future: Ints | None) -> Journal:
    """Put command over the arrays, let it run to its end and return its journal."""
    first_s = -days(scenario.warm_up_days)
    end_s = days(scenario.horizon_days) + hours(scenario.cool_down_h)
    units = units_of(scenario)
    followed = followed_units(scenario, plan, demand)
    nation = Nation(state(scenario, demand, units, no_bed_by_kind(scenario), followed, first_s, end_s))
    record: Any = nation
    clock: Any = nation
    beds: Any = Beds(units)
    capacity = StaffedBeds(clock, record, scenario, beds)
    capacity.nation = nation
    planned: Any = Planned(nation)
    volume = planned_per_weekday(scenario)
    world = geography(scenario)
    office = JointOffice(clock, record, Civil.of(scenario), end_s)
    command = Command(
        clock, record, world, beds, capacity, planned, volume.sum(axis=2), office, demand.report_luck
    )
    command.nation = nation
    slots = Slots(nation, referrals(scenario, world), ways_out(world))
    fleet: Any = SimpleNamespace(teams=nation.state.regions[:, c.TEAMS])
    staffing = Staffing(clock, record, capacity, fleet, command.in_force)
    moves: Any = Moves(nation, command.in_force)
    command.after_review += [lambda: slots.put_in_force(command.in_force()), staffing.at_review]
    command.after_review.append(moves.at_review)

    command.future = future
    command.report_as(plan)
    if first_s < 0:
        command.begin_under(load_plan("today").plan)
        nation.call_at(0, Rank.REPORT, 0, lambda: command.work_under(plan))
    else:
        command.begin_under(plan)
    release_s = release_times(scenario, first_s, end_s)
    allowed = allowance(scenario, volume, release_s)
    for number, time_s in enumerate(release_s):
        for region in range(len(units)):
            act = partial(planned.release, region, allowed[region][number])
            nation.call_at(time_s, Rank.RELEASE, region, act)
    keep_hours(scenario, capacity, first_s, end_s)
    requests: Any = SimpleNamespace(slower=nation.state.regions[:, c.SLOWER], office=office)
    disrupted = Disrupted(clock, record, capacity, fleet, requests, command, planned, moves)
    disrupted.plan(demand.disruptions, end_s)
    nation.live(end_s)
    rows = int(nation.state.n[c.ROWS])
    return Journal(*(np.ascontiguousarray(column[:rows]) for column in nation.state.journal))
