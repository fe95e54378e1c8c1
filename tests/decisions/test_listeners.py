"""Decisions as people meet them: asked for, decided, logged from a message, objected to, reopened and replaced."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from sqlalchemy import select

from bot.decisions.model import Decision, DecisionChoice
from bot.decisions.queries import DecisionView, find_decision
from bot.people.model import Person
from bot.people.rules import Viewer
from tests.living import Json, Seen, Slack, set_up, until, words

_SAID = count(1)
CHOICE = {"choice": "Raise them by 10%", "why": "Support costs more than they pay"}


def decisions(slack: Slack) -> list[Decision]:
    with slack.bot.db.read() as tx:
        return list(tx.scalars(select(Decision).order_by(Decision.id)))


def choices(slack: Slack, key: str) -> list[DecisionChoice]:
    return list(seen_by(slack, "grace", key).choices)


def seen_by(slack: Slack, user: str, key: str) -> DecisionView:
    with slack.bot.db.read() as tx:
        return find_decision(tx, Viewer(slack.workspace, slack.person(user)), int(key.removeprefix("DEC-")))


def need(slack: Slack, user: str = "tyler", **answers: object) -> str:
    """The key of a decision that somebody opened in #growth, which Grace is to decide."""
    before = len(decisions(slack))
    form = slack.command(user, "#growth", "/decision need Do we raise prices?").form
    saved = slack.submit(user, form, **{"decider": "@grace", **answers})
    assert saved.views == [], saved.errors
    [opened] = decisions(slack)[before:]
    return opened.key


def typed(slack: Slack, user: str, line: str, channel: str = "#growth") -> Seen:
    return slack.command(user, channel, f"/decision {line}")


def decide(slack: Slack, key: str, user: str = "grace", **answers: object) -> Seen:
    return slack.submit(user, typed(slack, user, f"decide {key}").form, **{**CHOICE, **answers})


def field(form: Json, name: str) -> str:
    values = next(fields for block, fields in form["state"]["values"].items() if block.split("~")[0] == name)["value"]
    chosen = values.get("selected_option") or {}
    return str(values.get("value") or chosen.get("value") or values.get("selected_user") or "")


def say(slack: Slack, user: str, channel: str, text: str) -> Json:
    text = f"{text} ({next(_SAID)})"
    slack.post("message", user=f"@{user}", channel=channel, text=text)
    return next(one for one in slack.messages(user, channel) if one["text"].endswith(text.rpartition(" ")[2]))


def dm(slack: Slack, user: str) -> str:
    slack.settle()
    return words(slack.posts(user, "bot"))


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("help", "`/decision need QUESTION`"),
        ("help", "`/decision [what was decided]`"),
        ("lst", "Did you mean `/decision list`"),
        ("shwo DEC-3", "Did you mean `/decision show DEC-3`"),
        ("decied 3", "Did you mean `/decision decide 3`"),
        ("show", "Name the decision by its key"),
        ("show DEC-77", "There is no DEC-77 that you can see"),
        ("decide 77", "There is no DEC-77"),
        ("list yesterday", "List which?"),
        ("list #random", "is no team's home that you can see"),
        ("list @marcus", "Marcus Bell decides nothing you can see"),
        ("search", "Search for what?"),
        ("search zebra crossing", "has all of these words"),
    ],
)
def test_a_line_is_answered_to_its_author_alone(slack: Slack, line: str, answer: str) -> None:
    seen = typed(slack, "tyler", line)
    assert answer in seen.text
    assert seen.views == []


def test_a_question_is_opened_and_its_decider_decides_it_from_the_message(slack: Slack) -> None:
    form = typed(slack, "tyler", "need Do we raise <prices> & fees?").form
    assert field(form, "question") == "Do we raise <prices> & fees?"
    options = "Raise them\n+ pays for support\n- some leave\nKeep them"
    saved = slack.submit("tyler", form, options=options, decider="@grace", heard=["@marcus"], needed_by="friday")
    assert "Grace Whitfield is asked to decide it" in saved.text
    key = decisions(slack)[-1].key
    slack.settle()
    ask = slack.posts("grace", "bot")[-1]
    assert f"Tyler Nguyen asks you to decide {key}" in words(ask).replace("*", "")
    form = slack.click("grace", ("bot", ask), "decisions.decide_button").form
    saved = slack.submit("grace", form, option="1", why="The costs", effect="Fewer, better", window="2")
    assert saved.views == []
    assert seen_by(slack, "tyler", key).state == "decided"
    slack.settle()
    assert "Grace Whitfield decided it on" in words(slack.posts("grace", "bot"))
    announced = words(slack.posts("noah", "#growth")[-1])
    assert "Choice:* Raise them" in announced
    heard = slack.posts("marcus", "bot")[-1]
    form = slack.click("marcus", ("bot", heard), "decisions.object_button").form
    assert slack.submit("marcus", form, objection="We lose the schools").views == []
    assert "Marcus Bell objects to" in dm(slack, "grace")
    assert "We lose the schools" in typed(slack, "tyler", f"show {key}").text


