"""The plan as sentences: the clauses that would stand in it, ready for any language.

Its neighbours below: the rules, each of which knows its own sentence, and wording.
"""

from collections.abc import Mapping

from nspl_sim.policies import command_sentences
from nspl_sim.policies.asking import Asking, Reporting
from nspl_sim.policies.discharge.none import NoDischarge
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.rules import DischargeRule, StaffRule, TriageRule
from nspl_sim.policies.staff.none import NoStaff
from nspl_sim.policies.support.alone import Alone
from nspl_sim.policies.support.today import Today
from nspl_sim.policies.taking_part import Switches, TakingPart
from nspl_sim.policies.triage.by_need import ByNeed
from nspl_sim.policies.wording import listed, percent, plain
from nspl_sim.vocabulary.text import Text, text

NO_NAMES: Mapping[str, str] = {}


def clause(plan: Plan, names: Mapping[str, str] = NO_NAMES) -> list[Text]:
    """Return *plan* as sentences in the order of a written plan; *names* are the regions' by key."""
    if _knows_only(plan):
        sentences = commanded(plan, names)
    elif isinstance(plan.support, Alone):
        sentences = [plan.support.sentence()]
    else:
        sentences = [plan.support.sentence(), *asking(plan.asking, names, _commands(plan))]
        sentences += commanded(plan, names)
    sentences += [plan.elective.sentence(), plan.surge.sentence()]
    if not _says_nothing(plan):
        sentences += taking_part(plan.taking_part, names)
    sentences += command_sentences.pauses(plan, names)
    sentences += [
        rule.sentence() for rule in (plan.discharge, plan.staff, plan.triage) if not _is_quiet(rule)
    ]
    return [*sentences, reporting(plan.reporting), *faults(plan.reporting), review(plan)]


def _is_quiet(rule: DischargeRule | StaffRule | TriageRule) -> bool:
    """Return whether *rule* is what a plan has that names none of its family."""
    return isinstance(rule, NoDischarge | NoStaff | ByNeed)


def commanded(plan: Plan, names: Mapping[str, str] = NO_NAMES) -> list[Text]:
    """Return the mandate and the size of the joint office, and whom it moves."""
    is_joint = not isinstance(plan.support, Today)
    sentences = command_sentences.mandate(plan.mandate, names) if plan.mandate and is_joint else []
    if _knows_only(plan):
        return sentences
    if plan.office and is_joint:
        sentences += command_sentences.office(plan.office)
    return sentences + command_sentences.moving(plan)


def _knows_only(plan: Plan) -> bool:
    """Return whether the joint office has no mandate but to know, so that today's order holds."""
    own = isinstance(plan.support, Alone | Today)
    return plan.mandate is not None and plan.mandate.level == "picture" and not own


def _commands(plan: Plan) -> bool:
    return (
        plan.mandate is not None and plan.mandate.level == "command" and not isinstance(plan.support, Today)
    )


def _says_nothing(plan: Plan) -> bool:
    """Return whether taking part makes no difference: nobody asks, or all live by today's order anyway."""
    everyone = plan.taking_part == TakingPart()
    if isinstance(plan.support, Alone) or _knows_only(plan):
        return True
    return isinstance(plan.support, Today) and everyone


def asking(terms: Asking, names: Mapping[str, str] = NO_NAMES, at_once: bool = False) -> list[Text]:
    """Return how a region asks another for a bed; *at_once*: nobody answers, the office places."""
    sentences = _placed(terms) if at_once else _asked(terms)
    if terms.fetch:
        sentences.append(
            text("Where the sender has no team or no vehicle, the receiver fetches the patient with its own.")
        )
    if terms.quota:
        quotas = listed(
            [
                text("{region} {patients}", region=names.get(key, key), patients=number)
                for key, number in sorted(terms.quota.items())
            ]
        )
        sentences.append(
            text("Between two reviews these regions take at most so many patients: {list}.", list=quotas)
        )
    return sentences


def _asked(terms: Asking) -> list[Text]:
    """Return how regions ask and answer."""
    return [
        _at_a_time(terms.parallel),
        _answer(terms.ask_minutes),
        text(
            "A receiver says yes only if it can be reached within {hours} h, from departure to admission.",
            hours=plain(terms.max_hours),
        ),
        _anew(terms.retry_h),
    ]


def _placed(terms: Asking) -> list[Text]:
    """Return how the office places, where it asks nobody."""
    within = text(
        "The joint office places a patient only with a receiver that can be reached within {hours} h, from "
        "departure to admission.",
        hours=plain(terms.max_hours),
    )
    if isinstance(terms.retry_h, int | float):
        return [
            within,
            text("Where no receiver has room, it tries again every {hours} h.", hours=plain(terms.retry_h)),
        ]
    return [within, text("Where no receiver has room, it does not try again.")]


