"""A whole company alive: the unmodified bot in the sandbox, driven over the sandbox's JSON API as any program would.

The clock stands still at Monday 2 March 2026, 01:00 UTC, before anybody's working day; nothing is sent until a test
moves it.
"""

import json
import shutil
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Self

import httpx
import pytest
from slack_bolt import BoltRequest, BoltResponse
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.main import Bot
from bot.outcomes.model import Outcome, Result
from bot.rehearsal import Rehearsal
from bot.sandbox import exchange
from bot.sandbox.delivery import signature
from bot.settings import Settings
from bot.slack.typed import field_name
from bot.teams.model import Channel

Json = dict[str, Any]

MONDAY = datetime(2026, 3, 2, 1, tzinfo=UTC)
STATEMENT = "More trials become paying customers"
PATIENCE = 20.0
"""Seconds a gesture waits for an answer while the bot is at work; without one, it is over when the bot is at rest."""

LATEST = 20.0
"""Seconds after which a form that must open has not."""


@dataclass(frozen=True)
class Seen:
    """What a person has in front of them after a gesture: the forms that are open, and what was whispered to them."""

    views: list[Json]
    whispers: list[Json]
    look: Callable[[], list[Json]] = field(default=list, compare=False)
    """Looks again at the open forms."""

    @property
    def form(self) -> Json:
        """The form on top. On a busy machine it may open a moment later than the gesture was answered."""
        give_up = monotonic() + LATEST
        while not (views := self.views or self.look()):
            assert monotonic() < give_up, f"no form is open; whispered: {self.text}"
            sleep(0.02)
        return views[-1]

    @property
    def errors(self) -> dict[str, str]:
        """The sentences beside the fields of the form that was refused, by the fields' names."""
        found = self.form.get("errors", {}) if self.views else {}
        return {field_name(block_id): sentence for block_id, sentence in found.items()}

    @property
    def text(self) -> str:
        """Everything that was whispered."""
        return "\n".join(words(whisper) for whisper in self.whispers)


