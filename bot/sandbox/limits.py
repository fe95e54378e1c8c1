"""What Slack refuses in messages and views: sizes, types, surfaces and doubled ids.

Each problem is one line as Slack writes it: `[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text]`.
Figures from docs.slack.dev/reference/block-kit and the views reference; where sources disagree the stricter is kept.
"""

import json
from typing import Any

from bot.sandbox.block_limits import BLOCKS
from bot.sandbox.inspection import Inspection, Surface
from bot.sandbox.refusals import Json, SlackError

TEXT_LIMIT = 40_000
METADATA_LIMIT = 8_000
MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
MARKDOWN_TOTAL = 12_000
PER_MESSAGE = {"table": 1, "data_visualization": 2}


def check_message(message: Json, *, require_text: bool = True) -> None:
    """Raises the SlackError Slack would answer for this message's `text`, `blocks` and `metadata`."""
    text, blocks = message.get("text"), message.get("blocks")
    if text is not None and not isinstance(text, str):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] must be a string: text"]})
    if text and len(text) > TEXT_LIMIT:
        raise SlackError("msg_too_long")
    if blocks:
        problems = block_problems(blocks, "message", "/blocks")
        if problems:
            raise SlackError("invalid_blocks", errors=_plain(problems), response_metadata={"messages": problems})
    elif require_text and not text:
        raise SlackError("no_text")
    check_metadata(message.get("metadata"))


def check_metadata(metadata: Any) -> None:
    """Raises the SlackError for message metadata of a wrong shape or size."""
    if metadata is None:
        return
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_LIMIT:
        raise SlackError("metadata_too_large")


def check_view(view: Any) -> None:
    """Raises the SlackError Slack would answer for this modal or Home view."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] must provide an object: view"]})
    if len(json.dumps(view)) > VIEW_BYTES:
        raise SlackError("view_too_large")
    problems = view_problems(view)
    if problems:
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})


def view_problems(view: Json) -> list[str]:
    """Every problem of a view, as Slack would list them."""
    look = Inspection("modal" if view.get("type") == "modal" else "home")
    look.choice(view.get("type"), "/view/type", {"modal", "home"})
    for field, limit in (("private_metadata", 3000), ("callback_id", 255), ("external_id", 255)):
        look.string(view, field, "/view", limit, required=False, least=0)
    if view.get("type") == "modal":
        _modal_frame(view, look)
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        look.problem("missing required field: blocks", "/view")
        return look.problems
    return look.problems + block_problems(blocks, look.surface, "/view/blocks")


def _modal_frame(view: Json, look: Inspection) -> None:
    look.plain(view, "title", "/view", 24)
    look.plain(view, "submit", "/view", 24, required=False)
    look.plain(view, "close", "/view", 24, required=False)
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(isinstance(b, dict) and b.get("type") == "input" for b in blocks)
    if has_input and not view.get("submit"):
        look.problem("`submit` is required when an `input` block is present", "/view")


def block_problems(blocks: Any, surface: Surface, pointer: str) -> list[str]:
    """Every problem of a list of blocks on a surface."""
    look = Inspection(surface)
    if not isinstance(blocks, list):
        look.problem("must be an array", pointer)
        return look.problems
    limit = MESSAGE_BLOCKS if surface == "message" else VIEW_BLOCKS
    look.count(blocks, pointer, 0 if surface != "message" else 1, limit)
    for index, block in enumerate(blocks):
        _block(block, f"{pointer}/{index}", look)
    _doubled_block_ids(blocks, pointer, look)
    _together(blocks, pointer, look)
    return look.problems


def _block(block: Any, pointer: str, look: Inspection) -> None:
    if not isinstance(block, dict):
        look.problem("must be an object", pointer)
        return
    rule = BLOCKS.get(str(block.get("type")))
    if rule is None:
        look.problem(f"unsupported type: {block.get('type')}", f"{pointer}/type")
        return
    if look.surface not in rule.surfaces:
        look.problem(f"unsupported type: {block['type']}", f"{pointer}/type")
        return
    look.string(block, "block_id", pointer, 255, required=False)
    rule.check(block, pointer, look)


def _doubled_block_ids(blocks: list[Any], pointer: str, look: Inspection) -> None:
    seen: set[str] = set()
    for index, block in enumerate(blocks):
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if not isinstance(block_id, str):
            continue
        if block_id in seen:
            look.problem(f"`block_id` already exists: {block_id}", f"{pointer}/{index}/block_id")
        seen.add(block_id)


def _together(blocks: list[Any], pointer: str, look: Inspection) -> None:
    """Limits over all blocks at once: tables, charts, Markdown and the one focused element."""
    kinds = [block.get("type") for block in blocks if isinstance(block, dict)]
    for kind, most in PER_MESSAGE.items():
        if kinds.count(kind) > most:
            look.problem(f"no more than {most} {kind} blocks allowed", pointer)
    markdown = [b.get("text", "") for b in blocks if isinstance(b, dict) and b.get("type") == "markdown"]
    if sum(len(text) for text in markdown if isinstance(text, str)) > MARKDOWN_TOTAL:
        look.problem(f"must be less than {MARKDOWN_TOTAL + 1} characters in total", pointer)
    if look.focused > 1:
        look.problem("only one element may have `focus_on_load`", pointer)


def _plain(problems: list[str]) -> list[str]:
    return [problem.removeprefix("[ERROR] ") for problem in problems]
