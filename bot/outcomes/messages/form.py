"""The form that writes an outcome down, and what is said once it is saved."""

from bot.outcomes.messages import show_button, value_or_unknown
from bot.outcomes.queries import View
from bot.outcomes.rules import MEASURE_LIMIT, STATEMENT_LIMIT, TYPED_LIMIT, WHY_LIMIT
from bot.people.messages import Reader
from bot.slack.blocks import choice_field, form, person_field, section, text_field
from bot.slack.message import Form, Message
from bot.slack.mrkdwn import lines, md

NEW = "outcomes.new"
NEW_BUTTON = "outcomes.new_button"
NEW_SHORTCUT = "outcomes.new_shortcut"


def new_form(*, statement: str, teams: dict[int, str], team_id: int | None, owner_id: str, channel_id: str) -> Form:
    """Writes down a new outcome."""
    choices = {str(key): name for key, name in teams.items()}
    return form(
        NEW,
        "New outcome",
        [
            text_field(
                "statement",
                "What should be different in the end?",
                hint="The change itself, not the work: “Trial users reach their first report within a day”.",
                initial=statement,
                limit=STATEMENT_LIMIT,
                many_lines=True,
                focus=True,
            ),
            text_field("measure", "What will you measure?", placeholder="Trial conversion", limit=MEASURE_LIMIT),
            text_field("baseline", "Where does it stand today?", placeholder="8%", limit=TYPED_LIMIT),
            text_field("target", "Where should it be?", placeholder="12%", limit=TYPED_LIMIT),
            text_field(
                "unit",
                "Unit",
                hint="%, USD, days, signups … Leave it empty to take it from the target.",
                limit=TYPED_LIMIT,
                optional=True,
            ),
            text_field(
                "due",
                "By when?",
                placeholder="end of Q1",
                hint="A date, or words such as next Friday, in 6 weeks, end of quarter.",
                limit=TYPED_LIMIT,
            ),
            person_field("owner", "Who owns it?", initial=owner_id, hint="One person, who answers for it."),
            choice_field("team", "Team", choices, initial=str(team_id or "")),
            text_field(
                "why", "Why does it matter?", limit=WHY_LIMIT, many_lines=True, optional=True, hint="One or two lines."
            ),
        ],
        carries=channel_id,
    )


def outcome_logged(view: View, *, reader: Reader) -> Message:
    """What was saved, read back to the person who saved it."""
    outcome = view.outcome
    text = lines(
        md("*{key}* is written down: {statement}", key=outcome.key, statement=outcome.statement),
        md(
            "{measure} from *{baseline}* to *{target}* by *{due}*, owned by {owner} in {team}.",
            measure=outcome.measure,
            baseline=value_or_unknown(outcome.baseline, outcome, reader),
            target=reader.value(outcome.target, outcome.unit),
            due=reader.day(outcome.due_on),
            owner=view.owner.name,
            team=view.team.name,
        ),
        md("Check-ins will ask {owner} once a week what moved.", owner=view.owner.name),
    )
    return Message(text, [section(text, button=show_button(outcome))])


def no_team_yet() -> Message:
    """The answer to `/outcome new` where there is no team to have it."""
    text = md("There is no team to own an outcome yet. Type `/rhythm setup` in a team's channel first.")
    return Message(text, [section(text)])
