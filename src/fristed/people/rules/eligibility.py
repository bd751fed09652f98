"""The few questions on which a site may admit. Nothing about treatment, agreements or referrals can be one of them."""

from __future__ import annotations

from typing import get_args

from fristed.ground.act import Verdict, add
from fristed.ground.ids import Id
from fristed.ground.moments import Moment
from fristed.ground.site import EligibilityQuestion
from fristed.people.rules.words import not_on_list

QUESTIONS: tuple[str, ...] = get_args(EligibilityQuestion)
ANSWERS = ("yes", "no", "not_asked")
GIVEN_BY = ("client", "worker", "other")


def answer(client: Id, id: Id, question: str, said: str, given_by: str, at: Moment) -> Verdict:
    """One answer, and who gave it: the person, a worker who judged it, someone else. The newest counts."""
    row = add("people_eligibility", id, client_id=client, question=question, answer=said, given_by=given_by, asked=at)
    return Verdict(client, (row,), subject=client).but(
        not_on_list("question", question, QUESTIONS),
        not_on_list("answer", said, ANSWERS),
        not_on_list("given_by", given_by, GIVEN_BY),
    )
