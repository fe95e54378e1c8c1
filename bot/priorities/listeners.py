"""What people do with priorities: look at them; and, for admins, add, edit, order and retire them."""

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import NotFound, Refused
from bot.people.listeners import introduced, viewer_of
from bot.people.rules import Viewer
from bot.priorities import messages
from bot.priorities.actions import add_priority, edit_priority, move_up, retire_priority
from bot.priorities.model import Priority
from bot.priorities.queries import (
    check_may_change_priorities,
    find_priority,
    live_priorities,
    may_change_priorities,
    who_may_change,
)
from bot.priorities.rules import NAME_LIMIT
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, reply
from bot.slack.message import Message
from bot.slack.typed import Answers, read_line, unescaped
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed about priorities."""

    def priorities(args: Args, rest: str) -> None:
        line = read_line(rest)
        if line.word == "add":
            return _open_new(args, db, name=unescaped(line.rest), channel_id=args.body["channel_id"])
        if line.word:
            raise Refused("/rhythm priorities shows them; /rhythm priorities add [name] adds one.")
        person = introduced(args, db)
        with db.read() as tx:
            message = messages.not_for_guests() if person.is_guest else _list(tx, viewer_of(args))
        return reply(args, message)

    says = "shows what the company is after; admins add to it with `priorities add [name]`"
    return [Word("/rhythm", "priorities", "priorities", says, priorities)]


def register(bolt: App, db: Database) -> None:
    """Listens for the forms and buttons of priorities."""

    @submitted
    def added(args: Args) -> Ephemeral | None:
        view, viewer, answers = args.view or {}, viewer_of(args), Answers(args.view or {})
        introduced(args, db)
        with db.begin() as tx:
            now = db.now(tx)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            priority = add_priority(tx, viewer, name=answers["name"], period=answers["period"], now=now)
            message = messages.priority_added(priority, count=len(live_priorities(tx, viewer)))
            key, channel_id = f"priority:{priority.id}:added", view["private_metadata"]
            return confirm(tx, viewer, channel_id=channel_id, key=key, message=message, now=now)

    @submitted
    def edited(args: Args) -> Ephemeral | None:
        view, viewer, answers = args.view or {}, viewer_of(args), Answers(args.view or {})
        carried, _, channel_id = view["private_metadata"].partition(" ")
        introduced(args, db)
        with db.begin() as tx:
            priority, now = _found(tx, viewer, carried), db.now(tx)
            edit_priority(tx, viewer, priority, name=answers["name"], period=answers["period"])
            message, key = messages.priority_edited(priority), f"priority:{priority.id}:edited:{view['id']}"
            return confirm(tx, viewer, channel_id=channel_id, key=key, message=message, now=now)

    @acked
    def add_pressed(args: Args) -> None:
        _open_new(args, db, name="", channel_id=_channel_of(args))

    @acked
    def edit_pressed(args: Args) -> None:
        introduced(args, db)
        viewer = viewer_of(args)
        with db.read() as tx:
            check_may_change_priorities(tx, viewer)
            form = messages.edit_form(_found(tx, viewer, _carried(args)), channel_id=_channel_of(args))
        open_form(args, form)

    @acked
    def move_up_pressed(args: Args) -> None:
        introduced(args, db)
        viewer = viewer_of(args)
        with db.begin() as tx:
            move_up(tx, viewer, _found(tx, viewer, _carried(args)))
            message = _list(tx, viewer)
        reply(args, message, instead=True)

    @acked
    def retire_pressed(args: Args) -> None:
        introduced(args, db)
        viewer = viewer_of(args)
        with db.begin() as tx:
            retire_priority(tx, viewer, _found(tx, viewer, _carried(args)), now=db.now(tx))
            message = _list(tx, viewer)
        reply(args, message, instead=True)

    bolt.view(messages.NEW)(added)
    bolt.view(messages.EDIT_FORM)(edited)
    bolt.action(messages.ADD)(add_pressed)
    bolt.action(messages.EDIT)(edit_pressed)
    bolt.action(messages.MOVE_UP)(move_up_pressed)
    bolt.action(messages.RETIRE)(retire_pressed)


def _open_new(args: Args, db: Database, *, name: str, channel_id: str) -> None:
    introduced(args, db)
    with db.read() as tx:
        check_may_change_priorities(tx, viewer_of(args))
    if len(name) > NAME_LIMIT:
        raise Refused(f"A priority's name has {NAME_LIMIT} characters at most, and that is {len(name):,}: {name}")
    open_form(args, messages.new_form(name=name, channel_id=channel_id))


def _list(tx: Tx, viewer: Viewer) -> Message:
    priorities, may_change = live_priorities(tx, viewer), may_change_priorities(tx, viewer)
    if not priorities:
        return messages.none_yet(may_change=may_change, who_may=who_may_change(tx, viewer))
    return messages.priority_list(priorities, may_change=may_change)


def _found(tx: Tx, viewer: Viewer, carried: object) -> Priority:
    [priority_id] = carried_ids(carried, 1)
    priority = find_priority(tx, viewer, priority_id)
    if priority is None:
        raise NotFound("That priority is not there any more, or you cannot see it.")
    return priority


def _carried(args: Args) -> object:
    return (args.action or {}).get("value")


def _channel_of(args: Args) -> str:
    return str((args.body.get("channel") or {}).get("id", ""))
