"""People and channels of the demonstration company as the rows Slack's objects are made from."""

import zlib
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from bot.demo.company import Company, DemoPerson
from bot.sandbox.refusals import Json

PALETTE = ("9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "235e5b", "5b89d5")


def user_rows(company: Company) -> dict[str, Json]:
    """Everyone of the company, the bot's own user, and Slackbot, which Slack does not call a bot, by id."""
    slackbot = DemoPerson("USLACKBOT", "slackbot", "Slackbot", "", "UTC")
    rows = {person.id: user_row(person, company.workspace.id) for person in (*company.people, slackbot)}
    bot = DemoPerson(company.bot.user_id, company.bot.name, company.bot.name.capitalize(), "", "UTC", is_bot=True)
    rows[bot.id] = user_row(bot, company.workspace.id)
    return rows


def channel_rows(company: Company, now: datetime) -> dict[str, Json]:
    """Every channel of the company, by id."""
    bot = company.bot.user_id
    return {
        channel.id: {
            "id": channel.id,
            "name": channel.name,
            "purpose": channel.purpose,
            "is_im": False,
            "is_private": channel.is_private,
            "is_archived": channel.is_archived,
            "members": [*channel.members, *([bot] if channel.bot_in else [])],
            "created": int(now.timestamp()) - 200 * 86_400,
            "creator": channel.members[0] if channel.members else bot,
        }
        for channel in company.channels
    }


def user_row(person: DemoPerson, team: str) -> Json:
    """One person as the world keeps them."""
    return {
        "id": person.id,
        "team_id": team,
        "name": person.handle,
        "real_name": person.name,
        "title": person.title,
        "tz": person.tz,
        "locale": person.locale,
        "email": person.email,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "dnd_until": 0,
        "deleted": person.deleted,
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_restricted": person.is_guest,
        "is_bot": person.is_bot,
        "updated": 0,
    }


def user_object(row: Json, now: datetime, *, with_email: bool, with_locale: bool = False) -> Json:
    """A user as Slack's `users.info` shows it. A deactivated one has no time zone and no roles, as in Slack."""
    user: Json = {
        "id": row["id"],
        "team_id": row["team_id"],
        "name": row["name"],
        "deleted": row["deleted"],
        "color": PALETTE[zlib.crc32(row["id"].encode()) % len(PALETTE)],
        "real_name": row["real_name"],
        "profile": _profile(row, now, with_email=with_email),
        "is_bot": row["is_bot"],
        "is_app_user": False,
        "updated": row["updated"],
    }
    if row["deleted"]:
        return user
    zone = ZoneInfo(row["tz"])
    local = now.astimezone(zone)
    offset = local.utcoffset()
    user |= {
        "tz": row["tz"],
        "tz_label": get_timezone_name(local, locale="en_US"),
        "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        "is_admin": row["is_admin"],
        "is_owner": row["is_owner"],
        "is_primary_owner": row["is_owner"],
        "is_restricted": row["is_restricted"],
        "is_ultra_restricted": False,
        "is_email_confirmed": not row["is_bot"],
        "who_can_share_contact_card": "EVERYONE",
    }
    if with_locale:
        user["locale"] = row["locale"]
    return user


def status(row: Json, now: datetime) -> Json:
    """What somebody's status says; nothing once it has expired. Journals of older versions know of no expiration."""
    expires = row.get("status_expiration", 0)
    if expires and expires <= now.timestamp():
        return {"status_text": "", "status_emoji": "", "status_expiration": 0}
    return {"status_text": row["status_text"], "status_emoji": row["status_emoji"], "status_expiration": expires}


def do_not_disturb(row: Json, now: datetime) -> Json:
    """Somebody's Do Not Disturb as `dnd.teamInfo` shows it: on from now until it ends, else off."""
    seconds, until = int(now.timestamp()), row.get("dnd_until", 0)
    if until <= seconds:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    return {"dnd_enabled": True, "next_dnd_start_ts": seconds, "next_dnd_end_ts": until}


def _profile(row: Json, now: datetime, *, with_email: bool) -> Json:
    first, _, last = row["real_name"].partition(" ")
    profile: Json = {
        "title": row["title"],
        "phone": "",
        "skype": "",
        "real_name": row["real_name"],
        "real_name_normalized": row["real_name"],
        "display_name": row["name"],
        "display_name_normalized": row["name"],
        "first_name": first,
        "last_name": last,
        **status(row, now),
        "avatar_hash": "g" + row["id"][-11:].lower(),
        "team": row["team_id"],
    }
    if with_email and row["email"]:
        profile["email"] = row["email"]
    return profile
