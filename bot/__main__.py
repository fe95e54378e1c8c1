"""The command line: run · serve · sandbox · migrate · check · seed · lint · import · deliveries."""

import getpass
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import log
from bot.clock import SystemClock
from bot.db.database import Database
from bot.db.migrate import is_current, upgrade
from bot.errors import CannotListen, CannotStart, RhythmError
from bot.settings import Role, Settings, load_settings

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

cli = typer.Typer(
    help="Rhythm keeps a company's operating rhythm in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

importing = typer.Typer(help="Bring in what is kept elsewhere.", no_args_is_help=True)
cli.add_typer(importing, name="import")
deliveries = typer.Typer(help="See what is owed and what became of it; retry or cancel one.")
cli.add_typer(deliveries, name="deliveries")

SANDBOX_DATABASE = "sqlite:///var/sandbox.db"
SANDBOX_JOURNAL = Path("var/sandbox.jsonl")


@cli.command()
def run() -> None:
    """Serve your workspace when .env holds Slack tokens; else start the sandbox."""
    settings = load_settings()
    if settings.has_slack:
        _serve(settings)
    else:
        _sandbox(settings, fresh=False)


@cli.command()
def serve(
    role: Annotated[
        Role, typer.Option(help="With several processes: door answers Slack, ticker plans and sends.")
    ] = Role.ALL,
) -> None:
    """Serve your workspace."""
    _serve(load_settings(), role)


@cli.command()
def sandbox(
    fresh: Annotated[bool, typer.Option(help="Begin again with a new company, forgetting what was there.")] = False,
    bot: Annotated[bool, typer.Option(help="Run a bot in it; without, connect your own.")] = True,
) -> None:
    """Start a local Slack in the browser, with a demo company."""
    _sandbox(load_settings(), fresh=fresh, with_bot=bot)


@cli.command()
def migrate() -> None:
    """Bring the database to this version."""
    settings = load_settings()
    _migrate(settings)
    typer.echo("The database is at this version.")


@cli.command()
def check() -> None:
    """Look whether everything that Rhythm needs is there, without starting it."""
    settings = load_settings()
    from bot.main import Bot  # noqa: PLC0415 - the rooms take a while to load, and bad settings should be told at once

    _migrate(settings)
    bot = Bot(settings.for_slack(), SystemClock())
    try:
        workspace, to_mind = bot.introduce_itself(), bot.what_to_mind()
    finally:
        bot.db.dispose()
    for sentence in to_mind:
        typer.echo(sentence)
    typer.echo(f"The database is there, and Slack knows this token in {workspace}. Rhythm can start.")


@cli.command()
def seed() -> None:
    """Fill the database with the demo company's quarter, for looking around in the sandbox."""
    settings = load_settings()
    if settings.has_slack:
        raise CannotStart("Seeding writes a demo company, but .env names a real workspace. Take its tokens out first.")
    settings = _for_sandbox(settings)
    if SANDBOX_JOURNAL.exists():
        raise CannotStart("The demo company is there already. `python -m bot sandbox --fresh` begins again.")
    _seed(settings)
    typer.echo("The demo company is there. `make run` opens it.")


@cli.command()
def lint(file: Annotated[Path, typer.Argument(help="A CSV file with a column named statement.")]) -> None:
    """Look for tasks disguised as outcomes: one line of JSON for each statement of a CSV file."""
    from bot.linter import lint_sheet  # noqa: PLC0415 - only this command needs it

    for line in lint_sheet(file):
        typer.echo(line)


@importing.command("results")
def import_results(
    file: Annotated[Path, typer.Argument(help="A CSV file; its first line names the columns: outcome, value …")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be imported, and save nothing.")] = False,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Save the good lines although others are refused.")
    ] = False,
    workspace: Annotated[
        str | None, typer.Option(help="The id of the workspace, where the database holds several.")
    ] = None,
    locale: Annotated[str, typer.Option(help="How values and dates are written, such as de-DE.")] = "en-US",
) -> None:
    """Import results from a CSV file: all of them, or none where a line is refused. Safe to run twice."""
    settings = load_settings()
    from bot.sources.listeners.files import import_results as bring_in  # noqa: PLC0415 - as above
    from bot.sources.messages import import_summary  # noqa: PLC0415 - as above

    db = _database(settings if settings.has_slack else _for_sandbox(settings))
    try:
        report = bring_in(
            db,
            _bytes_of(file),
            progress=lambda lines: typer.progressbar(
                lines, label="Checking", file=sys.stderr, hidden=not sys.stderr.isatty()
            ),
            workspace=workspace,
            locale=locale,
            dry_run=dry_run,
            skip_refused=skip_refused,
        )
    finally:
        db.dispose()
    for refusal in report.refusals:
        typer.echo(f"Line {refusal.number}: {refusal.reason}", err=True)
    typer.echo(import_summary(report, dry_run=dry_run))
    if report.refusals and not skip_refused:
        raise typer.Exit(1)


