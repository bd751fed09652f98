"""A full run is begun by a form that was asked for, and by nothing else."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from fristed.debate.screens import full
from fristed.ground.act import ANALYST, MANAGER
from tests.support.service import Cast, make_cast, signed_in

BEGIN = "/argument/begin/"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the forecast was asked to begin."""
    asked: list[dict[str, Any]] = []

    class Noted:
        def ask(self, **question: Any) -> dict[str, Any]:
            asked.append(question)
            return {"state": "cards"}

    monkeypatch.setattr(full, "engine", Noted())
    return asked


@pytest.fixture
def cast(database: str) -> Cast:
    return make_cast()


def strict(cast: Cast) -> Client:
    """An analyst whose forms are checked as a browser's are."""
    client = signed_in(cast, ANALYST)
    client.handler.enforce_csrf_checks = True
    return client


def test_a_page_that_is_opened_begins_nothing_and_a_form_without_its_token_neither(
    cast: Cast, begun: list[dict[str, Any]]
) -> None:
    client = strict(cast)
    assert b"csrfmiddlewaretoken" in client.get(f"{BEGIN}?area=durham-2014").content
    assert client.post(BEGIN, {"area": "durham-2014"}).status_code == 403
    assert client.get(f"{BEGIN}?area=durham-2014&ticket=invented").status_code == 200
    assert begun == []


def test_the_form_begins_it_once_and_leads_back_to_the_cards(cast: Cast, begun: list[dict[str, Any]]) -> None:
    client = strict(cast)
    client.get(f"{BEGIN}?area=durham-2014")
    form = {"area": "durham-2014", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    sent = client.post(BEGIN, form)
    assert sent.status_code == 302 and begun == []
    shown = client.get(sent.headers["Location"])
    assert shown.headers["Location"] == "/argument/?area=durham-2014#cards"
    assert begun == [{"want": "begin", "area": "durham-2014"}]


def test_the_floors_word_is_good_for_the_reader_who_asked_and_for_a_quarter_of_an_hour(
    cast: Cast, begun: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    word = signed_in(cast, ANALYST).post(BEGIN, {"area": "durham-2014"}).headers["Location"]
    assert signed_in(cast, MANAGER).get(word).status_code == 200 and begun == []
    monkeypatch.setattr(time, "time", lambda clock=time.time: clock() + 16 * 60)
    assert signed_in(cast, ANALYST).get(word).status_code == 200 and begun == []
