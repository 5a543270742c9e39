"""How long things take: families of distributions, given by parameters that people know.

Every family has a mean and a quantile function; the quantile functions themselves are in
:mod:`nspl_sim.demand.quantiles`. A key says its unit: ``mean_h: 26`` or ``mean_days: 7.4``.
"""

import math
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from nspl_sim.reading.numbers import NonNegative, Positive, Real, real
from nspl_sim.reading.part import Lasting
from nspl_sim.reading.refusal import because, wrong
from nspl_sim.scenario.base import Timed, one_of
from nspl_sim.vocabulary.clock import DAY
from nspl_sim.vocabulary.text import Text, text

LONGEST_MEAN_STAY_DAYS = 365.0
_Z95 = 1.6448536269514722


def _spread(value: Any) -> Any:
    """Return *value* as a float; no spread at all is another family."""
    found = real(value)
    if found == 0:
        raise because("no_spread", text("for no variation write family: fixed"))
    return found


LEAST_SPREAD, MOST_SPREAD = 0.001, 100
"""The standard deviation as a multiple of the mean: less is a fixed time, more is a slip of the pen."""


def spread_fits(mean: float, sd: float, *at: str) -> None:
    """Raise where *sd* is out of all proportion to *mean* (in the same unit); *at* is where it stands."""
    if not LEAST_SPREAD * mean <= sd <= MOST_SPREAD * mean:
        rule = text("must be from a thousandth of the mean to a hundred times the mean")
        raise wrong("spread", rule, *at)


Spread = Annotated[float, BeforeValidator(_spread), Field(gt=0, le=1e12)]


class Fixed(Timed):
    """Always the same; may be exactly 0."""

    family: Literal["fixed"]
    value_h: NonNegative | None = None
    """Always so long, in hours."""
    value_days: NonNegative | None = None
    """The same in days."""

    def mean_s(self) -> float:
        """Return the mean in seconds."""
        return self.seconds("value")


class Exponential(Timed):
    """Memoryless, given by its mean."""

    family: Literal["exponential"]
    mean_h: Positive | None = None
    mean_days: Positive | None = None

    def mean_s(self) -> float:
        """Return the mean in seconds."""
        return self.seconds("mean")


class Gamma(Timed):
    """Given by mean and standard deviation."""

    family: Literal["gamma"]
    mean_h: Positive | None = None
    mean_days: Positive | None = None
    sd_h: Spread | None = None
    sd_days: Spread | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        spread_fits(self.seconds("mean"), self.seconds("sd"), "sd_h" if self.sd_days is None else "sd_days")
        return self

    def mean_s(self) -> float:
        """Return the mean in seconds."""
        return self.seconds("mean")

    @property
    def shape(self) -> float:
        """Return (mean / sd)²."""
        return (self.seconds("mean") / self.seconds("sd")) ** 2


class Lognormal(Lasting):
    """Given by mean and sd, by median and mean, by median and quartiles, or by mu and sigma of ln(days)."""

    family: Literal["lognormal"]
    mean_h: Positive | None = None
    mean_days: Positive | None = None
    sd_h: Spread | None = None
    sd_days: Spread | None = None
    median_h: Positive | None = None
    median_days: Positive | None = None
    q1_h: Positive | None = None
    q1_days: Positive | None = None
    q3_h: Positive | None = None
    q3_days: Positive | None = None
    mu: Real | None = None
    """Mean of ln(days)."""
    sigma: Spread | None = None
    """Standard deviation of ln(days)."""

    _forms: ClassVar = (("mean", "sd"), ("median", "mean"), ("median", "q1", "q3"), ("mu", "sigma"))

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = self._days()
        if "sd" in given:
            spread_fits(given["mean"], given["sd"], "sd_h" if self.sd_days is None else "sd_days")
        mu, sigma = self.mu_sigma_days()
        if sigma <= 0:
            raise wrong("order", text("must have median < mean, or q1 < median < q3"))
        if mu + sigma**2 / 2 > math.log(LONGEST_MEAN_STAY_DAYS):
            told = {"mean": _shown(mu + sigma**2 / 2), "p95": _shown(mu + _Z95 * sigma)}
            raise wrong(
                "implied_mean",
                text(
                    "implies a mean of {mean} days and a 95 % point of {p95} days; over 365 days is refused. "
                    "mu and sigma are of ln(days): were mean and sd meant?",
                    **told,
                ),
            )
        if mu < -math.log(DAY):
            rule = text("implies a median of {median} days, which is less than a second", median=_shown(mu))
            raise wrong("implied_median", rule)
        return self

    def _days(self) -> dict[str, float]:
        """Return the given parameters in days; raise where they make none of the forms."""
        given: dict[str, float] = {}
        for name in ("mean", "sd", "median", "q1", "q3"):
            in_h, in_days = getattr(self, name + "_h"), getattr(self, name + "_days")
            if in_h is not None and in_days is not None:
                rule = text("has {name} in two units; give one of them", name=name)
                raise wrong("lognormal_form", rule, name + "_days")
            if in_h is not None or in_days is not None:
                given[name] = in_days if in_h is None else in_h / 24
        for name in ("mu", "sigma"):
            given.update({name: getattr(self, name)} if getattr(self, name) is not None else {})
        if any(set(given) == set(form) for form in self._forms):
            return given
        raise wrong("lognormal_form", _form_rule(tuple(given), self._forms))

    def mu_sigma_days(self) -> tuple[float, float]:
        """Return mu and sigma of ln(days)."""
        p = self._days()
        if "mu" in p:
            return p["mu"], p["sigma"]
        if "sd" in p:
            variance = math.log1p((p["sd"] / p["mean"]) ** 2)
            return math.log(p["mean"]) - variance / 2, math.sqrt(variance)
        if "mean" in p:
            excess = math.log(p["mean"] / p["median"])
            return math.log(p["median"]), math.sqrt(2 * excess) if excess > 0 else -1.0
        spread = math.log(p["q3"] / p["q1"]) if p["q1"] < p["median"] < p["q3"] else -1.0
        return math.log(p["median"]), spread / (2 * 0.6744897501960817)

    def mean_s(self) -> float:
        """Return the mean in seconds."""
        mu, sigma = self.mu_sigma_days()
        return math.exp(mu + sigma**2 / 2) * DAY


