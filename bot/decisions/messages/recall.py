"""What was decided and learnt before about the same, shown while somebody decides."""

from bot.decisions.messages import IN_A_LINE, decision_stands, decision_title, show_button
from bot.decisions.queries.recall import Recall, Remembered
from bot.decisions.rules import Verdict
from bot.language.words import one_line, shorten
from bot.lessons.messages import lesson_lines
from bot.people.messages import Reader
from bot.slack.blocks import context, section
from bot.slack.message import Block, Message
from bot.slack.mrkdwn import Markup, joined, lines, md

_VERDICTS = {
    Verdict.AS_EXPECTED: "{it} came as expected",
    Verdict.BETTER: "{it} came better than expected",
    Verdict.WORSE: "{it} came worse than expected",
    Verdict.CANNOT_TELL: "nobody could tell what came of {it}",
}
_BEFORE, _LEARNT = md("*Decisions about the same*"), md("*Learnt before*")
_QUOTED = 200


def in_form(recall: Recall, reader: Reader) -> list[Block]:
    """The same, quietly, below the field that it is about; nothing when nothing is remembered."""
    told = [_remembered(one, reader) for one in recall.decisions]
    blocks = [context(lines(_BEFORE if not place else "", said)) for place, said in enumerate(told)]
    if recall.lessons:
        blocks.append(context(lines(_LEARNT, lesson_lines(recall.lessons, reader))))
    return blocks


def below(message: Message, recall: Recall, reader: Reader) -> Message:
    """A message with the same below it, each decision a click away."""
    told = [_remembered(one, reader) for one in recall.decisions]
    learnt = lines(_LEARNT, lesson_lines(recall.lessons, reader)) if recall.lessons else md("")
    blocks: list[Block] = [context(_BEFORE)] if told else []
    for one, said in zip(recall.decisions, told, strict=True):
        blocks.append(section(said, button=show_button(one.brief.decision)))
    if learnt:
        blocks.append(context(learnt))
    text = lines(message.text, *([_BEFORE, *told] if told else []), learnt)
    return Message(text, [*message.blocks, *blocks])


def _remembered(one: Remembered, reader: Reader) -> Markup:
    """A decision, what became of it, and what was learnt."""
    review = one.review
    return lines(
        decision_title(one.brief.decision, IN_A_LINE),
        _stands(one, reader),
        md("Learnt: “{learnt}”", learnt=shorten(one_line(review.learnt), _QUOTED)) if review and review.learnt else "",
    )


def _stands(one: Remembered, reader: Reader) -> Markup:
    brief, choice = one.brief, one.brief.chosen
    if brief.is_open or choice is None:
        return decision_stands(brief, reader)
    said = shorten(one_line(choice.choice), IN_A_LINE)
    day = reader.day(reader.day_of(choice.made_at))
    return joined(
        [
            md("*{state}* on {day}", state=str(brief.state).capitalize(), day=day),
            md("“{said}”", said=said) if said != brief.decision.question else "",
            _verdict(one),
            brief.team.name,
        ]
    )


def _verdict(one: Remembered) -> str:
    """What its newest review said: of the choice that is shown, or of one before it."""
    if one.review is None:
        return ""
    is_of_this = one.brief.chosen is not None and one.brief.chosen.version == one.review.version
    return _VERDICTS[Verdict(one.review.verdict)].format(it="it" if is_of_this else "the choice before this one")