def test_without_a_decider_one_is_told_that_it_is_debt(slack: Slack) -> None:
    form = typed(slack, "tyler", "need Who decides this?").form
    assert "counts as decision debt from today" in slack.submit("tyler", form).text


def test_a_bot_is_no_decider_and_nothing_typed_is_lost(slack: Slack) -> None:
    form = typed(slack, "tyler", "need Do we hire?").form
    bot = slack.get("state")["bot"]["user_id"]
    refused = slack.hear(slack.submission("tyler", form, decider=bot, context="We are few"))
    assert "is a bot" in str(refused.body)
    assert "decider" in str(refused.body)
    slack.close_form("tyler", form)


def test_somebody_deactivated_is_no_decider(slack: Slack) -> None:
    slack.open_home("zofia")
    form = typed(slack, "tyler", "need Do we hire?").form
    slack.change("zofia", deleted=True)
    until(lambda: not is_active(slack, "zofia"))
    refused = slack.hear(slack.submission("tyler", form, decider=slack.person("zofia")))
    assert "is deactivated" in str(refused.body)
    slack.change("zofia", deleted=False)
    slack.close_form("tyler", form)


def is_active(slack: Slack, user: str) -> bool:
    with slack.bot.db.read() as tx:
        return tx.get_one(Person, (slack.workspace, slack.person(user))).is_active


def test_three_thousand_characters_fit_where_they_are_asked_for_and_are_refused_elsewhere(slack: Slack) -> None:
    key = need(slack, context="x" * 3_000)
    assert "x" * 2_900 in typed(slack, "tyler", f"show {key}").text
    seen = typed(slack, "tyler", "need " + "y" * 3_000)
    assert "a question has 300 at most" in seen.text
    assert "y" * 300 in seen.text
    assert "what was decided has 600 at most" in typed(slack, "tyler", "z" * 3_000 + " and more").text


def test_a_form_sent_twice_opens_and_decides_once(slack: Slack) -> None:
    before = len(decisions(slack))
    form = typed(slack, "tyler", "need Do we move?").form
    submission = slack.submission("tyler", form, decider=slack.person("grace"))
    slack.hear(submission)
    slack.hear(submission)
    [opened] = decisions(slack)[before:]
    form = typed(slack, "grace", f"decide {opened.key}").form
    submission = slack.submission("grace", form, **CHOICE)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(slack.hear, [submission] * 2))
    assert [one.body for one in answers] == ["", ""]
    assert len(choices(slack, opened.key)) == 1


def test_who_may_not_decide_is_told_who_may(slack: Slack) -> None:
    key = need(slack)
    seen = typed(slack, "marcus", f"decide {key}")
    assert seen.views == []
    assert f"{key} is Grace Whitfield's to decide. They or the lead of Growth can decide it." in seen.text
    assert "can withdraw it" in typed(slack, "marcus", f"withdraw {key}").text


def test_fields_that_need_another_look_say_so_and_nothing_is_saved(slack: Slack) -> None:
    key = need(slack)
    form = typed(slack, "grace", f"decide {key}").form
    refused = slack.submit("grace", form, choice="Yes", why="So", effect_on="someday", effect_value="12%")
    assert set(refused.errors) == {"effect_on", "outcome"}
    assert choices(slack, key) == []
    saved = slack.submit("grace", refused.form, effect_on="2026-06-30", outcome=outcome_value(refused.form))
    assert saved.views == []
    assert choices(slack, key)[0].effect_outcome_id == 1


