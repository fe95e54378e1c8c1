"""The history of an outcome, line by line."""

from collections.abc import Sequence

from bot.language.words import shorten
from bot.outcomes.messages.form import NAMES
from bot.outcomes.model import Change
from bot.outcomes.rules import MEETING_ITEM
from bot.people.messages import Reader
from bot.people.model import Person
from bot.slack.mrkdwn import Markup, joined, md

_SAID = {
    "created": "wrote it down",
    "closed": "closed it as {after}",
    "reopened": "reopened it; it was closed as {before}",
    "comment": "“{after}”",
    MEETING_ITEM: "did something about it in {after}",
}
"""What a line says that is not about a field. `{before}` and `{after}` are the line's own."""
_LONGEST = 160


def history_lines(history: Sequence[tuple[Change, Person]], reader: Reader) -> list[Markup]:
    """The lines of a history, each with when and by whom."""
    return [_line(change, person, reader) for change, person in history]


def _line(change: Change, person: Person, reader: Reader) -> Markup:
    when = reader.day(reader.day_of(change.made_at))
    return md("{when}, {name}: {said}", when=when, name=person.name, said=_said(change))


def _said(change: Change) -> Markup:
    before, after = shorten(change.before, _LONGEST), shorten(change.after, _LONGEST)
    if change.what in _SAID:
        return md(_SAID[change.what], before=before, after=after)
    if change.what in NAMES:
        name = NAMES[change.what]
        if not before:
            return md("set {name}: {after}", name=name, after=after)
        if not after:
            return md("took away {name}: {before}", name=name, before=before)
        return md("changed {name}: {before} → {after}", name=name, before=before, after=after)
    return joined([change.what, joined([before, after], " → ")], ": ")
