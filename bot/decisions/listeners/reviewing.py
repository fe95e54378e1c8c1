"""Reviewing a decision: on its date, or any time before or after."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.actions.reviewing import review_decision
from bot.decisions.listeners.desk import Desk
from bot.decisions.listeners.drawing import hear_press, opened_by_key
from bot.decisions.listeners.saving import Saved, save_once
from bot.decisions.messages import review as messages
from bot.decisions.queries import DecisionView, find_decision_by_id
from bot.decisions.queries.allowed import check_is_decided, check_may_decide
from bot.decisions.queries.reviewing import foretold
from bot.decisions.rules import Verdict
from bot.errors import FormRefused
from bot.slack.app import Ephemeral, carried_by_form, submitted
from bot.slack.commands import Word
from bot.slack.message import Form
from bot.slack.redrawing import overtaken
from bot.slack.typed import Answers


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision` to look back at one."""

    says = "looks back at one: what was expected, what came, what was learnt"
    return [Word("/decision", "review", "review DEC-3", says, opened_by_key(db, _form))]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the form of a review, and for the button that opens it."""

    def reviewed(args: Args) -> Ephemeral | Form | None:
        decision_id, channel_id = carried_by_form(args)

        def save(desk: Desk) -> Saved | Form:
            view = find_decision_by_id(desk.tx, desk.viewer, decision_id, hold=True)
            fresh = _form(desk, view, channel_id)
            return overtaken(args.view or {}, fresh, messages.review_lines(view)) or _save(desk, view, args)

        return save_once(args, db, channel_id, save)

    hear_press(bolt, messages.REVIEW_BUTTON, db, _form)
    bolt.view(messages.REVIEW)(submitted(reviewed, then=show_home))


def _form(desk: Desk, view: DecisionView, channel_id: str) -> Form:
    """Raises NotAllowed with who may, Refused when no choice stands."""
    check_may_decide(desk.viewer, view, "review it")
    check_is_decided(view)
    told = foretold(desk.tx, desk.viewer, view, desk.reader)
    return messages.review_form(view, told, reader=desk.reader, channel_id=channel_id)


def _save(desk: Desk, view: DecisionView, args: Args) -> Saved:
    answers = Answers(args.view or {})
    if not answers["verdict"]:
        raise FormRefused({"verdict": "Choose how it came."})
    verdict, learnt = Verdict(answers["verdict"]), answers["learnt"]
    after = review_decision(desk.tx, desk.viewer, view, verdict=verdict, learnt=learnt, now=desk.now)
    return Saved(after, messages.decision_reviewed(after, with_lesson=bool(learnt)))
