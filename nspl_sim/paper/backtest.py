"""What a back-test came to: scores in a table, the series as columns, and one sentence."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import numpy as np

from nspl_sim.experiment.backtest import BackTest, mean_stay_days
from nspl_sim.experiment.scores import BANDS, Score, band, scores
from nspl_sim.paper import numbers
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import kind_words
from nspl_sim.paper.occupancy import short_name
from nspl_sim.paper.patients import class_name
from nspl_sim.vocabulary.text import Text, text


def place_name(found: BackTest, place: str, language: Language) -> str:
    """Return the region's name, or what all of them together are called."""
    return short_name(found.world, place, language) if place else language.say(text("All regions"))


def score_columns(found: BackTest, language: Language) -> dict[str, list[Any]]:
    """Return one row a place; errors, bias and what lies inside a band are shares 0-1."""
    rows = scores(found.series)

    def of(value: str) -> list[float]:
        return [float(getattr(row, value)) for row in rows]

    say = language.say
    return {
        say(text("Place")): [place_name(found, row.place, language) for row in rows],
        say(text("Days observed")): of("days"),
        say(text("Error (WAPE)")): of("wape"),
        say(text("Bias")): of("bias"),
        say(text("Peak observed")): of("peak_observed"),
        say(text("Peak simulated")): of("peak_simulated"),
        say(text("Error of peak")): of("peak_error"),
        say(text("Day of peak")): of("peak_day_observed"),
        say(text("Peak days late")): of("peak_day_error"),
        say(text("Lag, days")): of("lag_days"),
        say(text("Inside 80 %")): of("held_80"),
        say(text("Inside 95 %")): of("held_95"),
    }


def series_columns(found: BackTest, language: Language) -> dict[str, list[Any]]:
    """Return one row a place and observed day."""
    series, say = found.series, language.say
    table: dict[str, list[Any]] = {
        say(head): []
        for head in (
            text("Place"),
            text("Time"),
            text("Day"),
            text("Observed"),
            text("Simulated mean"),
            *(
                text("{share} % from", share=round(100 * share))
                if end == 0
                else text("{share} % to", share=round(100 * share))
                for share in BANDS
                for end in (0, 1)
            ),
        )
    }
    start = found.world.start + timedelta(hours=found.question.hour)
    for row, place in enumerate(series.places):
        limits = [limit for share in BANDS for limit in band(series, row, share)]
        mean = series.simulated[:, row].mean(axis=0)
        for day in np.flatnonzero(~np.isnan(series.observed[row])):
            cells = [
                place_name(found, place, language),
                start + timedelta(days=float(series.days[day])),
                float(series.days[day]),
                float(series.observed[row, day]),
                float(mean[day]),
                *(float(limit[day]) for limit in limits),
            ]
            for column, cell in zip(table.values(), cells, strict=True):
                column.append(cell)
    return table


def in_words(found: BackTest, language: Language) -> list[str]:
    """Return what the first place's score says, what to try where it is poor, and what was scored.

    The first place is all regions together, where that is known; else the most biased region is told of.
    """
    rows, code = scores(found.series), language.code
    first = rows[0]
    biased = first if not first.place else max(rows, key=lambda row: abs(np.nan_to_num(row.bias)))
    said = [
        text(
            "{place}: the simulated course is off by {wape} (weighted absolute error), the peak by {peak} "
            "and {days} days; it lags by {lag} days. The 95 % band holds {held} of the observed days.",
            place=place_name(found, first.place, language),
            wape=numbers.share(first.wape, 1, code),
            peak=_signed_share(first.peak_error, code),
            days=numbers.signed(first.peak_day_error, 0, code),
            lag=numbers.signed(first.lag_days, 0, code),
            held=numbers.share(first.held_95, 0, code),
        )
    ]
    if abs(biased.bias) > TOO_FAR:
        said.append(_too_far(found, biased, language))
    elif first.held_95 < TOO_SURE:
        said.append(_too_sure(found))
    return [language.say(one) for one in [*said, _scored(found, language)]]


TOO_FAR = 0.10
"""With more bias than this the course lies beside the observed one as a whole, whatever its band."""


TOO_SURE = 0.80
"""A band of 95 % that holds fewer days than this is too narrow."""


def _too_far(found: BackTest, score: Score, language: Language) -> Text:
    figures = {
        "place": place_name(found, score.place, language),
        "bias": _signed_share(score.bias, language.code),
        "stays": "; ".join(_mean_stays(found, language)),
    }
    if score.bias > 0:
        return text(
            "{place}: the simulated census is too high on the whole (bias {bias}). Mean stays in the model: "
            "{stays}. Try shorter stays first: a class of your own in the scenario, or --stay-low and "
            "--stay-high.",
            **figures,
        )
    return text(
        "{place}: the simulated census is too low on the whole (bias {bias}). Mean stays in the model: "
        "{stays}. Try longer stays first: a class of your own in the scenario, or --stay-low and "
        "--stay-high.",
        **figures,
    )


def _mean_stays(found: BackTest, language: Language) -> Iterator[str]:
    """Yield each class of the admissions with the mean stay in each kind of unit, as it was simulated."""
    question, classes = found.question, found.world.classes
    for key, one in classes.items():
        said = []
        for kind in dict.fromkeys(s.kind for p in one.pathways for s in p.stages):
            mean = mean_stay_days(one, kind)
            ends = [mean]
            if question.mean_days is not None and kind == question.kind:
                asked = mean_stay_days(question.scenario.classes[question.klass], kind)
                ends = [mean * bound / asked for bound in question.mean_days]
            days = "–".join(numbers.decimal(end, 1, language.code) for end in ends)
            said.append(language.say(text("{kind} {days} days", kind=kind_words(kind), days=days)))
        yield f"{class_name(found.world, key, language)}: {', '.join(said)}"


def _scored(found: BackTest, language: Language) -> Text:
    """Return which regions the scores are of, and which had admissions but nothing to be held against."""

    def names(keys: Iterable[str]) -> str:
        return ", ".join(short_name(found.world, key, language) for key in keys)

    places, regions = found.series.places, found.world.region_keys
    if "" in places:
        return text("Scored: all regions together ({regions}).", regions=names(regions))
    unseen = [key for key in regions if key not in places]
    if not unseen:
        return text("Scored: {regions}.", regions=names(places))
    return text(
        "Scored: {regions}. Not scored, since nothing was observed there: {unseen}.",
        regions=names(places),
        unseen=names(unseen),
    )


def _too_sure(found: BackTest) -> Text:
    if found.question.mean_days is None:
        return text(
            "The band is too narrow: it holds the luck of the patients, but not what is uncertain about the "
            "mean stay. Give bounds for it with --stay-low and --stay-high."
        )
    return text("The band is too narrow though the mean stay is uncertain: something else is not as it was.")


def _signed_share(value: float, code: str) -> str:
    return (numbers.MINUS if value < 0 else "+") + numbers.share(abs(value), 1, code)
