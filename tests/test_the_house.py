"""What holds for the house as a whole: its arrows, its tables, its acts, its words, its manual."""

from __future__ import annotations

import inspect
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.db import models
from tools import manual, words

from fristed.journal.frame import ACTS

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["ground", "journal", "staff", "people", "neighbourhood", "room", "evidence", "rehearsal", "house"]
GAP = re.compile(r"\{\w*\}|%\(\w+\)[sd]|</?\w+>")  # a lost one breaks the sentence, or the page


def tracked() -> list[Path]:
    """Every file of the repository that is text."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if not name.endswith((".png", ".ico"))]


def test_foreign_keys_go_down_as_imports_do() -> None:
    for model in apps.get_models():
        if model._meta.app_label not in LAYERS:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, models.ForeignKey) and target is not None and target._meta.app_label in LAYERS:
                own, other = LAYERS.index(model._meta.app_label), LAYERS.index(target._meta.app_label)
                assert own >= other, f"{model._meta.label}.{field.name} points up to {target._meta.label}"


def test_acts_take_their_arguments_by_name() -> None:
    for name, act in ACTS.items():
        for parameter in list(inspect.signature(act.body).parameters.values())[1:]:
            assert parameter.kind is inspect.Parameter.KEYWORD_ONLY, f"{name}: {parameter.name}"
        assert act.doc.endswith("."), f"{name} says in a sentence what it does"


def test_the_manual_is_what_the_code_says() -> None:
    for name, text in manual.pages().items():
        assert (ROOT / "docs" / "manual" / name).read_text() == text, f"docs/manual/{name} is stale: run `make docs`"


@pytest.mark.parametrize("language", ["da", "de"])
def test_the_whole_service_speaks_every_language(language: str) -> None:
    with (words.LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        known = {message.id: forms(message.string) for message in read_po(file) if not message.fuzzy}
    wanted = [message.id for message in words.collect() if message.id]
    assert [id for id in wanted if not all(known.get(id, [""]))] == []
    pairs = [pair for id in wanted for pair in zip(forms(id), known[id], strict=True)]
    assert [pair for pair in pairs if sorted(GAP.findall(pair[0])) != sorted(GAP.findall(pair[1]))] == []


def forms(sentence: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """A sentence as a list: one, or its singular and plural."""
    return list(sentence) if isinstance(sentence, list | tuple) else [sentence or ""]


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)
    groups = [*project["dependency-groups"].values(), *project["project"]["optional-dependencies"].values()]
    for wanted in [*project["project"]["dependencies"], *(one for group in groups for one in group)]:
        lines = [line for line in text.splitlines() if f'"{wanted}"' in line]
        assert any("#" in line for line in lines), f"{wanted} has no reason beside it"


def test_every_locked_requirement_has_hashes_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert "==" in block and "--hash=sha256:" in block, block.splitlines()[0]


def test_the_repository_speaks_of_nothing_but_itself() -> None:
    hosts = "|".join(["py" + "pi.org", "pythonhosted" + ".org", "npm" + "js.", "deb.deb" + "ian.org"])
    unwanted = re.compile(rf"{hosts}|\.\./shar" + "ed|/wo" + r"rk/|(?<![\w.])/ro" + "ot/")
    for path in tracked():
        found = unwanted.search(path.read_text(errors="ignore")) if path.exists() else None
        assert found is None, f"{path.relative_to(ROOT)}: {found.group() if found else ''}"


def test_nothing_is_left_open() -> None:
    left = re.compile("TO" + "DO|FIX" + "ME|XX" + "X|NotImplemented" + r"Error|mark\.(sk" + "ip|xf" + "ail)")
    for path in tracked():
        if path.suffix == ".py" and path.exists():
            assert left.search(path.read_text()) is None, path.relative_to(ROOT)


def test_a_checker_that_is_silenced_is_silenced_for_a_reason() -> None:
    bare = re.compile(r"#\s*(?:no" + r"qa|type:\s*ig" + r"nore)\b(?![^#\n]*#[^#\n]*\w)")
    for path in tracked():
        if path.suffix == ".py" and path.exists() and "forecast" not in str(path.relative_to(ROOT)):
            found = next((line for line in path.read_text().splitlines() if bare.search(line)), None)
            assert found is None, f"{path.relative_to(ROOT)}: {found}"
