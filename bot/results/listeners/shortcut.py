"""The message shortcut *Log result*: a message tells where a measure stands, and a person confirms it."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt import App, Args

from bot.db.database import Database, Tx
from bot.errors import FormRefused, NotFound
from bot.language.words import shorten
from bot.outcomes.queries import View, find_outcome_by_id
from bot.outcomes.rules import NOTE_LIMIT
from bot.people.listeners import introduced, viewer_of
from bot.people.messages import Reader
from bot.people.model import Person
from bot.people.queries import said_in
from bot.people.rules import Viewer
from bot.results import messages
from bot.results.actions import check_may_log
from bot.results.listeners.given import log_given, read_given, typed_in
from bot.results.messages import From, Typed
from bot.results.queries import outcomes_to_log
from bot.slack.app import Ephemeral, acked, open_form, permalink, submission_of, submitted
from bot.slack.commands import answer
from bot.slack.message import Form
from bot.slack.typed import Answers
from bot.teams.actions import confirm
from bot.workspaces.actions import is_first_time

_CARRIED = re.compile(r"([01]) ([CDG][A-Z0-9]{2,20}) ([0-9]{1,12}\.[0-9]{1,8})")


def register(bolt: App, db: Database, *, show_home: Callable[[Args], None]) -> None:
    """Listens for the shortcut and its form."""

    @acked
    def chosen(args: Args) -> None:
        person, body = introduced(args, db), args.body
        source = From(body["channel"]["id"], body["message_ts"])
        with db.read() as tx:
            outcomes = outcomes_to_log(tx, person, source.channel)
            note = shorten(said_in(tx, viewer_of(args), str(body["message"].get("text") or "")), NOTE_LIMIT)
        if not outcomes:
            return answer(args, "Log result", messages.nothing_to_log())
        only = str(outcomes[0].outcome.id) if len(outcomes) == 1 else ""
        open_form(args, messages.from_message_form(outcomes, source, chosen=only, typed=Typed(note=note)))
        return None

    def saved(args: Args) -> Ephemeral | Form | None:
        form, viewer, person = args.view or {}, viewer_of(args), introduced(args, db)
        answers = Answers(form)
        was_asked, source = _carried(form["private_metadata"])
        link = permalink(args, source.channel, source.ts)
        with db.begin() as tx:
            now = db.now(tx)
            view, reader = _chosen(tx, viewer, answers), Reader.of(person, now)
            given = read_given(tx, answers, view, person, source="message", now=now)
            if given.jump and not was_asked:
                question = messages.jump_question(given.jump, view, reader)
                return _again(tx, person, source, answers, question)
            if not is_first_time(tx, workspace_id=viewer.workspace_id, gesture=submission_of(args), now=now):
                return None
            linked = replace(given, measured=replace(given.measured, link=link))
            logged = log_given(tx, viewer, view, linked, reader, now=now)
            return confirm(tx, viewer, channel_id=source.channel, key=logged.key, message=logged.message, now=now)

    bolt.shortcut(messages.LOG_SHORTCUT)(chosen)
    bolt.view(messages.FROM_MESSAGE)(submitted(saved, then=show_home))


def _chosen(tx: Tx, viewer: Viewer, answers: Answers) -> View:
    """The outcome that was chosen in the form. Raises FormRefused, or NotAllowed saying who may."""
    try:
        view = find_outcome_by_id(tx, viewer, int(answers["outcome"]))
    except (NotFound, ValueError):
        raise FormRefused({"outcome": "Choose one of the outcomes in the list."}) from None
    check_may_log(tx, viewer, view)
    return view


def _again(tx: Tx, person: Person, source: From, answers: Answers, question: list[dict[str, Any]]) -> Form:
    outcomes, chosen = outcomes_to_log(tx, person, source.channel), answers["outcome"]
    return messages.from_message_form(outcomes, source, chosen=chosen, typed=typed_in(answers), question=question)


def _carried(metadata: str) -> tuple[bool, From]:
    """Whether it was asked about a jump already, and the message it is taken from. Raises NotFound."""
    found = _CARRIED.fullmatch(metadata)
    if found is None:
        raise NotFound("That form is from an older version. Choose Log result from the message again.")
    return found[1] == "1", From(found[2], found[3])
