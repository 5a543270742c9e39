"""Staffed beds over time: base beds, surge steps that open and close, staff away with patients."""

import numpy as np

from nspl_sim.journal import Journal
from nspl_sim.measures.steps import Bools, Steps
from nspl_sim.measures.tables import Needs
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import UNLIMITED, Event
from nspl_sim.vocabulary.patients import Demand, Ints


def base_beds(scenario: Scenario, demand: Demand) -> Ints:
    """Return the staffed beds before any step. Shape (regions, kinds); ``UNLIMITED`` where never full."""
    beds = np.zeros((len(demand.regions), len(demand.kinds)), dtype=np.int64)
    for r, region in enumerate(demand.regions):
        for kind, unit in scenario.regions[region].units.items():
            if kind in demand.kinds:
                beds[r, demand.kinds.index(kind)] = UNLIMITED if unit.beds == "unlimited" else unit.beds
    return beds


def changed(demand: Demand, journal: Journal, base: Ints) -> Steps:
    """Return the *base* beds, shape (regions, kinds), and what ``changed`` made of them, by unit."""
    rows = journal.where(Event.CHANGED)
    unit = journal.region[rows] * len(demand.kinds) + journal.unit[rows]
    order = np.argsort(unit, kind="stable")
    rows, unit = rows[order], unit[order]
    before = np.append(0, journal.detail[rows][:-1]) if len(rows) else journal.detail[rows]
    first = np.diff(unit, prepend=-1) != 0
    before = np.where(first, base.ravel()[unit], before)
    return Steps(base.ravel(), unit, journal.time_s[rows], journal.detail[rows] - before)


def surge(scenario: Scenario, demand: Demand, journal: Journal) -> Steps:
    """Return the beds that open surge steps add, by unit (region x kind).

    A step that closes without having been open was only ordered: its order is cancelled.
    """
    rows = np.flatnonzero((journal.event == Event.OPENED) | (journal.event == Event.CLOSED))
    changes: list[tuple[int, int, int]] = []
    is_open: set[tuple[int, int, int]] = set()
    for time_s, event, _, region, kind, step in journal.only(rows).rows():
        place = (region, kind, step)
        if (place in is_open) == (event == Event.OPENED):
            continue
        is_open ^= {place}
        beds = scenario.regions[demand.regions[region]].units[demand.kinds[kind]].surge[step - 1].beds
        changes.append((region * len(demand.kinds) + kind, time_s, beds if place in is_open else -beds))
    unit, time, change = np.array(changes, dtype=np.int64).reshape(-1, 3).T
    return Steps(np.zeros(len(demand.regions) * len(demand.kinds), dtype=np.int64), unit, time, change)


def teams_away(scenario: Scenario, demand: Demand, journal: Journal, trips: Needs) -> Steps:
    """Return the sender's teams between the yes and their return, by unit (region x kind)."""
    kinds = [demand.kinds.index(k) for k in scenario.transport.team_kinds if k in demand.kinds]
    if scenario.transport.instant:
        kinds = []
    with_team = trips.only(np.isin(trips.kind, kinds) & ~seated(journal, trips))
    sent, back = (_of_teams(journal, event, kinds) for event in (Event.SENT, Event.RETURNED))
    return Steps(
        np.zeros(len(demand.regions) * len(demand.kinds), dtype=np.int64),
        np.concatenate((with_team.region, journal.region[sent], journal.region[back])) * len(demand.kinds)
        + np.concatenate((with_team.kind, journal.unit[sent], journal.unit[back])),
        np.concatenate((with_team.placed_s, journal.time_s[sent], journal.time_s[back])),
        np.repeat(np.array([1, 1, -1]), [len(with_team), len(sent), len(back)]),
    )


def _of_teams(journal: Journal, event: Event, kinds: list[int]) -> Ints:
    rows = journal.where(event)
    return np.asarray(rows[(journal.detail[rows] == -1) & np.isin(journal.unit[rows], kinds)])


def seated(journal: Journal, trips: Needs) -> Bools:
    """Return which trips share a vehicle that collects, and are ``seated``. Shape (trips,)."""
    rows = journal.where(Event.SEATED)
    if not len(rows):
        return np.zeros(len(trips), dtype=bool)
    booked = (trips.patient << 34) + trips.placed_s
    return np.isin(booked, (journal.patient[rows] << 34) + journal.time_s[rows])


def vehicles_away(scenario: Scenario, journal: Journal, trips: Needs) -> Steps:
    """Return the nation's vehicles between the yes that sent them and their return, as one unit."""
    sent, back = journal.where(Event.SENT), journal.where(Event.RETURNED)
    sent, back = sent[journal.detail[sent] >= 0], back[journal.detail[back] >= 0]
    left = np.concatenate((trips.placed_s[~seated(journal, trips)], journal.time_s[sent]))
    if scenario.transport.instant:
        left, back = left[:0], back[:0]
    return Steps(
        np.zeros(1, dtype=np.int64),
        np.zeros(len(left) + len(back), dtype=np.int64),
        np.concatenate((left, journal.time_s[back])),
        np.repeat(np.array([1, -1]), [len(left), len(back)]),
    )


def vehicles_at_base(scenario: Scenario, demand: Demand, journal: Journal, trips: Needs) -> Steps:
    """Return the parked vehicles by mode and base (mode x regions + base), modes in alphabetical order.

    A vehicle that came back had left with its patient's last booking before; one that is still on its
    way when the run ends is taken to be at its base.
    """
    modes = sorted(scenario.transport.modes)
    parked = [[scenario.regions[key].vehicles.get(mode, 0) for key in demand.regions] for mode in modes]
    back = journal.where(Event.RETURNED)
    back = back[journal.detail[back] >= 0]
    unit = journal.detail[back] * len(demand.regions) + journal.region[back]
    first = min(int(trips.placed_s.min()), 0) if len(trips) else 0
    booked = trips.patient << 40 | trips.placed_s - first
    last = np.searchsorted(booked, journal.patient[back] << 40 | journal.time_s[back] - first, "right") - 1
    left = trips.placed_s[last] if len(trips) else journal.time_s[back]
    return Steps(
        np.array(parked, dtype=np.int64).ravel(),
        np.concatenate((unit, unit)),
        np.concatenate((left, journal.time_s[back])),
        np.repeat(np.array([-1, 1]), len(back)),
    )
