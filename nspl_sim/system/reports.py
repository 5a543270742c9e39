"""Reports: pictures are taken, and arrive late, later, wrong or never, as the plan's terms and luck say."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from nspl_sim.policies.asking import Reporting
from nspl_sim.policies.directing import nothing_reported, without_news
from nspl_sim.policies.rules import Geography, Situation, replace
from nspl_sim.system.clock import Clock
from nspl_sim.vocabulary.clock import Rank
from nspl_sim.vocabulary.reports import Luck, ReportLuck

Regions = NDArray[np.bool_]


class Reports:
    """What has reached the office: of each region the newest report that has arrived."""

    def __init__(
        self, clock: Clock, geography: Geography, luck: ReportLuck, picture: Callable[[], Situation]
    ) -> None:
        self.clock = clock
        self.geography = geography
        self.luck = luck
        self.picture = picture
        self.newest: Situation | None = None
        """None: nothing has arrived yet."""
        self.silent = [0] * len(geography.regions)
        """By region: more than 0 while its part of the picture cannot be taken."""
        self._taken = nothing_reported(geography, clock.now_s)

    def take(self, terms: Reporting) -> None:
        """Take a picture; it arrives after the delay, of some regions later or never."""
        silent, luck = np.array(self.silent) > 0, None
        true = self.picture()
        if terms.has_faults:
            luck = self.luck.at(self.clock.now_s)
            silent |= luck.missing < (terms.missing_share or 0.0)
            true = _wrong(true, luck, terms)
        self._taken = picture = without_news(true, self._taken, silent.tolist())
        if luck is None:
            self._later(terms.delay_s, partial(self._replaced_by, picture))
            return
        late = luck.late < (terms.late_share or 0.0)
        self._later(terms.delay_s, partial(self._arrived, picture, ~late))
        if late.any():
            self._later(terms.delay_s + terms.late_s, partial(self._arrived, picture, late))

    def _later(self, wait_s: int, arrive: Callable[[], None]) -> None:
        if wait_s:
            self.clock.call_at(self.clock.now_s + wait_s, Rank.REPORT, 1, arrive)
        else:
            arrive()

    def _replaced_by(self, picture: Situation) -> None:
        self.newest = picture

    def _arrived(self, picture: Situation, of: Regions) -> None:
        """Take over the figures *of* regions, unless something newer has come; the order does not matter."""
        former = self.newest or nothing_reported(self.geography, picture.time_s)
        newer = of & (picture.taken_s > former.taken_s)
        arrived = without_news(picture, former, (~newer).tolist())
        self.newest = replace(arrived, time_s=max(picture.time_s, former.time_s))


def _wrong(picture: Situation, luck: Luck, terms: Reporting) -> Situation:
    """Return *picture* with the patients in beds miscounted where the report is wrong."""
    wrong = luck.wrong < (terms.wrong_share or 0.0)
    off = 1 + np.where(wrong, (terms.wrong_by or 0.0) * (2 * luck.by - 1), 0.0)
    counted = np.rint(picture.occupied * off[:, None]).astype(np.int64)
    return replace(picture, occupied=np.maximum(counted, 0))
