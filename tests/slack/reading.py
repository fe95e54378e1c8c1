"""A message or a form as a person reads it, in plain lines."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.slack.message import Block, Form, HomeView, Message
from bot.slack.typed import unescaped

LINK = re.compile(r"<([^>|]*)(?:\|([^>]*))?>")


def read(shown: Message | Form | HomeView) -> str:
    """Everything that is seen, from top to bottom; a form with its title and its buttons."""
    if isinstance(shown, Message):
        return "\n".join(lines_of(shown.blocks))
    view = shown.view
    title = [f"[[ {view['title']['text']} ]]"] if "title" in view else []
    ends = " ".join(f"[{view[name]['text']}]" for name in ("close", "submit") if name in view)
    return "\n".join([*title, *lines_of(view["blocks"]), *([ends] if ends else [])])


def lines_of(blocks: list[Block]) -> Iterator[str]:
    """The lines of these blocks."""
    for block in blocks:
        yield from _DRAWN[block["type"]](block)


def plain(markup: str) -> str:
    """Markup without its signs."""
    without_links = LINK.sub(lambda found: found[2] or found[1], markup)
    return unescaped(re.sub(r"(?<![*\w])\*(\S(?:[^*\n]*\S)?)\*", r"\1", without_links).replace("`", ""))


def _text(element: Mapping[str, Any]) -> str:
    return plain(element["text"]) if element["type"] == "mrkdwn" else str(element["text"])


def _section(block: Block) -> Iterator[str]:
    beside = f"  {_element(block['accessory'])}" if "accessory" in block else ""
    if "text" in block:
        yield _text(block["text"]) + beside
    cells = [_text(cell).replace("\n", ": ") for cell in block.get("fields", [])]
    for left, right in zip(cells[::2], [*cells[1::2], ""], strict=False):
        yield f"{left:<39} {right}".rstrip()


def _element(element: Mapping[str, Any]) -> str:
    match element["type"]:
        case "button":
            return f"[{element['text']['text']}]{_question(element)}"
        case "overflow":
            return f"[… {' | '.join(_labels(element['options']))}]"
        case "static_select":
            [at_first] = _labels([element.get("initial_option")]) or ["____"]
            return f"{at_first} ({', '.join(_labels(element['options']))})"
        case "checkboxes" | "radio_buttons":
            chosen = _labels([*element.get("initial_options", []), element.get("initial_option")])
            return " ".join(f"{'(x)' if one in chosen else '( )'} {one}" for one in _labels(element["options"]))
        case "multi_users_select":
            return ", ".join(element.get("initial_users", [])) or "____"
        case kind:
            return str(element.get(_INITIAL.get(kind, "initial_value")) or _placeholder(element) or "____")


_INITIAL = {"users_select": "initial_user", "timepicker": "initial_time", "datepicker": "initial_date"}


def _labels(options: list[Any]) -> list[str]:
    return [option["text"]["text"] for option in options if option]


def _placeholder(element: Mapping[str, Any]) -> str:
    return str(element.get("placeholder", {}).get("text", ""))


def _question(element: Mapping[str, Any]) -> str:
    """What is asked before the press counts."""
    if "confirm" not in element:
        return ""
    title, text, yes, no = (element["confirm"][part]["text"] for part in ("title", "text", "confirm", "deny"))
    return f" ({title} {text} [{no}] [{yes}])"


def _input(block: Block) -> Iterator[str]:
    optional = ", optional" if block.get("optional") else ""
    hint = f" ({block['hint']['text']})" if "hint" in block else ""
    yield f"{block['label']['text']}{optional}: {_element(block['element'])}{hint}"


def _chart(block: Block) -> Iterator[str]:
    series = block["chart"]["series"]
    yield f"~ {block['title']}"
    yield "~ " + " | ".join(["", *(one["name"] for one in series)])
    for points in zip(*(one["data"] for one in series), strict=True):
        yield "~ " + " | ".join([points[0]["label"], *(f"{point['value']:g}" for point in points)])


_DRAWN = {
    "header": lambda block: iter([f"# {block['text']['text']}"]),
    "section": _section,
    "context": lambda block: iter([f"({' '.join(_text(element) for element in block['elements'])})"]),
    "divider": lambda _: iter(["---"]),
    "actions": lambda block: iter([" ".join(_element(element) for element in block["elements"])]),
    "input": _input,
    "data_visualization": _chart,
}


def untold(message: Message) -> set[str]:
    """Words that the blocks say and the text does not: whoever hears only the text would miss them."""
    said = words(plain(message.text))
    drawn = [block for block in message.blocks if block["type"] not in ("actions", "data_visualization")]
    without_buttons = [{name: part for name, part in block.items() if name != "accessory"} for block in drawn]
    return words("\n".join(lines_of(without_buttons))) - said


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\s()#]+", text) if word not in {"---", "…"} and not word.endswith("…")}
