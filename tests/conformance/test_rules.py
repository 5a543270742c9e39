"""What every registered rule must keep, of every family; the author of a new rule writes nothing here."""

import re
from dataclasses import FrozenInstanceError, fields, is_dataclass
from pathlib import Path
from string import Formatter

import numpy as np
import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from nspl_sim.policies.catalogue import registered
from nspl_sim.policies.directing import Director
from nspl_sim.policies.plan import Plan, dump_plan, load_plan
from nspl_sim.policies.rules import (
    FAMILIES,
    Desk,
    Directive,
    Geography,
    Loan,
    Situation,
    StandingOrder,
    parameters,
    replace,
)
from nspl_sim.policies.sentences import clause
from nspl_sim.vocabulary.care import UNLIMITED
from nspl_sim.vocabulary.text import Text

METHOD = {
    "support": "orders",
    "elective": "shares",
    "surge": "steps",
    "discharge": "shares",
    "staff": "loans",
    "triage": "limits",
}
PARTS = Path(__file__).parents[2] / "nspl_sim" / "paper" / "locale" / "parts"

RULES = [
    pytest.param(family, rule, id=f"{family}-{name}")
    for family in FAMILIES
    for name, rule in registered(family).items()
]
each_rule = pytest.mark.parametrize(("family", "rule"), RULES)


def of_family(family):
    """Run a test on every rule of one family."""
    return pytest.mark.parametrize("rule", registered(family).values(), ids=lambda rule: rule.name)


# --- situations of every sort -----------------------------------------------------------------

FEW = st.integers(0, 12)
BEDS = st.one_of(st.just(0), st.integers(1, 40), st.just(UNLIMITED))


@st.composite
def geographies(draw, distinct=False):
    """One to six regions with or without care regions, beds, surge steps; distances with or without ties."""
    regions = draw(st.integers(1, 6))
    kinds = draw(st.sampled_from([("icu",), ("icu", "ward"), ("ward",), ("burn", "icu", "ward")]))
    pairs = [(a, b) for a in range(regions) for b in range(a)]
    lengths = draw(
        st.lists(
            st.integers(1, 10**6 if distinct else 3),
            min_size=len(pairs),
            max_size=len(pairs),
            unique=distinct,
        )
    )
    km = np.zeros((regions, regions))
    for (a, b), length in zip(pairs, lengths, strict=True):
        km[a, b] = km[b, a] = length
    areas = st.lists(st.sampled_from(["", "north", "south"]), min_size=regions, max_size=regions)
    keys = tuple(f"r{n}" for n in range(regions))
    steps = st.lists(st.integers(0, 9), min_size=1, max_size=3).map(tuple)
    units = [(r, k) for r in range(regions) for k in range(len(kinds))]
    return Geography(
        regions=keys,
        kinds=kinds,
        names=keys,
        civil_area=tuple(draw(areas)),
        care_region=tuple(draw(areas)),
        km=fixed(km),
        population=fixed(figures(draw, st.sampled_from([0, 1000, 250_000]), regions, 1)[:, 0]),
        base_beds=fixed(figures(draw, BEDS, regions, len(kinds))),
        surge_beds=(surge := draw(st.dictionaries(st.sampled_from(units), steps))),
        surge_lead_h={unit: tuple(12.0 * (n + 1) for n in range(len(s))) for unit, s in surge.items()},
        neighbours=bordering(draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [], regions),
        mean_stay_h=tuple(draw(st.sampled_from([0.0, 64.0])) for _ in kinds),
    )


def bordering(borders, regions):
    both = {*borders, *((b, a) for a, b in borders)}
    return tuple(tuple(b for b in range(regions) if (a, b) in both) for a in range(regions))


