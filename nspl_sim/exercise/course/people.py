"""Single patients in words, for the key: by the number of their card, else by what the model knows of them.

The model knows no age: what is told is the class, the colour of triage and the care that is needed.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from nspl_sim.demand.rates import Window
from nspl_sim.exercise.course.facts import COLOURS
from nspl_sim.exercise.course.happened import Casualties
from nspl_sim.exercise.course.timeline import Timeline
from nspl_sim.exercise.course.words import Inside, Joined
from nspl_sim.paper.naming import kind_words
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.patients import Demand
from nspl_sim.vocabulary.text import Text, text

MOST_NAMED = 5
"""More patients than this are not told one by one."""


def by_triage(event: Casualties, demand: Demand) -> list[int]:
    """Return the patients of *event* in the order of their cards: by triage, then by injury group."""
    rows = event.rows
    found: list[int] = rows[np.lexsort((rows, demand.klass[rows], demand.urgency[rows]))].tolist()
    return found


def cards(played: Iterable[Casualties], demand: Demand) -> dict[int, str]:
    """Return the number of each patient's card, ``1-001``, in the events *played*, numbered from 1."""
    return {
        row: f"{number}-{place:03}"
        for number, event in enumerate(played, start=1)
        for place, row in enumerate(by_triage(event, demand), start=1)
    }


def described(line: Timeline, row: int, since: Text | None = None) -> Text:
    """Return who the patient in *row* is: ``patient 1-001 (severe burns; red; care: intensive care)``.

    *since* says how long the patient has been in line, where that is told.
    """
    demand, scenario = line.course.demand, line.course.scenario
    key = demand.classes[int(demand.klass[row])]
    what = Inside(scenario.classes[key].title or key)
    care = [kind_words(demand.kinds[kind]) for kind in demand.kind[row, : demand.stage_count[row]].tolist()]
    details: list[object] = [COLOURS[int(demand.urgency[row])], *([since] if since else [])]
    details.append(text("care: {care}", care=care))
    if row in line.cards:
        who = text("patient {card}", card=line.cards[row])
        return Text("{who} ({details})", {"who": who, "details": Joined((what, *details))})
    return Text("{who} ({details})", {"who": what, "details": Joined(tuple(details))})


def in_line(line: Timeline, region: int, kind: int, time_s: int) -> list[int]:
    """Return the needs of those in line for *kind* in *region* at *time_s*: the most urgent first."""
    needs = line.course.needs
    here = (needs.region == region) & (needs.kind == kind) & (needs.asked_s <= time_s)
    rows = np.flatnonzero(here & (np.minimum(needs.placed_s, needs.ended_s) > time_s))
    urgency = line.course.demand.urgency[needs.patient[rows]]
    found: list[int] = rows[np.lexsort((rows, needs.asked_s[rows], urgency))].tolist()
    return found


def waiting(line: Timeline, needs: Sequence[int], time_s: int) -> Text:
    """Return who *needs* are of, and since when each is in line; of more than can be told the first."""
    known, civil = line.course.needs, Window.of(line.course.scenario).civil
    told = []
    for row in needs[:MOST_NAMED]:
        asked_s = int(known.asked_s[row])
        since = text("in line since {hour}", hour=f"{civil(asked_s):%H:%M}")
        if time_s - asked_s >= DAY:
            since = text("in line for more than a day")
        told.append(described(line, int(known.patient[row]), since))
    if len(needs) > MOST_NAMED:
        told.append(text("others less urgent or later"))
    return Text("{told}", {"told": told})
