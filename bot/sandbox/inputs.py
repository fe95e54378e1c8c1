"""What people put into fields and menus: from blocks to `state.values`, and from plain values to Slack's shapes.

`state.values` is `{block_id: {action_id: value}}`, one entry for every element that can hold something
(docs.slack.dev/reference/interaction-payloads/view-interactions-payload).
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bot.sandbox.element_limits import CHOICES, FIELDS, MENUS, MULTI_MENUS, PICKERS, all_options
from bot.sandbox.refusals import Json, Refused
from bot.sandbox.world import World, new_id

STATEFUL = FIELDS | MENUS | MULTI_MENUS | PICKERS | CHOICES
TEXTS = {"plain_text_input", "number_input", "email_text_input", "url_text_input"}

# Which field of a state value holds what was chosen, and which field of the element what it starts with.
CHOSEN: dict[str, tuple[str, str]] = {
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "checkboxes": ("selected_options", "initial_options"),
    "radio_buttons": ("selected_option", "initial_option"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),
    **dict.fromkeys(TEXTS, ("value", "initial_value")),
}
LISTS = MULTI_MENUS | {"checkboxes", "file_input"}

Values = dict[str, dict[str, Json]]


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks as Slack keeps them: each block and each interactive element has an id, made up where missing."""
    return [_with_ids(block) for block in blocks]


def _with_ids(block: Json) -> Json:
    block = {**block, "block_id": block.get("block_id") or new_id("", 5)}
    if isinstance(block.get("elements"), list) and block["type"] in ("actions", "context_actions"):
        block["elements"] = [_with_action_id(element) for element in block["elements"]]
    if isinstance(block.get("child_blocks"), list):
        block["child_blocks"] = with_ids(block["child_blocks"])
    for place in ("element", "accessory"):
        if isinstance(block.get(place), dict) and block[place].get("type") != "image":
            block[place] = _with_action_id(block[place])
    return block


def _with_action_id(element: Json) -> Json:
    return {**element, "action_id": element.get("action_id") or new_id("", 5)}


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in."""
    for block in blocks:
        if block["type"] in ("actions", "context_actions"):
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "container":
            yield from elements(block.get("child_blocks") or [])
        for place in ("element", "accessory"):
            if isinstance(block.get(place), dict) and block[place].get("type") != "image":
                yield block, block[place]


def find_element(blocks: list[Json], action_id: str, block_id: str | None) -> tuple[Json, Json]:
    """The element with this action id (in this block, if given). Raises Refused when there is none, or several."""
    found = [
        (block, element)
        for block, element in elements(blocks)
        if element["action_id"] == action_id and block_id in (None, block["block_id"])
    ]
    if not found:
        known = ", ".join(dict.fromkeys(element["action_id"] for _, element in elements(blocks))) or "none"
        raise Refused(f"There is no element with action_id {action_id!r} here; there are: {known}.", 404)
    if len(found) > 1:
        places = ", ".join(block["block_id"] for block, _ in found)
        raise Refused(f"Several elements have action_id {action_id!r}; say which block_id: {places}.")
    return found[0]


def initial_values(blocks: list[Json], held: Values | None = None) -> Values:
    """The state of a view just shown: what `held` has for the same block, action and type, else what it starts with."""
    values: Values = {}
    for block, element in elements(blocks):
        if element["type"] not in STATEFUL:
            continue
        old = (held or {}).get(block["block_id"], {}).get(element["action_id"])
        kept = old if old is not None and old["type"] == element["type"] else initial_value(element)
        values.setdefault(block["block_id"], {})[element["action_id"]] = kept
    return values


def initial_value(element: Json) -> Json:
    """What an untouched element reports."""
    kind = element["type"]
    field, initial = CHOSEN[kind]
    return {"type": kind, field: element.get(initial, [] if kind in LISTS else None)}


def is_empty(value: Json) -> bool:
    """Whether nothing has been put in."""
    return value.get(CHOSEN[value["type"]][0]) in (None, "", [])


class Filling:
    """Puts plain values into elements, refusing as Slack's own client does before it sends anything."""

    def __init__(self, world: World, user: str) -> None:
        self._world = world
        self._user = user

    def value(self, block: Json, element: Json, plain: Any, options: list[Json] | None = None) -> Json:
        """The state value for what was put in. `options` are an external menu's. Raises Refused naming the block."""
        kind = element["type"]
        where = f"Block {block['block_id']}"
        if plain is None or plain in ("", []):
            return {"type": kind, CHOSEN[kind][0]: [] if kind in LISTS else None}
        if isinstance(plain, dict) and plain.get("type") == kind:
            return plain
        if kind in LISTS:
            plain = plain if isinstance(plain, list) else [plain]
            most = element.get("max_selected_items")
            if most is not None and len(plain) > most:
                raise Refused(f"{where} takes at most {most}.")
            return {"type": kind, CHOSEN[kind][0]: [self._one(where, element, one, options) for one in plain]}
        return {"type": kind, CHOSEN[kind][0]: self._one(where, element, plain, options)}

    def chosen(self, block: Json, element: Json, plain: Any) -> Json:
        """The option chosen from an overflow menu. Raises Refused naming the block."""
        return _option(f"Block {block['block_id']}", all_options(element), plain)

    def _one(self, where: str, element: Json, plain: Any, options: list[Json] | None) -> Any:
        kind = element["type"].removeprefix("multi_")
        if kind in ("static_select", "external_select", "checkboxes", "radio_buttons"):
            return _option(where, options if options is not None else all_options(element), plain)
        if kind == "users_select":
            return self._user_id(where, plain)
        if kind in ("channels_select", "conversations_select"):
            return self._channel_id(where, plain)
        if kind == "rich_text_input":
            return _rich_text(plain) if isinstance(plain, str) else plain
        return _WRITTEN.get(kind, _text)(where, element, plain)

    def _user_id(self, where: str, plain: Any) -> str:
        user = self._world.user_id(str(plain))
        if user is None:
            raise Refused(f"{where}: there is nobody called {plain!r}.")
        return user

    def _channel_id(self, where: str, plain: Any) -> str:
        channel = self._world.channel_id(str(plain))
        if channel is None or not self._world.may_see(self._user, channel):
            raise Refused(f"{where}: there is no channel {plain!r} to choose.")
        return channel


