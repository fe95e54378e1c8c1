"""Meeting people: looked up in Slack when first seen, kept up to date by Slack's events."""

from slack_bolt import App, Args

from bot.db.database import Database
from bot.people.actions import Changed, remember_person
from bot.people.lookups import introduce
from bot.people.model import Person
from bot.people.rules import Viewer, read_profile
from bot.slack.app import noticed


def register(bolt: App, db: Database, *, person_changed: Changed) -> None:
    """Listens for people who join, change or leave. `person_changed` follows in the same transaction."""

    @noticed
    def changed(args: Args) -> None:
        profile = read_profile((args.event or {})["user"])
        with db.begin() as tx:
            now = db.now(tx)
            person = remember_person(tx, workspace_id=viewer_of(args).workspace_id, profile=profile, now=now)
            person_changed(tx, person, now=now)

    bolt.event("user_change")(changed)
    bolt.event("team_join")(changed)


def viewer_of(args: Args) -> Viewer:
    """Who made this gesture."""
    return Viewer(args.context.team_id or "", args.context.user_id or "")


def introduced(args: Args, db: Database) -> Person:
    """The person who made this gesture, looked up in Slack if Rhythm has not met them."""
    viewer = viewer_of(args)
    return introduce(args.client, db, viewer, viewer.person_id)
