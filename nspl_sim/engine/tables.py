"""From a scenario and its table of patients to the arrays of the loop, before anything has happened."""

from weakref import WeakKeyDictionary

import numpy as np

from nspl_sim.engine import columns as c
from nspl_sim.engine.closed import closures
from nspl_sim.engine.directives import size
from nspl_sim.scenario.model import Scenario
from nspl_sim.scenario.owners import owner_numbers
from nspl_sim.system.discharge import receptions
from nspl_sim.system.timetable import NO_PLACE, ModeTimes, mode_times
from nspl_sim.system.unit import Unit
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import minutes
from nspl_sim.vocabulary.patients import Demand

_FIRST_ROOM = 4096
_SLOTS = 8
_CHUNK = 4096
"""Rows that are filled in at a time: as many as the processor keeps at hand."""
_MOST_KEPT = 2**20
"""The table of more patients than this takes more room than the making of it takes time."""
_kept: WeakKeyDictionary[Demand, tuple[c.Ints, c.Ints]] = WeakKeyDictionary()


def state(
    scenario: Scenario,
    demand: Demand,
    units: list[list[Unit]],
    no_bed: tuple[int | None, ...],
    near: c.Ints,
    followed: set[tuple[int, int]],
    first_s: int,
    end_s: int,
) -> c.State:
    """Return the arrays as they are at *first_s*, with room for a beginning.

    *followed* are the units from which somebody may be moved.
    """
    regions, kinds, modes = len(units), len(units[0]), len(scenario.transport.modes)
    people, listed = _known(demand)
    closed_s, about = _regions(scenario, first_s, listed)
    n = np.zeros(c.COUNTERS, dtype=np.int64)
    n[c.NOW], n[c.END] = first_s, end_s
    n[c.ORIGIN] = min([first_s, *demand.arrival_s[:1].tolist()])
    n[c.TICK] = NEVER
    n[c.INSTANT] = scenario.transport.instant
    n[c.TEAM_REST] = minutes(scenario.transport.team_rest_minutes)
    n[c.BEDS_PER_TEAM] = scenario.transport.beds_per_team
    n[c.REGIONS], n[c.KINDS], n[c.MODES] = regions, kinds, modes
    aboard = max((sum(mode.places) for mode in _collecting(scenario)), default=0)
    n[c.FOLLOWS] = len(followed) > 0
    n[c.SPARE] = (1 + aboard * int(n[c.FOLLOWS])) * (4 * regions + 4 * aboard + 64)
    shares = np.ones((regions, 5))
    shares[:, 4] = 0
    gates, spans = closures(demand.closures, modes, regions)
    n[c.HAS_CLOSURES] = len(spans) > 0
    return c.State(
        n=n,
        journal=np.empty((6, 5 * len(demand) + _FIRST_ROOM), dtype=np.int64),
        queue=np.empty((_FIRST_ROOM, 4), dtype=np.int64),
        patients=people,
        u=np.ascontiguousarray(np.stack([demand.u_elective, demand.u_discharge], axis=1), dtype=np.float64),
        units=_units(units, no_bed, followed),
        regions=about,
        shares=shares,
        closed_s=closed_s,
        modes=_modes(scenario),
        ends_s=_ends(scenario),
        collecting=np.zeros((_vehicles(scenario), c.CREW + aboard), dtype=np.int64),
        parked=_parked(scenario),
        way_s=_ways(scenario, regions),
        gates=gates,
        spans=spans,
        directives=np.zeros((_SLOTS, size(regions, kinds)), dtype=np.int64),
        lying=np.zeros((len(demand) * int(n[c.FOLLOWS]), c.LYING_FIELDS), dtype=np.int64),
        intervals=np.zeros(0, dtype=np.int64),
        duty=np.zeros((1, 2), dtype=np.int64),
        near=near.copy(),
        listed=np.full(len(listed), c.NOBODY, dtype=np.int64),
        asked=np.empty((int(demand.stage_count.sum()) + 1, 2), dtype=np.int64),
        freed=np.empty(len(demand) + 2, dtype=np.int64),
        standing=np.empty(len(demand) + 2, dtype=np.int64),
    )


def _known(demand: Demand) -> tuple[c.Ints, c.Ints]:
    """Return :func:`_patients`, made once for all plans of a replication where there is room to keep it."""
    if demand not in _kept:
        made = _patients(demand)
        if len(demand) > _MOST_KEPT:
            return made
        _kept[demand] = made
    return _kept[demand]