def outcome_value(form: Json) -> str:
    block = next(one for one in form["blocks"] if one.get("block_id") == "outcome")
    return str(block["element"]["options"][0]["value"])


def test_the_day_of_the_effect_is_offered_for_the_review_and_a_typed_one_stays(slack: Slack) -> None:
    form = typed(slack, "grace", f"decide {need(slack)}").form
    form = slack.type("grace", form, choice="Yes", outcome=outcome_value(form)).form
    until(lambda: "Trial conversion stands at" in words(slack.views("grace")))
    slack.type("grace", form, effect_on="2026-06-30")
    until(lambda: field(slack.views("grace")[-1], "review") == "2026-06-30")
    form = slack.views("grace")[-1]
    assert field(form, "choice") == "Yes"
    form = slack.type("grace", form, review="2026-08-01").form
    form = slack.type("grace", form, effect_on="2026-07-15").form
    assert field(form, "review") == "2026-08-01"
    slack.close_form("grace", form)


def test_a_choice_that_stands_is_changed_with_a_reason_and_announced_again(slack: Slack) -> None:
    key = need(slack)
    decide(slack, key)
    form = typed(slack, "grace", f"decide {key}").form
    assert form["title"]["text"] == f"Change {key}"
    assert field(form, "choice") == CHOICE["choice"]
    assert "what made you change it" in str(slack.hear(slack.submission("grace", form, reason=" ")).body)
    assert slack.submit("grace", form, choice="Keep them", reason="Two customers left").views == []
    shown = typed(slack, "tyler", f"show {key}").text
    assert f"it was “{CHOICE['choice']}”, because “Two customers left”" in shown
    slack.settle()
    assert "changed the decision" in words(slack.posts("tyler", "#growth")[-1])


def test_who_was_overtaken_keeps_what_was_typed_and_is_asked(slack: Slack) -> None:
    key = need(slack, decider="@marcus")
    form = typed(slack, "grace", f"decide {key}").form
    decide(slack, key, "marcus", choice="First")
    asked = slack.submit("grace", form, choice="Second", why="Later").form
    assert "changed this decision" in words(asked)
    assert "It now says: “First”" in words(asked)
    assert field(asked, "choice") == "Second"
    assert [one.choice for one in choices(slack, key)] == ["First"]
    assert slack.submit("grace", asked, reason="I meant this").views == []
    assert [one.choice for one in choices(slack, key)] == ["First", "Second"]


def test_options_that_changed_meanwhile_are_chosen_anew(slack: Slack) -> None:
    key = need(slack, options="Raise\nKeep")
    form = typed(slack, "grace", f"decide {key}").form
    slack.submit("tyler", typed(slack, "tyler", f"edit {key}").form, options="Keep\nRaise")
    asked = slack.submit("grace", form, option="1", why="The costs").form
    assert field(asked, "option") == ""
    assert field(asked, "why") == "The costs"
    assert slack.submit("grace", asked, option="2").views == []
    assert choices(slack, key)[0].choice == "Raise"


def test_two_edits_of_different_fields_are_both_kept(slack: Slack) -> None:
    key = need(slack)
    mine, theirs = (typed(slack, user, f"edit {key}").form for user in ("tyler", "grace"))
    slack.submit("grace", theirs, needed_by="2026-03-20", heard=["@marcus"])
    seen = slack.submit("tyler", mine, question="Do we lower them?")
    assert "the day it is needed by" in seen.text
    view = seen_by(slack, "tyler", key)
    assert view.decision.question == "Do we lower them?"
    assert view.decision.needed_by_on is not None
    assert [one.name for one in view.heard] == ["Marcus Bell"]


def test_two_edits_of_one_field_are_put_before_the_later_one(slack: Slack) -> None:
    key = need(slack)
    mine, theirs = (typed(slack, user, f"edit {key}").form for user in ("tyler", "grace"))
    slack.submit("grace", theirs, question="Theirs?", decider="@marcus")
    asked = slack.submit("tyler", mine, question="Mine?", decider="@tyler").form
    assert "The question: Grace Whitfield made it “Theirs?”" in words(asked)
    assert "Who decides: Grace Whitfield made it “Marcus Bell”" in words(asked)
    assert field(asked, "question") == "Mine?"
    assert seen_by(slack, "tyler", key).decision.question == "Theirs?"
    assert slack.submit("tyler", asked).views == []
    view = seen_by(slack, "tyler", key)
    assert (view.decision.question, view.decision.decider_id) == ("Mine?", slack.person("tyler"))


