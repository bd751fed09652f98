"""What scripts say, in the page's language. The page carries it as data; see `static/fristed/words.js`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, Promise] = {
    "alarm_alone": _("With them: {names}. Nobody else has answered yet"),
    "alarm_arm": _("Tap to arm this screen and hear its test sound"),
    "alarm_arm_why": _("Until then it stays silent in an emergency. One tap is enough for the shift."),
    "alarm_armed": _("Alarm armed"),
    "alarm_coming": _("Coming: {names}"),
    "alarm_deaf": _("This screen does not hear the bell. It asks by itself every two seconds."),
    "alarm_disarm": _("Make this screen silent"),
    "alarm_emergency": _("EMERGENCY"),
    "alarm_i_come": _("I am coming"),
    "alarm_later": _("Not now"),
    "alarm_nobody": _("Nobody has answered yet"),
    "alarm_no_sound": _("No sound came out of this screen. Look at its volume, or use another one."),
    "alarm_open": _("Open"),
    "alarm_safety": _("STAFF SAFETY"),
    "alarm_silent": _("This screen is silent"),
    "alarm_silent_others": _("Silent screens: {names}"),
    "alarm_stranger": _("Not one of the room's screens. It shows alarms, and sounds them once it was touched."),
    "alarm_who": _("Who is coming?"),
    "draft_back": _("What you had typed is back."),
    "kept": _("Kept on this tablet at {time}. It is sent by itself."),
    "not_kept": _("No connection, and this could not be kept. Write it on paper."),
    "offline": _(
        "No connection since {time}. The clocks keep counting; the rest is as it was. "
        "Alarms of other screens do not reach this one."
    ),
    "others_not_alarmed": _("Others NOT alarmed. Call for help."),
    "override": _("Do it anyway"),
    "override_reason": _("Why"),
    "place": _("place {n}"),
    "pocketed": _("Kept on this tablet until it can be sent: {n} (until {time} at the latest)"),
    "sent": _("Sent from this tablet: {n}."),
    "sent_odd": _("Need a look on the board: {n}."),
    "sign_in": _("Sign in"),
    "spot_door": _("door"),
    "spot_other": _("elsewhere"),
    "spot_pavement": _("pavement"),
    "spot_place": _("place"),
    "spot_recovery": _("recovery"),
    "spot_toilet": _("toilet"),
    "spot_waiting": _("waiting room"),
    "too_long": _("This is too much text for one entry. Shorten it; nothing typed is lost."),
    "too_old": _("Waited too long without a connection and deleted: {n}. Write down what you remember."),
    "until": _("Until {time}."),
}
