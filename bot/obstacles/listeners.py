"""What people do with obstacles: raise one, change it, say what resolved it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_bolt import App, Args
from slack_sdk.errors import SlackClientError

from bot.db.database import Database, Tx
from bot.obstacles import messages
from bot.obstacles.actions import Told, change_obstacle, raise_obstacle, resolve_obstacle
from bot.obstacles.queries import (
    check_may_change_obstacle,
    check_may_resolve,
    check_stands,
    find_obstacle,
    outcomes_to_choose,
)
from bot.obstacles.rules import LINK_LIMIT
from bot.outcomes.queries import check_is_live, find_outcome, find_outcome_by_id
from bot.outcomes.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import people_by_id
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Message
from bot.slack.typed import Answers, as_read, people_named, unescaped
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


@dataclass(frozen=True)
class _Saved:
    """What was saved, as the person is told: the message, and the key under which it goes if it has to be sent."""

    key: str
    message: Message


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` about obstacles."""

    def block(args: Args, rest: str) -> None:
        key, _, said = rest.partition(" ")
        number, person, viewer = read_key(key), introduced(args, db), viewer_of(args)
        if said.strip():
            return _raise_at_once(args, db, person, number, unescaped(said.strip()))
        with db.read() as tx:
            view = find_outcome(tx, viewer, number)
            check_is_live(view)
        open_form(args, messages.raise_form(view.outcome, channel_id=args.body["channel_id"]))
        return None

    says = "raises what stands in its way: in a form, or at once as in `block OUT-12 the export is too slow`"
    return [Word("/outcome", "block", "block OUT-12 [text]", says, block)]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the forms, buttons and shortcut of obstacles. `show_home` brings a person's App Home up to date."""
    _hear_raising(bolt, db, show_home)
    _hear_changing(bolt, db, show_home)


def _hear_raising(bolt: App, db: Database, show_home: Callable[[Args], None]) -> None:
    @acked
    def raise_pressed(args: Args) -> None:
        viewer = viewer_of(args)
        introduced(args, db)
        with db.read() as tx:
            view = find_outcome_by_id(tx, viewer, _pressed_on(args))
            check_is_live(view)
        open_form(args, messages.raise_form(view.outcome, channel_id=_channel_of(args)))

    @acked
    def shortcut_chosen(args: Args) -> None:
        viewer, said = viewer_of(args), args.body["message"].get("text", "")
        introduced(args, db)
        channel_id, ts = args.body["channel"]["id"], args.body["message"]["ts"]
        with db.read() as tx:
            outcomes = outcomes_to_choose(tx, viewer, channel_id)
            known = people_by_id(tx, viewer, people_named(said))
        if not outcomes:
            return answer(args, "Raise an obstacle", messages.nothing_to_choose())
        text = as_read(said, {person_id: person.name for person_id, person in known.items()})
        open_form(args, messages.raise_from_message_form(outcomes, text=text, place=f"{channel_id} {ts}"))
        return None

    def raised(args: Args) -> Ephemeral | None:
        outcome_id, channel_id = _carried(args)
        return _raised(args, db, outcome_id, channel_id)

    def raised_from_message(args: Args) -> Ephemeral | None:
        view = args.view or {}
        [outcome_id] = carried_ids(Answers(view)["outcome"], 1)
        channel_id, _, ts = view["private_metadata"].partition(" ")
        return _raised(args, db, outcome_id, channel_id, link=_permalink(args, channel_id, ts))

    bolt.action(messages.RAISE_BUTTON)(raise_pressed)
    bolt.shortcut(messages.RAISE_SHORTCUT)(shortcut_chosen)
    bolt.view(messages.RAISE)(submitted(raised, then=show_home))
    bolt.view(messages.RAISE_FROM_MESSAGE)(submitted(raised_from_message, then=show_home))


