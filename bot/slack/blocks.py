"""The shapes that all messages and forms are made of; slackblocks checks their limits."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import slackblocks as sb

from bot.language.words import shorten
from bot.slack.drawing import drawn, marked, plain, resolved
from bot.slack.message import Block, Form, HomeView, Message
from bot.slack.mrkdwn import md

Button = sb.Button
Menu = sb.OverflowMenu
Select = sb.StaticSelectMenu

FIELD = "value"
"""The action id of every form field; its block id is the field's name."""

_SECTION = 3_000
_CELL = 2_000
_PLAIN = 150
_CHOICE = 75
_BUTTON = 75
_CHOICES = 100
_OPEN_CHOICES = 10
_MENU = 5


def section(text: str, *, button: Button | None = None, menu: Menu | None = None) -> Block:
    """A paragraph of markup, with a button or a menu at its right where given."""
    return drawn(sb.SectionBlock(marked(text, _SECTION), accessory=button or menu))


def fields(pairs: Mapping[str, str]) -> Block:
    """Two columns of small facts, at most ten: a name in bold above its value."""
    cells: list[str | sb.Text] = [
        marked(md("*{name}*\n{value}", name=name, value=value), _CELL) for name, value in list(pairs.items())[:10]
    ]
    return drawn(sb.SectionBlock(fields=cells))


def header(text: str) -> Block:
    """A title. Plain text: nothing in it is markup."""
    return drawn(sb.HeaderBlock(plain(text, _PLAIN)))


def context(text: str) -> Block:
    """A quiet line."""
    return drawn(sb.ContextBlock([marked(text, _CELL)]))


def divider() -> Block:
    """A line across."""
    return drawn(sb.DividerBlock())


def button(
    label: str,
    action_id: str,
    *,
    value: str = "",
    style: Literal["primary", "danger"] | None = None,
    says: str | None = None,
    confirm: tuple[str, str, str, str] | None = None,
) -> Button:
    """A button. `value` holds ids only; `says` is what a screen reader says where the label alone is too little.

    `confirm` asks first: a title, a sentence, and the words for yes and no.
    """
    return sb.Button(
        plain(label, _BUTTON),
        action_id=action_id,
        value=value or None,
        style=style,
        accessibility_label=shorten(says, _BUTTON) if says else None,
        confirm=_question(*confirm) if confirm else None,
    )


def overflow(action_id: str, choices: Mapping[str, str]) -> Menu:
    """A menu of three dots, of at most five choices: each a value, which holds ids only, and the words shown for it."""
    return sb.OverflowMenu(action_id, list(_options(choices, _MENU).values()))


def select_menu(label: str, action_id: str, choices: Mapping[str, str]) -> Select:
    """A menu that stands among buttons and shows its label; its choices are as those of `overflow`."""
    options = list(_options(choices, _CHOICES).values())
    return sb.StaticSelectMenu(action_id, options, placeholder=plain(label, _PLAIN))


def buttons(*elements: Button | Menu | Select, block_id: str | None = None) -> Block:
    """A row of buttons; menus may stand among them."""
    return drawn(sb.ActionsBlock(list(elements), block_id=block_id))


def line_chart(title: str, series: Mapping[str, Sequence[tuple[str, float]]], *, y_label: str) -> Block:
    """A native line chart: 1 to 20 points a series, the same labels in each, at most two charts a message."""
    lines = [sb.DataSeries(shorten(n, 20), [sb.DataPoint(x, y) for x, y in points]) for n, points in series.items()]
    labels = [x for x, _ in next(iter(series.values()))]
    chart = sb.LineChart(lines, sb.AxisConfig(labels, y_label=shorten(y_label, 50)))
    return drawn(sb.DataVisualizationBlock(shorten(title, 50), chart))


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
    dispatch: bool = False,
) -> Block:
    """A field to type in; `limit` is in characters, 3,000 at most. With `dispatch`, it tells of what is being typed."""
    element = sb.PlainTextInput(
        FIELD,
        initial_value=initial or None,
        multiline=many_lines,
        max_length=limit,
        focus_on_load=focus,
        placeholder=plain(placeholder, 150) if placeholder else None,
        dispatch_action_config=sb.DispatchActionConfiguration(["on_character_entered"]) if dispatch else None,
    )
    return _field(name, label, element, hint=hint, optional=optional, dispatch=dispatch)


