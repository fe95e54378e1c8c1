"""Reopening a decision, putting another in its place, withdrawing a question. Nothing ends silently."""

from datetime import date, datetime

from bot.db.database import Tx
from bot.decisions.actions.history import record, refresh
from bot.decisions.actions.telling import announce, ask_decider, ask_key, name_of, seen_by_channel, take_back_ask
from bot.decisions.messages import news
from bot.decisions.queries import DecisionView, find_decision_by_id
from bot.decisions.queries.allowed import check_is_decided, check_is_open, check_may_change, check_may_decide
from bot.decisions.rules import EVIDENCE_LIMIT, REASON_LIMIT, DecisionState
from bot.errors import FormRefused
from bot.people.rules import Viewer


def reopen_decision(
    tx: Tx, viewer: Viewer, view: DecisionView, *, evidence: str, needed_by_on: date | None = None, now: datetime
) -> DecisionView:
    """Opens a decided question again; without new evidence, that is decision debt from today. The choice is kept.

    Raises NotAllowed with who may, Refused when no choice stands, FormRefused for too many words.
    """
    check_may_change(tx, viewer, view, "reopen it")
    check_is_decided(view)
    _check_words("evidence", evidence, EVIDENCE_LIMIT)
    decision = view.decision
    decision.state, decision.reopened_at, decision.evidence = DecisionState.OPEN, now, evidence
    decision.decided_at, decision.review_on, decision.reviewed_at = None, None, None
    if needed_by_on != decision.needed_by_on:
        before, after_it = (day.isoformat() if day else "" for day in (decision.needed_by_on, needed_by_on))
        record(tx, viewer, decision, "needed_by", before=before, after=after_it, now=now)
    decision.needed_by_on = needed_by_on
    after = _changed(tx, viewer, view, "reopened", after=evidence, now=now)
    message = news.decision_reopened(seen_by_channel(tx, after), by=name_of(tx, viewer))
    announce(tx, after, f"reopened:{decision.version}", message, now=now)
    ask_decider(tx, viewer, after, now=now)
    return after


def supersede_decision(
    tx: Tx, viewer: Viewer, view: DecisionView, successor: DecisionView, *, note: str = "", now: datetime
) -> DecisionView:
    """Puts another decision in the place of a decided one, which stays on record.

    Raises NotAllowed with who may, Refused when no choice stands, FormRefused at `successor` for one that cannot take
    its place: itself, one that has ended, or one that it took the place of.
    """
    check_may_decide(viewer, view, "put another in its place")
    check_is_decided(view)
    _check_words("note", note, REASON_LIMIT)
    old, new = view.decision, successor.decision
    if new.id == old.id or new.state in (DecisionState.SUPERSEDED, DecisionState.WITHDRAWN):
        why = "is this one itself" if new.id == old.id else f"is {new.state}"
        raise FormRefused({"successor": f"{new.key} {why}, so it cannot take the place of {old.key}. Name another."})
    old.state, old.superseded_by_id, old.ended_at, old.ending_note = DecisionState.SUPERSEDED, new.id, now, note
    after = _changed(tx, viewer, view, "superseded", after=new.key, now=now)
    shown = seen_by_channel(tx, after)
    if shown.superseded_by is not None:
        message = news.decision_superseded(shown, shown.superseded_by, by=name_of(tx, viewer))
        announce(tx, after, "superseded", message, now=now)
    return after


def withdraw_decision(tx: Tx, viewer: Viewer, view: DecisionView, *, reason: str, now: datetime) -> DecisionView:
    """Ends an open question without a choice; the reason stays on record.

    Raises NotAllowed with who may, Refused when it is not open, FormRefused without a reason or for too long a one.
    """
    check_may_change(tx, viewer, view, "withdraw it")
    check_is_open(view)
    if not reason:
        raise FormRefused({"reason": "Say in a line why it needs no decision any more."})
    _check_words("reason", reason, REASON_LIMIT)
    decision = view.decision
    decision.state, decision.ended_at, decision.ending_note = DecisionState.WITHDRAWN, now, reason
    after = _changed(tx, viewer, view, "withdrawn", after=reason, now=now)
    take_back_ask(tx, after, ask_key(after), now=now)
    announce(
        tx, after, "withdrawn", news.decision_withdrawn(seen_by_channel(tx, after), by=name_of(tx, viewer)), now=now
    )
    return after


def check_can_be_superseded(viewer: Viewer, view: DecisionView) -> None:
    """Raises as `supersede_decision` does, before its form is opened."""
    check_may_decide(viewer, view, "put another in its place")
    check_is_decided(view)


def _changed(tx: Tx, viewer: Viewer, view: DecisionView, what: str, *, after: str, now: datetime) -> DecisionView:
    decision = view.decision
    decision.version += 1
    before = view.chosen.choice if view.chosen else ""
    record(tx, viewer, decision, what, before=before, after=after, now=now)
    refresh(tx, decision, now=now)
    return find_decision_by_id(tx, viewer, decision.id)


def _check_words(field: str, words: str, limit: int) -> None:
    if len(words) > limit:
        raise FormRefused({field: f"This is {len(words):,} characters; please stay within {limit:,}."})
