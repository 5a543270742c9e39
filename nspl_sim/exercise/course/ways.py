"""Ways of intensive care patients between regions: by which mode, from which base, and how long it takes."""

from dataclasses import dataclass

from nspl_sim.measures.course import ICU
from nspl_sim.scenario.model import Scenario
from nspl_sim.system.timetable import FAR, ModeTimes, mode_times


@dataclass(frozen=True)
class Way:
    """A mode as it comes for an intensive care patient, and its nearest base."""

    origin: int
    """Where the patient is."""
    title: str
    times: ModeTimes
    base: int

    @property
    def out_s(self) -> int:
        """Return the seconds from the base to the patient; none where it is based there."""
        return self.times.way_s[self.base][self.origin] if self.base != self.origin else 0

    def lasts_s(self, to: int) -> int | None:
        """Return the seconds from the call until handed over in *to*; None where it does not reach."""
        times = self.times
        if times.way_s[self.origin][to] >= FAR:
            return None
        at_ends_s = times.activation_s + times.load_s[1] + times.unload_s[1]
        return self.out_s + at_ends_s + times.way_s[self.origin][to]


def coming(scenario: Scenario, origin: int) -> list[Way]:
    """Return what carries intensive care patients from *origin*, never by sea, each from its nearest base."""
    found = []
    named = sorted(scenario.transport.modes.items())
    for times, (key, mode) in zip(mode_times(scenario), named, strict=True):
        if mode.medium == "sea" or not scenario.transport.carries(mode, ICU):
            continue
        regions = enumerate(scenario.region_keys)
        owning = [r for r, name in regions if scenario.regions[name].vehicles.get(key)]
        bases = [r for r in owning if r == origin or (times.roams and times.way_s[r][origin] < FAR)]
        if bases:
            base = min(bases, key=lambda r: (r != origin, times.way_s[r][origin], r))
            found.append(Way(origin, mode.title or key, times, base))
    return found
