"""The words of check-ins."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.checkins import messages
from bot.checkins.messages import channel, forms, reminders, replies
from bot.checkins.messages.forms import Filled
from bot.checkins.model import CheckIn, CheckInItem
from bot.checkins.queries import Answered, Asked
from bot.checkins.rules import Answer, State
from bot.outcomes.queries import View
from bot.results.messages import Typed
from bot.results.rules import Jump
from bot.slack.message import Form, Message
from tests.execution.samples import extreme_step, step
from tests.outcomes.samples import NOW, READER, extreme, person, view
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)
from tests.slack.reading import read

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

Item = tuple[CheckInItem, View]


def item(shown: View, answer: Answer | None = None) -> Item:
    """One outcome of a check-in; its newest result is the answer where there is one."""
    return (
        CheckInItem(
            workspace_id="T1",
            checkin_id=7,
            outcome_id=shown.outcome.id,
            answer=answer,
            result_id=shown.results[-1].id if answer else None,
            answered_at=NOW if answer else None,
        ),
        shown,
    )


def answered_by(name: str, shown: View, answer: Answer = Answer.UPDATED) -> Answered:
    """An answer of the outcome's owner, by that name."""
    return Answered(*item(shown, answer), person(name))


def asked(*items: Item) -> Asked:
    checkin = CheckIn(
        workspace_id="T1",
        id=7,
        person_id="UOLGA",
        asked_id="UOLGA",
        period="2026-W14",
        state=State.ASKED,
        due_at=NOW,
        decided_at=NOW,
        closes_at=NOW + timedelta(days=6, hours=16),
    )
    return Asked(checkin, items)


def saved(shown: View, answer: Answer = Answer.UPDATED) -> replies.Saved:
    """What became of a line of a reply whose answer is the newest result."""
    return replies.Saved(*item(shown, answer), Decimal("8.5"))


JUMP = Jump(Decimal(8), Decimal(800))
FILLED = Filled(Typed("800%", "It works", "7"), "The legal review", True, ["7"], "yes")
STEPS = [step(), step("Call ten customers", number=8, due_in=None)]
LAST_MONDAY = READER.today - timedelta(days=7)
FRESH = view(number=3)
MOVED = view("8.5", "9.5", number=12, note="The onboarding email shipped")
STILL = view("8.5", "8.5", number=4, statement="Support answers within an hour", measure="First answer")

