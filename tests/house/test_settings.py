"""Every setting is written down where people look for it."""

import re

from bot.settings import Settings
from tests.house.source import ROOT

EXAMPLE = ROOT / ".env.example"


def variables(text: str) -> list[str]:
    """The variables an example file names, set or commented out."""
    return re.findall(r"^(?:# ?)?([A-Z][A-Z0-9_]*)=", text, flags=re.MULTILINE)


def test_the_example_names_every_setting_once_and_no_other() -> None:
    assert sorted(variables(EXAMPLE.read_text())) == sorted(name.upper() for name in Settings.model_fields)


def test_every_setting_has_a_sentence() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_example_can_be_used_as_it_is() -> None:
    Settings(_env_file=EXAMPLE)  # type: ignore[call-arg]  # pydantic-settings takes it beside the fields


def test_a_variable_left_out_or_added_would_be_found() -> None:
    assert variables("# What it does.\nPORT=3000\n# HOST=127.0.0.1\n# see SLACK_MODE=http\n") == ["PORT", "HOST"]
