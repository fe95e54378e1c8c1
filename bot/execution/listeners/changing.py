"""Finishing, changing, dropping and declining actions."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.errors import NotFound, Refused
from bot.execution import messages
from bot.execution.actions import change_action, check_may_end, end_action
from bot.execution.listeners.carrying import carried_by, channel_of, confirmed, is_new
from bot.execution.messages import answers as said
from bot.execution.messages import forms
from bot.execution.queries import find_action
from bot.execution.rules import ActionState, Ending, read_draft, read_effect_seen, read_ending
from bot.outcomes.queries.allowed import check_is_live, check_may_change
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submitted
from bot.slack.message import Form
from bot.slack.redrawing import overtaken
from bot.slack.typed import Answers


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the buttons, the menu and the forms of actions that are there."""

    def pressed(choice: str) -> Callable[[Args], None]:
        @acked
        def hear(args: Args) -> None:
            open_form(args, _form_for(args, db, choice, (args.action or {}).get("value")))

        return hear

    @acked
    def chosen(args: Args) -> None:
        value = str(((args.action or {}).get("selected_option") or {}).get("value", ""))
        choice, _, action_id = value.partition(" ")
        open_form(args, _form_for(args, db, choice, action_id))

    def changed(args: Args) -> Ephemeral | Form | None:
        answers, person, viewer = Answers(args.view or {}), introduced(args, db), viewer_of(args)
        [action_id], channel_id = carried_by(args, 1)
        owner = introduce(args.client, db, viewer, answers["owner"] or person.id)
        with db.begin() as tx:
            now = db.now(tx)
            reader, before = Reader.of(person, now), find_action(tx, viewer, action_id)
            fresh = forms.change_form(before, reader=reader, channel_id=channel_id)
            if asked := overtaken(args.view or {}, fresh, messages.step_lines(before, reader)):
                return asked
            kept = before.action.due_on
            draft = read_draft(answers, owner_id=owner.id, today=reader.today, locale=person.locale, kept=kept)
            if not is_new(tx, args, now=now):
                return None
            step = change_action(tx, viewer, action_id, draft, owner, now=now)
            message = said.action_changed(step, reader=reader)
            return confirmed(tx, args, channel_id, f"action:{action_id}:changed", message, now=now)

    def ended(read: Callable[[Answers], Ending]) -> Callable[[Args], Ephemeral | None]:
        def hear(args: Args) -> Ephemeral | None:
            ending, viewer = read(Answers(args.view or {})), viewer_of(args)
            introduced(args, db)
            [action_id], channel_id = carried_by(args, 1)
            with db.begin() as tx:
                now = db.now(tx)
                if not is_new(tx, args, now=now):
                    return None
                message = said.action_ended(end_action(tx, viewer, action_id, ending, now=now), ending)
                return confirmed(tx, args, channel_id, f"action:{action_id}:ended", message, now=now)

        return hear

    bolt.action(messages.DONE_BUTTON)(pressed(messages.DONE_CHOICE))
    bolt.action(messages.CHANGE_BUTTON)(pressed(messages.CHANGE_CHOICE))
    bolt.action(messages.DECLINE_BUTTON)(pressed(messages.DROP_CHOICE))
    bolt.action(messages.MENU)(chosen)
    bolt.view(forms.CHANGE)(submitted(changed, then=show_home))
    bolt.view(forms.DONE)(submitted(ended(lambda answers: Ending(read_effect_seen(answers["seen"]))), then=show_home))
    dropped = ended(lambda answers: read_ending(answers["way"], answers["reason"]))
    bolt.view(forms.DROP)(submitted(dropped, then=show_home))


def _form_for(args: Args, db: Database, choice: str, carried: object) -> Form:
    """The form of what was chosen for an action. Raises NotAllowed with who may, Refused when the action has ended."""
    person, viewer, channel_id = introduced(args, db), viewer_of(args), channel_of(args)
    [action_id] = carried_ids(carried, 1)
    with db.read() as tx:
        step, reader = find_action(tx, viewer, action_id), Reader.of(person, db.now(tx))
        if step.action.state in (ActionState.DONE, ActionState.DROPPED):
            raise Refused(f"That action is {step.action.state} already.")
        match choice:
            case messages.DONE_CHOICE:
                check_may_end(tx, viewer, step, is_done=True)
                return forms.done_form(step, channel_id=channel_id)
            case messages.DROP_CHOICE:
                check_may_end(tx, viewer, step, is_done=False)
                return forms.drop_form(step, channel_id=channel_id)
            case messages.CHANGE_CHOICE:
                check_may_change(tx, viewer, step.brief, "change its actions")
                check_is_live(step.brief)
                return forms.change_form(step, reader=reader, channel_id=channel_id)
    raise NotFound("That menu is from an older message. /outcome show has the one there is now.")
