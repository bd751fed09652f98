"""The journal only grows, whoever asks. What switches its guards off is noticed at start."""

# ruff: noqa: S608  # the statements are this file's own

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, migrations, models, transaction

from fristed.house.checks import refuse_unready
from fristed.house.configuration import ConfigurationError
from fristed.journal import triggers
from fristed.journal.grants import grant
from fristed.journal.models import Entry
from fristed.journal.tables import NOT_BY_ACTS, act_written
from fristed.journal.verify import verify
from tests.journal.test_verify import Evening
from tests.support import databases

ONLY_ADDED = {"journal", "room"}  # whose tables hold millions of rows: they change by added null columns or new tables
NEW_COLUMNS = "key, site_id, seq, act, thing, happened, recorded, text, hash"


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def texts() -> list[str]:
    return list(Entry.objects.order_by("site", "seq").values_list("text", flat=True))


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE journal_entry SET act = 'nothing'",
        "UPDATE journal_entry SET text = text WHERE seq = 3",
        "DELETE FROM journal_entry",
        "DELETE FROM journal_entry WHERE seq = 10",
        f"INSERT INTO journal_entry ({NEW_COLUMNS}) SELECT {NEW_COLUMNS} FROM journal_entry WHERE seq = 2 "
        "ON CONFLICT (key) DO UPDATE SET text = ''",
    ],
)
def test_an_entry_is_never_changed_or_taken_away(database: str, deed: str) -> None:
    Evening()
    before = texts()
    with pytest.raises(DatabaseError, match="only grows"):
        run(deed)
    assert texts() == before


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize("by", ["the same key", "the same number", "the same row"])
def test_an_entry_is_not_replaced_by_an_insert(database: str, by: str, recursive: str) -> None:
    Evening()
    before = texts()
    names = {
        "the same key": "key, site_id, seq + 100, act, thing, happened, recorded, '', hash",
        "the same number": "'f' || substr(key, 2), site_id, seq, act, thing, happened, recorded, '', hash",
        "the same row": "'e' || substr(key, 2), site_id, seq + 100, act, thing, happened, recorded, '', hash",
    }[by]
    if connection.vendor == "sqlite":
        rowid, its = ("rowid, ", "rowid, ") if by == "the same row" else ("", "")
        insert = f"INSERT OR REPLACE INTO journal_entry ({rowid}{NEW_COLUMNS}) SELECT {its}{names}"
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
    elif by == "the same row":
        insert = "MERGE INTO journal_entry e USING journal_entry o ON e.key = o.key WHEN MATCHED THEN DELETE"
    else:
        insert = f"INSERT INTO journal_entry ({NEW_COLUMNS}) SELECT {names}"
    with pytest.raises(DatabaseError, match="only grows|duplicate key"):
        run(insert if "MERGE" in insert else f"{insert} FROM journal_entry WHERE seq = 4")
    assert texts() == before


def test_the_journal_is_not_truncated(database: str) -> None:
    Evening()
    before = texts()
    deed = "DELETE FROM journal_entry" if database == "sqlite" else "TRUNCATE journal_entry CASCADE"
    with pytest.raises(DatabaseError, match="only grows"):
        run(deed)
    assert texts() == before


def test_who_was_erased_is_never_taken_from_the_list_of_the_database(database: str) -> None:
    evening = Evening()
    row = f"'{'a' * 32}', '{evening.room.site}', 1, 'asked'"
    run(f"INSERT INTO ground_destroyedkey (id, site_id, destroyed, why) VALUES ({row})")
    with pytest.raises(DatabaseError, match="only grows"):
        run("DELETE FROM ground_destroyedkey")


def test_a_table_remade_by_django_loses_its_guards_and_the_start_is_stopped_until_they_are_back(
    database: str,
) -> None:
    Evening()
    refuse_unready()
    if connection.vendor == "sqlite":
        with connection.schema_editor() as editor:
            editor._remake_table(Entry)  # type: ignore[attr-defined]  # what altering a column does on SQLite
    else:
        run("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_no_update")
    lost = triggers.missing()
    assert lost
    assert {f.where for f in verify().findings if f.check == "guards"} == set(lost)
    with pytest.raises(ConfigurationError, match=lost[0]):
        refuse_unready()
    call_command("migrate", verbosity=0)
    assert triggers.missing() == []
    refuse_unready()


