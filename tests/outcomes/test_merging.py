"""Two edits that meet: nothing is overwritten unseen."""

from hypothesis import given
from hypothesis import strategies as st

from bot.outcomes.rules.merging import merge

FIELDS = ["statement", "target", "due", "why"]
TEXT = st.sampled_from(["", "12%", "14%", "end of Q1"])
FORM = st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT))


def test_what_only_the_other_changed_is_taken() -> None:
    merged = merge({"target": "12%"}, {"target": "12%"}, {"target": "15%"}, ["target"])
    assert (merged.values, merged.taken, merged.disputed) == ({"target": "15%"}, ("target",), ())


def test_what_only_the_sender_changed_is_kept() -> None:
    merged = merge({"target": "12%"}, {"target": "14%"}, {"target": "12%"}, [])
    assert (merged.values, merged.taken, merged.disputed) == ({"target": "14%"}, (), ())


def test_what_both_changed_is_asked_about_with_the_senders_own_in_the_form() -> None:
    merged = merge({"target": "12%"}, {"target": "14%"}, {"target": "15%"}, ["target"])
    assert (merged.values, merged.taken, merged.disputed) == ({"target": "14%"}, (), ("target",))


def test_what_both_changed_to_the_same_is_no_dispute() -> None:
    assert merge({"target": "12%"}, {"target": "15%"}, {"target": "15%"}, ["target"]).disputed == ()


def test_a_field_whose_beginning_is_not_known_counts_as_changed_by_its_sender() -> None:
    assert merge({}, {"target": "12%"}, {"target": "15%"}, ["target"]).disputed == ("target",)


@given(FORM, FORM, FORM)
def test_nothing_that_anybody_changed_is_lost_or_saved_over_unseen(
    first: dict[str, str], sent: dict[str, str], now: dict[str, str]
) -> None:
    changed = [name for name in FIELDS if first[name] != now[name]]
    merged = merge(first, sent, now, changed)
    for name in FIELDS:
        by_sender, by_other = sent[name] != first[name], name in changed
        expected = now[name] if by_other and not by_sender else sent[name]
        assert merged.values[name] == expected
        assert (name in merged.disputed) == (by_sender and by_other and sent[name] != now[name])
        assert (name in merged.taken) == (by_other and not by_sender)