def _at_a_time(parallel: int) -> Text:
    if parallel == 1:
        return text("One receiver is asked at a time.")
    return text("{number} receivers are asked at a time.", number=parallel)


def _answer(minutes: float) -> Text:
    if minutes == 0:
        return text("The answer comes at once.")
    return text("The answer takes {minutes} min.", minutes=plain(minutes))


def _anew(retry_h: object) -> Text:
    if isinstance(retry_h, int | float):
        return text("If all say no, they are asked anew every {hours} h.", hours=plain(retry_h))
    return text("If all say no, nobody is asked again.")


def taking_part(part: TakingPart, names: Mapping[str, str] = NO_NAMES) -> list[Text]:
    """Return who takes part in what, and how the others live."""
    said = _without_pauses(part.default)
    different = {key: s for key, s in sorted(part.regions.items()) if _without_pauses(s) != said}
    sentences = [_everyone(part.default, bool(different))]
    sentences += [
        _from_day(
            switches,
            text("{region} {takes_part}.", region=names.get(key, key), takes_part=_takes_part(switches)),
        )
        for key, switches in different.items()
    ]
    return sentences


def _without_pauses(switches: Switches) -> Switches:
    """Return *switches* as these sentences tell them; who follows pauses is told apart."""
    return switches.model_copy(update={"follows_pauses": True})


def _everyone(switches: Switches, some_differ: bool) -> Text:
    if some_differ:
        said = text("Where nothing else is said, a region {takes_part}.", takes_part=_takes_part(switches))
        return _from_day(switches, said)
    if not _does(switches):
        return text("No region takes part.")
    return _from_day(switches, text("Every region {takes_part}.", takes_part=_takes_part(switches)))


def _from_day(switches: Switches, said: Text) -> Text:
    """Return the sentence *said*, and from when it holds."""
    if switches.from_day <= 0 or not _does(switches):
        return said
    return text(
        "{said} This holds from day {day} on; before that, today's order holds.",
        said=said,
        day=plain(switches.from_day),
    )


def _takes_part(switches: Switches) -> Text | str:
    """Return the predicate of a sentence about one region: what it does, and what it does not."""
    does, does_not = _does(switches), _does_not(switches)
    if not does:
        return text(
            "does not take part: it does not share its situation, stands last in everybody's order, and "
            "asks and answers under today's order"
        )
    if not does_not:
        return listed(does)
    return text("{does}, but {does_not}", does=listed(does), does_not=listed(does_not))


def _does(switches: Switches) -> list[Text]:
    """Return what a region takes part in; pauses are left out while every rule on them is a region's own."""
    said = (
        (switches.shares_picture, text("shares its situation")),
        (switches.gives, text("gives support")),
        (switches.receives, text("receives support")),
    )
    return [words for taken, words in said if taken]


def _does_not(switches: Switches) -> list[Text]:
    """Return what a region does not take part in, and what holds instead."""
    if not (switches.gives or switches.receives):
        neither = text(
            "neither gives nor receives support under the standing order: the region stands last in "
            "everybody's order, and asks and answers under today's order"
        )
        return [*_silent(switches), neither]
    said = (
        (
            switches.gives,
            text(
                "does not give support under the standing order: the region stands last in everybody's "
                "order and answers under today's order"
            ),
        ),
        (
            switches.receives,
            text("does not receive support under the standing order: the region asks under today's order"),
        ),
    )
    return [*_silent(switches), *(words for taken, words in said if not taken)]


def _silent(switches: Switches) -> list[Text]:
    return [] if switches.shares_picture else [text("does not share its situation")]


def reporting(terms: Reporting) -> Text:
    """Return when the office learns what."""
    if terms.delay_h == 0:
        return text(
            "The regions report their situation every {hours} h; a report arrives at once.",
            hours=plain(terms.every_h),
        )
    return text(
        "The regions report their situation every {hours} h; a report arrives after {delay} h.",
        hours=plain(terms.every_h),
        delay=plain(terms.delay_h),
    )


def faults(terms: Reporting) -> list[Text]:
    """Return how often reports fail."""
    sentences = []
    if terms.missing_share:
        sentences.append(text("{share} % of reports are missing.", share=percent(terms.missing_share)))
    if terms.late_share:
        late = {"share": percent(terms.late_share), "hours": plain(terms.late_h or 0.0)}
        sentences.append(text("{share} % of reports come {hours} h later.", **late))
    if terms.wrong_share:
        wrong = {"share": percent(terms.wrong_share), "most": percent(terms.wrong_by or 0.0)}
        sentences.append(text("{share} % of reports miscount the in-patients, by up to {most} %.", **wrong))
    return sentences


def review(plan: Plan) -> Text:
    """Return how long a directive is in force."""
    return text("The directive is reviewed every {hours} h.", hours=plain(plan.review_every_h))
