"""What became of deliveries that were never stored."""

from datetime import timedelta

from bot.deliveries.queries import FatePage
from bot.deliveries.rules import About, Asked
from bot.outbox.fates import Fate
from bot.outbox.rules import Kind, State
from bot.teams.model import Team
from tests.outcomes.samples import NOW, person, team

HOUR = timedelta(hours=1)


def fate(
    state: State,
    key: str = "checkin:UOLGA:2026-W14",
    *,
    reason: str | None = None,
    due_in: timedelta = -HOUR,
    place: str = "UOLGA",
    kind: Kind = Kind.POST,
    is_held: bool = False,
) -> Fate:
    """A delivery due an hour ago, and ended half an hour ago if it has ended."""
    has_ended = state not in (State.OWED, State.LEASED, State.POSTING)
    return Fate(
        workspace_id="T1",
        key=key,
        kind=kind,
        place=place,
        state=state,
        due_at=NOW + due_in,
        expires_at=NOW + due_in + 8 * HOUR,
        next_try_at=NOW + due_in,
        leased_until=NOW + timedelta(seconds=30) if is_held else None,
        attempts=0,
        channel=None,
        ts=None,
        sent_at=NOW - HOUR / 2 if state == State.SENT else None,
        ended_at=NOW - HOUR / 2 if has_ended else None,
        reason=reason,
    )


def own(*fates: Fate, total: dict[State, int] | None = None, offset: int = 0, leads: tuple[Team, ...] = ()) -> FatePage:
    """A page of Olga's own list."""
    standing = total or {one.state: sum(other.state == one.state for other in fates) for one in fates}
    asked, olga = Asked(About.PERSON, "UOLGA", offset), person()
    return FatePage(asked, olga, None, fates, standing, {olga.id: olga.name}, is_own=True, leads=leads)


def of_team(*fates: Fate, name: str = "Growth", owner: str = "Olga Ortiz") -> FatePage:
    """The first page of a team's list."""
    standing = {one.state: sum(other.state == one.state for other in fates) for one in fates}
    return FatePage(Asked(About.TEAM, "1"), None, team(name), fates, standing, {"UOLGA": owner})