def choice_field(
    name: str,
    label: str,
    choices: Mapping[str, str],
    *,
    initial: str | None = None,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """One of at most 100 choices, each a value and the words shown for it. With `dispatch`, it tells of the choice."""
    options = _options(choices, _CHOICES)
    element = sb.StaticSelectMenu(FIELD, list(options.values()), initial_option=options.get(initial or ""))
    return _field(name, label, element, hint=hint, optional=optional, dispatch=dispatch)


def several_field(
    name: str,
    label: str,
    choices: Mapping[str, str],
    *,
    initial: Collection[str] = (),
    hint: str = "",
    most: int | None = None,
) -> Block:
    """Any of at most 100 choices, at most `most`; none at all is an answer."""
    options = _options(choices, _CHOICES)
    chosen = [option for value, option in options.items() if value in initial]
    element = sb.StaticMultiSelectMenu(
        FIELD, list(options.values()), initial_options=chosen or None, max_selected_items=most
    )
    return _field(name, label, element, hint=hint, optional=True)


def radio_field(
    name: str,
    label: str,
    choices: Mapping[str, str],
    *,
    initial: str | None = None,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """One of at most 10 choices, all of them in sight."""
    options = _options(choices, _OPEN_CHOICES)
    element = sb.RadioButtonGroup(FIELD, list(options.values()), initial_option=options.get(initial or ""))
    return _field(name, label, element, hint=hint, optional=optional, dispatch=dispatch)


def checks_field(
    name: str,
    label: str,
    choices: Mapping[str, str],
    *,
    initial: Collection[str] = (),
    hint: str = "",
    optional: bool = True,
    dispatch: bool = False,
) -> Block:
    """Any of at most 10 choices, all of them in sight; none at all is an answer unless it is not `optional`."""
    options = _options(choices, _OPEN_CHOICES)
    chosen = [option for value, option in options.items() if value in initial]
    element = sb.CheckboxGroup(FIELD, list(options.values()), initial_options=chosen or None)
    return _field(name, label, element, hint=hint, optional=optional, dispatch=dispatch)


def person_field(
    name: str, label: str, *, initial: str | None = None, hint: str = "", optional: bool = False, dispatch: bool = False
) -> Block:
    """One person of the workspace. With `dispatch`, it tells of the choice."""
    return _field(
        name, label, sb.UserSelectMenu(FIELD, initial_user=initial), hint=hint, optional=optional, dispatch=dispatch
    )


def people_field(
    name: str,
    label: str,
    *,
    initial: Sequence[str] = (),
    hint: str = "",
    optional: bool = False,
    most: int | None = None,
) -> Block:
    """Several people of the workspace, at most `most`."""
    element = sb.UserMultiSelectMenu(FIELD, initial_users=list(initial) or None, max_selected_items=most)
    return _field(name, label, element, hint=hint, optional=optional)


def date_field(
    name: str,
    label: str,
    *,
    initial: date | None = None,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """A day of the calendar, answered as `YYYY-MM-DD`. With `dispatch`, it tells of the choice."""
    element = sb.DatePicker(FIELD, initial_date=initial.isoformat() if initial else None)
    return _field(name, label, element, hint=hint, optional=optional, dispatch=dispatch)


def time_field(name: str, label: str, *, initial: str, hint: str = "") -> Block:
    """A time of day, `HH:MM`."""
    return _field(name, label, sb.TimePicker(FIELD, initial_time=initial), hint=hint)


def form(
    callback_id: str, title: str, blocks: Sequence[Block], *, submit: str | None = "Save", carries: str = ""
) -> Form:
    """A modal. `carries` holds ids only, and comes back with the answers; people can read it."""
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback_id,
        "title": resolved(plain(title, 24)),
        "close": resolved(plain("Cancel" if submit else "Close", 24)),
        "blocks": list(blocks)[:100],
    }
    if submit:
        view["submit"] = resolved(plain(submit, 24))
    if carries:
        view["private_metadata"] = carries
    return Form(view)


def notice(title: str, message: Message) -> Form:
    """A message as a modal, where there is no channel to answer in. Slack draws no charts there."""
    shown = [block for block in message.blocks if block["type"] != "data_visualization"]
    return form("notice", title, shown, submit=None)


def home(blocks: Sequence[Block]) -> HomeView:
    """An App Home of at most 100 blocks."""
    return HomeView({"type": "home", "blocks": list(blocks)[:100]})


def _field(name: str, label: str, element: Any, *, hint: str, optional: bool = False, dispatch: bool = False) -> Block:
    return drawn(
        sb.InputBlock(
            plain(label, 2_000),
            element,
            dispatch_action=dispatch,
            block_id=name,
            hint=plain(hint, 2_000) if hint else None,
            optional=optional,
        )
    )


def _options(choices: Mapping[str, str], most: int) -> dict[str, sb.Option]:
    return {value: sb.Option(plain(words, _CHOICE), value) for value, words in list(choices.items())[:most]}


def _question(title: str, text: str, yes: str, no: str) -> sb.ConfirmationDialogue:
    return sb.ConfirmationDialogue(plain(title, 100), plain(text, 300), plain(yes, 30), plain(no, 30))
