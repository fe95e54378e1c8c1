"""What changes in the home room."""

from datetime import datetime, timedelta

from bot.db.database import Tx
from bot.home import messages
from bot.outbox.queue import enqueue
from bot.people.rules import Viewer


def say_what_it_reads(tx: Tx, viewer: Viewer, *, now: datetime) -> None:
    """Owes somebody who wrote to Rhythm a pointer to what it understands: once a day, however much they write."""
    enqueue(
        tx,
        workspace_id=viewer.workspace_id,
        key=f"hint:{viewer.person_id}:{now.date()}",
        place=viewer.person_id,
        message=messages.what_i_read(),
        due_at=now,
        expires_at=now + timedelta(hours=1),
        now=now,
    )
