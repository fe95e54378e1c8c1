"""A form that says what it thinks of what is being typed, and the bot that listens to it."""

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from slack_bolt import App, Args

from bot.clock import MovableClock
from bot.errors import FormRefused, Refused
from bot.sandbox import Sandbox
from bot.slack.app import (
    Ephemeral,
    acked,
    answer_the_rest,
    build_bolt,
    hear_changes,
    open_form,
    push_form,
    submitted,
    update_form,
    web_client,
)
from bot.slack.blocks import button, buttons, form, section, text_field
from bot.slack.message import Form, Message
from bot.slack.typed import Answers, made_anew
from tests.sandbox.driver import MANIFEST, MONDAY
from tests.sandbox.tiny_app import on_socket

SHORTER = "Trials convert"


def drawn(statement_id: str = "statement", statement: str = "", said: str = "") -> Form:
    """A form that says something of its statement."""
    return form(
        "form",
        "An outcome",
        [
            text_field(statement_id, "Statement", initial=statement, limit=100, dispatch=True),
            text_field("why", "Why?", limit=100, optional=True),
            section(said or "Nothing yet"),
            buttons(button("Take it", "take"), button("Ask", "ask"), button("Break", "break")),
        ],
        carries="7",
    )


class Pace:
    """Lets a test say in which order the form is drawn for what was typed; `take` is the press of that button."""

    def __init__(self) -> None:
        self.heard: dict[str, Event] = defaultdict(Event)
        self.drawn: dict[str, Event] = defaultdict(Event)
        self.waits_for: dict[str, Event] = {}

    def hold(self, typed: str) -> None:
        """To be called before drawing."""
        self.heard[typed].set()
        if typed in self.waits_for:
            assert self.waits_for[typed].wait(5)


def listen(bolt: App, pace: Pace) -> None:
    """The listeners of that form."""

    def opened(args: Args) -> None:
        open_form(args, drawn())

    def changed(args: Args) -> None:
        answers = Answers(args.body["view"])
        statement = answers["statement"]
        if statement == "boom":
            raise Refused("Nobody should read this.")
        pace.hold(statement)
        update_form(args, drawn(answers.block_id("statement"), said=f"{statement} because {answers['why']}"))
        pace.drawn[statement].set()

    def taken(args: Args) -> None:
        pace.hold("take")
        update_form(args, drawn(made_anew(Answers(args.body["view"]).block_id("statement")), SHORTER))
        pace.drawn["take"].set()

    def asked(args: Args) -> None:
        push_form(args, drawn(said="On top"))

    def broken(args: Args) -> None:
        raise Refused("That is not possible today.")

    def saved(args: Args) -> Ephemeral | Form | None:
        statement = Answers(args.view or {})["statement"]
        if statement == "risky":
            return form("sure", "Sure?", [section("It moves tenfold.")], submit="Save it", carries="7")
        if statement == "wrong":
            raise FormRefused({"statement": "Say what changes.", "gone": "And that."})
        return Ephemeral("C05GR0WTH3", Message("Saved", [section(f"Saved {statement}")]))

    def sure(args: Args) -> None:
        raise Refused(f"Not today, {(args.view or {})['private_metadata']}.")

    bolt.command("/form")(acked(opened))
    hear_changes(bolt, "form", changed)
    bolt.action("take")(acked(taken))
    bolt.action("ask")(acked(asked))
    bolt.action("break")(acked(broken))
    bolt.view("form")(submitted(saved))
    bolt.view("sure")(submitted(sure))
    answer_the_rest(bolt)


@contextmanager
def listening() -> Iterator[tuple[Sandbox, Pace]]:
    """A sandbox in which `/form` opens the form."""
    pace = Pace()
    with (
        ThreadPoolExecutor(4) as executor,
        Sandbox(clock=MovableClock(MONDAY), rates="off", manifest=MANIFEST) as sandbox,
    ):
        bolt = build_bolt(web_client(sandbox.bot_token, sandbox.api_url), sandbox.signing_secret, executor)
        listen(bolt, pace)
        with on_socket(sandbox, bolt):
            yield sandbox, pace
