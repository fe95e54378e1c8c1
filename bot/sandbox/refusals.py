"""What the sandbox refuses, in the two dialects it speaks: Slack's to the bot, plain sentences to who drives it."""

from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A Web API refusal: answered as `{"ok": false, "error": …}` with whatever else Slack says beside it."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


class Refused(Exception):
    """A gesture or control the sandbox cannot do as asked: answered as `{"error": sentence}` with `status`."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
