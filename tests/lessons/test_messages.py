"""The words of the lessons room."""

from collections.abc import Callable, Sequence

from bot.lessons import messages
from bot.lessons.queries import LessonPage, LessonView
from bot.lessons.rules import MEASURE_LIMIT, PAGE_SIZE, QUERY_LIMIT, TEXT_LIMIT
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import Markup
from tests.lessons.samples import lesson
from tests.living import buttons
from tests.outcomes.samples import EMOJI, NASTY, READER
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

BY_HAND = lesson()
TAGGED = lesson(
    "Nobody reads a welcome mail sent at night.\nSend it at nine, in their own time zone.",
    measure="Trial conversion",
    priority_name="Customers stay longer",
    outcome_key="OUT-3",
    author_name="Lea & Co",
    days_ago=21,
)
EXTREME = lesson(
    (NASTY * 30)[:TEXT_LIMIT],
    measure="&" * MEASURE_LIMIT,
    priority_name="<" * 120,
    outcome_key="OUT-999999999",
    team_name="<!channel>"[:10] * 8,
    author_name=(EMOJI * 40)[:200],
)
QUERY = (NASTY * 10)[:QUERY_LIMIT]


def page(*lessons: LessonView, total: int = 0, offset: int = 0) -> LessonPage:
    return LessonPage(lessons, total or len(lessons), offset)


def listed(shown: LessonPage, query: str = "") -> Message:
    return messages.lesson_list(shown, query=query, reader=READER)


def form(text: str = "", priorities: dict[int, str] | None = None) -> Form:
    teams = {1: "Growth", 2: "R&D"}
    return messages.lesson_form(text=text, teams=teams, team_id=2, priorities=priorities or {}, channel_id="C1")


def alone(lines: Markup) -> Message:
    return Message(lines, [])


MESSAGES: dict[str, Callable[[], Message]] = {
    "lesson_list": lambda: listed(page(TAGGED, BY_HAND)),
    "lesson_list_of_one_with_words": lambda: listed(page(BY_HAND), "short forms"),
    "lesson_list_first_page": lambda: listed(page(*[BY_HAND] * 10, total=23), "forms"),
    "lesson_list_middle_page": lambda: listed(page(*[BY_HAND] * 10, total=23, offset=10)),
    "lesson_list_last_page": lambda: listed(page(BY_HAND, BY_HAND, TAGGED, total=23, offset=20)),
    "lessons_like": lambda: messages.lessons_like("shorter form & sign-up", [BY_HAND, TAGGED], reader=READER),
    "no_lesson": lambda: messages.no_lesson(""),
    "no_lesson_with_words": lambda: messages.no_lesson("R&D {hiring}"),
    "no_team_yet": messages.no_team_yet,
    "lesson_kept": lambda: messages.lesson_kept(TAGGED.lesson, TAGGED.team),
    "on_card": lambda: messages.on_card([TAGGED, TAGGED], reader=READER),
    "on_card_many": lambda: messages.on_card([TAGGED] * 7, reader=READER),
    "on_card_none": lambda: messages.on_card([], reader=READER),
}
FORMS: dict[str, Callable[[], Form]] = {
    "lesson_form": form,
    "lesson_form_with_priorities": lambda: form("Short forms double sign-ups", {7: "Customers stay", 8: "Hire well"}),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "lesson_list": lambda: listed(page(*[EXTREME] * PAGE_SIZE, total=10**9, offset=10**8)),
    "lessons_like": lambda: messages.lessons_like(QUERY, [EXTREME] * 3, reader=READER),
    "no_lesson": lambda: messages.no_lesson(QUERY),
    "lesson_kept": lambda: messages.lesson_kept(EXTREME.lesson, EXTREME.team),
    "on_card": lambda: messages.on_card([EXTREME] * 20, reader=READER),
    "lesson_lines": lambda: alone(messages.lesson_lines([EXTREME] * 3, READER)),
}


def test_a_lesson_among_other_things_is_one_line() -> None:
    assert messages.lesson_lines([TAGGED, BY_HAND], READER).splitlines() == [
        "“Nobody reads a welcome mail sent at night. Send it at nine, in their own time zone.” "
        "– Growth, 3 weeks ago, from OUT-3",
        "“Short forms double sign-ups” – Growth, 3 months ago",
    ]
    assert messages.lesson_lines([], READER) == ""


def test_a_long_lesson_is_quoted_by_its_beginning() -> None:
    [line] = messages.lesson_lines([lesson("word " * 120)], READER).splitlines()
    assert len(line) < 250
    assert "…” – Growth" in line


def carried(shown: LessonPage, query: str = "") -> dict[str, str]:
    return {one["text"]["text"]: one["value"] for _, one in buttons(listed(shown, query).blocks)}


def test_the_buttons_carry_the_place_and_what_was_looked_for() -> None:
    ten: Sequence[LessonView] = [BY_HAND] * 10
    assert carried(page(*ten, total=10)) == {}
    assert carried(page(*ten, total=11)) == {"Next": "10"}
    assert carried(page(*ten, total=30, offset=10), "short forms") == {
        "Previous": "0 short forms",
        "Next": "20 short forms",
    }
    assert carried(page(BY_HAND, total=11, offset=10)) == {"Previous": "0"}
    assert carried(page(*ten, total=30, offset=3)) == {"Previous": "0", "Next": "13"}


def test_a_query_at_its_limit_fits_into_a_button() -> None:
    wide = "𒀀" * QUERY_LIMIT
    assert carried(page(*[BY_HAND] * 10, total=30), wide) == {"Next": f"10 {wide}"}


def test_a_form_at_its_limits_shows_what_was_typed() -> None:
    assert EXTREME.lesson.text in read(form(EXTREME.lesson.text))
