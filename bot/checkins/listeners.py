"""What people do with check-ins: update, say that nothing changed, edit an answer."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.checkins import messages
from bot.checkins.actions import answer
from bot.checkins.queries import find_check_in, item_of
from bot.db.database import Database
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.results.actions import check_may_log
from bot.results.listeners import read_measured
from bot.slack.app import acked, carried_ids, open_form, submission_of, submitted
from bot.slack.typed import Answers
from bot.workspaces.actions import is_first_time


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the buttons and the form of a check-in. `show_home` brings a person's App Home up to date."""

    @acked
    def update(args: Args) -> None:
        person, owner = introduced(args, db), viewer_of(args)
        checkin_id, outcome_id = carried_ids((args.action or {}).get("value"), 2)
        with db.read() as tx:
            item, view = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
            check_may_log(tx, owner, view)
            reader = Reader.of(person, db.now(tx))
        open_form(args, messages.answer_form(item, view, reader=reader))

    @acked
    def no_change(args: Args) -> None:
        introduced(args, db)
        owner = viewer_of(args)
        checkin_id, outcome_id = carried_ids((args.action or {}).get("value"), 2)
        with db.begin() as tx:
            item, _ = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
            if item.answered_at is None:
                answer(tx, owner, checkin_id=checkin_id, outcome_id=outcome_id, measured=None, now=db.now(tx))
        if (args.body.get("view") or {}).get("type") == "home":
            show_home(args)

    def answered(args: Args) -> None:
        form, owner = args.view or {}, viewer_of(args)
        person = introduced(args, db)
        checkin_id, outcome_id = carried_ids(form["private_metadata"], 2)
        with db.begin() as tx:
            now = db.now(tx)
            _, view = item_of(find_check_in(tx, owner, checkin_id), outcome_id)
            measured = read_measured(Answers(form), view, person, source="check-in")
            if is_first_time(tx, workspace_id=owner.workspace_id, gesture=submission_of(args), now=now):
                answer(tx, owner, checkin_id=checkin_id, outcome_id=outcome_id, measured=measured, now=now)

    bolt.action(messages.UPDATE)(update)
    bolt.action(messages.NO_CHANGE)(no_change)
    bolt.view(messages.ANSWER)(submitted(answered, then=show_home))
