"""Storage: one record a person, one record for the sums, one for the town. Rows of people are storage only;
nothing in the model may depend on their order."""

from typing import Any, NamedTuple

import numpy as np
from numba.core import config  # type: ignore[import-untyped, unused-ignore]
from numpy.typing import NDArray

from fristed_forecast.week.inputs import Ints, Kinds, Market, Policy, Rates
from fristed_forecast.week.states import DEAD, ROWS

QUEUES = 3
REMEMBERED = 8  # arrests a person carries, for the ranking by the last 12 months
TALLIES = 8
PATCHES = 10

PERSON = np.dtype(
    [
        ("key", np.uint64),  # owned chance
        ("bound", np.uint64, (3,)),  # four lanes each: upper bounds of the filtered hazards
        ("turn", np.int32),  # last week of a stay of fixed length
        ("since", np.int32),  # week the stay began
        ("kind", np.int16),  # fixed attributes
        ("row", np.int8),  # where the person is (states.py)
        ("acts", np.int8),  # whose hazards govern: differs from `row` only in a neutral HAT place
        ("spell", np.int8),  # 1 while in an offending spell
        ("patch", np.int8),  # home place
        ("reach", np.int8),  # lives within reach of a room
        ("room", np.int8),  # registered with the room
        ("sells", np.int8),
        ("grams", np.int64),  # street micrograms a week when untreated
        ("wait", np.int32, (QUEUES,)),  # week of joining, or people.NOT_WAITING
        ("tally", np.int32, (TALLIES,)),  # lifetime counts, see people.py
        ("arrests", np.int32, (REMEMBERED,)),  # weeks of the latest arrests
        # Not the person's: slot k of the town's lists lies in row k, so that one array is all the storage.
        ("queue", np.int32, (QUEUES,)),  # members of the queues, in no order
        ("listed", np.int32, (2,)),  # people charged, people wanted this week
    ],
    align=True,
)
TOTALS = np.dtype(
    [
        ("held", np.int64, (ROWS, 2)),  # people by row and injecting
        ("acting", np.int64, (ROWS,)),  # people by whose hazards govern
        ("street", np.int64, (1,)),  # micrograms a week bought on the street
        ("sellers", np.int64, (1,)),  # people at large who use and sell
        ("registered", np.int64, (1,)),  # people of the room who use street heroin
        ("counted", np.int64, (2,)),  # rows in use, people alive
        ("length", np.int64, (QUEUES,)),
        ("many", np.int64, (2,)),  # charged, wanted this week
    ]
)
TOWN = np.dtype(
    [
        ("market", np.float64, (11,)),  # see town.py
        ("offences", np.int64, (PATCHES,)),  # this week
        ("recent", np.float64, (PATCHES,)),  # exponentially weighted weekly offences
        ("worked", np.float64, (PATCHES,)),  # log ratio from problems worked on
        ("pressure", np.float64, (PATCHES,)),  # this week's multiplier of offending
    ]
)


class Stores(NamedTuple):
    """Arrays that hold one run; records are arrays of one."""

    people: NDArray[Any]  # [rows] PERSON
    totals: NDArray[Any]  # [1] TOTALS: running sums, changed only in `moving`, recounted in `checks`
    town: NDArray[Any]  # [1] TOWN: what the town remembers from week to week
    rates: NDArray[Any]  # [1] the fields of inputs.Rates
    policy: NDArray[Any]  # [1] the fields of inputs.Policy


class World(NamedTuple):
    """What every step of the week is given: the people, and the records themselves."""

    people: Any
    totals: Any
    town: Any
    rates: Any
    policy: Any


def flat(values: Rates | Policy | Kinds | Market, prefix: str = "") -> dict[str, NDArray[Any]]:
    """Fields by name; those of a nested tuple carry its name, singular, in front. The type is the field's
    declared one, so that every record has the same layout and the kernel is compiled once."""
    fields: dict[str, NDArray[Any]] = {}
    for name, declared in type(values).__annotations__.items():
        value = getattr(values, name)
        if declared in (Kinds, Market):
            fields |= flat(value, f"{name.removesuffix('s')}_")
        else:
            whole = np.int64 if declared in (int, bool, Ints) else np.float64
            fields[prefix + name] = np.asarray(value, whole)
    return fields


def record(values: Rates | Policy) -> NDArray[Any]:
    """[1] a record of the tuple's fields: whole numbers and switches as int64, the rest as float64."""
    fields = flat(values)
    packed = np.zeros(1, np.dtype([(name, value.dtype, value.shape) for name, value in fields.items()]))
    for name, value in fields.items():
        packed[name] = value
    return plain_records(packed)


def plain_records(array: NDArray[Any]) -> NDArray[Any]:
    """Records that plain Python can read by attribute too, when compilation is switched off for a test."""
    switched_off = bool(getattr(config, "DISABLE_JIT", False))
    return array.view(np.recarray) if switched_off else array


def new_stores(rows: int, rates: NDArray[Any], policy: NDArray[Any]) -> Stores:
    """Storage for `rows` people, all dead, in a town before its first week."""
    people = np.zeros(rows, PERSON)
    people["row"], people["acts"] = DEAD, DEAD
    totals, town = np.zeros(1, TOTALS), np.zeros(1, TOWN)
    return Stores(plain_records(people), plain_records(totals), plain_records(town), rates, policy)
