"""People's gestures reach a real Bolt app as Slack would send them, over Socket Mode and over signed HTTP."""

from tests.sandbox.driver import Driver, option, plain, until
from tests.sandbox.tiny_app import TinyApp

GRACE = "U05GR4CE22"
GROWTH = "C05GR0WTH3"


def _form(people: Driver) -> str:
    """Opens the form and returns its id."""
    return str(people.post("command", user="@grace", channel="#growth", text="/form")["views"][-1]["id"])


def _fill(people: Driver, name: str) -> dict[str, object]:
    return people.post("submit", user="@grace", view_id=_form(people), values={"name": {"it": name}})


def test_a_command_arrives_with_every_field_slack_sends(people: Driver, app: TinyApp) -> None:
    people.post("command", user="@grace", channel="#growth", text="/echo hello")
    sent = app.last("command")
    assert sent["command"] == "/echo"
    assert sent["text"] == "hello"
    assert (sent["user_id"], sent["user_name"]) == (GRACE, "grace")
    assert (sent["channel_id"], sent["channel_name"]) == (GROWTH, "growth")
    assert (sent["team_id"], sent["team_domain"]) == ("T04LUMENF1", "lumenfield")
    assert sent["api_app_id"] == "A07RHYTHM1"
    assert sent["is_enterprise_install"] == "false"
    assert {"token", "response_url", "trigger_id"} <= sent.keys()


def test_names_in_a_command_become_ids_and_the_rest_is_escaped(people: Driver, app: TinyApp) -> None:
    people.post("command", user="@grace", channel="#growth", text="/echo @lena in #growth, @nobody & <b> #people-ops")
    assert app.last("command")["text"] == (
        f"<@U06LENA51B|lena> in <#{GROWTH}|growth>, @nobody &amp; &lt;b&gt; #people-ops"
    )


def test_text_in_the_ack_of_a_command_is_whispered(people: Driver) -> None:
    answer = people.post("command", user="@grace", channel="#growth", text="/echo a whisper")
    assert [message["text"] for message in answer["ephemerals"]] == ["a whisper"]
    assert people.messages("@grace", "#growth")[-1]["is_ephemeral"] is True
    assert all(message["text"] != "a whisper" for message in people.messages("@marcus", "#growth"))


def test_a_command_without_a_slash_or_unknown_to_the_channel_is_refused(people: Driver) -> None:
    assert people.try_post("command", user="@grace", channel="#growth", text="form")[0] == 400
    assert people.try_post("command", user="@grace", channel="#people-ops", text="/form")[0] == 403
    assert people.try_post("command", user="@oliver", channel="#growth", text="/form")[0] == 403
    assert people.try_post("command", user="@nemo", channel="#growth", text="/form")[0] == 404


def test_a_command_nobody_acknowledges_times_out_and_says_so(people: Driver) -> None:
    status, body = people.try_post("command", user="@grace", channel="#growth", text="/slow")
    assert (status, body["error"].partition(":")[0]) == (504, "operation_timeout")
    assert "/slow failed" in people.messages("@grace", "#growth")[-1]["text"]


def test_a_form_is_filled_in_and_submitted(people: Driver, app: TinyApp) -> None:
    answer = _fill(people, "Ada")
    assert answer["views"] == []
    values = app.last("submission")["view"]["state"]["values"]
    assert values == {
        "name": {"it": {"type": "plain_text_input", "value": "Ada"}},
        "note": {"it": {"type": "plain_text_input", "value": None}},
    }
    assert people.messages("@grace", "bot")[-1]["text"] == "Saved Ada"


def test_an_empty_required_field_never_reaches_the_app(people: Driver, app: TinyApp) -> None:
    before = app.count("submission")
    status, body = people.try_post("submit", user="@grace", view_id=_form(people), values={})
    assert (status, "Block name" in body["error"]) == (400, True)
    assert app.count("submission") == before


def test_a_refused_form_stays_open_with_its_errors_and_what_was_typed(people: Driver) -> None:
    answer = _fill(people, "taken")
    assert answer["ack"] == {"response_action": "errors", "errors": {"name": "That name is taken."}}
    [view] = people.get("views", user="@grace")["views"]
    assert view["errors"] == {"name": "That name is taken."}
    assert view["state"]["values"]["name"]["it"]["value"] == "taken"


