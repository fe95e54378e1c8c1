"""The essentials of the image and of compose.yaml, which no container engine checks here."""

import re

from tests.house.source import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
FINAL_STAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
COMPOSE = (ROOT / "compose.yaml").read_text()


def test_what_runs_is_not_root_and_has_a_pulse() -> None:
    assert re.search(r"^USER (?!root)\w+$", FINAL_STAGE, flags=re.MULTILINE)
    assert "HEALTHCHECK" in FINAL_STAGE
    assert "/healthz" in FINAL_STAGE
    assert 'CMD ["python", "-m", "bot", "serve"]' in FINAL_STAGE
    assert "VOLUME /app/var" in FINAL_STAGE


def test_the_packages_are_the_locked_ones() -> None:
    assert "uv sync --locked --no-dev" in DOCKERFILE
    assert "pip" not in FINAL_STAGE


def test_everything_the_image_copies_exists_and_reaches_the_builder() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, flags=re.MULTILINE)
    names = {name for line in copied for name in line.split()}
    let_in = {line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    assert names == let_in
    assert all((ROOT / name).exists() for name in names)


def test_a_secret_cannot_get_into_the_image() -> None:
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    assert rules[0] == "*"
    assert not any(rule.startswith(("!.env", "!var")) for rule in rules)


def test_compose_waits_for_a_healthy_database_and_publishes_none_of_it() -> None:
    assert "image: postgres:17" in COMPOSE
    assert "condition: service_healthy" in COMPOSE
    assert "postgresql+psycopg://" in COMPOSE
    assert "env_file: .env" in COMPOSE
    assert not re.search(r"^\s*(ports|container_name):", COMPOSE, flags=re.MULTILINE), "replicas could not share it"
