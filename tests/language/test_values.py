"""Values as people type them: what is read, what is refused, and why."""

from decimal import Decimal as D

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.language.units import Unit
from bot.language.values import (
    LARGEST,
    NotAValue,
    read_value,
    read_value_and_note,
    split_value_and_note,
    write_change,
    write_value,
)

DAY, HOUR, MINUTE = 86_400, 3_600, 60
LOCALES = ["en-US", "en-GB", "de-DE", "fr-FR", "en-IN", "pt-BR", "de-CH", "ja-JP"]
UNITS = [
    *(Unit.parse(text) for text in ("number", "number:signups", "number:Anrufe", "number:paying users per week")),
    *(Unit.parse(f"money:{code}") for code in ("USD", "EUR", "GBP", "INR", "JPY", "BRL", "CHF", "CAD", "SEK", "XOF")),
    *(Unit.parse(f"duration:{span}") for span in ("seconds", "minutes", "hours", "days", "weeks")),
    Unit.parse("percent"),
]


def value_of(text: str, unit: str | None = None, locale: str = "en-US") -> D:
    return read_value(text, unit=Unit.parse(unit) if unit else None, locale=locale).value


def refusal(text: str, unit: str | None = None, locale: str = "en-US") -> str:
    with pytest.raises(NotAValue) as refused:
        read_value(text, unit=Unit.parse(unit) if unit else None, locale=locale)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("42", "42", "number"),
        ("  42  ", "42", "number"),
        ("42.", "42", "number"),
        ("007", "7", "number"),
        ("0", "0", "number"),
        ("-0", "0", "number"),
        (".5", "0.5", "number"),
        ("0.125", "0.125", "number"),
        ("1,250", "1250", "number"),
        ("1,250.5", "1250.5", "number"),
        ("1,250.125", "1250.125", "number"),
        ("1250.125", "1250.125", "number"),
        ("1,25,000", "125000", "number"),
        ("12,34,567.89", "1234567.89", "number"),
        ("1'250", "1250", "number"),
        ("1’250’000.5", "1250000.5", "number"),
        ("1\u202f250", "1250", "number"),
        ("1.250,5", "1250.5", "number"),
        ("-3", "-3", "number"),
        ("−3", "-3", "number"),
        ("–3", "-3", "number"),
        ("1e6", "1000000", "number"),
        ("2.5E3", "2500", "number"),
        ("25e-1", "2.5", "number"),
        ("10k", "10000", "number"),
        ("10 K", "10000", "number"),
        ("2.5bn", "2500000000", "number"),
        ("3 million", "3000000", "number"),
        ("10M", "10000000", "number"),
        ("5 lakh", "500000", "number"),
        ("2 crores", "20000000", "number"),
        ("٤٢", "42", "number"),
        ("४२", "42", "number"),
        ("４２", "42", "number"),
        ("37%", "37", "percent"),
        ("37 %", "37", "percent"),
        ("-2.5%", "-2.5", "percent"),
        ("３７％", "37", "percent"),
        ("37 percent", "37", "percent"),
        ("37 per cent", "37", "percent"),
        ("37pct", "37", "percent"),
        ("$1.2M", "1200000", "money:USD"),
        ("$10m", "10000000", "money:USD"),
        ("-$200", "-200", "money:USD"),
        ("$-200", "-200", "money:USD"),
        ("−$1,200.50", "-1200.5", "money:USD"),
        ("$300 CAD", "300", "money:CAD"),
        ("CA$300", "300", "money:CAD"),
        ("US$300", "300", "money:USD"),
        ("USD 300", "300", "money:USD"),
        ("usd300", "300", "money:USD"),
        ("300 usd", "300", "money:USD"),
        ("300 TRY", "300", "money:TRY"),
        ("300 dollars", "300", "money:USD"),
        ("€3.5M", "3500000", "money:EUR"),
        ("3.5 M€", "3500000", "money:EUR"),
        ("£20", "20", "money:GBP"),
        ("¥500", "500", "money:JPY"),
        ("₹5 lakh", "500000", "money:INR"),
        ("₹1,25,000", "125000", "money:INR"),
        ("Rs. 500", "500", "money:INR"),
        ("kr 200", "200", "money:SEK"),
        ("4 days", 4 * DAY, "duration:days"),
        ("1 day", DAY, "duration:days"),
        ("4d", 4 * DAY, "duration:days"),
        ("2.5 days", "216000", "duration:days"),
        ("2h 30m", 2 * HOUR + 30 * MINUTE, "duration:hours"),
        ("2h30m", 2 * HOUR + 30 * MINUTE, "duration:hours"),
        ("2h30", 2 * HOUR + 30 * MINUTE, "duration:hours"),
        ("2 hours and 30 minutes", 2 * HOUR + 30 * MINUTE, "duration:hours"),
        ("1 week, 2 days", 9 * DAY, "duration:weeks"),
        ("-2 h 30 min", -9000, "duration:hours"),
        ("45 min", 45 * MINUTE, "duration:minutes"),
        ("90 s", 90, "duration:seconds"),
        ("10k days", 10_000 * DAY, "duration:days"),
    ],
)
def test_a_value_names_its_own_unit_when_none_is_expected(text: str, value: str | int, unit: str) -> None:
    reading = read_value(text, unit=None, locale="en-US")
    assert (reading.value, str(reading.unit)) == (D(value), unit)


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1.250,5", "de-DE", "1250.5"),
        ("1.250", "de-DE", "1250"),
        ("1.250.000", "de-DE", "1250000"),
        ("3,5", "de-DE", "3.5"),
        ("€3,5 Mio", "de-DE", "3500000"),
        ("3,5 Mio. €", "de-DE", "3500000"),
        ("2 Mrd.", "de-DE", "2000000000"),
        ("37 Prozent", "de-DE", "37"),
        ("4 Tage", "de-DE", 4 * DAY),
        ("2 Std. 30 Min.", "de-DE", 9000),
        ("1 250,5", "fr-FR", "1250.5"),
        ("1\u202f250,5", "fr-FR", "1250.5"),
        ("1 250 500", "fr-FR", "1250500"),
        ("3.5", "fr-FR", "3.5"),
        ("3,5 M€", "fr-FR", "3500000"),
        ("2 milliards", "fr-FR", "2000000000"),
        ("4 jours", "fr-FR", 4 * DAY),
        ("1,25,000", "en-IN", "125000"),
        ("1,25,000.50", "en-IN", "125000.5"),
        ("1'250", "de-CH", "1250"),
        ("1’250.5", "de-CH", "1250.5"),
        ("CHF-200", "de-CH", "-200"),
        ("Fr. 200", "de-CH", "200"),
        ("R$ 1.200,50", "pt-BR", "1200.5"),
        ("2 mil", "pt-BR", "2000"),
        ("R$ 1,2 mi", "pt-BR", "1200000"),
        ("2 bi", "pt-BR", "2000000000"),
        ("1’200.–", "de-CH", "1200"),
        ("1200,- €", "de-DE", "1200"),
        ("2時間30分", "ja-JP", 9000),
        ("5万円", "ja-JP", "50000"),
        ("￥1,200", "ja-JP", "1200"),
        ("1 250,5", "sv-SE", "1250.5"),
    ],
)
def test_the_locale_decides_what_marks_and_words_mean(text: str, locale: str, value: str | int) -> None:
    assert value_of(text, locale=locale) == D(value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("42", "percent", "42"),
        ("42", "money:EUR", "42"),
        ("42", "duration:days", 42 * DAY),
        ("90", "duration:minutes", 90 * MINUTE),
        ("10m", "duration:hours", 10 * MINUTE),
        ("10m", "number", "10000000"),
        ("10m", "money:USD", "10000000"),
        ("36 hours", "duration:days", 36 * HOUR),
        ("42 signups", "number:signups", "42"),
        ("1 signup", "number:signups", "1"),
        ("42 Signups", "number:signups", "42"),
        ("10k signups", "number:signups", "10000"),
        ("18 months", "number:months", "18"),
        ("$300", "money:CAD", "300"),
        ("¥300", "money:CNY", "300"),
        ("300 try", "money:TRY", "300"),
        ("42 all", "money:ALL", "42"),
    ],
)
def test_a_bare_number_takes_the_expected_unit(text: str, unit: str, value: str | int) -> None:
    reading = read_value(text, unit=Unit.parse(unit), locale="en-US")
    assert (reading.value, str(reading.unit)) == (D(value), unit)


