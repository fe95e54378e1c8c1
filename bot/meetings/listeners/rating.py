"""What people think of a meeting, in one tap and a line."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.language.words import one_line
from bot.meetings.actions.rating import comment_on_meeting, rate_meeting
from bot.meetings.messages.history import (
    COMMENT,
    COMMENT_BUTTON,
    RATE_1,
    RATE_2,
    RATE_3,
    RATE_4,
    RATE_5,
    comment_form,
    rated,
)
from bot.meetings.queries.held import find_held
from bot.people.listeners import introduced, viewer_of
from bot.slack.app import acked, carried_ids, open_form, pressed_id, submitted
from bot.slack.commands import reply
from bot.slack.typed import Answers


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons below a summary, and for the form of a line."""

    def rating(score: int) -> Callable[[Args], None]:
        @acked
        def hear(args: Args) -> None:
            introduced(args, db)
            with db.begin() as tx:
                held = rate_meeting(tx, viewer_of(args), pressed_id(args), score, now=db.now(tx))
            reply(args, rated(held.meeting, score))

        return hear

    @acked
    def comment_pressed(args: Args) -> None:
        introduced(args, db)
        with db.read() as tx:
            held = find_held(tx, viewer_of(args), pressed_id(args))
        open_form(args, comment_form(held.meeting))

    def commented(args: Args) -> None:
        introduced(args, db)
        [meeting_id] = carried_ids((args.view or {})["private_metadata"], 1)
        comment = one_line(Answers(args.view or {})["comment"])
        with db.begin() as tx:
            comment_on_meeting(tx, viewer_of(args), meeting_id, comment, now=db.now(tx))

    for score, action_id in enumerate((RATE_1, RATE_2, RATE_3, RATE_4, RATE_5), 1):
        bolt.action(action_id)(rating(score))
    bolt.action(COMMENT_BUTTON)(comment_pressed)
    bolt.view(COMMENT)(submitted(commented))
