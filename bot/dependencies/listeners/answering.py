"""Answering for the asked team, and what either side says afterwards."""

from collections.abc import Callable
from datetime import date, datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.dependencies import messages
from bot.dependencies.actions import accept, agree, decline, deliver, withdraw
from bot.dependencies.listeners.saving import read_day, save_once
from bot.dependencies.messages import form
from bot.dependencies.queries import DependencyView, check_is_live, check_may_answer, circle_of, find_dependency
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.rules import Viewer
from bot.slack.app import (
    Ephemeral,
    acked,
    carried_by_form,
    carried_ids,
    open_form,
    pressed_id,
    pressed_in,
    submitted,
)
from bot.slack.commands import answer
from bot.slack.message import Form, Message
from bot.slack.typed import Answers


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the forms that answer, and for the buttons."""
    _hear_answers(bolt, db, show_home)
    _hear_presses(bolt, db)


def _hear_answers(bolt: App, db: Database, show_home: Callable[[Args], None]) -> None:
    def answering(shape: Callable[..., Form]) -> Callable[[Args], None]:
        @acked
        def pressed(args: Args) -> None:
            person, viewer = introduced(args, db), viewer_of(args)
            with db.read() as tx:
                view, reader = find_dependency(tx, viewer, pressed_id(args)), Reader.of(person, db.now(tx))
                check_may_answer(view)
                check_is_live(view)
            open_form(args, shape(view, reader=reader, channel_id=pressed_in(args)))

        return pressed

    def accepted(args: Args) -> Ephemeral | None:
        person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
        dependency_id, channel_id = carried_by_form(args)
        day, reason = read_day(answers["day"], "day"), answers["reason"]

        def save(tx: Tx, now: datetime) -> DependencyView:
            today = Reader.of(person, now).today
            return accept(tx, viewer, dependency_id, day=day, reason=reason, today=today, now=now)

        return save_once(args, db, person, channel_id=channel_id, save=save, words_for=messages.dependency_shown)

    def declined(args: Args) -> Ephemeral | None:
        person, viewer, reason = introduced(args, db), viewer_of(args), Answers(args.view or {})["reason"]
        dependency_id, channel_id = carried_by_form(args)

        def save(tx: Tx, now: datetime) -> DependencyView:
            return decline(tx, viewer, dependency_id, reason=reason, now=now)

        return save_once(args, db, person, channel_id=channel_id, save=save, words_for=messages.dependency_shown)

    bolt.action(messages.ACCEPT_BUTTON)(answering(form.accept_form))
    bolt.action(messages.DECLINE_BUTTON)(answering(form.decline_form))
    bolt.view(form.ACCEPT)(submitted(accepted, then=show_home))
    bolt.view(form.DECLINE)(submitted(declined, then=show_home))


def _hear_presses(bolt: App, db: Database) -> None:
    @acked
    def open_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view = find_dependency(tx, viewer, pressed_id(args))
            message = _shown(tx, viewer, view, Reader.of(person, db.now(tx)))
        answer(args, "From another team", message)

    @acked
    def agree_pressed(args: Args) -> None:
        dependency_id, day = carried_ids((args.action or {}).get("value"), 2)
        seen_on = date.fromordinal(min(max(day, 1), date.max.toordinal()))
        _do(args, db, lambda tx, now: agree(tx, viewer_of(args), dependency_id, day=seen_on, now=now))

    @acked
    def delivered_pressed(args: Args) -> None:
        _do(args, db, lambda tx, now: deliver(tx, viewer_of(args), pressed_id(args), now=now))

    @acked
    def withdraw_pressed(args: Args) -> None:
        _do(args, db, lambda tx, now: withdraw(tx, viewer_of(args), pressed_id(args), now=now))

    bolt.action(messages.OPEN)(open_pressed)
    bolt.action(messages.AGREE)(agree_pressed)
    bolt.action(messages.DELIVERED)(delivered_pressed)
    bolt.action(messages.WITHDRAW)(withdraw_pressed)


def _do(args: Args, db: Database, act: Callable[[Tx, datetime], DependencyView]) -> None:
    """Does what a button says, and shows what came of it."""
    person, viewer = introduced(args, db), viewer_of(args)
    with db.begin() as tx:
        now = db.now(tx)
        message = _shown(tx, viewer, act(tx, now), Reader.of(person, now))
    answer(args, "From another team", message)


def _shown(tx: Tx, viewer: Viewer, view: DependencyView, reader: Reader) -> Message:
    return messages.dependency_shown(view, circle_of(tx, viewer, view.dependency.id), reader=reader)
