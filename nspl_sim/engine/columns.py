"""The arrays that the compiled loop works on, and what their columns hold.

One row is one patient, unit, region, mode or directive; all whole numbers are int64. A need is its
patient's row: nobody has two at once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NOBODY = -1
"""No patient, no unit, no event: the end of a list."""


class State(NamedTuple):
    """All that the loop reads and changes; handed over whole at every call."""

    n: Ints
    """Counters and what holds for the whole nation: see ``NOW`` and those after it."""
    journal: Ints
    """Shape (6, room): the columns of the journal."""
    queue: Ints
    """Shape (room, 4): what is to come, as a binary heap by (key, number)."""
    patients: Ints
    """Shape (patients, fields + 3 x stages): see ``REGION`` and those after it. From ``STAGE`` to before
    ``FIRST_STAGE`` nothing holds until the patient comes; the rest never changes, and serves all plans."""
    u: Floats
    """Shape (patients, 2): by which planned care is let through, and waits for municipal care are cut."""
    units: Ints
    """Shape (units, fields): see ``STAFFED`` and those after it."""
    regions: Ints
    """Shape (regions, fields): see ``TEAMS`` and those after it."""
    shares: Floats
    """Shape (regions, 5): planned care that goes ahead, by priority 1 to 3, and the most that can; waits
    for municipal care that are cut."""
    closed_s: Ints
    """Shape (rows, 2): from and to of the times without municipal care, region by region."""
    modes: Ints
    """Shape (modes, fields + kinds): see ``ROAMS`` and those after it; at the end whether it takes a kind."""
    parked: Ints
    """Shape (modes, regions)."""
    way_s: Ints
    """Shape (modes, regions, regions)."""
    ends_s: Ints
    """Shape (modes, 2, places + 1): how long so many patients are loaded, and unloaded."""
    collecting: Ints
    """Shape (vehicles, fields + places): those that collect; see ``SERIAL`` and those after it."""
    gates: Ints
    """Shape (modes, regions, regions + 2, 2): first and last row of ``spans`` for a way, for a region
    (at ``regions``), and for the vehicles out of service there (at ``regions + 1``)."""
    spans: Ints
    """Shape (rows, 2): from and to of closures; or from when on how many vehicles are out of service."""
    directives: Ints
    """Shape (slots, numbers): the directives that somebody still walks; see ``directives.py``."""
    lying: Ints
    """Shape (patients, fields): who lies in a bed, see ``LEFT`` and those after it; without rows where nobody
    is ever moved from one."""
    intervals: Ints
    """Shape (intervals,): at whole multiples of which needs in line are asked about anew."""
    duty: Ints
    """Shape (rows, 2): from when on the joint office is planned to be at work, or why not (an ``Office``)."""
    near: Ints
    """Shape (regions, regions - 1): the other regions, nearest first."""
    listed: Ints
    """Shape (places,): the waiting lists, region by region in order of (priority, due, patient): the
    patient who waits at that place, or NOBODY."""
    asked: Ints
    """Shape (room, 2): second and unit of every need for a bed, in order of time."""
    freed: Ints
    """Units with a bed to give, first in first out."""
    standing: Ints
    """Who stood in a line when a retry came to it."""


# -- n ------------------------------------------------------------------------------------------

(
    NOW,
    ORIGIN,
    END,
    ROWS,
    EVENTS,
    PUSHED,
    NEXT_ARRIVAL,
    WAITING,
    IN_FORCE,
    FOLLOWS,
    NOT_HELD,
    POOLED,
    HAS_OFFICE,
    OFFICE_PER_H,
    OFFICE_IS_OUT,
    OFFICE_HOUR,
    OFFICE_TAKEN,
    REVIEW_EVERY,
    TICK,
    COLLECTING,
    BEGUN,
    SPARE,
    INSTANT,
    HAS_CLOSURES,
    TEAM_REST,
    BEDS_PER_TEAM,
    REGIONS,
    KINDS,
    MODES,
    ASKED,
    ASKED_OLD,
    COUNTERS,
) = range(32)
"""Second; the second that keys count from; the run's end; rows of the journal; events to come, and pushed
so far; the next patient to arrive; needs in all lines; the slot of the directive in force; whether anybody
can be moved from a bed; whether something has happened that only SimPy holds; whether beds are pooled; the
joint office: its needs an hour (-1: no limit), whether it is out of order, and the clock hour in which it has
taken on so many; seconds between reviews; the next retry; vehicles that collect, and those that have begun
to; room for what one act leads to, but for those in line; what holds for transport; sizes; entries in
``asked``, and how many of them are older than a day."""

# -- queue --------------------------------------------------------------------------------------

KEY, NUMBER, WHO, WHAT = range(4)
"""Time, rank and row in one; the order of pushing; act and patient in one; what the act needs besides."""
STAY_ENDS, DEPARTS, ARRIVES, VEHICLE_BACK, TEAM_BACK, DIES, WAITS_NO_LONGER, ANSWERS = range(8)
DEPART_TOGETHER, ARRIVE_TOGETHER, RETRIES = 8, 9, 10
ACT_BITS = 4
ROW_BITS = 29
"""Twice the number of patients must be less than 2 to this power."""
RANK_BITS = 4

# -- patients -----------------------------------------------------------------------------------

(
    REGION,
    LOCAL,
    URGENCY,
    PRIORITY,
    ARRIVAL,
    STAGES,
    DELAY,
    EXTRA,
    STEADY,
    NO_BED,
    AT_MOST,
    MUNICIPAL,
    LEAVES,
    PLACE,
    STAGE,
    UNIT,
    SINCE_ASKED,
    KEPT,
    BED,
    IN_LINE,
    BEFORE,
    AFTER,
    LACK,
    WALKING,
    WALKS,
    WALK_ON,
    WALK_FROM,
    WALK_TO,
    WALK_LACK,
    ALONE,
    TRIP,
    TRIP_TO,
    TRIP_MODE,
    BATCH,
    NEXT_ABOARD,
    LAY_DOWN,
    ENDS,
    IS_READY,
    FIRST_STAGE,
) = range(39)
"""What the table of patients says (``STEADY``: when stable enough to depart; ``PLACE``: on the waiting
list); then the need that is open, its line and walk (``ALONE``: past the joint office), the trip
(``BATCH``: the number of those who go together), and the stay. From ``FIRST_STAGE`` on three
numbers a stage: kind, stay, and how long a wait is survived."""
NO_TRIP, BOOKED, DEPARTED, OVER = range(4)

# -- lying --------------------------------------------------------------------------------------

LEFT, RIGHT, AHEAD, BEHIND, MOVE, EXTENDED, TRAVELLED, LYING_FIELDS = range(8)
"""Neighbours in the chain of who lies in a unit, and in that of who is to leave it; ``STILL`` and those
after it; whether the extra time of a transfer has been added to the stay; whether a trip was ever booked."""
STILL, TO_LEAVE, ON_THE_MOVE, AWAITED = range(4)
"""``AWAITED``: on the move, and the stay is over when that is."""

# -- units --------------------------------------------------------------------------------------

(
    STAFFED,
    OCCUPIED,
    INBOUND,
    BASE,
    EXTRA_BEDS,
    AWAY,
    TAKEN,
    REFERRED,
    NEEDS_NEXT,
    NO_BED_HERE,
    YESES,
    LENGTH,
    ASKED_24H,
    ADMITS_BELOW,
    FOLLOWED,
    KEEP_FREE,
    HEAD,
    TAIL,
    IN_BED,
    LEAVING,
    UNIT_FIELDS,
) = (*range(16), 21, 27, 33, 34, 35)
"""``EXTRA_BEDS``: of open surge steps; ``YESES`` since the review; ``LENGTH`` of the line; ``FOLLOWED``:
whether it is known who lies in it; from ``KEEP_FREE``, ``HEAD`` and ``TAIL`` on six numbers each, by urgency
(0 is not used); the first of who lies in it, and of who is to leave it."""

# -- regions ------------------------------------------------------------------------------------

(
    TEAMS,
    SLOWER,
    FLOOR,
    GAP,
    NEXT_PLACE,
    CLOSED_FROM,
    CLOSED_TO,
    LIST_FROM,
    LIST_TO,
    BACKLOG,
    RELEASED,
    IS_MEMBER,
    OWNER,
    REGION_FIELDS,
) = range(14)
"""Teams at base; thousandths that answers take longer; municipal places; rows of ``closed_s`` and
``listed``; how many wait there, and have been released; whether its needs are brought to the joint office;
the number of the region that owns it."""

# -- modes --------------------------------------------------------------------------------------

ROAMS, ACTIVATION, LOAD, UNLOAD, TURN, COLLECTS, PER_TEAM, PLACES, TAKES = (*range(8), 10)
"""As in the timetable; loads and unloads one patient; ``PLACES`` by three types; from ``TAKES`` on, by kind
of unit, 1 and the type of place that its patients take, or 0: they are not carried."""

# -- collecting ---------------------------------------------------------------------------------

(
    SERIAL,
    BY_MODE,
    FROM_BASE,
    FROM_SENDER,
    TO_RECEIVER,
    READY,
    ROOM,
    LOWEST,
    ABOARD,
    FIRST_ABOARD,
    LAST_STEADY,
    LONGEST_DELAY,
    CREWS,
    FREE,
    CREW,
) = (*range(14), 16)
"""As in a batch of the system: its number, when it is at the sender's door, patients whom its teams can take
besides, its row, those on board and the first of them, when the last is stable, the longest delay, its teams;
``FREE`` by three types of place; from ``CREW`` on the kind of unit of each team."""
