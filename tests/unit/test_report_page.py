"""The page: the numbers of the results and no others, escaped names, one file, the marking, plain words."""

import re
import textwrap
from collections.abc import Mapping
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from nspl_sim.paper import numbers
from nspl_sim.paper.comparison import Comparison, compare
from nspl_sim.paper.language import Language
from nspl_sim.reading.part import Bilingual
from nspl_sim.report import report
from tests.unit.paper_batches import world
from tests.unit.report_batches import made, plan, points

SV, EN = Language("sv"), Language("en")
PLANS = ("alone", "today", "coordinated")
VOID = {"meta", "link", "br", "img", "hr", "input"}
HOSTILE = ("<script>alert(1)</script>", "=HYPERLINK(0)", "$x_$", '"></style><b>&amp;', "a--b -- c ]]>")
JARGON = (
    "replikation", "parad", "konfidens", "kvantil", "median", "standardfel", "varians", "korrelation",
    "signifikan", "p-värde", "elektiv", "census", "beräkningsfall", "vårdskuld", "mortalitet", "trajektori",
)  # fmt: skip


class Outline(HTMLParser):
    """Reads a page strictly: what is opened is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.unscoped = 0
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(str(given["id"]))
        self.unscoped += tag == "th" and given.get("scope") not in ("row", "col")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [str(v) for k, v in attrs if k == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.texts.append(data)


def outline(page: str) -> Outline:
    """Return what is in *page*, which must be well formed."""
    found = Outline()
    found.feed(page)
    found.close()
    assert found.open == []
    return found


def words(markup: str) -> str:
    """Return the text of *markup* on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def first_page(page: str) -> str:
    """Return the markup of page one."""
    found = re.search(r'<section class="first".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


@cache
def settled() -> Comparison:
    """Return a comparison in which the last plan is clearly better than today's order."""
    return compare(made(points([world()], [plan(p) for p in PLANS]), lambda p: (0.05, 0.0, -0.02)[p]))


@cache
def unsettled() -> Comparison:
    """Return one in which nothing differs but by chance."""
    return compare(made(points([world()], [plan(p) for p in PLANS]), lambda p: 0.0, noise=0.004))


@cache
def files(language: Language = SV) -> Mapping[str, bytes]:
    return report(settled(), {"command": ["nspl", "run", "a b"], "read": {"x.yaml": "ab12"}}, language)


def page(found: Comparison, language: Language = SV, **about: Any) -> str:
    return report(found, about, language)["report.html"].decode()


@cache
def plain(is_settled: bool) -> str:
    """Return the page in Swedish, made once."""
    return page(settled() if is_settled else unsettled())


@pytest.mark.parametrize("language", [SV, EN])
def test_the_page_is_well_formed_and_ordered(language: Language) -> None:
    found = outline(files(language)["report.html"].decode())
    assert found.unscoped == 0
    assert found.headings[0] == 1 and found.headings.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(found.headings, found.headings[1:], strict=False))
    assert len(found.ids) == len(set(found.ids)), "names in figures may not collide"
    text = files(language)["report.html"].decode()
    assert f'<html lang="{language.code}">' in text
    assert all(f'id="{name}"' in text for name in re.findall(r'href="#([^"]+)"', text))


def test_nothing_is_fetched() -> None:
    text = files()["report.html"].decode()
    assert "default-src 'none'" in text and "<script" not in text and "<link" not in text
    left = text.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert "http" not in left.replace('http-equiv="Content-Security-Policy"', "")
    assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", text) and "@import" not in text


def test_every_figure_is_there_as_png_and_svg_and_says_its_finding() -> None:
    text, names = files()["report.html"].decode(), set(files())
    figures = re.findall(r'<figure id="figure-([\w-]+)"', text)
    assert figures == [
        "occupancy-icu", "occupancy-ward", "full-days", "differences", "who-helps-whom", "planned-care"
    ]  # fmt: skip
    assert names == {"report.html"} | {f"figures/{f}.{e}" for f in figures for e in ("png", "svg")}
    for name in figures:
        assert files()[f"figures/{name}.png"].startswith(b"\x89PNG")
        root = ElementTree.fromstring(files()[f"figures/{name}.svg"])
        finding = root.findtext("{http://www.w3.org/2000/svg}desc")
        assert finding and any(c.isdigit() for c in finding) and finding.endswith(".")
        said = unescape(text).replace("\u00a0", " ")
        assert f'aria-label="{finding}"'.replace("\u00a0", " ") in said, "the page says the same"
    assert text.count("<details>") == len(figures)


def test_the_numbers_on_page_one_are_those_of_the_results() -> None:
    found, told = settled(), words(first_page(files()["report.html"].decode()))
    row = found.row("deaths_all")
    assert row is not None and row.differences[-1] is not None
    paired = row.differences[-1]
    assert f"i {paired.better} av {paired.n} körningar" in told
    for mean in row.means[1:]:
        assert numbers.decimal(mean, 0, "sv").replace("\u00a0", " ") in told
    between = numbers.interval(paired.low, paired.high, 1, "sv")
    assert between in told
    assert "Ja, i det prövade scenariot." in told and "uppmätt i modellen" in told


