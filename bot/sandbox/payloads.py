"""What Slack sends the bot for each gesture, field by field (docs.slack.dev/reference/interaction-payloads)."""

from bot.sandbox.inputs import CHOSEN, STATEFUL, Values
from bot.sandbox.refusals import Json
from bot.sandbox.slack import Slack

VERIFICATION = "sandbox-verification"


class Payloads:
    """Builds payloads for one sandbox."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._world = slack.world

    def command(self, user: str, channel: str, name: str, text: str) -> Json:
        """A slash command, as the fields of a form."""
        workspace = self._world.company.workspace
        return {
            "token": VERIFICATION,
            "team_id": workspace.id,
            "team_domain": workspace.domain,
            "channel_id": channel,
            "channel_name": self.channel(channel)["name"],
            "user_id": user,
            "user_name": self._world.users[user]["name"],
            "command": name,
            "text": text,
            "api_app_id": self._world.company.bot.app_id,
            "is_enterprise_install": "false",
            "response_url": self._slack.url + self._slack.interactions.response_path("commands", channel, user),
            "trigger_id": self._slack.interactions.trigger(user),
        }

    def message_click(self, user: str, channel: str, message: Json, action: Json, values: Values) -> Json:
        """`block_actions` from a message. A whisper is named by its timestamp only, as Slack keeps no copy of it."""
        whispered = bool(message.get("is_ephemeral"))
        payload = self._frame("block_actions", user)
        payload |= {
            "container": {
                "type": "message",
                "message_ts": message["ts"],
                "channel_id": channel,
                "is_ephemeral": whispered,
                **({"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}),
            },
            "trigger_id": self._slack.interactions.trigger(user),
            "channel": self.channel(channel),
            "state": {"values": values},
            "response_url": self._response_url(channel, user, message["ts"]),
            "actions": [action],
        }
        return payload if whispered else {**payload, "message": message}

    def view_click(self, user: str, view: Json, action: Json) -> Json:
        """`block_actions` from a modal or from Home."""
        return {
            **self._frame("block_actions", user),
            "container": {"type": "view", "view_id": view["id"]},
            "trigger_id": self._slack.interactions.trigger(user, view["id"]),
            "view": view,
            "actions": [action],
        }

    def submission(self, user: str, view: Json) -> Json:
        """`view_submission`."""
        return {
            **self._frame("view_submission", user),
            "trigger_id": self._slack.interactions.trigger(user, view["id"]),
            "view": view,
            "response_urls": self._response_urls(user, view),
        }

    def closing(self, user: str, view: Json, *, cleared: bool) -> Json:
        """`view_closed`."""
        return {**self._frame("view_closed", user), "view": view, "is_cleared": cleared}

    def shortcut(self, user: str, callback_id: str) -> Json:
        """A global shortcut."""
        return {
            **self._frame("shortcut", user),
            "action_ts": self._world.next_ts(),
            "callback_id": callback_id,
            "trigger_id": self._slack.interactions.trigger(user),
        }

    def message_shortcut(self, user: str, callback_id: str, channel: str, message: Json) -> Json:
        """A shortcut from a message's menu."""
        return {
            **self._frame("message_action", user),
            "action_ts": self._world.next_ts(),
            "callback_id": callback_id,
            "trigger_id": self._slack.interactions.trigger(user),
            "response_url": self._response_url(channel, user, message["ts"]),
            "channel": self.channel(channel),
            "message_ts": message["ts"],
            "message": message,
        }

    def suggestion(self, user: str, source: Json, block: Json, element: Json, query: str) -> Json:
        """`block_suggestion`; `source` holds `view`, or `channel` and `message`."""
        return {
            **self._frame("block_suggestion", user),
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "value": query,
            **source,
        }

    def action(self, block: Json, element: Json, value: Json | None, chosen: Json | None) -> Json:
        """One entry of `actions`: the element, what it now holds, and when."""
        kind = element["type"]
        action: Json = {"type": kind, "action_id": element["action_id"], "block_id": block["block_id"]}
        if kind in STATEFUL and value is not None:
            initial = CHOSEN[kind][1]
            kept = {name: element[name] for name in ("placeholder", initial) if name in element}
            action |= {**value, **(kept if kind not in ("plain_text_input",) else {})}
        elif chosen is not None:
            action["selected_option"] = chosen
        else:
            action |= {name: element[name] for name in ("text", "value", "style") if name in element}
        return {**action, "action_ts": self._world.next_ts()}

    def channel(self, channel: str) -> Json:
        """A channel's id and the name Slack gives it in payloads."""
        row = self._world.channels[channel]
        name = "directmessage" if row["is_im"] else "privategroup" if row["is_private"] else row["name"]
        return {"id": channel, "name": name}

    def _frame(self, kind: str, user: str) -> Json:
        workspace = self._world.company.workspace
        name = self._world.users[user]["name"]
        return {
            "type": kind,
            "team": {"id": workspace.id, "domain": workspace.domain},
            "user": {"id": user, "username": name, "name": name, "team_id": workspace.id},
            "api_app_id": self._world.company.bot.app_id,
            "token": VERIFICATION,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _response_url(self, channel: str, user: str, ts: str) -> str:
        return self._slack.url + self._slack.interactions.response_path("actions", channel, user, ts)

    def _response_urls(self, user: str, view: Json) -> list[Json]:
        urls = []
        for block in view["blocks"]:
            element = block.get("element", {})
            if not element.get("response_url_enabled"):
                continue
            value = view["state"]["values"][block["block_id"]][element["action_id"]]
            channel = value.get("selected_conversation") or value.get("selected_channel")
            if channel:
                path = self._slack.interactions.response_path("app", channel, user)
                ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
                urls.append({**ids, "channel_id": channel, "response_url": self._slack.url + path})
        return urls
