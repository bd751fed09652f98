"""Cards: what cannot be told is said so, whatever the reason; a source is never missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from fristed.debate import engine as module
from fristed.debate.asked import read
from fristed.debate.cards import CANNOT_TELL, WORDS, shown, told
from fristed.debate.engine import engine
from fristed.ground.act import ANALYST
from tests.support.service import make_cast, signed_in


def card(verdict: str) -> dict[str, Any]:
    answers = [{"probability": p, "error": "0.02"} for p in ("0.40", "0.05", "0.95")]
    return {"name": "one", "verdict": verdict, "answers": answers}


@pytest.mark.parametrize("verdict", ["cannot tell", "cannot tell: the answer rests on a sign", "not answered: few"])
def test_every_reason_for_not_knowing_reads_cannot_tell(verdict: str) -> None:
    assert shown(card(verdict)).word == CANNOT_TELL
    assert shown(card("supported")).word == WORDS["supported"] and shown(card("refuted")).word == WORDS["refuted"]


def test_a_card_names_its_first_its_least_and_its_most_probable_structure() -> None:
    one = shown(card("cannot tell"))
    assert [a["probability"] for a in (one.first, one.lowest, one.highest)] == ["0.40", "0.05", "0.95"]


def test_without_a_forecast_there_are_no_cards_and_no_progress() -> None:
    found = told({"state": "absent"})
    assert found["cards"] == [] and found["full"] == "none" and found["all_parts"] == 0


def test_officers_become_hours_and_a_share_that_is_set_goes_beside_the_levers() -> None:
    asked = read({"hat_places": "0", "arrest_officers": "52", "eligible": "12"}, ["here"])
    assert asked.question() == {
        "area": "here", "levers": {"arrest_hours": 1700, "arrest_per_month": 1.0}, "eligible": 12,
    }  # fmt: skip
    assert "eligible" not in read({}, ["here"]).question()


def test_a_claim_nobody_has_made_is_not_found_and_a_number_shows_its_source(database: str) -> None:
    client: Client = signed_in(make_cast(), ANALYST)
    try:
        assert client.get("/argument/claim/?area=durham-2014&name=nothing").status_code == 404
        page = client.get("/argument/number/?symbol=sh_refr").content.decode()
        assert "Byford 2013" in page and "an assumption" in page
        assert "RR_m_HAT" in client.get("/argument/number/?of=deaths").content.decode()
        cards = client.get("/argument/cards/?area=durham-2014").content.decode()
        assert cards.count("What would change the answer") == 25 and "/argument/claim/" in cards
        assert "/argument/brief/?area=durham-2014" in cards
        printed = client.get("/argument/brief/?area=durham-2014")
        assert printed.content.startswith(b"%PDF") and "brief.pdf" in printed.headers["Content-Disposition"]
        assert client.get("/argument/brief/?area=nowhere").status_code == 404
    finally:
        engine.end()


def test_where_the_forecast_is_not_installed_every_page_still_opens(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_NEEDED", ("a_package_that_is_nowhere",))
    client: Client = signed_in(make_cast(), ANALYST)
    assert client.get("/argument/cards/").status_code == 200
    assert client.get("/argument/number/?symbol=sh_refr").status_code == 200
    assert client.get("/argument/begin/?area=x").status_code == 200
    assert client.get("/argument/brief/?area=x").status_code == 404
