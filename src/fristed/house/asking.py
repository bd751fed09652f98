"""Asks for a site's first file, question by question. What is not asked stays MUST SET, to be decided by the site."""

from __future__ import annotations

import re
import unicodedata

import typer

from fristed.ground.site import WEEKDAYS, SiteFile, SiteFileError, parse_site_file

ROUTES = ("inject", "smoke", "snort", "swallow")


def ask_for_site() -> tuple[str, SiteFile]:
    """The text of a site file and the file, asked until it is right."""
    while True:
        text = _ask()
        try:
            return text, parse_site_file(text, "your answers")
        except SiteFileError as error:
            typer.echo(f"{error}\nOnce more, please.", err=True)


def _ask() -> str:
    name = typer.prompt("Name of the site")
    zone = typer.prompt("Time zone", default="Europe/London")
    counts = {route: typer.prompt(f"Places for: {route}", type=int, default=0) for route in ROUTES}
    days = typer.prompt("Open on (of mon tue wed thu fri sat sun)", default=" ".join(WEEKDAYS)).split()
    opens = typer.prompt("Opens at", default="09:00")
    closes = typer.prompt("Closes at (may be after midnight)", default="21:00")
    lines = [
        f'slug = "{slug_of(name)}"',
        f"name = {_quoted(name)}",
        f"zone = {_quoted(zone)}",
        f"place_count = {sum(counts.values())}",
        "[hours]",
        *(f"{day} = {{opens = {_quoted(opens)}, closes = {_quoted(closes)}}}" for day in days),
    ]
    numbered = [route for route in ROUTES for _ in range(counts[route])]
    for number, route in enumerate(numbered, start=1):
        lines += ["[[places]]", f"number = {number}", f'routes = ["{route}"]', f"x = {number - 1}"]
    return "\n".join(lines) + "\n"


def slug_of(name: str) -> str:
    """A short word for file names and addresses."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-0123456789")[:41] or "site"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
