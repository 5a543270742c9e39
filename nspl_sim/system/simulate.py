"""``simulate(scenario, plan, demand)``: what happened, as a journal."""

import gc
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from nspl_sim.journal import Journal, Recorder
from nspl_sim.policies.besides import Former
from nspl_sim.policies.decided import Decided
from nspl_sim.policies.decision import Decision
from nspl_sim.policies.directing import Director
from nspl_sim.policies.plan import Plan, load_plan
from nspl_sim.policies.receivers import nearest_first
from nspl_sim.policies.rules import Geography
from nspl_sim.scenario.civil import Civil
from nspl_sim.scenario.distances import distances_km
from nspl_sim.scenario.kinds import is_referred
from nspl_sim.scenario.mean_stays import mean_stay_h
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.neighbours import neighbours
from nspl_sim.scenario.owners import housemates, owner_numbers
from nspl_sim.scenario.volumes import planned_per_weekday
from nspl_sim.system.beds import Beds
from nspl_sim.system.capacity import Capacity
from nspl_sim.system.care import Care
from nspl_sim.system.clock import Clock
from nspl_sim.system.coordinator import Coordinator
from nspl_sim.system.discharge import Discharge
from nspl_sim.system.disruptions import Disrupted
from nspl_sim.system.hours import keep_hours
from nspl_sim.system.journey import journey
from nspl_sim.system.moves import Moves
from nspl_sim.system.office import JointOffice
from nspl_sim.system.referrals import referrals, ways_out, within_regions
from nspl_sim.system.requests import Requests
from nspl_sim.system.staffing import Staffing
from nspl_sim.system.transport import Fleet
from nspl_sim.system.unit import Unit
from nspl_sim.system.waiting_list import WaitingList
from nspl_sim.vocabulary.care import UNLIMITED, LegalState, NoBed
from nspl_sim.vocabulary.clock import Rank, days, hours
from nspl_sim.vocabulary.patients import Demand, Ints, patients

RELEASE_HOUR = 7
"""Civil hour of the weekday release from the waiting list."""


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the garbage collector, which makes a run 1.2-1.6 times faster; then collect what the run made.

    What was there before is frozen meanwhile: to go through all of it costs 0.1 s a run.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        gc.enable()


@no_collection()
def simulate(
    scenario: Scenario,
    plan: Plan,
    demand: Demand,
    future: Ints | None = None,
    decisions: Sequence[Decision] = (),
    until_s: int | None = None,
    former: Former | None = None,
) -> Journal:
    """Return what happens to *demand* in *scenario* under *plan*.

    Warm-up is negative time under today's order; the plan wakes at 0. Deterministic: the same inputs
    give the same journal everywhere. A plan that sees the future needs *future*, those who will need a
    bed, shape (hours from 0, regions, kinds); no other plan is shown it. *decisions* are what people decide
    themselves, from 0 on; they stand before what the plan's rules say. Not before *until_s*, where it is
    given, the run ends: what happens up to then is the same. With a *former* plan, *plan* takes over from it.
    """
    if plan.foresees and future is None:
        raise ValueError(f"plan {plan.name} sees the future, and none was given")
    first_s = -days(scenario.warm_up_days)
    end_s = days(scenario.horizon_days) + hours(scenario.cool_down_h)
    end_s = end_s if until_s is None else min(end_s, until_s)
    clock, record = Clock(first_s), Recorder()
    beds = Beds(clock, record, units_of(scenario))
    capacity = Capacity(clock, record, scenario, beds)
    fleet = Fleet(clock, record, scenario, beds, capacity, demand.closures)
    volume = planned_per_weekday(scenario)
    release_s = release_times(scenario, first_s, end_s)
    planned = WaitingList(clock, record, beds, allowance(scenario, volume, release_s))
    world = geography(scenario)
    office = JointOffice(clock, record, Civil.of(scenario), end_s)
    coordinator = Coordinator(
        clock, record, world, beds, capacity, planned, volume.sum(axis=2), office, demand.report_luck
    )
    today = load_plan("today").plan
    lasting = (referrals(scenario, world), within_regions(scenario, world), ways_out(world))
    standing = (*lasting, office, Director(today, world).at_start(), no_bed_by_kind(scenario))
    requests = Requests(clock, record, beds, fleet, coordinator.in_force, *standing)
    moves = Moves(clock, beds, fleet, requests, coordinator.in_force)
    fleet.batches.review_s = lambda: coordinator.in_force().review_s
    beds.near = nearest_first(world).tolist()
    staffing = Staffing(clock, record, capacity, fleet, coordinator.in_force)
    discharge = Discharge(clock, record, scenario, first_s, coordinator.in_force)
    coordinator.after_review += [beds.share_out, requests.new_quotas, requests.set_retry]
    coordinator.after_review += [staffing.at_review, moves.at_review, fleet.batches.leave_at_review]
    care = Care(clock, record, beds, planned, discharge)

    coordinator.future = future
    first = former.plan if former else plan
    coordinator.report_as(first)
    if first_s < 0:
        coordinator.begin_under(today)
        clock.call_at(0, Rank.REPORT, 0, lambda: coordinator.work_under(first))
    else:
        coordinator.begin_under(first)
    if former:
        clock.call_at(former.until_s, Rank.REPORT, 0, lambda: coordinator.change_to(plan))
    coordinator.decide(Decided(decisions, world))
    for number, time_s in enumerate(release_s):
        for region in range(len(beds.units)):
            clock.call_at(time_s, Rank.RELEASE, region, _release(planned, region, number))
    keep_hours(scenario, capacity, first_s, end_s)
    disrupted = Disrupted(clock, record, capacity, fleet, requests, coordinator, planned, moves)
    disrupted.plan(demand.disruptions, end_s)
    clock.begin(_arrivals(clock, demand, care))
    clock.run(until=end_s)
    return record.journal()


