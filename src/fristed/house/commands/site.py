"""`fristed site`: a changed site file comes into force."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from fristed.ground.act import ADMINISTRATOR, Refusal
from fristed.ground.ids import Id, new_id
from fristed.ground.site import SiteFile, decode_site, read_site_file
from fristed.ground.site_faults import unquoted
from fristed.house.configuration import ConfigurationError, Service
from fristed.house.opening import only_writer, open_service

if TYPE_CHECKING:
    from fristed.ground.models import Site


def site(
    file: Annotated[Path, typer.Argument(help="The site file, such as a changed copy of the one it was made with.")],
    home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path(),
    new: Annotated[bool, typer.Option("--new", help="Open one more site in this service.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Puts a changed site file in force, lays out places that are new, and prints what differs.

    Whose file it is, its slug says; where the service has one site only, that one. The earlier stays in the journal.
    With --new it opens one more site, and prints the one-time sign-in of its first administrator. The service must not
    be running. Ends with 0 when done, 2 when the file or a setting is wrong: then nothing has changed.
    """
    wanted = read_site_file(file)
    service = open_service(home)
    with only_writer(service):
        said = _open(wanted, service) if new else _change(wanted)
    if json:
        typer.echo(msgspec.json.encode(said).decode())
        return
    for line in said["differs"] or ["Nothing in it differs."] if "differs" in said else [said["sign_in"]]:
        typer.echo(line)
    typer.echo(f"{wanted.name}: this file is in force from the next start on.")


def _open(file: SiteFile, service: Service) -> dict[str, Any]:
    from fristed.house.founding import FIRST, open_site

    if file.slug in _slugs():
        raise ConfigurationError(f"slug is {file.slug!r}, which a site of this service has already. Choose another.")
    user = f"{FIRST}-{file.slug}"
    return {"site": file.slug, "administrator": user, "sign_in": service.origin() + open_site(file, user)}


def _change(file: SiteFile) -> dict[str, Any]:
    kept = _kept(file.slug)
    _put_in_force(kept.id, file)
    return {"site": file.slug, "differs": _differences(decode_site(kept.file), file)}


def _slugs() -> list[str]:
    from fristed.ground.models import Site

    return list(Site.objects.order_by("slug").values_list("slug", flat=True))


def _kept(slug: str) -> Site:
    from fristed.ground.models import Site

    sites = list(Site.objects.order_by("slug"))
    found = sites if len(sites) == 1 else [one for one in sites if one.slug == slug]
    if found:
        return found[0]
    raise ConfigurationError(
        f"slug is {slug!r}; the sites of this service are: {', '.join(_slugs())}. Name one of them in the file, or "
        "open one more with --new."
    )


def _put_in_force(site: Id, file: SiteFile) -> None:
    from fristed.room.acts.places import lay_out
    from fristed.staff.acts import change_site_file
    from fristed.staff.who import Who

    who = Who(site, ADMINISTRATOR, signed_in=True)  # whoever holds the service key
    for outcome in (change_site_file(who.tap(new_id()), file=file), lay_out(who.tap(new_id()))):
        if isinstance(outcome, Refusal):
            raise ConfigurationError(outcome.sentence)


def _differences(was: SiteFile, now: SiteFile) -> list[str]:
    """Lines that went (-) and came (+), each with its key."""
    before, after = (dict(_said(msgspec.to_builtins(one))) for one in (was, now))
    return [
        f"{sign} {key}: {unquoted(side[key])}"
        for key in sorted(before.keys() | after.keys())
        for sign, side, other in (("-", before, after), ("+", after, before))
        if key in side and (key not in other or side[key] != other[key])
    ]


def _said(part: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a file with its key; a place is named by its number."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from _said(value, f"{at}.{key}" if at else key)
    elif isinstance(part, list | tuple) and part and isinstance(part[0], dict):
        for index, one in enumerate(part):
            yield from _said(one, f"{at}[{one.get('number', index)}]")
    else:
        yield at, part
