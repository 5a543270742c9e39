"""The summary of a run as files: answer, table, one row a replication, the figure of intensive care."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from nspl_sim.experiment.batch import Batch
from nspl_sim.experiment.design import Step
from nspl_sim.paper import exchange, figure, numbers, regions_table, standing, steps, table, unordered
from nspl_sim.paper.answer import answers, first_without, pairing
from nspl_sim.paper.changes import changes
from nspl_sim.paper.comparison import Comparison
from nspl_sim.paper.language import Language
from nspl_sim.paper.naming import marking, plan_names
from nspl_sim.paper.occupancy import in_words, occupancy
from nspl_sim.paper.standing import worse_off, worst
from nspl_sim.paper.tables import csv_bytes, marked

FIGURE = "icu-occupancy"


@dataclass(frozen=True)
class Results:
    """A finished batch with all that is to be said of it."""

    found: Comparison
    language: Language
    warnings: Sequence[str]
    title: str = ""
    """Of the study."""
    steps: Sequence[Step] = ()
    """Of its switches."""

    def files(self) -> dict[str, bytes]:
        """Return the summary's files by name, what to look at first, first."""
        language = self.language
        said = [
            *[self.title, ""] * bool(self.title),
            *answers(self.found, language),
            *unordered.told(self.found, language),
            "",
            table.aligned(self.found, language, whole=True),
            "",
            *changes(self.found, language),
            *[""] * bool(changes(self.found, language)),
            *steps.added(self.found, self.steps, language),
            *[""] * bool(self.steps),
            *first_without(self.found, language),
            *worst(self.found, language),
            *worse_off(self.found, language),
            *exchange.exchange(self.found, language),
            "",
            *pairing(self.found, language),
        ]
        said += [""] * bool(self.warnings) + list(self.warnings)
        sign = marking(self.found.batch.points[0].scenario, language)
        return {
            "answer.txt": "\n".join([sign, "", *said, "", sign, ""]).encode(),
            "answer.json": _json(self.data()),
            "table.csv": self._csv(table.columns(self.found, language), sign),
            "regions.csv": self._csv(regions_table.columns(self.found, language), sign),
            "measures.csv": self._csv(by_replication(self.found.batch), sign),
            **self._figure(sign),
        }

    def _csv(self, columns: dict[str, Any], sign: str) -> bytes:
        """Return *columns* with the marking on every row, as every table without pages."""
        return csv_bytes(marked(columns, self.language, sign), self.language.code)

    def data(self) -> dict[str, Any]:
        """Return the answer for machines."""
        return {
            "title": self.title or None,
            "answer": answers(self.found, self.language),
            "marking": marking(self.found.batch.points[0].scenario, self.language),
            "replications": self.found.replications,
            "table": table.as_data(self.found, self.language),
            "without_an_order": unordered.told(self.found, self.language),
            "changes": changes(self.found, self.language),
            "steps": steps.as_data(self.found, self.steps),
            "first_without_icu_beds": first_without(self.found, self.language),
            "region_worst_off": worst(self.found, self.language),
            "regions": standing.as_data(self.found),
            "transfers_per_death_avoided": exchange.as_data(self.found),
            "warnings": list(self.warnings),
        }

    def _figure(self, sign: str) -> dict[str, bytes]:
        """Return the figure of the last design point beside its reference; nothing without intensive care."""
        batch = self.found.batch
        point, reference = self.found.contrasts[-1] if self.found.contrasts else (0, None)
        shown = occupancy(batch, point, reference, self.language)
        if shown is None:
            return {}
        start = numbers.date(batch.points[point].scenario.start, self.language.code)
        drawn = figure.write(shown, sign, self.language, start)
        return {
            f"{FIGURE}.png": drawn["png"],
            f"{FIGURE}.svg": drawn["svg"],
            f"{FIGURE}.txt": in_words(shown, sign, self.language).encode(),
        }


def by_replication(batch: Batch) -> dict[str, Any]:
    """Return one row a replication and design point, every measure a column."""
    several = len({id(p.scenario) for p in batch.points}) > 1
    labels = [p.world if several else p.scenario.name for p in batch.points]
    count, points = len(batch.replications), range(len(batch.points))
    prints = [batch.fingerprints(point) for point in points]
    return {
        "replication": [k for k in batch.replications for _ in points],
        "scenario": labels * count,
        "plan": plan_names(batch.points) * count,
        "fingerprint": [of_point[k] for k in range(count) for of_point in prints],
        **{
            name: np.stack([batch.values(point, name) for point in points], axis=1).ravel()
            for name in batch.measures
        },
    }


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
