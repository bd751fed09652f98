"""What the room keeps. Columns are text and integers; moments are microseconds; what is personal is sealed."""

from fristed.room.models.care import Found, Incident, Referral, Sample, ServiceGiven, Supply
from fristed.room.models.correction import Correction
from fristed.room.models.day import DayRecord, OpeningCheck
from fristed.room.models.emergency import Emergency, Protocol, Step
from fristed.room.models.unplaced import Unplaced
from fristed.room.models.visit import Consumption, Observation, Place, Stay, Visit, Watch

__all__ = [
    "Consumption",
    "Correction",
    "DayRecord",
    "Emergency",
    "Found",
    "Incident",
    "Observation",
    "OpeningCheck",
    "Place",
    "Protocol",
    "Referral",
    "Sample",
    "ServiceGiven",
    "Stay",
    "Step",
    "Supply",
    "Unplaced",
    "Visit",
    "Watch",
]
