"""Every picture draws whatever a run can be, fits its frame, is read without colour, and says its numbers."""

import dataclasses
import re
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.text import Text

from cpsim import plots
from cpsim.model.codes import Activity, Gate, Source
from cpsim.outputs.run_result import RunResult
from cpsim.plots import answer, ledger, style, week
from cpsim.plots.svg import _once as once
from cpsim.plots.svg import _short as short
from cpsim.plots.svg import drawing
from tests.house.reading import ROOT
from tests.house.test_words import NOT_SAID
from tests.outputs import made_up


def nothing_happened():
    """A run in which nobody was there."""
    run = made_up.team_run()
    for rows in (run.outcome, run.weekly, run.gates, run.access):
        for name in rows.dtype.names:
            if name not in ("week", "gate", "source"):
                rows[name] = 0
    for name in ("five_steps", "some_steps", "no_steps", "reach", "fidelity", "contacts_in_crisis"):
        run.outcome[name] = np.nan
    run.minutes[:] = 0
    return RunResult.of(made_up.scenario(), [run], seed=1)


def everybody():
    """A run in which everything is at its greatest."""
    runs = [made_up.team_run(number) for number in range(3)]
    for run in runs:
        run.outcome["five_steps"], run.outcome["some_steps"], run.outcome["no_steps"] = 1, 0, 0
        run.outcome["cost_per_person"] = run.outcome["cost_trust"] = 123_456
        run.outcome["rguk_change"], run.outcome["wemwbs_change"] = -3.1, -12.0
        run.gates["any_failing"] = run.gates["first_failing"] = run.gates["windows"]
    return RunResult.of(made_up.scenario(), runs, seed=1)


RESULTS = {
    "many runs": lambda: made_up.result(30),
    "one run": lambda: made_up.result(1),
    "one week": lambda: made_up.result(3, weeks=1),
    "several teams": lambda: made_up.result(1, teams=tuple(f"Team {number}" for number in range(12))),
    "nothing": nothing_happened,
    "everything": everybody,
}


@pytest.fixture(scope="module", params=RESULTS)
def result(request):
    return RESULTS[request.param]()


@pytest.fixture(scope="module")
def usual():
    return made_up.result(20)


def boxes(figure):
    """Every text that is drawn, with its place. Ticks outside the limits of their axis are not drawn."""
    figure.draw_without_rendering()
    hidden = {id(label) for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in beyond(axis)}
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent()) for text in texts if id(text) not in hidden]


def beyond(axis):
    low, high = sorted(axis.get_view_interval())
    margin = 1e-9 * max(high - low, 1)
    ticks = [*axis.majorTicks, *axis.minorTicks]
    return [tick.label1 for tick in ticks if not low - margin <= tick.get_loc() <= high + margin]


def outside(figure):
    """Texts that leave the figure."""
    width, height = figure.bbox.width, figure.bbox.height
    return [
        text for text, box in boxes(figure) if min(box.x0, box.y0) < -1 or box.x1 > width + 1 or box.y1 > height + 1
    ]


def overlaps(figure):
    """Pairs of texts that lie on each other; lines may touch."""
    found = [(text, box.shrunk(0.96, 0.8)) for text, box in boxes(figure)]
    pairs = [(one, other) for number, one in enumerate(found) for other in found[number + 1 :]]
    return [(one[0], other[0]) for one, other in pairs if one[1].overlaps(other[1])]


@pytest.mark.unit
@pytest.mark.parametrize("name", plots.NAMES)
def test_it_draws_and_says_what_it_shows(name, result):
    picture = plots.make(name, result)

    assert len(picture.title) > 10
    assert "nan" not in f"{picture.title} {picture.caption} {picture.alt}".lower().replace("finance", "")
    assert not NOT_SAID.search(f"{picture.title} {picture.caption} {picture.alt}")
    assert "week" in picture.caption, "the caption says the horizon"
    assert "seed 1" in picture.caption
    assert len(picture.grid.rows) > 0
    assert {len(row) for row in picture.grid.rows} == {len(picture.grid.headings)}
    figure = picture.figure()
    assert (outside(figure), overlaps(figure)) == ([], [])


@pytest.mark.unit
@pytest.mark.parametrize("name", plots.NAMES)
def test_the_svg_is_whole_named_and_asks_for_nothing(name, usual):
    made = drawing(plots.make(name, usual))
    root = ElementTree.fromstring(made.file)
    space = "{http://www.w3.org/2000/svg}"

    assert root.get("role") == "img"
    named = {
        element.get("id"): element.text
        for element in root.findall("*")
        if element.tag in (f"{space}title", f"{space}desc")
    }
    assert all(named[label].strip() for label in root.get("aria-labelledby").split())
    assert root.findall(f".//{space}text"), "text stays text"
    ids = re.findall(r'\bid="([^"]+)"', made.inline)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'(?:url\(#|href="#)([\w-]+)', made.inline)) <= set(ids)
    assert "://" not in made.inline
    assert "<style" not in made.inline
    assert "<script" not in made.inline


