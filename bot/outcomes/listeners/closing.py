"""Closing outcomes and opening them again."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.errors import FormRefused, NotFound, Refused
from bot.outcomes.actions.closing import Closing, close_outcome, reopen_outcome
from bot.outcomes.listeners.desk import Desk, new_form
from bot.outcomes.messages import closing as messages
from bot.outcomes.messages.form import filled_with
from bot.outcomes.queries import Brief, View, find_outcome, find_outcome_by_id
from bot.outcomes.queries.allowed import check_is_live, check_may_change
from bot.outcomes.rules import Ending, read_ending, read_key
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.slack.app import Ephemeral, acked, carried_ids, open_form, submission_of, submitted
from bot.slack.commands import Word, answer, reply
from bot.slack.message import Form, Message
from bot.slack.typed import Answers
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time


def words(db: Database) -> list[Word]:
    """What can be typed after `/outcome` to end one."""

    def close(args: Args, rest: str) -> None:
        key, _, ending = rest.partition(" ")
        number, how = read_key(key), read_ending(ending)
        introduced(args, db)
        with db.read() as tx:
            outcome_id = find_outcome(tx, viewer_of(args), number).outcome.id
        _open_close(args, db, outcome_id, how, channel_id=args.body["channel_id"])

    def reopen(args: Args, rest: str) -> None:
        number = read_key(rest)
        introduced(args, db)
        with db.read() as tx:
            outcome_id = find_outcome(tx, viewer_of(args), number).outcome.id
        reply(args, _reopen(args, db, outcome_id))

    return [
        Word(
            "/outcome",
            "close",
            "close OUT-12 [achieved|missed|rescoped|abandoned]",
            "closes an outcome: how it ended and what was learnt",
            close,
        ),
        Word("/outcome", "reopen", "reopen OUT-12", "makes a closed outcome live again", reopen),
    ]


def register(bolt: App, db: Database, *, focus_limit: int, show_home: Callable[[Args], None]) -> None:
    """Listens for the closing form and for the buttons that close and reopen."""

    @acked
    def close_pressed(args: Args) -> None:
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        introduced(args, db)
        _open_close(args, db, outcome_id, None, channel_id=(args.body.get("channel") or {}).get("id", ""))

    @acked
    def reopen_pressed(args: Args) -> None:
        [outcome_id] = carried_ids((args.action or {}).get("value"), 1)
        introduced(args, db)
        answer(args, "Reopened", _reopen(args, db, outcome_id))

    def closed(args: Args) -> Ephemeral | Form | None:
        return _save(args, db, focus_limit=focus_limit)

    bolt.action(messages.CLOSE_BUTTON)(close_pressed)
    bolt.action(messages.REOPEN_BUTTON)(reopen_pressed)
    bolt.view(messages.CLOSE)(submitted(closed, then=show_home))


def _open_close(args: Args, db: Database, outcome_id: int, ending: Ending | None, *, channel_id: str) -> None:
    person, viewer = introduced(args, db), viewer_of(args)
    with db.read() as tx:
        view = find_outcome_by_id(tx, viewer, outcome_id)
        check_may_change(tx, viewer, view, "close it")
        check_is_live(view)
        reader = Reader.of(person, db.now(tx))
    open_form(args, messages.closing_form(view, ending, reader=reader, channel_id=channel_id))


def _save(args: Args, db: Database, *, focus_limit: int) -> Ephemeral | Form | None:
    form, viewer = args.view or {}, viewer_of(args)
    answers, person = Answers(form), introduced(args, db)
    carried, _, channel_id = form["private_metadata"].partition(" ")
    [outcome_id] = carried_ids(carried, 1)
    with db.begin() as tx:
        now = db.now(tx)
        desk = Desk(tx, viewer, Reader.of(person, now), focus_limit)
        view = find_outcome_by_id(tx, viewer, outcome_id, hold=True)
        closing = _read(desk, answers, view)
        if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
            return None
        after = close_outcome(tx, viewer, view, closing, now=now)
        if closing.ending == Ending.RESCOPED and closing.rescoped_to is None:
            return _form_of_the_next(desk, after, channel_id)
        return confirm(
            tx,
            viewer,
            channel_id=channel_id,
            key=f"outcome:{outcome_id}:closed:v{after.outcome.version}",
            message=messages.closed_by_you(after, with_lesson=bool(closing.lesson)),
            now=now,
        )


def _read(desk: Desk, answers: Answers, view: View) -> Closing:
    if not answers["ending"]:
        raise FormRefused({"ending": "Choose how it ended."})
    ending = Ending(answers["ending"])
    replaced = answers["replaced"] if ending == Ending.RESCOPED else ""
    return Closing(ending, answers["note"], answers["lesson"], _named(desk, replaced, view) if replaced else None)


def _named(desk: Desk, typed: str, view: View) -> Brief:
    """The outcome that takes the place of this one. Raises FormRefused at its field."""
    try:
        other = find_outcome(desk.tx, desk.viewer, read_key(typed))
    except (Refused, NotFound) as error:
        raise FormRefused({"replaced": error.sentence}) from None
    if other.outcome.id == view.outcome.id:
        raise FormRefused({"replaced": "An outcome cannot take its own place. Name another, or leave this empty."})
    return other


def _form_of_the_next(desk: Desk, closed: View, channel_id: str) -> Form:
    """The form for the outcome that takes the place of a re-scoped one, with what the old one said to begin from."""
    values = {**filled_with(closed, desk.reader), "owner": closed.owner.id, "due": "", "start": "", "milestones": ""}
    return new_form(desk, values, channel_id=channel_id, rescopes=closed.outcome.id)


def _reopen(args: Args, db: Database, outcome_id: int) -> Message:
    person, viewer = introduced(args, db), viewer_of(args)
    with db.begin() as tx:
        now = db.now(tx)
        view = find_outcome_by_id(tx, viewer, outcome_id, hold=True)
        after = reopen_outcome(tx, viewer, view, now=now)
        return messages.reopened_by_you(after, reader=Reader.of(person, now))
