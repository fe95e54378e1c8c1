"""What people do with a card: open it."""

from slack_bolt import App, Args

from bot.cards import messages
from bot.db.database import Database, Tx
from bot.outcomes.messages import SHOW
from bot.outcomes.queries import View, find_outcome, find_outcome_by_id, may_change
from bot.outcomes.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.slack.app import acked, carried_ids
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Message


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` to see one."""

    def show(args: Args, rest: str) -> None:
        number, person, viewer = read_key(rest), introduced(args, db), viewer_of(args)
        with db.read() as tx:
            message = _card(tx, viewer, find_outcome(tx, viewer, number), Reader.of(person, db.now(tx)))
        reply(args, message)

    return [Word("/outcome", "show", "show OUT-12", "shows everything about one outcome", show)]


def register(bolt: App, db: Database) -> None:
    """Listens for the buttons that open a card."""

    @acked
    def show(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        with db.read() as tx:
            view = find_outcome_by_id(tx, viewer, outcome_id)
            message = _card(tx, viewer, view, Reader.of(person, db.now(tx)))
        answer(args, view.outcome.key, message)

    bolt.action(SHOW)(show)


def _card(tx: Tx, viewer: Viewer, view: View, reader: Reader) -> Message:
    return messages.outcome_card(view, reader=reader, may_log=may_change(tx, viewer, view))
