"""Dates as people type them. Today is Wednesday, 18 November 2026, unless a test says otherwise."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.dates import NotADate, read_date, write_age, write_date, write_span

TODAY = date(2026, 11, 18)
LOCALES = ["en-US", "en-GB", "de-DE", "fr-FR", "en-IN", "pt-BR", "de-CH", "ja-JP"]


def read(text: str, locale: str = "en-US", today: date = TODAY) -> str:
    return read_date(text, today=today, locale=locale).isoformat()


def refusal(text: str, locale: str = "en-US") -> str:
    with pytest.raises(NotADate) as refused:
        read_date(text, today=TODAY, locale=locale)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-31", "2027-03-31"),
        ("2027/3/31", "2027-03-31"),
        ("2025-01-02", "2025-01-02"),
        ("２０２７-０３-３１", "2027-03-31"),
        ("3/31", "2027-03-31"),
        ("3/31/2027", "2027-03-31"),
        ("3/31/27", "2027-03-31"),
        ("12-31-2026", "2026-12-31"),
        ("4/5", "2027-04-05"),
        ("11/18", "2026-11-18"),
        ("11/17", "2027-11-17"),
        ("today", "2026-11-18"),
        ("Today", "2026-11-18"),
        ("tomorrow", "2026-11-19"),
        ("tmrw", "2026-11-19"),
        ("the day after tomorrow", "2026-11-20"),
        ("yesterday", "2026-11-17"),
        ("eod", "2026-11-18"),
        ("friday", "2026-11-20"),
        ("fri", "2026-11-20"),
        ("by friday", "2026-11-20"),
        ("on Fri", "2026-11-20"),
        ("Friday.", "2026-11-20"),
        ("this friday", "2026-11-20"),
        ("this sun", "2026-11-22"),
        ("next friday", "2026-11-27"),
        ("next monday", "2026-11-23"),
        ("monday", "2026-11-23"),
        ("wednesday", "2026-11-25"),
        ("this wednesday", "2026-11-18"),
        ("next wednesday", "2026-11-25"),
        ("in 10 days", "2026-11-28"),
        ("in 2 weeks", "2026-12-02"),
        ("in two weeks", "2026-12-02"),
        ("in a week", "2026-11-25"),
        ("in a month", "2026-12-18"),
        ("in 3 months", "2027-02-18"),
        ("in a quarter", "2027-02-18"),
        ("in 1 year", "2027-11-18"),
        ("2 weeks from now", "2026-12-02"),
        ("10 days from today", "2026-11-28"),
        ("end of week", "2026-11-20"),
        ("eow", "2026-11-20"),
        ("end of next week", "2026-11-27"),
        ("start of next week", "2026-11-23"),
        ("end of month", "2026-11-30"),
        ("end of the month", "2026-11-30"),
        ("the end of the month", "2026-11-30"),
        ("by the end of the month", "2026-11-30"),
        ("end of this month", "2026-11-30"),
        ("end of next month", "2026-12-31"),
        ("month end", "2026-11-30"),
        ("eom", "2026-11-30"),
        ("EOQ", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("end of quarter", "2026-12-31"),
        ("end of next quarter", "2027-03-31"),
        ("end of year", "2026-12-31"),
        ("end of next year", "2027-12-31"),
        ("mid month", "2026-12-15"),
        ("mid-month", "2026-12-15"),
        ("start of next quarter", "2027-01-01"),
        ("Q1", "2027-03-31"),
        ("Q3", "2027-09-30"),
        ("q4", "2026-12-31"),
        ("end of Q1", "2027-03-31"),
        ("end of Q1 2028", "2028-03-31"),
        ("Q1 '28", "2028-03-31"),
        ("2028-Q1", "2028-03-31"),
        ("2028 Q1", "2028-03-31"),
        ("start of Q2", "2027-04-01"),
        ("mid Q1", "2027-02-15"),
        ("mid March", "2027-03-15"),
        ("mid-March", "2027-03-15"),
        ("end of March", "2027-03-31"),
        ("end March", "2027-03-31"),
        ("end of February 2028", "2028-02-29"),
        ("beginning of May", "2027-05-01"),
        ("March 31", "2027-03-31"),
        ("Mar. 31", "2027-03-31"),
        ("March 31st", "2027-03-31"),
        ("March 31, 2027", "2027-03-31"),
        ("31 March", "2027-03-31"),
        ("31 March 2027", "2027-03-31"),
        ("31st of March", "2027-03-31"),
        ("the 31st of March 2027", "2027-03-31"),
        ("31-Mar-2027", "2027-03-31"),
        ("1 Sept", "2027-09-01"),
        ("may 5", "2027-05-05"),
        ("feb 29", "2028-02-29"),
        ("Nov 18", "2026-11-18"),
        ("Nov 17", "2027-11-17"),
        ("Wed 31 Mar 2027", "2027-03-31"),
        ("Wed, Mar 31, 2027", "2027-03-31"),
        ("Wednesday 31 March", "2027-03-31"),
        ("Fri 6 Mar", "2026-03-06"),
        ("3月31日", "2027-03-31"),
        ("2027年3月31日", "2027-03-31"),
    ],
)
def test_a_date_is_read_as_people_type_it(text: str, day: str) -> None:
    assert read(text) == day


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("31.12.2026", "de-DE", "2026-12-31"),
        ("31.12.26", "de-DE", "2026-12-31"),
        ("31.12.", "de-DE", "2026-12-31"),
        ("31.12", "de-DE", "2026-12-31"),
        ("4.5", "de-DE", "2027-05-04"),
        ("31/3", "en-GB", "2027-03-31"),
        ("4/5", "en-GB", "2027-05-04"),
        ("4/5", "en-US", "2027-04-05"),
        ("4/5", "fr-FR", "2027-05-04"),
        ("4/5", "ja-JP", "2027-04-05"),
        ("27/4/5", "ja-JP", "2027-04-05"),
        ("5.5.2027", "en-US", "2027-05-05"),
        ("31. März", "de-DE", "2027-03-31"),
        ("31. März 2027", "de-DE", "2027-03-31"),
        ("31 mars", "fr-FR", "2027-03-31"),
        ("1 avril 2027", "fr-FR", "2027-04-01"),
        ("31 de março de 2027", "pt-BR", "2027-03-31"),
        ("31 March", "fr-FR", "2027-03-31"),
        ("morgen", "de-DE", "2026-11-19"),
        ("demain", "fr-FR", "2026-11-19"),
        ("in 2 Wochen", "de-DE", "2026-12-02"),
        ("dans 2 semaines", "fr-FR", "2026-12-02"),
        ("next friday", "de-DE", "2026-11-27"),
    ],
)
def test_the_locale_decides_the_order_and_adds_its_language(text: str, locale: str, day: str) -> None:
    assert read(text, locale) == day


@pytest.mark.parametrize(
    ("text", "locale", "sentence"),
    [
        (
            "31/3",
            "en-US",
            "“31/3” would be month 31, since your dates put the month first. If you mean 31 March, type 2027-03-31.",
        ),
        (
            "3/31",
            "en-GB",
            "“3/31” would be month 31, since your dates put the day first. If you mean 31 March, type 2027-03-31.",
        ),
        ("4.5.2027", "en-US", "“4.5.2027” could be 5 April or 4 May. Type 2027-04-05 or 2027-05-04."),
        ("sun", "en-US", "Did you mean Sunday? Type sunday, or 2026-11-22."),
        ("may", "en-US", "Which day in May? Type a date such as May 15, or end of May."),
        ("March 2027", "en-US", "Which day in March? Type a date such as March 15, or end of March."),
        ("next week", "en-US", "Which day of that week? Type a date, or end of next week."),
        ("2 weeks", "en-US", "Did you mean in 2 weeks? Type it so, or a date such as 2026-11-18."),
        ("Mon 31 Mar 2027", "en-US", "31 March 2027 is a Wednesday, not a Monday. Type 2027-03-31 if you mean it."),
        ("feb 30", "en-US", "February has no day 30. Type another date."),
        ("2027-02-29", "en-US", "February 2027 has no day 29. Type another date."),
        ("start of this month", "en-US", "“start of this month” was 1 November, which is past. Type a coming date."),
        ("in 9999 years", "en-US", "“in 9999 years” is too far away. Type a date before 2200."),
        ("3027-03-31", "en-US", "The year 3027 is out of reach. Type a year from 1900 to 2199."),
        ("", "en-US", "Type a date, such as 2026-11-18, next friday or end of Q1."),
    ],
)
def test_a_date_that_is_none_or_two_is_refused_with_what_to_type(text: str, locale: str, sentence: str) -> None:
    assert refusal(text, locale) == sentence


JUNK = (
    "5|42|0|1.5e3|may|march|mar|sun|sat|wed|now|noon|tonight|soon|asap|never|a|in|end|mid|next|this|q|q0|"
    "q5|2027|2027-03|20270331|1700000000|12:30|5pm|10h|5 days|2 weeks|2 weeks ago|last friday|next month|"
    "next quarter|next year|this week|early march|late may|march 5 at 10|friday 5pm|2 march hello|may 42|"
    "32 march|13/13|0/0|99/99/99|1/2/3/4|1/2/3|3-31|3/|/|.|-|42 because|fri mar|1 2 3|half|end of|"
    "end of day 5|in days|in 0.5 weeks|in -2 days|tomorrow at noon|the|first of|1st|EST|UTC|z|m|d|s|"
    "<!channel>|😀|2027-03-31T00:00|2027-03-31 12:00"
)


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "de-DE", "fr-FR", "ja-JP"])
@pytest.mark.parametrize(
    "text",
    JUNK.split("|"),
)
def test_junk_is_never_guessed(text: str, locale: str) -> None:
    with pytest.raises(NotADate):
        read_date(text.strip(), today=TODAY, locale=locale)


@pytest.mark.parametrize(("text", "locale"), [("Mai", "de-DE"), ("So", "de-DE"), ("mar", "fr-FR"), ("5 Tage", "de-DE")])
def test_junk_is_not_guessed_in_other_languages(text: str, locale: str) -> None:
    assert "is not a date I can read" in refusal(text, locale) or "Which day" in refusal(text, locale)


def test_a_weekday_on_that_weekday_is_a_week_away_unless_it_is_this_one() -> None:
    friday = date(2026, 11, 20)
    assert read("friday", today=friday) == "2026-11-27"
    assert read("this friday", today=friday) == "2026-11-20"
    assert read("next friday", today=friday) == "2026-11-27"


def test_next_friday_on_a_sunday_is_in_the_week_that_begins_tomorrow() -> None:
    assert read("next friday", today=date(2026, 11, 22)) == "2026-11-27"


def test_the_last_day_of_a_period_is_still_its_end() -> None:
    last = date(2026, 12, 31)
    assert {read(text, today=last) for text in ("eom", "eoq", "eoy", "Q4", "Dec 31", "12/31")} == {"2026-12-31"}
    assert read("Q4", today=date(2027, 1, 1)) == "2027-12-31"


def test_a_month_later_ends_with_the_month() -> None:
    assert read("in a month", today=date(2027, 1, 31)) == "2027-02-28"


@pytest.mark.parametrize(
    ("day", "locale", "text"),
    [
        (date(2027, 3, 31), "en-US", "Wed, Mar 31, 2027"),
        (date(2027, 3, 31), "en-GB", "Wed 31 Mar 2027"),
        (date(2027, 3, 31), "de-DE", "Wed 31 Mar 2027"),
        (date(2026, 12, 4), "en-US", "Fri, Dec 4"),
        (date(2026, 12, 4), "en-GB", "Fri 4 Dec"),
        (date(2026, 12, 4), "ja-JP", "Fri, Dec 4"),
    ],
)
def test_a_date_is_written_in_the_order_of_the_locale(day: date, locale: str, text: str) -> None:
    assert write_date(day, today=TODAY, locale=locale) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "today"),
        (1, "yesterday"),
        (3, "3 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (35, "5 weeks ago"),
        (91, "13 weeks ago"),
        (92, "3 months ago"),
        (729, "23 months ago"),
        (730, "2 years ago"),
        (-1, "tomorrow"),
        (-3, "in 3 days"),
        (-21, "in 3 weeks"),
    ],
)
def test_an_age_is_told_in_the_span_people_think_in(days: int, text: str) -> None:
    assert write_age(days) == text


def test_starting_up_does_not_wait_for_dateparser() -> None:
    program = "import sys, bot.language.dates, bot.language.values; sys.exit('dateparser' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_span_has_a_singular() -> None:
    assert (write_span(1), write_span(5), write_span(35)) == ("1 day", "5 days", "5 weeks")


days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
pieces = "end of mid start this next the in a 2 10 week month quarter year days friday sun march may q1 q3 31 4 5 2027 "
pieces += "/ - . , 3/31 31.12. eom tomorrow today from now 31st Mai mars heute demain ' ago"
typed = st.lists(st.sampled_from(pieces.split(" ")), max_size=6).map(" ".join) | st.text(max_size=30)


@given(days, days, st.sampled_from(LOCALES))
@settings(max_examples=300, deadline=None)
def test_a_date_written_is_read_back(day: date, today: date, locale: str) -> None:
    assert read_date(write_date(day, today=today, locale=locale), today=today, locale=locale) == day


@settings(deadline=None)
@given(days, st.integers(-300, 365), st.sampled_from(LOCALES))
def test_a_near_date_written_is_read_back(today: date, away: int, locale: str) -> None:
    day = today + timedelta(days=away)
    assert read_date(write_date(day, today=today, locale=locale), today=today, locale=locale) == day


@given(typed, days, st.sampled_from(LOCALES))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_date_or_refused(text: str, today: date, locale: str) -> None:
    try:
        day = read_date(text, today=today, locale=locale)
    except NotADate:
        return
    assert 1900 <= day.year <= 2199


@given(days, st.sampled_from(["friday", "this friday", "Q3", "eom", "end of week", "mid March", "3/31", "31 March"]))
def test_a_date_without_a_year_is_never_past(today: date, text: str) -> None:
    assert read_date(text, today=today, locale="en-US") >= today


@given(days, st.sampled_from(["monday", "wednesday", "sunday"]))
def test_weekdays_come_in_order(today: date, day: str) -> None:
    this, bare, following = (
        read_date(f"{which}{day}", today=today, locale="en-US") for which in ("this ", "", "next ")
    )
    assert this <= bare <= following or following - today <= timedelta(days=7)
    assert this.weekday() == bare.weekday() == following.weekday()


@given(st.integers(0, 4000), st.integers(0, 4000))
def test_an_older_thing_is_never_said_to_be_younger(one: int, other: int) -> None:
    lengths = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0}

    def told(days: int) -> float:
        count, span = write_span(days).split()
        return int(count) * lengths[span.rstrip("s")]

    assert told(min(one, other)) <= told(max(one, other))
