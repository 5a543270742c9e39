"""Pictures of three regions that a person can check: what rules are shown at a review."""

import numpy as np

from nspl_sim.policies.directing import empty
from nspl_sim.policies.rules import Geography, Situation, replace

KEYS = ("a", "b", "c")
ICU = 0


def nation(beds=(10, 10, 10), **changes) -> Geography:
    """Return regions a, b and c: a and c in one care region, b and c in one civil area; b is nearer to a."""
    given = {
        "regions": KEYS,
        "kinds": ("icu", "ward"),
        "names": KEYS,
        "civil_area": ("west", "east", "east"),
        "care_region": ("north", "south", "north"),
        "km": np.array([[0, 50, 100], [50, 0, 80], [100, 80, 0]], dtype=float),
        "population": np.array([1000, 1000, 2000]),
        "base_beds": np.array([[n, 100] for n in beds]),
        "surge_beds": {},
        "mean_stay_h": (48.0, 96.0),
    }
    return Geography(**given | changes)


def picture(geography: Geography | None = None, **figures) -> Situation:
    """Return a picture of intensive care; *figures* are by region."""
    seen = empty(geography or nation(), 0)
    changed = {}
    for name, values in figures.items():
        array = np.array(getattr(seen, name), dtype=float if name == "elective_share" else np.int64)
        if name == "elective_share":
            array[:] = values
        else:
            array[:, ICU] = values
        changed[name] = array
    return replace(seen, **changed)


def walks(rule, situation: Situation) -> dict[str, str]:
    """Return whom each region asks for intensive care: ``{"a": "bc", ...}``."""
    [order] = [o for o in rule.orders(situation) if o.kind == ICU]
    return {KEYS[r]: "".join(KEYS[n] for n in walk) for r, walk in enumerate(order.receivers)}
