"""What somebody has to decide, and to review."""

from datetime import date

from bot.db.database import Tx
from bot.decisions.model import Decision
from bot.decisions.queries import DecisionBrief, briefs_of, visible_decisions
from bot.decisions.rules import DecisionState
from bot.people.rules import Viewer

_MOST = 50


def decisions_waiting_for(tx: Tx, viewer: Viewer, *, today: date) -> list[DecisionBrief]:
    """What the viewer decides and is open, or is to be reviewed by today; what is needed soonest first."""
    is_open = Decision.state == DecisionState.OPEN
    is_due = Decision.review_on <= today
    to_review = (Decision.state == DecisionState.DECIDED) & Decision.reviewed_at.is_(None) & is_due
    mine = visible_decisions(viewer).where(Decision.decider_id == viewer.person_id, is_open | to_review)
    return briefs_of(tx, mine.order_by(Decision.next_on, Decision.number).limit(_MOST))
