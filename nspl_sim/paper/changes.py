"""Whether a plan gives more or less in one world of a study than in the first: the change in its difference.

The same patients come in every world as far as their streams are the same, so the change is paired
replication by replication, like the differences themselves.
"""

from nspl_sim.experiment.point import Point
from nspl_sim.experiment.statistics import paired
from nspl_sim.paper.answer import MOST_ANSWERS, SUBJECTS, in_words
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import plan_phrases, world_name
from nspl_sim.vocabulary.text import text


def changes(found: Comparison, language: Language) -> list[str]:
    """Return one sentence for each plan and later world: how what it gives differs from the first world."""
    points, batch = found.batch.points, found.batch
    row = next((r for s in SUBJECTS if (r := found.row(s))), None)
    if row is None or found.scenarios < 2 or any(map(found.crosses, range(len(found.contrasts)))):
        return []
    first = {_plans(points, pair): pair for pair in found.contrasts[::-1] if _is_first(points, pair[0])}
    phrases, said = plan_phrases(points, language), []
    for pair in found.contrasts:
        before = first.get(_plans(points, pair))
        if before is None or _is_first(points, pair[0]):
            continue
        here, there = (
            batch.values(plan, row.measure) - batch.values(reference, row.measure)
            for plan, reference in (pair, before)
        )
        change = paired(here, there, row.better)
        if change.n < 2:
            continue
        said.append(
            language.say(
                text(
                    "{measure}: from “{first}” to “{world}”, what {plan} gives changes by {size}; {verdict}.",
                    measure=row.title,
                    first=world_name(points[0], language),
                    world=world_name(points[pair[0]], language),
                    plan=phrases[pair[0]],
                    size=in_words(change, row, language),
                    verdict=text("resolved") if change.resolved else text("unresolved"),
                )
            )
        )
    return said[:MOST_ANSWERS]


def _is_first(points: tuple[Point, ...], point: int) -> bool:
    return points[point].scenario is points[0].scenario


def _plans(points: tuple[Point, ...], pair: tuple[int, int]) -> tuple[str, ...]:
    """Return what tells the plans of a contrast from those of the others in their world."""
    return tuple(f"{points[i].plan.name}|{points[i].variant}" for i in pair)
