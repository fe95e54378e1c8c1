"""Changing an obstacle, and saying what resolved it."""

from collections.abc import Callable
from datetime import datetime

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.obstacles import messages
from bot.obstacles.actions import change_obstacle, resolve_obstacle
from bot.obstacles.listeners.saving import Saved, save_once, told_in
from bot.obstacles.queries import check_may_change_obstacle, check_may_resolve, check_stands, find_obstacle
from bot.people.listeners import introduced, viewer_of
from bot.people.lookups import introduce
from bot.people.messages import Reader
from bot.slack.app import Ephemeral, acked, carried_by_form, open_form, pressed_id, pressed_in, submitted
from bot.slack.message import Form
from bot.slack.redrawing import overtaken
from bot.slack.typed import Answers


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the buttons that open the two forms, and for the forms."""

    @acked
    def change_pressed(args: Args) -> None:
        viewer = viewer_of(args)
        introduced(args, db)
        with db.read() as tx:
            view = find_obstacle(tx, viewer, pressed_id(args))
            check_may_change_obstacle(viewer, view)
            check_stands(view)
        open_form(args, messages.change_form(view, channel_id=pressed_in(args)))

    @acked
    def resolve_pressed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        with db.read() as tx:
            view, reader = find_obstacle(tx, viewer, pressed_id(args)), Reader.of(person, db.now(tx))
            check_may_resolve(view)
            check_stands(view)
        open_form(args, messages.resolve_form(view, reader=reader, channel_id=pressed_in(args)))

    def changed(args: Args) -> Ephemeral | Form | None:
        person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
        obstacle_id, channel_id = carried_by_form(args)
        owner = introduce(args.client, db, viewer, answers["owner"] or viewer.person_id)
        with db.read() as tx:
            before, reader = find_obstacle(tx, viewer, obstacle_id), Reader.of(person, db.now(tx))
        fresh = messages.change_form(before, channel_id=channel_id)
        if asked := overtaken(args.view or {}, fresh, messages.obstacle_line(before, reader)):
            return asked

        def save(tx: Tx, now: datetime) -> Saved:
            view = change_obstacle(tx, viewer, obstacle_id, told_in(answers, owner), now=now)
            message = messages.obstacle_changed(view, reader=Reader.of(person, now))
            return Saved(f"obstacle:{obstacle_id}:changed:{(args.view or {})['id']}", message)

        return save_once(args, db, channel_id, save)

    def resolved(args: Args) -> Ephemeral | None:
        person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.view or {})
        obstacle_id, channel_id = carried_by_form(args)

        def save(tx: Tx, now: datetime) -> Saved:
            view = resolve_obstacle(tx, viewer, obstacle_id, answers["resolution"], now=now)
            message = messages.obstacle_resolved(view, reader=Reader.of(person, now))
            return Saved(f"obstacle:{obstacle_id}:resolved", message)

        return save_once(args, db, channel_id, save)

    bolt.action(messages.CHANGE_BUTTON)(change_pressed)
    bolt.action(messages.RESOLVE_BUTTON)(resolve_pressed)
    bolt.view(messages.CHANGE)(submitted(changed, then=show_home))
    bolt.view(messages.RESOLVE)(submitted(resolved, then=show_home))
