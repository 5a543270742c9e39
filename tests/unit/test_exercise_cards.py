"""Cards in print: every inject once, one a page, in PDF and Word; nothing of the key; texts stay texts."""

import io
import re
from dataclasses import replace
from datetime import datetime
from functools import cache
from zipfile import ZipFile

import docx
from pypdf import PdfReader

from nspl_sim.exercise.listing.material import KEY, PLAYERS, Material
from nspl_sim.exercise.papers import cards, patients
from nspl_sim.exercise.printing.pages import STOP, Document, Page, Table
from nspl_sim.exercise.printing.printed import pdf
from nspl_sim.exercise.printing.word import word
from nspl_sim.paper.language import Language
from nspl_sim.vocabulary.care import NEVER
from tests.exercises import made, troubled

HOSTILE = '=1+1 #let x = 1; *bold* $x$ \\ <script> & {{ x }} { DATE } @here "quoted" // no comment'


@cache
def exercise() -> Material:
    material = made(troubled(), days=1)
    noon = material.clock.scenario(datetime.fromisoformat("2027-03-08T12:00+01:00"))
    told = tuple(i for i in material.injects if i.time_s < noon)
    return replace(material, planned=replace(material.planned, injects=told))


def sheets(content: bytes) -> list[str]:
    """Return the words of each page of a PDF."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def squeezed(words: str) -> str:
    """Return *words* without spaces: a PDF breaks lines where it likes."""
    return re.sub(r"[\s\u00ad]+", "", words)


def test_the_controllers_cards_hold_every_inject_once_one_a_page() -> None:
    material = exercise()
    told = [i for i in material.injects if not i.reserve_of]
    pages = sheets(pdf(cards.of_control(material)))
    assert len(told) > 10 and len(pages) == len(told)
    for one, page in zip(told, pages, strict=True):
        assert f"{one.inject_id} " in page and squeezed(one.script) in squeezed(page)
        assert one.reserve is None or squeezed(one.reserve.script) in squeezed(page)
        assert material.say(KEY) in page and page.count(material.sign) >= 2 and material.say(STOP) in page


def test_the_players_cards_hold_every_inject_once_and_no_answer() -> None:
    material = exercise()
    told = [card for _, card in cards.cards(material)]
    document = cards.of_players(material)
    pages = sheets(pdf(document))
    assert len(pages) == len(told) == len([i for i in material.injects if not i.reserve_of])
    keys = {dict(p.labels)["Kort"]: p.read for p in cards.of_control(material).pages}
    assert {dict(p.labels)["Kort"]: p.read for p in document.pages} == keys
    assert all(dict(p.labels)["Klockslag"] for p in document.pages)
    whole = squeezed("".join(pages)) + squeezed(in_word(document))
    for i in material.injects:
        for secret in (i.inject_id, i.expected_action, i.evaluator_note, i.evidence, i.answer, i.source):
            assert not secret or squeezed(secret) not in whole
        assert not i.reserve_of or squeezed(i.script) not in whole
    for card, page in zip(told, pages, strict=True):
        assert squeezed(card.script) in squeezed(page) and material.say(PLAYERS) in page


def in_word(document: Document) -> str:
    """Return the words of the Word file in order, those in tables too."""
    body = docx.Document(io.BytesIO(word(document))).element.body
    return "\n".join(element.text or "" for element in body.iter() if element.tag.endswith("}t"))


def test_the_word_file_holds_the_same_cards_marked_on_every_page() -> None:
    material = exercise()
    document = cards.of_control(material)
    made_ = docx.Document(io.BytesIO(word(document)))
    headings = [p for p in made_.paragraphs if p.style.name == "Heading 1"]
    assert [p.text for p in headings] == [page.heading for page in document.pages]
    assert [bool(p.paragraph_format.page_break_before) for p in headings] == [False] + [True] * (
        len(headings) - 1
    )
    [section] = made_.sections
    assert [p.text for p in section.header.paragraphs] == [material.sign, material.say(KEY)]
    assert [p.text for p in section.footer.paragraphs] == [material.say(STOP), material.sign]
    whole = squeezed(in_word(document))
    assert all(whole.count(squeezed(page.heading)) == 1 for page in document.pages)
    assert all(squeezed(page.read) in whole for page in document.pages)


def hostile() -> Document:
    table = Table([HOSTILE, "x"], [[HOSTILE, "\x0b"]])
    page = Page(HOSTILE, [(HOSTILE, HOSTILE)], [HOSTILE], HOSTILE, [table])
    return Document(HOSTILE, [page], HOSTILE, HOSTILE, Language("sv"))


def test_no_text_is_a_field_or_markup() -> None:
    [page] = sheets(pdf(hostile()))
    assert squeezed(page).count(squeezed(HOSTILE)) >= 7
    content = word(hostile())
    assert in_word(hostile()).count(HOSTILE) == 7
    with ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            if name.endswith(".xml"):
                assert not re.search(rb"fldChar|instrText|fldSimple|<script>", parts.read(name)), name


def test_the_same_pages_give_the_same_bytes_and_are_tagged() -> None:
    document = cards.of_players(exercise())
    assert pdf(document) == pdf(document) and word(document) == word(document)
    root = PdfReader(io.BytesIO(pdf(document))).trailer["/Root"]
    assert root["/Lang"] == "sv" and "/StructTreeRoot" in root


def test_dropped_injects_have_no_card() -> None:
    material = exercise()
    first = material.injects[0]
    others = (first.changed(status="utgår"), *material.injects[1:])
    fewer = replace(material, planned=replace(material.planned, injects=others))
    for made_by in (cards.of_players, cards.of_control):
        assert len(made_by(fewer).pages) == len(made_by(material).pages) - 1


def test_patient_cards_are_the_casualties_of_the_stream() -> None:
    """Counted against the table of patients: number, triage, arrival, course untreated."""
    material = made(troubled())
    demand = material.line.course.demand
    events = list(patients.played(material))
    rows = [row for _, event in events for row in patients.by_triage(event, material)]
    slips = [slip for page in patients.of_control(material).pages for slip in page.slips]
    hurt = demand.stream == demand.streams.index("crash")
    assert len(events) == 1 and len(slips) == len(rows) == int(hurt.sum()) == 60
    assert sorted(rows) == [i for i, is_hurt in enumerate(hurt.tolist()) if is_hurt]
    said = {1: "röd", 2: "gul", 3: "grön", 4: "grön", 5: "avvaktande"}
    for place, (row, slip) in enumerate(zip(rows, slips, strict=True), start=1):
        told = dict(slip.labels)
        assert slip.heading == f"Patient 1-{place:03} av 60" and slip.tag == said[int(demand.urgency[row])]
        assert told["Ankommer"] == material.clock.said(int(demand.arrival_s[row]))
        survives = not 0 <= int(demand.dies_waiting_s[row, 0]) < NEVER
        assert (told["Obehandlad"] == "överlever väntan") == survives
    confirmed = next(i for i in material.injects if i.code == "UPPD")
    assert confirmed.facts[0].value == len(slips)
    for number, colour in enumerate(("röd", "gul", "grön"), start=1):
        assert confirmed.facts[number].value == sum(slip.tag == colour for slip in slips)


def test_the_players_patient_cards_do_not_tell_the_course() -> None:
    material = made(troubled())
    with_key, by_event = patients.of_control(material), patients.of_players(material)
    assert list(by_event) == [number for number, _ in patients.played(material)]
    without = by_event[1]
    assert [s.heading.partition(" av ")[0] for p in with_key.pages for s in p.slips] == [
        s.heading for document in by_event.values() for p in document.pages for s in p.slips
    ]
    secret = {"Obehandlad", "Vårdbehov", "Kommer till", "Ankommer"}
    assert all(not secret & {name for name, _ in s.labels} for p in without.pages for s in p.slips)
    pages = sheets(pdf(with_key))
    assert len(pages) == len(with_key.pages)
    for page in without.pages:
        assert len(page.slips) <= 8 and len({slip.tag for slip in page.slips}) == 1
        assert page.heading.endswith(page.slips[0].tag)


def test_players_know_what_is_needed_first_and_when_they_get_the_cards() -> None:
    """The first stage of each row; the cards are handed out with the inject that tells how many there are."""
    material = made(troubled())
    demand, [(number, event)] = material.line.course.demand, list(patients.played(material))
    slips = [s for page in patients.of_players(material)[number].pages for s in page.slips]
    first = [dict(slip.labels)["Behöver först"] for slip in slips]
    rows = patients.by_triage(event, material)
    names = {"icu": "intensivvård", "ward": "avdelningsvård"}
    for row, said in zip(rows, first, strict=True):
        stages = [demand.kinds[k] for k in demand.kind[row, : demand.stage_count[row]].tolist()]
        assert said == (names[stages[0]] if stages else "akutmottagning")
    confirmed = next(i for i in material.injects if i.code == "UPPD")
    [row] = patients.to_hand_out(material).rows
    card = material.numbers[confirmed.inject_id]
    assert row[0] == "spelare-patientkort-1"
    assert row[2] == f"med kort {card}, {confirmed.wall:%m-%d %H:%M}"
