"""What a page is told: a number's source, the shipped cards, and a full run that continues where it was."""

import json
from base64 import b64decode
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import pytest

from fristed_forecast import answering
from fristed_forecast import full as module
from fristed_forecast.answering import Asked, answered, eligible
from fristed_forecast.argument.areas import area
from fristed_forecast.argument.positions import BadInput
from fristed_forecast.evidence.draws import draw
from fristed_forecast.full import Full, Job, run, whole
from fristed_forecast.rates.structure import variants
from fristed_forecast.report import cards
from fristed_forecast.report.brief import SUMMARY
from fristed_forecast.report.ship import ERRORS, read, ship
from fristed_forecast.runs.plan import parts
from fristed_forecast.verdict import claims, wilson


def test_a_share_that_somebody_sets_is_that_share_in_every_draw() -> None:
    place = eligible(area("durham-2014"), 12)
    assert set(draw(1, 20, place.numbers, {})["sh_refr"]) == {0.12}
    with pytest.raises(BadInput, match="1 to 99 percent"):
        eligible(place, 0)
    asked = {"want": "twin", "area": "durham-2014", "levers": {}, "eligible": 120}
    assert "1 to 99" in answered(asked, {}, Full())["sentence"]


def test_a_reader_is_answered_from_a_few_draws_then_from_all_and_then_by_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"DRAWS": 6, "FEW": 2, "PEOPLE_DRAWS": 2, "YEARS": 1, "PATIENCE": 240.0}.items():
        monkeypatch.setattr(answering, name, value)
    place, levers = area("england"), {"hat_places": 20, "hat_payer": "nhs"}
    desk = answering.Desk(place)
    first = desk.answer(levers, "twin")
    assert first["state"] == "twin" and first["draws"] in (2, 6) and first["sample_of"] == place.claimed_people
    desk.prepared.result()
    whole = desk.answer(levers, "twin")
    assert whole["draws"] == 6 and whole["cash"]["nhs"][2] > 0 == whole["cash"]["police"][2]
    assert desk.answer(levers, "twin") is whole, "asked again, nothing is computed anew"
    while (people := desk.answer(levers, "people"))["state"] != "people":
        assert people["state"] == "running"
    assert people["draws"] == 2
    desk.end()


def test_readers_with_other_questions_are_all_answered_by_people(monkeypatch: pytest.MonkeyPatch) -> None:
    small = {"DRAWS": 4, "FEW": 2, "PEOPLE_DRAWS": 4, "YEARS": 1, "PATIENCE": 240.0}
    for name, value in small.items():
        monkeypatch.setattr(answering, name, value)
    asked: list[dict[str, Any]] = [
        {"want": "people", "area": "england", "levers": {"hat_places": 20, "hat_payer": "nhs"}},
        {"want": "people", "area": "england", "levers": {"hat_places": 40, "hat_payer": "nhs"}},
        {"want": "people", "area": "durham-2014", "levers": {}, "eligible": 9},
        {"want": "people", "area": "durham-2014", "levers": {}, "eligible": 12},
    ]
    desks: dict[str, answering.Desk] = {}
    begun: dict[int, Asked] = {}
    while (states := {answered(one, desks, Full())["state"] for one in asked}) != {"people"}:
        assert states <= {"running", "people"}
        begun |= {id(job): job for desk in desks.values() for job in desk.jobs.values()}
    assert len(begun) == 5, "doing nothing three times, two levers: nobody's run was begun anew"
    for desk in desks.values():
        desk.end()


def test_a_run_that_nobody_waits_for_is_ended_and_what_is_finished_is_kept() -> None:
    desk = answering.Desk(area("england"))
    held, left, done = Future[answering.Yearly](), Future[answering.Yearly](), Future[answering.Yearly]()
    done.set_result(np.zeros((1, 1)))
    now = monotonic()
    desk.jobs = {"waited for": Asked([held], now), "left": Asked([left], now - 60), "told": Asked([done], now - 60)}
    desk.rest()
    assert list(desk.jobs) == ["waited for", "told"] and left.cancelled() and not held.cancelled()
    desk.jobs = {str(n): Asked([done], now - 60) for n in range(answering.KEPT + 2)}
    desk.rest()
    assert list(desk.jobs) == [str(n) for n in range(2, answering.KEPT + 2)]
    desk.end()


def test_every_position_is_stated_with_its_levers_in_words() -> None:
    stated = {one["name"]: one for one in answered({"want": "areas"}, {}, Full())["positions"]}
    assert stated["arrest-possessors"]["told"].startswith("arrest per month: 1.0 arrests per person and month, ")
    assert not stated["prolific-first"]["by_turn"] and stated["hat"]["by_turn"]


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
        for said in card["answers"]:
            assert said["error"] == f"{wilson(float(said['probability']), found['run']['draws']):.2f}" != "0.00"
    assert cards.shipped("nowhere") == {}


def test_the_shipped_cards_of_the_country_answer_every_claim_in_every_structure_for_its_sample() -> None:
    found = cards.shipped("england")
    assert found["run"]["people"] == list(area("england").sizes())
    assert [card["name"] for card in found["cards"]] == [claim.name for claim in claims()[1]]
    for card in found["cards"]:
        assert {said["structure"] for said in card["answers"]} == {form.name() for form in variants()}


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


def test_the_brief_of_a_run_is_a_pdf_and_an_area_that_was_never_run_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = answered({"want": "brief", "area": "durham-2014"}, {}, Full())
    assert b64decode(made["pdf"]).startswith(b"%PDF")
    monkeypatch.setattr(cards, "SHIPPED", tmp_path)
    refused = answered({"want": "brief", "area": "durham-2014"}, {}, Full())
    assert refused["state"] == "refused" and "no finished run is here" in refused["sentence"]


def test_a_shipped_run_names_the_code_that_ran_and_the_same_words_in_cards_and_brief() -> None:
    found = cards.shipped("durham-2014")
    summary = read(cards.SHIPPED / "durham-2014.summary.json")
    assert found["run"]["code"] in summary["again"] and found["run"]["errors"] == ERRORS
    assert [(c["words"], c["verdict"]) for c in summary["cards"]] == [
        (c["words"], c["verdict"]) for c in found["cards"]
    ]


def test_shipping_a_run_sets_every_error_anew(tmp_path: Path) -> None:
    said = [
        {"probability": "1.00", "error": "0.00", "each": ""},
        {"probability": "0.68", "error": "9", "each": "2 a payer"},
    ]
    card = {"outcome": "heroin revenue", "answers": said}
    (tmp_path / cards.FILE).write_text(json.dumps({"run": {"draws": 40, "code": "later"}, "cards": [card]}))
    (tmp_path / "manifest.json").write_text(json.dumps({"code": "ran", "data": "d"}))
    (tmp_path / SUMMARY).write_text("{}")
    ship(tmp_path, "here", tmp_path)
    made = read(tmp_path / "here.json")
    assert [a["error"] for a in made["cards"][0]["answers"]] == ["0.01", "0.07"]
    assert [a["each"] for a in made["cards"][0]["answers"]] == ["", ""], "what the street loses is no tax"
    assert made["run"]["code"] == "ran" and read(tmp_path / "here.summary.json") == {}


def test_a_full_run_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    plan = replace(whole("durham-2014"), draws=1, replicates=1, weeks=52)
    job = Job(plan, tmp_path / "file" / "run", 1)
    run(job)
    assert job.state == "failed" and job.sentence
