"""Consent, one purpose at a time. Declining one bars nobody from a place, from care or from anything else here."""

from __future__ import annotations

from dataclasses import dataclass

from fristed.ground.act import Objection, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.notes import WORD, fits
from fristed.people.rules.words import not_on_list

PURPOSES = ("service", "evaluation", "referral", "contact")
ANSWERS = ("given", "declined")


@dataclass(frozen=True, slots=True)
class ConsentNow:
    """A consent at this moment."""

    id: Id
    client: Id
    answer: str
    withdrawn: Moment | None


def answer(client: Id, id: Id, purpose: str, said: str, version: str, at: Moment) -> Verdict:
    """A person was asked for one purpose, in one version of its text, and gave or declined."""
    row = add("people_consent", id, client_id=client, purpose=purpose, version=version.strip(), answer=said, asked=at)
    return Verdict(client, (row,), subject=client).but(
        not_on_list("purpose", purpose, PURPOSES),
        not_on_list("answer", said, ANSWERS),
        _unversioned(version, said),
        fits(version, WORD),
    )


def withdraw(consent: ConsentNow, at: Moment) -> Verdict:
    """A person takes a consent back."""
    row = amend("people_consent", consent.id, withdrawn=at)
    verdict = Verdict(consent.client, (row,), subject=consent.client)
    if consent.answer == "given" and consent.withdrawn is None:
        return verdict
    return verdict.but(
        Objection("not_given", "There is no consent to take back: it was declined or is already withdrawn.")
    )


def _unversioned(version: str, said: str) -> Objection | None:
    if version.strip() or said != "given":
        return None
    return Objection("consent_version", "Write which version of the consent text was read, such as its date.")
