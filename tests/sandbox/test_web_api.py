"""The Web API answers and refuses as Slack's does."""

import json
from typing import Any

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.driver import Driver, buttons, modal, plain

BOT = "U07RHYTHM3"
GRACE, OLIVER, BUILDBOT = "U05GR4CE22", "U03L3FT0VR", "U02BU1LDB0"
GROWTH, RANDOM, ARCHIVED, PRIVATE = "C05GR0WTH3", "C04RAND0M7", "C03LAUNCH1", "C08PE0PLE9"


def _post(driver: Driver, text: str, channel: str = GROWTH, **more: Any) -> str:
    posted = driver.api("chat.postMessage", channel=channel, text=text, **more)
    assert posted["ok"], posted
    return str(posted["ts"])


def test_a_token_says_who_it_is(driver: Driver) -> None:
    answer = driver.api("auth.test")
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T04LUMENF1", BOT, "B07RHYTHM2")


def test_tokens_are_checked(driver: Driver, sandbox: Sandbox) -> None:
    assert driver.raw("POST", "/api/auth.test").json() == {"ok": False, "error": "not_authed"}
    assert driver.api("auth.test", token="xoxb-no")["error"] == "invalid_auth"
    assert driver.api("auth.test", token=sandbox.app_token)["error"] == "not_allowed_token_type"
    assert driver.api("apps.connections.open")["error"] == "not_allowed_token_type"
    assert driver.api("apps.connections.open", token=sandbox.app_token)["url"].startswith("ws://127.0.0.1:")


def test_arguments_come_as_a_form_as_json_or_in_the_address(driver: Driver, sandbox: Sandbox) -> None:
    form = {"token": sandbox.bot_token, "channel": GROWTH, "blocks": json.dumps([{"type": "divider"}])}
    assert driver.raw("POST", "/api/chat.postMessage", data=form).json()["ok"]
    address = {"token": sandbox.bot_token, "user": GRACE}
    assert driver.raw("GET", "/api/users.info", params=address).json()["user"]["id"] == GRACE
    bad = {"token": sandbox.bot_token, "channel": GROWTH, "blocks": "[{"}
    assert driver.raw("POST", "/api/chat.postMessage", data=bad).json()["error"] == "invalid_blocks_format"


def test_an_unknown_method_is_said_to_be_unknown(driver: Driver) -> None:
    assert driver.refused("chat.shout") == "unknown_method"


def test_a_missing_scope_is_named(driver: Driver) -> None:
    answer = driver.api("dnd.info", user=GRACE)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "dnd:read")
    assert "chat:write" in answer["provided"].split(",")


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0N0WHERE1", "channel_not_found"),
        (PRIVATE, None),
        (RANDOM, "not_in_channel"),
        (ARCHIVED, "is_archived"),
        (BUILDBOT, "cannot_dm_bot"),
        (OLIVER, "is_archived"),
        (GRACE, None),
    ],
)
def test_where_the_bot_may_post(driver: Driver, channel: str, error: str | None) -> None:
    assert driver.api("chat.postMessage", channel=channel, text="hello").get("error") == error


def test_a_private_channel_the_bot_left_does_not_exist_for_it(driver: Driver) -> None:
    driver.post("membership", user="@rhythm", channel="#people-ops", joined=False)
    for method in ("conversations.info", "conversations.history", "conversations.members"):
        assert driver.refused(method, channel=PRIVATE) == "channel_not_found"
    assert driver.refused("chat.postMessage", channel=PRIVATE, text="hello") == "channel_not_found"
    driver.post("membership", user="@rhythm", channel="#people-ops", joined=True)
    assert driver.api("conversations.info", channel=PRIVATE)["channel"]["is_private"]


def test_a_message_needs_words(driver: Driver) -> None:
    assert driver.refused("chat.postMessage", channel=GROWTH) == "no_text"
    assert driver.refused("chat.postMessage", channel=GROWTH, text="") == "no_text"
    assert driver.refused("chat.postMessage", channel=GROWTH, text="a" * 40_001) == "msg_too_long"


def test_timestamps_only_grow(driver: Driver) -> None:
    stamps = [_post(driver, str(number)) for number in range(20)]
    assert stamps == sorted(set(stamps))


def test_history_is_newest_first_and_comes_in_pages(driver: Driver) -> None:
    stamps = [_post(driver, f"page {number}", channel=GRACE) for number in range(7)]
    dm = driver.api("conversations.open", users=GRACE)["channel"]["id"]
    first = driver.api("conversations.history", channel=dm, limit=3)
    assert [message["ts"] for message in first["messages"]] == stamps[:3:-1]
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    second = driver.api("conversations.history", channel=dm, limit=3, cursor=cursor)
    assert [message["ts"] for message in second["messages"]] == stamps[3:0:-1]


