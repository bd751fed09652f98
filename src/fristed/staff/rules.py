"""What is decided about posts, PINs and turns. Pure."""

from __future__ import annotations

from fristed.ground.act import (
    ADMINISTRATOR,
    ANALYST,
    AUDITOR,
    MANAGER,
    NURSE,
    RECEPTION,
    ROOM_WORKER,
    Objection,
    Role,
)
from fristed.ground.ids import Id
from fristed.ground.moments import HOUR, SECOND, Moment

POSTS: tuple[Role, ...] = (RECEPTION, ROOM_WORKER, NURSE, MANAGER, ANALYST, AUDITOR, ADMINISTRATOR)
ANY_POST: frozenset[Role] = frozenset(POSTS)
WHO_MANAGES: frozenset[Role] = frozenset({MANAGER, ADMINISTRATOR})  # posts and devices
KINDS = ("tablet", "wall", "call_screen")
PARTS = ("lead", "floor", "door", "recovery")
SIGN_IN_CHANGES = ("password", "pin", "second factor added", "recovery codes made", "second factor removed")

LONGEST_WAIT: Moment = HOUR


def wait_after(failures: int, allowed: int, first_seconds: int) -> Moment:
    """How long a PIN rests after so many failures in a row: nothing, then a wait that doubles up to an hour."""
    beyond = failures - allowed
    if beyond < 0:
        return 0
    return min(LONGEST_WAIT, (first_seconds * SECOND) << min(beyond, 20))


def idle_or_over(now: Moment, began: Moment, seen: Moment, idle: Moment, total: Moment) -> bool:
    """Whether a turn or a sign-in has ended by itself."""
    return now - seen >= idle or now - began >= total


def weak_pin(pin: str, digits: int) -> str:
    """The sentence on what is wrong with a PIN that someone chose, with a gap for {digits}; empty when nothing is."""
    sentence = ""
    if not (pin.isascii() and pin.isdigit()) or len(pin) < digits:
        sentence = "A PIN has at least {digits} digits, and digits only."
    elif {int(b) - int(a) for a, b in zip(pin, pin[1:], strict=False)} in ({0}, {1}, {-1}):
        sentence = "This PIN is too easy to guess: not one digit repeated, and not digits in a row."
    return sentence


def unknown(thing: str, known: bool) -> Objection | None:
    """Objects to something this site does not have."""
    sentence = "This site has no such {thing}."
    return None if known else Objection(f"unknown_{thing}", sentence, recordable=False, values={"thing": thing})


def not_one_of(what: str, value: str, accepted: tuple[str, ...]) -> Objection | None:
    """Objects to a word that is not on the list."""
    if value in accepted:
        return None
    values = {"value": value, "what": what, "accepted": ", ".join(accepted)}
    sentence = "'{value}' is not a {what}; accepted are {accepted}."
    return Objection(f"unknown_{what}", sentence, recordable=False, values=values)


def nameless(name: str) -> Objection | None:
    """Objects to a name that is empty, or longer than the column."""
    if 0 < len(name.strip()) <= 60:
        return None
    return Objection("name", "A name has 1 to 60 letters.", recordable=False)


def own_post(worker: str, tapper: str | None) -> Objection | None:
    """Nobody gives themselves another role, or ends their own post; late neither: it would be power, not a record."""
    if worker != tapper:
        return None
    sentence = "Nobody changes their own post. Ask another manager or administrator."
    return Objection("own_post", sentence, recordable=False)


def own_account(account: int | None, of_tapper: int | None) -> Objection | None:
    """Nobody decides about a post of their own sign-in: not one they are to have, not another that they hold."""
    if account is None or account != of_tapper:
        return None
    sentence = "This is your own sign-in. Ask another manager or administrator."
    return Objection("own_account", sentence, recordable=False)


def at_work(posts_held: int) -> Objection | None:
    """Whoever holds a post already, here or at another site, is offered another and takes it up themselves."""
    if not posts_held:
        return None
    sentence = "This person works already. Offer them the post; it begins when they take it up."
    return Objection("at_work", sentence, recordable=False)


def works_elsewhere(sites_of_posts: set[Id], here: Id) -> Objection | None:
    """A one-time sign-in opens every post of its account, so no site hands one out for somebody else's worker."""
    if sites_of_posts <= {here}:
        return None
    sentence = (
        "This person also works at another site, so no site alone can give them a new sign-in. "
        "The other site ends their post first, and offers it again afterwards."
    )
    return Objection("works_elsewhere", sentence, recordable=False)