class Slack:
    """People's gestures and looks on one rehearsal."""

    def __init__(self, rehearsal: Rehearsal, lines: Sequence[MutableMapping[str, Any]]) -> None:
        self.rehearsal = rehearsal
        self.lines = lines
        self._http = httpx.Client(base_url=rehearsal.sandbox.url, timeout=60, verify=False)
        self._at_first = self.get("state")
        self.workspace: str = self._at_first["team"]["id"]

    def close(self) -> None:
        self._http.close()

    @property
    def bot(self) -> Bot:
        """The bot that lives here."""
        assert self.rehearsal.bot is not None
        return self.rehearsal.bot

    # Gestures

    def command(self, user: str, channel: str, text: str) -> Seen:
        """Types a slash command, and waits for the form or the words that answer it."""
        forms, old = self._forms(user), self._whispers(user, channel)
        self.post("command", user=f"@{user}", channel=channel, text=text)

        def answers() -> list[Json]:
            return [one for ts, one in self._whispers(user, channel).items() if ts not in old]

        until(lambda: self._forms(user) != forms or answers())
        self._rest()
        return Seen(self.views(user), answers())

    def submit(self, user: str, form: Json, **values: Any) -> Seen:
        """Fills fields of the form, by their names, and submits it."""
        fields = self._filled(user, form, values)
        return self._seen(user, self.post("submit", user=f"@{user}", view_id=form["id"], values=fields))

    def type(self, user: str, form: Json, **values: Any) -> Seen:
        """Fills fields of the form, by their names, without submitting it; the bot hears of those that tell it."""
        fields = self._filled(user, form, values)
        return self._seen(user, self.post("type", user=f"@{user}", view_id=form["id"], values=fields))

    def close_form(self, user: str, form: Json) -> None:
        """Closes a form without saving."""
        self.post("close", user=f"@{user}", view_id=form["id"])

    def click(self, user: str, place: tuple[str, Json] | Json, action_id: str, value: str = "") -> Seen:
        """Presses a button of a message, `(channel, message)`, or of a view; `value` chooses between several."""
        blocks, where = _where(place)
        block_id = next(
            block_id for block_id, button in buttons(blocks) if _is(button, action_id) and value in ("", _value(button))
        )
        return self._seen(user, self.post("click", user=f"@{user}", action_id=action_id, block_id=block_id, **where))

    def choose(self, user: str, place: tuple[str, Json] | Json, action_id: str, value: str) -> Seen:
        """Chooses from a menu of a message, `(channel, message)`, or of a view, the first one that offers `value`."""
        blocks, where = _where(place)
        block_id = next(
            block_id
            for block_id, menu in elements(blocks)
            if _is(menu, action_id) and value in [option["value"] for option in menu.get("options", [])]
        )
        return self._seen(
            user, self.post("click", user=f"@{user}", action_id=action_id, block_id=block_id, value=value, **where)
        )

    def reply(self, user: str, channel: str, ts: str, text: str) -> Seen:
        """Says something in the thread of a message; `bot` is the person's DM with Rhythm."""
        return self._seen(user, self.post("message", user=f"@{user}", channel=channel, text=text, thread_ts=ts))

    def shortcut(self, user: str, callback_id: str) -> Seen:
        """Chooses a global shortcut."""
        return self._seen(user, self.post("shortcut", user=f"@{user}", callback_id=callback_id))

    def message_shortcut(self, user: str, channel: str, ts: str, callback_id: str) -> Seen:
        """Chooses a shortcut from a message's menu."""
        return self._seen(user, self.post("shortcut", user=f"@{user}", channel=channel, ts=ts, callback_id=callback_id))

    def open_home(self, user: str) -> Json:
        """Opens App Home, and waits until there is one."""
        before = self.home(user).get("hash")
        self.post("home", user=f"@{user}")
        until(lambda: self.home(user).get("hash") != before)
        self._rest()
        return self.home(user)

    def change(self, user: str, **fields: Any) -> None:
        """Changes somebody in Slack: their `status`, their `dnd_until`, whether they are `deleted`."""
        self.post("user", user=f"@{user}", **fields)

    # Looks

    def home(self, user: str) -> Json:
        """App Home as it was last published, or {}."""
        return self.get("home", user=f"@{user}")["view"] or {}

    def messages(self, user: str, channel: str) -> list[Json]:
        """What this person sees in a channel; `bot` is their DM with Rhythm."""
        messages: list[Json] = self.get("messages", user=f"@{user}", channel=channel)["messages"]
        return messages

    def thread(self, user: str, channel: str, ts: str) -> list[Json]:
        """What this person sees in the thread of a message, the message first."""
        messages: list[Json] = self.get("messages", user=f"@{user}", channel=channel, thread_ts=ts)["messages"]
        return messages

    def posts(self, user: str, channel: str) -> list[Json]:
        """What Rhythm posted there for everybody to see."""
        bot = self._at_first["bot"]["user_id"]
        return [one for one in self.messages(user, channel) if one["user"] == bot and not one.get("is_ephemeral")]

    def answers(self, user: str, channel: str) -> list[str]:
        """The lines about answers, in the threads of their periods."""
        return [str(one["text"]) for one in self.posts(user, channel) if one.get("thread_ts") not in (None, one["ts"])]

    def canvas(self, user: str, channel: str) -> str | None:
        """What the channel's canvas says, in Markdown; None when it has none."""
        canvas = self.get("canvas", user=f"@{user}", channel=channel)["canvas"]
        return canvas and str(canvas["markdown"])

    def write_canvas(self, user: str, channel: str, markdown: str | None) -> None:
        """Writes the channel's canvas by hand; None deletes it."""
        change: Json = {"deleted": True} if markdown is None else {"markdown": markdown}
        self.post("canvas", user=f"@{user}", channel=channel, **change)

    def views(self, user: str) -> list[Json]:
        """The forms that are open in front of this person."""
        views: list[Json] = self.get("views", user=f"@{user}")["views"]
        return views

    # The world

    def jump(self, to: str) -> datetime:
        """Moves the clock: by a span such as `P1D`, or to an instant with its zone."""
        moved = self.post("clock", **({"advance": to} if to.startswith("P") else {"to": to}))
        return datetime.fromisoformat(moved["now"])

    @property
    def now(self) -> datetime:
        """What the clock says."""
        return self.rehearsal.clock.now()

    def settle(self) -> None:
        """Lets a second pass, and everything that is owed by then be sent."""
        self.jump("PT1S")

    def person(self, handle: str) -> str:
        """Somebody's id."""
        return next(str(user["id"]) for user in self._at_first["users"] if user["name"] == handle)

    def channel(self, name: str) -> str:
        """A channel's id."""
        return next(str(row["id"]) for row in self._at_first["channels"] if row["name"] == name.removeprefix("#"))

    def knows(self, channel: str) -> bool:
        """Whether the bot has looked this channel up."""
        with self.bot.db.read() as tx:
            return tx.get(Channel, (self.workspace, self.channel(channel))) is not None

    def statements(self) -> list[str]:
        """The statement of every outcome that was ever written down."""
        with self.bot.db.read() as tx:
            return list(tx.scalars(select(Outcome.statement).order_by(Outcome.id)))

    def results(self) -> list[str]:
        """The value of every result that was ever logged."""
        with self.bot.db.read() as tx:
            return [f"{value.normalize():f}" for value in tx.scalars(select(Result.value).order_by(Result.id))]

    def calls(self, method: str) -> int:
        """How often the bot called a Web API method."""
        return int(self.get("state")["calls"].get(method, 0))

    @contextmanager
    def faults(self, *faults: Json) -> Iterator[None]:
        """These faults are in force while the block runs."""
        self.post("faults", faults=list(faults))
        try:
            yield
        finally:
            self._http.delete("/_sandbox/faults")

    # What no client does

    def hear(self, payload: Json) -> BoltResponse:
        """Brings the bot a payload as it is, past everything that Slack's own client would have refused."""
        return self.bot.bolt.dispatch(BoltRequest(body=payload, mode="socket_mode"))

    def submission(self, user: str, form: Json, **values: Any) -> Json:
        """The payload of a form's submission, with fields overwritten without a look at their limits."""
        state = {name: dict(fields) for name, fields in form["state"]["values"].items()}
        block_ids = {field_name(block_id): block_id for block_id in state}
        for name, value in values.items():
            block_id = block_ids[name]
            state[block_id] = {"value": _overwritten(state[block_id]["value"], value)}
        return self._gesture("view_submission", user, view={**form, "state": {"values": state}})

    def press(self, user: str, action_id: str, value: str) -> Json:
        """The payload of a button in this person's DM, with any value."""
        action = {"type": "button", "action_id": action_id, "block_id": "b", "value": value, "action_ts": "1.0"}
        container = {"type": "message", "message_ts": "1.0", "channel_id": "D" + self.person(user)[1:]}
        return self._gesture("block_actions", user, container=container, actions=[action])

    def signed(self, body: str, *, age: float = 0, secret: str = "") -> httpx.Response:
        """Sends the HTTP door a request as Slack does; `age` seconds ago, signed with `secret`."""
        timestamp = str(int(datetime.now(UTC).timestamp() - age))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(secret or self.rehearsal.sandbox.signing_secret, timestamp, body),
        }
        return httpx.post(f"{self.door}/slack/events", content=body, headers=headers)

    @property
    def door(self) -> str:
        """The address of the bot's own door."""
        return f"http://127.0.0.1:{self.bot.door.port}"

    # The JSON API

    def post(self, path: str, **fields: Any) -> Json:
        """A call that must succeed."""
        response = self.try_post(path, **fields)
        assert response.status_code == 200, response.text
        body: Json = response.json()
        return body

    def try_post(self, path: str, **fields: Any) -> httpx.Response:
        """A call that may be refused."""
        return self._http.post(f"/_sandbox/{path}", json=fields)

    def get(self, path: str, **query: str) -> Json:
        """A look."""
        response = self._http.get(f"/_sandbox/{path}", params=query)
        assert response.status_code == 200, response.text
        body: Json = response.json()
        return body

    def _gesture(self, kind: str, user: str, **rest: Any) -> Json:
        state, person = self._at_first, self.person(user)
        team = {"id": state["team"]["id"], "domain": state["team"]["domain"]}
        about = {"id": person, "username": user, "name": user, "team_id": team["id"]}
        app = {"api_app_id": state["bot"]["app_id"], "token": "x", "trigger_id": "1.2.3"}
        return {"type": kind, "team": team, "user": about, **app, **rest}

    def _filled(self, user: str, form: Json, values: Json) -> Json:
        """The values by the block ids that the form has now: a field may have been made anew since `form` was seen."""
        now = next((view for view in self.views(user) if view["id"] == form["id"]), form)
        block_ids = {field_name(block["block_id"]): block["block_id"] for block in now["blocks"]}
        return {block_ids.get(name, name): {"value": value} for name, value in values.items()}

    def _rest(self) -> None:
        """Waits until the bot has nothing in hand: a listener may go on after its first answer, as with App Home."""
        give_up = monotonic() + PATIENCE
        while not self.bot.is_at_rest() and monotonic() < give_up:
            sleep(0.002)

    def _seen(self, user: str, report: Json) -> Seen:
        self._rest()
        return Seen(report["views"], report["ephemerals"], lambda: self.views(user))

    def _forms(self, user: str) -> list[tuple[str, str]]:
        return [(view["id"], view["hash"]) for view in self.views(user)]

    def _whispers(self, user: str, channel: str) -> dict[str, Json]:
        return {one["ts"]: one for one in self.messages(user, channel) if one.get("is_ephemeral")}


