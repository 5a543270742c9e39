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
    """Return what *row* takes away; *kind* is the name of its unit kind, if it has one."""
    match What(row.what):
        case What.BEDS:
            return text("beds in {kind}: {beds}", beds=row.amount, kind=kind)
        case What.TEAMS:
            return text("transfer teams: {teams}", teams=row.amount)
        case What.ASKING:
            return text("time to answer: {percent} % longer", percent=row.amount / 10)
        case What.REPORTS:
            return text("its reports for the picture")
        case What.PLANNED:
            return text("planned care: {percent} %", percent=row.amount / 10)
        case What.DIVERTED:
            return text("ordinary emergencies to its neighbours: {percent} %", percent=row.amount / 10)
        case What.MORTALITY:
            return text(
                "safety of those who lie there: mortality {percent} % higher", percent=row.amount / 10
            )
        case What.EVACUATION:
            return text("room for in-patients in {kind} beyond its beds; they are to be evacuated", kind=kind)
        case What.OFFICE:
            return text("the use of the joint office")
