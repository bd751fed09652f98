"""What a page is told: a number's source, the shipped cards, and a full run that continues where it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from fristed_forecast import full as module
from fristed_forecast.answering import answered, eligible
from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import BadInput
from fristed_forecast.evidence.draws import draw
from fristed_forecast.full import Full, Job, run, whole
from fristed_forecast.report import cards
from fristed_forecast.runs.plan import parts
from fristed_forecast.verdict import claims


def test_a_share_that_somebody_sets_is_that_share_in_every_draw() -> None:
    place = eligible(area("durham-2014"), 12)
    assert set(draw(1, 20, place.numbers, {})["sh_refr"]) == {0.12}
    with pytest.raises(BadInput, match="1 to 99 percent"):
        eligible(place, 0)
    asked = {"want": "twin", "area": "durham-2014", "levers": {}, "eligible": 120}
    assert "1 to 99" in answered(asked, {}, Full())["sentence"]


def test_a_number_is_told_with_its_source_and_an_outcome_with_what_weighs_on_it() -> None:
    one = answered({"want": "number", "symbol": "sh_refr", "outcome": ""}, {}, Full())
    assert "Byford" in one["number"]["source"] and one["number"]["standing_means"]
    listed = answered({"want": "number", "symbol": "", "outcome": "deaths"}, {}, Full())
    assert listed["heaviest"][0]["symbol"] == "RR_m_HAT"
    assert not {n["symbol"] for n in listed["heaviest"]} & {n["symbol"] for n in listed["others"]}


def test_the_shipped_cards_answer_every_claim_in_every_structure_and_both_numbers_of_people() -> None:
    found = cards.shipped("durham-2014")
    made = {card["name"]: card for card in found["cards"]}
    _rules, known = claims()
    assert set(made) == {claim.name for claim in known}
    for claim in known:
        card = made[claim.name]
        assert card["words"] == claim.words and card["settles"] == claim.settles
        assert len(card["answers"]) == 18 and not card["verdict"].startswith("not answered")
    assert cards.shipped("nowhere") == {}


def test_a_full_run_is_the_whole_argument_and_is_told_as_far_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    plan = whole("durham-2014")
    assert plan.draws == 200 and plan.replicates == 5 and len(plan.structures) == 9 and len(plan.people) == 2
    small = replace(plan, draws=2, replicates=1, weeks=52, people=(60,), structures=plan.structures[:1])
    monkeypatch.setattr(module, "whole", lambda name: small)
    full = Full()
    assert full.told("durham-2014")["full"] == "none"
    job = full.job("durham-2014")
    run(job)
    assert (job.state, job.done) == ("finished", len(parts(small))) and job.sentence == ""
    told = Full().told("durham-2014")  # another process finds it finished
    assert told["full"] == "finished" and told["run"]["draws"] == 2
    assert {card["verdict"] for card in told["cards"]} == {"not answered: the structures were not all run"}


def test_a_full_run_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    plan = replace(whole("durham-2014"), draws=1, replicates=1, weeks=52)
    job = Job(plan, tmp_path / "file" / "run", 1)
    run(job)
    assert job.state == "failed" and job.sentence
