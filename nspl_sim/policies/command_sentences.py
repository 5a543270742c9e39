"""What a plan says of command as sentences: the office, its mandate, and whom it moves.

Its neighbours below: plan and wording.
"""

from collections.abc import Mapping

from nspl_sim.policies.mandate import Level, Mandate, NoRefusal
from nspl_sim.policies.office import Office
from nspl_sim.policies.plan import Plan
from nspl_sim.policies.wording import listed, listed_kinds, percent, plain
from nspl_sim.vocabulary.text import Text, text


def moving(plan: Plan) -> list[Text]:
    """Return which in-patients are moved to another region, and when they return."""
    sentences = []
    if plan.moves:
        sentences.append(
            text(
                "At each review in-patients of {kinds} are moved from regions that report a load above "
                "{above} % to regions whose load stays at {below} % or under, at most {number} from each "
                "region: those who are stable and have not been moved before, the least urgent first, then "
                "those who have been in bed longest.",
                kinds=listed_kinds(plan.moves.kinds),
                above=percent(plan.moves.above),
                below=percent(plan.moves.below),
                number=plan.moves.at_most,
            )
        )
    if plan.returns:
        sentences.append(
            text(
                "In-patients of {kinds} in another region return to their home region when it has free beds "
                "beyond a reserve of {beds}.",
                kinds=listed_kinds(plan.returns.kinds),
                beds=plan.returns.reserve,
            )
        )
    return sentences


def office(size: Office) -> list[Text]:
    """Return how much the joint office can do, and what holds beyond that."""
    limits: list[Text] = []
    if size.requests_per_h is not None:
        limits.append(
            text("The joint office takes on at most {number} requests an hour.", number=size.requests_per_h)
        )
    if size.staffed:
        limits.append(
            text(
                "The joint office is staffed from {from_hour}:00 to {to_hour}:00.",
                from_hour=f"{size.staffed.from_hour:02d}",
                to_hour=f"{size.staffed.to_hour:02d}",
            )
        )
    limits += [
        text(
            "The joint office is out of order from day {from_day} to day {to_day}.",
            from_day=plain(one.from_day),
            to_day=plain(one.to_day),
        )
        for one in size.outage
    ]
    if not limits:
        return [text("The joint office takes on every request at any hour.")]
    return [*limits, text("What it cannot take on, a region asks about itself, under today's order.")]


def mandate(said: Mandate, names: Mapping[str, str]) -> list[Text]:
    """Return what the joint office may do, and when a region may not refuse."""
    sentences = [_level(said)]
    for key, own in sorted(said.regions.items()):
        region = names.get(key, key)
        if said.level == "advice" and own.accept_below is not None:
            sentences.append(
                text(
                    "{region} accepts while under {share} % of its staffed beds are taken.",
                    region=region,
                    share=percent(own.accept_below),
                )
            )
        if said.level == "agreement" and own.reserve is not None:
            sentences.append(
                text("{region} has agreed to keep {beds} staffed beds free.", region=region, beds=own.reserve)
            )
    if said.no_refusal_from != "never" and said.level in ("advice", "agreement"):
        sentences.append(
            text(
                "Under {state} no region may refuse while it has a bed that is open to the patient.",
                state=_state(said.no_refusal_from),
            )
        )
    return sentences


def pauses(plan: Plan, names: Mapping[str, str]) -> list[Text]:
    """Return who does not follow the pauses of planned care that the office calls for."""
    part = plan.taking_part
    if plan.elective.sees == "current":
        return []
    if plan.mandate and plan.mandate.level == "picture":
        return [
            text(
                "No region follows the pauses of the joint office: each pause"
                "s planned care by a rule of its own."
            )
        ]
    differ = [
        key for key, s in sorted(part.regions.items()) if s.follows_pauses != part.default.follows_pauses
    ]
    named = listed([names.get(key, key) for key in differ])
    if part.default.follows_pauses:
        said = text(
            "These regions do not follow the pauses of the joint office, "
            "but pause by a rule of their own: {list}.",
            list=named,
        )
        return [said] if differ else []
    if not differ:
        return [
            text(
                "No region follows the pauses of the joint office: each pause"
                "s planned care by a rule of its own."
            )
        ]
    return [
        text(
            "Only these regions follow the pauses of the joint office, th"
            "e others pause by a rule of their own: {list}.",
            list=named,
        )
    ]


def _level(said: Mandate) -> Text:
    level: Level = said.level
    match level:
        case "picture":
            return text(
                "The joint office keeps the shared picture of the situation and has no other mandate: "
                "today's order holds."
            )
        case "advice":
            return text(
                "The joint office advises: a region accepts a patient by its own rule, while under {share} % "
                "of its staffed beds are taken.",
                share=percent(said.accept_below),
            )
        case "agreement":
            return text("The regions have agreed to accept patients down to their reserve.")
        case "command":
            return text("The joint office commands: it places patients at once and no region is asked.")


def _state(state: NoRefusal) -> Text:
    match state:
        case "extraordinary_event":
            return text("an extraordinary event, heightened or highest alert")
        case "heightened":
            return text("heightened or highest alert")
        case _:
            return text("highest alert")
