"""What a disruption takes away, in words."""

from nspl_sim.vocabulary.disruptions import Disruption, What
from nspl_sim.vocabulary.text import Text, text


def lacking(row: Disruption, kind: str) -> Text:
    """Return what *row* takes away; *kind* is the name of its unit kind, if it has one."""
    match What(row.what):
        case What.BEDS:
            return text("beds in {kind}: {beds}", beds=row.amount, kind=kind)
        case What.TEAMS:
            return text("transfer teams: {teams}", teams=row.amount)
