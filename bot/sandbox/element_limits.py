"""The rules of each block element: buttons, menus, pickers and fields."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.inspection import Inspection
from bot.sandbox.refusals import Json

Check = Callable[[Json, str, Inspection], None]

MENUS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
MULTI_MENUS = {f"multi_{menu}" for menu in MENUS}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
CHOICES = {"checkboxes", "radio_buttons"}
FIELDS = {"plain_text_input", "rich_text_input", "number_input", "email_text_input", "url_text_input", "file_input"}

ACTIONS = {"button", "overflow", "workflow_button"} | MENUS | MULTI_MENUS | PICKERS | CHOICES
ACCESSORIES = (ACTIONS | {"image"}) - {"datetimepicker"}
INPUTS = FIELDS | MENUS | MULTI_MENUS | PICKERS | CHOICES
CONTEXT_ACTIONS = {"feedback_buttons", "icon_button"}
MODAL_ONLY = {"number_input", "email_text_input", "url_text_input", "file_input"}


def check_element(element: Any, pointer: str, look: Inspection, allowed: set[str]) -> None:
    """Notes what Slack would refuse in an element standing where only `allowed` types may."""
    if not isinstance(element, dict):
        look.problem("must be an object", pointer)
        return
    kind = str(element.get("type"))
    if kind not in allowed or not _may_stand(kind, look):
        look.problem(f"unsupported type: {kind}", f"{pointer}/type")
        return
    if kind != "image":
        look.string(element, "action_id", pointer, 255, required=False)
        look.plain(element, "placeholder", pointer, 150, required=False)
    if element.get("focus_on_load"):
        look.focused += 1
    if element.get("confirm") is not None:
        _confirm(element["confirm"], f"{pointer}/confirm", look)
    ELEMENTS[kind](element, pointer, look)


def _may_stand(kind: str, look: Inspection) -> bool:
    if kind in MODAL_ONLY:
        return look.surface == "modal"
    if kind == "rich_text_input":
        return look.surface != "message"
    if kind == "datetimepicker":
        return look.surface != "home"
    return kind != "workflow_button" or look.surface == "message"


def _confirm(confirm: Any, pointer: str, look: Inspection) -> None:
    if not isinstance(confirm, dict):
        look.problem("must be an object", pointer)
        return
    look.plain(confirm, "title", pointer, 100)
    look.text(confirm, "text", pointer, 300)
    look.plain(confirm, "confirm", pointer, 30)
    look.plain(confirm, "deny", pointer, 30)


def _image(element: Json, pointer: str, look: Inspection) -> None:
    look.string(element, "alt_text", pointer, 2000)
    if "slack_file" not in element:
        look.string(element, "image_url", pointer, 3000)


def _button(element: Json, pointer: str, look: Inspection) -> None:
    look.plain(element, "text", pointer, 75)
    look.string(element, "value", pointer, 2000, required=False, least=0)
    look.string(element, "url", pointer, 3000, required=False)
    look.string(element, "accessibility_label", pointer, 75, required=False)
    if "style" in element:
        look.choice(element["style"], f"{pointer}/style", {"primary", "danger"})


def _options(element: Json, pointer: str, look: Inspection, most: int) -> None:
    if look.count(element.get("options"), f"{pointer}/options", 1, most):
        for index, option in enumerate(element["options"]):
            check_option(option, f"{pointer}/options/{index}", look, rich=element["type"] in CHOICES)


def check_option(option: Any, pointer: str, look: Inspection, *, rich: bool = False) -> None:
    """Notes what Slack would refuse in one option; `rich` ones (checkboxes, radio buttons) may hold mrkdwn."""
    if not isinstance(option, dict):
        look.problem("must be an object", pointer)
        return
    kinds = ("plain_text", "mrkdwn") if rich else ("plain_text",)
    look.text(option, "text", pointer, 75, kinds=kinds)
    look.string(option, "value", pointer, 150)
    look.text(option, "description", pointer, 75, required=False, kinds=kinds)


def _static_select(element: Json, pointer: str, look: Inspection) -> None:
    if element.get("option_groups") is None:
        _options(element, pointer, look, 100)
    elif look.count(element["option_groups"], f"{pointer}/option_groups", 1, 100):
        for index, group in enumerate(element["option_groups"]):
            place = f"{pointer}/option_groups/{index}"
            look.plain(group, "label", place, 75)
            if isinstance(group, dict):
                _options({**group, "type": "static_select"}, place, look, 100)
    _initial(element, pointer, look)


def all_options(element: Json) -> list[Any]:
    """The options of a menu, its groups laid end to end."""
    groups = element.get("option_groups")
    if isinstance(groups, list):
        return [option for group in groups if isinstance(group, dict) for option in _list(group.get("options"))]
    return _list(element.get("options"))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _initial(element: Json, pointer: str, look: Inspection) -> None:
    known = [option.get("value") for option in all_options(element) if isinstance(option, dict)]
    for initial in _listed(element.get("initial_options"), element.get("initial_option")):
        if initial.get("value") not in known:
            look.problem("initial option must match an option", pointer)


def _listed(many: Any, one: Any) -> list[Json]:
    values = many if isinstance(many, list) else [one]
    return [value for value in values if isinstance(value, dict)]


def _external_select(element: Json, pointer: str, look: Inspection) -> None:
    look.whole(element, "min_query_length", pointer, 0, 1000)


def _overflow(element: Json, pointer: str, look: Inspection) -> None:
    _options(element, pointer, look, 5)


def _choices(element: Json, pointer: str, look: Inspection) -> None:
    _options(element, pointer, look, 10)
    _initial(element, pointer, look)


def _plain_text_input(element: Json, pointer: str, look: Inspection) -> None:
    look.whole(element, "min_length", pointer, 0, 3000)
    look.whole(element, "max_length", pointer, 1, 3000)
    look.string(element, "initial_value", pointer, 3000, required=False, least=0)


def _number_input(element: Json, pointer: str, look: Inspection) -> None:
    if not isinstance(element.get("is_decimal_allowed"), bool):
        look.problem("missing required field: is_decimal_allowed", pointer)
    for field in ("initial_value", "min_value", "max_value"):
        value = element.get(field)
        if value is not None and not (isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value)):
            look.problem("must be a number written as a string", f"{pointer}/{field}")


def _datepicker(element: Json, pointer: str, look: Inspection) -> None:
    if not _matches(element.get("initial_date"), r"\d{4}-\d{2}-\d{2}"):
        look.problem("must match the format YYYY-MM-DD", f"{pointer}/initial_date")


def _timepicker(element: Json, pointer: str, look: Inspection) -> None:
    if not _matches(element.get("initial_time"), r"([01]\d|2[0-3]):[0-5]\d"):
        look.problem("must match the format HH:mm", f"{pointer}/initial_time")


def _datetimepicker(element: Json, pointer: str, look: Inspection) -> None:
    look.whole(element, "initial_date_time", pointer, 1_000_000_000, 9_999_999_999)


def _matches(value: Any, pattern: str) -> bool:
    return value is None or (isinstance(value, str) and re.fullmatch(pattern, value) is not None)


def _nothing(element: Json, pointer: str, look: Inspection) -> None:
    return


ELEMENTS: dict[str, Check] = {
    "image": _image,
    "button": _button,
    "workflow_button": _button,
    "overflow": _overflow,
    "checkboxes": _choices,
    "radio_buttons": _choices,
    "plain_text_input": _plain_text_input,
    "email_text_input": _nothing,
    "url_text_input": _nothing,
    "rich_text_input": _nothing,
    "file_input": _nothing,
    "number_input": _number_input,
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "datetimepicker": _datetimepicker,
    "feedback_buttons": _nothing,
    "icon_button": _nothing,
}
for _prefix in ("", "multi_"):
    ELEMENTS |= {
        f"{_prefix}static_select": _static_select,
        f"{_prefix}external_select": _external_select,
        f"{_prefix}users_select": _nothing,
        f"{_prefix}conversations_select": _nothing,
        f"{_prefix}channels_select": _nothing,
    }
