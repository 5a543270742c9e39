"""What the journeys share: a tiny world in a file, and the command line called as a user calls it."""

from pathlib import Path

from click.testing import CliRunner, Result

from nspl_sim.cli.main import main

TINY = """\
format: 1
name: tiny
start: 2027-01-11T00:00
warm_up_days: 1
horizon_days: 2
regions:
  a: {care_region: x, icu_teams: 1, vehicles: {ambulance: 1}, position: {lat: 59, lon: 17},
      units: {icu: {beds: 3}, ward: {beds: 20}}}
  b: {care_region: x, icu_teams: 1, vehicles: {ambulance: 1}, position: {lat: 60, lon: 17},
      units: {icu: {beds: 4}, ward: {beds: 20}}}
  c: {care_region: y, icu_teams: 1, vehicles: {ambulance: 1}, position: {lat: 61, lon: 17},
      units: {icu: {beds: 5}, ward: {beds: 20}}}
classes:
  ill:
    title: "=ill"
    urgency: 1
    mortality: 0.1
    dies_waiting: {tau_h: 10}
    pathways:
      - share: 1
        stages:
          - {kind: icu, stay: {family: exponential, mean_h: 30}}
          - {kind: ward, stay: {family: exponential, mean_h: 30}}
streams:
  ordinary: {kind: poisson, per_day: 9, regions: {a: 0.6, b: 0.2, c: 0.2}, classes: {ill: 1}}
transport:
  modes: {ambulance: {medium: road, speed_kmh: 80}}
"""


def nspl(*words: str | Path) -> Result:
    """Run ``nspl`` with *words* in this process."""
    return CliRunner().invoke(main, [str(w) for w in words])


def tiny(folder: Path, name: str = "tiny.yaml", *changes: tuple[str, str]) -> Path:
    """Write the tiny world into *folder*, each of *changes* an old text and a new one."""
    content = TINY
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    (folder / name).write_text(content, encoding="utf-8")
    return folder / name
