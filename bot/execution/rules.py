"""What is true of an execution path: pure."""

from enum import StrEnum

TEXT_LIMIT = 200
EFFECT_LIMIT = 300
REASON_LIMIT = 300
"""Limits in characters: what to do, the effect expected of it, and why it is left."""


class ActionState(StrEnum):
    """Where an action is. `proposed`: by somebody who may not change the outcome; its owner has not said yet."""

    PROPOSED = "proposed"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class EffectSeen(StrEnum):
    """What the person who did it says of the effect they expected."""

    YES = "yes"
    NOT_YET = "not yet"
    NO = "no"
