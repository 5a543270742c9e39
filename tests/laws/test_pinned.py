"""A pinned run guards every published number: when it moves, somebody must say so.

If this fails and the change was meant: raise ``MODEL_VERSION`` in ``nspl_sim/__init__.py``, write in
CHANGELOG.md why numbers moved (tag ``numbers``), make docs/data.md again, then pin anew.
"""

import pytest

from nspl_sim import MODEL_VERSION
from nspl_sim.demand.sample import sample
from nspl_sim.policies.plan import load_plan
from nspl_sim.system.simulate import simulate
from tests.worlds import abc, scenario

PINNED = {
    "demand": "c522065b4161d4b8",
    "alone": "2c72fa726f474432",
    "today": "38f037add58be7c3",
    "coordinated": "aece120d7e7719a9",
}


@pytest.mark.parametrize("what", PINNED)
def test_numbers_have_not_moved(what: str) -> None:
    assert MODEL_VERSION == 1, "pin anew for this version"
    world = scenario(abc())
    table = sample(world, 0)
    found = table if what == "demand" else simulate(world, load_plan(what).plan, table)
    assert found.fingerprint()[:16] == PINNED[what], "numbers moved: see the head of this file"