MESSAGES: dict[str, Callable[[], Message]] = {
    "check_in_of_one": lambda: messages.check_in(asked(item(FRESH)), reader=READER),
    "check_in_of_three": lambda: messages.check_in(asked(item(FRESH), item(MOVED), item(STILL)), reader=READER),
    "check_in_of_a_delegate": lambda: messages.check_in(
        replace(asked(item(FRESH)), instead_of="Olga Ortiz"), reader=READER
    ),
    "nudge_of_a_delegate": lambda: reminders.nudge(replace(asked(item(FRESH)), instead_of="Olga"), 1, reader=READER),
    "check_in_of_nothing_any_more": lambda: messages.check_in(asked(), reader=READER),
    "nudge_of_nothing_any_more": lambda: reminders.nudge(asked(), 1, reader=READER),
    "check_in_half_answered": lambda: messages.check_in(
        asked(item(FRESH), item(MOVED, Answer.UPDATED), item(STILL, Answer.NO_CHANGE)), reader=READER
    ),
    "check_in_answered": lambda: messages.check_in(asked(item(MOVED, Answer.UPDATED)), reader=READER),
    "check_in_of_seventeen": lambda: messages.check_in(
        asked(*(item(view(number=n)) for n in range(1, 18))), reader=READER
    ),
    "check_in_snoozed": lambda: messages.check_in(
        asked(item(FRESH), item(MOVED, Answer.UPDATED)), reader=READER, snoozed_until=NOW + timedelta(hours=6)
    ),
    "snoozed_to_today": lambda: reminders.snoozed(NOW + timedelta(hours=6), reader=READER),
    "snoozed_to_tomorrow": lambda: reminders.snoozed(NOW + timedelta(days=1), reader=READER),
    "snooze_over": lambda: reminders.snooze_over(asked(item(FRESH), item(MOVED, Answer.UPDATED)), reader=READER),
    "nudge": lambda: reminders.nudge(asked(item(FRESH), item(STILL)), 1, reader=READER),
    "last_nudge": lambda: reminders.nudge(asked(item(FRESH), item(MOVED, Answer.UPDATED)), 2, reader=READER),
    "snooze_over_answered": lambda: reminders.snooze_over(asked(item(MOVED, Answer.UPDATED)), reader=READER),
    "answer_line": lambda: channel.answer_line(*item(MOVED, Answer.UPDATED), by="Olga Ortiz", reader=READER),
    "answer_line_no_change": lambda: channel.answer_line(
        *item(STILL, Answer.NO_CHANGE), by="Olga Ortiz", reader=READER
    ),
    "answers_begin": lambda: channel.answers_begin(LAST_MONDAY, reader=READER),
    "collected": lambda: channel.collected(
        [answered_by("Olga Ortiz", MOVED), answered_by("Olga Ortiz", STILL, Answer.NO_CHANGE)],
        [FRESH],
        asked_on=LAST_MONDAY,
        reader=READER,
    ),
    "unanswered": lambda: channel.unanswered([FRESH, STILL], asked_on=LAST_MONDAY, reader=READER),
    "unanswered_then_all_in": lambda: channel.unanswered([], asked_on=LAST_MONDAY, reader=READER),
    "owner_left": lambda: messages.owner_left(person(), [FRESH, MOVED, STILL]),
    "owner_is_guest": lambda: messages.owner_is_guest(person(), [FRESH, MOVED], set()),
    "owner_is_guest_who_sees_less": lambda: messages.owner_is_guest(person(), [FRESH, MOVED], {MOVED.outcome.id}),
    "owner_of_six_left": lambda: messages.owner_left(person(), [view(number=n) for n in range(1, 7)]),
    "reply_read": lambda: replies.reply_read(
        [saved(MOVED), saved(STILL, Answer.NO_CHANGE)], asked(item(MOVED), item(STILL)), reader=READER
    ),
    "reply_read_of_one": lambda: replies.reply_read(
        [replies.NotSaved("it goes well", "“it goes well” is not a value I can read. Type one such as 37%.")],
        asked(item(MOVED)),
        reader=READER,
    ),
    "reply_read_in_part": lambda: replies.reply_read(
        [
            saved(MOVED),
            replies.Doubted(*item(FRESH), JUMP, "1774857600.000100"),
            replies.Obstacle(STILL, "the legal review"),
            replies.Obstacle(STILL, ""),
            replies.AskedWhy(*item(STILL)),
            replies.NotSaved("42", "Which outcome is that about? Begin the line with its key."),
        ],
        asked(item(FRESH), item(MOVED), item(STILL)),
        reader=READER,
    ),
}
FORMS: dict[str, Callable[[], Form]] = {
    "answer_form": lambda: forms.answer_form(*item(STILL), reader=READER),
    "answer_form_asks": lambda: forms.answer_form(*item(FRESH), reader=READER, filled=FILLED, steps=STEPS, jump=JUMP),
    "why_form": lambda: forms.why_form(*item(STILL), reader=READER),
    "answer_form_again": lambda: forms.answer_form(*item(MOVED, Answer.UPDATED), reader=READER),
}
LINES: list[replies.Line] = [
    saved(extreme()),
    replies.Doubted(*item(extreme()), JUMP, "1774857600.000100"),
    replies.Obstacle(extreme(), "<!channel>" * 4_000),
    replies.AskedWhy(*item(extreme())),
    replies.NotSaved("<@U1>" * 8_000, "<!here>" * 20),
]
MANY = asked(*(item(extreme(n), Answer.UPDATED if n < 10 else None) for n in range(1, 21)))
OPEN = asked(*(item(extreme(n)) for n in range(1, 21)))
EXTREMES: dict[str, Callable[[], Message]] = {
    "check_in": lambda: messages.check_in(replace(MANY, instead_of="<!channel>" * 20), reader=READER),
    "nudge": lambda: reminders.nudge(OPEN, 2, reader=READER),
    "snooze_over": lambda: reminders.snooze_over(OPEN, reader=READER),
    "answer_line": lambda: channel.answer_line(*item(extreme(), Answer.UPDATED), by="<!here>" * 25, reader=READER),
    "collected": lambda: channel.collected(
        [answered_by("<!here>" * 25, extreme())] * 200, [extreme()] * 200, asked_on=LAST_MONDAY, reader=READER
    ),
    "unanswered": lambda: channel.unanswered([extreme()] * 200, asked_on=LAST_MONDAY, reader=READER),
    "reply_read": lambda: replies.reply_read(LINES * 50, MANY, reader=READER),
    "owner_left": lambda: messages.owner_left(person("<!channel>" * 20), [extreme()] * 200),
    "owner_is_guest": lambda: messages.owner_is_guest(
        person("<!channel>" * 20), [extreme(n) for n in range(1, 201)], set(range(1, 201))
    ),
    "owner_of_five_left": lambda: messages.owner_left(person("<!channel>" * 20), [extreme()] * 5),
}


def test_with_more_outcomes_than_fit_those_that_wait_come_first() -> None:
    seen = read(messages.check_in(replace(MANY, instead_of="<!channel>" * 20), reader=READER))
    assert all(f"OUT-{n} " in seen for n in range(10, 21))
    assert "5 outcomes are not shown here" in seen


def test_the_form_fits_at_its_limits() -> None:
    form = forms.answer_form(
        *item(extreme(), Answer.UPDATED), reader=READER, steps=[extreme_step(n) for n in range(1, 21)]
    )
    assert len(form.view["title"]["text"]) <= 24
    assert len(form.view["blocks"]) <= 100


def test_an_answer_that_was_edited_is_there_to_be_edited_again() -> None:
    seen = read(forms.answer_form(*item(MOVED, Answer.UPDATED), reader=READER))
    assert "9.5%" in seen
    assert "The onboarding email shipped" in seen
    assert "7 of 10" in seen
