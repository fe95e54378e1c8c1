"""Every environment variable, once. `.env.example` lists the same ones; a test compares them."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Literal

from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import CannotStart

_TOKEN_FORMS = {
    "slack_bot_token": (re.compile(r"xox[be][-.]\S+"), "a bot token that starts with xoxb-"),
    "slack_app_token": (re.compile(r"xapp-\S+"), "an app-level token that starts with xapp-"),
}
_KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
"""32 bytes, as `cryptography.fernet.Fernet.generate_key` writes them."""


class Role(StrEnum):
    """What one process does. All of them share the database, and nothing else."""

    ALL = "all"
    DOOR = "door"
    """Answers Slack and programs; sends nothing by itself."""
    TICKER = "ticker"
    """Plans and sends; hears nobody."""

    @property
    def answers(self) -> bool:
        """Whether Slack and programs reach this process."""
        return self != Role.TICKER

    @property
    def ticks(self) -> bool:
        """Whether this process plans and sends."""
        return self != Role.DOOR


class Settings(BaseSettings):
    """What the people who run Rhythm may choose."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    slack_bot_token: SecretStr | None = Field(default=None, description="The bot token (xoxb-…) of the installed app.")
    slack_app_token: SecretStr | None = Field(
        default=None, description="The app-level token (xapp-…), for Socket Mode."
    )
    slack_signing_secret: SecretStr | None = Field(default=None, description="The signing secret, for HTTP mode.")
    slack_api_url: str = Field(default="https://slack.com/api/", description="Where the Slack Web API answers.")
    slack_mode: Literal["socket", "http"] = Field(default="socket", description="How Slack reaches the bot.")
    database_url: str = Field(
        default="sqlite:///var/rhythm.db", description="SQLite, or postgresql+psycopg://…", repr=False
    )
    encryption_keys: SecretStr | None = Field(
        default=None, description="What the secret addresses of calendars are encrypted with; see docs/operations.md."
    )
    host: str = Field(default="127.0.0.1", description="The address the bot's own door listens on.")
    port: int = Field(default=3000, ge=0, le=65535, description="The port of the bot's own door.")
    sandbox_port: int = Field(default=8765, ge=0, le=65535, description="The port of the sandbox.")
    log_format: Literal["console", "json"] = Field(default="console", description="Lines for people, or for machines.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The quietest line to show."
    )
    workspace_posts_per_second: float = Field(
        default=4.0, gt=0, le=100, description="The pace of posting, a workspace."
    )
    channel_posts_per_second: float = Field(default=1.0, gt=0, le=100, description="The pace of posting, a channel.")
    history_calls_per_minute: int = Field(
        default=50, ge=1, le=100, description="How often history may be read; 1 for apps sold outside the Marketplace."
    )

    owner_outcomes_limit: int = Field(
        default=3, ge=1, le=20, description="How many live outcomes one person should own at most."
    )
    open_actions_limit: int = Field(
        default=3, ge=1, le=20, description="How many actions of an outcome may be open before one has to give way."
    )

    weekly_messages_limit: int = Field(
        default=7, ge=1, le=50, description="How many check-ins and nudges one person gets in a week at most."
    )

    huddle_ends_meeting: bool = Field(
        default=False, description="Whether a meeting ends with the huddle of its channel; see docs/operations.md."
    )
    calendars_from_anywhere: bool = Field(
        default=False,
        description="Whether calendars are read over http and from this machine and its network, too.",
    )

    @field_validator("log_format", "log_level", "slack_mode", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _token(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        name = info.field_name or ""
        form, words = _TOKEN_FORMS[name]
        if value is not None and not form.fullmatch(value.get_secret_value()):
            raise ValueError(f"should be {words}")
        return value

    @field_validator("encryption_keys")
    @classmethod
    def _keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not all(_KEY.fullmatch(key) for key in _split(value) or [""]):
            raise ValueError("should be keys of 44 characters, separated by commas; docs/operations.md says how")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            raise ValueError("should be an address that starts with https://")
        return value if value.endswith("/") else value + "/"

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value.startswith("postgres://"):
            value = "postgresql://" + value.removeprefix("postgres://")
        if value.startswith("postgresql://"):
            value = "postgresql+psycopg://" + value.removeprefix("postgresql://")
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("should start with sqlite:/// or postgresql://")
        try:
            make_url(value)
        except (ArgumentError, ValueError):
            # SQLAlchemy's own words repeat the address, which may hold a password.
            raise ValueError("should be an address such as postgresql://user:password@host:5432/name") from None
        return value

    @property
    def keys(self) -> list[str]:
        """The encryption keys, the one for what is written from now on first."""
        return _split(self.encryption_keys) if self.encryption_keys else []

    @property
    def has_slack(self) -> bool:
        """Whether any Slack token was given: without one, `run` starts the sandbox."""
        return any((self.slack_bot_token, self.slack_app_token, self.slack_signing_secret))

    def for_slack(self, role: Role = Role.ALL) -> "Settings":
        """These settings, complete for serving a workspace in that role.

        Raises CannotStart, naming the variable that is missing, or that only one process can use SQLite.
        """
        if role != Role.ALL and self.database_url.startswith("sqlite"):
            raise CannotStart(
                f"--role {role} is for several processes, which need PostgreSQL: set DATABASE_URL to one, "
                "or leave --role out, so that this process does everything."
            )
        needed = {"SLACK_BOT_TOKEN": self.slack_bot_token}
        if role.answers and self.slack_mode == "socket":
            needed["SLACK_APP_TOKEN"] = self.slack_app_token
        elif role.answers:
            needed["SLACK_SIGNING_SECRET"] = self.slack_signing_secret
        for name, value in needed.items():
            if value is None or not value.get_secret_value().strip():
                raise CannotStart(
                    f"{name} is missing: set it in .env or the environment ({self.slack_mode} mode needs it)."
                )
        return self


def load_settings() -> Settings:
    """The settings, from the environment and `.env`.

    Raises CannotStart with one line that names each malformed variable; never with the value itself.
    """
    try:
        _check_lines(Path(str(Settings.model_config.get("env_file") or ".env")))
        return Settings()
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, e['loc'])).upper()} {_said(e['msg'])}" for e in error.errors(include_input=False)]
        raise CannotStart("; ".join(lines) + ". Mend it in .env or the environment.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f".env cannot be read: {type(error).__name__}. Check that it is a plain text file.") from None


def _check_lines(env_file: Path) -> None:
    """The reader of `.env` would pass over a line it cannot read, and start with less than was meant."""
    if not env_file.is_file():
        return
    with env_file.open(encoding="utf-8") as text:
        unread = [binding.original.line for binding in parse_stream(text) if binding.error]
    if unread:
        raise CannotStart(
            f".env cannot be read at line {unread[0]}. Write each setting as NAME=value, on its own line."
        )


def _split(keys: SecretStr) -> list[str]:
    return [key.strip() for key in keys.get_secret_value().split(",") if key.strip()]


def _said(message: str) -> str:
    words = message.removeprefix("Value error, ")
    return words[0].lower() + words[1:]
