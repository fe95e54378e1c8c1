"""Units as people choose them, and as the database keeps them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.units import NotAUnit, Unit, read_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("", "number"),
        ("number", "number"),
        ("Count", "number"),
        ("#", "number"),
        ("%", "percent"),
        ("percent", "percent"),
        ("Per cent", "percent"),
        ("$", "money:USD"),
        ("€", "money:EUR"),
        ("USD", "money:USD"),
        ("eur", "money:EUR"),
        ("CA$", "money:CAD"),
        ("euros", "money:EUR"),
        ("TRY", "money:TRY"),
        ("days", "duration:days"),
        ("Day", "duration:days"),
        ("h", "duration:hours"),
        ("hrs", "duration:hours"),
        ("minutes", "duration:minutes"),
        ("weeks", "duration:weeks"),
        ("signups", "number:signups"),
        ("  paying   users ", "number:paying users"),
        ("NPS", "number:NPS"),
        ("months", "number:months"),
        ("Anrufe/Tag", "number:Anrufe/Tag"),
        ("ग्राहक", "number:ग्राहक"),
        ("try", "number:try"),
        ("all", "number:all"),
    ],
)
def test_a_unit_is_chosen_by_its_sign_its_name_or_a_noun(text: str, unit: str) -> None:
    assert str(read_unit(text, "en-US")) == unit


def test_the_dollar_is_the_one_of_the_persons_country() -> None:
    assert str(read_unit("$", "en-CA")) == "money:CAD"
    assert str(read_unit("kr", "nb-NO")) == "money:NOK"


@pytest.mark.parametrize("text", ["42", "k", "million", "x", "-", "users\u00b2", "a" * 41, "signups!", "😀"])
def test_what_cannot_stand_after_a_number_is_no_unit(text: str) -> None:
    with pytest.raises(NotAUnit, match="cannot be a unit"):
        read_unit(text, "en-US")


@pytest.mark.parametrize(
    "text",
    ["", "numbers", "percent:x", "money", "money:", "money:XYZ", "duration", "duration:months", "number:4", "number:k"],
)
def test_only_a_units_own_text_is_parsed(text: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        Unit.parse(text)


@settings(deadline=None)
@given(st.text(max_size=50), st.sampled_from(["en-US", "de-DE", "ja-JP"]))
def test_every_unit_read_survives_the_database(text: str, locale: str) -> None:
    try:
        unit = read_unit(text, locale)
    except NotAUnit:
        return
    assert Unit.parse(str(unit)) == unit
    assert len(str(unit)) <= 60
