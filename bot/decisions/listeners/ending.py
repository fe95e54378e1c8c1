"""Objecting to a decision, reopening it, putting another in its place, withdrawing a question."""

from collections.abc import Callable
from datetime import date

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.actions.deciding import check_may_object, object_to
from bot.decisions.actions.ending import check_can_be_superseded, reopen_decision, supersede_decision, withdraw_decision
from bot.decisions.listeners.desk import Desk, carried, carried_by, new_log_form
from bot.decisions.listeners.drawing import Drawn, hear_press, opened_by_key
from bot.decisions.listeners.saving import Saved, save_once
from bot.decisions.messages import (
    OBJECT,
    OBJECT_BUTTON,
    REOPEN,
    REOPEN_BUTTON,
    SUPERSEDE,
    SUPERSEDE_BUTTON,
    WITHDRAW,
    WITHDRAW_BUTTON,
    ending,
    news,
)
from bot.decisions.queries import DecisionView, find_decision, find_decision_by_id
from bot.decisions.queries.allowed import check_is_decided, check_is_open, check_may_change, may_decide
from bot.decisions.rules import read_key
from bot.errors import FormRefused, NotFound, Refused
from bot.language.dates import NotADate, read_date
from bot.slack.app import Ephemeral, submitted
from bot.slack.commands import Word
from bot.slack.message import Form
from bot.slack.typed import Answers


def words(db: Database) -> list[Word]:
    """What can be typed after `/decision` to end one or to open it again."""

    def word(name: str, says: str, drawn: Drawn) -> Word:
        return Word("/decision", name, f"{name} DEC-3", says, opened_by_key(db, drawn))

    return [
        word("supersede", "puts another decision in its place", _superseding),
        word("reopen", "opens a decided question again, with what is new", _reopening),
        word("withdraw", "ends a question that needs no decision", _withdrawing),
    ]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the four forms, and for the buttons that open them."""

    def saving(save: Callable[[Desk, DecisionView, Answers, str], Saved | Form]) -> Callable[[Args], None]:
        def saved(args: Args) -> Ephemeral | Form | None:
            decision_id, _, channel_id = carried_by(args.view or {})
            answers = Answers(args.view or {})

            def save_it(desk: Desk) -> Saved | Form:
                view = find_decision_by_id(desk.tx, desk.viewer, decision_id, hold=True)
                return save(desk, view, answers, channel_id)

            return save_once(args, db, channel_id, save_it)

        return submitted(saved, then=show_home)

    hear_press(bolt, OBJECT_BUTTON, db, _objecting)
    hear_press(bolt, REOPEN_BUTTON, db, _reopening)
    hear_press(bolt, SUPERSEDE_BUTTON, db, _superseding)
    hear_press(bolt, WITHDRAW_BUTTON, db, _withdrawing)
    bolt.view(OBJECT)(saving(_object))
    bolt.view(REOPEN)(saving(_reopen))
    bolt.view(SUPERSEDE)(saving(_supersede))
    bolt.view(WITHDRAW)(saving(_withdraw))


def _objecting(desk: Desk, view: DecisionView, channel_id: str) -> Form:
    """Raises Refused, saying why, for anybody who may not object now."""
    check_may_object(desk.viewer, view, now=desk.now)
    said = [one.objection for one in view.objections if one.person_id == desk.viewer.person_id]
    return ending.object_form(view, said=said[-1] if said else "", carries=carried(view, channel_id))


def _reopening(desk: Desk, view: DecisionView, channel_id: str) -> Form:
    check_may_change(desk.tx, desk.viewer, view, "reopen it")
    check_is_decided(view)
    return ending.reopen_form(view, carries=carried(view, channel_id))


def _superseding(desk: Desk, view: DecisionView, channel_id: str) -> Form:
    check_can_be_superseded(desk.viewer, view)
    return ending.supersede_form(view, carries=carried(view, channel_id))


def _withdrawing(desk: Desk, view: DecisionView, channel_id: str) -> Form:
    check_may_change(desk.tx, desk.viewer, view, "withdraw it")
    check_is_open(view)
    return ending.withdraw_form(view, carries=carried(view, channel_id))


def _object(desk: Desk, view: DecisionView, answers: Answers, _channel_id: str) -> Saved:
    after = object_to(desk.tx, desk.viewer, view, answers["objection"], now=desk.now)
    return Saved(after, news.objection_kept(after))


def _reopen(desk: Desk, view: DecisionView, answers: Answers, _channel_id: str) -> Saved:
    needed_by_on = _needed_by(desk, answers["needed_by"])
    after = reopen_decision(
        desk.tx, desk.viewer, view, evidence=answers["evidence"], needed_by_on=needed_by_on, now=desk.now
    )
    decides = may_decide(desk.viewer, after)
    return Saved(after, news.reopened_by_you(after, reader=desk.reader, may_decide=decides))


def _supersede(desk: Desk, view: DecisionView, answers: Answers, channel_id: str) -> Saved | Form:
    """Names the decision that takes its place; without one, the form in which it is written down comes next."""
    check_can_be_superseded(desk.viewer, view)
    if not answers["successor"]:
        values = {"question": view.decision.question, "why": answers["note"], "team": str(view.team.id)}
        return new_log_form(desk, values, channel_id=channel_id, supersedes=view.decision.id)
    try:
        successor = find_decision(desk.tx, desk.viewer, read_key(answers["successor"]))
    except (Refused, NotFound) as error:
        raise FormRefused({"successor": error.sentence}) from None
    after = supersede_decision(desk.tx, desk.viewer, view, successor, note=answers["note"], now=desk.now)
    return Saved(after, news.superseded_by_you(after, successor.decision))


def _withdraw(desk: Desk, view: DecisionView, answers: Answers, _channel_id: str) -> Saved:
    after = withdraw_decision(desk.tx, desk.viewer, view, reason=answers["reason"], now=desk.now)
    return Saved(after, news.withdrawn_by_you(after))


def _needed_by(desk: Desk, typed: str) -> date | None:
    if not typed:
        return None
    try:
        day = read_date(typed, today=desk.reader.today, locale=desk.reader.locale)
    except NotADate as error:
        raise FormRefused({"needed_by": str(error)}) from None
    if day < desk.reader.today:
        raise FormRefused({"needed_by": "That day has passed. Type by when it is needed, such as end of the week."})
    return day
