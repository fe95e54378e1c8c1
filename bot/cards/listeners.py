"""What people do with a card: open it, comment."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.cards import messages
from bot.cards.queries import card_of
from bot.db.database import Database, Tx
from bot.errors import FormRefused
from bot.outcomes.actions.history import record
from bot.outcomes.messages import SHOW
from bot.outcomes.queries import View, find_outcome, find_outcome_by_id
from bot.outcomes.rules import COMMENT_LIMIT, read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Message
from bot.slack.typed import Answers
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def words(db: Database, *, focus_limit: int) -> list[Word]:
    """What can be typed after `/outcome` to see one."""

    def show(args: Args, rest: str) -> None:
        number, person, viewer = read_key(rest), introduced(args, db), viewer_of(args)
        with db.read() as tx:
            message = _card(tx, viewer, find_outcome(tx, viewer, number), Reader.of(person, db.now(tx)), focus_limit)
        reply(args, message)

    return [Word("/outcome", "show", "show OUT-12", "shows everything about one outcome", show)]


def register(bolt: App, db: Database, *, focus_limit: int, show_home: Callable[[Args], None]) -> None:
    """Listens for the buttons that open a card, and for comments."""

    @acked
    def show(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        with db.read() as tx:
            view = find_outcome_by_id(tx, viewer, outcome_id)
            message = _card(tx, viewer, view, Reader.of(person, db.now(tx)), focus_limit)
        answer(args, view.outcome.key, message)

    @acked
    def comment_pressed(args: Args) -> None:
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        introduced(args, db)
        with db.read() as tx:
            view = find_outcome_by_id(tx, viewer_of(args), outcome_id)
        open_form(args, messages.comment_form(view, channel_id=(args.body.get("channel") or {}).get("id", "")))

    def commented(args: Args) -> Ephemeral | None:
        form, viewer = args.view or {}, viewer_of(args)
        introduced(args, db)
        carried, _, channel_id = form["private_metadata"].partition(" ")
        [outcome_id] = carried_ids(carried, 1)
        text = _read_comment(Answers(form))
        with db.begin() as tx:
            now = db.now(tx)
            outcome = find_outcome_by_id(tx, viewer, outcome_id, hold=True).outcome
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            line = record(tx, viewer, outcome, "comment", after=text, now=now)
            key, message = f"comment:{line.id}:kept", messages.commented(outcome)
            return confirm(tx, viewer, channel_id=channel_id, key=key, message=message, now=now)

    bolt.action(SHOW)(show)
    bolt.action(messages.COMMENT_BUTTON)(comment_pressed)
    bolt.view(messages.COMMENT)(submitted(commented, then=show_home))


def _read_comment(answers: Answers) -> str:
    text = answers["comment"]
    if not text:
        raise FormRefused({"comment": "Type what you want to say."})
    if len(text) > COMMENT_LIMIT:
        raise FormRefused({"comment": f"This is {len(text):,} characters; please stay within {COMMENT_LIMIT:,}."})
    return text


def _card(tx: Tx, viewer: Viewer, view: View, reader: Reader, focus_limit: int) -> Message:
    card = card_of(tx, viewer, view, today=reader.today, focus_limit=focus_limit)
    return messages.outcome_card(card, reader=reader)
