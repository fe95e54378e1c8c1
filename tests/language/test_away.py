"""Whether a status says that somebody is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.away import AWAY_EMOJI, status_says_away


@pytest.mark.parametrize(
    ("emoji", "text"),
    [
        (":palm_tree:", "Vacationing"),
        (":face_with_thermometer:", "Out sick"),
        (":palm_tree:", ""),
        (":palm_tree::skin-tone-3:", "Bali"),
        ("", "OOO"),
        ("", "On holiday, see you in May"),
        (":baby:", "On parental leave"),
        (":airplane:", "PTO until 6 March"),
        ("", "Out of the office"),
        ("", "OOO, back tomorrow"),
        ("", "Out of office • back after Easter"),
        ("", "On vacation until next week"),
        ("", "Sick, not working"),
        ("", "OOO, call me if it burns"),
        ("", "Vacation, no laptop"),
        ("", "Public holiday"),
        ("", "Out of office • Google Calendar"),
        ("", "Im Urlaub, wieder da ab Montag"),
        (":palm_tree:", "Back on Monday"),
        ("", "Im Urlaub"),
        ("", "Krankgeschrieben"),
        ("", "En congé maternité"),
        ("", "En vacances"),
        ("", "De vacaciones"),
        ("", "De baja por enfermedad"),
        ("", "De férias"),
        ("", "In ferie"),
        ("", "Assente per malattia"),
        ("", "Met vakantie"),
        ("", "休暇中"),
        ("", "휴가 중"),
        ("", "休假中"),
    ],
)
def test_vacation_sickness_and_out_of_office_are_away(emoji: str, text: str) -> None:
    assert status_says_away(emoji, text)


@pytest.mark.parametrize(
    ("emoji", "text"),
    [
        ("", ""),
        (":spiral_calendar_pad:", "In a meeting"),
        (":bus:", "Commuting"),
        (":house_with_garden:", "Working remotely"),
        (":palm_tree:", "Working remotely"),
        (":palm_tree:", "Back from vacation"),
        ("", "Vacation tomorrow"),
        ("", "OOO next week"),
        ("", "Urlaub ab Freitag"),
        ("", "Demain en vacances"),
        ("", "Not sick"),
        ("", "Not yet on vacation"),
        ("", "Back on Monday"),
        ("", "In a meeting • Google Calendar"),
        (":palm_tree:", "On a call"),
        ("", "No longer on vacation"),
        ("", "Sick of meetings"),
        ("", "OOO this afternoon"),
        ("", "Planning the holiday party"),
        ("", "Crypto and adoption"),
        ("", "Vacationland is the best song"),
        (":rocket:", "Shipping"),
    ],
)
def test_work_and_another_day_are_not(emoji: str, text: str) -> None:
    assert not status_says_away(emoji, text)


@given(st.text(" .,!-•0123456789", max_size=60), st.sampled_from(sorted(AWAY_EMOJI)))
def test_words_that_say_there_win_whatever_stands_beside_them(text: str, emoji: str) -> None:
    assert not status_says_away(f":{emoji}:", f"{text} working remotely {text}")
