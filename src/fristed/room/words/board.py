"""Codes of the board and of emergencies in the words of the floor. A code without words is shown as it is."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

STATES: Words = {
    "free": _("free"),
    "preparing": _("preparing"),
    "consuming": _("using"),
    "observed": _("observed"),
    "watch": _("WATCH"),
    "emergency": _("EMERGENCY"),
    "cleaning": _("to be wiped"),
    "closed": _("closed"),
    "contested": _("given twice"),
}
ROUTES: Words = {
    "inject": _("inject"),
    "smoke": _("smoke"),
    "snort": _("snort"),
    "swallow": _("swallow"),
}
FLAGS: Words = {
    "overdose_here": _("overdose here"),
    "allergy": _("allergy"),
    "seizure": _("seizures"),
    "depressants": _("depressants"),
    "tolerance": _("low tolerance"),
    "first_visit": _("first visit"),
    "assisted": _("is helped"),
    "helper": _("has a helper"),
    "other": _("alert"),
}
WATCHES: Words = {
    "after_use": _("after use"),
    "after_naloxone": _("after naloxone"),
    "sedated": _("sedated"),
}
EXITS: Words = {
    "well": _("Left well"),
    "against_advice": _("Left against advice"),
    "unseen": _("Left unseen"),
    "ambulance": _("Taken by ambulance"),
    "asked_to_leave": _("Asked to leave"),
}
SPOTS: Words = {
    "place": _("place"),
    "waiting": _("waiting room"),
    "recovery": _("recovery"),
    "door": _("door"),
    "toilet": _("toilet"),
    "pavement": _("pavement"),
    "other": _("elsewhere"),
}
KINDS: Words = {
    "opioid": _("opioid"),
    "stimulant": _("stimulant"),
    "mixed": _("mixed"),
    "seizure": _("seizure"),
    "cardiac": _("heart"),
    "allergic": _("allergic"),
    "other": _("other"),
    "staff_safety": _("staff safety"),
}
STEPS: Words = {  # the big buttons, in the order in which things are done
    "stimulate": _("Stimulate"),
    "airway": _("Airway"),
    "oxygen": _("Oxygen"),
    "bag_mask": _("Bag-mask"),
    "naloxone": _("Naloxone"),
    "cpr": _("CPR"),
    "aed": _("AED"),
    "glucose": _("Glucose"),
    "cooling": _("Cooling"),
    "benzodiazepine": _("Benzo\u00addiazepine"),
    "de_escalation": _("De-escalation"),
}
TIMELINE: Words = STEPS | {
    "ambulance_called": _("Ambulance called"),
    "ambulance_arrived": _("Ambulance arrived"),
    "ambulance_left": _("Ambulance left"),
    "acknowledged": _("Heard, coming"),
    "raised_again": _("Called again"),
    "observation": _("Measured"),
    "part": _("Takes the part"),
    "note": _("Note"),
}
PARTS: Words = {
    "lead": _("lead"),
    "airway": _("airway"),
    "drugs": _("drugs"),
    "scribe": _("scribe"),
    "room": _("rest of the room"),
}
AMBULANCE: Words = {  # its three moments, as buttons
    "ambulance_called": _("called"),
    "ambulance_arrived": _("arrived"),
    "ambulance_left": _("gone"),
}
NOW: Words = {
    "place": _("Still in the place"),
    "recovery": _("In recovery"),
    "ambulance": _("Gone by ambulance"),
    "left_well": _("Left, well"),
    "left_against_advice": _("Left against advice"),
    "left_unseen": _("Left unseen"),
    "died": _("Died"),
}
AVPU: Words = {
    "alert": _("Alert"),
    "voice": _("Voice"),
    "pain": _("Pain"),
    "unresponsive": _("Unresponsive"),
}
MEASURES: Words = {
    "breaths": _("RR"),
    "oxygen": _("SpO₂"),
    "pulse": _("Pulse"),
    "gcs": _("GCS"),
    "systolic": _("Systolic"),
    "diastolic": _("Diastolic"),
    "per_minute": _("per minute"),
}
ATTRIBUTIONS: Words = {
    "reduced_tolerance": _("Reduced tolerance"),
    "depressants": _("Alcohol or other depressants"),
    "higher_quality": _("Stronger than usual"),
    "higher_quantity": _("More than usual"),
    "other": _("Something else"),
    "not_known": _("Not known"),
}
OUTCOMES: Words = {
    "recovered_here": _("Recovered here"),
    "left_against_advice": _("Left against advice"),
    "ambulance_not_taken": _("Ambulance came, person stayed"),
    "hospital": _("Taken to hospital"),
    "died": _("Died"),
    "false_alarm": _("Nothing was the matter"),
    "not_known": _("Not known"),
}
GRADES: dict[int, str | Promise] = {
    0: _("nothing of the graded list"),
    1: _("stimulation only"),
    2: _("oxygen or airway"),
    3: _("ventilation"),
    4: _("naloxone"),
    5: _("ambulance or transport"),
    6: _("arrest"),
    7: _("death"),
}
ACTS: Words = {  # taps that a tablet may keep while there is no network, as their buttons say them
    "room.check_in": _("Came"),
    "room.arrive": _("Came"),
    "room.declare": _("Declare"),
    "room.call": _("Call"),
    "room.give_up": _("Gave up waiting"),
    "room.seat": _("Seat"),
    "room.move": _("To another place"),
    "room.use": _("Uses now"),
    "room.withdraw_use": _("Has not used: wrong tap"),
    "room.finish": _("Done using"),
    "room.leave_place": _("To recovery"),
    "room.clean": _("Wiped"),
    "room.seen_breathing": _("Seen breathing"),
    "room.keep_watch": _("Watch: sedated, breathing"),
    "room.release": _("Release from the watch"),
    "room.leave_house": _("Leaves the house"),
    "room.raise_emergency": _("Emergency"),
    "room.step": _("In the emergency"),
    "room.observe": _("Measure"),
    "room.end_emergency": _("It is over …"),
    "room.false_alarm": _("False alarm"),
    "room.acknowledge": _("I am coming"),
}


def kinds() -> list[tuple[str, str | Promise]]:
    """The kinds of emergency that a person can have, with their words."""
    return [(code, name) for code, name in KINDS.items() if code != "staff_safety"]
