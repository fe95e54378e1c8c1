"""What people do with an agenda in its form: add a line, put them in order, drop one."""

from datetime import datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import NotFound
from bot.language.words import one_line
from bot.meetings.actions.agenda import add_line, check_goes_on, drop_line, move_line
from bot.meetings.actions.telling import say_again
from bot.meetings.listeners.saving import save_once
from bot.meetings.messages.agenda import ADD_LINE, CHANGE_AGENDA, DOWN, LINE_MENU, OFF, UP, agenda_form
from bot.meetings.queries.held import Held, find_held
from bot.meetings.queries.lines import lines_seen, outcomes_of
from bot.people.listeners import introduced, viewer_of
from bot.people.rules import Viewer
from bot.slack.app import acked, carried_ids, open_form, pressed_id, submitted, update_form
from bot.slack.message import Form
from bot.slack.typed import Answers
from bot.teams.actions import may_change_team


def register(bolt: App, db: Database) -> None:
    """Listens for the button that opens the form, for its menus, and for the form."""

    @acked
    def change_pressed(args: Args) -> None:
        introduced(args, db)
        with db.read() as tx:
            held = find_held(tx, viewer_of(args), pressed_id(args))
            check_goes_on(held)
            form = _form(tx, viewer_of(args), held)
        open_form(args, form)

    @acked
    def chosen(args: Args) -> None:
        value = str(((args.action or {}).get("selected_option") or {}).get("value", ""))
        introduced(args, db)
        with db.begin() as tx:
            now = db.now(tx)
            held = _change(tx, viewer_of(args), value, now)
            say_again(tx, held, now=now)
            form = _form(tx, viewer_of(args), held)
        update_form(args, form)

    def added(args: Args) -> None:
        answers = Answers(args.view or {})
        [meeting_id] = carried_ids((args.view or {})["private_metadata"], 1)
        outcome_id = carried_ids(answers["outcome"], 1)[0] if answers["outcome"] else None

        def add(tx: Tx, viewer: Viewer, _now: datetime) -> Held:
            held = find_held(tx, viewer, meeting_id, hold=True)
            add_line(tx, viewer, held, one_line(answers["text"]), outcome_id=outcome_id)
            return held

        save_once(args, db, add)

    bolt.action(CHANGE_AGENDA)(change_pressed)
    bolt.action(LINE_MENU)(chosen)
    bolt.view(ADD_LINE)(submitted(added))


def _change(tx: Tx, viewer: Viewer, value: str, now: datetime) -> Held:
    """Does what was chosen for a line. Raises NotFound for a menu of an older version."""
    choice, _, carried = value.partition(" ")
    [line_id] = carried_ids(carried, 1)
    if choice == OFF:
        return drop_line(tx, viewer, line_id, now=now)
    if choice in (UP, DOWN):
        return move_line(tx, viewer, line_id, by=-1 if choice == UP else 1)
    raise NotFound("That menu is from an older message. /meeting agenda shows what there is now.")


def _form(tx: Tx, viewer: Viewer, held: Held) -> Form:
    return agenda_form(
        held.meeting,
        lines_seen(tx, held.meeting),
        outcomes_of(tx, viewer, held.team),
        may_change=may_change_team(tx, viewer, held.team),
        viewer_id=viewer.person_id,
    )
