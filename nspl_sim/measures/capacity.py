"""Staffed beds over time: base beds, surge steps that open and close, staff away with patients."""

from collections import Counter

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
    """Return the teams on the way, the sender's or those that fetch, until they are back, by unit."""
    kinds = [demand.kinds.index(k) for k in scenario.transport.team_kinds if k in demand.kinds]
    if scenario.transport.instant:
        kinds = []
    with_team = trips.only(np.isin(trips.kind, kinds) & ~seated(journal, trips))
    fetched = _bookings(journal, Event.FETCHED)
    home = np.where(np.isin(_booked(with_team), fetched), with_team.receiver, with_team.region)
    sent, back = (_of_teams(journal, event, kinds) for event in (Event.SENT, Event.RETURNED))
    return Steps(
        np.zeros(len(demand.regions) * len(demand.kinds), dtype=np.int64),
        np.concatenate((home, journal.region[sent], journal.region[back])) * len(demand.kinds)
        + np.concatenate((with_team.kind, journal.unit[sent], journal.unit[back])),
        np.concatenate((with_team.placed_s, journal.time_s[sent], journal.time_s[back])),
        np.repeat(np.array([1, 1, -1]), [len(with_team), len(sent), len(back)]),
    )


def _of_teams(journal: Journal, event: Event, kinds: list[int]) -> Ints:
    rows = journal.where(event)
    return np.asarray(rows[(journal.detail[rows] == -1) & np.isin(journal.unit[rows], kinds)])


def seated(journal: Journal, trips: Needs) -> Bools:
    """Return which trips share a vehicle that collects, and are ``seated``. Shape (trips,)."""
    return np.isin(_booked(trips), _bookings(journal, Event.SEATED))


def _booked(trips: Needs) -> Ints:
    """Return a number for each booking: by patient and second."""
    return (trips.patient << 34) + trips.placed_s


def _bookings(journal: Journal, event: Event) -> Ints:
    """Return the numbers of the bookings that *event* says something of."""
    rows = journal.where(event)
    return np.asarray((journal.patient[rows] << 34) + journal.time_s[rows])


def vehicles_away(scenario: Scenario, journal: Journal, trips: Needs) -> Steps:
    """Return the vehicles between the yes that sent them and their return, by mode.

    The last of the units is those whose mode the journal never tells: their patient died before the
    departure, and they were not back when the run ended.
    """
    modes = len(scenario.transport.modes)
    nothing = np.empty(0, dtype=np.int64)
    if scenario.transport.instant:
        return Steps(np.zeros(modes + 1, dtype=np.int64), nothing, nothing, nothing)
    sent, back = _of_vehicles(journal, Event.SENT), _of_vehicles(journal, Event.RETURNED)
    alone = trips.only(~seated(journal, trips))
    mode = np.where(alone.mode >= 0, alone.mode, _mode_of_the_dead(alone, journal, back, modes))
    return Steps(
        np.zeros(modes + 1, dtype=np.int64),
        np.concatenate((mode, journal.detail[sent], journal.detail[back])),
        np.concatenate((alone.placed_s, journal.time_s[sent], journal.time_s[back])),
        np.repeat(np.array([1, 1, -1]), [len(alone), len(sent), len(back)]),
    )


def _of_vehicles(journal: Journal, event: Event) -> Ints:
    rows = journal.where(event)
    return np.asarray(rows[journal.detail[rows] >= 0])


def _mode_of_the_dead(trips: Needs, journal: Journal, back: Ints, unknown: int) -> Ints:
    """Return, where nobody departed, the mode that came *back* without having departed. Shape (trips,)."""
    found = np.full(len(trips), unknown, dtype=np.int64)
    for trip in np.flatnonzero(trips.mode < 0).tolist():
        who = trips.patient[trip]
        came = Counter(journal.detail[back[journal.patient[back] == who]].tolist())
        came.subtract(trips.mode[(trips.patient == who) & (trips.mode >= 0)].tolist())
        found[trip] = next((mode for mode, count in sorted(came.items()) if count > 0), unknown)
    return found


def vehicles_at_base(scenario: Scenario, demand: Demand, journal: Journal, trips: Needs) -> Steps:
    """Return the vehicles that could be had by mode and base (mode x regions + base), modes by name.

    *trips* are all of the course, moves of in-patients too, in any order. A vehicle that came back had
    left with its patient's last booking before, or when it was ``sent``; one without places that is still
    on its way when the run ends is taken to be at its base. Vehicles out of service are taken off, and all
    of them while their mode is closed at their base.
    """
    modes = sorted(scenario.transport.modes)
    parked = [[scenario.regions[key].vehicles.get(mode, 0) for key in demand.regions] for mode in modes]
    collects = np.array([scenario.transport.modes[mode].capacity is not None for mode in modes], dtype=bool)
    sent, back = _of_vehicles(journal, Event.SENT), _of_vehicles(journal, Event.RETURNED)
    plain = back[~collects[journal.detail[back]]]
    first = min(int(trips.placed_s.min()), 0) if len(trips) else 0
    booked = np.sort(trips.patient << 40 | trips.placed_s - first)
    last = np.searchsorted(booked, journal.patient[plain] << 40 | journal.time_s[plain] - first, "right") - 1
    left = (booked[last] & (1 << 40) - 1) + first if len(trips) else journal.time_s[plain]
    rows = np.concatenate((plain, sent, back))
    away = Steps(
        np.array(parked, dtype=np.int64).ravel(),
        journal.detail[rows] * len(demand.regions) + journal.region[rows],
        np.concatenate((left, journal.time_s[sent], journal.time_s[back])),
        np.repeat(np.array([-1, -1, 1]), [len(plain), len(sent), len(back)]),
    )
    return away - not_to_be_had(demand, len(modes), away.base)


def not_to_be_had(demand: Demand, modes: int, parked: Ints) -> Steps:
    """Return the vehicles out of service, and all *parked* while closed at their base, by mode and base."""
    table = demand.closures
    rows = np.flatnonzero(table.other < 0)
    unit = table.mode[rows] * len(demand.regions) + table.region[rows]
    vehicles = table.vehicles[rows]
    lacking = np.where(vehicles < 0, parked[unit], vehicles)
    return Steps(
        np.zeros(modes * len(demand.regions), dtype=np.int64),
        np.concatenate((unit, unit)),
        np.concatenate((table.from_s[rows], table.to_s[rows])),
        np.concatenate((lacking, -lacking)),
    )
