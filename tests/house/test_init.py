"""`fristed init` makes a whole service or nothing, and says in a sentence what is wrong with an answer."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import pytest
from cryptography import x509
from django.db import connections

from fristed.ground.moments import MINUTE
from fristed.ground.site import Hours, read_site_file
from fristed.house import certificates, service_key
from fristed.house.configuration import databases as configured
from fristed.house.configuration import read_service
from fristed.house.disks import disks_of
from fristed.room.models import Place
from tests.support import databases
from tests.support.cast import SITE_FILE
from tests.support.service import COMMAND, free_port

PASSPHRASE = "four invented words here"  # noqa: S105  # of an invented service
TWICE = f"{PASSPHRASE}\n{PASSPHRASE}\n"
HERE = ("--address", "127.0.0.1")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "site.toml"
    path.write_text(SITE_FILE)
    return path


@pytest.fixture
def carried(tmp_path: Path) -> Iterator[Path]:
    """A folder on another disk than the tests' own: memory, or a disk where the tests are in memory."""
    elsewhere = next(p for p in ("/dev/shm", "/var/tmp") if not disks_of(Path(p)) & disks_of(tmp_path))
    with tempfile.TemporaryDirectory(dir=elsewhere) as folder:
        yield Path(folder)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database(request: pytest.FixtureRequest) -> Iterator[tuple[str, ...]]:
    """The options that name an empty database: none for the encrypted file."""
    if request.param == "sqlite":
        yield ()
        return
    with databases.empty_with_roles() as (serving, owner):
        yield "--database", serving, "--owner", owner


def fristed(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], input=said, capture_output=True, text=True, timeout=120)


def refused(*arguments: str, said: str = "") -> str:
    run = fristed(*arguments, said=said)
    assert run.returncode == 2, run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    return run.stderr


def serve(home: Path, url: str, said: str = "", verify: Any = True, *options: str) -> subprocess.Popen[str]:
    """Starts a made service and waits for its first page."""
    given = {name: value for name, value in os.environ.items() if name != "FRISTED_KEY"}
    process = subprocess.Popen([*COMMAND, "serve", str(home), *options], env=given, stdin=subprocess.PIPE, text=True)
    assert process.stdin
    process.stdin.write(said)
    process.stdin.close()
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{url}/sign-in/", verify=verify)
            return process
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"the service did not come up: {process.poll()}")