@st.composite
def situations(draw, distinct=False):
    """Any picture, whole regions or single figures unknown in some."""
    g = draw(geographies(distinct=distinct))
    shape = regions, kinds = len(g.regions), len(g.kinds)
    names = ("occupied", "inbound", "waiting", "steps_open", "beds_coming", "taken", "asked_24h")
    units = {name: figures(draw, FEW, *shape) for name in names}
    units["staffed"] = figures(draw, BEDS, *shape)
    shares = figures(draw, st.sampled_from([0.0, 0.5, 1.0]), regions, 3).astype(float)
    for region in draw(st.lists(st.integers(0, regions - 1), max_size=3)):
        for array in units.values():
            array[region] = -1
        shares[region] = -1
    if draw(st.booleans()):
        array = units[draw(st.sampled_from(sorted(units)))]
        array[draw(st.integers(0, regions - 1)), draw(st.integers(0, kinds - 1))] = -1
    return Situation(
        time_s=draw(st.integers(-(10**7), 10**7)),
        geography=g,
        taken_s=fixed(np.zeros(regions, np.int64)),
        backlog=fixed(figures(draw, FEW, regions, 1)[:, 0]),
        elective_share=fixed(shares),
        directive=None,
        **{name: fixed(array) for name, array in units.items()},
    )


def figures(draw, figure, rows, columns):
    values = draw(st.lists(figure, min_size=rows * columns, max_size=rows * columns))
    return np.array(values).reshape(rows, columns)


def fixed(array):
    """Return *array* such that writing to it raises."""
    array.flags.writeable = False
    return array


def answer(rule, situation):
    """Return what *rule* says, in a form that can be compared."""
    said = getattr(rule, METHOD[rule.family])(situation)
    return said.tolist() if isinstance(said, np.ndarray) else said


# --- what it is -------------------------------------------------------------------------------


@each_rule
def test_a_rule_is_a_frozen_dataclass_with_a_kebab_name_and_defaults(family, rule):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.family == family
    assert is_dataclass(rule)
    assert "rule" not in [f.name for f in fields(rule)]
    made = rule()
    with pytest.raises(FrozenInstanceError):
        made.anything = 1
    assert rule() == made
    assert rule.__doc__ and callable(getattr(rule, METHOD[family]))


@each_rule
def test_a_rule_survives_the_plan_file(family, rule, tmp_path):
    plan = a_plan(**{family: rule()})
    path = tmp_path / "plan.yaml"
    path.write_text(dump_plan(plan), encoding="utf-8")
    assert load_plan(path).plan == plan
    assert load_plan(path).plan.fingerprint() == plan.fingerprint()
    by_name = a_plan(**{family: rule.name})
    assert by_name == plan
    assert getattr(by_name, family) == rule()


@each_rule
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_sentence_of_a_rule_is_whole_in_both_languages(family, rule, language):
    said = spoken(rule().sentence(), language)
    assert "{" not in said and "}" not in said
    assert said[0].isupper() and said.endswith(".")
    assert " None" not in said


# --- what it does -----------------------------------------------------------------------------


@each_rule
@given(situation=situations())
@settings(deadline=None, max_examples=25)
def test_the_same_situation_has_the_same_answer_and_is_left_as_it_was(family, rule, situation):
    made = rule()
    before = state(situation), parameters(made)
    first = answer(made, situation)
    assert answer(made, situation) == first
    assert answer(rule(), replace(situation)) == first
    assert (state(situation), parameters(made)) == before


@each_rule
@given(situation=situations(distinct=True), data=st.data())
@settings(deadline=None, max_examples=25)
def test_no_region_is_favoured_by_its_number(family, rule, situation, data):
    """Number the regions in another order: the same regions get the same answer."""
    regions = len(situation.geography.regions)
    order = data.draw(st.permutations(range(regions)))
    there, here = answer(rule(), renumbered(situation, order)), answer(rule(), situation)
    if family == "support":
        for new, old in zip(there, here, strict=True):
            for number in range(regions):
                assert [order[r] for r in new.receivers[number]] == list(old.receivers[order[number]])
                assert new.reserve[number] == old.reserve[order[number]]
                assert new.quota[number] == old.quota[order[number]]
    elif family == "staff":
        known = [loan._replace(lender=order[loan.lender], borrower=order[loan.borrower]) for loan in there]
        assert sorted(known) == sorted(here)
    else:
        assert there == [here[number] for number in order]