def _hear_changing(bolt: App, db: Database, show_home: Callable[[Args], None]) -> None:
    @acked
    def change_pressed(args: Args) -> None:
        viewer = viewer_of(args)
        introduced(args, db)
        with db.read() as tx:
            view = find_obstacle(tx, viewer, _pressed_on(args))
            check_may_change_obstacle(viewer, view)
            check_stands(view)
        open_form(args, messages.change_form(view, channel_id=_channel_of(args)))

    @acked
    def resolve_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view, reader = find_obstacle(tx, viewer, _pressed_on(args)), Reader.of(person, db.now(tx))
            check_may_resolve(view)
            check_stands(view)
        open_form(args, messages.resolve_form(view, reader=reader, channel_id=_channel_of(args)))

    def changed(args: Args) -> Ephemeral | None:
        person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
        obstacle_id, channel_id = _carried(args)
        owner = introduce(args.client, db, viewer, answers["owner"] or viewer.person_id)

        def save(tx: Tx, now: datetime) -> _Saved:
            view = change_obstacle(tx, viewer, obstacle_id, _told(answers, owner), now=now)
            message = messages.obstacle_changed(view, reader=Reader.of(person, now))
            return _Saved(f"obstacle:{obstacle_id}:changed:{(args.view or {})['id']}", message)

        return _saved(args, db, channel_id, save)

    def resolved(args: Args) -> Ephemeral | None:
        person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
        obstacle_id, channel_id = _carried(args)

        def save(tx: Tx, now: datetime) -> _Saved:
            view = resolve_obstacle(tx, viewer, obstacle_id, answers["resolution"], now=now)
            message = messages.obstacle_resolved(view, reader=Reader.of(person, now))
            return _Saved(f"obstacle:{obstacle_id}:resolved", message)

        return _saved(args, db, channel_id, save)

    bolt.action(messages.CHANGE_BUTTON)(change_pressed)
    bolt.action(messages.RESOLVE_BUTTON)(resolve_pressed)
    bolt.view(messages.CHANGE)(submitted(changed, then=show_home))
    bolt.view(messages.RESOLVE)(submitted(resolved, then=show_home))


def _raise_at_once(args: Args, db: Database, person: Person, number: int, text: str) -> None:
    """Raises what was typed after the key, unless this very command was heard before."""
    viewer, gesture = viewer_of(args), f"command:{args.body['trigger_id']}"
    with db.begin() as tx:
        now = db.now(tx)
        brief = find_outcome(tx, viewer, number)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=gesture, now=now):
            return
        view = raise_obstacle(tx, viewer, brief, Told(text, brief.owner), now=now)
        message = messages.obstacle_raised(view, reader=Reader.of(person, now))
    reply(args, message)


def _raised(args: Args, db: Database, outcome_id: int, channel_id: str, *, link: str = "") -> Ephemeral | None:
    person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
    owner = introduce(args.client, db, viewer, answers["owner"]) if answers["owner"] else None

    def save(tx: Tx, now: datetime) -> _Saved:
        brief = find_outcome_by_id(tx, viewer, outcome_id)
        view = raise_obstacle(tx, viewer, brief, _told(answers, owner or brief.owner), link=link, now=now)
        message = messages.obstacle_raised(view, reader=Reader.of(person, now))
        return _Saved(f"obstacle:{view.obstacle.id}:raised", message)

    return _saved(args, db, channel_id, save)


def _saved(args: Args, db: Database, channel_id: str, save: Callable[[Tx, datetime], _Saved]) -> Ephemeral | None:
    """Saves a form once, however often it arrives, and says so to whoever filled it."""
    viewer = viewer_of(args)
    with db.begin() as tx:
        now = db.now(tx)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        saved = save(tx, now)
        return confirm(tx, viewer, channel_id=channel_id, key=saved.key, message=saved.message, now=now)


def _told(answers: Answers, owner: Person) -> Told:
    return Told(answers["text"], owner, messages.DECISION in answers.many(messages.DECISION))


def _permalink(args: Args, channel_id: str, ts: str) -> str:
    """The address of a message; empty where Rhythm may not ask for it, as in a channel that it is not in."""
    try:
        return str(args.client.chat_getPermalink(channel=channel_id, message_ts=ts)["permalink"])[:LINK_LIMIT]
    except (SlackClientError, OSError):
        return ""


def _carried(args: Args) -> tuple[int, str]:
    """The id that a form carries, and the channel that it was opened in."""
    carried, _, channel_id = (args.view or {})["private_metadata"].partition(" ")
    return carried_ids(carried, 1)[0], channel_id


def _pressed_on(args: Args) -> int:
    """The id that a button carries."""
    return carried_ids((args.action or {}).get("value"), 1)[0]


def _channel_of(args: Args) -> str:
    """The channel that a button was pressed in; empty at App Home."""
    return str((args.body.get("channel") or {}).get("id", ""))