def test_what_waits_for_it_is_chosen_and_shown(slack: Slack) -> None:
    key = need(slack, waits=["o1"])
    assert "What waits for it" in typed(slack, "tyler", f"show {key}").text
    form = typed(slack, "tyler", f"edit {key}").form
    slack.submit("tyler", form, waits=[])
    assert seen_by(slack, "tyler", key).waits == ()


def test_a_title_opens_the_form_that_logs_it(slack: Slack) -> None:
    form = typed(slack, "tyler", "We raise prices & fees").form
    assert form["title"]["text"] == "Log a decision"
    assert field(form, "choice") == "We raise prices & fees"
    assert slack.submit("tyler", form, why="Costs", decider="@grace").views == []
    newest = decisions(slack)[-1]
    assert (newest.question, newest.state, newest.decider_id) == (
        "We raise prices & fees",
        "decided",
        slack.person("grace"),
    )
    assert "Tyler Nguyen logged this as your decision" in dm(slack, "grace")


def test_alone_and_from_anywhere_it_opens_the_same_form(slack: Slack) -> None:
    form = typed(slack, "tyler", "").form
    assert form["title"]["text"] == "Log a decision"
    slack.close_form("tyler", form)
    form = slack.shortcut("tyler", "decisions.log_shortcut").form
    assert slack.submit("tyler", form, choice="We rest on Fridays", why="Health", team="Growth").views == []
    assert "We rest on Fridays" in dm(slack, "tyler")


def test_a_decision_logged_from_a_message_links_it_and_keeps_only_what_is_confirmed(slack: Slack) -> None:
    message = say(slack, "marcus", "#growth", "@tyler ok let's do 10%, and tell nobody of the bonus")
    form = slack.message_shortcut("tyler", "#growth", message["ts"], "decisions.log_from_message").form
    assert field(form, "choice").startswith("@Tyler Nguyen ok let's do 10%")
    saved = slack.submit("tyler", form, choice="We raise prices by 10%", why="Costs")
    assert saved.views == []
    newest = decisions(slack)[-1]
    assert newest.link.endswith(f"/p{message['ts'].replace('.', '')}")
    assert "bonus" not in str(vars(newest)) + str(vars(choices(slack, newest.key)[0]))
    assert "from this message" in typed(slack, "tyler", f"show {newest.key}").text


def test_what_is_not_decided_yet_becomes_a_question_with_its_message_and_its_words(slack: Slack) -> None:
    message = say(slack, "marcus", "#growth", "Shall we drop the yearly plan?")
    form = slack.message_shortcut("tyler", "#growth", message["ts"], "decisions.log_from_message").form
    asking = slack.click("tyler", form, "decisions.not_decided").form
    assert (asking["title"]["text"], asking["callback_id"]) == ("Decision needed", "decisions.need")
    assert (field(asking, "question"), field(asking, "decider")) == (message["text"], "")
    assert slack.submit("tyler", asking, decider="@grace").views == []
    newest = decisions(slack)[-1]
    assert (newest.state, newest.question) == ("open", message["text"])
    assert newest.link.endswith(f"/p{message['ts'].replace('.', '')}")


def test_a_question_of_its_own_stays_the_question_and_what_was_said_becomes_the_context(slack: Slack) -> None:
    form = typed(slack, "tyler", "We might leave the old office").form
    form = slack.type("tyler", form, question="Where do we work?").form
    asking = slack.click("tyler", form, "decisions.not_decided").form
    assert field(asking, "question") == "Where do we work?"
    assert field(asking, "context") == "We might leave the old office"


def test_it_is_reopened_with_what_is_new_and_withdrawn_with_a_reason(slack: Slack) -> None:
    key = need(slack)
    decide(slack, key)
    form = typed(slack, "tyler", f"reopen {key}").form
    assert "needed_by" in slack.submit("tyler", form, needed_by="2026-01-01").errors
    seen = slack.submit("tyler", form, evidence="A rival halved theirs", needed_by="2026-04-01")
    assert "It is open again" in seen.text
    assert "A rival halved theirs" in typed(slack, "grace", f"show {key}").text
    form = typed(slack, "tyler", f"withdraw {key}").form
    assert slack.submit("tyler", form, reason="The rival is gone").views == []
    assert "Withdrawn" in typed(slack, "grace", f"show {key}").text
    assert f"{key} was withdrawn" in typed(slack, "grace", f"decide {key}").text


