"""In which worlds is a plan better? One paired difference for each world and plan, on one measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from nspl_sim.experiment.statistics import Paired
from nspl_sim.paper import numbers
from nspl_sim.paper.answer import in_words
from nspl_sim.paper.comparison import Comparison, Row
from nspl_sim.paper.naming import plan_headings
from nspl_sim.paper.table import better_in, difference_words
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Section, Table
from nspl_sim.report.selection import World, in_world
from nspl_sim.vocabulary.text import Text, text

Verdict = Literal["better", "worse", "unresolved", "equal"]
VERDICTS: dict[Verdict, Text] = {
    "better": text("better"),
    "worse": text("worse"),
    "unresolved": text("unresolved"),
    "equal": text("no difference"),
}
MOST_NAMED = 3


@dataclass(frozen=True)
class Outcome:
    """How one plan fared in one world."""

    world: World
    plan: str
    row: Row
    paired: Paired

    @property
    def verdict(self) -> Verdict:
        """Return what the difference says."""
        if self.paired.ties == self.paired.n:
            return "equal"
        if not self.paired.resolved:
            return "unresolved"
        return "better" if (self.paired.difference < 0) == (self.row.better == "lower") else "worse"


def outcomes(material: Material) -> tuple[Outcome, ...]:
    """Return the outcomes of every plan in every world; nothing where there is one world only."""
    if len(material.worlds) < 2 or material.subject is None:
        return ()
    measure = material.subject[0].measure
    found: list[Outcome] = []
    if material.main is material.found:
        of_point = {p: w for w in material.worlds for p in w.points}
        found += _of(material, material.found, measure, [of_point[p] for p, _ in material.found.contrasts])
        return tuple(found)
    for world in material.worlds:
        inside = in_world(material.found, world, (measure,))
        found += _of(material, inside, measure, [world] * len(inside.contrasts))
    return tuple(found)


def _of(material: Material, found: Comparison, measure: str, worlds: Sequence[World]) -> list[Outcome]:
    row = found.row(measure)
    if row is None:
        return []
    names = plan_headings(found.batch.points, material.language)
    return [
        Outcome(world, names[point], row, paired)
        for world, (point, _), paired in zip(worlds, found.contrasts, row.differences, strict=True)
        if paired is not None
    ]


def of_plan(material: Material) -> list[Outcome]:
    """Return the outcomes of the plan that page one is about, one a world; none where there is one world."""
    if material.main is material.found:
        return []
    return [o for o in outcomes(material) if o.plan == material.names[material.plan]]


def in_every_world(material: Material) -> list[str]:
    """Return the answer in each world of the study, or in the two where the difference is least and most."""
    found = of_plan(material)
    if not found:
        return []
    row, plan, reference = found[0].row, material.phrases[material.plan], material.reference
    said = [_counted(found)]
    shown = found
    if not all_told(material):
        order = sorted(found, key=lambda o: o.paired.difference)
        shown = [order[0], order[-1]]
        said.append(text("At the least and at the most:"))
    told = "; ".join(_outcome(material, one, shown[0]) for one in shown)
    said.append(
        text(
            "{plan} against {reference}: {told}.",
            plan=plan[:1].upper() + plan[1:],
            reference=material.phrases[reference or 0],
            told=told,
        )
        if row.measure.startswith("deaths_")
        else text(
            "{measure}, {plan} against {reference}: {told}.",
            measure=row.title,
            plan=plan,
            reference=material.phrases[reference or 0],
            told=told,
        )
    )
    return [material.say(one) for one in said]


def all_told(material: Material) -> bool:
    """Return whether the worlds are several, and few enough that the answer names them all."""
    return 1 < len(of_plan(material)) <= MOST_NAMED


def _counted(found: Sequence[Outcome]) -> Text:
    verdicts = [o.verdict for o in found]
    if len(set(verdicts)) > 1:
        told = [
            text("{verdict} in {count}", verdict=VERDICTS[v], count=verdicts.count(v))
            for v in VERDICTS
            if v in verdicts
        ]
        return text("It depends: of {n} situations tried, {told}.", n=len(found), told=told)
    same = {
        "better": text("Better in all {n} situations tried.", n=len(found)),
        "worse": text("Worse in all {n} situations tried.", n=len(found)),
        "unresolved": text("Cannot be told (unresolved) in any of the {n} situations tried.", n=len(found)),
        "equal": text("No difference in any of the {n} situations tried.", n=len(found)),
    }
    return same[verdicts[0]]


def _outcome(material: Material, one: Outcome, first: Outcome) -> str:
    """Return ``“Beds: 0.8” +2.6 deaths per replication (…), better in 2 of 10``; factor and units once."""
    said = {"world": plain_name(material, one.world), "k": one.paired.better, "n": one.paired.n}
    if one is first:
        size = in_words(one.paired, one.row, material.language)
        return material.say(text("“{world}”: {size}, better in {k} of {n} replications", size=size, **said))
    size = difference_words(one.paired, one.row, 1, material.language)
    if tuple(one.world.factors) == tuple(first.world.factors) and len(one.world.factors) == 1:
        [value] = one.world.factors.values()
        said["world"] = numbers.shortest(value, material.language.code)
    return material.say(text("“{world}”: {size}, better in {k} of {n}", size=size, **said))


def when_not_enough(material: Material) -> Text:
    """Return where the plan stops being better, as far as the study shows it."""
    found = outcomes(material)
    plans = {o.plan for o in found}
    if not found or material.main is material.found:
        return text("Untested: compared in one situation only. Where the answer turns is not known.")
    ours = [o for o in found if o.plan == material.names[material.plan]] if len(plans) > 1 else list(found)
    told = [
        _where(material, v, [o.world for o in ours if o.verdict == v])
        for v in VERDICTS
        if any(o.verdict == v for o in ours)
    ]
    said = "; ".join(material.say(one) for one in told)
    return text("Tried in {count} situations: {said}. Beyond them: untested.", count=len(ours), said=said)


def _where(material: Material, verdict: Verdict, worlds: Sequence[World]) -> Text:
    """Return ``better with Beds: 0.8 and 1.0``, or the names of the worlds."""
    if len(worlds) == len(of_plan(material)) and len(worlds) > 1:
        return text("{verdict} in all of them", verdict=VERDICTS[verdict])
    factors = {tuple(w.factors) for w in worlds}
    if len(factors) == 1 and len(names := factors.pop()) == 1:
        values = [w.factors[names[0]] for w in worlds]
        factor = factor_name(material, worlds[0], names[0])
        return text(
            "{verdict} with “{factor}: {values}”", verdict=VERDICTS[verdict], factor=factor, values=values
        )
    return text("{verdict} in {worlds}", verdict=VERDICTS[verdict], worlds=_named(material, worlds))


def _named(material: Material, worlds: Sequence[World]) -> Text:
    names = [world_name(material, w) for w in worlds]
    if len(names) > MOST_NAMED + 1:
        names, more = names[:MOST_NAMED], len(names) - MOST_NAMED
        return text("{worlds} and {count} more", worlds=", ".join(names), count=more)
    return text("{worlds}", worlds=names)


def world_name(material: Material, world: World) -> str:
    """Return a world by its factors, ``Skala: 1,2``, or by its label in quotation marks."""
    if not world.factors:
        return f"”{world.name}”" if material.language.code == "sv" else f"“{world.name}”"
    return plain_name(material, world)


def plain_name(material: Material, world: World) -> str:
    """Return a world by its factors, ``Skala: 1,2``, or by its label."""
    code = material.language.code
    if not world.factors:
        return world.name
    return ", ".join(
        f"{factor_name(material, world, k)}: {numbers.shortest(v, code)}" for k, v in world.factors.items()
    )


def factor_name(material: Material, world: World, factor: str) -> str:
    """Return what the study calls *factor*, or its key."""
    title = world.titles.get(factor)
    return title.in_language(material.language.code) if title else factor


def section(material: Material) -> Section:
    """Return the section on other worlds; empty where there is one world only."""
    heading, found = material.say(text("In which situations does it hold?")), outcomes(material)
    if not found:
        return Section("worlds", heading)
    row = found[0].row
    said = text("The same comparison in every situation of the study. Measure: {measure}.", measure=row.title)
    return Section(
        "worlds", heading, [material.say(said)], tables=[_wins(material, found), _each(material, found)]
    )


def _wins(material: Material, found: Sequence[Outcome]) -> Table:
    say = material.say
    rows = []
    for plan in dict.fromkeys(o.plan for o in found):
        counts = [sum(o.verdict == v for o in found if o.plan == plan) for v in VERDICTS]
        rows.append([plan, *(str(c) for c in counts), str(sum(counts))])
    head = [text("Plan"), *VERDICTS.values(), text("situations")]
    return Table(say(text("In how many situations each plan is better")), [say(h) for h in head], rows)


def _each(material: Material, found: Sequence[Outcome]) -> Table:
    say, language = material.say, material.language
    factors = list(dict.fromkeys(k for o in found for k in o.world.factors))
    is_named = not all(o.world.factors for o in found)
    head = [say(text("Situation"))] if is_named else []
    head += [*(factor_name(material, found[0].world, k) for k in factors)]
    head += [
        say(h)
        for h in (
            text("Plan"),
            text("Difference (95 %)"),
            text("Better in, number of replications"),
            text("Verdict"),
        )
    ]
    rows = []
    for one in found:
        mean, low, high = (
            one.row.factor * v for v in (one.paired.difference, one.paired.low, one.paired.high)
        )
        digits = numbers.digits_for(mean, low, high)
        values = [
            numbers.shortest(one.world.factors[k], language.code)
            if k in one.world.factors
            else numbers.MISSING
            for k in factors
        ]
        rows.append(
            [
                *([one.world.name] if is_named else []),
                *values,
                one.plan,
                difference_words(one.paired, one.row, digits, language),
                better_in(one.paired, language),
                say(VERDICTS[one.verdict]),
            ]
        )
    words = (len(head) - 4, len(head) - 1)
    return Table(say(text("The difference in every situation")), head, rows, words=words)
