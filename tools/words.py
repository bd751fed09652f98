"""Translations: collects sentences from code and pages into the catalogues, and compiles them (with Babel).

A rule's objection carries its sentence as second argument, or in a local called `sentence`.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "fristed"
LOCALE = SOURCE / "house" / "locale"
HEADER = {
    "msgid_bugs_address": "the project's issue tracker",
    "last_translator": "Fristed",
    "language_team": "Fristed",
}
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "_": None,
}


def from_python(file: Any, keywords: Any, tags: Any, options: Any) -> Any:
    """Babel's extraction from code, and the sentences of objections, which are literals in rules."""
    yield from extract_python(file, keywords, tags, options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        for text in _sentences(node):
            yield text.lineno, "gettext", text.value, []


def _sentences(node: ast.AST) -> list[ast.Constant]:
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Objection", "_refuse"):
        given = node.args[1:2]
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "sentence":
        given = [node.value]
    else:
        return []
    return [text for text in given if isinstance(text, ast.Constant) and text.value]


def from_template(file: Any, keywords: Any, tags: Any, options: Any) -> Any:
    """Babel's extraction from a page: Django turns its tags into Python first."""
    code = templatize(file.read().decode(), origin=file.name)
    flush = "\n".join(line.strip() for line in code.splitlines())  # a page's indentation is not Python's
    return extract_python(BytesIO(flush.encode()), keywords, tags, options)


def from_data(file: Any, keywords: Any, tags: Any, options: Any) -> Any:
    """The names of choices that are data: every `name` and every answer under `options`."""
    for text in _names(tomllib.loads(file.read().decode())):
        yield 0, "gettext", text, []


def _names(data: Any) -> Iterator[str]:
    match data:
        case list():
            yield from chain.from_iterable(map(_names, data))
        case dict():
            yield from [text for key, text in data.items() if key == "name"]
            yield from data.get("options", {}).values()
            yield from chain.from_iterable(_names(part) for part in data.values() if isinstance(part, list))


METHODS: list[tuple[str, Any]] = [
    ("**.py", from_python),
    ("**/templates/**.html", from_template),
    ("people/data/card.toml", from_data),
    ("room/data/substances.toml", from_data),
]


def collect() -> Catalog:
    """Every sentence that can be translated, with where it stands."""
    found = Catalog(project="Fristed", charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(str(SOURCE), METHODS, keywords=KEYWORDS):
        found.add(message, locations=[(name, line)], auto_comments=comments, context=context)
    return found


def update(path: Path, found: Catalog) -> int:
    """Merges new sentences into one language's catalogue; answers how many are still untranslated."""
    with path.open("rb") as file:
        known = read_po(file)
    known.update(found, no_fuzzy_matching=True)
    known.obsolete.clear()
    vars(known).update(HEADER)
    with path.open("wb") as file:
        write_po(file, known, width=120, omit_header=False, no_location=True, sort_output=True)
    return sum(1 for message in known if message.id and not message.string)


def compile(path: Path) -> None:
    """Writes the catalogue that Django reads."""
    with path.open("rb") as file, path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(file))


def main(only_compile: bool) -> None:
    settings.configure()
    found = None if only_compile else collect()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        if found is not None:
            print(f"{path.parent.parent.name}: {update(path, found)} sentences not translated")
        compile(path)


if __name__ == "__main__":
    main("--compile-only" in sys.argv)