def _option(where: str, options: list[Json], plain: Any) -> Json:
    wanted = str(plain)
    by_value = next((option for option in options if option["value"] == wanted), None)
    found = by_value or next((option for option in options if option["text"]["text"] == wanted), None)
    if found is None:
        offered = ", ".join(option["text"]["text"] for option in options[:10])
        raise Refused(f"{where} has no option {wanted!r}. It offers: {offered}.")
    return found


def _text(where: str, element: Json, plain: Any) -> str:
    text = str(plain)
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(text) > most:
        raise Refused(f"{where} takes at most {most} characters; {len(text)} were given.")
    if len(text) < least:
        raise Refused(f"{where} takes at least {least} characters; {len(text)} were given.")
    return text if element.get("multiline") else text.replace("\r", "").replace("\n", " ")


def _number(where: str, element: Json, plain: Any) -> str:
    text = str(plain).strip()
    pattern = r"-?(\d+\.?\d*|\.\d+)" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, text):
        raise Refused(f"{where} takes a {'number' if element['is_decimal_allowed'] else 'whole number'}, not {text!r}.")
    if element.get("min_value") is not None and float(text) < float(element["min_value"]):
        raise Refused(f"{where} takes no less than {element['min_value']}.")
    if element.get("max_value") is not None and float(text) > float(element["max_value"]):
        raise Refused(f"{where} takes no more than {element['max_value']}.")
    return text


def _email(where: str, element: Json, plain: Any) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", str(plain)):
        raise Refused(f"{where} takes an email address.")
    return str(plain)


def _url(where: str, element: Json, plain: Any) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*://\S+", str(plain), re.IGNORECASE):
        raise Refused(f"{where} takes a URL.")
    return str(plain)


def _date(where: str, element: Json, plain: Any) -> str:
    try:
        return date.fromisoformat(str(plain)).isoformat()
    except ValueError:
        raise Refused(f"{where} takes a date such as 2026-03-30.") from None


def _time(where: str, element: Json, plain: Any) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", str(plain)):
        raise Refused(f"{where} takes a time such as 09:00.")
    return str(plain)


def _instant(where: str, element: Json, plain: Any) -> int:
    if isinstance(plain, int) and not isinstance(plain, bool):
        return plain
    try:
        instant = datetime.fromisoformat(str(plain))
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise Refused(f"{where} takes UNIX seconds or an instant such as 2026-03-30T09:00:00+02:00.")
    return int(instant.timestamp())


_WRITTEN = {
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "datepicker": _date,
    "timepicker": _time,
    "datetimepicker": _instant,
}


def _rich_text(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def check_submission(blocks: list[Json], values: Values) -> None:
    """Raises Refused for the first required input left empty."""
    for block in blocks:
        if block["type"] != "input" or block.get("optional"):
            continue
        if is_empty(values[block["block_id"]][block["element"]["action_id"]]):
            label = block["label"]["text"]
            raise Refused(f"Block {block['block_id']} ({label}) is required and empty.")
