"""ISO 8601 durations, as the clock is asked to advance by: `P3D`, `P1W`, `PT2H30M`, `P3M`."""

import re
from datetime import datetime

from dateutil.relativedelta import relativedelta

from bot.sandbox.refusals import Refused

PATTERN = re.compile(
    r"P(?=\d|T\d)"
    r"(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


def parse_duration(text: object, start: datetime) -> datetime:
    """The instant this long after `start`. Raises Refused for what is not a duration, or leads past the year 9999."""
    match = PATTERN.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Refused("`advance` is an ISO 8601 duration, such as P3D, P1W or PT2H30M.")
    parts = {unit: int(amount) for unit, amount in match.groupdict().items() if amount is not None}
    try:
        return start + relativedelta(**parts)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        raise Refused("That is further than a calendar goes.") from None
