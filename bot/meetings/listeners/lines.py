"""What people do with a line while a meeting is on: talk about it, decide it, name its outcome, park or drop it.

The other buttons of a line are those of the rooms that its outcome, action or obstacle belongs to.
"""

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.listeners.desk import Desk, new_log_form
from bot.decisions.rules import QUESTION_LIMIT
from bot.language.words import one_line, shorten
from bot.meetings.actions.agenda import drop_line, find_line, name_outcome, park_line, talk_about
from bot.meetings.listeners.saving import pressed, save_once
from bot.meetings.messages.agenda import OUTCOME, outcome_form
from bot.meetings.messages.line import DECIDED, DROP, NAME_OUTCOME, PARK, TALK
from bot.meetings.queries.lines import outcomes_of, words_of
from bot.people.listeners import introduced, viewer_of
from bot.slack.app import acked, carried_ids, open_form, pressed_id, submitted
from bot.slack.typed import Answers


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons of a line, and for the form that names its outcome."""

    @acked
    def decided_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.begin() as tx:
            held, line = find_line(tx, viewer, pressed_id(args))
            question = shorten(one_line(words_of(tx, held.meeting, line.id)), QUESTION_LIMIT)
            desk = Desk.of(tx, viewer, person, db.now(tx))
            form = new_log_form(desk, {"question": question}, channel_id=held.meeting.channel_id)
        open_form(args, form)

    @acked
    def outcome_asked(args: Args) -> None:
        introduced(args, db)
        with db.begin() as tx:
            held, line = find_line(tx, viewer_of(args), pressed_id(args))
            form = outcome_form(line, outcomes_of(tx, viewer_of(args), held.team))
        open_form(args, form)

    def outcome_named(args: Args) -> None:
        [line_id] = carried_ids((args.view or {})["private_metadata"], 1)
        [outcome_id] = carried_ids(Answers(args.view or {})["outcome"], 1)
        save_once(args, db, lambda tx, viewer, _now: name_outcome(tx, viewer, line_id, outcome_id))

    for action_id, act in ((DROP, drop_line), (PARK, park_line), (TALK, talk_about)):
        bolt.action(action_id)(pressed(db, act))
    bolt.action(DECIDED)(decided_pressed)
    bolt.action(NAME_OUTCOME)(outcome_asked)
    bolt.view(OUTCOME)(submitted(outcome_named))
