"""What the compiled loop holds, and what it leaves to SimPy. Nothing here needs the compiler.

It answers for what it knows and for nothing else: a key of a scenario or a plan that is not named here is
taken to change what happens, and SimPy runs it, until somebody has taught the loop and named it.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any

from nspl_sim.engine.columns import ROW_BITS
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import Desk, Directive
from nspl_sim.reading.part import Part
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.disruptions import What
from nspl_sim.vocabulary.errors import NsplError
from nspl_sim.vocabulary.patients import Demand
from nspl_sim.vocabulary.text import Text, text


def _keys(names: str) -> set[str]:
    return set(names.split())


_SCENARIO = _keys(
    "format name title description marking marking_required exercise start time_zone warm_up_days "
    "horizon_days cool_down_h starts seed strain_arm ward_crowding catch_up regions unit_kinds classes "
    "streams transport disruptions displaced supplies legal_state present"
)
_REGION = _keys(
    "name code region civil_area care_region neighbours population position tile units "
    "university_hospital icu_teams vehicles municipal"
)
_UNIT = _keys("beds hours keep_free surge")
_STEP = _keys("beds lead_h lasts_h pause_share")
_HOURS = _keys("from_hour to_hour weekdays otherwise")
_UNIT_KIND = _keys("referral needs_next no_bed")
_MUNICIPAL = _keys("places_per_day floor_h wait_factor closed")
_TRANSPORT = _keys(
    "instant modes distances_km detour_factor islands links team_kinds place_of beds_per_team "
    "team_rest_minutes handover_minutes delay weather closures"
)
_MODE = _keys(
    "archetype title medium speed_kmh range_km activation_minutes access_minutes load_minutes "
    "unload_minutes turn_minutes kinds capacity patients_per_team unavailable_share"
)
_PLACES = _keys("seated stretcher icu")
_PLAN = _keys(
    "format name title description support elective surge discharge staff triage asking reporting "
    "review_every_h taking_part moves returns office mandate"
)
_DIRECTIVE = _keys(
    "orders ask_s parallel max_s retry_s review_s helps elective_share surge_steps fetches "
    "discharge_share staff limits office pooled moves returns"
)
_DESK = _keys("per_h from_hour to_hour out_s members")
_DEMAND = _keys(
    "streams regions kinds classes stream region origin number klass urgency priority onset_s "
    "arrival_s due_s stage_count kind stay_s dies_waiting_s u_outcome u_elective u_discharge delay_s "
    "extra_stay_if_moved_s min_stabilise_s no_bed waits_at_most_s municipal_wait_s leaves_s "
    "diverted_to disruptions closures report_luck"
)
_LOST = _keys("beds teams asking reports planned diverted mortality evacuation office")


MOST_PATIENTS = 2 ** (ROW_BITS - 1) - 1


class NotCompiled(NsplError):
    """Something happens that the compiled loop does not hold."""


def unsupported(scenario: Scenario, plan: Plan) -> list[Text]:
    """Return why SimPy has to run *plan* in *scenario*; empty: the compiled loop can."""
    return list(_unknown(scenario, plan))


def _unknown(scenario: Scenario, plan: Plan) -> Iterator[Text]:
    """Yield the keys in use that nobody has taught the loop."""
    regions, transport = scenario.regions.values(), scenario.transport
    units = [unit for region in regions for unit in region.units.values()]
    known: list[tuple[list[Any], set[str]]] = [
        ([scenario], _SCENARIO),
        (list(regions), _REGION),
        (units, _UNIT),
        ([step for unit in units for step in unit.surge], _STEP),
        ([unit.hours for unit in units if unit.hours], _HOURS),
        (list(scenario.unit_kinds.values()), _UNIT_KIND),
        ([region.municipal for region in regions if region.municipal], _MUNICIPAL),
        ([transport], _TRANSPORT),
        (list(transport.modes.values()), _MODE),
        ([mode.capacity for mode in transport.modes.values() if mode.capacity], _PLACES),
        ([plan], _PLAN),
    ]
    found = {name for parts, names in known for part in parts for name in _used(part) - names}
    for name in sorted(found):
        yield text("the key {name}", name=name)


def _used(part: Part) -> set[str]:
    """Return the keys of *part* that are not as they are by default."""
    said = type(part).model_fields
    return {name for name in part.model_fields_set if getattr(part, name) != said[name].get_default()}


_KNOWN: dict[type, set[str]] = {Directive: _DIRECTIVE, Desk: _DESK, Demand: _DEMAND}


def check(what: Directive | Desk | Demand) -> None:
    """Raise NotCompiled where a directive or a table of patients says what the loop would not do."""
    known = _KNOWN[type(what)]
    new = [f for f in fields(what) if f.name not in known]
    more = [f.name for f in new if f.default is MISSING or getattr(what, f.name) != f.default]
    if isinstance(what, Demand):
        more += sorted({What(row.what).name.lower() for row in what.disruptions} - _LOST)
        more += ["so many patients"] * (len(what) > MOST_PATIENTS)
    if more:
        raise NotCompiled(text("the compiled engine does not know: {names}", names=", ".join(more)))
    if isinstance(what, Directive) and what.office:
        check(what.office)
