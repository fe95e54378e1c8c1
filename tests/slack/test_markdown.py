"""Nothing a person types can become Markdown in a canvas."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.markdown import bold, bulleted, heading, plain, table

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
"""A backslash before punctuation stands for the punctuation (CommonMark, 2.4)."""
LIVE = re.compile(r"(?<!\\)(?:\\\\)*(?:!\[|\]\(|[*_`~<>|\[\]]|&#?\w+;)")

hostile = st.lists(
    st.sampled_from(["![](@U123)", "[a](http://b)", "**", "__", "`", "~~", "<b>", "&lt;", "|", "\\", "\n", "# ", "1. "])
    | st.text(max_size=4)
).map("".join)


@given(hostile)
def test_what_is_typed_is_shown_as_it_was_typed(text: str) -> None:
    assert ESCAPED.sub(r"\1", plain(text)) == " ".join(text.split())


@given(hostile)
def test_what_is_typed_means_nothing(text: str) -> None:
    assert not LIVE.search(plain(text))


@given(st.sampled_from(["1.", "12)", "-", "+", "#"]), hostile)
def test_what_is_typed_begins_no_list_and_no_heading(beginning: str, text: str) -> None:
    assert not re.match(r"(\d{1,9}[.)]|[-+#])\s", plain(f"{beginning} {text}"))


@given(st.lists(hostile, min_size=2, max_size=2), st.lists(hostile, min_size=2, max_size=2))
def test_a_table_has_the_cells_that_it_was_given(head: list[str], row: list[str]) -> None:
    lines = table(head, [row]).split("\n")
    assert [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines] == [3, 3, 3]


def test_ordinary_words_and_figures_stay_as_they_are() -> None:
    said = "OUT-1 8% → 10.5%, R&D (Tue, Mar 3); 1.5 hours. Why? See a_b!"
    assert plain(said) == said.replace("_", "\\_")


def test_the_shapes() -> None:
    assert heading(2, "What # moved") == "## What \\# moved"
    assert bold("") == ""
    assert bulleted([bold("a*b"), "c"]) == "- **a\\*b**\n- c"