def test_another_takes_its_place_by_its_key_or_is_written_down_next(slack: Slack) -> None:
    first, second = need(slack), need(slack)
    for key in (first, second):
        decide(slack, key)
    form = typed(slack, "grace", f"supersede {first}").form
    assert "this one itself" in slack.submit("grace", form, successor=first).errors["successor"]
    assert "There is no DEC-777" in slack.submit("grace", form, successor="DEC-777").errors["successor"]
    assert slack.submit("grace", form, successor=second.lower()).views == []
    assert f"In its place: *{second}*" in typed(slack, "tyler", f"show {first}").text
    form = typed(slack, "grace", f"supersede {second}").form
    form = slack.submit("grace", form, successor="", note="Times changed").form
    assert (form["title"]["text"], field(form, "why")) == ("Log a decision", "Times changed")
    assert slack.submit("grace", form, choice="Sell abroad instead").views == []
    assert f"In its place: *{decisions(slack)[-1].key}*" in typed(slack, "tyler", f"show {second}").text


def test_lists_and_search_find_it_and_their_buttons_show_it(slack: Slack) -> None:
    key = need(slack, question="Do we open an office in Ghent?", needed_by="2026-03-05")
    assert key in typed(slack, "tyler", "list").text
    assert key in typed(slack, "tyler", "list team open").text
    assert key in typed(slack, "grace", "list mine").text
    assert key in typed(slack, "tyler", "list @grace open").text
    listed = typed(slack, "tyler", "search office ghent").whispers[-1]
    shown = slack.click("tyler", ("#growth", listed), "decisions.show")
    assert "Do we open an office in Ghent?" in shown.text
    assert key in typed(slack, "tyler", f"search {key}").text


def test_a_lists_pages_are_turned(slack: Slack) -> None:
    while len(decisions(slack)) < 21:
        need(slack)
    listed = typed(slack, "tyler", "list all").whispers[-1]
    turned = slack.click("tyler", ("#growth", listed), "decisions.turn_on")
    until(lambda: "21–" in words(slack.messages("tyler", "#growth")))
    assert turned is not None


def test_buttons_of_what_is_no_longer_so_say_so(slack: Slack) -> None:
    key = need(slack)
    card = typed(slack, "tyler", f"show {key}").whispers[-1]
    decide(slack, key)
    slack.click("tyler", ("#growth", card), "decisions.edit_button")
    until(lambda: f"{key} is decided" in words(slack.messages("tyler", "#growth")))


@pytest.mark.parametrize("value", ["999999", "x", "1 2", ""])
def test_a_button_with_another_value_is_refused(slack: Slack, value: str) -> None:
    before = len(slack.messages("tyler", "bot"))
    slack.hear(slack.press("tyler", "decisions.decide_button", value))
    until(
        lambda: (
            "not there any more, or you cannot see it" in words([slack.views("tyler"), slack.messages("tyler", "bot")])
            or "from an older message" in words([slack.views("tyler"), slack.messages("tyler", "bot")[before:]])
        )
    )
    for view in slack.views("tyler"):
        slack.close_form("tyler", view)


def test_a_decision_of_a_private_team_stays_there(slack: Slack) -> None:
    set_up(slack, "henrik", "#people-ops", name="People")
    form = slack.command("henrik", "#people-ops", "/decision need Do we close the secret plant?").form
    assert "is not in the channel of People" in slack.submit("henrik", form, decider="@tyler").errors["decider"]
    assert slack.submit("henrik", form, decider="@henrik").views == []
    private = decisions(slack)[-1]
    for line in ("show", "decide", "edit", "reopen", "supersede", "withdraw"):
        seen = typed(slack, "tyler", f"{line} {private.key}")
        assert seen.views == []
        assert f"There is no {private.key} that you can see" in seen.text
    for line in ("list all", "search secret", f"search {private.key}", "list @henrik all"):
        assert "secret plant" not in typed(slack, "tyler", line).text
    for button in ("show", "decide_button", "edit_button", "object_button", "reopen_button", "withdraw_button"):
        slack.hear(slack.press("tyler", f"decisions.{button}", str(private.id)))
    until(lambda: "you cannot see it" in words([slack.views("tyler"), slack.messages("tyler", "bot")]))
    assert "secret plant" not in words([slack.views("tyler"), slack.messages("tyler", "bot")])


