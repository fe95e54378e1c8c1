"""The shapes that all messages and forms are made of. The only place that knows slackblocks, which checks the limits.

Text is drawn `verbatim`, so that Slack does not turn a `#name` or `@here` that a person typed into a link or a ping.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import slackblocks as sb
from slackblocks._core import resolve

from bot.language.words import shorten
from bot.slack.message import Block, Form, HomeView, Message
from bot.slack.mrkdwn import escape, md

Button = sb.Button

FIELD = "value"
"""The action id of every form field; its block id is the field's name."""

_PIECE = re.compile(r"<[^>]*>|&(?:amp|lt|gt);|.", re.DOTALL)
"""What may not be parted: a link or mention of ours, an escaped character, or any other character."""

_SECTION = 3_000
_CELL = 2_000
_PLAIN = 150
_CHOICE = 75
_BUTTON = 75


def cut(text: str, limit: int) -> str:
    """Markup in at most `limit` characters; an ellipsis says where it was cut, never within an entity or a link."""
    if len(text) <= limit:
        return text
    whole = [piece.end() for piece in _PIECE.finditer(text) if piece.end() < limit]
    return text[: whole[-1] if whole else 0].rstrip() + "…"


def section(text: str, *, button: Button | None = None) -> Block:
    """A paragraph of markup, with a button at its right where given."""
    return _block(sb.SectionBlock(_marked(text, _SECTION), accessory=button))


def fields(pairs: Mapping[str, str]) -> Block:
    """Two columns of small facts, at most ten: a name in bold above its value."""
    cells: list[str | sb.Text] = [
        _marked(md("*{name}*\n{value}", name=name, value=value), _CELL) for name, value in list(pairs.items())[:10]
    ]
    return _block(sb.SectionBlock(fields=cells))


def header(text: str) -> Block:
    """A title. Plain text: nothing in it is markup."""
    return _block(sb.HeaderBlock(_plain(text, _PLAIN)))


def context(text: str) -> Block:
    """A quiet line."""
    return _block(sb.ContextBlock([_marked(text, _CELL)]))


def divider() -> Block:
    """A line across."""
    return _block(sb.DividerBlock())


def button(
    label: str,
    action_id: str,
    *,
    value: str = "",
    style: Literal["primary", "danger"] | None = None,
    says: str | None = None,
) -> Button:
    """A button. `value` holds ids only; `says` is what a screen reader says where the label alone is too little."""
    return sb.Button(
        _plain(label, _BUTTON),
        action_id=action_id,
        value=value or None,
        style=style,
        accessibility_label=shorten(says, _BUTTON) if says else None,
    )


def buttons(*elements: Button, block_id: str | None = None) -> Block:
    """A row of buttons."""
    return _block(sb.ActionsBlock(list(elements), block_id=block_id))


def line_chart(title: str, series: Mapping[str, Sequence[tuple[str, float]]], *, y_label: str) -> Block:
    """A native line chart: 1 to 20 points a series, the same labels in each, at most two charts a message."""
    lines = [sb.DataSeries(shorten(n, 20), [sb.DataPoint(x, y) for x, y in points]) for n, points in series.items()]
    labels = [x for x, _ in next(iter(series.values()))]
    chart = sb.LineChart(lines, sb.AxisConfig(labels, y_label=shorten(y_label, 50)))
    return _block(sb.DataVisualizationBlock(shorten(title, 50), chart))


# Form fields


def text_field(
    name: str,
    label: str,
    *,
    hint: str = "",
    initial: str = "",
    placeholder: str = "",
    limit: int,
    many_lines: bool = False,
    optional: bool = False,
    focus: bool = False,
) -> Block:
    """A field to type in; `limit` is in characters, 3,000 at most."""
    element = sb.PlainTextInput(
        FIELD,
        initial_value=initial or None,
        multiline=many_lines,
        max_length=limit,
        focus_on_load=focus,
        placeholder=_plain(placeholder, 150) if placeholder else None,
    )
    return _field(name, label, element, hint, optional)


def choice_field(
    name: str,
    label: str,
    choices: Mapping[str, str],
    *,
    initial: str | None = None,
    hint: str = "",
    optional: bool = False,
) -> Block:
    """One of at most 100 choices, each a value and the words shown for it."""
    options = {value: sb.Option(_plain(words, _CHOICE), value) for value, words in list(choices.items())[:100]}
    element = sb.StaticSelectMenu(FIELD, list(options.values()), initial_option=options.get(initial or ""))
    return _field(name, label, element, hint, optional)


def person_field(name: str, label: str, *, initial: str | None = None, hint: str = "", optional: bool = False) -> Block:
    """One person of the workspace."""
    return _field(name, label, sb.UserSelectMenu(FIELD, initial_user=initial), hint, optional)


def time_field(name: str, label: str, *, initial: str, hint: str = "") -> Block:
    """A time of day, `HH:MM`."""
    return _field(name, label, sb.TimePicker(FIELD, initial_time=initial), hint, optional=False)


def form(
    callback_id: str, title: str, blocks: Sequence[Block], *, submit: str | None = "Save", carries: str = ""
) -> Form:
    """A modal. `carries` holds ids only, and comes back with the answers; people can read it."""
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback_id,
        "title": _resolved(_plain(title, 24)),
        "close": _resolved(_plain("Cancel" if submit else "Close", 24)),
        "blocks": list(blocks)[:100],
    }
    if submit:
        view["submit"] = _resolved(_plain(submit, 24))
    if carries:
        view["private_metadata"] = carries
    return Form(view)


def notice(title: str, message: Message) -> Form:
    """A message as a modal, where there is no channel to answer in. Slack draws no charts there."""
    drawn = [block for block in message.blocks if block["type"] != "data_visualization"]
    return form("notice", title, drawn, submit=None)


def home(blocks: Sequence[Block]) -> HomeView:
    """An App Home of at most 100 blocks."""
    return HomeView({"type": "home", "blocks": list(blocks)[:100]})


def _field(name: str, label: str, element: Any, hint: str, optional: bool) -> Block:
    return _block(
        sb.InputBlock(
            _plain(label, 2_000), element, block_id=name, hint=_plain(hint, 2_000) if hint else None, optional=optional
        )
    )


def _marked(text: str, limit: int) -> sb.Text:
    return sb.Text(cut(escape(text), limit), verbatim=True)


def _plain(text: str, limit: int) -> sb.Text:
    return sb.Text(shorten(text, limit) or " ", type_=sb.TextType.PLAINTEXT)


def _block(block: sb.Block) -> Block:
    """The block as Slack takes it. An id is Slack's to give where we named none; a random one of ours says nothing."""
    shape = _resolved(block)
    if block._generated_block_id:
        del shape["block_id"]
    return shape


def _resolved(shape: Any) -> dict[str, Any]:
    result: dict[str, Any] = resolve(shape)
    return result