def _arrivals(clock: Clock, demand: Demand, care: Care) -> Generator[Any, None, None]:
    """Begin each patient's journey when they come."""
    for patient in patients(demand):
        yield clock.at(patient.arrival_s, Rank.ARRIVAL, patient.row)
        clock.begin(journey(patient, care))


def units_of(scenario: Scenario) -> list[list[Unit]]:
    """Return a unit of every kind in every region, with 0 beds where none is given."""
    kinds, owners = scenario.kinds, owner_numbers(scenario)
    units = []
    for number, key in enumerate(scenario.region_keys):
        row = []
        for kind, name in enumerate(kinds):
            given = scenario.regions[key].units.get(name)
            beds = given.beds if given else 0
            staffed = UNLIMITED if beds == "unlimited" else int(beds)
            kept = given.kept() if given else (0, 0, 0, 0, 0)
            unit = Unit(number * len(kinds) + kind, number, kind, staffed, kept)
            unit.referred = is_referred(scenario, key, name)
            unit.owner = owners[number]
            unit.needs_next = name in scenario.unit_kinds and scenario.unit_kinds[name].needs_next
            row.append(unit)
        units.append(row)
    return units


def no_bed_by_kind(scenario: Scenario) -> tuple[int | None, ...]:
    """Return, by kind, the number of the ``no_bed`` that holds for all who need it; None: the class's own."""
    said = [
        scenario.unit_kinds[kind].no_bed if kind in scenario.unit_kinds else None for kind in scenario.kinds
    ]
    return tuple(None if one is None else list(NoBed).index(NoBed(one)) for one in said)


def geography(scenario: Scenario) -> Geography:
    """Return what every rule may know of *scenario* beforehand."""
    keys, kinds = scenario.region_keys, scenario.kinds
    regions = [scenario.regions[key] for key in keys]
    base = [[unit.staffed for unit in row] for row in units_of(scenario)]
    steps = {
        (number, kind): region.units[name].surge
        for number, region in enumerate(regions)
        for kind, name in enumerate(kinds)
        if name in region.units and region.units[name].surge
    }
    surge = {unit: tuple(step.beds for step in found) for unit, found in steps.items()}
    lead_h = {unit: tuple(step.lead_h for step in found) for unit, found in steps.items()}
    return Geography(
        keys,
        kinds,
        tuple(scenario.region_name(key) for key in keys),
        tuple(region.civil_area or "" for region in regions),
        tuple(region.care_region or "" for region in regions),
        distances_km(scenario),
        np.array([region.population or 0 for region in regions], dtype=np.int64),
        np.array(base, dtype=np.int64).reshape(len(keys), len(kinds)),
        surge,
        lead_h,
        neighbours(scenario),
        mean_stay_h(scenario),
        _legal_states(scenario),
        tuple(scenario.owner(key) for key in keys) if any(housemates(scenario)) else (),
    )


def _legal_states(scenario: Scenario) -> tuple[tuple[tuple[int, LegalState], ...], ...]:
    """Return, by region, from which second on which legal state is in force; () where none is said."""
    if not scenario.legal_state:
        return ()
    said = [(days(one.from_day), LegalState[one.state.upper()], one.regions) for one in scenario.legal_state]
    return tuple(
        tuple(sorted((from_s, state) for from_s, state, where in said if where is None or key in where))
        for key in scenario.region_keys
    )


def release_times(scenario: Scenario, first_s: int, end_s: int) -> list[int]:
    """Return every weekday at 07:00 civil time within the run."""
    civil = Civil.of(scenario)
    days = civil.days(first_s, end_s)
    times = [civil.second(day, RELEASE_HOUR) for day in days if day.weekday() < 5]
    return [time_s for time_s in times if first_s <= time_s < end_s]


def allowance(scenario: Scenario, volume: np.ndarray, release_s: list[int]) -> list[list[int]]:
    """Return, by region, the whole releases allowed in all up to each release time."""
    civil = Civil.of(scenario)
    weekday = [civil.day(t).weekday() for t in release_s]
    by_region = volume.sum(axis=1)
    daily = scenario.catch_up * by_region[:, weekday] if release_s else np.zeros((len(by_region), 0))
    return [[int(n) for n in row] for row in np.floor(np.cumsum(daily, axis=1) + 1e-9)]


def _release(planned: WaitingList, region: int, number: int) -> Any:
    return lambda: planned.release(region, number)
