"""The sandbox answers this machine only, and starts and stops cleanly."""

import socket
from pathlib import Path

import httpx
import pytest

from bot.sandbox import Sandbox
from tests.sandbox.driver import MANIFEST, Driver


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
    ],
)
def test_a_web_page_elsewhere_cannot_drive_it(driver: Driver, headers: dict[str, str]) -> None:
    response = driver.raw("POST", "/_sandbox/clock", json={"advance": "P1D"}, headers=headers)
    assert response.status_code == 403


def test_its_own_page_can(driver: Driver, sandbox: Sandbox) -> None:
    response = driver.raw("POST", "/_sandbox/clock", json={"advance": "PT1S"}, headers={"Origin": sandbox.url})
    assert response.status_code == 200


def test_it_binds_loopback_only() -> None:
    for host in ("0.0.0.0", "192.168.1.1", "example.com"):
        with pytest.raises(ValueError, match="loopback"):
            Sandbox(host=host, manifest=MANIFEST)


def test_a_taken_port_is_an_error_at_once() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            Sandbox(port=taken.getsockname()[1], manifest=MANIFEST).start()


def test_stopping_ends_open_streams_and_frees_the_port() -> None:
    sandbox = Sandbox(manifest=MANIFEST)
    sandbox.start()
    with httpx.stream("GET", f"{sandbox.url}/_sandbox/stream?user=@grace") as stream:
        lines = stream.iter_lines()
        assert next(lines) == ": here"
        sandbox.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.get(sandbox.url)


def test_bodies_that_are_not_json_objects_are_refused(driver: Driver) -> None:
    for body in ("{", "[]", '"x"'):
        assert driver.raw("POST", "/_sandbox/command", content=body).status_code == 400
    assert driver.raw("GET", "/_sandbox/nothing").status_code == 404


def test_a_journal_that_cannot_be_written_is_an_error_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        Sandbox(journal=tmp_path / "file" / "sandbox.jsonl", manifest=MANIFEST).start()
