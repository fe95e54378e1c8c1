"""The words of reviews, reminders, debt and calibration."""

from collections.abc import Callable

from bot.decisions.messages import debt, mine, reminders, review
from bot.decisions.messages.calibration import my_calibration
from bot.decisions.rules import Verdict
from bot.decisions.rules.debt import Debt
from bot.decisions.rules.lists import Asked, Scope
from bot.measuring.calibration import calibration
from bot.slack.message import Form, Message
from tests.decisions.reviews import (
    DEBTS,
    HALF,
    NO_RESULT,
    OTHER_WAY,
    OVERDUE,
    REVIEW_DUE,
    foretold,
    in_debt,
    page,
    reviewed,
)
from tests.decisions.samples import asked, worst
from tests.outcomes.samples import READER, extreme, team
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

GROWTH, ALL = "Decision debt of Growth", "Decision debt of all teams you can see"
EVERY = Asked(Scope.EVERY)
SURE = [(9, True)] * 3 + [(9, False)] * 3 + [(5, True)]

MESSAGES: dict[str, Callable[[], Message]] = {
    "review_due": lambda: review.review_due(REVIEW_DUE, HALF, reader=READER),
    "review_due_other_way": lambda: review.review_due(REVIEW_DUE, OTHER_WAY, reader=READER),
    "review_due_no_result": lambda: review.review_due(REVIEW_DUE, NO_RESULT, reader=READER),
    "review_due_in_words": lambda: review.review_due(REVIEW_DUE, None, reader=READER),
    "reviewed": lambda: review.decision_reviewed(reviewed(), with_lesson=True),
    "reviewed_nobody_can_tell": lambda: review.decision_reviewed(reviewed(Verdict.CANNOT_TELL), with_lesson=False),
    "reviewed_already": lambda: review.reviewed_already(reviewed()),
    "needed_soon": lambda: reminders.needed_soon(asked(), reader=READER),
    "needed_already": lambda: reminders.needed_already(OVERDUE, reader=READER),
    "debt": lambda: debt.debt_list(page(*DEBTS), title=GROWTH, may=[True] * 4, asked=EVERY, reader=READER),
    "debt_of_others": lambda: debt.debt_list(
        page(*DEBTS[:2], total=21, offset=8),
        title=ALL,
        may=[False] * 2,
        asked=EVERY,
        reader=READER,
    ),
    "no_debt": lambda: debt.debt_list(page(), title=GROWTH, may=[], asked=EVERY, reader=READER),
    "no_debt_ever": lambda: debt.debt_list(page(trend=(0,) * 8), title=GROWTH, may=[], asked=EVERY, reader=READER),
    "debt_of_teams": lambda: debt.debt_of_teams([(team(), DEBTS)], reader=READER),
    "mine": lambda: mine.my_decisions([OVERDUE, REVIEW_DUE], reader=READER),
    "mine_many": lambda: mine.my_decisions([OVERDUE] * 9, reader=READER),
    "calibration": lambda: my_calibration(calibration(SURE), len(SURE)),
    "calibration_too_few": lambda: my_calibration(None, 1),
    "calibration_none": lambda: my_calibration(None, 0),
}
FORMS: dict[str, Callable[[], Form]] = {
    "review_form": lambda: review.review_form(REVIEW_DUE, HALF, reader=READER, channel_id="C1"),
    "review_form_again": lambda: review.review_form(reviewed(), None, reader=READER, channel_id=""),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "review_due": lambda: review.review_due(worst(), foretold(extreme(), worst()), reader=READER),
    "needed_soon": lambda: reminders.needed_soon(worst(decided=False), reader=READER),
    "needed_already": lambda: reminders.needed_already(worst(decided=False), reader=READER),
    "debt": lambda: debt.debt_list(
        page(*[in_debt(worst(decided=False), *Debt, days=9_000, blocks=("OUT-999999999",) * 40)] * 8, total=1_000),
        title="&" * 80,
        may=[True] * 8,
        asked=EVERY,
        reader=READER,
    ),
    "debt_of_teams": lambda: debt.debt_of_teams([(team("&" * 80), [in_debt(worst())] * 50)] * 50, reader=READER),
    "mine": lambda: mine.my_decisions([worst(decided=False)] * 50, reader=READER),
}


def test_every_line_of_debt_has_what_to_do_about_it_a_click_away() -> None:
    said = read(debt.debt_list(page(*DEBTS), title=GROWTH, may=[True] * 4, asked=EVERY, reader=READER))
    for button in ("[Decide]", "[Name who decides]", "[Review]"):
        assert button in said


def test_who_may_do_nothing_about_it_can_look() -> None:
    said = read(debt.debt_list(page(*DEBTS), title=GROWTH, may=[False] * 4, asked=EVERY, reader=READER))
    assert said.count("[Show]") == 4
    assert "[Decide]" not in said


def test_the_day_of_the_decision_is_marked_in_the_chart() -> None:
    [chart] = [one for one in review.review_due(REVIEW_DUE, HALF, reader=READER).blocks if "chart" in one]
    labels = chart["chart"]["axis_config"]["categories"]
    assert [label for label in labels if "decided" in label] == ["9 Mar decided"]