Workspace = Annotated[str | None, typer.Option(help="The id of the workspace, where several have the key.")]


def _own_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise CannotStart("Say who you are with --by: it is kept with the message.") from None


By = Annotated[str, typer.Option(help="Who you are: it is kept with the message.", default_factory=_own_name)]


@deliveries.callback(invoke_without_command=True)
def list_deliveries(
    context: typer.Context,
    *,
    state: Annotated[
        list[str] | None, typer.Option(help="owed, unknown, failed …; may be given several times.")
    ] = None,
    workspace: Annotated[str | None, typer.Option(help="The id of one workspace.")] = None,
    prefix: Annotated[str, typer.Option(help="How the keys begin, such as checkin:U1.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON for each.")] = False,
) -> None:
    """List deliveries: what is owed, the oldest first; then what has ended, the newest first."""
    if context.invoked_subcommand is not None:
        return
    from bot.deliveries.listeners import command  # noqa: PLC0415 - as above

    with _open_database() as db:
        lines = command.list_deliveries(
            db, states=state or (), workspace=workspace, prefix=prefix, limit=limit, as_json=as_json
        )
    for line in lines:
        typer.echo(line)


@deliveries.command("retry")
def retry_delivery(
    key: str,
    by: By,
    workspace: Workspace = None,
    hours: Annotated[int, typer.Option(min=1, max=24 * 14, help="How long it may be tried from now on.")] = 24,
) -> None:
    """Try a message again that failed or expired. What may have been posted is looked for first."""
    from bot.deliveries.listeners import command  # noqa: PLC0415 - as above

    with _open_database() as db:
        typer.echo(command.retry_delivery(db, key, workspace=workspace, by=by, hours=hours))


@deliveries.command("cancel")
def cancel_delivery(key: str, by: By, workspace: Workspace = None) -> None:
    """Cancel a message that is still owed."""
    from bot.deliveries.listeners import command  # noqa: PLC0415 - as above

    with _open_database() as db:
        typer.echo(command.cancel_delivery(db, key, workspace=workspace, by=by))


@contextmanager
def _open_database() -> Iterator[Database]:
    """The database that `run` would use, as it is. Raises CannotStart as `_database` does."""
    settings = load_settings()
    log.set_up(form=settings.log_format, level=settings.log_level)
    db = _database(settings if settings.has_slack else _for_sandbox(settings))
    try:
        yield db
    finally:
        db.dispose()


def _database(settings: Settings) -> Database:
    """The database as it is. Raises CannotStart when it is not there, or not at this version."""
    db = Database(settings.database_url, SystemClock())
    try:
        known = is_current(db.engine)
    except (SQLAlchemyError, OSError) as error:
        raise CannotStart(_why_no_database(settings, error)) from None
    if not known:
        db.dispose()
        raise CannotStart("The database is not at this version. Run `python -m bot migrate` first.")
    return db


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotStart(f"{file} cannot be read ({os.strerror(error.errno or 0)}).") from None


def _serve(settings: Settings, role: Role = Role.ALL) -> None:
    settings = settings.for_slack(role)
    log.set_up(form=settings.log_format, level=settings.log_level)
    _migrate(settings)
    from bot.main import Bot  # noqa: PLC0415 - as above

    bot = Bot(settings, SystemClock(), role)
    _until_told_to_stop(bot.start, bot.stop)


