"""What is counted, every week, in integers. One column each; the twin counts the same in expectation."""

from fristed_forecast.week.states import NAMES, ROWS

OFFENCES = ("theft from shops", "burglary", "vehicle crime", "other theft", "robbery", "theft from person",
            "bicycle theft")  # fmt: skip
TYPES = len(OFFENCES)

PEOPLE = 0  # person-weeks by row and injecting: PEOPLE + 2 * row + injects
OFFENDED = PEOPLE + 2 * ROWS
RECORDED = OFFENDED + TYPES
CHARGED = RECORDED + TYPES
_FIRST = CHARGED + TYPES
SINGLE = (
    "entrants", "poisonings", "poisoning deaths", "other deaths", "possession arrests", "arrest minutes",
    "investigation minutes", "patrol minutes", "custody starts", "custody refused", "HAT starts",
    "HAT exits to abstinence", "HAT micrograms", "HAT places", "oral starts", "oral waiting", "HAT waiting",
    "abandoned", "rehab starts", "room visits", "room registered", "room open", "street micrograms",
    "heroin pence", "crack pence", "dealers x1000", "price pence", "availability x1000", "alive",
    "abstinence starts", "lasting starts", "poisoning deaths in reach", "injector poisoning deaths",
    "public injections", "waiting for rehab", "arrest minutes lacking",
)  # fmt: skip
(ENTRANTS, POISONINGS, DEATHS_POISONING, DEATHS_OTHER, POSSESSION, ARREST_MINUTES, INVESTIGATION_MINUTES,
 PATROL_MINUTES, CUSTODY_STARTS, CUSTODY_REFUSED, HAT_STARTS, HAT_TO_ABSTINENCE, HAT_MICROGRAMS, HAT_PLACES,
 ORAL_STARTS, ORAL_WAITING, HAT_WAITING, ABANDONED, REHAB_STARTS, ROOM_VISITS, ROOM_REGISTERED, ROOM_OPEN,
 STREET_MICROGRAMS, HEROIN_PENCE, CRACK_PENCE, DEALERS, PRICE, AVAILABILITY, ALIVE, ABSTINENCE_STARTS,
 LASTING_STARTS, DEATHS_IN_REACH, DEATHS_INJECTORS, PUBLIC_INJECTIONS, REHAB_WAITING,
 MINUTES_LACKING) = range(_FIRST, _FIRST + 36)  # fmt: skip
COLUMNS = _FIRST + 36

COLUMN_NAMES = (
    tuple(f"weeks {name}, {how}" for name in NAMES for how in ("smoking", "injecting"))
    + tuple(f"{stage} {name}" for stage in ("offences", "recorded", "charged") for name in OFFENCES)
    + SINGLE
)
