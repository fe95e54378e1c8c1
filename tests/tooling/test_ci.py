"""What the build machine runs: it goes on without Chromium, and fails when a test does."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A machine with these programs only: no Chromium, an apt-get that writes down what it was asked, and make."""
    for name in ("bash", "dirname", "tail"):
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    answer_with(tmp_path / "apt-get", 0)
    answer_with(tmp_path / "sudo", 1)
    answer_with(tmp_path / "make", 0)
    return tmp_path


def answer_with(program: Path, code: int) -> None:
    program.write_text(f'#!/bin/sh\necho "{program.name} $*" >> "{program.parent}/asked"\nexit {code}\n')
    program.chmod(0o755)


def run(programs: Path) -> tuple[int, str, list[str]]:
    """The exit code, what was said, and which programs were asked what."""
    done = subprocess.run(
        [ROOT / ".ci/run"],
        cwd="/",
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout, (programs / "asked").read_text().splitlines()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may install packages")
def test_chromium_is_installed_before_the_tests(programs: Path) -> None:
    code, _, asked = run(programs)
    assert code == 0
    assert asked[0].startswith("apt-get update")
    assert asked[1].endswith("--no-install-recommends chromium")
    assert asked[2] == "make test"


def test_without_chromium_it_says_so_and_goes_on(programs: Path) -> None:
    answer_with(programs / "apt-get", 100)
    code, said, asked = run(programs)
    assert code == 0
    assert "Chromium could not be installed" in said
    assert asked[-1] == "make test"


def test_a_chromium_that_is_there_is_used(programs: Path) -> None:
    answer_with(programs / "chromium", 0)
    assert run(programs)[2] == ["make test"]


def test_it_fails_when_the_tests_do(programs: Path) -> None:
    answer_with(programs / "make", 2)
    assert run(programs)[0] == 2
