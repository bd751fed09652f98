"""Writes the pages of the manual that follow from code: acts, refusals, settings, files. A test compares them."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import django
import msgspec

SOURCE = Path(__file__).resolve().parent.parent / "src" / "fristed"
MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual"
NOTE = "<!-- written by `make docs`; a test fails when it is stale -->\n\n"


def pages() -> dict[str, str]:
    """Every generated page: file name to text."""
    django.setup()
    _import_acts()
    made = {
        "acts.md": acts(),
        "refusals.md": refusals(),
        "site-file.md": site_file(),
        "room-file.md": room_file(),
        "settings.md": settings(),
        "hazards.md": hazards(),
    }
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
    """A whole example and the keys of a site file."""
    from fristed.ground import site
    from fristed.ground.limits import Limit

    parts = (site.SiteFile, site.Place, site.Hours, site.Naloxone, site.Danger, Limit)
    intro = (
        "# The site file\n\nDescribes a room for `fristed init FOLDER --site site.toml`, which also asks for one where "
        "there is none. `fristed site changed.toml FOLDER` puts a changed one in force, such as a limit that was "
        "decided, and prints what differs. A small one, whole; what nobody has decided stays `MUST SET`:\n\n"
    )
    return intro + _toml(MANUAL / "site.toml") + "\n" + "\n".join(_struct(part) for part in parts)


def room_file() -> str:
    """A whole example and the keys of a room file."""
    from fristed.rehearsal import roomfile

    intro = (
        "# The room file\n\nDescribes an invented service in numbers, each with its source, for "
        "`make demo ROOM=my-room.toml` and `fristed rehearse my-room.toml`. It is no "
        "[site file](site-file.md): that one describes a real room and holds no people. "
        f"Shipped are {', '.join(roomfile.rooms())}; begin with a copy of this one, `thistle`:\n\n"
    )
    keys = "\n".join(_struct(part) for part in _parts(roomfile.RoomFile))
    return intro + _toml(roomfile.HERE / "thistle.toml") + "\n" + keys


def settings() -> str:
    """The keys of `fristed.toml`."""
    from fristed.house.configuration import Service

    return "# Settings of a service (`fristed.toml`)\n\n" + _struct(Service)


def hazards() -> str:
    """The hazard log: each hazard, its risk before and after, and the tests behind its controls."""
    log = tomllib.loads((SOURCE / "house" / "data" / "hazards.toml").read_text())
    return (
        f"# Hazards of the room\n\nRisk by the grid of: {log['source']}. Proposed by the maker; a clinical safety "
        + ("officer confirms or changes each before real use.\n\n" + "\n".join(_hazard(h) for h in log["hazard"]))
    )


def _hazard(hazard: dict[str, Any]) -> str:
    first, last = hazard["initial"], hazard["residual"]
    head = (
        f"## {hazard['id']}. {hazard['hazard']}\n\n{hazard['causes']}. What it may do: {hazard['effect']}.\n\n"
        f"Before: {first['severity']}, {first['likelihood'].replace('_', ' ')}, risk {first['risk']}. "
        f"With the controls: {last['severity']}, {last['likelihood'].replace('_', ' ')}, risk {last['risk']}. "
        f"Owner: {hazard['owner']}. Status: {hazard['status']}, review by {hazard['review']}.\n\n"
    )
    controls = [f"- {c['says']}\n" + "".join(f"  - `{test}`\n" for test in c["tests"]) for c in hazard["control"]]
    return head + "".join(controls) + "".join(f"- {more}\n" for more in hazard.get("also", []))


def _toml(path: Path) -> str:
    return f"```toml\n{path.read_text(encoding='utf-8')}```\n"


def _parts(whole: type[msgspec.Struct]) -> list[type[msgspec.Struct]]:
    """A table and every table within it, each once, in the order in which they are met."""
    found = [whole]
    for part in found:
        met = (kind for hint in get_type_hints(part, include_extras=True).values() for kind in _within(hint))
        found += dict.fromkeys(kind for kind in met if kind not in found)
    return found


def _within(hint: Any) -> list[type[msgspec.Struct]]:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return [hint]
    return [kind for inner in get_args(hint) for kind in _within(inner)]


def _struct(part: type[msgspec.Struct]) -> str:
    from fristed.ground.site_faults import accepted

    fields = {field.name: field for field in msgspec.structs.fields(part)}
    words = _comments(part)
    rows = [
        f"## {part.__name__}\n\n{inspect.getdoc(part) or ''}\n",
        "| key | accepted | usual | |",
        "|---|---|---|---|",
    ]
    for name, kind in get_type_hints(part, include_extras=True).items():
        if name in fields:
            rows.append(f"| `{name}` | {accepted(kind)} | {_usual(fields[name])} | {words.get(name, '')} |")
    return "\n".join(rows) + "\n"


def _comments(part: type) -> dict[str, str]:
    lines = (line.partition("  # ") for line in inspect.getsource(part).splitlines())
    return {code.strip().partition(":")[0]: comment.replace("|", "or") for code, _, comment in lines if comment}


def _usual(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return "must be given"
    made = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    if made in ("", (), {}, None) or isinstance(made, msgspec.Struct):
        return ""
    return f"`{msgspec.json.encode(made).decode()}`"


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
