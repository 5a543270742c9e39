"""Page one: the answer with its certainty, three numbers, the price, how sure, and what this is not.

At most 25 lines, for who reads nothing else. No number is typed: each is taken from the results.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from nspl_sim.paper import numbers
from nspl_sim.paper.answer import answers
from nspl_sim.paper.comparison import Row
from nspl_sim.paper.table import difference_words, row_digits, row_title, unresolved
from nspl_sim.paper.unordered import unordered
from nspl_sim.report.grades import Grade, grades, turns_round
from nspl_sim.report.lead import how_known, the_plan, the_scenario
from nspl_sim.report.material import Material
from nspl_sim.report.outcomes import all_told, in_every_world, plain_name, when_not_enough
from nspl_sim.report.parts import Table
from nspl_sim.report.price import price
from nspl_sim.report.settled import settled
from nspl_sim.vocabulary.text import Text, text

THREE = ("first_day_over_capacity", "planned_postponed", "deaths_waiting", "wait_icu_mean_h.urgency_1")
"""What stands in the table of three after the measure that the answer is about, as far as it is there."""

MOST_ANSWERS = 2


@dataclass(frozen=True)
class FirstPage:
    """What page one says."""

    question: str
    lead: tuple[tuple[str, str], ...]
    """A heading and its sentences, before the answer: what the scenario is, and the plan."""
    verdict: str
    answer: str
    table: Table
    blocks: tuple[tuple[str, str], ...]
    """A heading and its sentences: the price, when it is not enough."""
    sure: str
    """The heading of the grades."""
    grades: list[Grade]
    inputs: str
    """How well known the figures are that went in."""
    after: tuple[tuple[str, str], ...]
    """What this is not, who decides, the way forward."""


def first_page(material: Material) -> FirstPage:
    """Return page one of *material*."""
    say = material.say
    told = in_every_world(material) or answers(material.main, material.language)
    if material.main.scenarios > 1 and len(told) > MOST_ANSWERS:
        told = [*told[-MOST_ANSWERS:], say(text("The other scenarios stand in the tables below."))]
    if material.main.scenarios > 1:
        told.append(say(text("The same patients meet both.")))
    failed = _failed(material)
    return FirstPage(
        _question(material),
        tuple(_lead(material)),
        say(_verdict(material) or ""),
        " ".join(told),
        three(material),
        tuple(_before(material)),
        say(text("How sure?")),
        grades(material),
        say(how_known(material)),
        tuple((say(a), say(b)) for a, b in [*failed, *_after(material)]),
    )


def _question(material: Material) -> str:
    """Return the question that was given, or what the comparison asks."""
    if material.made.get("question"):
        return str(material.made["question"])
    plan = material.phrases[material.plan]
    if material.reference is None:
        return material.say(text("What happens with {plan}?", plan=plan))
    reference = material.phrases[material.reference]
    if material.main.scenarios > 1:
        return material.say(
            text("What differs between {plan} and {reference}?", plan=plan, reference=reference)
        )
    return material.say(
        text("Is care better with {plan} than with {reference}?", plan=plan, reference=reference)
    )


def _verdict(material: Material) -> Text | None:
    """Return yes or no, where the question is ours and the difference is settled."""
    if material.made.get("question") or material.subject is None or material.main is not material.found:
        return None
    if material.main.scenarios > 1:
        return None
    row, difference = material.subject
    if not difference.resolved:
        return None
    if turns_round(material):
        return text("It cannot be told.")
    is_better = (difference.difference < 0) == (row.better == "lower")
    return (
        text("Yes, in the scenario tried.") if is_better else text("No, it is worse in the scenario tried.")
    )


def _lead(material: Material) -> Iterator[tuple[str, str]]:
    if material.main.scenarios > 1:
        return
    yield material.say(text("The scenario.")), the_scenario(material)
    if told := the_plan(material):
        yield material.say(text("The plan.")), told


def three(material: Material) -> Table:
    """Return three measures under the reference and the plan, and their difference."""
    main, say = material.main, material.say
    shown = [p for p in (material.reference, material.plan) if p is not None]
    of = text("Mean of {n} replications, rounded", n=main.replications)
    if main.replications == 1:
        of = text("The only replication")
    if len(material.worlds) > 1 and material.main is not material.found:
        of = text("{of}. Here and below: {world}", of=of, world=plain_name(material, material.worlds[0]))
    head = [say(of), *(material.names[p] for p in shown)]
    if material.contrast is not None:
        head.append(say(text("Difference (95 %)")))
    caption = say(text("Three numbers"))
    return Table(caption, head, [_cells(material, row, shown) for row in tabled(material)])


def tabled(material: Material) -> list[Row]:
    """Return the rows of the table of three, that of the answer first."""
    main = material.main
    first = material.subject[0] if material.subject else None
    wanted = [
        first,
        *(main.row(name) for name in THREE),
        *(r for r in main.rows if r.better != "neither"),
        *main.rows,
    ]
    rows: list[Row] = []
    for row in wanted:
        if row is not None and row not in rows:
            rows.append(row)
    return rows[:3]


def _cells(material: Material, row: Row, shown: list[int]) -> list[str]:
    language = material.language
    means = [row.factor * row.means[p] for p in shown]
    paired = material.difference(row) if material.contrast is not None else None
    digits = row_digits(row, means, [paired])
    cells = [
        row_title(row, language),
        *(numbers.decimal(m, digits, language.code) for m in means),
    ]
    if material.contrast is not None:
        cells.append(difference_words(paired, row, digits, language) + unresolved(paired, language))
    return cells


def _before(material: Material) -> Iterator[tuple[str, str]]:
    if material.contrast is None:
        return
    if told := settled(material, tabled(material)):
        yield (
            material.say(
                text(
                    "What can be told, against {reference}.",
                    reference=material.phrases[material.reference or 0],
                )
            ),
            told,
        )
    if (unreached := unordered(material.main, material.plan)) is not None:
        yield material.say(text("What the plan does not reach.")), material.say(unreached)
    cost = " ".join(price(material))
    if cost:
        yield material.say(text("The price.")), cost
    if not all_told(material):
        yield material.say(text("When it is not enough.")), material.say(when_not_enough(material))


def _failed(material: Material) -> list[tuple[Text, Text]]:
    """Return how many replications failed, if any."""
    failed = material.made.get("failed")
    count = len(failed) if isinstance(failed, list | tuple | dict) else failed
    if not count:
        return []
    return [(text("Note."), text("{count} replications failed and are not counted.", count=count))]


def _after(material: Material) -> Iterator[tuple[Text, Text]]:
    yield (
        text("What this is not."),
        text(
            "No forecast, no official planning figures, no position on priorities between patients. "
            "Within each region all beds are taken to be used as one unit."
        ),
    )
    yield (
        text("Who decides."),
        text("Each regional board, on its own region's part. The office supports and does not lead."),
    )
    yield text("The way forward."), text("1) {first} 2) {second} 3) {third}", **_forward(material))


def _forward(material: Material) -> dict[str, Text]:
    unsettled = material.subject is not None and not material.subject[1].resolved
    if unordered(material.main, material.plan) is not None:
        second = text("Try a standing order for wards too.")
    elif unsettled:
        second = text("Look for what would make a difference.")
        if material.subject is not None and material.subject[1].n < 50:
            second = text("More replications, more situations.")
    elif len(material.worlds) < 2:
        second = text("Try other situations.")
    else:
        second = text("Try situations where the answer turns.")
    return {
        "first": text("The regions' own figures."),
        "second": second,
        "third": text("Ask the regions."),
    }