@of_family("support")
@given(situation=situations())
@settings(deadline=None, max_examples=25)
def test_a_standing_order_asks_others_once_who_have_such_beds(rule, situation):
    g = situation.geography
    orders = rule().orders(situation)
    assert isinstance(orders, tuple)
    assert [o.kind for o in orders] == sorted({o.kind for o in orders})
    for order in orders:
        assert isinstance(order, StandingOrder)
        assert 0 <= order.kind < len(g.kinds)
        assert len(order.receivers) == len(order.reserve) == len(order.quota) == len(g.regions)
        assert all(beds >= 0 for beds in order.reserve)
        assert all(limit >= -1 for limit in order.quota)
        for sender, walk in enumerate(order.receivers):
            assert sender not in walk
            assert len(set(walk)) == len(walk)
            for receiver in walk:
                assert type(receiver) is int and 0 <= receiver < len(g.regions)
                steps = g.surge_beds.get((receiver, order.kind), ())
                assert g.base_beds[receiver, order.kind] > 0 or sum(steps) > 0


@pytest.mark.parametrize("family", FAMILIES)
def test_every_rule_of_the_package_is_under_test(family):
    """A file of a rule that the catalogue does not know would never be tried."""
    folder = Path(__file__).parents[2] / "nspl_sim" / "policies" / family
    files = [path for path in folder.glob("*.py") if path.stem != "__init__"]
    assert len(files) == len(registered(family))


@of_family("elective")
@given(situation=situations())
@settings(deadline=None, max_examples=25)
def test_a_share_of_planned_care_is_a_share(rule, situation):
    shares = rule().shares(situation)
    assert shares.shape == (len(situation.geography.regions), 3)
    assert shares.dtype == np.float64
    assert np.isfinite(shares).all() and (shares >= 0).all() and (shares <= 1).all()


@of_family("surge")
@given(situation=situations())
@settings(deadline=None, max_examples=25)
def test_only_steps_that_there_are_can_be_wanted(rule, situation):
    g = situation.geography
    steps = rule().steps(situation)
    assert steps.shape == (len(g.regions), len(g.kinds))
    assert np.issubdtype(steps.dtype, np.integer)
    for region, kind in np.ndindex(*steps.shape):
        assert 0 <= steps[region, kind] <= len(g.surge_beds.get((region, kind), ()))


@of_family("discharge")
@given(situation=situations())
@settings(deadline=None, max_examples=25)
def test_a_share_of_waits_is_a_share(rule, situation):
    shares = rule().shares(situation)
    assert shares.shape == (len(situation.geography.regions),)
    assert np.isfinite(shares).all() and (shares >= 0).all() and (shares <= 1).all()


@of_family("staff")
@given(situation=situations())
@settings(deadline=None, max_examples=25)
def test_staff_are_lent_from_one_region_to_another(rule, situation):
    loans = rule().loans(situation)
    kinds = len(situation.geography.kinds)
    for loan in loans:
        assert isinstance(loan, Loan) and {type(part) for part in loan} == {int}
        assert loan.lender != loan.borrower and 0 <= loan.kind < kinds
        assert loan.beds > 0 and loan.teams >= 0 and loan.lead_s >= 0
        assert situation.staffed[loan.lender, loan.kind] >= loan.beds
    assert len(set(loans)) == len(loans)
    assert not {(o.lender, o.kind) for o in loans} & {(o.borrower, o.kind) for o in loans}


@of_family("triage")
@given(situation=situations())
@settings(deadline=None, max_examples=25)
def test_a_limit_never_turns_away_the_most_urgent(rule, situation):
    limits = rule().limits(situation)
    assert limits.shape == (len(situation.geography.regions), len(situation.geography.kinds))
    assert np.issubdtype(limits.dtype, np.integer)
    assert ((limits == 0) | ((limits > 1) & (limits <= 5))).all()


