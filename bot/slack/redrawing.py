"""Forms drawn anew while somebody fills them in, in the order of what that person did.

Gestures follow each other faster than forms are drawn, so the later of two often names a hash that the earlier one's
drawing has made stale; Slack refuses it, and the newest words would go unanswered. What this process drew last is kept
for that. A gesture that reached another process is not known here; the next one mends what it left.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks import section
from bot.slack.message import Form
from bot.slack.mrkdwn import Markup, lines, md
from bot.slack.typed import Answers, initial_answers

_OVERTAKEN = {"hash_conflict", "not_found", "view_not_found"}
_KEPT = 1_000
_TURNS = [Lock() for _ in range(64)]
"""One drawing of a form at a time; forms share few enough locks that they do not wait for each other."""


@dataclass(frozen=True)
class _Drawn:
    """A form as it was drawn last: for a gesture made `at` that many UNIX seconds, with these fields."""

    hash: str
    at: float
    fields: frozenset[str]


_last: OrderedDict[str, _Drawn] = OrderedDict()


def redraw(client: WebClient, view: Mapping[str, Any], form: Form, *, at: float) -> bool:
    """Draws `form` in place of the view that a gesture `at` that many UNIX seconds was made in.

    Says whether Slack took it. It does not when the form is closed, was drawn for a later gesture, or has had fields
    made anew since: then there is nothing left to say.
    """
    with _TURNS[hash(view["id"]) % len(_TURNS)]:
        if _is_shown_already(view, form):
            return True
        for known in filter(None, (view["hash"], _drawn_since(view, at))):
            try:
                drawn = client.views_update(view_id=view["id"], hash=known, view=form.view)["view"]
            except SlackApiError as error:
                if error.response.get("error") not in _OVERTAKEN:
                    raise
            else:
                _remember(view["id"], _Drawn(drawn["hash"], at, _fields(drawn)))
                return True
    return False


def overtaken(view: Mapping[str, Any], fresh: Form, says: Markup) -> Form | None:
    """The form to ask with, when what it was opened to change has been changed by somebody else meanwhile; else None.

    What was typed stays in it, above it stands what the thing `says` now, and sending it once more saves.

    Args:
        view: the form that was sent.
        fresh: the same form, as it would be opened now.
    """
    shown, now = initial_answers(view), initial_answers(fresh.view)
    sent = Answers(view)
    if shown == now or all(sent[name] == text for name, text in now.items()):
        return None
    told = lines(
        md("*While you were editing, somebody else changed this.* Nothing of yours is saved yet. It now says:"),
        says,
        "Below is what you typed. Change it, or save it as it is.",
    )
    return Form({**fresh.view, "blocks": [section(told), *fresh.view["blocks"]]})


def _is_shown_already(view: Mapping[str, Any], form: Form) -> bool:
    """Whether drawing would change nothing: then errors that stand beside fields, for one, are left where they are."""
    last = _last.get(view["id"])
    is_newest = last is None or last.hash == view["hash"]
    return is_newest and _shape(view["blocks"]) == _shape(form.view["blocks"])


def _shape(blocks: Sequence[Mapping[str, Any]]) -> list[tuple[str, object]]:
    """What people tell blocks apart by: the field, the words, the buttons. Slack adds to the rest."""
    return [
        (
            block["type"],
            block["block_id"]
            if block["type"] == "input"
            else [_told(element) for element in (block, *block.get("elements", []))],
        )
        for block in blocks
    ]


def _told(element: Mapping[str, Any]) -> tuple[object, ...]:
    text = element.get("text")
    return (text.get("text") if isinstance(text, Mapping) else text, element.get("action_id"), element.get("value"))


def _drawn_since(view: Mapping[str, Any], at: float) -> str | None:
    """The hash of this view as it was drawn for an earlier gesture than the one `at`, with the same fields."""
    last = _last.get(view["id"])
    return last.hash if last and last.at < at and last.fields == _fields(view) else None


def _remember(view_id: str, drawn: _Drawn) -> None:
    _last[view_id] = drawn
    _last.move_to_end(view_id)
    while len(_last) > _KEPT:
        _last.popitem(last=False)


def _fields(view: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(block["block_id"] for block in view["blocks"] if block["type"] == "input")
