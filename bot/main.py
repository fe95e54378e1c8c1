"""The builder: the only module that knows every room."""

from datetime import datetime
from functools import partial

import structlog
from prometheus_client import CollectorRegistry
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy import MetaData

import bot.absences.listeners
import bot.absences.model
import bot.canvases.jobs
import bot.canvases.model
import bot.cards.listeners
import bot.checkins.jobs
import bot.checkins.listeners
import bot.checkins.model
import bot.decisions.jobs
import bot.decisions.listeners
import bot.decisions.model
import bot.deliveries.listeners
import bot.dependencies.listeners
import bot.dependencies.model
import bot.digests.jobs
import bot.execution.listeners
import bot.execution.model
import bot.handovers.jobs
import bot.handovers.listeners
import bot.handovers.model
import bot.home.listeners
import bot.lessons.listeners
import bot.lessons.model
import bot.meetings.jobs
import bot.meetings.listeners
import bot.meetings.model
import bot.obstacles.listeners
import bot.obstacles.model
import bot.outbox.jobs
import bot.outbox.model
import bot.outcomes.jobs
import bot.outcomes.listeners
import bot.outcomes.model
import bot.people.jobs
import bot.people.listeners
import bot.people.model
import bot.priorities.listeners
import bot.priorities.model
import bot.results.listeners
import bot.search.model
import bot.signals.listeners
import bot.sources.listeners
import bot.sources.model
import bot.teams.jobs
import bot.teams.listeners
import bot.teams.listeners.schedule
import bot.teams.model
import bot.workspaces.jobs
import bot.workspaces.model
from bot.absences.actions.leaving import ask_for_others_afresh
from bot.calendars.addresses import ANYWHERE, PUBLIC
from bot.calendars.looking import look
from bot.clock import Clock
from bot.db.base import Base
from bot.db.database import Database, Tx
from bot.db.migrate import is_current
from bot.db.secrets import Secrets
from bot.decisions.actions.history import refresh_decided_by
from bot.digests.actions import plan_digest
from bot.errors import CannotStart, MemoryAway
from bot.meetings.actions.planning import plan_meetings
from bot.meetings.listeners.holding import something_saved
from bot.meetings.listeners.schedule import beside_schedule
from bot.meetings.messages.calendar import addresses_kept_said
from bot.meetings.queries.ahead import addresses_kept
from bot.outbox.metrics import DeliveriesCollector, Lateness
from bot.outbox.posting import SlackPoster
from bot.outbox.queries import owed_by
from bot.outbox.rules import Pace
from bot.outbox.sender import Sender
from bot.outcomes.actions.history import refresh_team
from bot.people.lookups import look_up_quiet
from bot.people.model import Person
from bot.settings import Role, Settings
from bot.slack.app import (
    LISTENER_THREADS,
    answer_the_rest,
    brisk_client,
    build_bolt,
    even_if_raced,
    plain_client,
    web_client,
)
from bot.slack.commands import answer_commands
from bot.slack.hands import Hands
from bot.slack.socket_mode import HEARTBEAT_SECONDS, SocketMode
from bot.teams.model import Team
from bot.ticker import Ticker
from bot.web import Door
from bot.workspaces.actions import remember_workspace

log = structlog.get_logger(__name__)

INTRODUCTIONS = {
    "/outcome": "An outcome is a change to be created: what, how it is measured, by when, and the one who owns it.",
    "/decision": "A decision is a question, who decides it and by when, the choice, and what it is expected to do.",
    "/meeting": "A meeting should move something: Rhythm prepares it, and says afterwards what it did.",
    "/rhythm": "Rhythm keeps daily work tied to outcomes: owners are asked regularly what moved.",
}


def metadata() -> MetaData:
    """Every table of every room."""
    return Base.metadata