def test_a_form_can_push_update_and_clear(people: Driver) -> None:
    first = _fill(people, "next")["views"]
    assert isinstance(first, list)
    assert len(first) == 2
    assert first[1]["previous_view_id"] == first[0]["id"]
    [below, again] = people.post("submit", user="@grace", view_id=first[1]["id"], values={"name": {"it": "again"}})[
        "views"
    ]
    assert again["title"]["text"] == "Again"
    assert again["hash"] != first[1]["hash"]
    assert people.try_post("submit", user="@grace", view_id=below["id"], values={})[0] == 409
    assert people.post("submit", user="@grace", view_id=again["id"], values={"name": {"it": "all"}})["views"] == []


def test_closing_a_form_is_told_to_an_app_that_asked(people: Driver, app: TinyApp) -> None:
    view_id = _form(people)
    assert people.post("close", user="@grace", view_id=view_id)["views"] == []
    assert app.last("closed")["view"]["id"] == view_id
    assert app.last("closed")["is_cleared"] is False


def test_a_button_press_carries_its_message_and_is_answered_in_a_whisper(people: Driver, app: TinyApp) -> None:
    _fill(people, "Bea")
    message = people.messages("@grace", "bot")[-1]
    answer = people.post("click", user="@grace", channel="bot", ts=message["ts"], action_id="press")
    assert [whisper["text"] for whisper in answer["ephemerals"]] == ["You pressed it."]
    sent = app.last("action")
    assert sent["container"] == {
        "type": "message",
        "message_ts": message["ts"],
        "channel_id": message_channel(people),
        "is_ephemeral": False,
    }
    assert sent["message"]["ts"] == message["ts"]
    assert sent["actions"][0]["value"] == "press"
    assert sent["state"] == {"values": {}}


def message_channel(people: Driver) -> str:
    """The id of Grace's DM with the bot."""
    return str(people.get("sidebar", user="@grace")["ims"][0]["id"])


def test_a_message_can_be_edited_in_place(people: Driver) -> None:
    _fill(people, "Cleo")
    ts = people.messages("@grace", "bot")[-1]["ts"]
    people.post("click", user="@grace", channel="bot", ts=ts, action_id="edit")
    edited = next(message for message in people.messages("@grace", "bot") if message["ts"] == ts)
    assert (edited["text"], "blocks" in edited) == ("Edited", False)


def test_an_unknown_button_or_message_is_not_found(people: Driver) -> None:
    _fill(people, "Dan")
    ts = people.messages("@grace", "bot")[-1]["ts"]
    assert people.try_post("click", user="@grace", channel="bot", ts=ts, action_id="nothing")[0] == 404
    assert people.try_post("click", user="@grace", channel="bot", ts="1.000000", action_id="press")[0] == 404


def test_a_dm_is_heard_and_answered(people: Driver, app: TinyApp) -> None:
    people.post("message", user="@grace", channel="bot", text="hello @lena, see https://example.com")
    event = app.last("message")["event"]
    assert event["text"] == "hello <@U06LENA51B>, see <https://example.com>"
    assert (event["channel_type"], event["user"]) == ("im", GRACE)
    assert app.last("message")["authorizations"][0]["is_bot"] is True
    assert people.messages("@grace", "bot")[-1]["text"].startswith("You said hello")


def test_a_reply_in_a_thread_stays_in_the_thread(people: Driver) -> None:
    people.post("message", user="@grace", channel="bot", text="first")
    first = people.messages("@grace", "bot")[-1]["ts"]
    people.post("message", user="@grace", channel="bot", text="below", thread_ts=first)
    thread = people.get("messages", user="@grace", channel="bot", thread_ts=first)["messages"]
    assert [message["text"] for message in thread] == ["You said first", "below", "You said below"]
    assert thread[0]["reply_count"] == 2


def test_home_opens_and_its_buttons_work(people: Driver, app: TinyApp) -> None:
    view = people.post("home", user="@marcus")["view"]
    assert view["type"] == "home"
    people.post("click", user="@marcus", view_id=view["id"], action_id="press")
    assert app.last("action")["container"] == {"type": "view", "view_id": view["id"]}
    assert app.last("action")["view"]["type"] == "home"


