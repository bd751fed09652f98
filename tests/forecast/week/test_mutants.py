"""Every identity has a change of one line that it catches; so has the third way of doing nothing."""

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import fristed_forecast
from fristed_forecast.rates.build import for_people
from fristed_forecast.week.checks import FAULTS
from fristed_forecast.week.inputs import Rates

SOURCE = Path(fristed_forecast.__file__).parent
PEOPLE = 60
ARREST = {"arrest_target": 0.5, "arrest_hours": 20.0}
HAT = {"hat_open": True, "hat_places": 3, "hat_any": True}
ROOM = {"rooms": True, "booths": 2, "room_hours": 84.0}
NEUTRAL = HAT | {"hat_neutral": True, "hat_places": 20, "visible": 0.0}

MUTANTS: list[tuple[int, dict[str, Any], str, str, str]] = [
    (1, {}, "dying.py", "today[DEATHS_POISONING] += 1", "today[DEATHS_POISONING] += 0"),
    (2, {}, "moving.py", "injects] += sign", "injects] += 1"),
    (3, {}, "offending.py", "today[CHARGED + kind] += charged", "today[CHARGED + kind] += 1"),
    (4, ARREST, "arresting.py", "minutes -= w.rates.arrest_minutes", "minutes -= 0"),
    (5, HAT, "queueing.py", "places - held, week", "places, week"),
    (6, {}, "moving.py", "injects = w.rates.kind_injects[w.people[i].kind]", "injects = 0"),
    (7, {}, "moving.py", "+= sign * buys(w, i)", "+= buys(w, i)"),
    (8, {}, "offending.py", "person.tally[T_OFFENCES] += number", "person.tally[T_OFFENCES] += 1"),
    (9, {}, "offending.py", "person.tally[T_RECORDED] += recorded", "person.tally[T_RECORDED] += charged"),
    (10, {}, "offending.py", "person.tally[T_CHARGED] += charged", "person.tally[T_CHARGED] += 2"),
    (11, {}, "moving.py", "tally[T_DEATH_WEEK] = week + 1", "tally[T_DEATH_WEEK] = 0"),
    (12, ARREST, "people.py", "w.people[i].tally[T_ARRESTS] += 1", "w.people[i].tally[T_ARRESTS] += 0"),
    (14, HAT, "moving.py", "time_hat(w, i, DEAD, week)", "time_hat(w, i, HAT, week)"),
    (15, ROOM, "moving.py", "w.totals.registered[0] += sign", "w.totals.registered[0] += 1"),
]


def deadly(base: Rates) -> Rates:
    """A small town where enough happens in a year: deaths and charges ten times as often."""
    rates = for_people(base, PEOPLE)
    return rates._replace(poison=rates.poison * 10, charged=0.5, offender=rates.offender * 0.3)


@pytest.fixture(scope="module")
def pickled(base: Rates, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rates") / "rates"
    path.write_bytes(pickle.dumps(deadly(base)))
    return path


def answer(folder: Path, pickled: Path, levers: dict[str, Any]) -> str:
    """What the copy in `folder` says, run as plain Python."""
    script = Path(__file__).parent / "mutant.py"
    environment = os.environ | {"PYTHONPATH": str(folder), "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, str(script), str(pickled), json.dumps(levers), str(PEOPLE)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def mutate(folder: Path, file: str, old: str, new: str) -> None:
    """Copy the package and change one line, which must be there exactly once."""
    shutil.copytree(SOURCE, folder / "fristed_forecast", ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "fristed_forecast" / "week" / file
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(("fault", "levers", "file", "old", "new"), MUTANTS)
def test_each_identity_catches_its_mutant(
    fault: int, levers: dict[str, Any], file: str, old: str, new: str, pickled: Path, tmp_path: Path
) -> None:
    assert answer(SOURCE.parent, pickled, levers).startswith("whole ")
    mutate(tmp_path, file, old, new)
    assert answer(tmp_path, pickled, levers).startswith(FAULTS[fault])


def test_one_wrong_state_test_breaks_the_third_null(pickled: Path, tmp_path: Path) -> None:
    assert answer(SOURCE.parent, pickled, NEUTRAL) == answer(SOURCE.parent, pickled, {})
    mutate(tmp_path, "hazards.py", "w.rates.poison[w.people[i].acts", "w.rates.poison[w.people[i].row")
    assert answer(tmp_path, pickled, NEUTRAL) != answer(tmp_path, pickled, {})
