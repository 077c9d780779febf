"""`transom jobs`: what failed and why, and the levers: again, or not at all."""

import json
import sys
from collections.abc import Callable, Iterator
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
    from intake.jobs.listing import DiscardPreview, JobLine
    from intake.paging import Count


Command = TypeVar("Command", bound=Callable[..., Any])
IDS = click.argument("ids", nargs=-1, type=click.IntRange(1, 2**63 - 1), metavar="[ID]...")
ALL = click.option("--all", "all_", is_flag=True, help="All that the filter chooses.")


def filtering(command: Command) -> Command:
    """The options by which jobs are chosen."""
    for option in (
        click.option("--submission", default="", help="Of this submission: its id, or the beginning of it."),
        click.option("--error", default="", help="With exactly this error, as `transom jobs failures` shows it."),
        click.option("--kind", default="", help="Of this kind, such as photo.clean."),
        click.option("--queue", type=click.Choice(QUEUES), default=None, help="Of this queue."),
        click.option(
            "--status", type=click.Choice(list(JOB_STATES)), default=None,
            help="How they stand. [default: all that is not over]",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.group()
def jobs() -> None:
    """The jobs of the ledger: what waits, what failed and why; run it again, or discard it for a reason.

    Example: transom jobs failures
    """


@jobs.command("list")
@filtering
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="No more than so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def list_(limit: int, *, as_json: bool, **words: str | None) -> None:
    """The jobs that a filter chooses, the newest first.

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
    """Everything that is known of one job, with its traceback. Exit 1 if there is none of this number.

    Example: transom jobs show 1207
    """
    from intake.db import transaction
    from intake.jobs.job_detail import job

    with database_needed(), _readable_errors(), transaction() as session:
        found = job(session, job_id)
    click.echo(_line(found.line))
    click.echo(f"  started by {found.started_by}, {_stamp(found.created_at)}")
    for said, at in (("to begin", found.run_at), ("begun", found.started_at), ("ended", found.finished_at)):
        click.echo(f"  {said:<10} {_stamp(at)}" if at else f"  {said:<10} -")
    click.echo(f"  worker     {found.last_worker or '-'}")
    for one in found.incidents:
        click.echo(f"  {_stamp(one.at)}  {': '.join(filter(None, (one.sentence, one.actor, one.why)))}")
    if found.traceback:
        click.echo(f"\n{found.traceback}")


@jobs.command()
def failures() -> None:
    """What failed, by error: how many are given up, how many are tried again by themselves. Exit 1 if any is given up.

    Example: transom jobs failures || transom jobs retry --all --status dead --reason "The disk is back"
    """
    from intake.db import transaction
    from intake.jobs.failures import failures as grouped

    with database_needed(), transaction() as session:
        groups = grouped(session)
    for group in groups:
        _group(group)
    if not groups:
        click.echo("Nothing has failed.")
    sys.exit(1 if any(group.dead for group in groups) else 0)


@jobs.command()
@IDS
@ALL
@filtering
@click.option("--reason", default="", help="Why; the others see it.")
def retry(ids: tuple[int, ...], reason: str, *, all_: bool, **words: str | None) -> None:
    """Put jobs in line again: those that were given up, and those that pause after a failure.

    Of jobs that are named, all or none: exit 1 if one of them runs, is done, or is not there.

    Example: transom jobs retry --all --status dead --queue notify --reason "The mail server is back"
    """
    from intake.db import transaction
    from intake.jobs import admin_actions

    chosen = _chosen(ids, words, all_=all_)
    with database_needed(), _readable_errors(), transaction() as session:
        count = admin_actions.retry(session, chosen, reason=reason.strip())
    click.echo(f"{_jobs(count)} in line again.")


@jobs.command()
@IDS
@ALL
@filtering
@click.option("--reason", required=True, help="Why; the others see it.")
@click.option("--yes", is_flag=True, help="Needed for more than one.")
def discard(ids: tuple[int, ...], reason: str, *, all_: bool, yes: bool, **words: str | None) -> None:
    """Give up jobs that wait or have failed, and what waits for them: without the photo, a submission goes on.

    Jobs of some kinds must be done, and are only retried. Without --yes it says what would be discarded, and exits with 1.

    Example: transom jobs discard 1207 --reason "The file is no photo"
    """
    from intake.db import transaction
    from intake.jobs import admin_actions
    from intake.jobs.listing import discard_preview

    chosen = _chosen(ids, words, all_=all_)
    if not reason.strip():
        raise click.BadParameter("Say why in a few words: the others see it.", param_hint="--reason")
    with database_needed(), _readable_errors(), transaction() as session:
        would = discard_preview(session, chosen)
        if would.count > 1 and not yes:
            _print_preview(would)
            raise click.ClickException("Nothing was discarded. Say --yes if that is what you want.")
        count = admin_actions.discard(session, chosen, reason.strip())
    click.echo(f"{_jobs(count)} discarded.")


def _filter(words: dict[str, str | None]) -> "JobFilter":
    from intake.jobs.job_filter import JobFilter

    return JobFilter(**{name: value for name, value in words.items() if value})  # type: ignore[arg-type]


def _chosen(ids: tuple[int, ...], words: dict[str, str | None], *, all_: bool) -> "JobFilter":
    """Somebody who forgets a filter must not mean all there is."""
    from intake.jobs.job_filter import JobFilter

    if all_ == bool(ids):
        raise click.UsageError("Name the jobs by their numbers, or say --all and a filter.")
    if ids and any(words.values()):
        raise click.UsageError("A filter is for --all: jobs that are named need none.")
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
        raise click.ClickException("There is no such job. Nothing was done.") from None
    except IneligibleJobs as error:
        raise click.ClickException(f"{error} Nothing was done.") from None


def _group(group: "FailureGroup") -> None:
    click.echo(f"{group.dead:,} given up, {group.again:,} tried again: {group.kind}: {group.error}")
    click.echo(f"  from {_stamp(group.first)} to {_stamp(group.last)}")
    if group.submissions:
        click.echo(f"  submissions {', '.join(one.short for one in group.submissions)}")
    click.echo(f"  see transom jobs show {group.example}")


def _print_preview(would: "DiscardPreview") -> None:
    for one in would.possible:
        click.echo(f"{one.count:,} {one.kind}: {one.says}")
    for one in would.kept:
        click.echo(f"{one.count:,} {one.kind} would be kept: {one.says}")


def _line(line: "JobLine") -> str:
    state = f"{line.state} ({line.stage})" if line.stage else line.state
    text = f"{line.id:>8}  {line.kind:<18} {state:<10} {_stamp(line.at)}  attempts {line.attempts:>2}"
    return f"{text}  {line.submission_short or '':<8}  {line.error or ''}".rstrip()


def _jobs(count: int) -> str:
    return "1 job is" if count == 1 else f"{count:,} jobs are"


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
