"""What was decided and learnt before, as it is shown while somebody decides."""

from collections.abc import Callable

from bot.decisions.messages import asking, deciding, news
from bot.decisions.messages import recall as messages
from bot.decisions.messages.expected import Measured
from bot.decisions.messages.logging import log_form
from bot.decisions.model import DecisionReview
from bot.decisions.queries.recall import NOTHING, Recall, Remembered
from bot.decisions.rules import Verdict
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import Markup
from bot.slack.typed import Filled
from tests.decisions.samples import CHANGED, asked, choice, made, question, worst
from tests.lessons.samples import lesson
from tests.obstacles.samples import obstacle
from tests.outcomes.samples import NASTY, NOW, READER
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


def review(verdict: Verdict, learnt: str = "", version: int = 1) -> DecisionReview:
    return DecisionReview(
        workspace_id="T1",
        decision_id=3,
        version=version,
        verdict=verdict,
        learnt=learnt,
        reviewed_at=NOW,
        reviewed_by="UOLGA",
    )


REVIEWED = Remembered(made(), review(Verdict.WORSE, "Schools leave when prices rise in autumn"))
REMEMBERED = Recall([REVIEWED, Remembered(asked()), Remembered(CHANGED, review(Verdict.BETTER))], [lesson()])
LOGGED = Remembered(
    made([choice(choice="Keep the prices")], decision=question(decided=True, question="Keep the prices"))
)
EXTREME = Recall([Remembered(worst(), review(Verdict.CANNOT_TELL, NASTY * 60, 11))] * 3, [lesson("&" * 600)] * 3)
OPENED = news.decision_opened(asked(), reader=READER, is_mine=False)
TEAMS = {1: "Growth", 2: "Platform"}

MESSAGES: dict[str, Callable[[], Message]] = {
    "below": lambda: messages.below(OPENED, REMEMBERED, READER),
    "below_with_lessons_only": lambda: messages.below(OPENED, Recall([], [lesson()]), READER),
    "below_of_one_that_was_logged": lambda: messages.below(OPENED, Recall([LOGGED]), READER),
}
FORMS: dict[str, Callable[[], Form]] = {
    "need_form": lambda: asking.need_form(
        Filled({"question": "Do we raise prices?"}), TEAMS, [], reader=READER, carries="0 C1", recall=REMEMBERED
    ),
    "need_form_of_an_obstacle": lambda: asking.need_form(
        Filled({"question": "The export is slow"}),
        TEAMS,
        [],
        reader=READER,
        carries="5 C1",
        obstacle=obstacle(),
        above="Your answer is saved.",
    ),
    "edit_form": lambda: asking.edit_form(
        question(),
        Filled({"question": "Do we raise prices?"}),
        TEAMS,
        [],
        reader=READER,
        carries="3 1 C1",
        recall=REMEMBERED,
    ),
    "decide_form": lambda: deciding.decide_form(
        asked(), Filled(), Measured(), reader=READER, carries="3 1 C1", recall=REMEMBERED
    ),
    "log_form": lambda: log_form(
        Filled({"choice": "We raise prices"}), TEAMS, Measured(), reader=READER, carries="0 C1", recall=REMEMBERED
    ),
}
EXTREMES: dict[str, Callable[[], Message]] = {
    "below": lambda: messages.below(
        news.decision_made(worst(), reader=READER, place=Markup("nowhere")), EXTREME, READER
    ),
    "in_form": lambda: Message("", messages.in_form(EXTREME, READER)),
}


def test_nothing_is_added_where_nothing_is_remembered() -> None:
    assert messages.below(OPENED, NOTHING, READER) == OPENED
    assert messages.in_form(NOTHING, READER) == []
