"""The words of the execution room."""

from collections.abc import Callable

import pytest

from bot.execution import messages
from bot.execution.messages import answers, forms
from bot.execution.queries import ExecutionPath
from bot.execution.rules import TEXT_LIMIT, ActionDraft, ActionState, EffectSeen, Ending
from bot.slack.message import Form, Message
from tests.execution.samples import (
    FRIDAY,
    MAX,
    OLGA,
    OUTCOME,
    PRICING,
    done,
    extreme_path,
    extreme_step,
    left,
    path,
    proposed,
    step,
)
from tests.living import buttons, elements
from tests.outcomes.samples import READER, extreme
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

DRAFT = ActionDraft(PRICING, "UOLGA", FRIDAY, "more trials reach it")
DROPPED = step(state=ActionState.DROPPED)
KEPT = Ending(reason="no budget this year", is_not_doing=True)

MESSAGES: dict[str, Callable[[], Message]] = {
    "on_card_who_may_change": lambda: messages.on_card(path(), reader=READER, may_change=True),
    "on_card_who_owns_one": lambda: messages.on_card(path(MAX), reader=READER, may_change=False),
    "on_card_with_not_doing_alone": lambda: messages.on_card(
        ExecutionPath(OLGA, not_doing=[left(f"Idea {n}", number=n) for n in range(7)]), reader=READER, may_change=True
    ),
    "my_actions": lambda: messages.my_actions(path().open, [proposed()], reader=READER),
    "my_actions_many": lambda: messages.my_actions([step()] * 6, [proposed()] * 3, reader=READER),
    "action_added": lambda: answers.action_added(step(effect="more trials reach it"), reader=READER),
    "action_added_another_gave_way": lambda: answers.action_added(step(), reader=READER, gave_way=done()),
    "action_proposed": lambda: answers.action_proposed(proposed(), reader=READER),
    "proposal_accepted": lambda: answers.proposal_accepted(step(due_in=None), reader=READER, gave_way=DROPPED),
    "action_changed": lambda: answers.action_changed(step(due_in=1), reader=READER),
    "action_done": lambda: answers.action_ended(done(), Ending(EffectSeen.YES)),
    "action_done_without_effect": lambda: answers.action_ended(done(seen=EffectSeen.NO), Ending(EffectSeen.NO)),
    "action_dropped": lambda: answers.action_ended(DROPPED, Ending()),
    "action_kept_as_not_doing": lambda: answers.action_ended(DROPPED, KEPT),
    "not_doing_kept": lambda: answers.not_doing_kept(OUTCOME, left()),
}


def add_form(draft: ActionDraft = DRAFT, *, may_change: bool = True, **asked: object) -> Form:
    return forms.add_form(OUTCOME, draft, reader=READER, channel_id="C1", may_change=may_change, **asked)  # type: ignore[arg-type]


FORMS: dict[str, Callable[[], Form]] = {
    "add_form": lambda: add_form(ActionDraft("", "UOLGA")),
    "add_form_proposing": lambda: add_form(may_change=False),
    "add_form_decided_not": lambda: add_form(line=left()),
    "add_form_full": lambda: add_form(full=path().open),
    "add_form_full_and_decided_not": lambda: add_form(full=path().open, line=left()),
    "accept_form": lambda: forms.accept_form(proposed(), path().open, reader=READER, channel_id="C1"),
    "change_form": lambda: forms.change_form(step(due_in=-3, effect="x"), reader=READER, channel_id=""),
    "done_form": lambda: forms.done_form(step(effect="more trials reach it"), channel_id="C1"),
    "done_form_nothing_expected": lambda: forms.done_form(step(), channel_id="C1"),
    "drop_form": lambda: forms.drop_form(step(), channel_id="C1"),
    "drop_form_declining": lambda: forms.drop_form(proposed(), channel_id="C1"),
    "not_doing_form": lambda: forms.not_doing_form(OUTCOME, "", channel_id="C1"),
    "not_doing_form_typed": lambda: forms.not_doing_form(OUTCOME, "A mobile app", channel_id="C1"),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "on_card": lambda: messages.on_card(extreme_path(), reader=READER, may_change=True),
    "my_actions": lambda: messages.my_actions(extreme_path().open, extreme_path().proposed, reader=READER),
    "action_added": lambda: answers.action_added(extreme_step(), reader=READER, gave_way=extreme_step()),
    "action_ended": lambda: answers.action_ended(extreme_step(state=ActionState.DROPPED), Ending("", "&" * 300, True)),  # type: ignore[arg-type]
    "not_doing_kept": lambda: answers.not_doing_kept(extreme(), left("<" * 200, "&" * 300)),
}


