"""What a person agrees to, and answers to the site's questions."""

from __future__ import annotations

from fristed.ground.act import FLOOR, Verdict
from fristed.ground.ids import Id
from fristed.journal.frame import Scene, act
from fristed.people.acts.load import client_of, owned
from fristed.people.rules import consent, eligibility
from fristed.people.rules.words import unknown


@act(roles=FLOOR)
def answer_consent(scene: Scene, *, client: Id, purpose: str, answer: str, version: str = "") -> Verdict:
    """A person was asked for one purpose, and gave or declined."""
    if client_of(scene, client) is None:
        return unknown("client")
    return consent.answer(client, scene.tap.key, purpose, answer, version, scene.tap.happened)


@act(roles=FLOOR)
def withdraw_consent(scene: Scene, *, consent_id: Id) -> Verdict:
    """A person takes a consent back."""
    row = owned(scene, "people_consent", consent_id)
    if row is None:
        return unknown("consent")
    now = consent.ConsentNow(consent_id, row["client_id"], row["answer"], row["withdrawn"])
    return consent.withdraw(now, scene.tap.happened)


@act(roles=FLOOR)
def answer_eligibility(scene: Scene, *, client: Id, question: str, answer: str, given_by: str = "client") -> Verdict:
    """An answer to one of the site's questions, and who gave it."""
    if client_of(scene, client) is None:
        return unknown("client")
    return eligibility.answer(client, scene.tap.key, question, answer, given_by, scene.tap.happened)