def test_a_service_is_made_and_its_first_administrator_signs_in_once(
    site: Path, tmp_path: Path, empty_database: tuple[str, ...]
) -> None:
    home, port = tmp_path / "service", str(free_port())
    run = fristed(
        "init", str(home), "--site", str(site), *HERE, "--key", "passphrase", *empty_database, "--port", port, "--json",
        said=TWICE,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    key = service_key.from_passphrase(PASSPHRASE, bytes.fromhex(read_service(home).key_salt))
    databases.use(configured(read_service(home), key)["default"])
    assert list(Place.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3], (
        "laid out from the start"
    )
    connections["default"].close()
    options = ("--volume-encrypted",) if empty_database else ()
    process = serve(home, told["url"], f"{PASSPHRASE}\n", True, *options)
    try:
        with httpx.Client(follow_redirects=True) as http:
            page = http.get(told["sign_in"])
            assert "Welcome. Your user name is administrator." in page.text
            token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
            chosen = {"password": "an invented sentence", "password_again": "an invented sentence"}
            assert http.post(told["sign_in"], data=chosen | {"csrfmiddlewaretoken": token}).status_code == 200
            assert http.get(told["sign_in"]).status_code == 404
        for part in psutil.Process(process.pid).children(recursive=True):
            assert "FRISTED_KEY" not in part.environ()
            assert PASSPHRASE not in " ".join(part.cmdline())
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_on_postgres_the_start_asks_whether_the_disk_is_encrypted_and_keeps_the_answer(
    site: Path, tmp_path: Path
) -> None:
    home, port = tmp_path / "service", str(free_port())
    made = ("init", str(home), "--site", str(site), *HERE, "--key", "passphrase", "--port", port)
    with databases.empty_with_roles() as (serving, owner):
        assert fristed(*made, "--database", serving, "--owner", owner, said=TWICE).returncode == 0
        said = f"{PASSPHRASE}\n"
        assert "Is the disk under it encrypted?" in refused("serve", str(home), said=said)
        assert "a seized machine would speak" in refused("serve", str(home), "--no-volume-encrypted", said=said)
        assert "a seized machine would speak" in refused("serve", str(home), said=said)
        for options in (("--volume-encrypted",), ()):
            process = serve(home, f"http://127.0.0.1:{port}", said, True, *options)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0


def test_on_postgres_the_role_that_serves_cannot_change_the_journal_nor_make_or_drop_anything(
    site: Path, tmp_path: Path
) -> None:
    home = tmp_path / "service"
    made = ("init", str(home), "--site", str(site), *HERE, "--key", "passphrase")
    with databases.empty_with_roles() as (serving, owner):
        assert fristed(*made, "--database", serving, "--owner", owner, said=TWICE).returncode == 0
        assert owner not in (home / "fristed.toml").read_text()
        with psycopg.connect(serving, autocommit=True) as role:
            for deed in FORBIDDEN:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    role.execute(deed)
            assert role.execute("SELECT count(*) FROM journal_entry").fetchone() == (3,), (
                "the site, its places, its administrator"
            )
        assert fristed("verify", str(home), said=f"{PASSPHRASE}\n").returncode == 0


FORBIDDEN = [
    *(f"{deed} {table}" for table in ("journal_entry", "ground_destroyedkey") for deed in ("DELETE FROM", "TRUNCATE")),
    "UPDATE journal_entry SET text = ''",
    "UPDATE ground_destroyedkey SET why = ''",
    "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER journal_entry_no_update ON journal_entry",
    "CREATE OR REPLACE FUNCTION fristed_only_grows() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
    "DROP TABLE journal_entry",
    "ALTER TABLE journal_entry ADD COLUMN more text",
    "CREATE TABLE something (id integer)",
    "CREATE INDEX ON journal_entry (hash)",
    "SET session_replication_role = replica",
    "DELETE FROM room_visit",
    "UPDATE ground_subjectkey SET wrapped = ''",
]


def test_on_postgres_one_role_for_everything_makes_nothing_and_serves_nothing(site: Path, tmp_path: Path) -> None:
    home, said = tmp_path / "service", f"{PASSPHRASE}\n"
    made = ("init", str(home), "--site", str(site), *HERE, "--key", "passphrase")
    with databases.empty_with_roles() as (serving, owner):
        assert "the tables belong to a role apart" in refused(*made, "--database", owner, said=TWICE)
        assert "The owner must be another" in refused(*made, "--database", owner, "--owner", owner, said=TWICE)
        assert "has no roles" in refused(*made, "--owner", owner, said=TWICE)
        assert not home.exists()
        assert fristed(*made, "--database", serving, "--owner", owner, said=TWICE).returncode == 0
        settings = home / "fristed.toml"
        right = settings.read_text()
        settings.write_text(right.replace(serving, owner))
        assert "it owns journal_entry" in refused("serve", str(home), "--volume-encrypted", said=said)
        settings.write_text(right)
        with psycopg.connect(owner, autocommit=True) as role:
            role.execute(f'GRANT DELETE ON journal_entry TO "{serving.split("user=")[1]}"')
        assert "DELETE on journal_entry" in refused("serve", str(home), "--volume-encrypted", said=said)
        assert "belong to a role apart" in refused("upgrade", str(home), said=said)
        assert fristed("upgrade", str(home), "--owner", owner, said=said).returncode == 0
        process = serve(home, read_service(home).origin(), said, True, "--volume-encrypted")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_a_wrong_passphrase_opens_nothing(site: Path, tmp_path: Path) -> None:
    home = tmp_path / "service"
    assert fristed("init", str(home), "--site", str(site), *HERE, "--key", "passphrase", said=TWICE).returncode == 0
    assert "This is not the key of this service" in refused("serve", str(home), said="another passphrase\n")


def test_a_key_file_on_the_same_disk_is_refused_and_nothing_is_left(site: Path, tmp_path: Path) -> None:
    home, key = tmp_path / "service", tmp_path / "key"
    said = refused("init", str(home), "--site", str(site), *HERE, "--key", "file", "--key-file", str(key))
    assert "on the same disk as" in said
    assert "as Linux names them" in said
    assert not home.exists()
    assert not key.exists()


def test_a_carried_key_file_starts_the_service_and_its_absence_is_told(
    site: Path, tmp_path: Path, carried: Path
) -> None:
    home, key, port = tmp_path / "service", carried / "key", str(free_port())
    assert not disks_of(tmp_path) & disks_of(carried)
    made = ("init", str(home), "--site", str(site), *HERE, "--key", "file", "--key-file", str(key), "--port", port)
    assert fristed(*made).returncode == 0
    assert key.stat().st_mode & 0o077 == 0
    process = serve(home, f"http://127.0.0.1:{port}")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    key.unlink()
    assert "Put its medium in and try again" in refused("serve", str(home))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('zone = "Europe/London"', 'zone = "London"'), "zone: 'London' is not a time zone"),
        (("place_count = 3", "place_count = 40"), "place_count is 40 but 3 places are listed"),
        (("number = 2", "number = 1"), "number 1 is given to more than one place"),
        (('routes = ["smoke"]', 'routes = ["sniff"]'), "places[2].routes[0]"),
        (('mon = {opens = "09:00"', 'mon = {opens = "9 am"'), "hours"),
    ],
)
def test_a_bad_site_file_is_told_by_key_and_value_and_nothing_is_made(
    site: Path, tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    site.write_text(SITE_FILE.replace(*change))
    home = tmp_path / "service"
    assert sentence in refused("init", str(home), "--site", str(site), *HERE, "--key", "passphrase", said=TWICE)
    assert not home.exists()


def test_a_database_that_cannot_be_opened_leaves_nothing_behind(site: Path, tmp_path: Path, carried: Path) -> None:
    home = tmp_path / "service"
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    where = ("--database", nowhere, "--owner", nowhere.replace("nobody", "somebody"))
    options = ("--key", "file", "--key-file", str(carried / "key"), *where)
    assert "database: cannot be opened" in refused("init", str(home), "--site", str(site), *HERE, *options)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site.toml"]
    assert list(carried.iterdir()) == []


def test_a_folder_in_use_is_not_touched(site: Path, tmp_path: Path) -> None:
    said = refused("init", str(tmp_path), "--site", str(site), *HERE, "--key", "passphrase", said=TWICE)
    assert "there is something here already" in said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [(f"{PASSPHRASE}\nsomething else entirely\n", "The two passphrases differ"), ("short\nshort\n", "too short")],
)
def test_a_weak_or_mistyped_passphrase_makes_nothing(site: Path, tmp_path: Path, typed: str, sentence: str) -> None:
    home = tmp_path / "service"
    assert sentence in refused("init", str(home), "--site", str(site), *HERE, "--key", "passphrase", said=typed)
    assert not home.exists()


