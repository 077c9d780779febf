"""`transom jobs`: list jobs, show failures, retry and discard."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from intake.cli.database import database_needed
from intake.job_kinds import QUEUES
from intake.wording import JOB_STATES

if TYPE_CHECKING:
    from intake.jobs.failures import FailureGroup
    from intake.jobs.job_filter import JobFilter
    from intake.jobs.listing import DiscardPreview, JobLine, KindCount
    from intake.paging import Count


Command = TypeVar("Command", bound=Callable[..., Any])
IDS = click.argument("ids", nargs=-1, type=click.IntRange(1, 2**63 - 1), metavar="[ID]...")
ALL = click.option("--all", "all_", is_flag=True, help="All jobs that match the filter.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Change nothing, and show what would be done.")


def filtering(command: Command) -> Command:
    """Add the filter options to a command."""
    for option in (
        click.option("--submission", default="", help="Of this submission: its id, or the start of the id."),
        click.option("--error", default="", help="With exactly this error, as `transom jobs failures` shows it."),
        click.option("--kind", default="", help="Of this kind, such as photo.clean."),
        click.option("--queue", type=click.Choice(QUEUES), default=None, help="Of this queue."),
        click.option(
            "--status", type=click.Choice(list(JOB_STATES)), default=None,
            help="In this state. [default: all open jobs]",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group()
def jobs() -> None:
    """Jobs of the ledger: list them, show failures, retry or discard them.

    Example: transom jobs failures
    """


@jobs.command("list")
@filtering
@click.option(
    "--limit", type=click.IntRange(1), default=50, show_default=True, help="Maximum number of jobs."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_(limit: int, *, as_json: bool, **words: str | None) -> None:
    """List the jobs that match a filter, newest first.

    Example: transom jobs list --status dead --kind photo.clean --json
    """
    from intake.db import transaction

    with database_needed(), transaction() as session:
        found, count = _first(session, _filter(words), limit)
    for line in found:
        click.echo(json.dumps(asdict(line), default=_plain) if as_json else _line(line))
    if count.number > len(found):
        click.echo(f"{len(found):,} of {count}. See more with --limit.", err=True)


@jobs.command()
@click.argument("job_id", type=click.IntRange(1, 2**63 - 1), metavar="ID")
def show(job_id: int) -> None:
    """Show one job with its history and traceback. Exit 1 if it does not exist.

    Example: transom jobs show 1207
    """
    from intake.db import transaction
    from intake.jobs.job_detail import job

    with database_needed(), _readable_errors(), transaction() as session:
        found = job(session, job_id)
    click.echo(_line(found.line))
    click.echo(f"  started by {found.started_by}, {_stamp(found.created_at)}")
    for said, at in (("due", found.run_at), ("started", found.started_at), ("ended", found.finished_at)):
        click.echo(f"  {said:<10} {_stamp(at)}" if at else f"  {said:<10} -")
    click.echo(f"  worker     {found.last_worker or '-'}")
    for one in found.incidents:
        click.echo(f"  {_stamp(one.at)}  {': '.join(filter(None, (one.sentence, one.actor, one.why)))}")
    if found.traceback:
        click.echo(f"\n{found.traceback}")


@jobs.command()
def failures() -> None:
    """List failures by error, with the number of dead and retrying jobs. Exit 1 if any job is dead.

    Example: transom jobs failures || transom jobs retry --all --status dead --reason "The disk is back"
    """
    from intake.db import transaction
    from intake.jobs import failures

    with database_needed(), transaction() as session:
        groups = failures.failures(session)
    for group in groups:
        _group(group)
    if not groups:
        click.echo("Nothing has failed.")
    sys.exit(1 if any(group.dead for group in groups) else 0)


@jobs.command()
@IDS
@ALL
@filtering
@DRY_RUN
@click.option("--reason", default="", help="Reason. The other admins see it.")
def retry(ids: tuple[int, ...], reason: str, *, all_: bool, dry_run: bool, **words: str | None) -> None:
    """Retry jobs that were given up, and jobs that pause after a failure.

    If you name jobs by id, all are retried or none: exit 1 if one of them is running, done or missing.

    Example: transom jobs retry --all --status dead --queue notify --reason "The mail server is back"
    """
    from intake.db import transaction
    from intake.jobs import admin_actions, listing

    chosen = _chosen(ids, words, all_=all_)
    with database_needed(), _readable_errors(), transaction() as session:
        if dry_run:
            admin_actions.require_retriable(session, chosen)
            _print_dry_run("retried", listing.retry_preview(session, chosen))
            return
        count = admin_actions.retry(session, chosen, reason=reason.strip())
    click.echo(f"{_jobs(count)} waiting again.")


@jobs.command()
@IDS
@ALL
@filtering
@DRY_RUN
@click.option("--reason", default="", help="Reason, required without --dry-run. The other admins see it.")
@click.option("--yes", is_flag=True, help="Confirm. Needed for more than one job.")
def discard(
    ids: tuple[int, ...], reason: str, *, all_: bool, dry_run: bool, yes: bool, **words: str | None
) -> None:
    """Discard jobs that wait or have failed. A submission continues without a discarded photo.

    Some kinds of jobs must be done and can only be retried. Without --yes, the command shows what it would
    discard, and exits with 1.

    Example: transom jobs discard 1207 --reason "The file is no photo"
    """
    from intake.db import transaction
    from intake.jobs import admin_actions
    from intake.jobs.listing import discard_preview

    chosen = _chosen(ids, words, all_=all_)
    if not dry_run and not reason.strip():
        raise click.BadParameter("Give a short reason. The other admins see it.", param_hint="--reason")
    with database_needed(), _readable_errors(), transaction() as session:
        would = discard_preview(session, chosen)
        if dry_run:
            _print_dry_run("discarded", would.possible, would.kept)
            return
        if would.count > 1 and not yes:
            _print_preview(would)
            raise click.ClickException("Nothing was discarded. Add --yes to discard them.")
        count = admin_actions.discard(session, chosen, reason.strip())
    click.echo(f"{_jobs(count)} discarded.")


def _filter(words: dict[str, str | None]) -> "JobFilter":
    from intake.jobs.job_filter import JobFilter

    return JobFilter(**{name: value for name, value in words.items() if value})  # type: ignore[arg-type]


def _chosen(ids: tuple[int, ...], words: dict[str, str | None], *, all_: bool) -> "JobFilter":
    """Build the job filter from the arguments of a command. Raises UsageError without ids and without --all.

    An empty filter would match all open jobs, so the user must confirm it with --all.
    """
    from intake.jobs.job_filter import JobFilter

    if all_ == bool(ids):
        raise click.UsageError("Name the jobs by id, or use --all with a filter.")
    if ids and any(words.values()):
        raise click.UsageError("Use a filter only with --all, not with ids.")
    return JobFilter(ids=ids) if ids else _filter(words)


def _first(session: Any, chosen: "JobFilter", limit: int) -> "tuple[list[JobLine], Count]":
    from intake.jobs import listing

    found = listing.job_page(session, chosen)
    lines, count = found.items, found.count
    while found.next and len(lines) < limit:
        found = listing.job_page(session, chosen, found.next)
        lines = lines + found.items
    return lines[:limit], count


@contextmanager
def _readable_errors() -> Iterator[None]:
    from intake.errors import IneligibleJobs, NotFound

    try:
        yield
    except NotFound:
        raise click.ClickException("There is no such job. Nothing was changed.") from None
    except IneligibleJobs as error:
        raise click.ClickException(f"{error} Nothing was changed.") from None


def _group(group: "FailureGroup") -> None:
    click.echo(f"{group.dead:,} given up, {group.again:,} retrying: {group.kind}: {group.error}")
    click.echo(f"  from {_stamp(group.first)} to {_stamp(group.last)}")
    if group.submissions:
        click.echo(f"  submissions {', '.join(one.short for one in group.submissions)}")
    click.echo(f"  see transom jobs show {group.example}")


def _print_dry_run(done: str, kinds: "Sequence[KindCount]", kept: "Sequence[KindCount]" = ()) -> None:
    count = sum(one.count for one in kinds)
    click.echo(f"{'1 job' if count == 1 else f'{count:,} jobs'} would be {done}. Nothing was changed.")
    for one in kinds:
        click.echo(f"{one.count:,} {one.kind}: {one.says}")
    for one in kept:
        click.echo(f"{one.count:,} {one.kind} cannot be {done}: {one.says}")


def _print_preview(would: "DiscardPreview") -> None:
    for one in would.possible:
        click.echo(f"{one.count:,} {one.kind}: {one.says}")
    for one in would.kept:
        click.echo(f"{one.count:,} {one.kind} cannot be discarded: {one.says}")


def _line(line: "JobLine") -> str:
    state = f"{line.state} ({line.stage})" if line.stage else line.state
    text = f"{line.id:>8}  {line.kind:<18} {state:<10} {_stamp(line.at)}  attempts {line.attempts:>2}"
    return f"{text}  {line.submission_short or '':<8}  {line.error or ''}".rstrip()


def _jobs(count: int) -> str:
    return "1 job is" if count == 1 else f"{count:,} jobs are"


def _stamp(at: datetime) -> str:
    from intake.models import contribution_time

    if contribution_time.is_coarse_moment(at):
        return f"{at.astimezone(UTC):%Y-%m-%d}"
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
