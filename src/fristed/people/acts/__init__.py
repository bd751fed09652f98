"""What people do about a person's record. Each act's `thing` is the person it is about."""

from fristed.people.acts.alerts import end_alert, start_alert
from fristed.people.acts.answers import answer_consent, answer_eligibility, withdraw_consent
from fristed.people.acts.codes import add_code, retire_code
from fristed.people.acts.exclusions import appeal_exclusion, end_exclusion, exclude
from fristed.people.acts.persons import keep_identity, look, merge, open_identity, unmerge
from fristed.people.acts.registration import change_call_word, change_card, register

__all__ = [
    "add_code",
    "answer_consent",
    "answer_eligibility",
    "appeal_exclusion",
    "change_call_word",
    "change_card",
    "end_alert",
    "end_exclusion",
    "exclude",
    "keep_identity",
    "look",
    "merge",
    "open_identity",
    "register",
    "retire_code",
    "start_alert",
    "unmerge",
    "withdraw_consent",
]