ROOM = [
    "The Query (invented)",
    *("Copenhagen", "Europe/Copenhagen"),
    *("name", "card"),
    "n",
    *("da xx", "da en"),
    *("Bring only what you use here.", "5", 'Say "no".', ""),
    *("0", "0", "0", "0"),
    *("2", "many", "1", "0", "0"),
    "2",
    *("two", "2"),
    *("30", ""),
    *("A licence (invented)", "The board (invented)"),
    *("mon xyz", "mon tue"),
    *("25:00", "20:00"),
    "03:00",
    *("Naloxone A (invented)", "oral", "IM", "400", "Naloxone B (invented)", "IN", "", ""),
]


def test_the_answers_to_questions_make_a_site_and_only_a_wrong_one_is_asked_for_again(tmp_path: Path) -> None:
    home = tmp_path / "service"
    answers = [*ROOM, *("my room", "192.168.1.999", "room.lan"), "passphrase"]
    run = fristed("init", str(home), said="\n".join(answers) + f"\n{TWICE}")
    assert run.returncode == 0, run.stderr
    for wrong in ("Copenhagen", "name", "xx", "5", "many", "two", "xyz", "25:00", "oral", "my room", "192.168.1.999"):
        assert f"Error: {wrong!r} is" in run.stderr + run.stdout, wrong
    assert "a room has 1 to 200 places in all; this makes 0" in run.stdout
    file = read_site_file(home / "site.toml")
    assert (file.slug, file.identification, file.visits_without_code) == ("the-query-invented", "card", False)
    assert (file.languages, file.house_rules) == (("da", "en"), ("Bring only what you use here.", 'Say "no".'))
    assert [(p.number, p.routes[0], p.x, p.y) for p in file.places] == [
        (1, "inject", 0, 0),
        (2, "inject", 1, 0),
        (3, "smoke", 0, 1),
    ]
    assert (file.limit("minimum_staff").count(), file.stay_limit("inject").span()) == (2, 30 * MINUTE)
    assert not file.stay_limit("smoke").is_set, "what nobody has decided stays MUST SET"
    assert file.hours == {day: Hours("20:00", "03:00") for day in ("mon", "tue")}
    assert [(p.route, p.micrograms) for p in file.naloxone] == [("IM", 400), ("IN", None)]
    service = read_service(home)
    assert (service.key_source, service.origin(), service.address) == ("passphrase", "https://room.lan:8700", "0.0.0.0")
    assert certificates.fingerprint(home / certificates.AUTHORITY) in run.stdout