@each_rule
@given(reported=situations(), data=st.data())
@settings(deadline=None, max_examples=25)
def test_its_directive_holds_plain_values_and_is_equal_when_nothing_changed(family, rule, reported, data):
    """Compared by value (law 1), whoever takes part."""
    switches = st.fixed_dictionaries(
        {name: st.booleans() for name in ("shares_picture", "gives", "receives")} | {"from_day": st.just(0)}
    )
    keys = reported.geography.regions
    taking_part = {"regions": {key: data.draw(switches) for key in keys}}
    plan = a_plan(**{family: rule()}, taking_part=taking_part)
    first = Director(plan, reported.geography).directive(reported, reported)
    assert first == Director(plan, reported.geography).directive(replace(reported), replace(reported))
    assert hash(first) == hash(first)
    assert set(types_in(first)) <= {int, float, bool, tuple, type(None), StandingOrder, Desk, Loan, Directive}
    for order in first.orders:
        for sender, walk in enumerate(order.receivers):
            assert sender not in walk and len(set(walk)) == len(walk)


# --- tools ------------------------------------------------------------------------------------


def a_plan(**changes):
    data = {"format": 1, "name": "tried", "support": "today", "elective": "never-pause", "surge": "never"}
    return Plan.model_validate(data | changes)


def state(situation):
    return [
        value.tobytes() if isinstance(value, np.ndarray) else repr(value)
        for part in (situation, situation.geography)
        for f in fields(part)
        for value in [getattr(part, f.name)]
    ]


def renumbered(situation, order):
    """Return the same picture with region ``order[n]`` as number n."""
    g, order = situation.geography, list(order)
    place = {old: new for new, old in enumerate(order)}
    geography = replace(
        g,
        **{
            name: tuple(getattr(g, name)[r] for r in order)
            for name in ("regions", "names", "civil_area", "care_region")
        },
        km=g.km[np.ix_(order, order)],
        population=g.population[order],
        base_beds=g.base_beds[order],
        surge_beds={(place[r], k): beds for (r, k), beds in g.surge_beds.items()},
        surge_lead_h={(place[r], k): hours for (r, k), hours in g.surge_lead_h.items()},
        neighbours=tuple(tuple(sorted(place[r] for r in g.neighbours[old])) for old in order),
    )
    arrays = {
        f.name: getattr(situation, f.name)[order]
        for f in fields(situation)
        if isinstance(getattr(situation, f.name), np.ndarray)
    }
    return replace(situation, geography=geography, **arrays)


def types_in(value):
    yield type(value)
    if isinstance(value, tuple):
        for part in value:
            yield from types_in(part)
    elif is_dataclass(value):
        for f in fields(value):
            yield from types_in(getattr(value, f.name))


def catalogue():
    """Return the Swedish of every sentence, as it is written in the parts."""
    found = {}
    for path in sorted(PARTS.glob("*.po")):
        with path.open("rb") as stream:
            found |= {m.id: m.string for m in read_po(stream, locale="sv") if m.id and m.string}
    return found


SWEDISH = catalogue()


def spoken(value, language):
    """Return a sentence in *language*, with every place filled."""
    if isinstance(value, list | tuple):
        return ", ".join(spoken(v, language) for v in value)
    if not isinstance(value, Text):
        return str(value)
    template = SWEDISH[value.template] if language == "sv" else value.template
    places = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    assert places == set(value.values), template
    return template.format(**{name: spoken(v, language) for name, v in value.values.items()})


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", ["alone", "today", "coordinated"])
def test_a_whole_plan_can_be_read_aloud(name, language):
    for sentence in clause(load_plan(name).plan):
        said = spoken(sentence, language)
        assert said[0].isupper() and said.endswith(".") and "{" not in said