def test_history_is_bounded_by_time_as_slack_does(driver: Driver) -> None:
    stamps = [_post(driver, f"bound {number}") for number in range(4)]

    def between(**more: Any) -> list[str]:
        answer = driver.api("conversations.history", channel=GROWTH, oldest=stamps[0], latest=stamps[3], **more)
        return [message["ts"] for message in answer["messages"]]

    assert between() == [stamps[2], stamps[1]]
    assert between(inclusive=True) == stamps[::-1]
    assert driver.refused("conversations.history", channel=GROWTH, oldest="yesterday") == "invalid_ts_oldest"
    assert driver.refused("conversations.history", channel=RANDOM) == "not_in_channel"


def test_metadata_comes_back_only_when_asked_for(driver: Driver) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "abc"}}
    ts = _post(driver, "owed", metadata=metadata)

    def newest(**more: Any) -> object:
        return driver.api("conversations.history", channel=GROWTH, limit=1, **more)["messages"][0]["metadata"]

    assert newest() == {"event_type": "delivery"}
    assert newest(include_all_metadata=True) == metadata
    driver.api("chat.update", channel=GROWTH, ts=ts, text="settled")
    assert newest(include_all_metadata=True) == metadata


def test_doubled_deliveries_are_counted(driver: Driver) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"id": "twice"}}
    _post(driver, "one", metadata=metadata)
    _post(driver, "two", metadata=metadata)
    posts = driver.get("state")["posts"]
    assert posts["doubled"] == [json.dumps(metadata, sort_keys=True)]
    assert posts["by_metadata"][posts["doubled"][0]] == 2


def test_metadata_has_a_shape_and_a_size(driver: Driver) -> None:
    def refused(metadata: object) -> str:
        return driver.refused("chat.postMessage", channel=GROWTH, text="x", metadata=metadata)

    assert refused({"event_payload": {}}) == "invalid_metadata_format"
    assert refused({"event_type": "x", "event_payload": "y"}) == "invalid_metadata_format"
    assert refused({"event_type": "x", "event_payload": {"y": "z" * 9000}}) == "metadata_too_large"


def test_threads_are_read_by_replies_and_kept_out_of_history(driver: Driver) -> None:
    parent = _post(driver, "parent")
    reply = _post(driver, "reply", thread_ts=parent)
    newest = driver.api("conversations.history", channel=GROWTH, limit=1)["messages"][0]
    assert (newest["ts"], newest["reply_count"], newest["latest_reply"]) == (parent, 1, reply)
    thread = driver.api("conversations.replies", channel=GROWTH, ts=parent)["messages"]
    assert [message["text"] for message in thread] == ["parent", "reply"]
    assert driver.refused("conversations.replies", channel=GROWTH, ts="1.000000") == "thread_not_found"
    link = driver.api("chat.getPermalink", channel=GROWTH, message_ts=reply)["permalink"]
    assert link.endswith(f"/p{reply.replace('.', '')}?thread_ts={parent}&cid={GROWTH}")


def test_only_the_bots_own_messages_can_be_changed(driver: Driver) -> None:
    said = driver.messages("@grace", "#growth")[0]["ts"]
    assert driver.refused("chat.update", channel=GROWTH, ts=said, text="x") == "cant_update_message"
    assert driver.refused("chat.delete", channel=GROWTH, ts=said) == "cant_delete_message"
    assert driver.refused("chat.update", channel=GROWTH, ts="1.000000", text="x") == "message_not_found"
    assert driver.refused("chat.update", channel=GRACE, ts=said, text="x") == "channel_not_found"


def test_an_update_with_text_alone_takes_the_blocks_away(driver: Driver) -> None:
    ts = _post(driver, "with blocks", blocks=[buttons("go")])
    kept = driver.api("chat.update", channel=GROWTH, ts=ts, text="still", blocks=[buttons("go")])["message"]
    assert ("blocks" in kept, "edited" in kept) == (True, False)
    gone = driver.api("chat.update", channel=GROWTH, ts=ts, text="bare")["message"]
    assert ("blocks" in gone, "edited" in gone) == (False, True)