@pytest.mark.identity
def test_the_same_picture_is_the_same_bytes(usual):
    assert drawing(plots.make("weeks", usual)) == drawing(plots.make("weeks", made_up.result(20)))


@pytest.mark.identity
@pytest.mark.parametrize("name", ["weeks", "gains"])
def test_ids_are_numbered_as_they_are_used(name, usual):
    """Not made from positions: the layout may find those with other last digits in another process."""
    made = drawing(plots.make(name, usual)).inline
    used = dict.fromkeys(re.findall(r'(?:url\(#|href="#)([\w-]+)', made))
    assert list(used) == [f"{name}-{number}" for number in range(len(used))]


@pytest.mark.unit
def test_ids_of_two_pictures_never_meet(usual):
    ids = [re.findall(r'\bid="([^"]+)"', drawing(plots.make(name, usual)).inline) for name in plots.NAMES]
    everything = [found for each in ids for found in each]
    assert len(set(everything)) == len(everything)


@pytest.mark.unit
def test_scenario_text_is_escaped_in_a_drawing(usual):
    picture = dataclasses.replace(plots.make("hours", usual), title="<b>bold</b> & more", alt="</desc><script>")
    made = drawing(picture)
    assert "<b>" not in made.file
    assert "<script>" not in made.inline
    ElementTree.fromstring(made.file)


DRAWN = """  <g>
   <g clip-path="url(#a)">
    <path d="M 1.234567 2.000001
L 3.999999 4.5
" style="fill: none; stroke: #404040"/>
    <g>
     <path d="M 5 6" style="fill: none; stroke: #404040"/>
     <path d="M 5 6" style="fill: none; stroke: #404040"/>
    </g>
   </g>
   <g/>
   <path d="M 5 6" style="fill: none; opacity: 0.5"/>
   <path d="M 5 6" style="fill: none; opacity: 0.5"/>
   <text style="font-size: 9px" x="7.123456" y="8" transform="rotate(-0 7.1 8)">0.0100</text>
   <text style="font-size: 9px" x="7.5" y="8" transform="rotate(-90 7.123456 8)">turned</text>
   <path d="M 0 1" transform="scale(0.015625)" style="fill: #404040"/>
  </g>
"""
KEPT = """
<g clip-path="url(#a)">
<g style="fill: none; stroke: #404040">
<path d="M 1.23 2 L 4 4.5"/>
<path d="M 5 6"/>
</g>
</g>
<path d="M 5 6" style="fill: none; opacity: 0.5"/>
<path d="M 5 6" style="fill: none; opacity: 0.5"/>
<text style="font-size: 9px" x="7.12" y="8">0.0100</text>
<text style="font-size: 9px" x="7.5" y="8" transform="rotate(-90 7.12 8)">turned</text>
<path d="M 0 1" transform="scale(0.015625)" style="fill: #404040"/>
"""


@pytest.mark.unit
def test_a_drawing_says_a_look_once_and_places_to_a_hundredth_of_a_point():
    """Without it the page of a large study had twice the bytes; what can be seen through, and factors, stay."""
    assert once(short("\n" + DRAWN)) == KEPT


@pytest.mark.unit
@pytest.mark.parametrize("name", ["weeks", "hours", "funnel"])
def test_nothing_is_lost_from_a_drawing_that_is_shortened(name, usual, monkeypatch):
    made = drawing(plots.make(name, usual)).file
    monkeypatch.setattr("cpsim.plots.svg._short", lambda text: text)
    monkeypatch.setattr("cpsim.plots.svg._once", lambda text: text)
    whole = drawing(plots.make(name, usual)).file
    few, many = (ElementTree.fromstring(text) for text in (made, whole))
    space = "{http://www.w3.org/2000/svg}"
    assert [each.text for each in few.iter(f"{space}text")] == [each.text for each in many.iter(f"{space}text")]
    kinds = [space + kind for kind in ("path", "use")]
    places = [
        {
            tuple(" ".join(each.get(key, "").split()) for key in ("href", "x", "y", "d"))
            for each in root.iter()
            if each.tag in kinds
        }
        for root in (few, many)
    ]
    assert len(places[0]) > 0.9 * len(places[1])
    assert len(made) < 0.75 * len(whole)


@pytest.mark.unit
def test_result_plot_lists_and_draws(usual):
    assert tuple(dir(usual.plot)) == tuple(sorted(plots.NAMES))
    assert "funnel" in repr(usual.plot)
    assert usual.plot.funnel().get_figwidth() == pytest.approx(7.2)
    with pytest.raises(AttributeError, match="no picture 'pie'"):
        _ = usual.plot.pie


@pytest.mark.unit
def test_each_picture_file_is_named():
    helpers = {"__init__", "bars", "ledger", "picture", "style", "svg"}
    files = {path.stem for path in (ROOT / "cpsim" / "plots").glob("*.py")}
    assert files - helpers == set(plots.NAMES)


