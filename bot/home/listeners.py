"""What people do at home: open it, refresh it, ask for their week, write to Rhythm."""

from datetime import datetime, time

from slack_bolt import App, Args

from bot.absences.queries import absences_ahead, days_by_status, stands_in_for
from bot.absences.rules import Days
from bot.checkins.actions.replies import answer_in_words
from bot.checkins.listeners.replying import read_message
from bot.checkins.queries import next_ask_at, open_check_ins
from bot.db.database import Database, Tx
from bot.decisions.queries.beside import with_answers
from bot.decisions.queries.debt import debt_of_led_teams
from bot.decisions.queries.mine import decisions_waiting_for
from bot.deliveries.rules import is_for_a_full_week
from bot.dependencies.queries import needs_to_answer
from bot.execution.queries import due_actions, proposals_for
from bot.handovers.queries import offers_to
from bot.home import messages
from bot.home.actions import say_what_it_reads
from bot.home.messages import Week
from bot.meetings.listeners.holding import something_saved
from bot.obstacles.queries import obstacles_of
from bot.outbox.fates import Fate, fates_at
from bot.outcomes.queries import list_outcomes
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.app import acked, kept, noticed
from bot.slack.commands import Word, answer
from bot.slack.message import HomeView
from bot.teams.rules import instant_of, monday_of
from bot.workspaces.actions import is_first_time

_ANSWERED = "answered a check-in"


def words(db: Database) -> list[Word]:
    """What can be typed after `/rhythm` about oneself."""

    def week(args: Args, _rest: str) -> None:
        _show_week(args, db)

    return [Word("/rhythm", "", "", "shows your week: what needs you, what you own, what comes next", week)]


def register(bolt: App, db: Database) -> None:
    """Listens for the App Home and the *My week* shortcut."""

    @noticed
    def opened(args: Args) -> None:
        if (args.event or {}).get("tab", "home") == "home":
            show_home(args, db)

    @kept
    def written_to(args: Args) -> None:
        written, viewer = read_message(args), viewer_of(args)
        if written is None:
            return
        person = introduced(args, db)
        with db.begin() as tx:
            now = db.now(tx)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=f"message:{written.ts}", now=now):
                return
            args.context[_ANSWERED] = answer_in_words(tx, person, written, now=now)
            if not args.context[_ANSWERED]:
                say_what_it_reads(tx, viewer, now=now)

    @noticed
    def was_kept(args: Args) -> None:
        if args.context.get(_ANSWERED):
            show_what_was_saved(args, db)

    @acked
    def refreshed(args: Args) -> None:
        show_home(args, db)

    @acked
    def week_shortcut(args: Args) -> None:
        _show_week(args, db)

    bolt.event("app_home_opened")(opened)
    bolt.event("message", middleware=[written_to])(was_kept)
    bolt.action(messages.REFRESH)(refreshed)
    bolt.shortcut(messages.WEEK_SHORTCUT)(week_shortcut)


def show_what_was_saved(args: Args, db: Database) -> None:
    """Does what has to follow when somebody saved something: meetings that are on show it soon, and their Home now."""
    something_saved(args, db)
    show_home(args, db)


def show_home(args: Args, db: Database) -> None:
    """Puts up this person's App Home as it is now."""
    args.client.views_publish(user_id=viewer_of(args).person_id, view=_home(args, db).view)


def _home(args: Args, db: Database) -> HomeView:
    return messages.home_view(_week(args, db))


def _show_week(args: Args, db: Database) -> None:
    answer(args, "My week", messages.my_week(_week(args, db)))


def _week(args: Args, db: Database) -> Week:
    person, viewer = introduced(args, db), viewer_of(args)
    with db.read() as tx:
        now = db.now(tx)
        reader = Reader.of(person, now)
        return Week(
            asked=open_check_ins(tx, viewer, now=now),
            owned=list_outcomes(tx, viewer, today=reader.today, owner_id=person.id),
            actions=due_actions(tx, viewer, today=reader.today),
            proposals=proposals_for(tx, viewer),
            offers=offers_to(tx, viewer),
            needs=needs_to_answer(tx, viewer),
            obstacles=with_answers(tx, viewer, obstacles_of(tx, viewer)),
            decisions=decisions_waiting_for(tx, viewer, today=reader.today),
            led_debt=debt_of_led_teams(tx, viewer, today=reader.today),
            absences=absences_ahead(tx, viewer, today=reader.today),
            standing_in=stands_in_for(tx, viewer, Days(reader.today, reader.today)),
            by_status=days_by_status(person),
            quiet_until=person.quiet_until,
            kept_back=_kept_back(tx, person, now),
            next_at=next_ask_at(tx, person, now=now),
            reader=reader,
        )


def _kept_back(tx: Tx, person: Person, now: datetime) -> list[Fate]:
    """What the limit of messages kept back since the person's week began."""
    monday = monday_of(now.astimezone(person.zone).date())
    since = instant_of(monday, time(0), person.zone)
    told = fates_at(tx, workspace_id=person.workspace_id, places=[person.id], since=since, limit=100)
    return [fate for fate in told if is_for_a_full_week(fate.reason)]
