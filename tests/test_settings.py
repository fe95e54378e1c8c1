"""What is wrong with a setting is said in one line, and never with the value."""

from pathlib import Path

import pytest

from bot.errors import CannotStart
from bot.settings import Role, Settings, load_settings

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-1111-hunter2",
    "SLACK_APP_TOKEN": "xapp-1-hunter2",
    "SLACK_SIGNING_SECRET": "hunter2hunter2",
    "DATABASE_URL": "postgresql://rhythm:hunter2@db/rhythm",
    "ENCRYPTION_KEYS": "hunter2-hunter2-hunter2-hunter2-hunter2-hun=",
}


@pytest.fixture(autouse=True)
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `.env` of this test alone; there is none until it is written."""
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    return tmp_path / ".env"


def complaint() -> str:
    """The one line that a start with these settings ends in."""
    with pytest.raises(CannotStart) as refused:
        load_settings()
    assert "\n" not in refused.value.sentence
    return refused.value.sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xapp-hunter2"),
        ("SLACK_BOT_TOKEN", "hunter2"),
        ("SLACK_BOT_TOKEN", "xoxb-hunter2 hunter2"),
        ("SLACK_APP_TOKEN", "xoxb-hunter2"),
        ("SLACK_API_URL", "slack.com/hunter2"),
        ("SLACK_API_URL", "https:///hunter2"),
        ("SLACK_MODE", "hunter2"),
        ("DATABASE_URL", "mysql://hunter2"),
        ("DATABASE_URL", "postgresql://u:hunter2@h:port/name"),
        ("DATABASE_URL", "postgresql://u:hunter2@[::1/name"),
        ("ENCRYPTION_KEYS", "hunter2"),
        ("ENCRYPTION_KEYS", f"{'A' * 43}=,hunter2"),
        ("ENCRYPTION_KEYS", ","),
        ("PORT", "hunter2"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("SANDBOX_PORT", "hunter2"),
        ("LOG_FORMAT", "hunter2"),
        ("LOG_LEVEL", "hunter2"),
        ("WORKSPACE_POSTS_PER_SECOND", "hunter2"),
        ("WORKSPACE_POSTS_PER_SECOND", "nan"),
        ("CHANNEL_POSTS_PER_SECOND", "0"),
        ("HISTORY_CALLS_PER_MINUTE", "101"),
    ],
)
def test_a_malformed_value_is_named_and_not_repeated(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    line = complaint()
    assert line.startswith(f"{name} ")
    assert "hunter2" not in line


def test_several_malformed_values_are_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("SLACK_MODE", "y")
    assert "PORT" in complaint()
    assert "SLACK_MODE" in complaint()


def test_no_secret_is_shown_by_repr_or_str(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert "hunter2" not in repr(settings) + str(settings) + f"{settings.slack_bot_token!r}"


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:///x.db", "sqlite:///x.db"),
    ],
)
def test_a_database_may_be_addressed_as_people_know_it(given: str, taken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert load_settings().database_url == taken


def test_words_are_taken_in_any_case_and_an_address_with_or_without_its_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SLACK_MODE": "HTTP",
        "LOG_LEVEL": "Debug",
        "SLACK_API_URL": "http://127.0.0.1:8765/api",
    }.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert (settings.slack_mode, settings.log_level) == ("http", "debug")
    assert settings.slack_api_url == "http://127.0.0.1:8765/api/"


def test_several_keys_are_separated_by_commas_the_first_one_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().keys == []
    monkeypatch.setenv("ENCRYPTION_KEYS", f" {'A' * 43}=, {'B' * 43}=,")
    assert load_settings().keys == ["A" * 43 + "=", "B" * 43 + "="]


def test_an_empty_value_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "")
    assert (load_settings().port, load_settings().has_slack) == (3000, False)


def test_the_file_is_read_and_the_environment_comes_first(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("# ours\nPORT=4000\nexport SANDBOX_PORT=4001\n\nUNKNOWN=1\n")
    monkeypatch.setenv("PORT", "5000")
    assert (load_settings().port, load_settings().sandbox_port) == (5000, 4001)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PORT=4000\nSLACK_BOT_TOKEN hunter2\n", "line 2"),
        (b"SLACK_BOT_TOKEN='hunter2\n", "line 1"),
        (b"\xff\xfehunter2", "plain text"),
        (b"PORT=hunter2\n", "PORT"),
    ],
)
def test_a_broken_file_is_one_sentence(content: bytes, says: str, env_file: Path) -> None:
    env_file.write_bytes(content)
    assert says in complaint()
    assert "hunter2" not in complaint()


@pytest.mark.parametrize(
    ("mode", "given", "missing"),
    [
        ("socket", [], "SLACK_BOT_TOKEN"),
        ("socket", ["SLACK_BOT_TOKEN"], "SLACK_APP_TOKEN"),
        ("http", ["SLACK_BOT_TOKEN"], "SLACK_SIGNING_SECRET"),
        ("http", ["SLACK_SIGNING_SECRET"], "SLACK_BOT_TOKEN"),
    ],
)
def test_serving_a_workspace_names_what_is_missing(
    mode: str, given: list[str], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_MODE", mode)
    for name in given:
        monkeypatch.setenv(name, SECRETS[name])
    with pytest.raises(CannotStart, match=f"^{missing} is missing"):
        load_settings().for_slack()
    assert load_settings().has_slack == bool(given)


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_a_ticker_needs_no_secret_by_which_slack_reaches_it(mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/rhythm")
    monkeypatch.setenv("SLACK_MODE", mode)
    monkeypatch.setenv("SLACK_BOT_TOKEN", SECRETS["SLACK_BOT_TOKEN"])
    assert load_settings().for_slack(Role.TICKER).slack_mode == mode
    for role in (Role.DOOR, Role.ALL):
        with pytest.raises(CannotStart, match="is missing"):
            load_settings().for_slack(role)


@pytest.mark.parametrize("role", [Role.DOOR, Role.TICKER])
def test_sqlite_is_served_by_one_process_that_does_everything(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///var/rhythm.db")
    with pytest.raises(CannotStart, match=f"^--role {role} is for several processes, which need PostgreSQL"):
        load_settings().for_slack(role)
    assert load_settings().for_slack(Role.ALL).has_slack
