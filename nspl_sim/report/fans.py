"""When do beds run out? Occupancy by region in map order, of intensive care, wards and other beds."""

from collections.abc import Iterator

from nspl_sim.experiment.statistics import paired
from nspl_sim.paper import numbers
from nspl_sim.paper.figure import drawn
from nspl_sim.paper.occupancy import UNIT, WARD, Occupancy, Panel, beds_of, finding, occupancy, title
from nspl_sim.report.drawing import pictures
from nspl_sim.report.material import Material
from nspl_sim.report.parts import Figure, Table
from nspl_sim.vocabulary.text import Text, text

MOST_KINDS = 3
HEAD_IN = 0.9
"""What the page leaves out above the line that says how the figure is read."""


def kinds(material: Material) -> list[str]:
    """Return the unit kinds with a limited number of beds, intensive care first, then wards."""
    scenario = material.scenario
    limited = [k for k in scenario.kinds if any(beds_of(scenario, r, k) for r in scenario.regions)]
    return sorted(limited, key=lambda k: (k != UNIT, k != WARD, k))[:MOST_KINDS]


def fans(material: Material) -> Iterator[Figure]:
    """Yield one figure for each kind of bed."""
    language = material.language
    start = numbers.date(material.scenario.start, language.code)
    for kind in kinds(material):
        shown = occupancy(material.batch, material.plan, material.reference, language, kind)
        if shown is not None:
            yield _figure(material, shown, start)


def _figure(material: Material, shown: Occupancy, start: str) -> Figure:
    language, name = material.language, f"occupancy-{shown.kind}".replace("_", "-")
    heading, alt = material.say(title(shown)), finding(shown, language)
    sure = _sure(material, shown)
    alt = f"{alt} {material.say(sure)}" if sure else alt
    drawing = pictures(name, lambda: drawn(shown, material.marking, language, start), heading, alt, HEAD_IN)
    how = text(
        "One panel a region, in map order, in per cent of its ordinary staffed beds. The line is the middle "
        "replication; the dark band holds half of the replications, the light one nine of ten. The "
        "stepped line is staffed beds with those that are opened besides. Above 100 per cent, patients lie "
        "in beds opened besides the ordinary ones; where these are few, one bed is many per cent."
    )
    return Figure(
        name,
        heading,
        alt,
        material.say(how),
        drawing,
        _table(material, shown),
        is_wide=True,
    )


def _sure(material: Material, shown: Occupancy) -> Text | None:
    """Return whether the named region is full for longer, or shorter, in more than chance; None if untold."""
    if material.reference is None or not shown.worst() or not material.shares_regions:
        return None
    panel = shown.most_different() if shown.same_plan is not None else shown.worst()[0]
    keys = [k for k in material.scenario.region_keys if beds_of(material.scenario, k, shown.kind)]
    row = material.scenario.region_keys.index(keys[shown.regions.index(panel)])
    shares = []
    for point in (material.plan, material.reference):
        if shown.kind not in material.batch.points[point].scenario.kinds:
            return None
        levels = material.batch.levels(point, shown.kind)
        shares.append((levels.census[:, row] >= levels.staffed[:, row]).mean(axis=1))
    found = paired(*shares)
    if found.ties == found.n:
        return None
    return text("That difference is resolved.") if found.resolved else text("That difference is unresolved.")


_ALL = text("All regions (full: mean over regions)")


def _table(material: Material, shown: Occupancy) -> Table:
    say, code = material.say, material.language.code
    head = [
        say(text("Region")),
        say(text("Ordinary staffed beds")),
        say(text("Full, share of the time: {plan}", plan=shown.plan)),
    ]
    compared = shown.reference is not None
    if compared:
        head.append(say(text("Full, share of the time: {plan}", plan=shown.reference)))
    head += [
        say(text("Highest occupancy, middle replication")),
        say(text("on day")),
        say(_extreme(shown)),
    ]
    rows = []
    several = [shown.nation] if len(shown.regions) > 1 else []
    for panel in [*sorted(shown.regions, key=lambda p: p.name), *several]:
        name = panel.name if panel is not shown.nation else say(_ALL)
        row = [name, numbers.decimal(panel.beds, 0, code), numbers.share(panel.full, 0, code)]
        if compared:
            before = panel.full_reference
            row.append(numbers.MISSING if before is None else numbers.share(before, 0, code))
        rows.append(row + _peak(panel, shown, code))
    return Table(say(text("{title}: the numbers", title=title(shown))), head, rows)


ENOUGH = 20
"""With fewer replications than this, none of them is one in twenty."""


def _extreme(shown: Occupancy) -> Text:
    """Return what the last column holds: as rare a height as so many replications can show."""
    if shown.replications >= ENOUGH:
        return text("exceeded in 1 of 20 replications that day")
    return text("Highest in any of {n} replications that day", n=shown.replications)


def _peak(panel: Panel, shown: Occupancy, code: str) -> list[str]:
    """Return the highest median, its day, and the upper edge of the light band then."""
    at = int(panel.median.argmax())
    upper = panel.nine[1] if shown.replications >= ENOUGH else panel.highest
    return [
        numbers.share(float(panel.median[at]), 0, code),
        numbers.decimal(int(shown.day[at]) + 1, 0, code),
        numbers.share(float(upper[at]), 0, code),
    ]
