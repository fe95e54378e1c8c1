"""Accepting what was proposed; a full path asks which action gives way."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.execution.actions import accept_action, end_action, held_path
from bot.execution.listeners.carrying import carried_by, channel_of, confirmed, is_new
from bot.execution.listeners.choosing import gone, open_when_full, read_choice
from bot.execution.messages import ACCEPT_BUTTON, forms
from bot.execution.messages import answers as said
from bot.execution.queries import Step, find_action
from bot.execution.rules import ActionState, Way, read_ending
from bot.outcomes.queries.allowed import check_may_change
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submitted
from bot.slack.commands import answer
from bot.slack.message import Form, Message
from bot.slack.typed import Answers


def register(bolt: App, db: Database, *, limit: int, show_home: Callable[[Args], None]) -> None:
    """Listens for the button that accepts a proposal, and for its form."""

    def decided(args: Args) -> Form | Message:
        person, viewer = introduced(args, db), viewer_of(args)
        [action_id] = carried_ids((args.action or {}).get("value"), 1)
        with db.begin() as tx:
            now = db.now(tx)
            step, full = _proposal(tx, viewer, action_id, limit)
            reader = Reader.of(person, now)
            if full:
                return forms.accept_form(step, full, reader=reader, channel_id=channel_of(args))
            return said.proposal_accepted(accept_action(tx, viewer, action_id, limit=limit, now=now), reader=reader)

    @acked
    def accept_pressed(args: Args) -> None:
        shown = decided(args)
        if isinstance(shown, Form):
            open_form(args, shown)
            return
        answer(args, "Accepted", shown)
        if (args.body.get("view") or {}).get("type") == "home":
            show_home(args)

    def accepted(args: Args) -> Ephemeral | Form | None:
        answers, person, viewer = Answers(args.view or {}), introduced(args, db), viewer_of(args)
        [action_id], channel_id = carried_by(args, 1)
        with db.begin() as tx:
            now = db.now(tx)
            reader = Reader.of(person, now)
            step, full = _proposal(tx, viewer, action_id, limit)
            choice = read_choice(answers, full)
            if full and choice is None:
                return forms.accept_form(step, full, reader=reader, channel_id=channel_id)
            if not is_new(tx, args, now=now):
                return None
            if choice is not None and choice.is_new_one:
                ending = read_ending(Way.NOT_DOING, answers["reason"])
                message = said.action_ended(end_action(tx, viewer, action_id, ending, now=now), ending)
            else:
                gives_way = choice.gives_way if choice else None
                step = accept_action(tx, viewer, action_id, limit=limit, now=now, gives_way=gives_way)
                message = said.proposal_accepted(step, reader=reader, gave_way=gone(tx, viewer, gives_way))
            return confirmed(tx, args, channel_id, f"action:{action_id}:decided", message, now=now)

    bolt.action(ACCEPT_BUTTON)(accept_pressed)
    bolt.view(forms.ACCEPT)(submitted(accepted, then=show_home))


def _proposal(tx: Tx, viewer: Viewer, action_id: int, limit: int) -> tuple[Step, list[Step]]:
    """What was proposed, and the open actions of which one has to give way to it first."""
    step = find_action(tx, viewer, action_id)
    path = held_path(tx, viewer, step.brief)
    tx.refresh(step.action)
    check_may_change(tx, viewer, step.brief, "accept what was proposed")
    is_waiting = step.action.state == ActionState.PROPOSED and step.brief.outcome.closed_at is None
    return step, list(open_when_full(path, limit)) if is_waiting else []
