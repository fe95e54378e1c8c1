"""Looking through one Slack payload and noting, by JSON pointer, everything that is wrong with it."""

from collections.abc import Collection
from typing import Any, Literal

from bot.sandbox.refusals import Json

Surface = Literal["message", "modal", "home"]


class Inspection:
    """Collects problems. Each check notes what it dislikes and goes on."""

    def __init__(self, surface: Surface) -> None:
        self.surface: Surface = surface
        self.problems: list[str] = []
        self.focused = 0

    def problem(self, sentence: str, pointer: str) -> None:
        """Notes one problem at a place."""
        self.problems.append(f"[ERROR] {sentence} [json-pointer:{pointer}]")

    def choice(self, value: Any, pointer: str, allowed: Collection[str]) -> None:
        """Notes a value that is none of `allowed`."""
        if not isinstance(value, str) or value not in allowed:
            self.problem(f"must be one of: {', '.join(sorted(allowed))}", pointer)

    def count(self, values: Any, pointer: str, least: int, most: int) -> bool:
        """Notes a list that is not one, or too short or long; says whether it is a list at all."""
        if not isinstance(values, list):
            self.problem("must be an array", pointer)
            return False
        if len(values) < least:
            self.problem(f"no fewer than {least} items allowed", pointer)
        if len(values) > most:
            self.problem(f"no more than {most} items allowed [{len(values)} given]", pointer)
        return True

    def string(self, owner: Any, field: str, pointer: str, most: int, *, required: bool = True, least: int = 1) -> None:
        """Notes a string field that is missing, of another type, or outside `least`–`most` characters."""
        value = owner.get(field) if isinstance(owner, dict) else None
        if value is None:
            if required:
                self.problem(f"missing required field: {field}", pointer)
            return
        if not isinstance(value, str):
            self.problem("must be a string", f"{pointer}/{field}")
        elif len(value) > most:
            self.problem(f"must be less than {most + 1} characters", f"{pointer}/{field}")
        elif len(value) < least:
            self.problem(f"must be more than {least - 1} characters", f"{pointer}/{field}")

    def whole(self, owner: Json, field: str, pointer: str, least: int, most: int) -> None:
        """Notes an optional whole number that is outside `least`–`most`."""
        value = owner.get(field)
        if value is None:
            return
        if not isinstance(value, int) or isinstance(value, bool):
            self.problem("must be an integer", f"{pointer}/{field}")
        elif not least <= value <= most:
            self.problem(f"must be between {least} and {most}", f"{pointer}/{field}")

    def text(
        self,
        owner: Any,
        field: str,
        pointer: str,
        most: int,
        *,
        required: bool = True,
        kinds: Collection[str] = ("plain_text", "mrkdwn"),
    ) -> None:
        """Notes a text object that is missing, of a kind not allowed here, or empty or too long."""
        value = owner.get(field) if isinstance(owner, dict) else None
        if value is None:
            if required:
                self.problem(f"missing required field: {field}", pointer)
            return
        self.text_object(value, f"{pointer}/{field}", most, kinds=kinds)

    def text_object(
        self, value: Any, pointer: str, most: int, *, kinds: Collection[str] = ("plain_text", "mrkdwn")
    ) -> None:
        """The same for a text object already in hand."""
        if not isinstance(value, dict):
            self.problem("must be an object", pointer)
            return
        if value.get("type") not in kinds:
            self.problem(f"must be one of: {', '.join(kinds)}", f"{pointer}/type")
        self.string(value, "text", pointer, most)
        strange = "verbatim" if value.get("type") == "plain_text" else "emoji"
        if strange in value:
            self.problem(f"invalid additional property: {strange}", pointer)

    def plain(self, owner: Any, field: str, pointer: str, most: int, *, required: bool = True) -> None:
        """A text object that must be `plain_text`."""
        self.text(owner, field, pointer, most, required=required, kinds=("plain_text",))