def _sandbox(settings: Settings, *, fresh: bool, with_bot: bool = True) -> None:
    from bot.rehearsal import Rehearsal  # noqa: PLC0415 - as above

    settings = _for_sandbox(settings)
    log.set_up(form=settings.log_format, level="warning" if settings.log_level == "info" else settings.log_level)
    if fresh or not SANDBOX_JOURNAL.exists():
        _check_ports(settings)
        _forget(settings)
        typer.echo("Making a demo company whose quarter is under way …")
        _seed(settings)
    _migrate(settings)
    rehearsal = Rehearsal(settings, journal=SANDBOX_JOURNAL, with_bot=with_bot)

    def start() -> None:
        rehearsal.start()
        typer.echo(f"The sandbox is running. Open {rehearsal.sandbox.url} in a browser; Ctrl-C stops it.")
        if not with_bot:
            typer.echo(_how_to_connect(rehearsal.sandbox))

    _until_told_to_stop(start, rehearsal.stop)


def _check_ports(settings: Settings) -> None:
    """Says that a port is taken before the demo company is made, which takes a while."""
    for variable, host, port in (
        ("SANDBOX_PORT", "127.0.0.1", settings.sandbox_port),
        ("PORT", settings.host, settings.port),
    ):
        try:
            socket.create_server((host, port)).close()
        except OSError as error:
            raise CannotListen(variable, host, port, error) from None


def _seed(settings: Settings) -> None:
    from bot.rehearsal import seed as live_the_quarter  # noqa: PLC0415 - as above

    log.set_up(form=settings.log_format, level="warning")
    _migrate(settings)
    live_the_quarter(settings, journal=SANDBOX_JOURNAL)


def _how_to_connect(sandbox: "Sandbox") -> str:
    return "\n".join(
        (
            "Your own bot reaches it with:",
            f"  SLACK_API_URL={sandbox.api_url}",
            f"  SLACK_BOT_TOKEN={sandbox.bot_token}",
            f"  SLACK_APP_TOKEN={sandbox.app_token}",
            f"  SLACK_SIGNING_SECRET={sandbox.signing_secret}",
        )
    )


def _for_sandbox(settings: Settings) -> Settings:
    """The sandbox keeps its demo company apart from a real workspace's data, unless told where to."""
    if "database_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"database_url": SANDBOX_DATABASE})


def _forget(settings: Settings) -> None:
    """Begins again: the sandbox's journal and its own SQLite file go; a database that was named is left alone."""
    SANDBOX_JOURNAL.unlink(missing_ok=True)
    if settings.database_url == SANDBOX_DATABASE:
        path = Path(make_url(SANDBOX_DATABASE).database or "")
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _migrate(settings: Settings) -> None:
    try:
        upgrade(settings.database_url)
    except (SQLAlchemyError, OSError) as error:
        raise CannotStart(_why_no_database(settings, error)) from None


def _why_no_database(settings: Settings, error: Exception) -> str:
    address = make_url(settings.database_url)
    if address.get_backend_name() == "sqlite":
        return (
            f"The database file {address.database} cannot be written ({_first_line(error)}). "
            "Make its folder writable for you, or set DATABASE_URL in .env to another place."
        )
    where = f"{address.host or 'localhost'}:{address.port or 5432}"
    return f"The database at {where} cannot be reached ({_first_line(error)}). Check DATABASE_URL in .env."


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__


def _until_told_to_stop(start: Callable[[], None], stop: Callable[[], None]) -> None:
    """Starts, waits for SIGTERM or Ctrl-C, stops. A second signal ends at once."""
    told = threading.Event()

    def hear(_signal: int, _frame: object) -> None:
        if told.is_set():
            os._exit(130)
        told.set()

    signal.signal(signal.SIGTERM, hear)
    signal.signal(signal.SIGINT, hear)
    start()
    told.wait()
    stop()


def main() -> None:
    """The command line, with every foreseen trouble told in one sentence."""
    try:
        cli()
    except RhythmError as error:
        typer.echo(error.sentence, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
