"""The table of patients in words, so that a clinician can look at it and say whether it is right."""

from typing import Any

from nspl_sim.demand.rates import Window
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import kind_name as kind_name
from nspl_sim.paper.occupancy import short_name
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.care import NEVER
from nspl_sim.vocabulary.clock import HOUR
from nspl_sim.vocabulary.patients import PRESENT, Demand
from nspl_sim.vocabulary.text import text


def class_name(scenario: Scenario, key: str, language: Language) -> str:
    """Return the class's title (in Swedish where the catalogue has it), or its key."""
    return language.say(scenario.classes[key].title or key)


def patients(scenario: Scenario, demand: Demand, language: Language) -> dict[str, Any]:
    """Return *demand* as columns: one row a patient, in order of arrival."""
    say = language.say
    window = Window.of(scenario)
    classes = [class_name(scenario, key, language) for key in demand.classes]
    regions = [short_name(scenario, key, language) for key in demand.regions]
    streams = [
        say(text("Present at the start") if key == PRESENT else scenario.streams[key].title or key)
        for key in demand.streams
    ]
    kinds = [kind_name(kind, language) for kind in demand.kinds]
    table: dict[str, Any] = {
        say(text("Patient")): list(range(len(demand))),
        say(text("Arrives")): [window.civil(s).replace(tzinfo=None) for s in demand.arrival_s.tolist()],
        say(text("Day")): (demand.arrival_s / 86400).round(3),
        say(text("Region")): [regions[i] for i in demand.region.tolist()],
        say(text("Stream")): [streams[i] for i in demand.stream.tolist()],
        say(text("Class")): [classes[i] for i in demand.klass.tolist()],
        say(text("Urgency")): demand.urgency,
        say(text("Priority of planned care")): [
            float(p) if p else float("nan") for p in demand.priority.tolist()
        ],
    }
    for stage in range(demand.kind.shape[1]):
        number = stage + 1
        kind = demand.kind[:, stage].tolist()
        table[say(text("Stage {number}", number=number))] = [kinds[k] if k >= 0 else "" for k in kind]
        stay = demand.stay_s[:, stage].astype(float)
        stay[stay < 0] = float("nan")
        table[say(text("Stage {number}, stay in hours", number=number))] = (stay / HOUR).round(2)
    dies = demand.dies_waiting_s[:, 0].astype(float)
    dies[(dies < 0) | (dies >= NEVER)] = float("nan")
    table[say(text("Survives a wait of hours for stage 1"))] = (dies / HOUR).round(2)
    return table
