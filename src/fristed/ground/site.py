"""A site as its file describes it: name, zone, places, hours, limits, policies, words.

The file is TOML. Reading it answers a `SiteFile` or raises `SiteFileError` with key, value and what is accepted.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date, timedelta
from datetime import time as wall_time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

import msgspec
from msgspec import Meta, Struct

from fristed.ground.ids import Id
from fristed.ground.limits import UNITS, UNSET, Limit
from fristed.ground.moments import Moment, at_wall, local
from fristed.ground.site_faults import faults

Route = Literal["inject", "smoke", "snort", "swallow"]
Identification = Literal["alias", "constructed", "card", "health_number", "none"]
# all that admission may ask: a question about treatment, agreements or referrals cannot be written here
EligibilityQuestion = Literal["adult", "experienced", "dependent", "pregnant", "with_child"]
NaloxoneRoute = Literal["IM", "IN", "IV"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Name = Annotated[str, Meta(min_length=1, max_length=80)]
CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"
Clock = Annotated[str, Meta(pattern=CLOCK, description='a time such as "09:00"')]

Slug = Annotated[
    str,
    Meta(pattern=r"^[a-z][a-z0-9-]{1,40}$", description='small letters, digits and hyphens, such as "the-thistle"'),
]

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# limits that are lengths of time: without a unit they could not be counted down
_LENGTHS = ("stay.", "observation.", "danger.", "limits.look_", "limits.resedation_watch")


class SiteFileError(ValueError):
    """What is wrong in a site file, where, and what to do."""


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Place(_Part, frozen=True):
    """A numbered place: which routes it serves and where it stands in the small plan of the room, if one is drawn."""

    number: Annotated[int, Meta(ge=1, le=999)]
    routes: tuple[Route, ...]
    x: Annotated[int, Meta(ge=0, le=40)] = 0
    y: Annotated[int, Meta(ge=0, le=40)] = 0
    name: str = ""
    helper_chair: bool = False


class Hours(_Part, frozen=True):
    """Opening on one weekday. A close at or before the opening is on the next calendar day."""

    opens: Clock
    closes: Clock


class Naloxone(_Part, frozen=True):
    """A product on the emergency page: what the button says and stamps. Unknown dose: leave micrograms out."""

    name: Name
    route: NaloxoneRoute
    micrograms: Annotated[int, Meta(ge=1, le=20_000)] | None = None


class Danger(_Part, frozen=True):
    """Minutes after use in which someone must look closely, per substance."""

    substance: str
    route: Route | Literal["any"] = "any"
    limit: Limit = UNSET


class SiteFile(_Part, frozen=True):
    """Everything a site says about itself. Lengths of time are limits with a source."""

    slug: Slug
    name: Name
    zone: str  # a time zone such as "Europe/London"
    places: tuple[Place, ...]
    hours: dict[Weekday, Hours]  # a weekday that is left out is closed
    place_count: Annotated[int, Meta(ge=1, le=200)]  # as many as are listed under places
    country: str = ""  # two letters, such as "GB"
    languages: tuple[Literal["en", "da", "de"], ...] = ("en",)
    identification: Identification = "alias"  # how people are known
    visits_without_code: bool = True  # whether someone may use a place without being known by any code
    house_rules: tuple[str, ...] = ()  # as they are told at each visit
    substances: tuple[str, ...] = ()  # empty: the usual list
    stay: dict[Route, Limit] = {}  # how long a place may be kept
    observation: tuple[Danger, ...] = ()  # how long someone is observed after use
    danger: tuple[Danger, ...] = ()  # when after use someone must look closely
    limits: dict[str, Limit] = {}  # such as minimum_staff, expiry_warning (days), resedation_watch, look_after_use
    naloxone: tuple[Naloxone, ...] = ()  # the products on the emergency page
    equipment: tuple[str, ...] = ()  # empty: the usual list; so for the next two
    services: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    eligibility: dict[EligibilityQuestion, Literal["yes", "no"]] = msgspec.field(  # the answer that admits, by question
        default_factory=lambda: {"adult": "yes"}
    )
    emergency_pauses_admission: bool = False  # whether nobody is seated while an emergency runs
    drug_checking: bool = False  # on only where the law of the place allows samples to be taken
    demonstration: bool = False  # invented people only

    def limit(self, key: str) -> Limit:
        """A limit by key; the unset one where the file has none."""
        return self.limits.get(key, UNSET)

    def stay_limit(self, route: str) -> Limit:
        """How long a place may be kept, by route."""
        return self.stay.get(route, UNSET)  # type: ignore[call-overload, no-any-return]  # any text is asked for

    def observe(self, substances: tuple[str, ...], route: str) -> Moment | None:
        """How long a person is observed after use: the longest that applies; None if any is unset."""
        return _longest(self.observation, substances, route)

    def danger_for(self, substances: tuple[str, ...], route: str) -> Moment | None:
        """The minutes after use in which someone must look closely: the longest that applies; None if unset."""
        return _longest(self.danger, substances, route)

    def place(self, number: int) -> Place | None:
        """A place by its number."""
        return next((p for p in self.places if p.number == number), None)


class Site(Struct, frozen=True):
    """A site that is open for work: its id and its file."""

    id: Id
    file: SiteFile

    @property
    def zone(self) -> str:
        return self.file.zone


def service_day(file: SiteFile, moment: Moment) -> date:
    """The day a moment is counted on: from one opening to the next, so a night belongs to its evening."""
    here = local(moment, file.zone)
    today = opening(file, here.date())
    if today is not None and moment >= today[0]:
        return here.date()
    yesterday = here.date() - timedelta(days=1)
    before = opening(file, yesterday)
    return yesterday if before is not None and moment < before[1] else here.date()


def opening(file: SiteFile, day: date) -> tuple[Moment, Moment] | None:
    """When the site opens and closes on the service day that begins on this date; None when it stays shut."""
    hours = file.hours.get(WEEKDAYS[day.weekday()])
    if hours is None:
        return None
    opens = at_wall(day, wall_time.fromisoformat(hours.opens), file.zone)
    closes = at_wall(day, wall_time.fromisoformat(hours.closes), file.zone)
    if hours.closes <= hours.opens:
        closes = at_wall(day + timedelta(days=1), wall_time.fromisoformat(hours.closes), file.zone)
    return opens, closes


def is_open(file: SiteFile, moment: Moment) -> bool:
    """Whether the opening hours hold at this moment."""
    here = local(moment, file.zone).date()
    spans = (opening(file, here), opening(file, here - timedelta(days=1)))
    return any(span is not None and span[0] <= moment < span[1] for span in spans)


def read_site_file(path: Path) -> SiteFile:
    """Reads and checks a site file. Raises SiteFileError with a sentence that helps."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SiteFileError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SiteFileError(f"{path}: is not text in UTF-8. Save it anew as UTF-8.") from error
    return parse_site_file(text, str(path))


