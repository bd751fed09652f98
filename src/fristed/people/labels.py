"""Words for the codes that are kept about people, as screens show them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from fristed.people.card import card_fields

Words = dict[str, Promise]

ALERTS: Words = {
    "allergy": _("Allergy"),
    "seizure": _("Seizures"),
    "overdose_here": _("Overdose here before"),
    "helper": _("Comes with a helper"),
    "other": _("Please note"),
}
EXCLUSIONS: Words = {
    "dealing": _("dealing"),
    "violence": _("violence"),
    "threat": _("threats"),
    "theft": _("theft"),
    "house_rules": _("house rules"),
    "other": _("another reason"),
}
UNITS: Words = {"hours": _("hours"), "days": _("days")}
PURPOSES: Words = {
    "service": _("To be registered here"),
    "evaluation": _("Evaluation and research"),
    "referral": _("To be referred to other services"),
    "contact": _("To be contacted"),
}
CONSENTS: Words = {"given": _("agreed"), "declined": _("declined")}
QUESTIONS: Words = {
    "adult": _("Is of age"),
    "experienced": _("Has used this way before"),
    "dependent": _("Uses regularly"),
    "pregnant": _("Is pregnant"),
    "with_child": _("Has a child with them"),
}
ANSWERS: Words = {"yes": _("yes"), "no": _("no"), "not_asked": _("not asked")}
GIVEN_BY: Words = {
    "client": _("the person said so"),
    "worker": _("a worker judged so"),
    "other": _("someone else said so"),
}
KINDS: Words = {"alias": _("alias"), "constructed": _("constructed code"), "card": _("card")}
IDENTITIES: Words = {"name": _("name"), "health_number": _("health number")}
LOOKS: Words = {
    "page": _("the page"),
    "record": _("the whole record"),
    "emergency": _("an emergency and what was known for it"),
    "identity": _("the sealed identity"),
}

LISTS: dict[str, Words] = {
    "alert": ALERTS,
    "exclusion": EXCLUSIONS,
    "purpose": PURPOSES,
    "consent": CONSENTS,
    "question": QUESTIONS,
    "answer": ANSWERS,
    "given_by": GIVEN_BY,
    "code_kind": KINDS,
    "identity": IDENTITIES,
    "look": LOOKS,
}


def card_words() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The card's questions in the reader's language: code, question, answers."""
    return [
        (f.code, translated(f.name), [(code, translated(name)) for code, name in f.options.items()])
        for f in card_fields()
    ]


GROUNDS: Words = {"asked": _("They asked for it"), "time_over": _("The time for which records are kept is over")}