def test_a_trigger_of_the_right_name_that_says_something_else_counts_as_missing(database: str) -> None:
    name = triggers.wanted()[0].name
    if connection.vendor == "sqlite":
        run(f'DROP TRIGGER "{name}"')
        run(f'CREATE TRIGGER "{name}" BEFORE update ON journal_entry WHEN 0 BEGIN SELECT 1; END')
    else:
        body = "$$ BEGIN RETURN NEW; END $$"
        run(f"CREATE OR REPLACE FUNCTION fristed_only_grows() RETURNS trigger LANGUAGE plpgsql AS {body}")
    assert name in triggers.missing()
    triggers.install()
    assert triggers.missing() == []


def test_the_role_that_serves_may_add_to_the_journal_and_do_nothing_else_to_it(postgres_template: str) -> None:
    name, role = "test_grants", "fristed_serving"
    databases.use_postgres(databases.create_postgres(name, postgres_template))
    evening = Evening()
    run(f"DROP ROLE IF EXISTS {role}")
    run(f"CREATE ROLE {role} LOGIN")
    grant(role)
    connection.close()
    values = NEW_COLUMNS.replace("key", "'f' || substr(key, 2)").replace("seq", "99")
    entry = f"INSERT INTO journal_entry ({NEW_COLUMNS}) SELECT {values} FROM journal_entry WHERE seq = 1"
    allowed = [
        entry,
        f"UPDATE room_visit SET seen = 5 WHERE id = '{evening.visits[0]}'",
        "DELETE FROM ground_subjectkey",
    ]
    forbidden = [
        "UPDATE journal_entry SET text = ''",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DELETE FROM room_visit",
        "UPDATE ground_subjectkey SET wrapped = ''",
        "DELETE FROM ground_destroyedkey",
    ]
    with psycopg.connect(databases.address(name), user=role, autocommit=True) as serving:
        for sql in allowed:
            serving.execute(sql)
        for sql in forbidden:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                serving.execute(sql)
    run(f"DROP OWNED BY {role}")
    run(f"DROP ROLE {role}")
    connection.close()
    databases.drop_postgres(name)


def test_tables_with_millions_of_rows_change_by_added_null_columns_or_new_tables_only() -> None:
    for label in ONLY_ADDED:
        package = import_module(f"fristed.{label}.migrations")
        names = sorted(module.name for module in iter_modules(package.__path__))
        assert names[0] == "0001_initial"
        for name in names[1:]:
            migration = import_module(f"{package.__name__}.{name}").Migration
            wrong = [operation for operation in migration.operations if not only_adds(operation)]
            assert wrong == [], f"{label}.{name}"


def only_adds(operation: object) -> bool:
    """Whether a step of a migration adds a table, an index, or a column that may be null."""
    if isinstance(operation, migrations.AddField):
        return operation.field.null and not operation.field.unique
    return isinstance(operation, migrations.CreateModel | migrations.AddIndex)


def test_a_step_that_remakes_a_table_is_told_from_one_that_adds() -> None:
    assert only_adds(migrations.AddField("entry", "note", models.TextField(null=True)))
    assert not only_adds(migrations.AddField("entry", "note", models.TextField(default="")))
    assert not only_adds(migrations.AlterField("entry", "act", models.TextField()))
    assert not only_adds(migrations.RemoveField("entry", "act"))
    assert not only_adds(migrations.RunSQL("UPDATE journal_entry SET act = ''"))


def test_every_table_of_the_house_is_written_by_acts_or_named_with_its_reason() -> None:
    tables = {m._meta.db_table for m in apps.get_models() if m.__module__.startswith("fristed.")}
    assert set(NOT_BY_ACTS) <= tables
    assert set(act_written()) == tables - set(NOT_BY_ACTS)
    assert all(len(reason.split()) > 3 for reason in NOT_BY_ACTS.values())


def test_tables_that_acts_write_hold_text_and_integers_under_an_id() -> None:
    kinds = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
    for model in apps.get_models():
        if model._meta.db_table in act_written():
            assert model._meta.pk.column == "id", model
            for field in model._meta.concrete_fields:
                assert isinstance(field, kinds), field
                assert not isinstance(field, models.AutoField), field
