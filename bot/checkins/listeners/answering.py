"""An owner answers by button and form: updates, says that nothing changed, edits an answer."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt import App, Args

from bot.checkins import messages
from bot.checkins.actions.answering import answer
from bot.checkins.actions.updating import Update, update_outcome
from bot.checkins.messages import forms
from bot.checkins.messages.forms import ANSWER_SAVED, DECISION, Filled
from bot.checkins.queries import find_check_in, item_of, jump_of_answer, needs_why, own_steps
from bot.db.database import Database
from bot.decisions.listeners.desk import Desk, need_form_of
from bot.execution.rules import EffectSeen, read_effect_seen
from bot.obstacles.queries import ObstacleView
from bot.outcomes.queries import View
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.results.listeners.given import read_measured, typed_in
from bot.slack.app import Next, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.message import Form
from bot.slack.typed import Answers
from bot.workspaces.actions import is_first_time


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the buttons and the forms of one outcome of a check-in."""

    @acked
    def update(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        checkin_id, outcome_id = carried_ids((args.action or {}).get("value"), 2)
        with db.read() as tx:
            item, view = item_of(find_check_in(tx, viewer, checkin_id), outcome_id)
            reader, steps = Reader.of(person, db.now(tx)), own_steps(tx, viewer, outcome_id)
        open_form(args, forms.answer_form(item, view, reader=reader, steps=steps))

    @acked
    def no_change(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        checkin_id, outcome_id = carried_ids((args.action or {}).get("value"), 2)
        with db.begin() as tx:
            now = db.now(tx)
            item, view = item_of(find_check_in(tx, viewer, checkin_id), outcome_id)
            asks_why = item.answered_at is None and needs_why(item, view)
            if item.answered_at is None and not asks_why:
                answer(tx, viewer, checkin_id=checkin_id, outcome_id=outcome_id, measured=None, now=now)
        if asks_why:
            open_form(args, forms.why_form(item, view, reader=Reader.of(person, now)))
        elif (args.body.get("view") or {}).get("type") == "home":
            show_home(args)

    def said_why(args: Args) -> None:
        form, viewer = args.view or {}, viewer_of(args)
        checkin_id, outcome_id = carried_ids(form["private_metadata"], 2)
        note = Answers(form)["note"]
        with db.begin() as tx:
            now = db.now(tx)
            if is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                answer(tx, viewer, checkin_id=checkin_id, outcome_id=outcome_id, measured=None, note=note, now=now)

    def answered(args: Args) -> Form | Next | None:
        form, viewer, person = args.view or {}, viewer_of(args), introduced(args, db)
        checkin_id, outcome_id, was_asked = carried_ids(form["private_metadata"], 3)
        answers = Answers(form)
        with db.begin() as tx:
            now = db.now(tx)
            item, view = item_of(find_check_in(tx, viewer, checkin_id), outcome_id)
            said = _read_update(answers, view, person, now=now)
            jump = jump_of_answer(item, view, said.measured.value, now=now)
            if jump and not was_asked:
                reader, steps = Reader.of(person, now), own_steps(tx, viewer, outcome_id)
                filled = _filled_in(answers)
                return forms.answer_form(item, view, reader=reader, steps=steps, filled=filled, jump=jump)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            raised = update_outcome(tx, viewer, checkin_id=checkin_id, outcome_id=outcome_id, update=said, now=now)
            return _decision_next(Desk.of(tx, viewer, person, now), raised)

    bolt.action(messages.UPDATE)(update)
    bolt.action(messages.NO_CHANGE)(no_change)
    bolt.view(forms.ANSWER)(submitted(answered, then=show_home))
    bolt.view(forms.WHY)(submitted(said_why, then=show_home))


def _decision_next(desk: Desk, raised: ObstacleView | None) -> Next | None:
    """The form of the decision that an obstacle needs, which comes once the answer is saved."""
    if raised is None or not raised.obstacle.needs_decision:
        return None
    return Next(need_form_of(desk, raised, channel_id="", above=ANSWER_SAVED))


def _read_update(answers: Answers, view: View, person: Person, *, now: datetime) -> Update:
    """What the form of an answer says. Raises FormRefused with a sentence for the field that needs another look."""
    return Update(
        read_measured(answers, view, person, source="check-in", now=now),
        obstacle=answers["obstacle"],
        needs_decision=DECISION in answers.many("decision"),
        done=[one for ticked in answers.many("done") for one in carried_ids(ticked, 1)],
        seen=read_effect_seen(answers["seen"]) if answers["seen"] else EffectSeen.NOT_YET,
    )


def _filled_in(answers: Answers) -> Filled:
    """What stands in the fields, to be shown again."""
    return Filled(
        typed_in(answers),
        obstacle=answers["obstacle"],
        needs_decision=DECISION in answers.many("decision"),
        done=answers.many("done"),
        seen=answers["seen"],
    )
