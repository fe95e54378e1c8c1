"""What a person typed or chose, as it arrives from Slack: commands, keys and the answers of a form."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bot.slack.blocks import FIELD

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ENTITY = re.compile(r"&(amp|lt|gt);")
_PLAIN = {"amp": "&", "lt": "<", "gt": ">"}
_PERSON = re.compile(r"<@([UW][A-Z0-9]{2,})(?:\|[^>]*)?>")
_CHANNEL = re.compile(r"<#([CG][A-Z0-9]{2,})(?:\|[^>]*)?>")
_LINK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
_TURN = "~"
"""Stands between a field's name and how often the field was made anew."""


@dataclass(frozen=True)
class Line:
    """A command's text: its first word in lower case, and the rest as typed."""

    word: str
    rest: str


def clean(text: str | None) -> str:
    """`text` stripped, and without what no database stores: NUL, control characters, half surrogates."""
    return _UNSTORABLE.sub("", text or "").replace("\r\n", "\n").strip()


def read_line(text: str | None) -> Line:
    """Splits a command's text into its first word and the rest."""
    word, rest = [*clean(text).split(maxsplit=1), "", ""][:2]
    return Line(word.lower(), rest)


def unescaped(text: str) -> str:
    """A command's text as it was typed. Slack escapes `&`, `<` and `>` in it, once."""
    return _ENTITY.sub(lambda found: _PLAIN[found[1]], text)


def person_in(text: str) -> str | None:
    """The id of the one person that `text` names (`<@U…|name>`), or None."""
    found = _PERSON.fullmatch(text.strip())
    return found[1] if found else None


def channel_in(text: str) -> str | None:
    """The id of the one channel that `text` names (`<#C…|name>`), or None."""
    found = _CHANNEL.fullmatch(text.strip())
    return found[1] if found else None


def people_in(text: str) -> set[str]:
    """The ids of everybody whom a message names."""
    return {found[2] for found in _LINK.finditer(text) if found[1] == "@"}


def as_read(text: str, names: Mapping[str, str]) -> str:
    """A message's text as people read it: `@Olga` and `#growth`, links by their words; `names` by people's ids."""

    def shown(found: re.Match[str]) -> str:
        mark, target, label = found[1], found[2], found[3]
        if mark == "@":
            return f"@{names.get(target) or label or 'somebody'}"
        if mark == "!":
            return label or "@" + target.partition("^")[0]
        return mark + (label or target)

    return clean(unescaped(_LINK.sub(shown, text)))


def thread_of(body: Mapping[str, Any]) -> str | None:
    """The thread in which the message stands that a gesture was made on, or None where it stands in none."""
    place = body.get("container") or body.get("message") or {}
    thread = place.get("thread_ts")
    return str(thread) if thread and thread != body.get("message_ts", place.get("message_ts")) else None


def made_anew(block_id: str) -> str:
    """Another block id for the same field, such as `statement~2` after `statement~1` after `statement`.

    Slack keeps what was typed in a field whose block id stays, and ignores a new initial value; this makes it take one.
    """
    return f"{field_name(block_id)}{_TURN}{_turn(block_id) + 1}"


def field_name(block_id: str) -> str:
    """The name of a form's field, however often it was made anew."""
    name, _, _ = block_id.partition(_TURN)
    return name


def _turn(block_id: str) -> int:
    turn = block_id.partition(_TURN)[2]
    return int(turn) if turn.isdecimal() else 0


@dataclass(frozen=True)
class Filled:
    """A form as far as it is filled: each field's text, and its block id where that is not the field's name."""

    values: Mapping[str, str] = field(default_factory=dict)
    block_ids: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    def block_id(self, name: str) -> str:
        """The block id that this field has."""
        return self.block_ids.get(name, name)


class Answers:
    """The answers of a form, by the field's name. An absent or empty answer is an empty string."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        self._values: Mapping[str, Any] = (view.get("state") or {}).get("values") or {}
        self._block_ids: dict[str, str] = {
            field_name(block_id): block_id for block_id in sorted(self._values, key=_turn)
        }

    @property
    def fingerprint(self) -> str:
        """Says whether two submissions hold the same answers."""
        return sha256(json.dumps(self._values, sort_keys=True).encode()).hexdigest()[:32]

    @property
    def names(self) -> frozenset[str]:
        """The fields that the form has, answered or not."""
        return frozenset(self._block_ids)

    @property
    def block_ids(self) -> dict[str, str]:
        """The block id that each field has now, by its name; a form drawn again with them keeps what was typed."""
        return dict(self._block_ids)

    def block_id(self, name: str) -> str:
        """The block id that this field has now."""
        return self._block_ids.get(name, name)

    def __getitem__(self, name: str) -> str:
        element = self._element(name)
        chosen = element.get("selected_option") or {}
        for answer in (
            element.get("value"),
            chosen.get("value"),
            element.get("selected_user"),
            element.get("selected_date"),
            element.get("selected_time"),
        ):
            if answer:
                return clean(str(answer))
        return ""

    def many(self, name: str) -> list[str]:
        """What was chosen where several can be: the values of checked boxes, or the ids of people."""
        element = self._element(name)
        chosen = [option["value"] for option in element.get("selected_options") or []]
        return [clean(str(one)) for one in chosen or element.get("selected_users") or []]

    def _element(self, name: str) -> Mapping[str, Any]:
        element: Mapping[str, Any] = (self._values.get(self.block_id(name)) or {}).get(FIELD) or {}
        return element


def initial_answers(view: Mapping[str, Any]) -> dict[str, str]:
    """What a form's fields held when it was opened; a field made anew since then has no say in that and is left out."""
    found = {}
    for block in view.get("blocks", []):
        block_id, element = str(block.get("block_id", "")), block.get("element") or {}
        if block.get("type") == "input" and block_id == field_name(block_id):
            chosen = (element.get("initial_option") or {}).get("value")
            first = element.get("initial_value") or chosen or element.get("initial_user") or element.get("initial_date")
            found[block_id] = clean(str(first or ""))
    return found


def initial_choices(view: Mapping[str, Any]) -> dict[str, list[str]]:
    """The same for its fields in which several can be chosen: values, or the ids of people."""
    found = {}
    for block in view.get("blocks", []):
        block_id, element = str(block.get("block_id", "")), block.get("element") or {}
        if block.get("type") == "input" and block_id == field_name(block_id):
            chosen = [option["value"] for option in element.get("initial_options") or []]
            found[block_id] = [clean(str(one)) for one in chosen or element.get("initial_users") or []]
    return found
