"""Short codes in the words of the people who read them. A code without a label is shown as it is, never dropped."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fristed.room.words.board import KINDS, SPOTS, TIMELINE, WATCHES
from fristed.room.words.door import ROLES

LABELS: dict[str, str | Promise] = {
    **KINDS,
    **TIMELINE,
    **SPOTS,
    **WATCHES,
    **ROLES,
    # the opening check
    "oxygen": _("Oxygen"),
    "aed": _("AED"),
    "bag_mask": _("Bag-mask"),
    "naloxone": _("Naloxone"),
    "present": _("there"),
    "missing": _("missing"),
    "expired": _("expired, counts as missing"),
    "undated": _("there, but no date written down: counts as missing"),
    "unchecked": _("not looked at yet"),
    # equipment
    "needle": _("Needles"),
    "needles": _("Needles"),
    "naloxone_kit": _("Naloxone kit"),
    "cooker": _("Cookers"),
    "filter": _("Filters"),
    "water": _("Water"),
    "foil": _("Foil"),
    "pipe": _("Pipes"),
    "sharps_box": _("Sharps box"),
    "not_said": _("not said"),
    # services and topics
    "brief_intervention": _("Advice"),
    "shower": _("Shower"),
    "wound_care": _("Wound care"),
    "food": _("Food"),
    "laundry": _("Laundry"),
    "clothing": _("Clothing"),
    "testing": _("Testing"),
    "vaccination": _("Vaccination"),
    "injecting_review": _("Injecting review"),
    "naloxone_training": _("Naloxone training"),
    "safer_use": _("Safer use"),
    "vein_care": _("Vein care"),
    "overdose": _("Overdose"),
    "blood_borne_viruses": _("Blood-borne viruses"),
    "housing": _("Housing"),
    "addiction_care": _("Addiction care"),
    "sexual_health": _("Sexual health"),
    "treatment": _("Treatment"),
    # incidents
    "violence": _("Violence"),
    "threat": _("Threat"),
    "theft": _("Theft"),
    "suspected_dealing": _("Suspected dealing"),
    "fire_or_smoke": _("Fire or smoke"),
    "needle_stick": _("Needle-stick"),
    "other": _("Something else"),
    # samples and bags
    "strip": _("Strip"),
    "infrared": _("Infrared"),
    "returned": _("returned"),
    "destroyed": _("destroyed"),
    "handed": _("handed over"),
    # exits
    "well": _("well"),
    "against_advice": _("against advice"),
    "unseen": _("unseen"),
    "ambulance": _("by ambulance"),
    "asked_to_leave": _("asked to leave"),
    "refused": _("turned away"),
    "come_back": _("turned away, told to come back"),
    "left_waiting": _("gave up waiting"),
    "gave_up": _("gave up waiting"),
    "died": _("died"),
    "here": _("elsewhere in the house"),
    # the shift
    "lead": _("lead"),
    "floor": _("floor"),
    # the street
    "in_person": _("In person"),
    "phone": _("Phone"),
    "mail": _("Mail"),
    "online": _("Online"),
    "council": _("Through the council"),
    "public_use": _("People using in public"),
    "noise": _("Noise"),
    "dealing": _("Dealing"),
    "rough_sleeping": _("Rough sleeping"),
    "litter": _("Litter"),
    # moments
    "visit.came": _("Came"),
    "visit.left": _("Left the house"),
    "consumption.declared": _("Said what and how"),
    "consumption.started": _("Used"),
    "consumption.ended": _("Done using"),
    "stay.seated": _("Took place"),
    "stay.freed": _("Left place"),
    "emergency.raised": _("Alarm"),
    "emergency.ended": _("Emergency over"),
    "step.at": _("In the emergency"),
    "observation.at": _("Observed"),
}
