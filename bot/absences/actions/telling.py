"""What is owed to the others when somebody goes away or comes back: each is told once, by direct message."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.absences.messages import news
from bot.absences.queries import Away
from bot.db.database import Tx
from bot.outbox.queue import cancel, enqueue
from bot.outcomes.queries import Brief
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.message import Message

_LASTS = timedelta(days=7)


def ask_delegate(tx: Tx, away: Away, outcomes: Sequence[Brief], *, now: datetime) -> None:
    """Owes the delegate the news that they stand in, for the outcomes that they may see."""
    if away.delegate is not None:
        message = news.you_stand_in(away, outcomes, reader=Reader.of(away.delegate, now))
        _owe(tx, away, away.delegate, about="delegate", message=message, now=now)


def release_delegate(tx: Tx, away: Away, *, is_asked_anew: bool = False, now: datetime) -> None:
    """Tells the delegate that nothing is asked of them any more; not one who had not heard, or is asked anew."""
    if away.delegate is None:
        return
    unheard = _stop_asking(tx, away, now=now)
    if not unheard and not is_asked_anew:
        message = news.you_no_longer_stand_in(away, reader=Reader.of(away.delegate, now))
        _owe(tx, away, away.delegate, about="over", message=message, now=now)


def tell_shortened(tx: Tx, away: Away, *, now: datetime) -> None:
    """Tells the delegate that it ends earlier than they were told."""
    if away.delegate is not None:
        _stop_asking(tx, away, now=now)
        message = news.you_stand_in_for_less(away, reader=Reader.of(away.delegate, now))
        _owe(tx, away, away.delegate, about=f"until:{away.days.last}", message=message, now=now)


def tell_left_alone(tx: Tx, away: Away, delegate_away: Away, *, now: datetime) -> None:
    """Tells somebody that the person who stands in for them is away too."""
    message = news.delegate_is_away(delegate_away, reader=Reader.of(away.person, now))
    _owe(tx, away, away.person, about=f"alone:{delegate_away.absence.id}", message=message, now=now)


def tell_delegate_gone(tx: Tx, away: Away, *, now: datetime) -> None:
    """Tells somebody who is away, or will be, that the person who stands in for them has left."""
    if away.person.is_active:
        message = news.delegate_is_gone(away, reader=Reader.of(away.person, now))
        _owe(tx, away, away.person, about="delegate_gone", message=message, now=now)


def _stop_asking(tx: Tx, away: Away, *, now: datetime) -> bool:
    reason = "The absence was called off or changed."
    return cancel(tx, workspace_id=away.person.workspace_id, key=_key(away, "delegate"), reason=reason, now=now)


def _owe(tx: Tx, away: Away, to: Person, *, about: str, message: Message, now: datetime) -> None:
    enqueue(
        tx,
        workspace_id=away.person.workspace_id,
        key=_key(away, about),
        place=to.id,
        message=message,
        due_at=now,
        expires_at=now + _LASTS,
        now=now,
    )


def _key(away: Away, about: str) -> str:
    return f"absence:{away.absence.id}:{about}"
