"""A decider is reminded, or asked to review: at most once each, and never of what is not theirs or open any more."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.absences.queries import hours_of
from bot.absences.rules import Days
from bot.absences.rules.hours import Hours
from bot.db.database import Tx
from bot.decisions.actions.telling import is_told
from bot.decisions.messages import news, reminders
from bot.decisions.messages.review import review_due, reviewed_already
from bot.decisions.model import Decision
from bot.decisions.queries import DecisionView, decision_unseen, find_decision_by_id
from bot.decisions.queries.due import claim_decision, is_rewritten, known_since, words_said
from bot.decisions.queries.reviewing import foretold
from bot.decisions.rules import DecisionState
from bot.decisions.rules.reminders import Owed, Word, next_choice_word, next_review_word, word_key
from bot.deliveries.actions import ask
from bot.deliveries.rules import MOST_A_WEEK
from bot.outbox.queue import cancel, revise
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.rules import Viewer
from bot.slack.message import Message
from bot.teams.model import Team

_SETTLED = "It was settled before."
_REWRITING_LASTS = timedelta(days=2)
_TRY_AGAIN_IN = timedelta(minutes=5)


def remind_next(tx: Tx, workspace_id: str, decision_id: int, *, most_a_week: int = MOST_A_WEEK, now: datetime) -> bool:
    """Tells a decider what is due, if anything is, and writes down when to look next.

    Answers False when another replica is at it, or it is not time after all.
    """
    decision = claim_decision(tx, workspace_id, decision_id)
    if decision is None or decision.next_word_at is None or decision.next_word_at > now:
        return False
    decision.next_word_at = None
    team, decider = tx.get_one(Team, decision.team_id), _decider(tx, decision)
    if decider is not None and is_told(tx, decider, team):
        hours = _hours(tx, decider, team, now=now)
        given = {one.key for one in words_said(tx, decision)}
        owed = _owed(tx, decision, hours, given, now=now)
        if owed is not None and owed.span.opens_at <= now:
            _say(tx, decision, decider, owed, most_a_week, now=now)
            given.add(_key(decision, owed.word))
            owed = _owed(tx, decision, hours, given, now=now)
        decision.next_word_at = owed.span.opens_at if owed else None
    tx.flush()
    return True


def take_back_words(tx: Tx, decision: Decision, *, now: datetime) -> None:
    """Stops what is not true any more of what a decider is to be told; what was sent says what became of it."""
    for said in words_said(tx, decision):
        if said.key in _true_keys(decision):
            continue
        if cancel(tx, workspace_id=decision.workspace_id, key=said.key, reason=_SETTLED, now=now):
            continue
        if not is_rewritten(tx, said):
            message = _settled(tx, decision, said.place, said.key, now=now)
            lasts = now + _REWRITING_LASTS
            revise(tx, workspace_id=decision.workspace_id, key=said.key, message=message, now=now, expires_at=lasts)


def look_again_later(tx: Tx, workspace_id: str, decision_id: int, *, now: datetime) -> None:
    """Looks at a decision again a little later, after something went wrong."""
    decision = claim_decision(tx, workspace_id, decision_id)
    if decision is not None and decision.next_word_at is not None and decision.next_word_at <= now:
        decision.next_word_at = now + _TRY_AGAIN_IN
        tx.flush()


def _owed(tx: Tx, decision: Decision, hours: Hours, keys: set[str], *, now: datetime) -> Owed | None:
    given = [word for word in Word if _key(decision, word) in keys]
    if decision.state == DecisionState.OPEN and decision.needed_by_on is not None:
        since = known_since(tx, decision)
        return next_choice_word(decision.needed_by_on, known_since=since, hours=hours, given=given, now=now)
    if _waits_for_review(decision) and decision.review_on is not None:
        return next_review_word(decision.review_on, hours=hours, given=given, now=now)
    return None


def _say(tx: Tx, decision: Decision, decider: Person, owed: Owed, most_a_week: int, *, now: datetime) -> None:
    viewer, reader = Viewer(decider.workspace_id, decider.id), Reader.of(decider, now)
    view = find_decision_by_id(tx, viewer, decision.id)
    ask(
        tx,
        decider,
        key=_key(decision, owed.word),
        message=_message(tx, viewer, view, owed.word, reader),
        due_at=now,
        expires_at=owed.span.until,
        most_a_week=most_a_week,
        now=now,
    )


def _message(tx: Tx, viewer: Viewer, view: DecisionView, word: Word, reader: Reader) -> Message:
    if word == Word.REVIEW:
        return review_due(view, foretold(tx, viewer, view, reader), reader=reader)
    return (reminders.needed_soon if word == Word.BEFORE else reminders.needed_already)(view, reader=reader)


def _settled(tx: Tx, decision: Decision, person_id: str, key: str, *, now: datetime) -> Message:
    """What somebody who was reminded reads instead, with nothing that they may not see."""
    view = decision_unseen(tx, Viewer(decision.workspace_id, person_id), decision.id)
    if f":{Word.REVIEW}:" in key:
        return reviewed_already(view)
    person = tx.get_one(Person, (decision.workspace_id, person_id))
    return news.not_asked_any_more(view, Reader.of(person, now))


def _true_keys(decision: Decision) -> set[str]:
    """The keys of what can still be told."""
    if decision.state == DecisionState.OPEN:
        return {_key(decision, Word.BEFORE), _key(decision, Word.OVERDUE)}
    return {_key(decision, Word.REVIEW)} if _waits_for_review(decision) else set()


def _key(decision: Decision, word: Word) -> str:
    about = f"v{decision.choice_version}" if word == Word.REVIEW else str(decision.needed_by_on)
    return word_key(decision.id, word, decision.decider_id or "", about)


def _waits_for_review(decision: Decision) -> bool:
    return decision.state == DecisionState.DECIDED and decision.reviewed_at is None


def _decider(tx: Tx, decision: Decision) -> Person | None:
    return tx.get(Person, (decision.workspace_id, decision.decider_id)) if decision.decider_id else None


def _hours(tx: Tx, decider: Person, team: Team, *, now: datetime) -> Hours:
    """When the decider may be written to. On days on which the team is paused, they are left alone like one away."""
    hours = hours_of(tx, decider, team.rhythm.workdays, now=now)
    if team.paused_from_on is None:
        return hours
    paused = Days(team.paused_from_on, team.paused_to_on or date.max)
    return replace(hours, away=(*hours.away, paused))
