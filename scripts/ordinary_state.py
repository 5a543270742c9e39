"""Make the table of the ordinary state in docs/data.md again: ``python scripts/ordinary_state.py [N]``.

Runs N replications (default 20) of the shipped ordinary week under today's order, and writes model
and published figures side by side between the markers.
"""

import sys
from pathlib import Path

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.point import Point
from nspl_sim.experiment.run import run
from nspl_sim.experiment.statistics import interval
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.sweden import published

PAGE = Path(__file__).parent.parent / "docs" / "data.md"
BEGIN, END = "<!-- ordinary-state: begin -->", "<!-- ordinary-state: end -->"

ROWS = (
    ("Patients in intensive care", "icu_census", "icu_census", 1, 1),
    ("Mean stay in intensive care, days", "icu_mean_stay_days", "icu_los_mean_days", 1, 2),
    ("Occupancy of intensive care", "icu_occupancy", "icu_occupancy_normal", 1, 3),
    ("Occupancy of wards", "ward_occupancy", "bed_occupancy_national", 1, 3),
    (
        "Capacity transfers, % of ICU admissions",
        "capacity_transfer_share",
        "icu_capacity_transfer_share",
        100,
        2,
    ),
    ("Planned care postponed, %", "planned_postponed_share", None, 100, 1),
    ("Highest share of hours with a full ICU, any region, %", "icu_full_share", None, 100, 0),
)


def model(batch: Batch, measure: str, scale: float, digits: int) -> str:
    """Return mean and 95 % interval of *measure*; of a regional one, of the highest region."""
    names = [m for m in batch.measures if m == measure or m.startswith(f"{measure}.")]
    if measure in names:
        names = [measure]
    name = max(names, key=lambda m: float(batch.values(0, m).mean()))
    values = batch.values(0, name) * scale
    found = interval(values)
    where = f", {name.partition('.')[2]}" if "." in name else ""
    return f"{found.mean:.{digits}f} ({found.low:.{digits}f} to {found.high:.{digits}f}{where})"


def table(batch: Batch) -> list[str]:
    """Return the rows of the table in Markdown."""
    known = {row.key: row for row in published()}
    lines = ["| | model | published | year | basis |", "|---|---|---|---|---|"]
    for title, measure, key, scale, digits in ROWS:
        figure = known.get(key or "")
        said = f"{figure.value * scale:.{digits}f} | {figure.year} | {figure.basis}" if figure else "– | |"
        lines.append(f"| {title} | {model(batch, measure, scale, digits)} | {said} |")
    return lines


def main(replications: int) -> None:
    """Write the table between its markers."""
    scenario = load_shipped("ordinary-week").scenario
    batch = run([Point(scenario, load_plan("today").plan, "today")], replications, workers=2)
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    note = f"{replications} replications of 28 days, 95 % interval; from `scripts/ordinary_state.py`."
    body = "\n".join(["", *table(batch), "", note, ""])
    PAGE.write_text(f"{before}{BEGIN}{body}{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