@pytest.mark.parametrize(
    ("rest", "sentence"),
    [
        (["paper", "passphrase", PASSPHRASE, "something else entirely"], "The two passphrases differ"),
        (["file"], "A question was left without an answer"),
    ],
)
def test_what_was_answered_is_given_back_when_the_service_cannot_be_made(
    tmp_path: Path, rest: list[str], sentence: str
) -> None:
    home, kept = tmp_path / "service", tmp_path / "kept.toml"
    said = refused("init", str(home), said="\n".join([*ROOM, "", *rest]) + "\n")
    assert sentence in said
    kept.write_text(said[said.index("slug = ") : said.index(sentence)])
    assert read_site_file(kept).house_rules == ("Bring only what you use here.", 'Say "no".')
    assert not home.exists()


def test_a_folder_in_use_is_told_before_the_first_question(tmp_path: Path) -> None:
    (tmp_path / "something").touch()
    assert "there is something here already" in refused("init", str(tmp_path))


def test_without_a_name_for_tablets_only_this_machine_is_served_and_that_is_said(tmp_path: Path) -> None:
    home = tmp_path / "service"
    run = fristed("init", str(home), said="\n".join([*ROOM, "", "passphrase"]) + f"\n{TWICE}")
    assert run.returncode == 0, run.stderr
    assert "No certificate is made: only a browser on this machine" in run.stdout
    service = read_service(home)
    assert (service.host, service.address, service.tls) == ("", "127.0.0.1", False)
    assert not (home / certificates.FOLDER).exists()


def test_an_address_for_tablets_gets_a_certificate_and_is_where_the_service_listens(site: Path, tmp_path: Path) -> None:
    home = tmp_path / "service"
    made = ("init", str(home), "--site", str(site), "--key", "passphrase", "--host")
    said = refused(*made, "https://room.lan", said=TWICE).replace("│", "")
    assert "is not a name such as room.lan" in " ".join(said.split())
    assert not home.exists()
    assert fristed(*made, "192.168.1.20", said=TWICE).returncode == 0
    assert (read_service(home).address, read_service(home).origin()) == ("192.168.1.20", "https://192.168.1.20:8700")


def test_a_question_that_nobody_answers_is_told_in_a_sentence_and_makes_nothing(site: Path, tmp_path: Path) -> None:
    home = tmp_path / "service"
    for known in ((), ("--site", str(site)), ("--site", str(site), *HERE)):
        said = refused("init", str(home), *known)
        assert "A question was left without an answer" in said
        assert "Aborted" not in said
    assert not home.exists()


def test_what_init_and_restore_make_is_its_owners_alone(site: Path, tmp_path: Path) -> None:
    old, new, copy = tmp_path / "old", tmp_path / "new", tmp_path / "copy"
    new.mkdir(mode=0o755)
    made = ("init", str(old), "--site", str(site), "--key", "passphrase", "--host", "room.lan")
    assert fristed(*made, said=TWICE).returncode == 0
    assert fristed("backup", str(copy), str(old), said=f"{PASSPHRASE}\n").returncode == 0
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy", "copy.certificates", "copy.toml"]
    restored = fristed("restore", str(copy), str(new), "--nobody-erased", said=f"{PASSPHRASE}\n")
    assert restored.returncode == 0, restored.stderr
    for path in (*old.rglob("*"), *new.rglob("*"), old, new, copy):
        assert path.stat().st_mode & 0o077 == 0, path


