"""The owners: each answers their check-in once a week, in the form, in words or by command, as often as it takes."""

import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from bot.checkins.messages import UPDATE
from bot.slack.typed import field_name
from tests.living import buttons, words
from tests.storm.counting import Answer, Ledger, Way

Json = dict[str, Any]

_WAYS = tuple(Way)
_OPENS_WITHIN = 2.0
"""Seconds until whoever pressed a button presses it again."""
_TOLD_WITHIN = 2.0
"""Seconds after which a command that was not answered is taken for lost."""
_PAUSE = 0.1


class People:
    """Lives all owners, in a few threads."""

    def __init__(self, sandbox: str, numbers: Mapping[str, int], handles: Sequence[str], ledger: Ledger) -> None:
        """`numbers`: the number of each owner's outcome, by their id; `handles` are theirs, in the same order."""
        self._http = httpx.Client(base_url=sandbox, timeout=30)
        self._owners = [(handle, number) for handle, number in zip(handles, numbers.values(), strict=True)]
        self._ledger = ledger
        self._stopping = threading.Event()
        self._begun: dict[int, Answer] = {}
        """By outcome: the answer that its owner is about to give."""
        self._done: set[tuple[int, int]] = set()
        self._week = self._answering = 0

    def ask(self, week: int, answering: int) -> None:
        """Lets so many owners answer this week's check-in; the others wait to be nudged."""
        self._answering, self._week = answering, week

    def stop(self) -> None:
        """Nobody begins to answer any more."""
        self._stopping.set()

    def close(self) -> None:
        self._http.close()

    def are_done(self) -> bool:
        """Whether everybody who answers this week has."""
        return all((number, self._week) in self._done for _, number in self._owners[: self._answering])

    def live(self, share: int, shares: int) -> None:
        """One thread's share of the owners, until told to stop."""
        while not self._stopping.is_set():
            for nth, (handle, number) in enumerate(self._owners):
                waits = nth < self._answering and (number, self._week) not in self._done
                if nth % shares == share and waits and not self._stopping.wait(_PAUSE):
                    self._answer(handle, number, _WAYS[(nth + self._week) % len(_WAYS)])
            self._stopping.wait(_PAUSE)

    def _answer(self, handle: str, number: int, way: Way) -> None:
        week, answer = self._week, self._begun.get(number)
        form = self._open_form(handle) if answer else None
        # A form that was saved, though nobody acknowledged it, is still open; the question behind it has gone.
        asked = None if form else self._newest_question(handle)
        if asked is None and form is None:
            return
        if answer is None:
            answer = self._begun[number] = Answer(number, week, way)
            self._ledger.answers.append(answer)
            self._tidy_up(handle)
        if way == Way.FORM or asked is None:
            form = form or self._open(handle, asked or {})
            done = answer.given = form is not None and self._fill_in(handle, form, answer.value)
        elif way == Way.REPLY:
            done = answer.given = self._reply(handle, asked, answer.value)
        else:
            answer.given, done = self._type(handle, number, answer.value), True
        if done:
            self._done.add((number, week))
            del self._begun[number]

    def _newest_question(self, handle: str) -> Json | None:
        """The check-in of this person that waits for an answer, or None."""
        for message in reversed(self._get("messages", user=handle, channel="bot")["messages"]):
            if any(_is_update(button) for _, button in buttons(message.get("blocks", []))):
                asked: Json = message
                return asked
        return None

    def _fill_in(self, handle: str, form: Json, value: int) -> bool:
        """Submits the form; answers whether it closed."""
        fields = {field_name(block["block_id"]): block["block_id"] for block in form["blocks"]}
        values = {fields["value"]: {"value": str(value)}}
        if self._post("submit", user=handle, view_id=form["id"], values=values) is None:
            return False
        return form["id"] not in {view["id"] for view in self._views(handle)}

    def _open(self, handle: str, asked: Json) -> Json | None:
        """The form that the button opens, or None when it opened none."""
        block_id = next(block for block, button in buttons(asked["blocks"]) if _is_update(button))
        self._post("click", user=handle, channel="bot", ts=asked["ts"], action_id=UPDATE, block_id=block_id)
        give_up = time.monotonic() + _OPENS_WITHIN
        while time.monotonic() < give_up:
            if form := self._open_form(handle):
                return form
            time.sleep(_PAUSE)
        return None

    def _reply(self, handle: str, asked: Json, value: int) -> bool:
        """Said once: whether Rhythm heard it, Slack sees to."""
        text = f"{value} because the week was stormy"
        return self._post("message", user=handle, channel="bot", text=text, thread_ts=asked["ts"]) is not None

    def _type(self, handle: str, number: int, value: int) -> bool:
        """Typed once; answers whether Rhythm said that it was logged."""
        before = {one["ts"] for one in self._whispers(handle)}
        if self._post("command", user=handle, channel="bot", text=f"/outcome result OUT-{number} {value}") is None:
            return False
        give_up = time.monotonic() + _TOLD_WITHIN
        while time.monotonic() < give_up:
            told = [words(one) for one in self._whispers(handle) if one["ts"] not in before]
            if told:
                return any(f"OUT-{number}" in said and "try again" not in said for said in told)
            time.sleep(_PAUSE)
        return False

    def _tidy_up(self, handle: str) -> None:
        """Closes what is open from before."""
        for view in reversed(self._views(handle)):
            self._post("close", user=handle, view_id=view["id"])

    def _open_form(self, handle: str) -> Json | None:
        views = self._views(handle)
        return views[-1] if views else None

    def _views(self, handle: str) -> list[Json]:
        views: list[Json] = self._get("views", user=handle)["views"]
        return views

    def _whispers(self, handle: str) -> list[Json]:
        seen = self._get("messages", user=handle, channel="bot")["messages"]
        return [one for one in seen if one.get("is_ephemeral")]

    def _post(self, gesture: str, user: str, **fields: Any) -> Json | None:
        """What a gesture came to; None when it did not reach Rhythm, or was not acknowledged."""
        response = self._http.post(f"/_sandbox/{gesture}", json={"user": f"@{user}", **fields})
        if response.status_code >= 400:
            return None
        report: Json = response.json()
        return report

    def _get(self, what: str, user: str, **query: str) -> Json:
        seen: Json = self._http.get(f"/_sandbox/{what}", params={"user": f"@{user}", **query}).json()
        return seen


def _is_update(button: Json) -> bool:
    """Whether it is the button of an outcome that was not answered yet; later it is called *Edit*."""
    return bool(button["action_id"] == UPDATE and button["text"]["text"] == "Update")