@pytest.mark.parametrize(
    ("text", "locale", "sentence"),
    [
        ("1.250", "en-US", "“1.250” is not clear. Did you mean 1,250 or 1.25?"),
        ("-1.250", "en-US", "“1.250” is not clear. Did you mean 1,250 or 1.25?"),
        ("$1.250M", "en-US", "“1.250” is not clear. Did you mean 1,250 or 1.25?"),
        ("1.125", "en-US", "“1.125” is not clear. Did you mean 1,125 or 1.1250?"),
        ("1,250", "de-DE", "“1,250” is not clear. Did you mean 1.250 or 1,25?"),
        ("1,250", "de-CH", "“1,250” is not clear. Did you mean 1’250 or 1.25?"),
        ("1.250", "fr-FR", "“1.250” is not clear. Did you mean 1\u202f250 or 1,25?"),
        ("12,34", "en-US", "“12,34” is not clear. Did you mean 12.34 or 1,234?"),
        ("12,34", "en-IN", "“12,34” is not clear. Did you mean 12.34 or 1,234?"),
        ("3,5", "en-US", "“3,5” is not clear. Did you mean 3.5 or 35?"),
        ("0,125", "en-US", "“0,125” is not clear. Did you mean 0.125 or 125?"),
        ("3.5", "de-DE", "“3.5” is not clear. Did you mean 3,5 or 35?"),
    ],
)
def test_a_number_with_two_readings_is_refused_with_both(text: str, locale: str, sentence: str) -> None:
    assert refusal(text, locale=locale) == sentence


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("4 days", "percent", "This measure is in percent; 4 days is a duration."),
        ("37%", "number", "This measure is a plain number; 37% is a percentage."),
        ("37%", "number:signups", "This measure counts signups; 37% is a percentage."),
        ("€300", "money:USD", "This measure is in USD; €300 is in EUR."),
        ("US$300", "money:CAD", "This measure is in CAD; US$300 is in USD."),
        ("4 days", "money:USD", "This measure is in USD; 4 days is a duration."),
        ("$4", "duration:days", "This measure is in days; $4 is in USD."),
        ("42 h", "number", "This measure is a plain number; 42 h is a duration."),
    ],
)
def test_another_unit_is_refused_by_naming_both(text: str, unit: str, sentence: str) -> None:
    assert refusal(text, unit) == sentence


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("", None, "Type a value, such as 42."),
        ("   ", "money:USD", "Type a value, such as $1,200."),
        ("", "duration:days", "Type a value, such as 4 days."),
        ("nan", None, "not a value I can read"),
        ("inf", None, "not a value I can read"),
        ("-Infinity", None, "not a value I can read"),
        ("forty-two", None, "not a value I can read"),
        ("- 3", None, "not a value I can read"),
        ("--3", None, "not a value I can read"),
        ("(3)", None, "Type a minus sign"),
        ("($200)", "money:USD", "Type a minus sign"),
        ("+3", None, "could be a change"),
        ("½", None, "Type a decimal instead of a fraction, such as 0.5."),
        ("2½", None, "Type a decimal instead of a fraction"),
        ("4 and a half days", "duration:days", "Type a decimal instead of a fraction"),
        ("~42", None, "Type one exact value"),
        ("about 42", None, "Type one exact value"),
        (">42", None, "Type one exact value"),
        ("1,2,3", None, "not a number I can read"),
        ("1.2.3", None, "not a number I can read"),
        ("1,250,5", None, "not a number I can read"),
        ("1:30", None, "1:30 could be hours or minutes. Type 1 h 30 min, or 1 min 30 s."),
        ("1:30", "duration:hours", "could be hours or minutes"),
        ("40-50", None, "not a range"),
        ("40 to 50", None, "not a range"),
        ("42/50", None, "worked out"),
        ("42 of 50", "percent", "worked out"),
        ("1 250", None, "more than one number"),
        ("42 because", None, "I read 42, but not “because”. Type only the value, such as 42."),
        ("42 users", "number:signups", "I read 42, but not “users”."),
        ("42abc", None, "I read 42, but not “abc”."),
        ("42²", None, "I read 42, but not “²”."),
        ("1e19", None, "too large"),
        ("-1e19", None, "too large"),
        ("1e999999999999999999999", None, "too large"),
        ("1" * 5000, None, "too long"),
        ("9" * 20, None, "too large"),
        ("40 tn weeks", None, "too large"),
        ("0.1234567", None, "too many decimals"),
        ("1e-7", None, "too many decimals"),
        ("1e-999999999", None, "too many decimals"),
        ("10m", None, "could be millions or minutes"),
        ("3 months", "duration:days", "A month has no fixed length."),
        ("1 year", None, "A year has no fixed length."),
        ("30 min 2 h", None, "Type the longest part first"),
        ("2 h 3 h", None, "Type the longest part first"),
        ("$300 EUR", None, "names two currencies"),
        ("5 percentage points", "percent", "is a change"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_type(text: str, unit: str | None, said: str) -> None:
    assert said in refusal(text, unit)


def test_billion_is_refused_where_it_means_another_number() -> None:
    assert "differs between languages" in refusal("2 billion", locale="de-DE")
    assert "differs between languages" in refusal("2 mil")
    assert value_of("2 billion") == D(2_000_000_000)


def test_a_refusal_quotes_no_more_than_a_line() -> None:
    sentence = refusal("\u0000junk\n" * 1000)
    assert len(sentence) < 160
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "unit", "value", "note"),
    [
        ("42 because the email shipped", "number", "42", "the email shipped"),
        ("42, because the email shipped", "number", "42", "the email shipped"),
        ("4 because days are short", "duration:days", "4", "days are short"),
        ("42 because k is large", "number", "42", "k is large"),
        ("42 BECAUSE OF the email", "number", "42", "the email"),
        ("37% – note here", "percent", "37%", "note here"),
        ("37%–note here", "percent", "37%", "note here"),
        ("42: note: the email", "number", "42", "the email"),
        ("42 note: the email", "number", "42", "the email"),
        ("4 days after the fix", "duration:days", "4 days", "after the fix"),
        ("$1.2M closed two deals", "money:USD", "$1.2M", "closed two deals"),
        ("$1.2M 2 deals closed", "money:USD", "$1.2M", "2 deals closed"),
        ("42", "number", "42", ""),
        ("42.", "number", "42", ""),
        ("42. The email shipped.", "number", "42", "The email shipped."),
        ("42 (the email shipped)", "number", "42", "the email shipped"),
        ("42 (a) and (b)", "number", "42", "(a) and (b)"),
        ("42\nthe email shipped", "number", "42", "the email shipped"),
        ("42 - 10 of them churned", "number", "42", "10 of them churned"),
        ("42, 100 more to go", "number", "42", "100 more to go"),
        ("42 w/ new pricing", "number", "42", "w/ new pricing"),
        ("42 s-curve is over", "number", "42", "s-curve is over"),
        ("42 all good", "number", "42", "all good"),
        ("42 TRY AGAIN", "number", "42", "TRY AGAIN"),
        ("42 won deals", "number", "42", "won deals"),
        ("42 real users", "number", "42", "real users"),
        ("42 mad customers", "number", "42", "mad customers"),
        ("42 since Monday", "number", "42", "since Monday"),
        ("42 signups and 3 upgrades", "number:signups", "42 signups", "and 3 upgrades"),
        ("37% of 120 leads", "percent", "37%", "of 120 leads"),
        ("2h 30m after the fix", "duration:hours", "2h 30m", "after the fix"),
        ("4 days, 3 new bugs", "duration:days", "4 days", "3 new bugs"),
        ("$4 days late", "money:USD", "$4", "days late"),
        ("42 😀", "number", "42", "😀"),
        ("42 \u200fשלום", "number", "42", "\u200fשלום"),
        ("the email shipped", "number", "", "the email shipped"),
        ("", "number", "", ""),
    ],
)
def test_a_reply_is_a_value_and_a_note(text: str, unit: str, value: str, note: str) -> None:
    assert split_value_and_note(text, unit=Unit.parse(unit), locale="en-US") == (value, note)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("1:30 because it was slow", "duration:hours"),
        ("40-50 because of noise", "number"),
        ("40 - 50", "number"),
        ("40% – 50%", "percent"),
        ("40 to 50 people", "number"),
        ("42 of 50 answered", "percent"),
        ("42/50 answered", "percent"),
        ("42+ answered", "number"),
        ("42 100 answered", "number"),
        ("42 -10 left", "number"),
        ("42 m2", "number"),
        ("42nd place", "number"),
        ("40 -> 42", "number"),
        ("40% → 42% now", "percent"),
        ("42½ points", "number"),
        ("4 and a half days", "duration:days"),
        ("$1.2M/month now", "money:USD"),
        ("2h 30 late", "duration:hours"),
        ("4 working days", "duration:hours"),
        ("4 h/week on average", "duration:hours"),
        ("300 Canadian dollars", "money:USD"),
        ("3 hundred thousand", "number"),
        ("2 mil so far", "number"),
        ("2 mi so far", "number"),
        ("1.250 because it grew", "number"),
        ("10k€ because it grew", "money:USD"),
        ("+3 because it grew", "number"),
        ("~42 because it grew", "number"),
        ("it grew", "number"),
    ],
)
def test_a_reply_whose_value_is_unsure_is_refused_rather_than_cut(text: str, unit: str) -> None:
    with pytest.raises(NotAValue):
        read_value_and_note(text, unit=Unit.parse(unit), locale="en-US")


