"""What a meeting was worth to somebody: told to nobody with their name."""

from datetime import datetime

from bot.db.database import Tx, insert
from bot.errors import FormRefused, Refused
from bot.meetings.model import MeetingRating
from bot.meetings.queries.held import Held, find_held
from bot.meetings.rules.held import MeetingState
from bot.meetings.rules.history import COMMENT_LIMIT
from bot.people.rules import Viewer


def rate_meeting(tx: Tx, viewer: Viewer, meeting_id: int, score: int, *, now: datetime) -> Held:
    """Keeps what somebody thinks of a meeting, from 1 to 5; said again, it is replaced, and a line stays.

    Raises NotFound, Refused before it is over.
    """
    held = _over(tx, viewer, meeting_id)
    row = {"workspace_id": viewer.workspace_id, "meeting_id": meeting_id, "person_id": viewer.person_id}
    said = {"score": min(max(score, 1), 5), "rated_at": now}
    rating = insert(tx, MeetingRating).values(**row, **said, comment="")
    tx.execute(rating.on_conflict_do_update(index_elements=[*row], set_=said))
    return held


def comment_on_meeting(tx: Tx, viewer: Viewer, meeting_id: int, comment: str, *, now: datetime) -> Held:
    """Keeps a line beside somebody's rating.

    Raises NotFound, Refused without a rating, FormRefused for too many words.
    """
    held = _over(tx, viewer, meeting_id)
    if len(comment) > COMMENT_LIMIT:
        raise FormRefused({"comment": f"This is {len(comment):,} characters; please stay within {COMMENT_LIMIT:,}."})
    rating = tx.get(MeetingRating, (viewer.workspace_id, meeting_id, viewer.person_id), populate_existing=True)
    if rating is None:
        raise Refused("Give it a number first, below its summary.")
    rating.comment, rating.rated_at = comment, now
    tx.flush()
    return held


def _over(tx: Tx, viewer: Viewer, meeting_id: int) -> Held:
    held = find_held(tx, viewer, meeting_id)
    if held.meeting.state != MeetingState.ENDED:
        raise Refused(f"{held.meeting.name} is not over yet.")
    return held
