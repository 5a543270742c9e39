"""What the switches of a study add, and the table of regions: from the results, opened again from disk."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from nspl_sim.cli.main import main
from nspl_sim.experiment.saved import opened
from tests.journeys.commands import tiny

STUDY = """\
format: 1
name: what
scenario: tiny.yaml
plans: [today]
replications: 4
switches:
  of: today
  combinations: all
  each:
    help: {change: {support: {rule: least-loaded}}, title: {sv: stöd, en: support}}
    calm: {change: {elective: never-pause}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("steps")
    tiny(here)
    (here / "what.yaml").write_text(STUDY, encoding="utf-8")
    done = CliRunner().invoke(
        main, ["--lang", "en", "run", str(here / "what.yaml"), "--out", str(here / "out")]
    )
    assert done.exit_code == 0, done.output
    assert "What each part adds" in done.output and "  support " in done.output
    return here / "out"


def test_the_steps_are_kept_and_are_paired_differences(folder: Path) -> None:
    saved = opened(folder)
    names = [point.plan.name for point in saved.design.points]
    assert [(s.switch, s.is_last, names[s.point], names[s.reference]) for s in saved.design.steps] == [
        ("help", False, "today-help", "today"),
        ("calm", False, "today-calm", "today"),
        ("help", True, "today-help-calm", "today-calm"),
        ("calm", True, "today-help-calm", "today-help"),
    ]
    told = json.loads((folder / "answer.json").read_text(encoding="utf-8"))["steps"]
    batch = saved.batch()
    for one in told:
        step = next(s for s in saved.design.steps if (s.switch, s.is_last) == (one["switch"], one["last"]))
        ours, theirs = (batch.values(i, one["measure"]) for i in (step.point, step.reference))
        assert one["difference"] == pytest.approx(float(np.nanmean(ours - theirs)))
    assert {one["measure"] for one in told} >= {"deaths_all", "planned_postponed"}


def test_the_table_of_regions_has_every_plan_and_region_with_its_difference(folder: Path) -> None:
    text = (folder / "regions.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=text[len("Plan")]))
    assert len(rows) == 4 * 3
    batch = opened(folder).batch()
    first = rows[0]
    assert first["Against"] == "" and first["Region"] == "a"
    given = next(value for key, value in first.items() if "given to residents" in key)
    assert float(given) == pytest.approx(float(batch.values(0, "icu_bed_days_given.a").mean()))
    assert all(row["Against"] for row in rows[3:])
