"""End the assignments and reading links of an account that concern submissions which it can no longer see.

Called when an account is switched off or deleted, when its roles or limits change, and when a submission moves to another
section or language.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models import Editor, ReadingLink, Submission, record
from intake.permissions.reach import reach_of


def hand_over(session: Session, account: Editor, actor: Editor | None) -> int:
    """End the assignments of an account to submissions that it can no longer see, and withdraw its reading links to them.

    An account that is switched off sees nothing. Returns the number of ended assignments. Due date and priority stay.
    """
    session.flush()
    mine = select(Submission).where(Submission.assigned_to == account.id).with_for_update(of=Submission)
    lost = [one for one in session.scalars(mine.order_by(Submission.id)).all() if not can_see(account, one)]
    for submission in lost:
        free(session, submission, actor)
    links = (
        select(ReadingLink, Submission)
        .join(Submission, Submission.id == ReadingLink.submission_id)
        .where(
            ReadingLink.editor_id == account.id,
            ReadingLink.withdrawn_at.is_(None),
            ReadingLink.expires_at > func.now(),
        )
    )
    for link, submission in session.execute(links).all():
        if not can_see(account, submission):
            link.withdrawn_at = func.now()
            record(session, "link.withdrawn", submission, actor=actor, link=link.id)
    return len(lost)


def free_if_unreachable(session: Session, submission: Submission, actor: Editor | None) -> None:
    """End the assignment of a submission whose assignee can no longer see it, after its section or language changed."""
    assignee = session.get(Editor, submission.assigned_to) if submission.assigned_to else None
    if assignee is not None and not can_see(assignee, submission):
        free(session, submission, actor)


def free(session: Session, submission: Submission, actor: Editor | None) -> None:
    """End the assignment of a submission, because its assignee can no longer see it."""
    record(session, "assignment.freed", submission, actor=actor, assignee=submission.assigned_to)
    submission.assigned_to = None


def can_see(account: Editor, submission: Submission) -> bool:
    """Return whether an account is active and may read this submission."""
    return account.active and reach_of(account).covers(submission.section, submission.language)


def freed(count: int) -> str:
    """Return a sentence, with a space before it, on how many assignments ended with the account. "" for 0."""
    if not count:
        return ""
    return f" {count:,} submission{' that was' if count == 1 else 's that were'} assigned to it {'is' if count == 1 else 'are'} assigned to nobody now."


def assigned_count(session: Session, editor_id: int) -> int:
    """Return the number of submissions that are assigned to an account."""
    return session.scalar(select(func.count()).where(Submission.assigned_to == editor_id)) or 0