class Bot:
    """A whole Rhythm, built from its settings; one that has a `role` among several does only that part.

    Raises CannotStart, in one sentence, when Slack refuses the token or cannot be reached.
    """

    def __init__(self, settings: Settings, clock: Clock, role: Role = Role.ALL) -> None:
        self.settings, self.clock, self.role = settings, clock, role
        self.db = Database(
            settings.database_url,
            clock,
            connections=LISTENER_THREADS + bot.sources.listeners.API_THREADS + 8,
            secrets=Secrets(settings.keys),
        )
        self._executor = Hands(LISTENER_THREADS)
        token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
        secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else "socket-mode"
        self.client = web_client(token, settings.slack_api_url)
        brisk = brisk_client(token, settings.slack_api_url)
        self.bolt = build_bolt(self.client, secret, self._executor)
        self._poster = SlackPoster(settings.slack_api_url, lambda _workspace: token)
        registry = CollectorRegistry()
        registry.register(DeliveriesCollector(self.db))
        self.sender = Sender(self.db, self._poster, clock, _pace(settings), on_sent=Lateness(registry).note)
        self.ticker = Ticker(
            [
                *bot.checkins.jobs.ticks(
                    self.db,
                    partial(look_up_quiet, brisk, self.db),
                    most_a_week=settings.weekly_messages_limit,
                ),
                *bot.decisions.jobs.ticks(
                    self.db,
                    partial(look_up_quiet, brisk, self.db),
                    most_a_week=settings.weekly_messages_limit,
                ),
                *bot.digests.jobs.ticks(self.db),
                *bot.meetings.jobs.ticks(
                    self.db,
                    partial(look, anywhere=settings.calendars_from_anywhere),
                    focus_limit=settings.owner_outcomes_limit,
                ),
                *bot.canvases.jobs.ticks(self.db, plain_client(token, settings.slack_api_url)),
                *bot.outcomes.jobs.ticks(self.db),
                *bot.handovers.jobs.ticks(self.db),
                *bot.outbox.jobs.ticks(self.sender),
                *bot.teams.jobs.ticks(self.db, self.client),
                *bot.people.jobs.ticks(self.db, brisk, changed=_person_changed),
                *bot.workspaces.jobs.ticks(self.db),
            ],
            clock,
        )
        self._listen()
        self.door = Door(
            host=settings.host,
            port=settings.port,
            bolt=self.bolt if settings.slack_mode == "http" and role.answers else None,
            what_is_missing=self.what_is_missing,
            registry=registry,
            routes=bot.sources.listeners.routes(self.db) if role.answers else (),
        )
        self._socket: SocketMode | None = None
        self._stopping = False

    def _listen(self) -> None:
        db, bolt = self.db, self.bolt
        focus = self.settings.owner_outcomes_limit
        show_home = partial(bot.home.listeners.show_what_was_saved, db=db)
        bot.people.listeners.register(bolt, db, person_changed=_person_changed)
        bot.teams.listeners.register(bolt, db, rhythm_changed=_plan_afresh)
        bot.teams.listeners.schedule.register(bolt, db, changed=_plan_afresh, beside=beside_schedule)
        bot.priorities.listeners.register(bolt, db)
        bot.lessons.listeners.register(bolt, db)
        bot.outcomes.listeners.register(bolt, db, focus_limit=focus, show_home=show_home)
        bot.results.listeners.register(bolt, db, show_home=show_home)
        bot.obstacles.listeners.register(bolt, db, show_home=show_home)
        bot.dependencies.listeners.register(bolt, db, show_home=show_home)
        bot.decisions.listeners.register(bolt, db, show_home=show_home)
        bot.cards.listeners.register(bolt, db, focus_limit=focus, show_home=show_home)
        bot.signals.listeners.register(bolt, db, focus_limit=focus)
        bot.handovers.listeners.register(bolt, db, show_home=show_home)
        bot.execution.listeners.register(bolt, db, limit=self.settings.open_actions_limit, show_home=show_home)
        bot.absences.listeners.register(bolt, db, show_home=show_home)
        bot.checkins.listeners.register(bolt, db, show_home=show_home)
        reach = ANYWHERE if self.settings.calendars_from_anywhere else PUBLIC
        bot.meetings.listeners.register(
            bolt, db, focus_limit=focus, reach=reach, huddle_ends_meeting=self.settings.huddle_ends_meeting
        )
        bot.sources.listeners.register(bolt, db)
        bot.deliveries.listeners.register(bolt, db)
        bot.home.listeners.register(bolt, db)
        words = [
            *bot.outcomes.listeners.words(db, focus_limit=focus),
            *bot.cards.listeners.words(db, focus_limit=focus),
            *bot.results.listeners.words(db),
            *bot.handovers.listeners.words(db),
            *bot.execution.listeners.words(db, limit=self.settings.open_actions_limit),
            *bot.obstacles.listeners.words(db),
            *bot.dependencies.listeners.words(db),
            *bot.decisions.listeners.words(db),
            *bot.home.listeners.words(db),
            *bot.absences.listeners.words(db),
            *bot.priorities.listeners.words(db),
            *bot.lessons.listeners.words(db),
            *bot.teams.listeners.words(db),
            *bot.teams.listeners.schedule.words(db),
            *bot.meetings.listeners.words(db, focus_limit=focus),
            *bot.signals.listeners.words(db, focus_limit=focus, actions_limit=self.settings.open_actions_limit),
            *bot.deliveries.listeners.words(db),
            *bot.sources.listeners.words(db),
        ]
        answer_commands(bolt, words, INTRODUCTIONS, then=partial(something_saved, db=db))
        answer_the_rest(bolt)

    def start(self, *, ticking: bool = True) -> None:
        """Says who it is, and begins what its role is; without `ticking`, whoever moves the clock runs the ticks.

        Raises CannotStart, in one sentence.
        """
        self.introduce_itself()
        self.door.start()
        if ticking and self.role.ticks:
            self.ticker.start()
        if self.settings.slack_mode == "socket" and self.role.answers:
            self._connect()
        door = f"http://{self.settings.host}:{self.door.port}"
        log.info("Rhythm is running", role=self.role, mode=self.settings.slack_mode, door=door)

    def is_at_rest(self) -> bool:
        """Whether no listener is at work."""
        return self._executor.in_hand == 0

    def stop(self) -> None:
        """Takes nothing new in hand, finishes what is, and hands back what was claimed."""
        self._stopping = True
        if self._socket is not None:
            self._socket.close()
        self.door.stop()
        self._executor.shutdown(wait=True)
        self.sender.stop()
        self.ticker.stop()
        try:
            self.sender.release()
        except MemoryAway:
            log.warning("claims not handed back; they run out by themselves")
        self._poster.close()
        self.db.dispose()
        log.info("Rhythm has stopped")

    def owes(self, instant: datetime) -> bool:
        """Whether a message due by that instant has not been settled yet."""
        with self.db.read() as tx:
            return owed_by(tx, instant=instant) > 0

    def what_is_missing(self) -> list[str]:
        """A sentence for each thing that keeps the bot from doing its work."""
        if self._stopping:
            return ["Rhythm is stopping."]
        missing = [f"The tick “{name}” has not finished for too long." for name in self.ticker.late()]
        try:
            self.db.ping()
            if not is_current(self.db.engine):
                missing.append("The database is not at this version: run `python -m bot migrate`.")
        except Exception as error:
            missing.append(f"The database cannot be reached ({type(error).__name__}).")
        if self._socket is not None and not self._socket.client.is_connected():
            missing.append("The Socket Mode connection to Slack is down; it is being opened again.")
        return missing

    def what_to_mind(self) -> list[str]:
        """A sentence for each thing that whoever runs Rhythm should know, though it can start."""
        with self.db.read() as tx:
            return addresses_kept_said(addresses_kept(tx), has_keys=bool(self.settings.keys))

    def introduce_itself(self) -> str:
        """Asks Slack which workspace the token belongs to, notes it, and answers its name.

        Raises CannotStart when Slack refuses the token or cannot be reached.
        """
        try:
            me = self.client.auth_test()
        except SlackApiError as error:
            raise CannotStart(
                f"Slack does not accept SLACK_BOT_TOKEN ({error.response['error']}). "
                "Copy it again from your app's page, under OAuth & Permissions."
            ) from None
        except (SlackClientError, OSError) as error:
            raise CannotStart(
                f"Slack cannot be reached at {self.settings.slack_api_url} ({type(error).__name__}). "
                "Check the network, and SLACK_API_URL in .env."
            ) from None
        name = str(me.get("team") or me["team_id"])
        even_if_raced(lambda: self._remember(me["team_id"], name=name, bot_user_id=me["user_id"]))
        return name

    def _remember(self, workspace_id: str, *, name: str, bot_user_id: str) -> None:
        with self.db.begin() as tx:
            remember_workspace(tx, workspace_id=workspace_id, name=name, bot_user_id=bot_user_id, now=self.db.now(tx))

    def _connect(self) -> None:
        token = self.settings.slack_app_token.get_secret_value() if self.settings.slack_app_token else ""
        self._socket = SocketMode(self.bolt, token, concurrency=LISTENER_THREADS, ping_interval=HEARTBEAT_SECONDS)
        try:
            self._socket.connect()  # type: ignore[no-untyped-call]
        except SlackApiError as error:
            raise CannotStart(
                f"Slack does not accept SLACK_APP_TOKEN ({error.response['error']}). "
                "It needs the scope connections:write, and Socket Mode switched on in the app's settings."
            ) from None
        except (SlackClientError, OSError) as error:
            raise CannotStart(
                f"Socket Mode cannot be opened ({type(error).__name__}). Check the network, and SLACK_API_URL in .env."
            ) from None


def _person_changed(tx: Tx, person: Person, *, now: datetime) -> None:
    """Does what every room has to do when somebody left, came back or lives in another zone."""
    ask_for_others_afresh(tx, person, now=now)
    refresh_decided_by(tx, person, now=now)


def _plan_afresh(tx: Tx, team: Team, *, now: datetime) -> None:
    """Does what every room has to do when a team has another schedule."""
    refresh_team(tx, team, now=now)
    plan_digest(tx, team, now=now)
    plan_meetings(tx, team, now=now)


def _pace(settings: Settings) -> Pace:
    return Pace.of(
        workspace_posts_per_second=settings.workspace_posts_per_second,
        channel_posts_per_second=settings.channel_posts_per_second,
        history_calls_per_minute=settings.history_calls_per_minute,
    )
