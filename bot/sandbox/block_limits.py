"""The rules of each block type: where it may stand and what it must hold."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.element_limits import ACCESSORIES, ACTIONS, CONTEXT_ACTIONS, INPUTS, check_element
from bot.sandbox.inspection import Inspection
from bot.sandbox.refusals import Json

Check = Callable[[Json, str, Inspection], None]

EVERYWHERE = frozenset({"message", "modal", "home"})
MESSAGE = frozenset({"message"})
MESSAGE_AND_HOME = frozenset({"message", "home"})
CELLS = {"raw_text", "raw_number", "rich_text"}
RICH_PARTS = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
INLINE = {"text", "link", "user", "usergroup", "channel", "emoji", "broadcast", "date", "color", "team"}


@dataclass(frozen=True)
class BlockRule:
    """One block type."""

    surfaces: frozenset[str]
    check: Check


def _section(block: Json, pointer: str, look: Inspection) -> None:
    if not block.get("text") and not block.get("fields"):
        look.problem("must define either `text` or `fields`", pointer)
    look.text(block, "text", pointer, 3000, required=False)
    fields = block.get("fields")
    if fields is not None and look.count(fields, f"{pointer}/fields", 1, 10):
        for index, field in enumerate(fields):
            look.text_object(field, f"{pointer}/fields/{index}", 2000)
    if block.get("accessory") is not None:
        check_element(block["accessory"], f"{pointer}/accessory", look, ACCESSORIES)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _header(block: Json, pointer: str, look: Inspection) -> None:
    look.plain(block, "text", pointer, 150)


def _divider(block: Json, pointer: str, look: Inspection) -> None:
    for field in sorted(block.keys() - {"type", "block_id"}):
        look.problem(f"invalid additional property: {field}", pointer)


def _context(block: Json, pointer: str, look: Inspection) -> None:
    elements = block.get("elements")
    if not look.count(elements, f"{pointer}/elements", 1, 10):
        return
    for index, element in enumerate(_list(elements)):
        place = f"{pointer}/elements/{index}"
        if isinstance(element, dict) and element.get("type") == "image":
            check_element(element, place, look, {"image"})
        else:
            look.text_object(element, place, 3000)


def _image(block: Json, pointer: str, look: Inspection) -> None:
    look.string(block, "alt_text", pointer, 2000)
    look.plain(block, "title", pointer, 2000, required=False)
    if "slack_file" not in block:
        look.string(block, "image_url", pointer, 3000)


def _actions(block: Json, pointer: str, look: Inspection) -> None:
    _elements(block, pointer, look, 25, ACTIONS)


def _context_actions(block: Json, pointer: str, look: Inspection) -> None:
    _elements(block, pointer, look, 5, CONTEXT_ACTIONS)


def _elements(block: Json, pointer: str, look: Inspection, most: int, allowed: set[str]) -> None:
    elements = block.get("elements")
    if not look.count(elements, f"{pointer}/elements", 1, most):
        return
    seen: set[str] = set()
    for index, element in enumerate(_list(elements)):
        place = f"{pointer}/elements/{index}"
        check_element(element, place, look, allowed)
        action_id = element.get("action_id") if isinstance(element, dict) else None
        if isinstance(action_id, str):
            if action_id in seen:
                look.problem(f"`action_id` already exists: {action_id}", f"{place}/action_id")
            seen.add(action_id)


def _input(block: Json, pointer: str, look: Inspection) -> None:
    look.plain(block, "label", pointer, 2000)
    look.plain(block, "hint", pointer, 2000, required=False)
    if "element" not in block:
        look.problem("missing required field: element", pointer)
        return
    check_element(block["element"], f"{pointer}/element", look, INPUTS)


def _rich_text(block: Json, pointer: str, look: Inspection) -> None:
    elements = block.get("elements")
    if not look.count(elements, f"{pointer}/elements", 0, 500):
        return
    for index, part in enumerate(_list(elements)):
        _rich_part(part, f"{pointer}/elements/{index}", look)


def _rich_part(part: Any, pointer: str, look: Inspection) -> None:
    kind = str(part.get("type")) if isinstance(part, dict) else ""
    if kind not in RICH_PARTS:
        look.problem(f"unsupported type: {kind}", f"{pointer}/type")
        return
    if kind == "rich_text_list":
        look.choice(part.get("style"), f"{pointer}/style", {"bullet", "ordered"})
        look.whole(part, "indent", pointer, 0, 8)
        for index, item in enumerate(_list(part.get("elements"))):
            _rich_part(item, f"{pointer}/elements/{index}", look)
        return
    for index, inline in enumerate(_list(part.get("elements"))):
        inline_kind = str(inline.get("type")) if isinstance(inline, dict) else ""
        if inline_kind not in INLINE:
            look.problem(f"unsupported type: {inline_kind}", f"{pointer}/elements/{index}/type")
        elif inline_kind == "text":
            look.string(inline, "text", f"{pointer}/elements/{index}", 4000)


def _markdown(block: Json, pointer: str, look: Inspection) -> None:
    look.string(block, "text", pointer, 12_000)


def _video(block: Json, pointer: str, look: Inspection) -> None:
    look.plain(block, "title", pointer, 199)
    for field in ("video_url", "thumbnail_url"):
        look.string(block, field, pointer, 3000)
    look.string(block, "alt_text", pointer, 2000)
    look.string(block, "author_name", pointer, 49, required=False)


def _table(block: Json, pointer: str, look: Inspection) -> None:
    _rows(block, pointer, look, 1, 100)
    if block.get("column_settings") is not None:
        look.count(block["column_settings"], f"{pointer}/column_settings", 0, 20)


def _data_table(block: Json, pointer: str, look: Inspection) -> None:
    look.string(block, "caption", pointer, 3000)
    _rows(block, pointer, look, 2, 101)
    look.whole(block, "page_size", pointer, 1, 100)
    rows = block.get("rows")
    header = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []
    if any(isinstance(cell, dict) and cell.get("type") == "rich_text" for cell in header):
        look.problem("header cells cannot be rich_text", f"{pointer}/rows/0")
    widths = {len(row) for row in rows if isinstance(row, list)} if isinstance(rows, list) else set()
    if len(widths) > 1:
        look.problem("every row must have as many cells as the header row", f"{pointer}/rows")


def _rows(block: Json, pointer: str, look: Inspection, least: int, most: int) -> None:
    if "rows" not in block:
        look.problem("missing required field: rows", pointer)
        return
    if not look.count(block["rows"], f"{pointer}/rows", least, most):
        return
    for index, row in enumerate(block["rows"]):
        if look.count(row, f"{pointer}/rows/{index}", 1, 20):
            for column, cell in enumerate(row):
                _cell(cell, f"{pointer}/rows/{index}/{column}", look)


def _cell(cell: Any, pointer: str, look: Inspection) -> None:
    kind = str(cell.get("type")) if isinstance(cell, dict) else ""
    if kind not in CELLS:
        look.problem(f"unsupported type: {kind}", f"{pointer}/type")
    elif kind == "raw_text":
        look.string(cell, "text", pointer, 10_000)
    elif kind == "raw_number":
        look.string(cell, "text", pointer, 10_000)
        if not isinstance(cell.get("value"), int | float) or isinstance(cell["value"], bool):
            look.problem("must be a number", f"{pointer}/value")
    elif kind == "rich_text":
        _rich_text(cell, pointer, look)


def _data_visualization(block: Json, pointer: str, look: Inspection) -> None:
    look.string(block, "title", pointer, 50)
    chart = block.get("chart")
    if not isinstance(chart, dict):
        look.problem("missing required field: chart", pointer)
        return
    place = f"{pointer}/chart"
    look.choice(chart.get("type"), f"{place}/type", {"pie", "line", "bar", "area"})
    if chart.get("type") == "pie":
        _pie(chart, place, look)
    else:
        _series(chart, place, look)


def _pie(chart: Json, pointer: str, look: Inspection) -> None:
    segments = chart.get("segments")
    if not look.count(segments, f"{pointer}/segments", 1, 6):
        return
    for index, segment in enumerate(_list(segments)):
        place = f"{pointer}/segments/{index}"
        look.string(segment, "label", place, 20)
        value = segment.get("value") if isinstance(segment, dict) else None
        if not isinstance(value, int | float) or value <= 0:
            look.problem("must be more than 0", f"{place}/value")


def _series(chart: Json, pointer: str, look: Inspection) -> None:
    axis = chart.get("axis_config")
    axis = axis if isinstance(axis, dict) else {}
    categories = axis.get("categories")
    if look.count(categories, f"{pointer}/axis_config/categories", 1, 20):
        for index, category in enumerate(_list(categories)):
            look.string({"category": category}, "category", f"{pointer}/axis_config/categories/{index}", 20)
    for field in ("x_label", "y_label"):
        look.string(axis, field, f"{pointer}/axis_config", 50, required=False)
    if not look.count(chart.get("series"), f"{pointer}/series", 1, 6):
        return
    names = [series.get("name") for series in chart["series"] if isinstance(series, dict)]
    if any(names.count(name) > 1 for name in names):
        look.problem("series names must differ", f"{pointer}/series")
    for index, series in enumerate(chart["series"]):
        _one_series(series, f"{pointer}/series/{index}", categories, look)


def _one_series(series: Any, pointer: str, categories: Any, look: Inspection) -> None:
    if not isinstance(series, dict):
        look.problem("must be an object", pointer)
        return
    look.string(series, "name", pointer, 20)
    if not look.count(series.get("data"), f"{pointer}/data", 1, 20):
        return
    labels = [point.get("label") for point in series["data"] if isinstance(point, dict)]
    if isinstance(categories, list) and sorted(map(str, labels)) != sorted(map(str, categories)):
        look.problem("must have exactly one data point per category", f"{pointer}/data")
    for index, point in enumerate(series["data"]):
        if not isinstance(point, dict) or not isinstance(point.get("value"), int | float):
            look.problem("must be a number", f"{pointer}/data/{index}/value")


def _alert(block: Json, pointer: str, look: Inspection) -> None:
    look.text(block, "text", pointer, 200)
    if "level" in block:
        look.choice(block["level"], f"{pointer}/level", {"default", "info", "warning", "error", "success"})


def _card(block: Json, pointer: str, look: Inspection) -> None:
    if not any(block.get(field) for field in ("hero_image", "title", "actions", "body")):
        look.problem("must define one of `hero_image`, `title`, `actions`, `body`", pointer)
    for field, most in (("title", 150), ("subtitle", 150), ("body", 200)):
        look.text(block, field, pointer, most, required=False)
    if block.get("actions") is not None:
        look.count(block["actions"], f"{pointer}/actions", 1, 3)


def _carousel(block: Json, pointer: str, look: Inspection) -> None:
    elements = block.get("elements")
    if look.count(elements, f"{pointer}/elements", 1, 10):
        for index, card in enumerate(_list(elements)):
            if isinstance(card, dict) and card.get("type") == "card":
                _card(card, f"{pointer}/elements/{index}", look)
            else:
                look.problem("must be a card", f"{pointer}/elements/{index}/type")


def _container(block: Json, pointer: str, look: Inspection) -> None:
    look.plain(block, "title", pointer, 150, required=False)
    children = block.get("child_blocks", block.get("blocks"))
    if look.count(children, f"{pointer}/child_blocks", 1, 10):
        for index, child in enumerate(_list(children)):
            kind = str(child.get("type")) if isinstance(child, dict) else ""
            rule = BLOCKS.get(kind)
            if rule is None or kind not in IN_CONTAINER:
                look.problem("unsupported type", f"{pointer}/child_blocks/{index}/type")
            else:
                rule.check(child, f"{pointer}/child_blocks/{index}", look)


def _agent_block(block: Json, pointer: str, look: Inspection) -> None:
    look.string(block, "title", pointer, 3000, required=False)


IN_CONTAINER = {
    "actions",
    "context",
    "divider",
    "file",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
}

BLOCKS: dict[str, BlockRule] = {
    "section": BlockRule(EVERYWHERE, _section),
    "header": BlockRule(EVERYWHERE, _header),
    "divider": BlockRule(EVERYWHERE, _divider),
    "context": BlockRule(EVERYWHERE, _context),
    "image": BlockRule(EVERYWHERE, _image),
    "actions": BlockRule(EVERYWHERE, _actions),
    "input": BlockRule(EVERYWHERE, _input),
    "rich_text": BlockRule(EVERYWHERE, _rich_text),
    "video": BlockRule(EVERYWHERE, _video),
    "markdown": BlockRule(MESSAGE, _markdown),
    "context_actions": BlockRule(MESSAGE, _context_actions),
    "task_card": BlockRule(MESSAGE, _agent_block),
    "plan": BlockRule(MESSAGE, _agent_block),
    "table": BlockRule(MESSAGE, _table),
    "data_table": BlockRule(MESSAGE_AND_HOME, _data_table),
    "data_visualization": BlockRule(MESSAGE_AND_HOME, _data_visualization),
    "alert": BlockRule(frozenset({"modal"}), _alert),
    "card": BlockRule(MESSAGE_AND_HOME, _card),
    "carousel": BlockRule(MESSAGE_AND_HOME, _carousel),
    "container": BlockRule(MESSAGE_AND_HOME, _container),
}
