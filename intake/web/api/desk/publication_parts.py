"""Parts of a submission in the API that are about its publication: checklist, translations, corrections."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from intake.checklists import STAGES
from intake.checklists.progress import PointProgress, progress_by_id
from intake.lifecycle import STATUSES
from intake.permissions.reach import reach_of
from intake.publishing.corrections import publication_notes
from intake.review.translations import LinkedSubmission, Translations, translations
from intake.web.api.fields import OneOf, Url
from intake.web.api.serialize import whole
from intake.web.token_auth import editor

Status = Annotated[str, OneOf(STATUSES)]


@dataclass(frozen=True)
class PointAnswer(PointProgress):
    """Point of the checklist of the section."""

    code: Annotated[str, Field(description="PUT …/checklist/{code} ticks it, if `is_tickable`.")]
    stages: Annotated[
        Sequence[Annotated[str, OneOf(STAGES)]], Field(description="Acts before which it counts.")
    ]
    by: Annotated[str | None, Field(description="Who ticked it. null: nobody, or the program.")] = None
    revision: Annotated[int | None, Field(description="The newest revision when it was ticked.")] = None


@dataclass(frozen=True)
class LinkedAnswer(LinkedSubmission):
    """Submission of the same text in another language."""

    status: Status
    url: Url


@dataclass(frozen=True)
class TranslationsAnswer:
    """Source and other translations of a text, as far as the owner of the token may see them."""

    source: LinkedAnswer | None
    is_translation: Annotated[bool, Field(description="True also if you may not see the source.")]
    others: list[LinkedAnswer]
    translated: Annotated[int, Field(description="Revision of `source` that was translated. 0 without one.")]
    newest: Annotated[int, Field(description="Newest revision of `source`. 0 without one.")]


def publication_parts(session: Any, submission_id: uuid.UUID) -> dict[str, Any]:
    """Return the fields of a submission that are about its publication. Raises NotFound."""
    return {
        "checklist": [PointAnswer(**vars(one)) for one in progress_by_id(session, submission_id)],
        "translations": _translations(translations(session, submission_id, reach_of(editor()))),
        "publication_notes": publication_notes(session, submission_id),
    }


def _translations(found: Translations) -> TranslationsAnswer:
    return TranslationsAnswer(
        source=_linked(found.source) if found.source else None,
        is_translation=found.is_translation,
        others=[_linked(one) for one in found.others],
        translated=found.translated,
        newest=found.newest,
    )


def _linked(one: LinkedSubmission) -> LinkedAnswer:
    return LinkedAnswer(**vars(one), url=whole(one.id))
