"""A first visit: a code by the site's policy, a call word, and whatever else the person wants to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fristed.ground.act import Objection, Put, Secret, Verdict, add, amend
from fristed.ground.ids import Id, derived_id
from fristed.ground.moments import Moment
from fristed.ground.notes import WORD, fits
from fristed.people.card import card_fields
from fristed.people.rules import codes, consent, eligibility
from fristed.people.rules.words import not_on_list, unprintable

Card = Mapping[str, str]

NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class Registration:
    """What a person said at a first visit. `kind` is how the site identifies people."""

    client: Id
    at: Moment
    kind: str
    code: str
    call_word: str = ""
    letters: str = ""
    born: str = ""
    gender: str = ""
    health_number: str = ""
    card: Card = field(default_factory=dict)
    eligibility: Card = field(default_factory=dict)
    given_by: str = "client"
    consents: Card = field(default_factory=dict)
    consent_version: str = ""


def register(site: Id, said: Registration) -> Verdict:
    """Someone is known here from now on, under a code. Declining anything asked does not hinder it."""
    parts = {"born": said.born.strip(), "gender": said.gender, **said.card}
    card = {name: text for name, text in parts.items() if text and text != NOT_SAID}
    sealed = Secret(said.client, {**card, "call_word": _call_word(said)})
    puts: tuple[Put, ...] = (add("people_client", said.client, site_id=site, registered=said.at, sealed=sealed),)
    code = codes.add_code(site, said.client, derived_id(said.client, "code"), _kind(said.kind), _code(said))
    verdict = Verdict(said.client, puts + code.puts + _identity(said), subject=said.client)
    asked = _answers(said)
    verdict = Verdict(said.client, verdict.puts + sum((v.puts for v in asked), ()), subject=said.client)
    return verdict.but(
        _no_registration(said.kind),
        codes.bad_parts(said.letters, said.born, said.gender) if said.kind == "constructed" else None,
        *code.objections,
        bad_call_word(said.call_word),
        bad_card(card),
        fits(said.health_number, WORD),
        *(objection for v in asked for objection in v.objections),
    )


def change_card(client: Id, old: Card, changes: Card) -> Verdict:
    """What a person said about themself changes; `not_said` takes an answer back."""
    card = {name: text for name, text in {**old, **changes}.items() if text and text != NOT_SAID}
    row = amend("people_client", client, sealed=Secret(client, card))
    return Verdict(client, (row,), subject=client).but(bad_card(card), bad_call_word(card.get("call_word", "")))


def bad_call_word(word: str) -> Objection | None:
    """Objects to a word that cannot be called out."""
    return fits(word, WORD) or unprintable(word)


def bad_card(card: Card) -> Objection | None:
    """The first objection to an answer that its list does not have."""
    known = {f.code: f.options for f in card_fields()}
    for name, text in card.items():
        if name == "born":
            problem = codes.bad_year(text)
        elif name == "call_word":
            problem = None
        else:
            problem = not_on_list("card", name, known) or not_on_list(name, text, known[name])
        if problem:
            return problem
    return None


def keep_identity(id: Id, client: Id, kind: str, text: str, at: Moment) -> Put:
    """A name or number in its own store, under a key of its own."""
    return add("people_identity", id, client_id=client, kind=kind, kept=at, sealed=Secret(id, {"text": text.strip()}))


def _identity(said: Registration) -> tuple[Put, ...]:
    if not said.health_number.strip():
        return ()
    id = derived_id(said.client, "health_number")
    return (keep_identity(id, said.client, "health_number", said.health_number, said.at),)


def _answers(said: Registration) -> tuple[Verdict, ...]:
    eligible = (
        eligibility.answer(said.client, derived_id(said.client, f"asked/{q}"), q, a, said.given_by, said.at)
        for q, a in said.eligibility.items()
    )
    consents = (
        consent.answer(said.client, derived_id(said.client, f"consent/{p}"), p, a, said.consent_version, said.at)
        for p, a in said.consents.items()
    )
    return (*eligible, *consents)


def _call_word(said: Registration) -> str:
    """What to call out: the person's word, or the alias they chose; never a card's or a constructed code."""
    return said.call_word.strip() or (said.code.strip() if _kind(said.kind) == "alias" else "")


def _kind(policy: str) -> str:
    return policy if policy in codes.KINDS else "alias"


def _code(said: Registration) -> str:
    return codes.constructed(said.letters, said.born, said.gender) if said.kind == "constructed" else said.code


def _no_registration(policy: str) -> Objection | None:
    if policy != "none":
        return None
    return Objection("no_registration", "This site registers nobody. Check the person in without a code.")