# ---------------------------------------------------------------- what is drawn is what was counted


@pytest.mark.unit
def test_twenty_dots_are_ranks_of_the_runs():
    assert answer.quantile_dots(np.arange(100) / 100) == list(range(2, 100, 5))
    assert answer.quantile_dots(np.array([0.04, 0.02])) == [2, 4]
    assert answer.quantile_dots(np.array([])) == []


@pytest.mark.unit
def test_the_answer_is_whole_people(usual):
    table = plots.make("answer", usual).table
    assert table.query("not dot")["people"].sum() == 100


@pytest.mark.invariant
def test_the_week_is_all_of_the_minutes(usual):
    table = plots.make("week", usual).table
    hours = usual.time["minutes"].sum() / 20 / 60 / 52
    assert table.query("role == ''")["mean"].sum() == pytest.approx(hours)
    assert table.query("role != ''")["mean"].sum() == pytest.approx(hours)


@pytest.mark.house
def test_each_activity_has_its_group():
    grouped = [activity for activities in week.GROUPS.values() for activity in activities]
    assert sorted(grouped) == sorted(Activity)
    assert len(week.GROUPS) == len(style.LAYERS)


@pytest.mark.unit
def test_the_ledger_marks_what_is_nobodys_to_remove(usual):
    table = plots.make("delivery", usual).table
    marked = table.loc[table["label"].str.contains(ledger.NOBODYS), "label"].tolist()
    assert marked == [f"too unwell {ledger.NOBODYS}", f"not wanted just now {ledger.NOBODYS}"]


@pytest.mark.unit
def test_the_ledger_has_the_known_shares():
    run = made_up.team_run()
    run.gates["any_failing"][Gate.DOSE], run.gates["first_failing"][Gate.DOSE] = 400, 100
    picture = plots.make("delivery", RunResult.of(made_up.scenario(), [run], seed=1))
    assert picture.title == "Most often in the way of CP: seen too seldom to get anywhere, in 80 of 100 chances"
    row = picture.table.set_index("label").loc["seen too seldom to get anywhere"]
    assert (row["any_mean"], row["first_mean"]) == (0.8, 0.2)


@pytest.mark.unit
def test_access_is_told_by_who_prompted_it():
    run = made_up.team_run()
    run.access["attempts"][run.access["source"] == Source.ORDINARY] = 0
    picture = plots.make("access", RunResult.of(made_up.scenario(), [run], seed=1))
    assert "Connecting People 80" not in picture.caption
    assert "0 attempts" in " ".join(picture.table["heading"])


@pytest.mark.unit
def test_weeks_in_which_not_all_teams_are_there_yet_are_left_out():
    """A mean over some teams, then over all, would look like something that happened."""
    early, late = made_up.team_run(0, "North", 0), made_up.team_run(0, "South", 1)
    runs = [early, dataclasses.replace(late, weekly=late.weekly[10:])]
    found = RunResult.of(made_up.scenario(teams=made_up.described(("North", "South"))), runs, seed=1)
    assert plots.make("weeks", found).table["week"].min() == -made_up.WARM_UP + 10


@pytest.mark.unit
def test_weeks_of_warm_up_are_drawn_and_not_told(usual):
    picture = plots.make("weeks", usual)
    assert picture.table["week"].min() == -made_up.WARM_UP
    assert [row[0] for row in picture.grid.rows][:2] == ["week 1", "week 5"]
    assert picture.grid.rows[-1][0] == "week 52"


# ---------------------------------------------------------------- seen by everybody


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other=style.WHITE):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.unit
def test_the_measure_of_contrast():
    assert contrast("#000000") == pytest.approx(21)
    assert contrast("#777777") == pytest.approx(4.48, abs=0.01)


@pytest.mark.house
def test_marks_and_text_stand_out():
    assert all(contrast(colour) >= 3 for colour in (*style.MARKS, style.EDGE))
    assert all(contrast(colour) >= 4.5 for colour in (style.INK, style.QUIET))
    assert all(contrast(style.INK, fill) >= 4.5 for fill in style.FILLS)
    assert all(contrast(style.EDGE, fill) >= 3 for fill in style.FILLS), "outlines on pale fills"


@pytest.mark.house
def test_neighbours_of_a_stack_differ_in_grey():
    for (one, hatch), (other, next_hatch) in zip(style.LAYERS, style.LAYERS[1:], strict=False):
        assert hatch != next_hatch or contrast(one, other) >= 1.5, (one, other)


@pytest.mark.house
def test_pictures_never_touch_pyplot():
    code = (
        "import sys; from tests.outputs import made_up; from cpsim import plots\n"
        "import seaborn, matplotlib.pyplot as plt\n"
        "[plots.make(name, made_up.result(2)).figure() for name in plots.NAMES]; print(plt.get_fignums())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]", done.stderr