@contextmanager
def living(
    database_url: str,
    *,
    mode: str = "socket",
    start: datetime = MONDAY,
    huddle_ends_meeting: bool = False,
    calendars_from_anywhere: bool = False,
    journal: Path | None = None,
) -> Iterator[Slack]:
    """A company and its bot, for as long as the block runs; with a journal, what Slack knows stays there."""
    settings = Settings(
        database_url=database_url,
        port=0,
        sandbox_port=0,
        slack_mode=mode,  # type: ignore[arg-type]  # a test's parameter
        workspace_posts_per_second=100,
        channel_posts_per_second=100,
        huddle_ends_meeting=huddle_ends_meeting,
        calendars_from_anywhere=calendars_from_anywhere,
    )
    with ExitStack() as patched:
        patch = patched.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(exchange, "PATIENCE", PATIENCE)
        patch.setattr(exchange, "QUIET", 0.01)
        clock = MovableClock(start, frozen=True)
        rehearsal = Rehearsal(settings, journal=journal, clock=clock, rates="off", ticking=False)
        lines = patched.enter_context(capture_logs())
        rehearsal.start()
        slack = Slack(rehearsal, lines)
        try:
            yield slack
        finally:
            slack.close()
            rehearsal.stop()


@dataclass(frozen=True)
class Beginning:
    """What many tests begin with, lived once and left: its files, and the instant at which it was left."""

    folder: Path
    ended: datetime

    @classmethod
    def lived(cls, migrated: Path, folder: Path, live: Callable[[Slack], None]) -> Self:
        """Lives it, on a copy of an empty SQLite database."""
        shutil.copyfile(migrated, folder / _DATABASE)
        with living(_in(folder), journal=folder / _JOURNAL) as slack:
            live(slack)
            return cls(folder, slack.now)

    @contextmanager
    def gone_on_with(self, folder: Path) -> Iterator[Slack]:
        """The company as it was left, on files of its own, for as long as the block runs."""
        for name in (_DATABASE, _JOURNAL):
            shutil.copyfile(self.folder / name, folder / name)
        with living(_in(folder), journal=folder / _JOURNAL, start=self.ended) as slack:
            yield slack


