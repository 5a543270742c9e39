"""Make the tables of docs/validation.md again: ``python scripts/validation.py``.

Everything between the markers comes from here: the sanity checks of the sources, spring 2020 by the exact
formula, and back-tests of a made-up epidemic whose truth is known.
"""

from datetime import date, timedelta
from pathlib import Path

import numpy as np

from nspl_sim.demand.census import mean_census, steady
from nspl_sim.demand.sample import sample
from nspl_sim.experiment.backtest import Question, backtest
from nspl_sim.experiment.course import course
from nspl_sim.experiment.scores import scores
from nspl_sim.experiment.stretched import longer
from nspl_sim.measures.course import Course
from nspl_sim.policies.plan import load_plan
from nspl_sim.scenario.daily_table import Admissions, Observed
from nspl_sim.scenario.load import load_shipped
from nspl_sim.scenario.model import Scenario
from nspl_sim.vocabulary.clock import DAY

PAGE = Path(__file__).parent.parent / "docs" / "validation.md"
ORDINARY = load_shipped("ordinary-week").scenario
KIND, KLASS = "icu", "pan_covid_icu"
PUBLISHED_2020 = (
    (date(2020, 4, 12), "500 (passed upward)", 500),
    (date(2020, 4, 28), "544", 544),
    (date(2020, 5, 8), "500 (passed downward)", 500),
    (date(2020, 5, 15), "400 (fell below)", 400),
    (date(2020, 6, 6), "295", 295),
)
"""Patients with COVID-19 in intensive care: SVT/TT 2020-06-06, Socialstyrelsen 2020-04-28."""


def only(streams: dict[str, object], days: float) -> Scenario:
    """Return the shipped regions and classes with *streams* alone, beds unlimited."""
    content = ORDINARY.model_dump(mode="python", by_alias=True)
    for region in content["regions"].values():
        region["units"] = {kind: {"beds": "unlimited"} for kind in ("icu", "ward")}
    changes = {
        "streams": streams,
        "horizon_days": days,
        "warm_up_days": 0,
        "starts": "empty",
        "transport": {"instant": True},
    }
    return Scenario.model_validate(content | changes)


def wave(regions: dict[str, float], total: float, days: float) -> Scenario:
    """Return an epidemic wave of the shape of spring 2020."""
    rate = {"shape": "gamma", "total": total, "gamma_shape": 4, "scale_days": 13}
    classes = {KLASS: 0.12, "pan_covid_ward": 0.88}
    return only({"wave": {"kind": "poisson", "rate": rate, "regions": regions, "classes": classes}}, days)


def sources() -> list[str]:
    """Return the ordinary year beside what is published."""
    found, icu = steady(ORDINARY), ORDINARY.kinds.index(KIND)
    episodes, days = (365 * float(a[:, icu].sum()) for a in (found.entered_per_day, found.lying))
    one = sample(ORDINARY.model_copy(update={"starts": "empty", "horizon_days": 60.0}), 0)
    median = float(np.median(one.stay_s[one.kind == one.kinds.index(KIND)])) / DAY
    lying = steady(
        only(
            {
                "s": {
                    "kind": "poisson",
                    "per_day": 127,
                    "regions": {"uppsala": 1},
                    "classes": {"mil_evac_icu": 0.33, "mil_evac_ward": 0.67},
                }
            },
            1,
        )
    ).lying.sum(axis=0)
    rows = [
        ("ICU episodes a year", "45 500 (SIR 2019)", f"{episodes:,.0f}", episodes / 45_500 - 1),
        ("ICU days a year", "121 310 (SIR 2019)", f"{days:,.0f}", days / 121_310 - 1),
        ("Mean ICU stay, days", "2.67", f"{days / episodes:.2f}", days / episodes / 2.67 - 1),
        ("Median ICU stay, days", "1.1", f"{median:.2f}", median / 1.1 - 1),
        ("Beds held by 127 evacuated a day", "about 1 900", f"{lying.sum():,.0f}", lying.sum() / 1900 - 1),
        ("of these intensive care", "370", f"{lying[icu]:,.0f}", lying[icu] / 370 - 1),
    ]
    head = ["| | published | model | off by |", "|---|---|---|---|"]
    return [*head, *(f"| {a} | {b} | {c.replace(',', ' ')} | {d:+.1%} |" for a, b, c, d in rows)]