def test_a_deleted_message_is_gone_but_its_thread_keeps_a_tombstone(driver: Driver) -> None:
    alone, parent = _post(driver, "alone"), _post(driver, "parent")
    _post(driver, "reply", thread_ts=parent)
    assert driver.api("chat.delete", channel=GROWTH, ts=alone)["ok"]
    assert driver.api("chat.delete", channel=GROWTH, ts=parent)["ok"]
    seen = {message["ts"]: message for message in driver.messages("@grace", "#growth")}
    assert alone not in seen
    assert seen[parent]["subtype"] == "tombstone"


def test_whispers_reach_one_member_only(driver: Driver) -> None:
    shown = driver.api("chat.postEphemeral", channel=GROWTH, user=GRACE, text="between us")
    assert driver.messages("@grace", "#growth")[-1]["ts"] == shown["message_ts"]
    assert driver.messages("@marcus", "#growth")[-1]["ts"] != shown["message_ts"]
    history = driver.api("conversations.history", channel=GROWTH, limit=1)["messages"]
    assert history[0]["ts"] != shown["message_ts"]
    assert driver.refused("chat.postEphemeral", channel=GROWTH, user="U06LENA51B", text="x") == "user_not_in_channel"


def test_people_are_described_with_zone_and_locale(driver: Driver) -> None:
    user = driver.api("users.info", user="U07PR1YA6N", include_locale=True)["user"]
    assert (user["tz"], user["tz_offset"], user["locale"]) == ("Asia/Kolkata", 19_800, "en-IN")
    assert "email" not in user["profile"]
    assert "locale" not in driver.api("users.info", user="U07PR1YA6N")["user"]
    assert driver.api("users.info", user="U08GU35T4V")["user"]["is_restricted"] is True
    gone = driver.api("users.info", user=OLIVER)["user"]
    assert (gone["deleted"], "tz" in gone) == (True, False)
    assert driver.refused("users.info", user="U0N0B0DY00") == "user_not_found"


def test_everybody_is_listed_once_over_the_pages(driver: Driver) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = driver.api("users.list", limit=5, cursor=cursor)
        seen += [member["id"] for member in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 23
    assert driver.refused("users.list", cursor="nonsense") == "invalid_cursor"


def test_channels_are_listed_by_kind_and_joined_when_public(driver: Driver) -> None:
    names = {channel["name"] for channel in driver.api("conversations.list", exclude_archived=True)["channels"]}
    assert names == {"general", "random", "growth", "platform", "support"}
    private = driver.api("users.conversations", types="private_channel")["channels"]
    assert [channel["name"] for channel in private] == ["people-ops"]
    assert driver.api("conversations.join", channel=RANDOM)["channel"]["is_member"]
    driver.post("membership", user="@rhythm", channel="#random", joined=False)
    members = driver.api("conversations.members", channel=GROWTH)["members"]
    assert {GRACE, BOT} <= set(members)


def test_a_direct_message_is_opened_with_one_living_person(driver: Driver) -> None:
    assert driver.api("conversations.open", users=GRACE)["channel"]["id"].startswith("D")
    assert driver.refused("conversations.open", users=OLIVER) == "user_disabled"
    assert driver.refused("conversations.open", users="U0N0B0DY00") == "user_not_found"
    assert driver.refused("conversations.open", users=BUILDBOT) == "cannot_dm_bot"


def test_home_is_published_with_a_hash_against_overwriting(driver: Driver) -> None:
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    first = driver.api("views.publish", user_id=GRACE, view=view)["view"]
    second = driver.api("views.publish", user_id=GRACE, view=view, hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    assert driver.refused("views.publish", user_id=GRACE, view=view, hash=first["hash"]) == "hash_conflict"
    assert driver.get("home", user="@grace")["view"]["hash"] == second["hash"]


def test_a_form_needs_a_live_trigger(driver: Driver) -> None:
    view = modal({"type": "divider"})
    assert driver.refused("views.open", view=view, trigger_id="123.456") == "invalid_trigger_id"
    assert driver.refused("views.open", view=view) == "invalid_arguments"
    assert driver.refused("views.update", view=view, view_id="V0N0THING1") == "not_found"


def test_blocks_can_be_validated_without_posting(driver: Driver) -> None:
    assert driver.raw("POST", "/api/blocks.validate", json={"blocks": [{"type": "divider"}]}).json()["ok"]
    answer = driver.api("blocks.validate", blocks=[{"type": "header", "text": plain("x" * 151)}])
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_calls_are_counted(driver: Driver) -> None:
    before = driver.get("state")["calls"].get("team.info", 0)
    assert driver.api("team.info")["team"]["domain"] == "lumenfield"
    assert driver.get("state")["calls"]["team.info"] == before + 1