def test_a_reply_is_read_in_one_step() -> None:
    reading, note = read_value_and_note("37% because the email shipped", unit=Unit("percent"), locale="en-US")
    assert (reading.value, note) == (D(37), "the email shipped")


@pytest.mark.parametrize(
    ("value", "unit", "locale", "text"),
    [
        ("1250.5", "number", "en-US", "1,250.5"),
        ("1250.5", "number", "de-DE", "1.250,5"),
        ("1250.5", "number", "fr-FR", "1\u202f250,5"),
        ("1250.5", "number", "de-CH", "1’250.5"),
        ("12500000", "number", "en-IN", "1,25,00,000"),
        ("1.125", "number", "en-US", "1.1250"),
        ("0.125", "number", "en-US", "0.125"),
        ("42", "number:signups", "en-US", "42 signups"),
        ("37", "percent", "en-US", "37%"),
        ("37", "percent", "de-DE", "37\u00a0%"),
        ("1200000", "money:USD", "en-US", "$1,200,000"),
        ("-1200000", "money:USD", "en-US", "-$1,200,000"),
        ("1250.5", "money:USD", "en-US", "$1,250.50"),
        ("1250.5", "money:EUR", "de-DE", "1.250,50\u00a0€"),
        ("-200", "money:CHF", "de-CH", "CHF-200"),
        ("300", "money:CAD", "en-US", "CA$300"),
        ("200", "money:SEK", "en-US", "SEK\u00a0200"),
        (4 * DAY, "duration:days", "en-US", "4 days"),
        (DAY, "duration:days", "en-US", "1 day"),
        (0, "duration:days", "en-US", "0 days"),
        (DAY * 5 // 2, "duration:days", "en-US", "2.5 days"),
        (DAY + HOUR, "duration:days", "en-US", "1 d 1 h"),
        (9000, "duration:hours", "en-US", "2 h 30 min"),
        (-9000, "duration:hours", "en-US", "-2 h 30 min"),
        (90000, "duration:hours", "en-US", "25 hours"),
        (1800, "duration:hours", "en-US", "30 minutes"),
        ("90.5", "duration:seconds", "en-US", "90.5 seconds"),
    ],
)
def test_a_value_is_written_exactly_and_as_its_reader_would(
    value: str | int, unit: str, locale: str, text: str
) -> None:
    assert write_value(D(value), Unit.parse(unit), locale=locale) == text


@pytest.mark.parametrize(
    ("before", "after", "unit", "text"),
    [
        (37, 42, "percent", "+5 percentage points"),
        (42, 41, "percent", "-1 percentage point"),
        (42, 42, "percent", "no change"),
        (1_000_000, 1_200_000, "money:USD", "+$200,000"),
        (1_200_000, 1_000_000, "money:USD", "-$200,000"),
        (4 * DAY, 2 * DAY, "duration:days", "-2 days"),
        (40, 42, "number:signups", "+2 signups"),
    ],
)
def test_a_change_has_a_sign_and_a_size(before: int, after: int, unit: str, text: str) -> None:
    assert write_change(D(before), D(after), Unit.parse(unit), locale="en-US") == text


values = st.decimals(min_value=-LARGEST, max_value=LARGEST, places=6) | st.decimals(-2000, 2000, places=3)
locales = st.sampled_from(LOCALES)
units = st.sampled_from(UNITS)
pieces = [
    "1",
    "250",
    "000",
    "k",
    "m",
    "M",
    "bn",
    "days",
    "h",
    "30",
    "min",
    "USD",
    "usd",
    "signups",
    "because",
    "\u00a0",
]
pieces += [
    "\u202f",
    "٤",
    "４",
    "e",
    "e6",
    "lakh",
    "of",
    "to",
    "and",
    " ",
    "CHF",
    "R$",
    *"0123456789.,'- +–−%$€£¥₹½²()/:",
]
bits = st.sampled_from(pieces)
typed = st.lists(bits, max_size=10).map("".join) | st.text(max_size=40)


@given(values, units, locales)
@settings(max_examples=400, deadline=None)
@example(D("1.125"), Unit("number"), "en-US")
@example(D("-0.000001"), Unit.parse("duration:weeks"), "fr-FR")
def test_what_is_written_is_read_back(value: D, unit: Unit, locale: str) -> None:
    reading = read_value(write_value(value, unit, locale=locale), unit=unit, locale=locale)
    assert (reading.value, reading.unit) == (value, unit)


@settings(deadline=None)
@given(values, units, locales, st.sampled_from(["because it grew", "– it grew", "it grew"]))
def test_what_is_written_is_found_before_a_note(value: D, unit: Unit, locale: str, note: str) -> None:
    written = write_value(value, unit, locale=locale)
    assert read_value_and_note(f"{written} {note}", unit=unit, locale=locale) == (
        read_value(written, unit=unit, locale=locale),
        "it grew",
    )


@given(typed, st.none() | units, locales)
@settings(max_examples=600, deadline=None)
def test_no_text_is_ever_more_than_read_or_refused(text: str, unit: Unit | None, locale: str) -> None:
    value_text, note = split_value_and_note(text, unit=unit, locale=locale)
    assert len(value_text) + len(note) <= len(text) + 10
    try:
        reading = read_value(text, unit=unit, locale=locale)
    except NotAValue:
        return
    assert abs(reading.value) <= LARGEST
    assert read_value(value_text, unit=unit, locale=locale) == reading
    again = read_value(write_value(reading.value, reading.unit, locale=locale), unit=reading.unit, locale=locale)
    assert again.value == reading.value


@settings(deadline=None)
@given(st.decimals(0, 10**12, places=2), st.decimals(0, 10**12, places=2), units, locales)
def test_a_change_has_the_sign_of_its_direction(before: D, after: D, unit: Unit, locale: str) -> None:
    change = write_change(before, after, unit, locale=locale)
    sign = "+" if after > before else "-"
    assert change == "no change" if before == after else change.startswith(sign)


@pytest.mark.parametrize("locale", ["es-LA", "xx-YY", "", "ar-EG", "he-IL", "sv-SE", "ko-KR", "zh-TW", "not a locale"])
def test_every_locale_slack_may_send_can_read_what_it_writes(locale: str) -> None:
    for unit in UNITS:
        for value in (D("-1234567.5"), D("1.125"), D(3)):
            assert value_of(write_value(value, unit, locale=locale), str(unit), locale) == value


def test_a_text_of_eight_thousand_letters_is_read_at_once() -> None:
    for text in ("1," * 4000, "1 " * 4000, "42 " + "x" * 8000, "2h " * 2700, "((((" * 2000, "-" * 8000, "1e" * 4000):
        split_value_and_note(text, unit=None, locale="fr-FR")
        with pytest.raises(NotAValue):
            read_value(text, unit=None, locale="fr-FR")
