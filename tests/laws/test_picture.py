"""What a review is shown of needs and help given agrees with the journal."""

import numpy as np

from nspl_sim.demand.sample import sample
from nspl_sim.policies.directing import Director
from nspl_sim.policies.plan import load_plan
from nspl_sim.vocabulary.care import Event
from nspl_sim.vocabulary.clock import DAY
from tests.oracles.both import by_both as simulate
from tests.worlds import abc, scenario


def test_needs_of_the_last_day_and_patients_taken_are_those_of_the_journal(monkeypatch):
    world, seen = scenario(abc()), []
    directive = Director.directive

    def watched(self, reported, current, *more):
        if current.directive is not None:  # a review, and not what the system asks before it begins
            seen.append(current)
        return directive(self, reported, current, *more)

    monkeypatch.setattr(Director, "directive", watched)
    table = sample(world, 0)
    journal = simulate(world, load_plan("coordinated").plan, table)
    rows = list(
        zip(journal.time_s, journal.event, journal.patient, journal.region, journal.unit, strict=True)
    )
    assert any(one.taken.sum() > 5 for one in seen)
    for one in seen[::7]:
        asked, taken = np.zeros_like(one.asked_24h), np.zeros_like(one.taken)
        lies: dict[int, tuple[int, int]] = {}
        for time_s, event, patient, region, kind in rows:
            if time_s > one.time_s:
                break
            if event == Event.ASKED and lies.get(patient) != (region, kind):
                asked[region, kind] += time_s > one.time_s - DAY
            elif event == Event.ADMITTED:
                lies[patient] = (region, kind)
            elif event == Event.PLACED:
                taken[region, kind] += region != table.region[patient]
        assert (one.asked_24h == asked).all()
        assert (one.taken == taken).all()