def _patients(demand: Demand) -> tuple[c.Ints, c.Ints]:
    """Return the patients, and the home regions of those who may have to wait, in order of the lists.

    What becomes of a patient is not filled in: the loop begins it when they come.
    """
    stages = demand.kind.shape[1]
    table = np.empty((len(demand), c.FIRST_STAGE + 3 * stages), dtype=np.int64)
    said = {
        c.REGION: demand.region,
        c.LOCAL: np.where(demand.diverted_to < 0, demand.region, demand.diverted_to),
        c.URGENCY: demand.urgency,
        c.PRIORITY: demand.priority,
        c.ARRIVAL: demand.arrival_s,
        c.STAGES: demand.stage_count,
        c.DELAY: demand.delay_s,
        c.EXTRA: demand.extra_stay_if_moved_s,
        c.STEADY: demand.arrival_s + demand.min_stabilise_s,
        c.NO_BED: demand.no_bed,
        c.AT_MOST: demand.waits_at_most_s,
        c.MUNICIPAL: demand.municipal_wait_s,
        c.LEAVES: demand.leaves_s,
        c.PLACE: np.full(len(demand), c.NOBODY),
    }
    for stage in range(stages):
        of_stage = demand.kind[:, stage], demand.stay_s[:, stage], demand.dies_waiting_s[:, stage]
        said |= {c.FIRST_STAGE + 3 * stage + i: column for i, column in enumerate(of_stage)}
    for first in range(0, len(demand), _CHUNK):
        rows = slice(first, first + _CHUNK)
        for field, column in said.items():
            table[rows, field] = column[rows]
    planned = np.flatnonzero(demand.priority > 0)
    order = np.lexsort((planned, demand.due_s[planned], demand.priority[planned], demand.region[planned]))
    table[planned[order], c.PLACE] = np.arange(len(planned))
    return table, np.ascontiguousarray(demand.region[planned[order]])


def _units(units: list[list[Unit]], no_bed: tuple[int | None, ...], followed: set[tuple[int, int]]) -> c.Ints:
    flat = [unit for row in units for unit in row]
    table = np.zeros((len(flat), c.UNIT_FIELDS), dtype=np.int64)
    table[:, c.HEAD : c.UNIT_FIELDS] = c.NOBODY
    for number, unit in enumerate(flat):
        table[number, [c.STAFFED, c.BASE]] = unit.staffed
        table[number, [c.REFERRED, c.NEEDS_NEXT]] = unit.referred, unit.needs_next
        said = no_bed[unit.kind]
        table[number, c.NO_BED_HERE] = -1 if said is None else said
        table[number, c.ADMITS_BELOW] = unit.admits_below
        table[number, c.FOLLOWED] = (unit.region, unit.kind) in followed
        table[number, c.KEEP_FREE : c.HEAD] = unit.keep_free
    return table


def _regions(scenario: Scenario, first_s: int, listed: c.Ints) -> tuple[c.Ints, c.Ints]:
    """Return the closures of municipal care, and the regions."""
    keys = scenario.region_keys
    table = np.zeros((len(keys), c.REGION_FIELDS), dtype=np.int64)
    closed: list[tuple[int, int]] = []
    table[:, c.OWNER] = owner_numbers(scenario)
    for number, (key, reception) in enumerate(zip(keys, receptions(scenario, first_s), strict=True)):
        table[number, c.TEAMS] = scenario.regions[key].icu_teams
        table[number, c.FLOOR] = reception.floor_s
        table[number, c.GAP] = -1 if reception.gap_s is None else reception.gap_s
        table[number, c.NEXT_PLACE] = reception.next_s
        table[number, c.CLOSED_FROM] = len(closed)
        closed += reception.closed
        table[number, c.CLOSED_TO] = len(closed)
    table[:, c.LIST_FROM] = np.searchsorted(listed, np.arange(len(keys)), "left")
    table[:, c.LIST_TO] = np.searchsorted(listed, np.arange(len(keys)), "right")
    return np.array(closed, dtype=np.int64).reshape(-1, 2), table


def _modes(scenario: Scenario) -> c.Ints:
    """Return the modes, and below them which kinds of unit need a team."""
    kinds = scenario.kinds
    times = mode_times(scenario)
    table = np.zeros((len(times) + 1, c.TAKES + len(kinds)), dtype=np.int64)
    for row, mode in zip(table, times, strict=False):
        times_s = mode.activation_s, mode.load_s[1], mode.unload_s[1], mode.turn_s
        row[: c.PLACES] = mode.roams, *times_s, mode.collects, mode.patients_per_team
        row[c.PLACES : c.PLACES + len(mode.places)] = mode.places
        row[c.TAKES :] = [0 if place == NO_PLACE else 1 + place for place in mode.place]
    table[-1, c.TAKES :] = [kind in scenario.transport.team_kinds for kind in kinds]
    return table


def _collecting(scenario: Scenario) -> list[ModeTimes]:
    """Return the modes whose vehicles collect."""
    return [mode for mode in mode_times(scenario) if mode.collects]


def _vehicles(scenario: Scenario) -> int:
    """Return how many vehicles can collect at once."""
    parked = _parked(scenario)
    return int(sum(parked[mode.number].sum() for mode in _collecting(scenario)))


def _ends(scenario: Scenario) -> c.Ints:
    """Return how long each mode loads and unloads, by patients on board."""
    times = mode_times(scenario)
    found = np.zeros((len(times), 2, max((len(mode.load_s) for mode in times), default=0)), dtype=np.int64)
    for table, mode in zip(found, times, strict=True):
        table[:, : len(mode.load_s)] = mode.load_s, mode.unload_s
    return found


def _parked(scenario: Scenario) -> c.Ints:
    names = sorted(scenario.transport.modes)
    regions = [scenario.regions[key] for key in scenario.region_keys]
    found = [[region.vehicles.get(name, 0) for region in regions] for name in names]
    return np.array(found, dtype=np.int64).reshape(len(names), len(regions))


def _ways(scenario: Scenario, regions: int) -> c.Ints:
    ways = [mode.way_s for mode in mode_times(scenario)]
    return np.array(ways, dtype=np.int64).reshape(len(ways), regions, regions)
