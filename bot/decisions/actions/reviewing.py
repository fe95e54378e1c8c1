"""Looking back at a choice: what came of it, and what was learnt, so that it is found by whoever decides next."""

from datetime import datetime
from decimal import Decimal

from bot.db.database import Tx
from bot.decisions.actions.history import record, refresh
from bot.decisions.actions.telling import seen_by_channel
from bot.decisions.messages.review import review_of
from bot.decisions.model import DecisionReview
from bot.decisions.queries import DecisionView, find_decision_by_id
from bot.decisions.queries.allowed import check_is_decided, check_may_decide
from bot.decisions.rules import Verdict
from bot.errors import FormRefused
from bot.lessons.actions import add_lesson
from bot.lessons.rules import TEXT_LIMIT
from bot.outcomes.queries import Brief, find_outcome_by_id
from bot.people.rules import Viewer


def review_decision(
    tx: Tx, viewer: Viewer, view: DecisionView, *, verdict: Verdict, learnt: str, now: datetime
) -> DecisionView:
    """Keeps what came of the choice that stands; what was learnt becomes a lesson of the team.

    Said again, the verdict is replaced; the history has the one before, and words that were kept are not kept twice.
    Raises NotAllowed with who may, Refused when no choice stands, FormRefused for too many words.
    """
    check_may_decide(viewer, view, "review it")
    check_is_decided(view)
    if len(learnt) > TEXT_LIMIT:
        raise FormRefused({"learnt": f"This is {len(learnt):,} characters; please stay within {TEXT_LIMIT:,}."})
    decision, earlier = view.decision, review_of(view)
    verdict_before, learnt_before = (earlier.verdict, earlier.learnt) if earlier else ("", "")
    if (verdict_before, learnt_before) == (verdict, learnt):
        return view
    tx.merge(
        DecisionReview(
            workspace_id=decision.workspace_id,
            decision_id=decision.id,
            version=decision.choice_version,
            verdict=verdict,
            learnt=learnt,
            value=_value_now(tx, viewer, view),
            reviewed_at=now,
            reviewed_by=viewer.person_id,
        )
    )
    decision.reviewed_at = now
    decision.version += 1
    record(tx, viewer, decision, "reviewed", before=verdict_before, after=verdict, now=now)
    if learnt and learnt != learnt_before:
        _keep_lesson(tx, viewer, view, learnt, now=now)
    refresh(tx, decision, now=now)
    return find_decision_by_id(tx, viewer, decision.id)


def _value_now(tx: Tx, viewer: Viewer, view: DecisionView) -> Decimal | None:
    brief = _measured(view)
    return find_outcome_by_id(tx, viewer, brief.outcome.id).latest_value if brief else None


def _keep_lesson(tx: Tx, viewer: Viewer, view: DecisionView, learnt: str, *, now: datetime) -> None:
    """It is the team's: the outcome is named only where everybody who sees the team sees it, too."""
    decision, brief = view.decision, _measured(seen_by_channel(tx, view))
    outcome = brief.outcome if brief else None
    add_lesson(
        tx,
        viewer,
        team=view.team,
        text=learnt,
        measure=outcome.measure if outcome else "",
        priority_id=outcome.priority_id if outcome else None,
        outcome_id=outcome.id if outcome else None,
        outcome_key=outcome.key if outcome else "",
        decision_id=decision.id,
        decision_key=decision.key,
        now=now,
    )


def _measured(view: DecisionView) -> Brief | None:
    """The outcome whose measure the choice was to move, as far as it is seen."""
    return view.outcomes.get(view.chosen.effect_outcome_id or 0) if view.chosen else None
