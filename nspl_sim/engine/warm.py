"""Calls every function that is called from outside the loop once, so that all of it is compiled."""

import numpy as np

from nspl_sim.engine import columns as c
from nspl_sim.engine.batches import leave_at_review
from nspl_sim.engine.directives import FIRST, size
from nspl_sim.engine.loop import count_asked, release, room_for_one, run
from nspl_sim.engine.moves import carry_out, evacuate
from nspl_sim.engine.queue import key_of
from nspl_sim.engine.retries import plan_retry, room_for_all
from nspl_sim.engine.stays import restaff, share_out


def warm() -> None:
    """Compile, or take from the cache."""
    s = _nobody()
    key_of(s, 0, 1, 0)
    room_for_one(s)
    run(s, 1)
    restaff(s, 0)
    share_out(s, 0)
    leave_at_review(s, 0)
    release(s, 0, 0, 0)
    plan_retry(s, 0)
    room_for_all(s, 0)
    count_asked(s, 0)
    evacuate(s, 0, 0)
    carry_out(s, np.zeros((0, 4), dtype=np.int64), np.zeros((0, 3), dtype=np.int64))


def _nobody() -> c.State:
    """Return the arrays of one region with one unit and no patients."""
    shapes = {
        "n": (c.COUNTERS,),
        "journal": (6, 100),
        "queue": (100, 4),
        "patients": (0, c.FIRST_STAGE + 3),
        "u": (0, 2),
        "units": (1, c.UNIT_FIELDS),
        "regions": (1, c.REGION_FIELDS),
        "shares": (1, 5),
        "closed_s": (0, 2),
        "modes": (1, c.TAKES + 1),
        "parked": (0, 1),
        "way_s": (0, 1, 1),
        "ends_s": (0, 2, 1),
        "collecting": (0, c.CREW),
        "gates": (0, 1, 3, 2),
        "spans": (0, 2),
        "directives": (FIRST + 1, size(1, 1)),
        "lying": (0, c.LYING_FIELDS),
        "intervals": (0,),
        "duty": (1, 2),
        "near": (1, 0),
        "listed": (0,),
        "asked": (1, 2),
        "freed": (2,),
        "standing": (2,),
    }
    floats = ("u", "shares")
    made = {
        name: np.zeros(shape, dtype=float if name in floats else np.int64) for name, shape in shapes.items()
    }
    made["n"][[c.REGIONS, c.KINDS]] = 1
    made["units"][:, c.HEAD :] = c.NOBODY
    return c.State(**made)
