"""Codes that find a person. An alias is enough; one code may belong to two people, one person may have several."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from fristed.ground.act import Objection, Secret, Verdict, add, amend
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.notes import WORD, fits
from fristed.people.rules.words import empty, not_on_list, unprintable

KINDS = ("alias", "constructed", "card")

# Ontario harm-reduction data set: exactly 4 letters, 4-digit year of birth, gender
GENDER_LETTERS = {"female": "F", "male": "M", "trans_female": "TF", "trans_male": "TM", "other": "O"}


@dataclass(frozen=True, slots=True)
class CodeNow:
    """A code at this moment."""

    id: Id
    client: Id
    retired: Moment | None


def normal(code: str) -> str:
    """How codes are compared: without case, accents, spaces and dashes, so that typing and scanning agree."""
    plain = unicodedata.normalize("NFKD", code.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def constructed(letters: str, born: str, gender: str) -> str:
    """The constructed code; the same parts give the same code, so two people may share one."""
    return f"{letters.strip().upper()}{born.strip()}{GENDER_LETTERS.get(gender, '')}"


def bad_parts(letters: str, born: str, gender: str) -> Objection | None:
    """Objects to parts of which no code can be made."""
    letters, born = letters.strip(), born.strip()
    if len(letters) != 4 or not letters.isalpha():
        return Objection("code_letters", "The code begins with exactly four letters.", recordable=False)
    return bad_year(born) or not_on_list("gender", gender, GENDER_LETTERS)


def bad_year(born: str) -> Objection | None:
    """Objects to what is no year of birth."""
    if born.isascii() and born.isdigit() and 1900 <= int(born) <= 2100:
        return None
    return Objection("year_of_birth", "A year of birth has four digits, such as 1985.", recordable=False)


def bad_code(code: str) -> Objection | None:
    """Objects to a code that could not be found again."""
    unfit = empty(
        normal(code),
        Objection("text_empty", "Type the code this person wants to be found by: at least one letter or digit."),
    )
    return unfit or fits(code, WORD) or unprintable(code)


def add_code(site: Id, client: Id, id: Id, kind: str, code: str) -> Verdict:
    """A person is found by one more code."""
    row = add(
        "people_code", id, site_id=site, client_id=client, kind=kind, sealed=Secret(client, {"code": code.strip()})
    )
    return Verdict(client, (row,), subject=client).but(not_on_list("kind", kind, KINDS), bad_code(code))


def retire_code(code: CodeNow, at: Moment) -> Verdict:
    """A code finds nobody any more: a lost card, an alias given up."""
    verdict = Verdict(code.client, (amend("people_code", code.id, retired=at),), subject=code.client)
    if code.retired is None:
        return verdict
    return verdict.but(Objection("code_retired", "This code was already retired."))
