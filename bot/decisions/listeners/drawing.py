"""Opening the forms of decisions, and drawing them anew while somebody fills them in."""

from collections.abc import Callable

from slack_bolt import App, Args

from bot.db.database import Database
from bot.decisions.listeners.desk import Desk
from bot.decisions.messages import news
from bot.decisions.queries import DecisionView, find_decision, find_decision_by_id
from bot.decisions.rules import read_key
from bot.people.listeners import introduced, viewer_of
from bot.slack.app import acked, open_form, pressed_id, pressed_in, update_form
from bot.slack.commands import answer
from bot.slack.message import Form
from bot.slack.typed import Answers

Drawn = Callable[[Desk, DecisionView, str], Form]
"""Draws the form for one decision, after it looked whether the viewer may; the text is the channel it is opened in."""


def open_drawn(args: Args, db: Database, draw: Callable[[Desk], Form]) -> None:
    """Opens a form, drawn for whoever asks for it."""
    person, viewer = introduced(args, db), viewer_of(args)
    with db.read() as tx:
        shown = draw(Desk.of(tx, viewer, person, db.now(tx)))
    open_form(args, shown)


def open_new(args: Args, db: Database, title: str, draw: Callable[[Desk], Form]) -> None:
    """The same for the form of a new decision; where no team can have one, an answer under that title says so."""
    person, viewer = introduced(args, db), viewer_of(args)
    with db.read() as tx:
        desk = Desk.of(tx, viewer, person, db.now(tx))
        shown = draw(desk) if desk.teams else None
    if shown is None:
        answer(args, title, news.no_team_yet())
    else:
        open_form(args, shown)


def opened_by_key(db: Database, draw: Drawn) -> Callable[[Args, str], None]:
    """What a word does that a key follows: opens the form for that decision."""

    def typed(args: Args, rest: str) -> None:
        number, channel_id = read_key(rest), args.body["channel_id"]
        open_drawn(args, db, lambda desk: draw(desk, find_decision(desk.tx, desk.viewer, number), channel_id))

    return typed


def hear_press(bolt: App, button: str, db: Database, draw: Drawn) -> None:
    """Hears a button that carries a decision: opens the form for it."""

    @acked
    def pressed(args: Args) -> None:
        decision_id, channel_id = pressed_id(args), pressed_in(args)
        open_drawn(
            args, db, lambda desk: draw(desk, find_decision_by_id(desk.tx, desk.viewer, decision_id), channel_id)
        )

    bolt.action(button)(pressed)


def draw_again(args: Args, db: Database, draw: Callable[[Desk, Answers], Form | None]) -> None:
    """Draws a form anew with what stands in it now; None leaves it as it is."""
    person, viewer, answers = introduced(args, db), viewer_of(args), Answers(args.body["view"])
    with db.read() as tx:
        again = draw(Desk.of(tx, viewer, person, db.now(tx)), answers)
    if again is not None:
        update_form(args, again)