class Weibull(Timed):
    """Given by shape and scale."""

    family: Literal["weibull"]
    shape: Annotated[Positive, Field(ge=0.05, le=100)]
    """Below 1: most are short and a few very long; 1: exponential."""
    scale_h: Positive | None = None
    scale_days: Positive | None = None

    def mean_s(self) -> float:
        """Return the mean in seconds."""
        return self.seconds("scale") * math.gamma(1 + 1 / self.shape)


class Triangular(Timed):
    """Given by its lowest, most common and highest value."""

    family: Literal["triangular"]
    low_h: NonNegative | None = None
    low_days: NonNegative | None = None
    mode_h: NonNegative | None = None
    mode_days: NonNegative | None = None
    high_h: Positive | None = None
    high_days: Positive | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        low, mode, high = (self.seconds(n) for n in ("low", "mode", "high"))
        if not (low <= mode <= high and low < high):
            raise wrong("order", text("must have low <= mode <= high, and low < high"))
        return self

    def mean_s(self) -> float:
        """Return the mean in seconds."""
        return sum(self.seconds(n) for n in ("low", "mode", "high")) / 3


class Uniform(Timed):
    """Anything between two values alike."""

    family: Literal["uniform"]
    low_h: NonNegative | None = None
    low_days: NonNegative | None = None
    high_h: Positive | None = None
    high_days: Positive | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.seconds("low") < self.seconds("high"):
            raise wrong("order", text("must have low < high"))
        return self

    def mean_s(self) -> float:
        """Return the mean in seconds."""
        return (self.seconds("low") + self.seconds("high")) / 2


class Empirical(Lasting):
    """One of a list of observed values, by weight (equal when none are given)."""

    family: Literal["empirical"]
    values_h: Annotated[list[NonNegative], Field(min_length=1, max_length=100_000)] | None = None
    """Observed, in hours."""
    values_days: Annotated[list[NonNegative], Field(min_length=1, max_length=100_000)] | None = None
    """The same in days."""
    weights: list[NonNegative] | None = None
    """How common each is; not given: alike."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        one_of(self, "values_h", "values_days")
        if self.weights is not None and (len(self.weights) != len(self.values_s()) or sum(self.weights) <= 0):
            raise wrong("weights", text("must be one for each value, and not all 0"), "weights")
        return self

    def values_s(self) -> list[float]:
        """Return the values in seconds."""
        if self.values_h is not None:
            return [v * 3600 for v in self.values_h]
        return [v * DAY for v in self.values_days or []]

    def mean_s(self) -> float:
        """Return the mean in seconds."""
        values = self.values_s()
        weights = self.weights or [1.0] * len(values)
        return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


Family = Fixed | Exponential | Gamma | Lognormal | Weibull | Triangular | Uniform | Empirical


def _form_rule(given: tuple[str, ...], forms: tuple[tuple[str, ...], ...]) -> Text:
    """Return what is wrong with the parameters *given*, which make none of the *forms* of a lognormal."""
    fits = [form for form in forms if set(given) < set(form)]
    every = text(
        "must have mean and sd, median and mean, median with q1 and q3, or mu and sigma "
        "of ln(days); each time once, with its unit"
    )
    if len(given) == 0:
        return every
    has = ", ".join(given)
    if fits:
        lacks = " | ".join(", ".join(name for name in form if name not in given) for form in fits)
        return text("{every}: beside {has} is missing {lacks}", every=every, has=has, lacks=lacks)
    if "sigma" in given and "mu" not in given:
        told = {"every": every, "has": has}
        return text("{every}: {has} do not go together; sigma goes with mu, the ln of the median", **told)
    return text("{every}: {has} do not go together", every=every, has=has)


def _not_endless(stay: Family) -> Family:
    if stay.mean_s() > LONGEST_MEAN_STAY_DAYS * DAY:
        days = f"{stay.mean_s() / DAY:.4g}"
        raise wrong("mean", text("has a mean of {days} days; over 365 days is refused", days=days))
    return stay


Duration = Annotated[Family, Field(discriminator="family"), AfterValidator(_not_endless)]


def _shown(log_value: float) -> str:
    return f"{math.exp(log_value):.4g}" if log_value < 700 else f"e^{log_value:.0f}"
