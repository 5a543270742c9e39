"""A stay that is longer or shorter by one factor: every quantile of it multiplied, its shape kept."""

import math
from typing import Any

from nspl_sim.scenario.classes import PatientClass, StageNeed
from nspl_sim.scenario.stays import Duration
from nspl_sim.vocabulary.duration import UNITS


def stretched(stay: Duration, factor: float) -> Duration:
    """Return *stay* with every time in it multiplied by *factor* > 0."""
    change: dict[str, Any] = {}
    for name in type(stay).model_fields:
        value = getattr(stay, name)
        if value is None:
            continue
        if name.endswith(tuple(UNITS)):
            change[name] = [v * factor for v in value] if isinstance(value, list) else value * factor
        elif name == "mu":
            change[name] = value + math.log(factor)
    return stay.model_copy(update=change)


def longer(one: PatientClass, kind: str, factor: float) -> PatientClass:
    """Return the class with every stay in *kind* *factor* times as long."""

    def stage(need: StageNeed) -> StageNeed:
        return need.model_copy(update={"stay": stretched(need.stay, factor)}) if need.kind == kind else need

    pathways = [p.model_copy(update={"stages": [stage(s) for s in p.stages]}) for p in one.pathways]
    return one.model_copy(update={"pathways": pathways})