def test_shortcuts_open_forms(people: Driver, app: TinyApp) -> None:
    assert people.post("shortcut", user="@grace", callback_id="global")["views"]
    assert app.last("shortcut")["type"] == "shortcut"
    said = people.messages("@grace", "#growth")[0]
    people.post("shortcut", user="@grace", callback_id="on_message", channel="#growth", ts=said["ts"])
    sent = app.last("shortcut")
    assert (sent["type"], sent["message"]["text"], sent["message_ts"]) == ("message_action", said["text"], said["ts"])


def test_a_mention_in_a_channel_is_told_twice_as_slack_does(people: Driver, app: TinyApp) -> None:
    people.post("message", user="@grace", channel="#growth", text="@rhythm are you there")
    until(lambda: app.count("app_mention"))
    assert app.last("app_mention")["text"].startswith("<@U07RHYTHM3>")


def test_only_members_write_and_only_where_the_bot_is_does_it_hear(people: Driver, app: TinyApp) -> None:
    before = app.count("message")
    people.post("message", user="@grace", channel="#random", text="psst")
    assert people.try_post("message", user="@grace", channel="#platform", text="hi")[0] == 403
    assert people.try_post("message", user="@grace", channel="#launch-2025", text="hi")[0] == 403
    assert app.count("message") == before


def test_comings_goings_and_changes_are_told(people: Driver, app: TinyApp) -> None:
    people.post("membership", user="@zofia", channel="#growth", joined=True)
    until(lambda: app.count("member_joined_channel"))
    people.post("membership", user="@zofia", channel="#growth", joined=False)
    until(lambda: app.count("member_left_channel"))
    people.post("user", user="@tyler", tz="Asia/Tokyo")
    until(lambda: app.count("user_change"))
    assert app.last("user_change")["user"]["tz_offset"] == 9 * 3600
    people.post("archive", channel="#support", archived=True)
    until(lambda: app.count("channel_archive"))
    assert people.api("chat.postMessage", channel="C07SUPP0RT", text="hello")["error"] == "is_archived"
    people.post("archive", channel="#support", archived=False)
    people.post("rename", channel="#support", name="care")
    until(lambda: app.count("channel_rename"))
    assert app.last("channel_rename")["channel"]["name"] == "care"
    assert people.try_post("rename", channel="#care", name="growth")[0] == 400
    people.post("rename", channel="#care", name="support")


def test_choices_in_a_message_are_remembered_for_each_person(people: Driver, app: TinyApp) -> None:
    menu = {"type": "static_select", "action_id": "press", "options": [option("one"), option("two")]}
    more = {"type": "overflow", "action_id": "press", "options": [option("three"), option("four")]}
    day = {"type": "datepicker", "action_id": "day"}
    blocks = [
        {"type": "actions", "block_id": "first", "elements": [menu, day]},
        {"type": "section", "block_id": "second", "text": plain("x"), "accessory": more},
    ]
    ts = people.api("chat.postMessage", channel=GROWTH, text="choose", blocks=blocks)["ts"]
    where = {"channel": "#growth", "ts": ts, "action_id": "press"}
    assert people.try_post("click", user="@grace", value="one", **where)[0] == 400  # two elements have this action id
    assert people.try_post("click", user="@grace", block_id="first", value="five", **where)[0] == 400
    people.post("click", user="@grace", block_id="first", value="Two", **where)
    assert app.last("action")["actions"][0]["selected_option"] == option("two")
    people.post("click", user="@grace", block_id="second", value="four", **where)
    sent = app.last("action")
    assert sent["actions"][0]["selected_option"] == option("four")
    assert sent["state"]["values"]["first"]["press"]["selected_option"] == option("two")
    people.post("click", user="@marcus", block_id="second", value="three", **where)
    assert app.last("action")["state"]["values"]["first"]["press"]["selected_option"] is None


def test_somebody_new_joins_and_can_act(people: Driver) -> None:
    joined = people.post("user", user="@ines", joins=True, name="Ines Duarte", tz="Europe/Lisbon")["user"]
    assert (joined["name"], joined["real_name"]) == ("ines", "Ines Duarte")
    assert people.try_post("user", user="@ines", joins=True)[0] == 400
    assert people.post("home", user="@ines")["view"]["type"] == "home"
    assert people.try_post("user", user="@ines", tz="Mars/Olympus")[0] == 400
    assert people.try_post("user", user="@ines", shoe_size=39)[0] == 400
