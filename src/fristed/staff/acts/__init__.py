"""What staff do about the service itself: sites, posts, devices, turns, shifts."""

from fristed.staff.acts.devices import arm_device, claim_device, disarm_device, enrol_device, retire_device
from fristed.staff.acts.posts import change_role, end_post, hire, offer, take_up
from fristed.staff.acts.shift import end_duty, start_duty, write_handover
from fristed.staff.acts.sign_in import change_sign_in, fail_sign_in, invite, sign_in, sign_out
from fristed.staff.acts.site import answer_volume, change_site_file, found_site
from fristed.staff.acts.turns import begin_turn, end_turn, lock_pin

__all__ = [
    "answer_volume",
    "arm_device",
    "begin_turn",
    "change_role",
    "change_sign_in",
    "change_site_file",
    "claim_device",
    "disarm_device",
    "end_duty",
    "end_post",
    "end_turn",
    "enrol_device",
    "fail_sign_in",
    "found_site",
    "hire",
    "invite",
    "lock_pin",
    "offer",
    "retire_device",
    "sign_in",
    "sign_out",
    "start_duty",
    "take_up",
    "write_handover",
]
