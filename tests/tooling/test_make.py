"""What `make` says and does, in a folder that has nothing but what it needs."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

SAYS_ITS_ARGUMENTS = '#!/bin/sh\necho "ran $*"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project as make sees it, with nothing installed."""
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(
        ["make", *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=30, check=False
    )


def a_program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755)
    return path


def test_make_alone_lists_what_it_can_do_a_sentence_each(folder: Path) -> None:
    listed = re.findall(r"^  (\w+) +\S.*$", make(folder).stdout, flags=re.MULTILINE)
    assert {"run", "serve", "test", "check", "fmt", "screenshots", "clean", "docker"} <= set(listed)


def test_a_second_start_installs_nothing(folder: Path) -> None:
    a_program(folder / ".venv/bin/python", SAYS_ITS_ARGUMENTS)
    a_program(folder / ".tools/bin/uv", "#!/bin/sh\nexit 1\n")
    (folder / ".venv/.runtime").touch()
    assert make(folder, "run", "PYTHON=no-python").stdout == "ran -m bot run\n"


def test_a_changed_lock_installs_again_and_keeps_the_tools(folder: Path) -> None:
    a_program(folder / ".venv/bin/python", SAYS_ITS_ARGUMENTS)
    a_program(folder / ".tools/bin/uv", '#!/bin/sh\necho "$*" > asked\n')
    (folder / ".venv/.runtime").touch()
    os.utime(folder / ".venv/.runtime", (0, 0))
    assert make(folder, "run").stdout.splitlines()[-1] == "ran -m bot run"
    assert {"--locked", "--no-dev", "--inexact"} <= set((folder / "asked").read_text().split())


def test_an_installation_that_fails_shows_why_and_is_tried_again(folder: Path) -> None:
    a_program(folder / ".tools/bin/uv", "#!/bin/sh\necho the index is away\nexit 2\n")
    answer = make(folder, "run")
    assert answer.returncode != 0
    assert "the index is away" in answer.stderr
    assert not (folder / ".venv/.runtime").exists()


def test_a_machine_without_python_is_told_what_to_do(folder: Path) -> None:
    answer = make(folder, "run", "PYTHON=no-python")
    assert answer.returncode != 0
    assert answer.stderr.startswith("Rhythm needs Python 3.11 or newer, and there is no no-python here: install it")


def test_a_python_that_is_too_old_is_told_apart(folder: Path) -> None:
    old = a_program(folder / "old-python", '#!/bin/sh\ncase "$*" in *version_info*) exit 1;; esac\n')
    answer = make(folder, "run", f"PYTHON={old}")
    assert answer.returncode != 0
    assert "is older: name a newer one" in answer.stderr


def test_a_python_without_pip_is_told_how_to_get_it(folder: Path) -> None:
    bare = a_program(folder / "bare-python", '#!/bin/sh\ncase "$*" in *pip*) exit 1;; esac\n')
    answer = make(folder, "run", f"PYTHON={bare}")
    assert answer.returncode != 0
    assert "has no pip: install it" in answer.stderr


def test_cleaning_keeps_what_rhythm_remembers(folder: Path) -> None:
    for name in (".venv", ".tools", "var", "bot", "migrations", "tests"):
        (folder / name).mkdir()
    assert make(folder, "clean").returncode == 0
    assert (folder / "var").exists()
    assert not (folder / ".venv").exists()
    assert not (folder / ".tools").exists()