def test_there_is_nothing_on_the_card_while_there_is_no_path() -> None:
    for may_change in (True, False):
        assert messages.on_card(ExecutionPath(OLGA), reader=READER, may_change=may_change) == Message("", [])


def test_there_is_nothing_in_the_week_while_nothing_is_due() -> None:
    assert messages.my_actions([], reader=READER) == Message("", [])
    assert messages.actions_line([], reader=READER) == ""


def test_a_full_path_takes_at_most_eight_blocks_of_the_card() -> None:
    assert len(messages.on_card(path(), reader=READER, may_change=True).blocks) <= 8


def test_a_week_takes_at_most_eleven_blocks() -> None:
    full = extreme_path()
    assert len(messages.my_actions(full.open, full.proposed, reader=READER).blocks) == 11


def test_the_card_offers_each_viewer_what_they_may_do() -> None:
    def offered(message: Message) -> list[tuple[str, str]]:
        found = elements(message.blocks)
        return [(one["action_id"], one.get("value", "")) for _, one in found]

    menu = (messages.MENU, "")
    decide = [(messages.ACCEPT_BUTTON, "8"), (messages.DECLINE_BUTTON, "8")]
    assert offered(messages.on_card(path(), reader=READER, may_change=True)) == [menu, menu, menu, *decide]
    assert offered(messages.on_card(path(MAX), reader=READER, may_change=False)) == [(messages.DONE_BUTTON, "6")]


@pytest.mark.parametrize(
    ("due_in", "said"),
    [
        (None, "no due date"),
        (0, "due today"),
        (1, "due Tue, Mar 31"),
        (-1, "overdue by 1 day, since Sun, Mar 29"),
        (-30, "overdue by 4 weeks, since Sat, Feb 28"),
    ],
)
def test_when_an_action_is_due_is_said_in_words(due_in: int | None, said: str) -> None:
    assert messages.due_words(step(due_in=due_in).action, READER) == said


def test_a_check_in_names_three_and_counts_the_rest() -> None:
    line = messages.actions_line(
        [step("One & two"), step("B", due_in=-2), step("C"), step("D"), step("E")], reader=READER
    )
    assert line == (
        "Actions: One &amp; two (due Fri, Apr 3) · B (overdue by 2 days, since Sat, Mar 28) · "
        "C (due Fri, Apr 3) · 2 more"
    )


def test_forms_fit_at_their_limits() -> None:
    nasty = ActionDraft("<" * TEXT_LIMIT, "U" * 20, FRIDAY, "&" * 300)
    full, line = extreme_path().open, left("<" * 200, "&" * 300, number=10**17)
    made = [
        forms.add_form(extreme(), nasty, reader=READER, channel_id="C" * 20, may_change=True, line=line, full=full),
        forms.accept_form(extreme_step(), full, reader=READER, channel_id="C" * 20),
        forms.change_form(extreme_step(), reader=READER, channel_id="C" * 20),
        forms.done_form(extreme_step(), channel_id="C" * 20),
        forms.drop_form(extreme_step(), channel_id="C" * 20),
        forms.not_doing_form(extreme(), "<" * 200, channel_id="C" * 20),
    ]
    for form in made:
        assert len(form.view["blocks"]) <= 100
        assert len(form.view["title"]["text"]) <= 24
        assert len(form.view["private_metadata"]) <= 3_000


def test_what_was_typed_is_in_the_fields_and_not_in_what_the_form_carries() -> None:
    asking = FORMS["add_form_full_and_decided_not"]()
    assert PRICING in read(asking)
    assert asking.view["private_metadata"] == "12 1 C1"


def test_twenty_open_actions_are_offered_in_a_menu_with_the_new_one_last() -> None:
    full = [step(f"Action {n}", number=n) for n in range(1, 21)]
    question = next(line for line in read(add_form(full=full)).splitlines() if line.startswith("Which one"))
    assert "Action 20 (Olga Ortiz), The new one" in question


def test_every_button_says_to_a_screen_reader_what_it_is_about() -> None:
    shown = messages.my_actions(path().open, path().proposed, reader=READER)
    for _, button in buttons(shown.blocks):
        assert button["accessibility_label"].startswith(button["text"]["text"] + ": ")
