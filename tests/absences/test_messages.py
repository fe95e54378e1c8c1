"""The words of absences."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.absences import messages
from bot.absences.messages import forms, news, pauses, when
from bot.absences.queries import Shared
from bot.absences.rules import Days
from bot.slack.message import Form, Message
from tests.absences.samples import MARCUS, OLGA, TODAY, ahead, away, paused, worst_away
from tests.outcomes.samples import NASTY, READER, extreme, person, team, view
from tests.slack.every_message import (
    test_as_it_is_read,
    test_at_its_limits_a_message_still_fits_and_pings_nobody,
    test_the_payload,
    test_the_text_says_every_word_that_the_blocks_say,
)

__all__ = [
    "test_as_it_is_read",
    "test_at_its_limits_a_message_still_fits_and_pings_nobody",
    "test_the_payload",
    "test_the_text_says_every_word_that_the_blocks_say",
]

NONE = Shared((), 0)
MOVED = view("8.5", "9.5")
BEFORE = Days(date(2026, 4, 8), date(2026, 4, 19))
CUT = away(date(2026, 3, 27), date(2026, 4, 5))
WORST = worst_away()
MANY: Sequence[Days] = [WORST.days] * 3

MESSAGES: dict[str, Callable[[], Message]] = {
    "you_are_away": lambda: news.you_are_away(away(), NONE, reader=READER),
    "you_are_away_with_a_delegate": lambda: news.you_are_away(
        ahead(delegate=MARCUS), Shared([MOVED], 0), reader=READER
    ),
    "you_are_away_and_some_is_hidden": lambda: news.you_are_away(
        ahead(delegate=MARCUS), Shared([MOVED], 2), replaced=[BEFORE], reader=READER
    ),
    "you_are_away_and_more_changes": lambda: news.you_are_away(
        ahead(), NONE, shortened=[CUT], left_alone=[ahead(person=MARCUS)], reader=READER
    ),
    "you_are_back": lambda: news.you_are_back(away(), reader=READER),
    "you_are_back_and_the_delegate_is_told": lambda: news.you_are_back(away(delegate=MARCUS), reader=READER),
    "you_are_back_despite_the_status": lambda: news.you_are_back(away(), despite_status=True, reader=READER),
    "back_despite_status": news.back_despite_status,
    "delegate_is_gone": lambda: news.delegate_is_gone(ahead(delegate=MARCUS), reader=READER),
    "my_absences_by_status": lambda: messages.my_absences([], [], by_status=away().days, reader=READER),
    "my_absences_by_status_without_end": lambda: messages.my_absences(
        [], [], by_status=Days(away().days.first, date.max), reader=READER
    ),
    "you_are_back_before_it_began": lambda: news.you_are_back(ahead(), reader=READER),
    "you_are_not_away": lambda: news.you_are_not_away([], reader=READER),
    "you_are_not_away_yet": lambda: news.you_are_not_away([ahead()], reader=READER),
    "you_stand_in": lambda: news.you_stand_in(ahead(delegate=MARCUS), [MOVED], reader=READER),
    "you_stand_in_for_nothing_yet": lambda: news.you_stand_in(ahead(delegate=MARCUS), [], reader=READER),
    "you_stand_in_for_seven": lambda: news.you_stand_in(
        away(delegate=MARCUS), [view(number=n) for n in range(1, 8)], reader=READER
    ),
    "you_stand_in_for_less": lambda: news.you_stand_in_for_less(CUT, reader=READER),
    "you_no_longer_stand_in": lambda: news.you_no_longer_stand_in(away(delegate=MARCUS), reader=READER),
    "you_no_longer_stand_in_before_it_began": lambda: news.you_no_longer_stand_in(
        ahead(delegate=MARCUS), reader=READER
    ),
    "delegate_is_away": lambda: news.delegate_is_away(ahead(person=MARCUS), reader=READER),
    "team_paused": lambda: pauses.team_paused(paused(), reader=READER),
    "team_paused_until": lambda: pauses.team_paused(paused(date(2026, 4, 12)), reader=READER),
    "team_resumed": lambda: pauses.team_resumed(team("R&D")),
    "my_absences": lambda: messages.my_absences([away(delegate=MARCUS)], [], reader=READER),
    "my_absences_planned": lambda: messages.my_absences([ahead(), ahead()], [], reader=READER),
    "my_absences_of_others": lambda: messages.my_absences([], [away(person=MARCUS), away()], reader=READER),
    "my_absences_of_many_others": lambda: messages.my_absences([], [away()] * 5, reader=READER),
}
FORMS: dict[str, Callable[[], Form]] = {
    "away_form": lambda: forms.away_form(reader=READER, channel_id="C1"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "you_are_away": lambda: news.you_are_away(
        WORST, Shared([extreme()] * 20, 900), replaced=MANY, shortened=[WORST], left_alone=[WORST] * 9, reader=READER
    ),
    "you_are_not_away": lambda: news.you_are_not_away([WORST] * 20, reader=READER),
    "you_stand_in": lambda: news.you_stand_in(WORST, [extreme()] * 20, reader=READER),
    "you_no_longer_stand_in": lambda: news.you_no_longer_stand_in(WORST, reader=READER),
    "delegate_is_away": lambda: news.delegate_is_away(WORST, reader=READER),
    "delegate_is_gone": lambda: news.delegate_is_gone(WORST, reader=READER),
    "team_paused": lambda: pauses.team_paused(paused(date(2027, 12, 29), name=(NASTY * 3)[:80]), reader=READER),
    "my_absences": lambda: messages.my_absences([WORST] * 20, [WORST] * 20, reader=READER),
}


def test_who_is_there_and_stands_in_for_nobody_reads_nothing() -> None:
    assert messages.my_absences([], [], reader=READER) == Message("", [])


def test_a_fragment_has_one_block_at_most() -> None:
    assert len(messages.my_absences([WORST] * 20, [WORST] * 20, reader=READER).blocks) == 1


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (TODAY, TODAY, "today"),
        (TODAY, date(2026, 4, 12), "until Sun, Apr 12"),
        (date(2026, 3, 1), date(2026, 4, 12), "until Sun, Apr 12"),
        (date(2026, 4, 6), date(2026, 4, 6), "on Mon, Apr 6"),
        (date(2026, 12, 30), date(2027, 1, 3), "from Wed, Dec 30 to Sun, Jan 3, 2027"),
    ],
)
def test_days_are_said_as_they_are_seen_from_today(first: date, last: date, said: str) -> None:
    assert when(Days(first, last), READER) == said


def test_each_reader_reads_dates_their_own_way() -> None:
    british = replace(READER, locale="en-GB")
    assert when(ahead().days, british) == "from Mon 6 Apr to Sun 12 Apr"


def test_a_week_says_each_paused_team_once_by_name() -> None:
    teams = [
        paused(name="R&D", id=2),
        paused(date(2026, 4, 12)),
        paused(date(2026, 4, 12)),
        paused(date(2026, 3, 29), id=3),
    ]
    assert pauses.pauses_said(teams, reader=READER) == ("Growth is paused until Sun, Apr 12. R&amp;D is paused.")
    assert pauses.pauses_said([team()], reader=READER) == ""


def test_the_delegate_reads_nothing_of_what_is_hidden_from_them() -> None:
    told = news.you_stand_in(ahead(person=OLGA, delegate=person("Max", "UMAX")), [MOVED], reader=READER)
    assert "outcome" not in told.text.replace("how their outcomes move", "")