def test_a_form_that_names_another_teams_ids_is_refused(slack: Slack) -> None:
    key = need(slack)
    form = typed(slack, "grace", f"decide {key}").form
    forged = {**form, "private_metadata": f"{decisions(slack)[-1].id + 50} 1 C1"}
    assert "not there any more" in str(slack.hear(slack.submission("grace", forged, **CHOICE)).body)
    form = typed(slack, "tyler", "need Whose?").form
    assert "one of the teams in the list" in str(slack.hear(slack.submission("tyler", form, team="9999")).body)


def test_a_guest_sees_the_decisions_of_their_channels_only(slack: Slack) -> None:
    key = need(slack)
    assert key in typed(slack, "noah", "list").text
    slack.post("membership", user="@noah", channel="#growth", joined=False)
    try:
        until(lambda: key not in slack.command("noah", "#random", "/decision list").text)
        assert "no team to have a decision" in slack.command("noah", "#random", "/decision need Why?").text
    finally:
        slack.post("membership", user="@noah", channel="#growth", joined=True)


def test_the_lead_says_where_decisions_are_announced(slack: Slack) -> None:
    assert "are announced in" in slack.command("tyler", "#growth", "/rhythm decisions").text
    assert "leads Growth and can change this" in slack.command("tyler", "#growth", "/rhythm decisions off").text
    assert "from now on announced nowhere" in slack.command("grace", "#growth", "/rhythm decisions off").text
    decide(slack, need(slack), choice="In silence")
    slack.settle()
    assert "In silence" not in words(slack.posts("tyler", "#growth"))
    assert "is not in that channel yet" in slack.command("grace", "#growth", "/rhythm decisions #random").text
    assert "Where? Type here" in slack.command("grace", "#growth", "/rhythm decisions somewhere").text
    assert "from now on announced in" in slack.command("grace", "#growth", "/rhythm decisions here").text
    assert "not a team yet" in slack.command("grace", "#random", "/rhythm decisions").text


def test_while_one_types_what_was_decided_before_is_shown_and_so_it_is_once_saved(slack: Slack) -> None:
    key = need(slack, question="Do we translate the handbook into Czech?")
    assert decide(slack, key, choice="Hire a translator").views == []
    form = typed(slack, "lena", "need", "#platform").form
    form = slack.type("lena", form, question="Who translates the handbook?").form
    assert "Decisions about the same" in words(form)
    assert "Hire a translator" in words(form)
    saved = slack.submit("lena", form, question="Who translates the handbook?")
    assert (saved.views, f"{key}* Do we translate" in saved.text) == ([], True)
    form = typed(slack, "lena", "Translate the handbook ourselves", "#platform").form
    assert "Hire a translator" in words(form)
    form = slack.type("lena", form, choice="Paint the fence").form
    assert "Decisions about the same" not in words(form)
    slack.close_form("lena", form)
    other = decisions(slack)[-1].key
    form = typed(slack, "lena", f"edit {other}", "#platform").form
    assert slack.submit("lena", form, decider="@lena").views == []
    form = typed(slack, "lena", f"decide {other}", "#platform").form
    assert "Hire a translator" in words(form)
    slack.close_form("lena", form)


def test_while_one_edits_a_question_what_is_remembered_follows_it_and_both_edits_are_kept(slack: Slack) -> None:
    past = need(slack, question="Do we lease the delivery vans?")
    assert decide(slack, past, choice="Buy used ones").views == []
    key = need(slack, question="Do we lease the delivery vans again?", heard=["@marcus"], context="Fuel is dear")
    form = typed(slack, "tyler", f"edit {key}").form
    assert ("Buy used ones" in words(form), f"*{key}*" in words(form)) == (True, False)
    form = slack.type("tyler", form, question="Where do we paint the fence?", context="It is grey").form
    assert "Buy used ones" not in words(form)
    form = slack.type("tyler", form, question="Do we lease vans for delivery?").form
    assert "Buy used ones" in words(form)
    theirs = slack.submit("grace", typed(slack, "grace", f"edit {key}").form, options="Lease\nBuy")
    assert theirs.views == []
    form = slack.type("tyler", form, question="Do we lease or buy delivery vans?").form
    assert slack.submit("tyler", form).views == []
    view = seen_by(slack, "tyler", key)
    assert (view.decision.question, view.decision.context) == ("Do we lease or buy delivery vans?", "It is grey")
    assert ([one.text for one in view.options], [one.name for one in view.heard]) == (["Lease", "Buy"], ["Marcus Bell"])


