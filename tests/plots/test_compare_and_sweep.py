"""Pictures and pages of comparisons and sweeps: what they say, and that every sort can be drawn."""

import pytest

from cpsim.experiments.folder import save_study
from cpsim.plots.studies import make
from cpsim.plots.svg import drawing
from tests.experiments.compared import comparison
from tests.experiments.swept import sweep

pytestmark = pytest.mark.unit
CASELOAD = "team.caseload_per_wte=15:45:10"
DAYS = "strategy.training_days_per_person=0,1,2"


def line(caseload, days=0):
    return 0.9 - caseload / 50 + 0.1 * days


FOUND = {
    "two plans": lambda: comparison({"five_steps": 0.1, "late_share": 0.2}),
    "three plans": lambda: comparison({"five_steps": 0.1}, {"pressure": -0.2}, weeks=26),
    "the same": lambda: comparison({}, replications=5),
    "one factor": lambda: sweep([CASELOAD], line, ["five_steps>=0.3", "pressure<=1"]),
    "no target": lambda: sweep([CASELOAD], line),
    "words": lambda: sweep(["strategy.leadership=nobody,named lead with time"], lambda who: len(who) / 50),
    "two factors": lambda: sweep([CASELOAD, DAYS], line, ["five_steps>=0.3"]),
    "a number and a word": lambda: sweep([CASELOAD, "policies.when_the_day_is_full=crisis_first,protected_time"],
                                         lambda caseload, _: line(caseload), ["five_steps>=0.3"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_every_picture_can_be_drawn_and_says_its_runs_and_weeks(name):
    found = FOUND[name]()
    for picture in make(found):
        drawn = drawing(picture)
        assert "<image" not in drawn.inline, f"{picture.name}: a page shows no bitmap"
        for said in ("seed 1", f"{found.scenario.weeks} weeks", f"{found.facts['runs']:,} runs"):
            assert said in picture.caption, picture.name
        assert picture.alt
        assert len(picture.grid.rows)


def test_bands_say_what_they_are():
    for picture in make(FOUND["one factor"]()):
        assert "luck" in picture.caption
        assert "simulation error" in picture.caption


def test_cost_to_others_is_as_large_as_what_people_get():
    pictures = {picture.name: picture for picture in make(FOUND["three plans"]())}
    assert pictures["people"].height == pictures["others"].height


def test_the_same_picture_gives_the_same_bytes():
    first, again = (drawing(make(FOUND["two factors"]())[0]).file for _ in range(2))
    assert first == again


@pytest.mark.parametrize("name", ["two plans", "one factor", "words", "two factors"])
def test_pages(name, tmp_path):
    found = FOUND[name]()
    save_study(found, tmp_path / "page")
    page = (tmp_path / "page" / "report.html").read_text("utf-8")
    asked = "What does it cost others?" if found.kind == "compare" else "Where does it tip?"
    for said in (asked, "Every number", "Nobody here is real".lower()):
        assert said in page
    for name_ in found.tables:
        assert (tmp_path / "page" / f"{name_}.csv").is_file()
