"""Writes the pages of the manual that follow from code: acts, refusals, settings, site file. A test compares them."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import django

SOURCE = Path(__file__).resolve().parent.parent / "src" / "fristed"
MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual"
NOTE = "<!-- written by `make docs`; a test fails when it is stale -->\n\n"


def pages() -> dict[str, str]:
    """Every generated page: file name to text."""
    django.setup()
    _import_acts()
    made = {"acts.md": acts(), "refusals.md": refusals(), "site-file.md": site_file(), "settings.md": settings()}
    return {name: NOTE + text for name, text in made.items()}


def acts() -> str:
    """What can be done, by whom."""
    from fristed.journal.frame import ACTS

    rows = ["| act | what it does | who may | others are alarmed |", "|---|---|---|---|"]
    for name, act in sorted(ACTS.items()):
        roles = ", ".join(sorted(role.replace("_", " ") for role in act.roles))
        rows.append(f"| `{name}` | {_line(act.doc)} | {roles} | {'yes' if act.alarm else ''} |")
    return (
        "# Acts\n\nEverything that is ever written, one row an act. The name is the kind of its journal entry.\n\n"
        + ("\n".join(rows) + "\n")
    )


def refusals() -> str:
    """Every reason a rule may object, with its sentence."""
    rows = ["| rule | in | what it says | may be overridden |", "|---|---|---|---|"]
    for where, call in _objections():
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        override = ast.unparse(named["override_by"]).lower() if "override_by" in named else ""
        if isinstance(named.get("recordable"), ast.Constant):
            override = "makes no sense even as a record"
        rows.append(f"| `{_text(call.args[0])}` | {where} | {_text(call.args[1])} | {override} |")
    intro = (
        "# Refusals\n\nA rule objects to what is about to happen. The record of what has happened is kept, "
        "with the objection as a flag, unless it makes no sense even as a record.\n\n"
    )
    return intro + "\n".join(dict.fromkeys(rows)) + "\n"


def site_file() -> str:
    """The keys of a site file."""
    from fristed.ground import site

    parts = (site.SiteFile, site.Place, site.Hours, site.Naloxone, site.Danger, site.Limit)
    return "# The site file\n\n" + "\n".join(_struct(part) for part in parts)


def settings() -> str:
    """The keys of `fristed.toml`."""
    from fristed.house.configuration import Service

    return "# Settings of a service (`fristed.toml`)\n\n" + _struct(Service)


def _struct(part: type) -> str:
    rows = [f"## {part.__name__}\n\n{inspect.getdoc(part) or ''}\n", "| key | accepted |", "|---|---|"]
    rows += [f"| `{name}` | {_accepted(kind)} |" for name, kind in part.__annotations__.items()]
    return "\n".join(rows) + "\n"


def _accepted(kind: object) -> str:
    return f"`{kind}`".replace("|", "or")


def _objections() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text())
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef):
                continue
            local = {_name(n.targets[0]): n.value for n in ast.walk(function) if isinstance(n, ast.Assign)}
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _name(call.func) == "Objection" and len(call.args) > 1:
                    call.args[:2] = [local.get(_name(argument), argument) for argument in call.args[:2]]
                    yield str(path.relative_to(SOURCE).with_suffix("")), call


def _name(node: ast.AST) -> str:
    return getattr(node, "id", "")


def _text(node: ast.AST) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else f"`{ast.unparse(node)}`"


def _line(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split()).replace("|", "or")


def _import_acts() -> None:
    for path in sorted(SOURCE.rglob("acts*/**/*.py")) + sorted(SOURCE.rglob("acts.py")):
        importlib.import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts))


def main() -> int:
    MANUAL.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (MANUAL / name).write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