def test_an_obstacle_asks_for_its_decision_and_shows_what_became_of_it(slack: Slack) -> None:
    form = slack.command("tyler", "#growth", "/outcome block OUT-1").form
    raised = slack.submit("tyler", form, text="Nobody chooses the vendor", decision=["decision"], owner="@tyler")
    whisper = ("#growth", raised.whispers[-1])
    form = slack.click("tyler", whisper, "obstacles.ask_button").form
    assert (field(form, "question"), "OUT-1" in words(form)) == ("Nobody chooses the vendor", True)
    saved = slack.submit("tyler", form, question="Which vendor?", decider="@grace")
    assert saved.views == []
    assert "For this waits: OUT-1" in saved.text
    key = decisions(slack)[-1].key
    assert f"{key} was asked for because of this obstacle" in slack.click("tyler", whisper, "obstacles.ask_button").text
    home = slack.open_home("tyler")
    assert f"*{key}* is open: Grace Whitfield decides it." in words(home)
    shown = slack.command("tyler", "#growth", "/outcome show OUT-1")
    seen = slack.click("tyler", ("#growth", shown.whispers[-1]), "obstacles.answer_button")
    assert "Because of an obstacle to *OUT-1*: Nobody chooses the vendor" in seen.text
    assert decide(slack, key, choice="The cheaper one").views == []
    assert f"*{key}* is decided: “The cheaper one”" in words(slack.open_home("tyler"))


def test_a_second_form_for_the_same_obstacle_is_told_of_the_first(slack: Slack) -> None:
    form = slack.command("tyler", "#growth", "/outcome block OUT-1").form
    raised = slack.submit("tyler", form, text="Nobody chooses the colour", decision=["decision"], owner="@tyler")
    form = slack.click("tyler", ("#growth", raised.whispers[-1]), "obstacles.ask_button").form
    card = slack.command("marcus", "#growth", "/outcome show OUT-1").whispers[-1]
    theirs = slack.click("marcus", ("#growth", card), "obstacles.ask_button").form
    assert slack.submit("marcus", theirs).views == []
    refused = slack.hear(slack.submission("tyler", form))
    assert "was asked for because of this obstacle already" in str(refused.body)
    slack.close_form("tyler", form)


def test_the_log_form_has_more_fields_when_they_are_asked_for(slack: Slack) -> None:
    form = typed(slack, "tyler", "Paint the office green").form
    form = slack.click("tyler", form, "decisions.more_fields").form
    assert field(form, "choice") == "Paint the office green"
    answers = {"why": "It calms", "heard": ["@marcus"], "window": "1"}
    refused = slack.submit("tyler", form, made_on="next friday", **answers)
    assert "still to come" in refused.errors["made_on"]
    assert slack.submit("tyler", form, made_on="2026-02-20", **answers).views == []
    view = seen_by(slack, "tyler", decisions(slack)[-1].key)
    assert view.chosen is not None
    assert (f"{view.chosen.made_at:%Y-%m-%d}", [one.name for one in view.heard]) == ("2026-02-20", ["Marcus Bell"])
    assert "You are heard on this" in dm(slack, "marcus")


def test_history_is_a_click_away_and_says_who_did_what_when(slack: Slack) -> None:
    key = need(slack)
    assert decide(slack, key).views == []
    card = typed(slack, "marcus", f"show {key}").whispers[-1]
    history = slack.click("marcus", ("#growth", card), "decisions.history_button").text
    assert "Tyler Nguyen asked the question" in history
    assert "Grace Whitfield decided: “Raise them by 10%”" in history


def test_a_line_of_words_that_only_looks_like_a_command_is_a_title(slack: Slack) -> None:
    form = typed(slack, "tyler", "Shows begin at 9 from now on").form
    assert field(form, "choice") == "Shows begin at 9 from now on"
    slack.close_form("tyler", form)
