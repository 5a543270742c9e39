"""How many of what, with the noun in its form: ``1 patient``, ``2 patients``."""

from nspl_sim.paper.naming import kind_words
from nspl_sim.vocabulary.text import Text, text

NOUNS: dict[str, tuple[Text, Text]] = {
    "patients": (text("{n} patient"), text("{n} patients")),
    "icu_patients": (text("{n} intensive care patient"), text("{n} intensive care patients")),
    "ward_patients": (text("{n} patient for a ward"), text("{n} patients for a ward")),
    "injured": (text("{n} injured person"), text("{n} injured people")),
    "wounded": (text("{n} wounded person"), text("{n} wounded people")),
    "beds": (text("{n} bed"), text("{n} beds")),
    "icu_beds": (text("{n} intensive care bed"), text("{n} intensive care beds")),
    "ward_beds": (text("{n} ward bed"), text("{n} ward beds")),
    "theatres": (text("{n} operating theatre"), text("{n} operating theatres")),
    "free_beds": (text("{n} free bed"), text("{n} free beds")),
    "hours": (text("{n} hour"), text("{n} hours")),
    "minutes": (text("{n} minute"), text("{n} minutes")),
    "admissions": (text("{n} planned admission"), text("{n} planned admissions")),
    "requests": (text("{n} request"), text("{n} requests")),
    "regions": (text("{n} region"), text("{n} regions")),
    "events": (text("{n} event"), text("{n} events")),
    "moments": (text("{n} moment"), text("{n} moments")),
    "teams": (text("{n} transfer team"), text("{n} transfer teams")),
}
"""Each noun for one, and for any other number."""


def counted(n: int, noun: str) -> Text:
    """Return *n* of *noun*, to be said in any language."""
    one, many = NOUNS[noun]
    return Text((one if n == 1 else many).template, {"n": n})


def beds_of(n: int, kind: str) -> Text:
    """Return *n* beds of the unit *kind*: ``2 intensive care beds``, ``5 beds in burn care``."""
    noun = {"icu": "icu_beds", "ward": "ward_beds", "theatre": "theatres"}.get(kind)
    if noun:
        return counted(n, noun)
    return text("{beds} in {unit}", beds=counted(n, "beds"), unit=kind_words(kind))


def patients_for(n: int, kind: str) -> Text:
    """Return *n* patients who need the unit *kind*: ``2 intensive care patients``."""
    noun = {"icu": "icu_patients", "ward": "ward_patients"}.get(kind)
    if noun:
        return counted(n, noun)
    return text("{patients} for {unit}", patients=counted(n, "patients"), unit=kind_words(kind))
