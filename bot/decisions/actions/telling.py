"""Who is told of a decision, once, and under which key; and where decisions are announced."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, select

from bot.db.database import Tx
from bot.decisions.messages import news
from bot.decisions.model import Decision
from bot.decisions.queries import DecisionView, decision_unseen, find_decision_by_id
from bot.outbox.queue import cancel, enqueue, revise
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import find_person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.model import Channel, ChannelMember, Team
from bot.teams.queries import find_team, zone_of

_NEWS_LASTS = timedelta(days=2)
_ASK_LASTS = timedelta(days=14)


def ask_decider(tx: Tx, viewer: Viewer, view: DecisionView, *, now: datetime) -> None:
    """Tells the decider, once, that it is theirs to decide; nobody who asks themselves."""
    view.decision.asked_version = view.decision.version
    tx.flush()
    by = name_of(tx, viewer)

    def say(seen: DecisionView, reader: Reader) -> Message:
        return news.asked_to_decide(seen, by=by, reader=reader)

    tell_decider(tx, viewer, view, _asked(view.decision), say, now=now, lasts=_ASK_LASTS)


def ask_key(view: DecisionView) -> str | None:
    """The key under which the decider was asked, if they were; None without a decider."""
    decision = view.decision
    is_asked = decision.decider_id and decision.asked_version
    return key_of(decision, f"{_asked(decision)}:{decision.decider_id}") if is_asked else None


def take_back_ask(tx: Tx, view: DecisionView, key: str | None, *, now: datetime) -> None:
    """What somebody was asked, under that key, says what became of it; one not sent yet is not sent any more."""
    if key is None:
        return
    workspace_id, reader = view.decision.workspace_id, channel_reader(tx, view.team, now)
    if not cancel(tx, workspace_id=workspace_id, key=key, reason="It was settled before.", now=now):
        message, expires_at = news.not_asked_any_more(view, reader), now + _NEWS_LASTS
        revise(tx, workspace_id=workspace_id, key=key, message=message, now=now, expires_at=expires_at)


def tell_heard(tx: Tx, viewer: Viewer, view: DecisionView, *, now: datetime) -> None:
    """Tells those who are heard, once a version, with a button to object while its window is open.

    Nobody who made the choice or wrote it down, which is what the viewer did.
    """
    choice = view.chosen
    if choice is None or choice.objections_until_at is None:
        return
    for person in view.heard:
        if person.id in (choice.made_by, viewer.person_id) or not is_told(tx, person, view.team):
            continue
        seen = find_decision_by_id(tx, Viewer(person.workspace_id, person.id), view.decision.id)
        message = news.you_may_object(seen, choice, reader=Reader.of(person, now))
        about = f"v{choice.version}:heard:{person.id}"
        _owe(tx, view.decision, about, person.id, message, now=now, expires_at=choice.objections_until_at)


def tell_decider(
    tx: Tx,
    viewer: Viewer,
    view: DecisionView,
    about: str,
    say: Callable[[DecisionView, Reader], Message],
    *,
    now: datetime,
    lasts: timedelta = _NEWS_LASTS,
) -> None:
    """Tells the decider, in a direct message, what somebody else did; nobody who did it, is gone or cannot see it.

    `say` draws it from the decision as the decider sees it.
    """
    decider = view.decider
    if decider is None or decider.id == viewer.person_id or not is_told(tx, decider, view.team):
        return
    seen = find_decision_by_id(tx, Viewer(decider.workspace_id, decider.id), view.decision.id)
    message = say(seen, Reader.of(decider, now))
    _owe(tx, view.decision, f"{about}:{decider.id}", decider.id, message, now=now, expires_at=now + lasts)


def seen_by_channel(tx: Tx, view: DecisionView) -> DecisionView:
    """The decision with as much of other teams as everybody in its team's channel may see: nothing."""
    return decision_unseen(tx, Viewer(view.decision.workspace_id, view.decision.created_by), view.decision.id)


def announce(tx: Tx, view: DecisionView, about: str, message: Message, *, now: datetime) -> None:
    """Owes the place where the team's decisions are announced a line; nothing when that is nowhere."""
    if place := announced_in(tx, view.team):
        _owe(tx, view.decision, about, place, message, now=now, expires_at=now + _NEWS_LASTS)


def channel_reader(tx: Tx, team: Team, now: datetime) -> Reader:
    """Everybody in a team's channel."""
    return Reader.for_channel(now, zone_of(tx, team))


def announced_in(tx: Tx, team: Team) -> str | None:
    """The channel in which a team's decisions are announced; None for nowhere.

    Where not everybody in the chosen one may see them any more, it is the team's own.
    """
    chosen = team.decisions_channel_id
    if chosen is None or chosen == team.channel_id:
        return chosen
    return team.channel_id if why_not_there(tx, team, chosen) else chosen


def why_not_there(tx: Tx, team: Team, channel_id: str) -> str:
    """Why a team's decisions cannot be announced in another channel, as a sentence; empty when they can."""
    own = tx.get(Channel, (team.workspace_id, team.channel_id))
    other = tx.get(Channel, (team.workspace_id, channel_id))
    if other is None or not other.has_bot:
        return "Rhythm is not in that channel yet. Type /invite @rhythm there, then try again."
    if other.is_archived:
        return "That channel is archived. Choose another one."
    if own is None or own.is_private:
        return f"What {team.name} decides is private to its own channel, so it can be announced only there."
    if _has_other_guests(tx, team, channel_id):
        return f"There are guests in that channel who may not see what {team.name} decides. Choose another one."
    return ""


def is_told(tx: Tx, person: Person, team: Team) -> bool:
    """Whether news of a team's decisions may reach somebody: they are here, and can see the team."""
    viewer = Viewer(person.workspace_id, person.id)
    return person.is_active and not person.is_bot and find_team(tx, viewer, team.id) is not None


def name_of(tx: Tx, viewer: Viewer) -> str:
    """How whoever does something is called."""
    person = find_person(tx, viewer, viewer.person_id)
    return person.name if person else "Somebody"


def key_of(decision: Decision, about: str) -> str:
    """The key of a message about a decision: `decision:D7:asked:U1`."""
    return f"decision:D{decision.id}:{about}"


def _asked(decision: Decision) -> str:
    """`asked` when it was opened, `asked:v3` when it became theirs, or was opened again, by its third version."""
    return f"asked:v{decision.asked_version}" if decision.asked_version > 1 else "asked"


def _has_other_guests(tx: Tx, team: Team, channel_id: str) -> bool:
    """Whether a guest is in a channel who is not in the team's own, and so may not see the team."""
    is_there = and_(ChannelMember.workspace_id == Person.workspace_id, ChannelMember.person_id == Person.id)
    is_here = exists().where(is_there, ChannelMember.channel_id == team.channel_id)
    in_other = exists().where(is_there, ChannelMember.channel_id == channel_id)
    guests = select(Person.id).where(Person.workspace_id == team.workspace_id, Person.is_guest, in_other, ~is_here)
    return tx.scalars(guests.limit(1)).first() is not None


def _owe(
    tx: Tx, decision: Decision, about: str, place: str, message: Message, *, now: datetime, expires_at: datetime
) -> None:
    key = key_of(decision, about)
    enqueue(
        tx,
        workspace_id=decision.workspace_id,
        key=key,
        place=place,
        message=message,
        due_at=now,
        expires_at=expires_at,
        now=now,
    )
