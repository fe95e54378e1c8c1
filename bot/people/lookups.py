"""What Slack says of people."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.db.database import Database
from bot.errors import NotFound
from bot.outbox.claims import block_lane, take_slot
from bot.outbox.rules import Rate, bounded_retry_after
from bot.people.actions import Changed, note_gone, note_quiet, remember_person
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import STILL_TO_FOLLOW, Viewer, quiet_until, read_profile
from bot.slack.app import asked_to_wait, even_if_raced

log = structlog.get_logger(__name__)

_UNKNOWN_TO_SLACK = {"user_not_found", "users_not_found", "user_not_visible"}
_MOST_AT_ONCE = 50
"""People in one call of `dnd.teamInfo`."""
_QUIET, _QUIET_PACE = "dnd.teamInfo", Rate(timedelta(seconds=3), timedelta(seconds=57))
"""Slack's tier 2: 20 calls in a minute, which may come at once."""
_PEOPLE, _PEOPLE_PACE = "users.info", Rate(timedelta(seconds=2), timedelta(0))
"""Far below what Slack allows: those who make gestures are looked up too."""
_REST = 60.0
"""Seconds for which nothing is looked up after a look-up failed, unless Slack says how long."""
_FRESH = timedelta(days=7)
"""Events keep people up to date; this mends what a missed event left wrong."""

LookUp = Callable[[Sequence[Viewer]], None]
"""Notes what Slack says of people who may be written to now: whether they are in Do Not Disturb."""


def nobody_looked_up(_people: Sequence[Viewer]) -> None:
    """A LookUp that leaves everybody as they are."""


def introduce(client: WebClient, db: Database, viewer: Viewer, person_id: str) -> Person:
    """The person by that id, looked up in Slack if Rhythm has not met them or not lately.

    Somebody found to have left, come back or moved is looked up again by the next tick, which does what follows from
    that. Raises NotFound when Slack knows nobody by that id.
    """
    with db.read() as tx:
        known = find_person(tx, viewer, person_id)
        if known is not None and db.now(tx) - known.refreshed_at < _FRESH:
            return known
    try:
        user = client.users_info(user=person_id, include_locale=True)["user"]
    except SlackApiError as error:
        if known is not None:
            return known
        if error.response.get("error") in _UNKNOWN_TO_SLACK:
            raise NotFound("Slack knows nobody by that name in this workspace.") from None
        raise

    def met() -> Person:
        with db.begin() as tx:
            before = _standing(find_person(tx, viewer, person_id))
            noted = remember_person(tx, workspace_id=viewer.workspace_id, profile=read_profile(user), now=db.now(tx))
            if before is not None and before != _standing(noted):
                noted.refreshed_at = STILL_TO_FOLLOW
            return noted

    return even_if_raced(met)


def look_up_again(client: WebClient, db: Database, person: Viewer, *, changed: Changed) -> bool:
    """Notes what Slack says of somebody by now, at a gentle pace. Answers False when it could not be asked yet.

    `changed` follows in the same transaction when they left, came back or live in another zone.
    """

    def look() -> None:
        try:
            user = client.users_info(user=person.person_id, include_locale=True)["user"]
        except SlackApiError as error:
            if error.response.get("error") not in _UNKNOWN_TO_SLACK:
                raise
            user = None
        with db.begin() as tx:
            now, before = db.now(tx), _standing(find_person(tx, person, person.person_id))
            if user is None:
                noted = note_gone(tx, person, now=now)
            else:
                noted = remember_person(tx, workspace_id=person.workspace_id, profile=read_profile(user), now=now)
            if before != _standing(noted):
                changed(tx, noted, now=now)

    return _paced(db, person.workspace_id, _PEOPLE, _PEOPLE_PACE, look)


def _standing(person: Person | None) -> tuple[bool, str, bool] | None:
    """What others depend on: whether somebody is there, where their day is, and that both has been followed up."""
    return (person.is_active, person.time_zone, person.refreshed_at != STILL_TO_FOLLOW) if person else None


def look_up_quiet(client: WebClient, db: Database, people: Sequence[Viewer]) -> None:
    """Notes who of these people is in Do Not Disturb, in one call for fifty of them.

    Whoever cannot be looked up now, because Slack does not answer or was asked too often, stays as they were.
    """
    by_workspace: dict[str, set[str]] = defaultdict(set)
    for person in people:
        by_workspace[person.workspace_id].add(person.person_id)
    for workspace_id, ids in by_workspace.items():
        for first in range(0, len(ids), _MOST_AT_ONCE):
            some = sorted(ids)[first : first + _MOST_AT_ONCE]
            _paced(db, workspace_id, _QUIET, _QUIET_PACE, partial(_look_up_quiet, client, db, workspace_id, some))


def _look_up_quiet(client: WebClient, db: Database, workspace_id: str, ids: Sequence[str]) -> None:
    told = client.dnd_teamInfo(users=list(ids))["users"]
    with db.begin() as tx:
        now = db.now(tx)
        note_quiet(tx, workspace_id, {one: quiet_until(told.get(one) or {}, now=now) for one in ids}, now=now)


def _paced(db: Database, workspace_id: str, method: str, pace: Rate, look: Callable[[], None]) -> bool:
    """Looks, at a pace that replicas share. Answers whether it did; a call that fails lets its method rest a while."""
    with db.begin() as tx:
        if take_slot(tx, workspace_id, method, pace, db.now(tx)) is not None:
            return False
    try:
        look()
    except Exception as error:
        # Nobody is held up by these look-ups: what they would have found out is found out by the next one.
        log.warning("not looked up", workspace=workspace_id, method=method, error=_named(error))
        with db.begin() as tx:
            now = db.now(tx)
            block_lane(tx, workspace_id, method, now + bounded_retry_after(asked_to_wait(error) or _REST), now)
        return False
    return True


def _named(error: Exception) -> str:
    return str(error.response.get("error")) if isinstance(error, SlackApiError) else type(error).__name__
