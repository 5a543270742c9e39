"""What a disruption takes away, in words."""

from nspl_sim.vocabulary.disruptions import Disruption, Disruptions, What
from nspl_sim.vocabulary.text import Text, text


def together(rows: Disruptions, first: int, begins: bool) -> Disruption:
    """Return the row *first* with the amount of all that begin, or are over, with it."""
    one = rows[first]
    alike = (
        r for r in rows if (r.what, r.region, r.kind, r.name) == (one.what, one.region, one.kind, one.name)
    )
    amount = sum(r.amount for r in alike if (r.from_s == one.from_s if begins else r.to_s == one.to_s))
    return one._replace(amount=amount)


def lacking(row: Disruption, kind: str) -> Text:
    """Return what *row* does; *kind* is the name of its unit kind, if it has one."""
    match What(row.what):
        case What.BEDS:
            return text("beds lost in {kind}: {beds}", beds=row.amount, kind=kind)
        case What.TEAMS:
            return text("transfer teams lost: {teams}", teams=row.amount)
        case What.ASKING:
            return text("answers take {percent} % longer", percent=row.amount / 10)
        case What.REPORTS:
            return text("no reports for the picture")
        case What.PLANNED:
            return text("planned care stopped: {percent} %", percent=row.amount / 10)
        case What.DIVERTED:
            return text("ordinary emergencies sent to neighbours: {percent} %", percent=row.amount / 10)
        case What.MORTALITY:
            return text("mortality of those who lie there {percent} % higher", percent=row.amount / 10)
        case What.EVACUATION:
            return text("in-patients in {kind} beyond its beds are to be evacuated", kind=kind)
        case What.OFFICE:
            return text("the joint office is out of order")
