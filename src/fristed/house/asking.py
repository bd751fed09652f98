"""Asks for a site's first file, question by question. A wrong answer is asked for again, the others stay.

What is not known yet stays MUST SET, to be decided by the site.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import get_args
from zoneinfo import available_timezones

import typer

from fristed.ground.site import WEEKDAYS, Identification, NaloxoneRoute, Route, SiteFile, parse_site_file
from fristed.house.typed import (
    ask,
    clock,
    host_or_empty,
    one_of,
    sentence_or_empty,
    several_of,
    text,
    text_or_empty,
    whole,
    whole_or_empty,
    word_of,
)

ROUTES: tuple[Route, ...] = get_args(Route)
_LANGUAGES = ("en", "da", "de")
_MOST = 200  # places
_ROWS = 41  # that a plan can have


def ask_for_site() -> tuple[str, SiteFile]:
    """The text of a site file, and the file."""
    lines = [*_name(), *_people()]
    counts = _places()
    narrowest = -(-sum(counts.values()) // _ROWS)
    beside = ask("Places side by side, as you see the room", max(4, narrowest), whole(narrowest, 40))
    lines += [
        f"place_count = {sum(counts.values())}",
        *_limits(counts),
        *_hours(),
        *_plan(counts, beside),
        *_naloxone(),
    ]
    written = "\n".join(lines) + "\n"
    return written, parse_site_file(written, "your answers")


def ask_for_host() -> str:
    """The name or address by which tablets reach the service; empty: only this machine does."""
    host = ask("Name or address of this machine for tablets (empty: this machine only)", "", host_or_empty)
    if not host:
        typer.echo("No certificate is made: only a browser on this machine will reach the service.")
    return str(host)


def _name() -> list[str]:
    name = ask("Name of the site", None, text(80))
    zone = ask("Time zone", "Europe/London", one_of(available_timezones(), "a time zone such as Europe/Copenhagen"))
    return [f'slug = "{slug_of(name)}"', f"name = {_quoted(name)}", f"zone = {_quoted(zone)}"]


def _people() -> list[str]:
    known = ask("People are known by (alias constructed card health_number none)", "alias", word_of(Identification))
    anyone = typer.confirm("May someone use a place without being known by any code?", default=True)
    languages = ask("Languages (of en da de)", "en", several_of(_LANGUAGES))
    typer.echo("House rules, one a line, as they are told at each visit; an empty line ends them.")
    rules = list(iter(lambda: ask("Rule", "", sentence_or_empty), ""))
    return [
        f"identification = {_quoted(known)}",
        f"visits_without_code = {str(anyone).lower()}",
        f"languages = {_list(languages)}",
        f"house_rules = {_list(rules)}",
    ]


def _places() -> dict[Route, int]:
    while True:
        counts = {route: ask(f"Places for: {route}", 0, whole(0, _MOST)) for route in ROUTES}
        if 1 <= sum(counts.values()) <= _MOST:
            return counts
        typer.echo(f"Error: a room has 1 to {_MOST} places in all; this makes {sum(counts.values())}.")


def _limits(counts: dict[Route, int]) -> list[str]:
    """Numbers that the site has decided, with who said so. Tables of one line: they stand before the others."""
    typer.echo("Limits: leave empty what nobody has decided yet; it then stays MUST SET.")
    staff = ask("Fewest staff on shift", "", whole_or_empty(1, 100))
    stays = {r: ask(f"Longest minutes at a place: {r}", "", whole_or_empty(1, 600)) for r in ROUTES if counts[r]}
    if staff == "" and not any(stays.values()):
        return []
    source = ask("Source of these limits, such as a licence or a minute", None, text(200))
    approver = ask("Who approved them", None, text(80))
    says = f"source = {_quoted(source)}, approver = {_quoted(approver)}"
    kept = [] if staff == "" else [f"limits.minimum_staff = {{value = {staff}, {says}}}"]
    return kept + [f'stay.{r} = {{value = {n}, unit = "min", {says}}}' for r, n in stays.items() if n != ""]


def _hours() -> list[str]:
    days = ask("Open on (of mon tue wed thu fri sat sun)", " ".join(WEEKDAYS), several_of(WEEKDAYS))
    opens = ask("Opens at", "09:00", clock)
    closes = ask("Closes at (may be after midnight)", "21:00", clock)
    return ["[hours]", *(f"{day} = {{opens = {_quoted(opens)}, closes = {_quoted(closes)}}}" for day in days)]


def _plan(counts: dict[Route, int], beside: int) -> list[str]:
    """Every place with its number, its route and where it stands: in rows, in the order of the routes."""
    found = []
    for at, route in enumerate(r for r in ROUTES for _ in range(counts[r])):
        spot = f"x = {at % beside}\ny = {at // beside}"
        found.append(f'[[places]]\nnumber = {at + 1}\nroutes = ["{route}"]\n{spot}')
    return found


def _naloxone() -> list[str]:
    """The products that the emergency page offers: what a button says and stamps."""
    typer.echo("Naloxone products in the house, for the emergency page, one after the other; an empty name ends them.")
    found = []
    for name in iter(lambda: ask("Name on the box", "", text_or_empty(80)), ""):
        route = ask("Its route (IM IN IV)", None, word_of(NaloxoneRoute))
        dose = ask("Micrograms in one dose (empty: not known)", "", whole_or_empty(1, 20_000))
        stamped = f"\nmicrograms = {dose}" if dose else ""
        found.append(f"[[naloxone]]\nname = {_quoted(name)}\nroute = {_quoted(route)}{stamped}")
    return found


def slug_of(name: str) -> str:
    """A short word for file names and addresses."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:41]
    return slug if len(slug) > 1 else "site"


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"


def _quoted(text: str) -> str:
    """A TOML string: without signs that cannot be typed in one."""
    plain = "".join(sign for sign in text if sign.isprintable())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
