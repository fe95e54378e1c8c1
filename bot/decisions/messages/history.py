"""Everything that happened to a decision, line by line."""

from collections.abc import Sequence
from datetime import date

from bot.decisions.messages import decision_title, show_button
from bot.decisions.messages.asking import NAMES
from bot.decisions.model import DecisionEvent
from bot.decisions.queries import DecisionView
from bot.language.words import one_line, shorten
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.blocks import context, section
from bot.slack.message import Message
from bot.slack.mrkdwn import Markup, lines, md

MOST_LINES = 40
_LONGEST = 160
_IN_BLOCK = 5
"""Lines in one block, so that the longest fit."""

_SAID = {
    "opened": "asked the question",
    "logged": "logged it: “{after}”",
    "decided": "decided: “{after}”",
    "changed": "changed the choice: “{before}” → “{after}”",
    "objected": "objected: “{after}”",
    "reviewed": "reviewed it: {after}",
    "reopened": "reopened it, with what is new: “{after}”",
    "withdrawn": "withdrew it: “{after}”",
    "superseded": "put another decision in its place",
}
"""What a line says that is not about a field. `{before}` and `{after}` are the line's own."""
_WITHOUT = {"reopened": "reopened it, without new evidence", "superseded": _SAID["superseded"]}
"""The same of a line that says nothing more."""


def decision_history(
    view: DecisionView, history: Sequence[tuple[DecisionEvent, Person]], *, teams: frozenset[str], reader: Reader
) -> Message:
    """What happened to a decision, the newest first, with who and when. `teams`: the names of those the viewer sees."""
    title = lines(decision_title(view.decision), md("*History*, the newest first"))
    told = [_line(view, event, person, teams, reader) for event, person in history[:MOST_LINES]]
    rest = md("What happened before that is not shown.") if len(history) > MOST_LINES else md("")
    groups = [lines(*told[first : first + _IN_BLOCK]) for first in range(0, len(told), _IN_BLOCK)]
    blocks = [section(title, button=show_button(view.decision)), *map(context, groups)]
    blocks += [context(rest)] if rest else []
    return Message(lines(title, *told, rest), blocks)


def _line(view: DecisionView, event: DecisionEvent, person: Person, teams: frozenset[str], reader: Reader) -> Markup:
    when = f"{reader.day(reader.day_of(event.made_at))} at {event.made_at.astimezone(reader.zone):%H:%M}"
    return md("{when}, {name} {said}", when=when, name=person.name, said=_said(view, event, teams, reader))


def _said(view: DecisionView, event: DecisionEvent, teams: frozenset[str], reader: Reader) -> Markup:
    before, after = (shorten(one_line(text), _LONGEST) for text in _values(event, teams, reader))
    if event.what == "superseded" and view.superseded_by is not None:
        return md("put {key} in its place", key=view.superseded_by.key)
    if event.what == "logged" and view.is_logged:
        return md("logged what {name} had decided: “{after}”", name=view.name_of(view.choices[0].made_by), after=after)
    if event.what in _SAID:
        words = _SAID[event.what] if after else _WITHOUT.get(event.what, _SAID[event.what])
        return md(words, before=before, after=after)
    name = NAMES.get(event.what, event.what)
    if not before:
        return md("set {name}: {after}", name=name, after=after)
    if not after:
        return md("took away {name}: {before}", name=name, before=before)
    return md("changed {name}: {before} → {after}", name=name, before=before, after=after)


def _values(event: DecisionEvent, teams: frozenset[str], reader: Reader) -> tuple[str, str]:
    """Before and after, as this reader may read them: of teams, those they see; of days, as they write them."""
    if event.what == "team":
        return _team(event.before, teams), _team(event.after, teams)
    if event.what == "needed_by":
        return _day(event.before, reader), _day(event.after, reader)
    return event.before, event.after


def _team(name: str, teams: frozenset[str]) -> str:
    return name if name in teams else "another team"


def _day(text: str, reader: Reader) -> str:
    return reader.day(date.fromisoformat(text)) if text else ""
