"""How a region asks another for a bed, and when the office learns what."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from nspl_sim.reading.numbers import Key, NonNegative, Positive, PositiveWhole, Share, Whole, real
from nspl_sim.reading.part import Lasting
from nspl_sim.reading.refusal import wrong
from nspl_sim.vocabulary.clock import hours, minutes
from nspl_sim.vocabulary.text import text

Interval = Annotated[float, BeforeValidator(real), Field(ge=0.1, le=8760)]
"""Hours between two of a kind; under 0.1 (six minutes) the model would do nothing else."""


class Asking(Lasting):
    """How a region asks another for a bed. The defaults are those of today's order."""

    ask_minutes: Annotated[NonNegative, Field(le=10_080)] = 20.0
    """How long each answer takes (range 10-45, assumed); 0: at once."""
    parallel: Annotated[PositiveWhole, Field(le=1000)] = 1
    """How many are asked at once."""
    retry_h: Interval | Literal["never"] = 1.0
    """A need that nobody could take is asked about anew so often."""
    max_hours: Annotated[Positive, Field(le=8760)] = 6.0
    """From departure to admission; who cannot be reached within it says no."""
    quota: dict[Key, Whole] = Field(default_factory=dict)
    """By receiving region: most patients it takes between two reviews. Not given: no limit."""
    fetch: bool = False
    """Where the sender has no team or no vehicle, the receiver fetches with its own; as a last resort."""

    @property
    def ask_s(self) -> int:
        """Return how long each answer takes, in seconds."""
        return minutes(self.ask_minutes)

    @property
    def retry_s(self) -> int:
        """Return the seconds between walks; 0: one walk only."""
        return 0 if self.retry_h == "never" else hours(self.retry_h)

    @property
    def max_s(self) -> int:
        """Return the longest time from departure to admission, in seconds."""
        return hours(self.max_hours)


class Reporting(Lasting):
    """When the office learns what; the delay makes every picture old."""

    every_h: Interval = 6.0
    """Between two pictures."""
    delay_h: Annotated[NonNegative, Field(le=8760)] = 2.0
    """From taking the picture until it is there; 0: at once."""
    missing_share: Share | None = None
    """Of reports that are never made: the office keeps the region's former one. Not given: none. A region's
    reports share their luck for six hours, drawn before the run and the same for every plan."""
    late_share: Share | None = None
    """Of reports that come ``late_h`` later than the others. Not given: none."""
    late_h: Annotated[Positive, Field(le=8760)] | None = None
    """Hours beyond ``delay_h``."""
    wrong_share: Share | None = None
    """Of reports that count the patients in beds wrongly. Not given: none."""
    wrong_by: Share | None = None
    """How far a wrong report is off at most, as a share of the patients in beds; up as often as down."""

    @model_validator(mode="after")
    def _in_pairs(self) -> Self:
        for one, other in (("late_share", "late_h"), ("wrong_share", "wrong_by")):
            for given, missing in ((one, other), (other, one)):
                if getattr(self, given) is not None and getattr(self, missing) is None:
                    raise wrong("pair", text("needs {other} beside it", other=missing), given)
        return self

    @property
    def has_faults(self) -> bool:
        """Return whether any report may be missing, late or wrong."""
        return any((self.missing_share, self.late_share, self.wrong_share))

    @property
    def late_s(self) -> int:
        """Return the seconds by which a late report is later."""
        return hours(self.late_h or 0.0)

    @property
    def every_s(self) -> int:
        """Return the seconds between two pictures."""
        return hours(self.every_h)

    @property
    def delay_s(self) -> int:
        """Return the seconds that a picture is under way."""
        return hours(self.delay_h)
