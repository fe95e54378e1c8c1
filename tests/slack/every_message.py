"""What the messages and forms of every room are held to. A room's `test_messages.py` imports these tests.

They run over what that module names: `MESSAGES` and `FORMS`, each a sample by its name, and `EXTREMES`, the same at
their limits; `tests/conftest.py` hands them out.
"""

from collections.abc import Callable
from typing import Any

from syrupy.assertion import SnapshotAssertion

from bot.slack.message import Form, HomeView, Message
from tests.slack.reading import read, untold

Sample = Callable[[], Message | Form | HomeView]


def test_the_payload(sample: Sample, snapshot: SnapshotAssertion) -> None:
    assert payload(sample()) == snapshot


def test_as_it_is_read(sample: Sample, snapshot: SnapshotAssertion) -> None:
    assert read(sample()) == snapshot


def test_the_text_says_every_word_that_the_blocks_say(message: Callable[[], Message]) -> None:
    assert untold(message()) == set()


def test_at_its_limits_a_message_still_fits_and_pings_nobody(extreme_message: Callable[[], Message]) -> None:
    message = extreme_message()
    assert len(message.blocks) <= 50
    assert len(message.text) <= 40_000
    for unsafe in ("<!", "<@", "&amp;amp;", "&amp;lt;"):
        assert unsafe not in message.text + str(message.blocks)


def payload(shown: Message | Form | HomeView) -> dict[str, Any]:
    """What goes to Slack."""
    return {"text": shown.text, "blocks": shown.blocks} if isinstance(shown, Message) else shown.view
