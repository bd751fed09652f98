"""`fristed init`: makes a service."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from getpass import getpass
from ipaddress import ip_address
from pathlib import Path
from sys import stdin
from typing import Annotated, Literal

import msgspec
import typer

from fristed.ground.site import SiteFile, read_site_file
from fristed.house import certificates, service_key
from fristed.house.asking import ask_for_host, ask_for_site
from fristed.house.authority_words import show_authority
from fristed.house.configuration import ConfigurationError, Service
from fristed.house.founding import Founded, found, refuse_used
from fristed.house.typed import ask, host_or_empty, word_of

KeyKind = Literal["passphrase", "file"]


def init(
    home: Annotated[Path, typer.Argument(help="A new or empty folder for the service.")],
    site: Annotated[Path | None, typer.Option(help="The site file. Without it, you are asked.")] = None,
    database: Annotated[str, typer.Option(help="postgresql://...; empty: one encrypted file.")] = "",
    owner: Annotated[str, typer.Option(help="On PostgreSQL: the address of the role that shall own the tables.")] = "",
    key: Annotated[KeyKind | None, typer.Option(help="Where the service key comes from at each start.")] = None,
    key_file: Annotated[Path | None, typer.Option(help="The key file, on something you carry away.")] = None,
    host: Annotated[
        str,
        typer.Option(help="The name tablets reach it by; a certificate is made for it.", callback=host_or_empty),
    ] = "",
    address: Annotated[
        str, typer.Option(help="Where it listens; usual: everywhere with a host, else this machine only.")
    ] = "",
    port: Annotated[int, typer.Option(min=1, max=65533)] = 8700,
    demonstration: Annotated[bool, typer.Option(help="Invented people only; the key may lie anywhere.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Makes a service: folder, key, certificates, database, site, and the first administrator's one-time sign-in.

    Asks for what options leave open: the site (--site), how tablets reach it (--host or --address), the key (--key).
    Leaves nothing behind when it cannot be finished. Ends with 0 when made, 2 when an answer or setting is wrong.
    """
    refuse_used(home)
    text, file = _site(site) if site else ask_for_site()
    with nullcontext() if site else _kept(text):
        host = host or ("" if address else ask_for_host())
        plan = Service(
            database=database,
            address=address or _listening(host),
            host=host,
            port=port,
            demonstration=demonstration,
            certificate=certificates.HOST if host else "",
            certificate_key=certificates.HOST_KEY if host else "",
            home=str(home.absolute()),
        )
        plan, made = _with_key(plan, key or _ask_kind(), key_file)
        founded = _found(plan, made, file, text, owner)
    if as_json:
        typer.echo(msgspec.json.encode(founded).decode())
    else:
        _tell(home, plan, file, founded)


@contextmanager
def _kept(answers: str) -> Iterator[None]:
    """Gives back what was typed of the site when the rest cannot be done: half an hour's answers are not lost."""
    try:
        yield
    except (ConfigurationError, typer.Abort):
        typer.echo(f"\nNothing was made. What you answered; kept in a file, --site takes it:\n\n{answers}", err=True)
        raise


def _found(plan: Service, key: bytes, site: SiteFile, text: str, owner: str) -> Founded:
    try:
        return found(Path(plan.home), plan, key, site, text, owner)
    except BaseException:
        if plan.key_file:
            Path(plan.key_file).unlink()
        raise


def _site(path: Path) -> tuple[str, SiteFile]:
    file = read_site_file(path)
    return path.read_text(encoding="utf-8"), file


def _listening(host: str) -> str:
    """Where a service must listen to be reached by this name or address."""
    if host in ("", "localhost"):
        return "127.0.0.1"
    try:
        return str(ip_address(host))
    except ValueError:
        return "0.0.0.0"  # a name says nothing of the network that tablets come from


def _with_key(plan: Service, kind: KeyKind, key_file: Path | None) -> tuple[Service, bytes]:
    if kind == "passphrase":
        salt = secrets.token_bytes(16)
        key = service_key.from_passphrase(_ask_passphrase(), salt)
        plan = msgspec.structs.replace(plan, key_source="passphrase", key_salt=salt.hex())
    else:
        path = (key_file or Path(typer.prompt("Path of the key file"))).absolute()
        if not plan.demonstration:
            service_key.refuse_same_disk(path, Path(plan.home))
        key = service_key.new_key()
        service_key.write_key_file(path, key)
        plan = msgspec.structs.replace(plan, key_source="file", key_file=str(path))
    return msgspec.structs.replace(plan, key_check=service_key.check_value(key)), key


def _ask_kind() -> KeyKind:
    typer.echo("The key opens everything and is asked for at each start; without it nothing can be read, by anyone.")
    question = "Type a passphrase each time, or read a key file? (passphrase file)"
    kind: KeyKind = ask(question, "passphrase", word_of(KeyKind))
    return kind


def _ask_passphrase() -> str:
    typed = getpass if stdin.isatty() else lambda _: stdin.readline().rstrip("\n")
    first, again = typed("Passphrase: "), typed("Once more: ")
    if first != again:
        raise ConfigurationError("The two passphrases differ. Nothing was made.")
    if len(first) < service_key.SHORTEST_PASSPHRASE:
        raise ConfigurationError(f"The passphrase is too short; {service_key.SHORTEST_PASSPHRASE} letters are needed.")
    return first


def _tell(home: Path, plan: Service, file: SiteFile, founded: Founded) -> None:
    typer.echo(f"\n{file.name} is founded in {home}.")
    typer.echo(f"Start it with:  fristed serve {home}")
    typer.echo("Keep the key in two safe places; without it nothing can be read, by anyone.")
    typer.echo(f"First administrator, once, within three days:\n  {founded.sign_in}")
    if not plan.host:
        typer.echo("Only this machine reaches it; for tablets, make one with --host.")
    else:
        show_authority(msgspec.structs.replace(plan, home=str(home)))