def parse_site_file(text: str, where: str = "site file") -> SiteFile:
    """As `read_site_file`, from text. Tells all faults at once, a line each."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SiteFileError(f"{where}: not valid TOML: {error}.") from error
    _refuse(faults(raw, SiteFile), where)
    file = msgspec.convert(raw, SiteFile)
    _refuse(problems(file), where)
    return file


@lru_cache(maxsize=64)
def decode_site(text: str) -> SiteFile:
    """A site file from the canonical JSON that the database keeps."""
    return msgspec.json.decode(text, type=SiteFile)


def encode_site(file: SiteFile) -> str:
    """The canonical JSON of a site file."""
    return msgspec.json.encode(file, order="sorted").decode()


def _refuse(found: list[str], where: str) -> None:
    if found:
        raise SiteFileError("\n".join(f"{where}: {fault}" for fault in found))


def _longest(rules: tuple[Danger, ...], substances: tuple[str, ...], route: str) -> Moment | None:
    spans = [_span_for(rules, substance, route) for substance in substances or ("unknown",)]
    known = [span for span in spans if span is not None]
    return max(known) if len(known) == len(spans) else None


def _span_for(rules: tuple[Danger, ...], substance: str, route: str) -> Moment | None:
    fitting = [r for r in rules if r.substance in (substance, "any") and r.route in (route, "any")]
    fitting.sort(key=lambda r: (r.substance == "any", r.route == "any"))
    return fitting[0].limit.span() if fitting else None


def problems(file: SiteFile) -> list[str]:
    """What a file that can be read must still not say: a sentence each."""
    numbers = [place.number for place in file.places]
    twice = [number for number, times in Counter(numbers).items() if times > 1]
    found: list[str] = []
    if len(numbers) != file.place_count:
        found.append(
            f"place_count is {file.place_count} but {len(numbers)} places are listed under [[places]]. "
            "List every place once, or correct place_count."
        )
    if twice:
        found.append(f"places: number {twice[0]} is given to more than one place. Each place needs its own number.")
    found += _one_spot(file)
    if file.zone not in available_timezones():
        found.append(f"zone: {file.zone!r} is not a time zone. Write one such as 'Europe/London'.")
    if not file.hours:
        found.append(
            "hours: no weekday has opening hours. Give at least one, such as mon = {opens='09:00', closes='21:00'}."
        )
    found += [f"{key}: {problem}" for key, limit in _all_limits(file) if (problem := _limit_problem(key, limit))]
    return found


def _one_spot(file: SiteFile) -> list[str]:
    """Two places drawn on one spot; a file without a plan has every place at the first spot."""
    spots: dict[tuple[int, int], list[int]] = {}
    for place in file.places:
        spots.setdefault((place.x, place.y), []).append(place.number)
    if len(spots) == 1:
        return []
    return [
        f"places: {numbers[0]} and {numbers[1]} stand on one spot of the plan (x = {x}, y = {y}). "
        "Give each its own spot, or leave x and y out everywhere."
        for (x, y), numbers in spots.items()
        if len(numbers) > 1
    ]


def _all_limits(file: SiteFile) -> list[tuple[str, Limit]]:
    named = [(f"limits.{key}", limit) for key, limit in file.limits.items()]
    by_route = [(f"stay.{route}", limit) for route, limit in file.stay.items()]
    after = [(f"observation.{d.substance}.{d.route}", d.limit) for d in file.observation]
    return named + by_route + after + [(f"danger.{d.substance}.{d.route}", d.limit) for d in file.danger]


def _limit_problem(key: str, limit: Limit) -> str:
    if isinstance(limit.value, str):
        return ""
    if limit.value < 0 or limit.value > 100_000:
        return f"value is {limit.value}; accepted are 0 to 100000, or 'MUST SET'."
    if not limit.source or not limit.approver:
        return "a value needs its source and its approver; write 'MUST SET' until both are known."
    if limit.unit not in UNITS and key.startswith(_LENGTHS):
        return f"it is a length of time, so it needs its unit: {', '.join(UNITS)} (it says '{limit.unit}')."
    return ""
