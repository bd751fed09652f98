"""Where a person is. A row of every hazard table; the dead are in no row."""

OCCASIONAL = 0
USING = 1
ONTOP = 2  # oral treatment, street heroin on top
STABLE = 3  # oral treatment
HAT = 4  # heroin-assisted treatment
DETOX = 5
REHAB = 6
ABSTINENT = 7  # may relapse
LASTING = 8  # never relapses; decided when abstinence starts
PRISON = 9
PRISON_OST = 10
LEFT = 11  # using, weeks 0 to 3 after treatment, detoxification or abstinence: tolerance is lost
RELEASED = 12  # using, weeks 0 to 3 after a release without treatment
ROWS = 13
DEAD = -1

FRESH_WEEKS = 4
STAY_WEEKS = 261  # a stay longer than this keeps the hazard of its last week

NAMES = (
    "occasional",
    "using",
    "oral, on top",
    "oral, stable",
    "HAT",
    "detoxification",
    "rehabilitation",
    "abstinent",
    "lasting recovery",
    "prison",
    "prison, treated",
    "just left",
    "just released",
)
DEPENDENT = (USING, ONTOP, STABLE, HAT, DETOX, REHAB, PRISON, PRISON_OST, LEFT, RELEASED)