def test_tablets_trust_the_host_name_through_the_sites_own_authority(site: Path, tmp_path: Path, carried: Path) -> None:
    home, port = tmp_path / "service", str(free_port())
    made = ("init", str(home), "--site", str(site), "--key", "file", "--key-file", str(carried / "key"))
    run = fristed(*made, "--host", "localhost", "--address", "127.0.0.1", "--port", port)
    assert run.returncode == 0, run.stderr
    authority = home / certificates.AUTHORITY
    assert certificates.fingerprint(authority) in run.stdout
    trusting = ssl.create_default_context(cafile=str(authority))
    process = serve(home, f"https://localhost:{port}", "", trusting)
    try:
        page = httpx.get(f"https://localhost:{port}/authority/", verify=trusting)
        assert certificates.fingerprint(authority) in page.text
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        given = httpx.get(f"https://localhost:{port}/authority/certificate/", verify=trusting)
        assert given.content == authority.read_bytes()
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"https://localhost:{port}/authority/")
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_a_service_restored_on_a_new_machine_has_the_certificates_that_its_tablets_know(
    site: Path, tmp_path: Path, carried: Path
) -> None:
    old, new, copy, port = tmp_path / "old", tmp_path / "new", tmp_path / "copy", str(free_port())
    made = ("init", str(old), "--site", str(site), "--key", "file", "--key-file", str(carried / "key"))
    assert fristed(*made, "--host", "localhost", "--address", "127.0.0.1", "--port", port).returncode == 0
    assert fristed("backup", str(copy), str(old)).returncode == 0
    assert fristed("restore", str(copy), str(new), "--nobody-erased").returncode == 0
    assert fristed("verify", str(new)).returncode == 0
    trusting = ssl.create_default_context(cafile=str(old / certificates.AUTHORITY))
    process = serve(new, f"https://localhost:{port}", "", trusting)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    (new / certificates.HOST).unlink()
    assert "there is no such file" in refused("serve", str(new))


def test_the_authority_may_sign_for_its_host_only_and_its_keys_are_locked(tmp_path: Path) -> None:
    certificates.make_all(tmp_path, "room.lan", b"k" * 32)
    authority = x509.load_pem_x509_certificate((tmp_path / certificates.AUTHORITY).read_bytes())
    narrow = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert narrow.critical
    assert narrow.value.permitted_subtrees == [x509.DNSName("room.lan")]
    for key in (certificates.AUTHORITY_KEY, certificates.HOST_KEY):
        assert b"BEGIN ENCRYPTED PRIVATE KEY" in (tmp_path / key).read_bytes()
        assert (tmp_path / key).stat().st_mode & 0o077 == 0


def test_a_fresh_certificate_is_signed_by_the_same_authority(tmp_path: Path) -> None:
    certificates.make_all(tmp_path, "room.lan", b"k" * 32)
    before = (tmp_path / certificates.HOST).read_bytes()
    certificates.renew(tmp_path, "room.lan", b"k" * 32)
    host, authority = x509.load_pem_x509_certificates((tmp_path / certificates.HOST).read_bytes())
    assert (tmp_path / certificates.HOST).read_bytes() != before
    host.verify_directly_issued_by(authority)


def test_a_fresh_authority_puts_the_old_one_aside_and_signs_no_longer_than_it_lasts(tmp_path: Path) -> None:
    certificates.make_all(tmp_path, "room.lan", b"k" * 32)
    old = (tmp_path / certificates.AUTHORITY).read_bytes()
    certificates.make_all(tmp_path, "room.lan", b"k" * 32)
    host, authority = x509.load_pem_x509_certificates((tmp_path / certificates.HOST).read_bytes())
    host.verify_directly_issued_by(authority)
    assert host.not_valid_after_utc <= authority.not_valid_after_utc
    (aside,) = tmp_path.glob("certificates-until-*")
    assert (aside / "authority.pem").read_bytes() == old != (tmp_path / certificates.AUTHORITY).read_bytes()
