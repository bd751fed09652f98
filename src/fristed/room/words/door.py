"""Words for the codes that the front door keeps, as its screens show them."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, Promise]

LAST_USE: Words = {
    "under_6h": _("less than 6 hours ago"),
    "under_24h": _("less than 24 hours ago"),
    "days_1_3": _("1 to 3 days ago"),
    "days_4_7": _("4 to 7 days ago"),
    "longer": _("longer ago"),
    "not_asked": _("not asked"),
}
TURN_AWAY: Words = {
    "excluded": _("excluded for a time"),
    "ineligible": _("the site's rules for admission"),
    "outside_hours": _("closed at this hour"),
    "not_opened": _("not open yet today"),
    "code_needed": _("registration needed"),
    "underage": _("under age"),
    "first_use": _("has not used this way before"),
    "intoxicated": _("too intoxicated to be safe"),
    "no_drug_shown": _("nothing shown"),
    "pregnant_or_child": _("pregnant, or a child is with them"),
    "room_full": _("the room is full"),
    "other": _("another reason"),
}
OFFERS: Words = {
    "equipment": _("equipment"),
    "naloxone": _("naloxone to take along"),
    "care": _("care: wounds, food, a talk"),
    "other_room": _("another room nearby"),
    "come_back": _("a time to come back"),
    "nothing": _("nothing"),
}
ROLES: Words = {
    "reception": _("reception"),
    "room_worker": _("room worker"),
    "nurse": _("nurse"),
    "manager": _("manager"),
}
# what the person can do about it, in words that may be said to them
FOR_THEM: Words = {
    "excluded": _(
        "You cannot use a place here until then. You can say that you do not agree, and we write it down. "
        "Equipment, naloxone and help are always here for you."
    ),
    "ineligible": _(
        "We cannot give you a place by this site's rules for admission. If something about that is wrong, tell us and "
        "we look at it together. Equipment, naloxone and a talk are always here for you."
    ),
    "outside_hours": _("The room is closed now. We can tell you when it opens, and where else you can go."),
    "not_opened": _("The room is not open yet today. You may wait here; ask us again when it opens."),
    "code_needed": _("Here a place needs a registration. Any name you choose will do; it takes a minute."),
}
