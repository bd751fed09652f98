"""Protocol and checklists, made from files whose every answer points at code or a test that exists."""

import ast
import importlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fristed_forecast.week.compiled import PACKAGE

FOLDER = Path(__file__).parent / "checklists"
ROOT = PACKAGE.parents[1]  # of the repository, where tests lie beside the package's source


@dataclass(frozen=True)
class Item:
    """One item: its topic, the answer, and where to see it."""

    topic: str
    answer: str
    see: tuple[str, ...]


def read(name: str) -> tuple[str, str, list[Item]]:
    """Title, lead and items of one checklist."""
    table: dict[str, Any] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    items = [Item(row["topic"], row.get("answer", ""), tuple(row.get("see", ()))) for row in table["item"]]
    return table["title"], table["lead"], items


def missing(item: Item) -> list[str]:
    """What keeps an item from being answered: no words, nothing to see, or something that is not there."""
    wrong = [] if item.answer and item.see else [f"{item.topic}: unanswered"]
    return wrong + [f"{item.topic}: {place} is not there" for place in item.see if not exists(place)]


def exists(place: str) -> bool:
    """Whether `module:name`, `tests/file.py` or `tests/file.py::test` is there."""
    if ":" in place and "::" not in place:
        module, _, name = place.partition(":")
        return hasattr(importlib.import_module(module), name)
    file, _, test = place.partition("::")
    path = ROOT / file
    if not path.is_file():
        return False
    body = ast.parse(path.read_text(encoding="utf-8")).body
    names = {node.name for node in body if isinstance(node, ast.FunctionDef)}
    return not test or test in names


def fields() -> str:
    """What a person carries, from the record that runs and the comments beside it."""
    text = "\n## What a person carries\n\n| field | what it is |\n|---|---|\n"
    lines = (PACKAGE / "week" / "world.py").read_text(encoding="utf-8").split("PERSON = ", 1)[1].split("align=True")[0]
    for line in lines.splitlines():
        if line.strip().startswith('("'):
            name, _, comment = line.strip().partition("  # ")
            text += f"| `{name.split(chr(34))[1]}` | {comment or 'see the code'} |\n"
    return text


def modules() -> str:
    """Every module of the model, with the first line it says of itself."""
    text = "\n## Modules\n\n| module | what it says of itself |\n|---|---|\n"
    for folder in ("rates", "week", "twin", "calibration", "doubt", "runs"):
        for path in sorted((PACKAGE / folder).glob("*.py")):
            said = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
            if path.stem != "__init__":
                text += f"| `{folder}/{path.name}` | {' '.join(said.split()).replace('|', '/')} |\n"
    return text


UNKNOWN = """
## What the model does not know

- The first weeks of oral treatment carry no extra hazard here; the published 1.7 per 100 person-years is not used.
- People do not change from smoking to injecting or back. Entrants share one age band's hazards with those there at
  the start; other deaths rise with calendar time for everybody.
- Utility weights are not lowered with age, so QALYs over lives are somewhat too many in every arm.
- What a substitute drug does to deaths is not modelled; only its volume is.
- Effects of policing at a place are assumed; only displacement is a mechanism. Do not read a ranking out of it.
- The market is a price-taker whose elasticities of price are centred on zero. Dealers are a number, not people.
- Crime effects on HAT against oral treatment have no published trial count; the multiplier is an assumption.
- Sentences have one mean length; prison holds only people the model knows.
- The posterior is of one area; numbers that were not calibrated are drawn independently of it.
"""


def page(name: str) -> str:
    """One checklist as a page of the manual."""
    title, lead, items = read(name)
    text = "<!-- made by fristed_forecast.report.manual; do not edit -->\n\n"
    text += f"# {title}\n\n{lead}\n\n| item | answer | see |\n|---|---|---|\n"
    for item in items:
        text += f"| {item.topic} | {item.answer} | {', '.join(f'`{place}`' for place in item.see)} |\n"
    return text + (fields() + modules() + UNKNOWN if name == "odd" else "")