def spring_2020() -> list[str]:
    """Return the exact mean census of the wave, laid so that it passes 500 on 12 April."""
    found = mean_census(wave({"stockholm": 1}, 20_000, 150)).of(KIND)
    above = np.flatnonzero(found > 500)
    first = int(above[0])
    lines = ["| | published | model |", "|---|---|---|"]
    for day, said, _ in PUBLISHED_2020:
        at = first + 24 * (day - PUBLISHED_2020[0][0]).days
        lines.append(f"| {day} | {said} | {found[at]:.0f} |")
    peak = date(2020, 4, 12) + timedelta(hours=int(found.argmax()) - first)
    lines.append(f"| peak | 558, last third of April | {found.max():.0f} on {peak} |")
    lines.append(f"| days above 500 | 26 | {len(above) / 24:.0f} |")
    return lines


def truth(days: int) -> tuple[list[Admissions], list[Observed]]:
    """Return daily admissions and noon census of one simulated epidemic in four regions."""
    shares = {"stockholm": 0.45, "vastra_gotaland": 0.25, "skane": 0.2, "uppsala": 0.1}
    one = wave(shares, 15_000, days)
    demand, journal = course(one, load_plan("alone").plan, 3)
    stays = Course(one, demand, journal).stays
    icu = stays.only(stays.kind == one.kinds.index(KIND))
    admitted, observed = [], []
    for region in shares:
        mine = icu.only(icu.region == one.region_keys.index(region))
        for day in range(days):
            came = ((mine.from_s >= day * DAY) & (mine.from_s < (day + 1) * DAY)).sum()
            noon = day * DAY + DAY // 2
            lay = ((mine.from_s <= noon) & (mine.to_s > noon)).sum()
            admitted.append(Admissions(day=float(day), region=region, admissions=int(came)))
            observed.append(Observed(day=float(day), region=region, census=float(lay)))
    return admitted, observed


def back_tests(replications: int = 100) -> list[str]:
    """Return scores of all regions together with the right stays, with wrong ones, and with bounds."""
    admitted, observed = truth(120)
    wrong = ORDINARY.model_copy(
        update={"classes": ORDINARY.classes | {KLASS: longer(ORDINARY.classes[KLASS], KIND, 1.2)}}
    )
    mean = 16.2
    cases = (
        ("stays as they were", Question(ORDINARY, KLASS, KIND)),
        ("stays taken 20 % too long", Question(wrong, KLASS, KIND)),
        ("the same, mean given as 12.2-20.2 days", Question(wrong, KLASS, KIND, 12, (mean - 4, mean + 4))),
    )
    lines = [
        "| | WAPE | bias | peak | days late | lag | inside 80 % | inside 95 % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for title, question in cases:
        found = backtest(question, admitted, observed, replications)
        one = scores(found.series)[0]
        lines.append(
            f"| {title} | {one.wape:.1%} | {one.bias:+.1%} | {one.peak_error:+.1%} "
            f"| {one.peak_day_error:+.0f} | {one.lag_days:+.0f} | {one.held_80:.0%} | {one.held_95:.0%} |"
        )
    return lines


TABLES = {"sources": sources, "spring-2020": spring_2020, "back-tests": back_tests}


def main() -> None:
    """Write the tables between their markers."""
    page = PAGE.read_text(encoding="utf-8")
    for name, make in TABLES.items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = page.partition(begin)
        after = rest.partition(end)[2]
        page = "\n".join([before + begin, *make(), end + after])
    PAGE.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
