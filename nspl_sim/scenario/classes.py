"""Patient classes: what such a patient needs in turn, and what waiting does to them."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from nspl_sim.reading.numbers import Key, Line, NonNegative, Positive, Priority, Share, Urgency
from nspl_sim.reading.part import Lasting, Part
from nspl_sim.reading.refusal import wrong
from nspl_sim.scenario.base import adds_to_one
from nspl_sim.scenario.stays import Duration
from nspl_sim.scenario.supplies import Consumption
from nspl_sim.scenario.waiting_harm import WaitingHarm
from nspl_sim.vocabulary.text import text


class StageNeed(Part):
    """A care stage: a kind of unit and how long the patient stays there."""

    kind: Key
    """The kind of unit."""
    stay: Duration
    """How long the patient stays there."""


class Pathway(Part):
    """Stages in turn; no stage means that the patient leaves on arrival."""

    share: Share
    """Of the patients of the class."""
    stages: Annotated[list[StageNeed], Field(max_length=12)]
    """What is needed in turn."""


def _add_to_one(pathways: list[Pathway]) -> list[Pathway]:
    adds_to_one({number: pathway.share for number, pathway in enumerate(pathways)})
    return pathways


class Survival(Lasting):
    """Survival of a wait: S(t) = exp(-(t / tau)^kappa) (sources-clinical, section 4)."""

    tau_h: Positive
    """The time that 37 % survive."""
    kappa: Annotated[Positive, Field(ge=0.1, le=20)] = 1.0
    """1: the same risk at every hour; above 1 the risk grows with the wait."""


class PatientClass(Lasting):
    """A kind of patient. Shares of pathways add to 1."""

    title: Line | None = None
    urgency: Urgency
    """1 is the most urgent. Red is 1, yellow 2, green 4, expectant 5."""
    pathways: Annotated[list[Pathway], Field(min_length=1, max_length=50), AfterValidator(_add_to_one)]
    """Ways through care, with their shares."""
    dies_waiting: Survival | None = None
    """Phase B: stabilised, waiting in no bed for the first stage. None: no wait kills."""
    untreated: Survival | None = None
    """Phase A: no effective care at all; acts only for ``untreated_h``."""
    untreated_h: NonNegative = 0.0
    """Without any effective care before the first wait, in hours."""
    mortality: Share = 0.0
    """In care, when everything is given in time."""
    mortality_if_denied: Share | None = None
    """The ceiling that waits, strain and transfers can raise ``mortality`` to."""
    wait_hazard_per_h: Annotated[Positive, Field(ge=1, le=2)] = 1.0
    """Hazard ratio for each hour of waiting for intensive care (at most 48 h count)."""
    transfer_odds_ratio: Annotated[Positive, Field(ge=0.1, le=10)] = 1.0
    """Of death in care after a capacity transfer; 1: none."""
    university_odds_ratio: Annotated[Positive, Field(ge=0.1, le=10)] | None = None
    """Mortality in care in regions with ``university_hospital: true`` (T1 trauma: 0.59, SweTrau 2013-2017),
    in proportion to the time there. None: the place does nothing. Not with a benefit of transfer."""
    min_stabilise_h: NonNegative = 0.0
    """From arrival until a transfer may depart."""
    extra_stay_if_moved: Duration | None = None
    """Added to the stay of the stage that a capacity transfer leads to."""
    no_bed: Literal["wait", "leave", "die_waiting"] = "wait"
    """What the patient does, lying in no bed, when every attempt was in vain."""
    waits_at_most_h: Positive | None = None
    """So long the patient waits in line for the first bed, and is then turned away. None: no limit."""
    refused_mortality: Share | None = None
    """Share of those turned away who die of it; they count among all deaths. None: they leave the model."""
    municipal_share: Share = 0.0
    """Share who need municipal care after the last stage, and keep the bed until they have it."""
    municipal_wait: Duration | None = None
    """How long that takes, drawn for each of them. None: until the home region's municipalities have a
    place."""
    operating_h: NonNegative = 0.0
    """Operating hours that such a patient needs on average, later operations included; only measured."""
    priority: Priority | None = None
    """Of planned care. None: not planned."""
    pausable: bool = True
    """Planned care that is not pausable is treated as an emergency."""
    due_days: Positive | None = None
    """Latest acceptable wait of planned care."""
    waiting_harm: WaitingHarm | None = None
    """What a wait for planned care costs in the long run, counted apart from deaths. None: nothing."""
    consumes: dict[Key, Consumption] = {}
    """By item of ``supplies``: what such a patient takes of it."""

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if self.mortality_if_denied is not None and self.mortality_if_denied < self.mortality:
            raise wrong("ceiling", text("may not be under mortality"), "mortality_if_denied")
        if self.university_odds_ratio is not None and self.transfer_odds_ratio < 1:
            rule = text("counts the same benefit twice beside a transfer_odds_ratio under 1; use one of them")
            raise wrong("benefit", rule, "university_odds_ratio")
        if self.refused_mortality is not None and self.refused_mortality < self.mortality:
            raise wrong("refused", text("may not be under mortality"), "refused_mortality")
        if self.untreated_h and self.untreated is None:
            raise wrong("untreated", text("needs untreated, with tau_h, beside it"), "untreated_h")
        return self
