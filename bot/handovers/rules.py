"""What is true of handovers: what may become of an offer, and how long it waits. Pure."""

from datetime import timedelta
from enum import StrEnum

ANSWERED_WITHIN = timedelta(days=7)
"""How long an offer waits for an answer before it goes back to the lead: to the same weekday and hour."""


class HandoverState(StrEnum):
    """What became of the offer."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
