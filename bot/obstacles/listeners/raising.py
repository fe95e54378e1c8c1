"""Raising an obstacle: in a line, in a form, or from a message. What was learnt before is offered meanwhile."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.lessons.queries import lessons_alike
from bot.obstacles import messages
from bot.obstacles.actions import Told, raise_obstacle
from bot.obstacles.listeners.saving import Saved, save_once, told_in
from bot.obstacles.queries import outcomes_to_choose
from bot.outcomes.queries import View, find_outcome, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live
from bot.outcomes.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import said_in
from bot.people.rules import Viewer
from bot.slack.app import (
    Ephemeral,
    acked,
    carried_by_form,
    carried_ids,
    hear_changes,
    open_form,
    permalink,
    pressed_id,
    pressed_in,
    submitted,
    update_form,
)
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Form
from bot.slack.typed import Answers, unescaped
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` to raise one."""

    def block(args: Args, rest: str) -> None:
        key, _, said = rest.partition(" ")
        number, person, viewer = read_key(key), introduced(args, db), viewer_of(args)
        if said.strip():
            return _raise_at_once(args, db, person, number, unescaped(said.strip()))
        with db.read() as tx:
            view, reader = find_outcome(tx, viewer, number), Reader.of(person, db.now(tx))
            shown = _form(tx, viewer, view, "", reader=reader, channel_id=args.body["channel_id"])
        open_form(args, shown)
        return None

    says = "raises what stands in its way: in a form, or at once as in `block OUT-12 the export is too slow`"
    return [Word("/outcome", "block", "block OUT-12 [text]", says, block)]


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the button, the shortcut and the forms that raise one, and for what is typed in them."""

    @acked
    def raise_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view, reader = find_outcome_by_id(tx, viewer, pressed_id(args)), Reader.of(person, db.now(tx))
            shown = _form(tx, viewer, view, "", reader=reader, channel_id=pressed_in(args))
        open_form(args, shown)

    @acked
    def shortcut_chosen(args: Args) -> None:
        person, viewer, message = introduced(args, db), viewer_of(args), args.body["message"]
        channel_id, said = args.body["channel"]["id"], message.get("text", "")
        with db.read() as tx:
            text = said_in(tx, viewer, said)
            reader = Reader.of(person, db.now(tx))
            shown = _form_from_message(tx, viewer, text, reader=reader, place=f"{channel_id} {message['ts']}")
        if shown is None:
            return answer(args, "Raise an obstacle", messages.nothing_to_choose())
        open_form(args, shown)
        return None

    def typed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        outcome_id, channel_id = carried_by_form(args)
        with db.read() as tx:
            view, reader = find_outcome_by_id(tx, viewer, outcome_id), Reader.of(person, db.now(tx))
            shown = _form(tx, viewer, view, _typed(args), reader=reader, channel_id=channel_id)
        update_form(args, shown)

    def typed_from_message(args: Args) -> None:
        person, viewer, place = introduced(args, db), viewer_of(args), args.body["view"]["private_metadata"]
        with db.read() as tx:
            shown = _form_from_message(tx, viewer, _typed(args), reader=Reader.of(person, db.now(tx)), place=place)
        if shown is not None:
            update_form(args, shown)

    def raised(args: Args) -> Ephemeral | None:
        outcome_id, channel_id = carried_by_form(args)
        return _raised(args, db, outcome_id, channel_id)

    def raised_from_message(args: Args) -> Ephemeral | None:
        view = args.view or {}
        [outcome_id] = carried_ids(Answers(view)["outcome"], 1)
        channel_id, _, ts = view["private_metadata"].partition(" ")
        return _raised(args, db, outcome_id, channel_id, link=permalink(args, channel_id, ts))

    bolt.action(messages.RAISE_BUTTON)(raise_pressed)
    bolt.shortcut(messages.RAISE_SHORTCUT)(shortcut_chosen)
    hear_changes(bolt, messages.RAISE, typed)
    hear_changes(bolt, messages.RAISE_FROM_MESSAGE, typed_from_message)
    bolt.view(messages.RAISE)(submitted(raised, then=show_home))
    bolt.view(messages.RAISE_FROM_MESSAGE)(submitted(raised_from_message, then=show_home))


def _form(tx: Tx, viewer: Viewer, view: View, text: str, *, reader: Reader, channel_id: str) -> Form:
    """The form for one outcome, with the lessons most like what was typed so far, or like the outcome itself."""
    check_is_live(view)
    lessons = lessons_alike(tx, viewer, text or view.outcome.statement)
    return messages.raise_form(view.outcome, lessons, reader=reader, channel_id=channel_id)


def _form_from_message(tx: Tx, viewer: Viewer, text: str, *, reader: Reader, place: str) -> Form | None:
    """The form for a message, with the lessons most like its words; None where there is no outcome to choose."""
    outcomes = outcomes_to_choose(tx, viewer, place.partition(" ")[0])
    lessons = lessons_alike(tx, viewer, text)
    return (
        messages.raise_from_message_form(outcomes, lessons, text=text, place=place, reader=reader) if outcomes else None
    )


def _typed(args: Args) -> str:
    return Answers(args.body["view"])["text"]


def _raise_at_once(args: Args, db: Database, person: Person, number: int, text: str) -> None:
    """Raises what was typed after the key, unless this very command was heard before."""
    viewer, gesture = viewer_of(args), f"command:{args.body['trigger_id']}"
    with db.begin() as tx:
        now = db.now(tx)
        brief = find_outcome(tx, viewer, number)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=gesture, now=now):
            return
        view = raise_obstacle(tx, viewer, brief, Told(text, brief.owner), now=now)
        lessons = lessons_alike(tx, viewer, text)
        message = messages.obstacle_raised(view, lessons, reader=Reader.of(person, now))
    reply(args, message)


def _raised(args: Args, db: Database, outcome_id: int, channel_id: str, *, link: str = "") -> Ephemeral | None:
    person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
    owner = introduce(args.client, db, viewer, answers["owner"]) if answers["owner"] else None

    def save(tx: Tx, now: datetime) -> Saved:
        brief = find_outcome_by_id(tx, viewer, outcome_id)
        view = raise_obstacle(tx, viewer, brief, told_in(answers, owner or brief.owner), link=link, now=now)
        lessons = lessons_alike(tx, viewer, view.obstacle.text)
        message = messages.obstacle_raised(view, lessons, reader=Reader.of(person, now))
        return Saved(f"obstacle:{view.obstacle.id}:raised", message)

    return save_once(args, db, channel_id, save)
