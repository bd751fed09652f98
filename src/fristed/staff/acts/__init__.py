"""What staff do about the service itself: sites, posts, devices, turns, shifts."""

from fristed.staff.acts.devices import arm_device, disarm_device, enrol_device, retire_device
from fristed.staff.acts.posts import change_role, end_post, hire
from fristed.staff.acts.shift import end_duty, start_duty, write_handover
from fristed.staff.acts.site import change_site_file, found_site
from fristed.staff.acts.turns import begin_turn, end_turn, lock_pin, set_pin

__all__ = [
    "arm_device",
    "begin_turn",
    "change_role",
    "change_site_file",
    "disarm_device",
    "end_duty",
    "end_post",
    "end_turn",
    "enrol_device",
    "found_site",
    "hire",
    "lock_pin",
    "retire_device",
    "set_pin",
    "start_duty",
    "write_handover",
]
