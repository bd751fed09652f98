"""`fristed site`: a changed site file comes into force."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from fristed.ground.act import ADMINISTRATOR, Refusal
from fristed.ground.ids import Id, new_id
from fristed.ground.site import SiteFile, decode_site, encode_site, read_site_file
from fristed.house.configuration import ConfigurationError
from fristed.house.opening import only_writer, open_service

if TYPE_CHECKING:
    from fristed.ground.models import Site


def site(
    file: Annotated[Path, typer.Argument(help="The changed site file, such as a copy of the folder's site.toml.")],
    home: Annotated[Path, typer.Argument(help="The folder that 'fristed init' made.")] = Path(),
    json: Annotated[bool, typer.Option("--json", help="Print what differs as JSON.")] = False,
) -> None:
    """Puts a changed site file in force, lays out places that are new, and prints what differs.

    Whose file it is, its slug says; where the service has one site only, that one. The service must not be running.
    The earlier file stays in the journal. Ends with 0 when done, 2 when the file or a setting is wrong: then the
    earlier file stays in force.
    """
    wanted = read_site_file(file)
    service = open_service(home)
    with only_writer(service):
        kept = _kept(wanted.slug)
        _put_in_force(kept.id, wanted)
    changed = _differences(decode_site(kept.file), wanted)
    if file.resolve() != service.path("site.toml"):
        shutil.copyfile(file, service.path("site.toml"))
    if json:
        typer.echo(msgspec.json.encode({"site": kept.id, "differs": changed}).decode())
        return
    typer.echo("\n".join(changed) if changed else "Nothing in it differs.")
    typer.echo(f"{wanted.name}: this file is in force from the next start on.")


def _kept(slug: str) -> Site:
    from fristed.ground.models import Site

    sites = list(Site.objects.order_by("slug"))
    found = sites if len(sites) == 1 else [one for one in sites if one.slug == slug]
    if found:
        return found[0]
    known = ", ".join(one.slug for one in sites) or "none"
    raise ConfigurationError(f"slug is {slug!r}; the sites of this service are: {known}. Name one of them in the file.")


def _put_in_force(site: Id, file: SiteFile) -> None:
    from fristed.room.acts.places import lay_out
    from fristed.staff.acts import change_site_file
    from fristed.staff.who import Who

    who = Who(site, ADMINISTRATOR, signed_in=True)  # whoever holds the service key
    for outcome in (change_site_file(who.tap(new_id()), file=file), lay_out(who.tap(new_id()))):
        if isinstance(outcome, Refusal):
            raise ConfigurationError(outcome.sentence)


def _differences(was: SiteFile, now: SiteFile) -> list[str]:
    """Lines that went (-) and came (+), as the journal keeps them."""
    before, after = (msgspec.json.format(encode_site(one), indent=1).splitlines() for one in (was, now))
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
