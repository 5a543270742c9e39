"""What a plan would give if more were known than can be: ``coordinated@true-state``.

No order of support is a yardstick; it says what a plan loses by acting on old figures.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from nspl_sim.policies.asking import Reporting
from nspl_sim.reading.part import Bilingual

if TYPE_CHECKING:
    from nspl_sim.policies.plan import Plan

MARK = "@"
"""Between the name of a plan and that of the yardstick."""


def true_state(plan: "Plan") -> "Plan":
    """Return *plan* with a picture taken at each review that arrives at once: what old figures cost it."""
    told = Reporting(every_h=plan.review_every_h, delay_h=0)
    return _named(plan, "true-state", ", sann lägesbild", ", true state").model_copy(
        update={"reporting": told}
    )


def _named(plan: "Plan", key: str, sv: str, en: str) -> "Plan":
    """Return *plan* under the name and title of the yardstick."""
    title = plan.title and Bilingual(sv=plan.title.sv + sv, en=(plan.title.en or plan.title.sv) + en)
    return plan.model_copy(update={"name": f"{plan.name[: 63 - len(key)]}-{key}", "title": title})


YARDSTICKS: dict[str, Callable[["Plan"], "Plan"]] = {"true-state": true_state}
"""What may stand after the mark."""
