"""`users.*`, `team.info`, `bots.info`, `dnd.*`, `auth.test`, `api.test` and `apps.connections.open`."""

from bot.sandbox.conversation_methods import page
from bot.sandbox.delivery import SocketDelivery
from bot.sandbox.method import flag, method, text
from bot.sandbox.people import do_not_disturb, user_object
from bot.sandbox.rates import SPECIAL, TIER_2, TIER_3, TIER_4
from bot.sandbox.refusals import Json, SlackError
from bot.sandbox.slack import Slack

MOST_DND_USERS = 50


@method("api.test", tier=TIER_4, caller="anyone")
def api_test(slack: Slack, args: Json) -> Json:
    """Says the arguments back, or the `error` asked for."""
    if args.get("error"):
        raise SlackError(str(args["error"]), args=args)
    return {"args": args}


@method("auth.test", tier=SPECIAL)
def auth_test(slack: Slack, args: Json) -> Json:
    """Who the token is."""
    workspace, bot = slack.world.company.workspace, slack.world.company.bot
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": bot.name,
        "team_id": workspace.id,
        "user_id": bot.user_id,
        "bot_id": bot.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", tier=TIER_3, caller="app")
def open_connection(slack: Slack, args: Json) -> Json:
    """An address for one Socket Mode connection."""
    if not isinstance(slack.delivery, SocketDelivery):
        raise SlackError("socket_mode_not_enabled")
    host = slack.url.removeprefix("http://")
    ticket = slack.delivery.ticket()
    return {"url": f"ws://{host}/link/?ticket={ticket}&app_id={slack.world.company.bot.app_id}"}


@method("users.info", scope="users:read", tier=TIER_4)
def user_info(slack: Slack, args: Json) -> Json:
    """One person."""
    user = text(args, "user")
    if user not in slack.world.users:
        raise SlackError("user_not_found")
    return {"user": _user(slack, user, args)}


@method("users.list", scope="users:read", tier=TIER_2)
def list_users(slack: Slack, args: Json) -> Json:
    """Everyone, by pages; deactivated people too."""
    shown, cursor = page(list(slack.world.users), args, default=1000, most=1000)
    return {
        "members": [_user(slack, user, args) for user in shown],
        "cache_ts": int(slack.world.clock.now().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


@method("users.lookupByEmail", scope="users:read.email", tier=TIER_3)
def lookup_by_email(slack: Slack, args: Json) -> Json:
    """The person with this address."""
    email = text(args, "email").lower()
    found = next((id for id, row in slack.world.users.items() if row["email"] == email and not row["deleted"]), None)
    if found is None:
        raise SlackError("users_not_found")
    return {"user": _user(slack, found, args)}


def _user(slack: Slack, user: str, args: Json) -> Json:
    return user_object(
        slack.world.users[user],
        slack.world.clock.now(),
        with_email=slack.manifest.allows("users:read.email"),
        with_locale=flag(args, "include_locale"),
    )


@method("team.info", scope="team:read", tier=TIER_3)
def team_info(slack: Slack, args: Json) -> Json:
    """The workspace."""
    workspace = slack.world.company.workspace
    return {
        "team": {
            "id": workspace.id,
            "name": workspace.name,
            "url": f"https://{workspace.domain}.slack.com/",
            "domain": workspace.domain,
            "email_domain": "",
            "icon": {"image_default": True},
            "avatar_base_url": "",
            "is_verified": False,
        }
    }


@method("bots.info", scope="users:read", tier=TIER_3)
def bot_info(slack: Slack, args: Json) -> Json:
    """The bot itself."""
    bot = slack.world.company.bot
    if args.get("bot") not in (None, bot.bot_id):
        raise SlackError("bot_not_found")
    known = {"id": bot.bot_id, "app_id": bot.app_id, "user_id": bot.user_id, "name": bot.name}
    return {"bot": {**known, "deleted": False, "updated": 0, "icons": {}}}


@method("dnd.info", scope="dnd:read", tier=TIER_3)
def dnd_info(slack: Slack, args: Json) -> Json:
    """One person's Do Not Disturb, the bot's own when nobody is named. Whether they snoozed is not told of others."""
    user = str(args.get("user") or slack.world.bot_user)
    if user not in slack.world.users:
        raise SlackError("user_not_found")
    return do_not_disturb(slack.world.users[user], slack.world.clock.now())


@method("dnd.teamInfo", scope="dnd:read", tier=TIER_2)
def dnd_team_info(slack: Slack, args: Json) -> Json:
    """The Do Not Disturb of up to fifty people, by their ids."""
    wanted = [user for user in str(args.get("users") or "").split(",") if user]
    if not wanted:
        raise SlackError("no_users_provided")
    if len(wanted) > MOST_DND_USERS:
        raise SlackError("invalid_arguments")
    if any(user not in slack.world.users for user in wanted):
        raise SlackError("user_not_visible")
    now = slack.world.clock.now()
    return {"users": {user: do_not_disturb(slack.world.users[user], now) for user in wanted}}