def test_the_last_plan_and_the_last_region_have_their_figures() -> None:
    found, text = settled(), words(files()["report.html"].decode())
    last = found.rows[-1]
    assert last.measure == "planned_postponed"
    assert numbers.decimal(last.means[-1], 0, "sv").replace("\u00a0", " ") in text
    share = found.batch.planned(2).postponed.mean(axis=0).sum(axis=1)[-1]
    assert numbers.decimal(float(share), 1, "sv") in text
    net = found.batch.transfers(2).sum(axis=1).mean(axis=0)
    sent, received = float(net[-1].sum()), float(net[:, -1].sum())
    cells = [numbers.decimal(sent, 1, "sv"), numbers.decimal(received, 1, "sv")]
    assert f"{' '.join(cells)} {numbers.signed(received - sent, 1, 'sv')}" in text


def lines(markup: str) -> int:
    """Return how many lines *markup* takes, with a hundred letters on each."""
    prose = [words(p) for p in re.findall(r"<(?:p|h1)[ >].*?</(?:p|h1)>", markup, re.DOTALL)]
    return len(re.findall("<tr>", markup)) + sum(len(textwrap.wrap(p, 100)) for p in prose)


def test_page_one_is_short_and_plain() -> None:
    for is_settled in (True, False):
        markup = first_page(plain(is_settled))
        assert lines(markup) <= 25
        told = words(markup).lower()
        assert not [w for w in JARGON if w in told]
    everything = words(plain(True)).lower()
    assert "räddar liv" not in everything and "räddade liv" not in everything
    assert "replikation" not in everything


def test_an_unresolved_difference_says_so_and_about_how_many_more() -> None:
    told = words(first_page(plain(False)))
    assert "Svar. Oavgjort:" in told and re.search(r"(fler körningar|knappast)", told)
    assert "Om det blir bättre med gemensam stödordning: oavgjort ." in told
    assert "Ja, i det" not in told and "Hur mycket" not in told


def test_the_page_is_the_same_twice() -> None:
    again = report(settled(), {"command": ["nspl", "run", "a b"], "read": {"x.yaml": "ab12"}}, SV)
    assert again == files()


def test_the_marking_and_the_version_stand_at_both_ends_and_on_every_printed_page() -> None:
    marked = world(marking='ÖVNING – hemlig "x" \\ </style>')
    text = page(compare(made(points([marked], [plan("today"), plan("alone")]), lambda p: p / 50)))
    told = words(text)
    assert told.count('ÖVNING – hemlig "x" \\ </style>') >= 2 + 6, "both ends, and every figure"
    version = "Fullständig version – för kansliet och dem det delar den med i tjänsten; sprids inte vidare"
    assert told.count(version) == 2
    sheet = re.search("<style>(.*?)</style>", text, re.DOTALL)
    assert sheet is not None and sheet[1].count("\\d6 VNING\\20 \\2013 \\20 hemlig") == 2
    assert '"MARKING"' not in sheet[1] and "\\22 x\\22 \\20 \\5c \\20 \\3c \\2f style\\3e " in sheet[1]
    none = words(plain(False))
    assert none.count("EJ SÄKERHETSSKYDDSBEDÖMD – SPRIDS INTE") >= 2 + 6


def test_names_from_files_stay_text() -> None:
    base = world()
    regions = {
        key: region.model_copy(
            update={"name": Bilingual(sv=name, en=name), "care_region": None, "civil_area": None}
        )
        for (key, region), name in zip(base.regions.items(), HOSTILE, strict=False)
    }
    hostile = world(
        title={"sv": HOSTILE[0], "en": HOSTILE[0]},
        regions={k: r.model_dump(mode="json") for k, r in regions.items()},
    )
    plans = [plan("today", HOSTILE[3]), plan("coordinated", HOSTILE[4])]
    found = compare(made(points([hostile], plans), lambda p: -p / 50))
    contents = report(
        found, {"command": [HOSTILE[0]], "warnings": [HOSTILE[3]], "read": {HOSTILE[1]: "0"}}, SV
    )
    text = contents["report.html"].decode()
    parsed = outline(text)
    assert "script" not in re.findall(r"<(\w+)", text) and text.count("</style>") == 1
    told = " ".join(parsed.texts)
    assert all(name in told for name in HOSTILE)
    for name, content in contents.items():
        if name.endswith(".svg"):
            ElementTree.fromstring(content)
    assert "$x_$" in contents["figures/occupancy-icu.svg"].decode()


def test_a_question_of_ones_own_gets_no_yes_or_no() -> None:
    text = page(settled(), question="Vad köper stödordningen? <i>", title="Min studie")
    told = words(first_page(text))
    assert "Vad köper stödordningen? <i>" in told and "Ja, i det" not in told and "Min studie." in told


def test_the_provenance_is_told_as_far_as_it_is_known() -> None:
    text = words(files()["report.html"].decode())
    assert "nspl run a b" in text and "x.yaml ab12" in text
    assert settled().batch.points[2].plan.fingerprint() in text, "of the last point too"
    bare = words(page(unsettled(), points=None, read=None, versions=None, warnings=None, failed=[3, 7]))
    assert "2 körningar misslyckades" in bare and "Lästa filer" not in bare


def test_english() -> None:
    text = files(EN)["report.html"].decode()
    told = words(text)
    assert "Is care better with a shared standing order than with today's order?" in told
    assert "Yes, in the scenario tried." in told and "Who decides. Each regional board" in told
    assert "Full version – for the office and those in service it shares it with; do not spread" in told
    assert not re.search(r"\b(och|körningar|skillnad)\b", told)