_DATABASE, _JOURNAL = "rhythm.db", "sandbox.jsonl"


def _in(folder: Path) -> str:
    return f"sqlite:///{folder / _DATABASE}"


def set_up(slack: Slack, user: str, channel: str, **changes: str) -> Seen:
    """Makes a channel a team."""
    form = slack.command(user, channel, "/rhythm setup").form
    until(lambda: slack.knows(channel))
    return slack.submit(user, form, **changes)


def write_down(slack: Slack, user: str, channel: str, **changes: str) -> Seen:
    """Writes an outcome down, with these answers in place of the usual ones."""
    answers = {
        "statement": STATEMENT,
        "measure": "Trial conversion",
        "baseline": "8%",
        "target": "12%",
        "due": "2026-06-30",
        **changes,
    }
    return slack.submit(user, slack.command(user, channel, "/outcome new").form, **answers)


def settled(slack: Slack) -> bool:
    """Lets a second pass, for a condition that only comes true as time does."""
    slack.settle()
    return True


def until(true: Callable[[], object], seconds: float = 30) -> None:
    """Returns once something has come true; fails after `seconds`."""
    give_up = monotonic() + seconds
    while not true():
        assert monotonic() < give_up, "it never came true"
        sleep(0.02)


def words(shape: Any) -> str:
    """Every text that a message or view shows, one a line."""
    if isinstance(shape, dict):
        own = [value.replace("\xa0", " ") for name, value in shape.items() if name == "text" and isinstance(value, str)]
        return "\n".join([*own, *(words(value) for value in shape.values() if isinstance(value, dict | list))])
    return "\n".join(filter(None, map(words, shape))) if isinstance(shape, list) else ""


def buttons(blocks: list[Json]) -> list[tuple[str, Json]]:
    """Every button, with the id of its block; a whisper's blocks may have none."""
    return [(block_id, one) for block_id, one in elements(blocks) if one.get("type") == "button"]


def elements(blocks: list[Json]) -> list[tuple[str, Json]]:
    """Everything that can be pressed or chosen from outside of fields, with the id of its block."""
    found = []
    for block in blocks:
        inside = [*block.get("elements", []), *filter(None, [block.get("accessory")])]
        found += [(block.get("block_id", ""), one) for one in inside]
    return found


def _where(place: tuple[str, Json] | Json) -> tuple[list[Json], Json]:
    """The blocks of a message or a view, and how the JSON API names it."""
    if isinstance(place, tuple):
        channel, message = place
        return message["blocks"], {"channel": channel, "ts": message["ts"]}
    return place["blocks"], {"view_id": place["id"]}


def _is(element: Json, action_id: str) -> bool:
    return bool(element.get("action_id") == action_id)


def _value(button: Json) -> str:
    return str(button.get("value", ""))


def _overwritten(element: Json, value: Any) -> Json:
    chosen = {
        "static_select": "selected_option",
        "radio_buttons": "selected_option",
        "users_select": "selected_user",
        "datepicker": "selected_date",
        "timepicker": "selected_time",
    }
    name = chosen.get(element["type"], "value")
    return {**element, name: {"value": value} if name == "selected_option" else value}


def as_form(payload: Json) -> str:
    """An interaction's payload as the body of Slack's request."""
    return str(httpx.QueryParams({"payload": json.dumps(payload)}))
