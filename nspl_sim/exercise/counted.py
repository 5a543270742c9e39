"""How many of what, with the noun in its form: ``1 patient``, ``2 patients``."""

from nspl_sim.vocabulary.text import Text, text

NOUNS: dict[str, tuple[Text, Text]] = {
    "patients": (text("{n} patient"), text("{n} patients")),
    "icu_patients": (text("{n} intensive care patient"), text("{n} intensive care patients")),
    "injured": (text("{n} injured person"), text("{n} injured people")),
    "wounded": (text("{n} wounded person"), text("{n} wounded people")),
    "beds": (text("{n} bed"), text("{n} beds")),
    "icu_beds": (text("{n} intensive care bed"), text("{n} intensive care beds")),
    "free_beds": (text("{n} free bed"), text("{n} free beds")),
    "hours": (text("{n} hour"), text("{n} hours")),
    "minutes": (text("{n} minute"), text("{n} minutes")),
    "admissions": (text("{n} planned admission"), text("{n} planned admissions")),
    "requests": (text("{n} request"), text("{n} requests")),
    "regions": (text("{n} region"), text("{n} regions")),
    "teams": (text("{n} transfer team"), text("{n} transfer teams")),
}
"""Each noun for one, and for any other number."""


def counted(n: int, noun: str) -> Text:
    """Return *n* of *noun*, to be said in any language."""
    one, many = NOUNS[noun]
    return Text((one if n == 1 else many).template, {"n": n})
