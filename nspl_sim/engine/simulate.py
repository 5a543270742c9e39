"""``simulate(scenario, plan, demand)``: the system's journal, row by row, from the compiled loop."""

from collections.abc import Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from nspl_sim.engine import columns as c
from nspl_sim.engine.agenda import Nation
from nspl_sim.engine.command import Beds, Command, Planned, Slots, StaffedBeds, leave_at_review
from nspl_sim.engine.desk import Office
from nspl_sim.engine.moving import Moves, check_held, followed_units
from nspl_sim.engine.supports import check
from nspl_sim.engine.tables import state
from nspl_sim.journal import Journal
from nspl_sim.policies.besides import Former
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import Decision
from nspl_sim.policies.directing import Director
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.receivers import nearest_first
from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.volumes import planned_per_weekday
from nspl_sim.system.disruptions import Disrupted
from nspl_sim.system.hours import keep_hours
from nspl_sim.system.referrals import referrals, ways_out, within_regions
from nspl_sim.system.simulate import (
    allowance,
    geography,
    no_bed_by_kind,
    release_times,
    units_of,
)
from nspl_sim.system.staffing import Staffing
from nspl_sim.vocabulary.clock import Rank, days, hours
from nspl_sim.vocabulary.patients import Demand, Ints


def simulate(
    scenario: Scenario,
    plan: Plan,
    demand: Demand,
    future: Ints | None = None,
    decisions: Sequence[Decision] = (),
    until_s: int | None = None,
    former: Former | None = None,
) -> Journal:
    """Return what happens to *demand* in *scenario* under *plan*: as the system's own ``simulate`` does.

    Raises NotCompiled where the system does what the loop does not hold.
    """
    check(demand)
    first = former.plan if former else plan
    first_s = -days(scenario.warm_up_days)
    end_s = days(scenario.horizon_days) + hours(scenario.cool_down_h)
    end_s = end_s if until_s is None else min(end_s, until_s)
    units = units_of(scenario)
    world = geography(scenario)
    near = nearest_first(world)
    followed = followed_units(scenario, [first, plan], demand, decisions)
    nation = Nation(state(scenario, demand, units, no_bed_by_kind(scenario), near, followed, first_s, end_s))
    record: Any = nation
    clock: Any = nation
    beds: Any = Beds(nation, units)
    capacity = StaffedBeds(clock, record, scenario, beds)
    capacity.nation = nation
    planned: Any = Planned(nation)
    volume = planned_per_weekday(scenario)
    office = Office(nation, Civil.of(scenario), end_s)
    command = Command(
        clock, record, world, beds, capacity, planned, volume.sum(axis=2), office, demand.report_luck
    )
    command.nation = nation
    today = load_plan("today").plan
    lasting = referrals(scenario, world), within_regions(scenario, world), ways_out(world)
    slots = Slots(nation, office, *lasting, Director(today, world).at_start())
    fleet: Any = SimpleNamespace(teams=nation.state.regions[:, c.TEAMS])
    staffing = Staffing(clock, record, capacity, fleet, command.in_force)
    command.after_review += [beds.share_out, lambda: slots.put_in_force(command.in_force())]
    moves: Any = Moves(nation, command.in_force)
    command.after_review += [staffing.at_review, moves.at_review, partial(leave_at_review, nation)]

    command.future = future
    command.report_as(first)
    if first_s < 0:
        command.begin_under(today)
        nation.call_at(0, Rank.REPORT, 0, lambda: command.work_under(first))
    else:
        command.begin_under(first)
    if former:
        nation.call_at(former.until_s, Rank.REPORT, 0, lambda: command.change_to(plan))
    command.decide(Decided(decisions, world))
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
    check_held(nation.state)
    rows, journal = int(nation.state.n[c.ROWS]), nation.state.journal
    del nation.state  # those who command know each other in circles, and would keep the arrays
    return Journal(*(np.ascontiguousarray(column[:rows]) for column in journal))
