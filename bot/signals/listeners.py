"""What people ask of signals: what has stalled, and how it was found."""

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.outcomes.listeners.lists import asked_by, whose
from bot.outcomes.rules.lists import Asked, Scope, Typed
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.signals import messages
from bot.signals.messages.explained import rules_explained
from bot.signals.queries import signals_in
from bot.slack.app import acked
from bot.slack.commands import Word, reply
from bot.slack.message import Message


def words(db: Database, *, focus_limit: int, actions_limit: int) -> list[Word]:
    """What can be typed after `/rhythm` about signals."""

    def signals(args: Args, rest: str) -> None:
        person, asked = introduced(args, db), asked_by(args, db, Typed(rest.strip(), None))
        if isinstance(asked, Message):
            return reply(args, asked)
        with db.read() as tx:
            message = _page(tx, viewer_of(args), asked, Reader.of(person, db.now(tx)), focus_limit)
        return reply(args, message)

    says = "lists what has stalled, and why, with the numbers; `help signals` explains each rule"
    explained = rules_explained(focus_limit=focus_limit, actions_limit=actions_limit)
    return [Word("/rhythm", "signals", "signals [mine|team|all|@person|#channel]", says, signals, explains=explained)]


def register(bolt: App, db: Database, *, focus_limit: int) -> None:
    """Listens for the buttons that turn the list's pages."""

    @acked
    def turned(args: Args) -> None:
        asked = Asked.parse((args.action or {}).get("value"))
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            message = _page(tx, viewer, asked, Reader.of(person, db.now(tx)), focus_limit)
        reply(args, message, instead=True)

    bolt.action(messages.TURN_BACK)(turned)
    bolt.action(messages.TURN_ON)(turned)


def _page(tx: Tx, viewer: Viewer, asked: Asked, reader: Reader, focus_limit: int) -> Message:
    title = whose(tx, viewer, asked)
    page = signals_in(
        tx,
        viewer,
        today=reader.today,
        focus_limit=focus_limit,
        owner_id={Scope.MINE: viewer.person_id, Scope.PERSON: asked.whose_id}.get(asked.scope),
        team_ids=[int(asked.whose_id)] if asked.scope == Scope.TEAM else None,
        offset=asked.offset,
    )
    if not page.signals and asked.offset:
        return _page(tx, viewer, asked.at(0), reader, focus_limit)
    return messages.signal_list(page, title=title, asked=asked, reader=reader)
