"""`cpsim.structure`, with a plain function of known answers in place of the model."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

import cpsim
from cpsim.errors import OptionError
from cpsim.experiments import structure as study
from cpsim.experiments import structure_lists as lists
from cpsim.experiments import structure_words as told
from cpsim.experiments.outcomes import ledger_columns
from cpsim.model.codes import Gate
from cpsim.outputs.measures import measures
from cpsim.plots import studies
from cpsim.population import law
from cpsim.report.study import html
from cpsim.scenario.barriers import barriers
from tests.house.test_words import NOT_SAID

pytestmark = pytest.mark.unit
REACH = {"cmht": 0.1, "everything": 0.6, "training-and-supervision": 0.4, "small-caseloads": 0.2}
FIVE = {"everything": 0.5, "third-sector": 0.2, "cmht": 0.01}


def outcomes(structure, plan):
    """What the other structures change: one each of the conclusions."""
    found = dict.fromkeys((*study.OUTPUTS, *ledger_columns()), 0.0)
    found["reach"], found["five_steps"] = REACH.get(plan, 0.1), FIVE.get(plan, 0.01)
    found["delivered"] = 0.05 + 0.07 * plan.endswith(" clarity") + 0.03 * plan.endswith(" staffing")
    found["rguk_change"] = 1.2 * (plan == "everything")
    found["delivery.windows"] = 100.0
    clarity = next(iter(barriers()["clarity"].gates))
    found[f"delivery.first.{Gate(clarity).name.lower()}"] = 30.0
    if structure == "one_luck":
        found["delivered"] += 0.06 * plan.endswith(" staffing")
        found["five_steps"] += 0.4 * (plan == "more-contact")
    if structure == "no_feedbacks":
        found["reach"] = 0.1 + 0.03 * (plan == "training-and-supervision") - 0.03 * (plan == "small-caseloads")
    if structure == "no_isolation":
        found["rguk_change"] = 0.0
    return found


def planted(design, **_):
    """Outcomes by structure and scenario, with luck of the run."""
    rows = []
    for point, world in zip(design.point.tolist(), design.world.tolist(), strict=True):
        structure, plan = design.points[point].name.split(" ", 1)
        luck = np.random.default_rng((point, world)).normal(0, 0.003)
        found = outcomes(structure, plan)
        rows.append({name: value + luck * (name in study.OUTPUTS) for name, value in found.items()} | {"failed": ""})
    return pd.DataFrame(rows)


@pytest.fixture(scope="module")
def found():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study, "run_design", planted)
        return cpsim.structure(20)


def verdict(found, conclusion, structure):
    rows = found.rows(conclusion).set_index("structure")
    return rows.loc[structure, "verdict"]


def test_conclusions_that_a_structure_leaves_alone_stand(found):
    assert found.runs == 20 * 9 * (9 + 10) == study.how_many(20)
    as_it_is = found.table[found.table["structure"] == "as_it_is"]
    assert set(as_it_is["verdict"]) == {"stands"}
    assert (found.rows("third_sector")["verdict"] == "stands").all()


def test_conclusions_that_a_structure_takes_away_are_told(found):
    assert verdict(found, "taken_away", "one_luck") == "falls"  # staffing 0.09 where clarity brings 0.07
    assert found.rows("taken_away")["whose"].tolist()[:3] == ["clarity", "staffing", "clarity"]
    assert verdict(found, "no_single_thing", "one_luck") == "falls"  # 0.40 of 0.49 of everything
    assert verdict(found, "supervision", "no_feedbacks") == "weaker"  # 0.03 in place of 0.30
    assert verdict(found, "smaller_caseloads", "no_feedbacks") == "falls"
    assert verdict(found, "social_capital", "no_isolation") == "not settled"


def test_figures_stand_beside_those_of_the_model_as_it_is(found):
    share = found.rows("no_single_thing").set_index("structure").loc["one_luck"]
    assert share["whose"] == "more-contact"
    assert share["size"] == pytest.approx(0.4 / 0.49, abs=0.02)
    gain = found.rows("supervision").set_index("structure").loc["no_feedbacks"]
    assert gain["times"] == pytest.approx(0.1, abs=0.02)
    line = next(text for text in told.of_conclusion(found, "supervision") if text.startswith("no feedback at all"))
    assert re.match(r"no feedback at all: weaker, \+3\.\d in 100 \(.* to .*\); as it is: \+30 in 100", line)
    first = found.rows("first_met").iloc[0]
    assert (first["whose"], first["size"]) == ("clarity", pytest.approx(0.3))


def test_the_answer_says_what_does_not_stand_and_where(found):
    first, *others = found.headlines()
    assert first.startswith("4 of 9 conclusions hold in every structure tried (weaker in some: Training with")
    text = " ".join(others)
    assert "taken away alone brings most: stands in the model as it is, falls with" in text
    assert 'least is left of "Training with supervision reaches more' in text
    assert "social capital more than the ordinary team does: stands in the model as it is, not settled with" in text


def test_changes_are_facts_of_the_world_in_every_scenario():
    for name in lists.scenarios():
        team = cpsim.load(name)
        for built in lists.structures():
            changes = built.changes(team)
            assert all(path.startswith("standing.") for path in changes)
            assert bool(changes) == (built.name != "as_it_is")
            changed = team.with_(changes).teams[0]
            for path, value in changes.items():
                _, section, number = path.split(".")
                for each in (changed.base, changed.changed):
                    assert getattr(getattr(each, section), number) == value


def test_one_number_a_hair_off_starts_a_team_by_formula():
    team = cpsim.load("cmht")
    own = law.saved_law()
    base = team.teams[0].base
    fits = dataclasses.replace(own, made=own.made | {"base": law.base_digest(base, own.made["no_matter"])})
    built = next(each for each in lists.structures() if each.name == "start_by_formula")
    assert fits.start(base).as_saved == 1
    assert fits.start(team.with_(built.changes(team)).teams[0].base).as_saved == 0


def test_the_page_says_when_the_start_is_by_formula_anyhow(found):
    for start, said in (("by formula", True), ("as saved", False)):
        other = dataclasses.replace(found, made_of=found.made_of.assign(start=start))
        assert (told.NO_OTHER_START in other.headlines()) == said
        assert (told.names(other)[-1] == "start by formula (no test here)") == said
        assert bool(told.starts(other)) != said


def test_lists_are_whole():
    forms = (lists.UNDER, lists.MORE, lists.SHARE_OF, lists.TOP, lists.FIRST)
    assert len({each.name for each in lists.conclusions()}) == len(lists.conclusions())
    assert lists.structures()[0].changes(cpsim.load("cmht")) == {}
    for asked in lists.conclusions():
        assert asked.form in forms
        assert asked.outcome in measures("outcomes") or asked.form == lists.FIRST
        assert not NOT_SAID.search(asked.sentence)


def test_too_few_worlds_are_refused():
    with pytest.raises(OptionError, match="at least 2"):
        cpsim.structure(1)


def test_picture_page_and_words_are_whole(found, tmp_path):
    (picture,) = studies.make(found)
    picture.figure()
    assert picture.caption.endswith("weeks.")
    page = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", html(found), flags=re.DOTALL)
    for text in (page, found.in_words(), picture.alt, " ".join(" ".join(row) for row in picture.grid.rows)):
        assert not NOT_SAID.search(text)
        assert not re.search(r"\bnan\b", text)
    assert max(map(len, found.in_words().splitlines())) <= 80
    folder = found.save(tmp_path / "study")
    assert {path.stem for path in folder.glob("*.csv")} == set(found.tables)
