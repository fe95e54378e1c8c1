"""An owner puts a check-in off."""

from slack_bolt import App, Args

from bot.checkins import messages
from bot.checkins.actions.reminding import snooze
from bot.checkins.messages import reminders
from bot.checkins.rules.reminders import read_snooze
from bot.db.database import Database
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.slack.app import acked, carried_ids
from bot.slack.commands import answer


def register(bolt: App, db: Database) -> None:
    """Listens for the menu that snoozes a check-in."""

    @acked
    def snoozed(args: Args) -> None:
        person, viewer = introduced(args, db), viewer_of(args)
        chosen = ((args.action or {}).get("selected_option") or {}).get("value", "")
        word, _, carried = str(chosen).partition(" ")
        [checkin_id] = carried_ids(carried, 1)
        with db.begin() as tx:
            now = db.now(tx)
            until = snooze(tx, viewer, checkin_id=checkin_id, choice=read_snooze(word), now=now)
        answer(args, "Snoozed", reminders.snoozed(until, reader=Reader.of(person, now)))

    bolt.action(messages.SNOOZE)(snoozed)
