"""The page stands by itself, says what it must, lets no text of a scenario act, and can be read by everybody."""

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from cpsim import plots, report
from cpsim.outputs.measures import measures
from cpsim.outputs.run_result import RunResult
from cpsim.report import sections
from cpsim.report.page import drawn
from cpsim.scenario.declare import declarations
from cpsim.scenario.load import load
from tests.house.reading import ROOT
from tests.house.test_words import NOT_SAID
from tests.outputs import made_up
from tests.plots.test_pictures import contrast, nothing_happened

TEMPLATES = ROOT / "cpsim" / "report" / "templates"
VOID = {"meta", "br", "hr", "img", "input", "link"}
EVIL = "<script>alert('x')</script><img src=x onerror=y> & \"quoted\" {{ 7*7 }}"


class Page(HTMLParser):
    """A page as a list of (tag, attributes, path) and its texts; unbalanced tags are an error."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.texts = [], [], []
        self.feed(html)
        assert self.open == [], "tags that are never closed"

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes), tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        self.texts.append((tuple(self.open), text))

    def all(self, tag):
        return [attributes for found, attributes, _ in self.tags if found == tag]

    def text(self, *tags):
        return " ".join(" ".join(text for path, text in self.texts if not tags or set(tags) & set(path)).split())


def page_of(runs, pictures=None, **changes):
    """The page; with `pictures` of another run where only its words are looked at."""
    usual = load("cmht")
    teams = tuple(dataclasses.replace(usual.teams[0], name=team, copies=1) for team in runs.teams)
    scenario = dataclasses.replace(usual, **{"teams": teams, **changes})
    return report.html(RunResult(scenario, 1, runs, len(set(runs.replication))), pictures)


@pytest.fixture(scope="module")
def pictures():
    return drawn(made_up.result(2))


@pytest.fixture(scope="module")
def html():
    return page_of(made_up.result(12).runs)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


# ---------------------------------------------------------------- by itself, and safe


@pytest.mark.house
def test_it_asks_for_nothing_from_outside(html, page):
    assert re.findall(r"\bhttps?:|//\w|url\((?!#)|@import", html) == []
    assert not {"script", "link", "iframe", "img", "object", "form"} & {tag for tag, *_ in page.tags}
    assert all(attributes["href"].startswith("#") for attributes in [*page.all("a"), *page.all("use")])
    assert not [name for _, attributes, _ in page.tags for name in attributes if name.startswith("on") or name == "src"]
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


@pytest.mark.unit
def test_no_text_of_a_scenario_acts(pictures):
    run = made_up.team_run(team=EVIL)
    other = made_up.team_run(team=f"{EVIL} again", team_index=1)
    runs = RunResult.of(made_up.scenario(), [run, other], seed=1).runs

    html = page_of(runs, pictures, title=EVIL, question=EVIL, because={"team.setting": EVIL})
    page = Page(html)

    assert "<script>" not in html
    assert "onerror" not in {name for _, attributes, _ in page.tags for name in attributes}
    assert page.text("h1") == EVIL
    assert EVIL in page.text("table")
    assert f"team.setting: {EVIL}" in page.text("li")


@pytest.mark.identity
def test_the_same_run_is_the_same_page(html):
    assert page_of(made_up.result(12).runs) == html


@pytest.mark.unit
def test_it_is_not_heavy(html):
    assert len(html.encode()) < 1_500_000


# ---------------------------------------------------------------- what it says


@pytest.mark.unit
def test_the_answer_comes_first(page):
    assert page.text("header").index("Of every 100 people who could take up CP in these 52 weeks, about") > 0
    for words in (
        "hours a week of the whole team",
        "Most often in the way",
        "nobody here is real",
        "12 simulated futures",
    ):
        assert words in page.text("header")


@pytest.mark.house
def test_it_says_what_every_page_must(page):
    for words in (
        "not made or endorsed by the authors or funders of the studies it cites",
        "Names of scales belong to their owners; no item of any scale is reproduced",
        "Simulated people: nobody here is real.",
        "cpsim reproduce",
        "What nobody knows about the numbers that were put in is in neither",
        "Primary care, general hospitals, benefits and families' own costs are not modelled",
    ):
        assert words in page.text(), words


@pytest.mark.house
def test_no_promise_is_made(page):
    assert [text for _, text in page.texts if NOT_SAID.search(text)] == []


@pytest.mark.unit
def test_each_section_and_each_picture_is_there(page):
    names = [attributes["id"] for attributes in page.all("section")]
    assert len(names) == len(sections.NAMES) - 1, "all but the teams"
    assert len(page.all("figure")) == len(plots.NAMES)
    assert {attributes["href"][1:] for attributes in page.all("a")} == set(names)


@pytest.mark.unit
def test_each_measure_is_somewhere_in_full(page):
    meanings = page.text("td")
    assert [
        each.name for each in measures("outcomes").values() if each.group != "key" and each.meaning not in meanings
    ] == []


@pytest.mark.unit
def test_what_the_answer_rests_on(page):
    used = {found.evidence.id: found.evidence for found in declarations().values() if found.evidence}
    judged = sum(row.confidence == "assumption" for row in used.values())
    counted = int(re.search(r"All (\d+) assumptions", page.text("summary")).group(1))
    assert judged <= counted < judged + 20, "those of roles.csv come on top"
    assert next(row.quantity for row in used.values() if row.confidence == "assumption") in page.text("table")


@pytest.mark.unit
def test_own_numbers_and_values_beyond_the_evidence_are_named(pictures):
    scenario = load("cmht", ["parameters.contact_minutes=110"])
    html = report.html(RunResult(scenario, 1, made_up.result(2).runs, 2), pictures)
    assert "Beyond what the evidence covers" in html
    assert "110" in Page(html).text("li")


@pytest.mark.unit
def test_several_teams_have_a_table_and_many_do_not_fill_the_page(pictures):
    few, many = (
        made_up.result(2, teams=tuple(f"Team {number}" for number in range(count)), weeks=2) for count in (2, 50)
    )
    stands_open = page_of(few.runs, pictures, weeks=2)
    html = page_of(many.runs, pictures, weeks=2)
    assert "Team by team" in stands_open
    assert html.count("<details") == stands_open.count("<details") + 1, "a long table is folded"
    assert "The first 40 of 50" in html
    assert not [number for number in range(40, 49) if f"Team {number}" in html], "only the last is named, in words"


@pytest.mark.unit
def test_a_run_in_which_nothing_happened_has_a_page():
    html = page_of(nothing_happened().runs)
    assert "Nobody could take up CP" in html
    assert not re.search(r"\bnan\b", Page(html).text())


# ---------------------------------------------------------------- for everybody


@pytest.mark.unit
def test_language_and_headings(page):
    assert page.all("html") == [{"lang": "en-GB"}]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")
    levels = [int(tag[1]) for tag, *_ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(page.all(landmark) for landmark in ("header", "nav", "main", "footer"))


@pytest.mark.unit
def test_each_picture_has_words_and_a_table(html, page):
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(set(ids)) == len(ids)
    for drawing in page.all("svg"):
        assert drawing["role"] == "img"
        for label in drawing["aria-labelledby"].split():
            assert len(re.search(rf'id="{label}">([^<]+)<', html).group(1).strip()) > 10
    figures = html.split("<figure>")[1:]
    assert all("<svg" in figure and "<table>" in figure.split("</figure>")[0] for figure in figures)


@pytest.mark.unit
def test_each_table_says_what_its_cells_are(page):
    assert len(page.all("caption")) == len(page.all("table")) > len(plots.NAMES)
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))
    labels = [attributes["aria-label"] for attributes in page.all("div") if attributes.get("tabindex")]
    assert all(labels), "what scrolls by keyboard has a name"


@pytest.mark.house
def test_text_stands_out_from_its_ground():
    css = (TEMPLATES / "style.css").read_text("utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", css))
    assert all(
        contrast(colours[name], ground) >= 4.5
        for name in ("ink", "quiet", "accent")
        for ground in ("#ffffff", colours["tint"])
    )
    assert "@media print" in css
    assert "overflow-x: auto" in css, "what is wide scrolls by itself on a small screen"


# ---------------------------------------------------------------- on disk


@pytest.mark.unit
def test_page_and_pictures_lie_in_the_run_folder(tmp_path):
    folder = RunResult(load("cmht"), 1, made_up.result(2).runs, 2).save(tmp_path / "run")
    assert (folder / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert {path.stem for path in (folder / "figures").iterdir()} == set(plots.NAMES)
