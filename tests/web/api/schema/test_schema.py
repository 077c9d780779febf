import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask_wtf import FlaskForm
from jsonschema import Draft202012Validator
from werkzeug.routing import Rule

from intake.languages import NAMES
from intake.photos import REASONS
from intake.review.revisions import Content
from intake.settings import Settings
from intake.version import VERSION
from intake.web import Transom
from intake.web.api.schema import describe
from intake.web.forms.admin import DiscardsBody, ReasonForm, RetriesBody
from intake.web.forms.api_bodies import (
    AskBody,
    BatchBody,
    ChangedReplyBody,
    ClaimForm,
    LetterBody,
    NoteBody,
    ReplyBody,
)
from intake.web.forms.canned_replies import DeletionForm
from intake.web.forms.contribute import SubmissionForm
from intake.web.forms.decision import DecisionForm, PublicationForm
from intake.web.forms.edit import EditForm, PhotoForm, RestoreForm
from intake.web.forms.fields import VersionForm
from intake.web.forms.photos import CropForm, RedactionForm


@pytest.fixture
def document(app: Transom) -> dict[str, Any]:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def every(node: Any, key: str) -> Iterator[Any]:
    """Every value of `key` in the document."""
    if isinstance(node, dict):
        yield from ([node[key]] if key in node else [])
        for value in node.values():
            yield from every(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from every(value, key)


def test_what_openapi_3_1_asks_of_a_document(document: dict[str, Any]) -> None:
    assert re.fullmatch(r"3\.1\.\d+", document["openapi"])
    assert document["info"]["title"]
    assert document["info"]["version"] == VERSION
    assert set(document) <= {"openapi", "info", "servers", "paths", "components"}
    for path, item in document["paths"].items():
        assert path.startswith("/")
        for operation in item.values():
            assert operation["operationId"]
            for code, response in operation["responses"].items():
                assert re.fullmatch(r"[1-5]\d\d", code)
                assert response["description"]
            for parameter in operation["parameters"]:
                assert parameter["in"] in {"header", "query", "path", "cookie"}


def test_every_schema_is_one(document: dict[str, Any]) -> None:
    schemas = [*document["components"]["schemas"].values(), *every(document["paths"], "schema")]
    assert len(schemas) > 5
    for schema in schemas:
        Draft202012Validator.check_schema(schema)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = list(every(document, "$ref"))
    assert references
    for reference in references:
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def described(rule: Rule) -> str:
    """The address of a route as OpenAPI writes it."""
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule)


def test_every_route_for_programs_is_described_and_no_other(app: Transom, document: dict[str, Any]) -> None:
    programs = ("api.", "desk_api.", "admin_api.", "feeds.")
    routes = {
        (described(rule), method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(programs)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method.upper()) for path, item in document["paths"].items() for method in item}


def test_every_operation_names_the_scope_that_its_route_asks_for(
    app: Transom, document: dict[str, Any]
) -> None:
    for rule in app.url_map.iter_rules():
        for method in rule.methods or ():
            said = document["paths"].get(described(rule), {}).get(method.lower())
            if said is None:
                continue
            access = getattr(app.view_functions[rule.endpoint], "access", None)
            named = {
                scope for scheme in said.get("security", ()) for names in scheme.values() for scope in names
            }
            assert named == (set() if access == "public" else access), rule


def test_every_name_in_an_address_is_explained(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for operation in item.values():
            named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert named == set(re.findall(r"\{(\w+)\}", path))


def test_every_example_is_one(document: dict[str, Any]) -> None:
    bodies = [one for one in every(document["paths"], "application/json") if "example" in one]
    assert len(bodies) == 22
    for one in bodies:
        Draft202012Validator(one["schema"]).validate(one["example"])


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("submissions/{submission_id}/decisions", DecisionForm),
        ("submissions/{submission_id}/publications", PublicationForm),
        ("submissions/{submission_id}/notes", NoteBody),
        ("submissions/{submission_id}/messages", LetterBody),
        ("submissions/{submission_id}/claim", ClaimForm),
        ("submissions/{submission_id}/reopenings", VersionForm),
        ("submissions/{submission_id}/revisions/{number}/restore", RestoreForm),
        ("submissions/{submission_id}/photos/{photo_id}/redactions", RedactionForm),
        ("submissions/{submission_id}/photos/{photo_id}/crop", CropForm),
        ("batches/preview", BatchBody),
        ("batches", AskBody),
        ("replies", ReplyBody),
        ("replies/{reply_id}", ChangedReplyBody),
        ("replies/{reply_id}/deletions", DeletionForm),
    ],
)
def test_bodies_have_the_fields_of_their_forms(
    app: Transom, document: dict[str, Any], path: str, form: type[FlaskForm]
) -> None:
    item = document["paths"][f"/api/v1/desk/{path}"]
    said = item.get("post", item.get("put"))["requestBody"]["content"]["application/json"]["schema"]
    with app.test_request_context():
        assert set(said["properties"]) == {field.name for field in form(formdata=None, meta={"csrf": False})}


@pytest.mark.parametrize(
    ("path", "form"),
    [("jobs/retries", RetriesBody), ("jobs/discards", DiscardsBody), ("queues/{queue}/pause", ReasonForm)],
)
def test_bodies_for_the_machines_have_the_fields_of_their_forms(
    app: Transom, document: dict[str, Any], path: str, form: type[FlaskForm]
) -> None:
    said = document["paths"][f"/api/v1/admin/{path}"]["post"]["requestBody"]["content"]["application/json"]
    with app.test_request_context():
        fields = {field.name for field in form(formdata=None, meta={"csrf": False})}
    assert set(said["schema"]["properties"]) == fields


def test_an_edit_has_the_fields_of_its_form(app: Transom, document: dict[str, Any]) -> None:
    """But for the revision that a page remembers, and the places of photos, which are those of a list."""
    item = document["paths"]["/api/v1/desk/submissions/{submission_id}/revisions"]["post"]
    said = item["requestBody"]["content"]["application/json"]["schema"]["properties"]
    now = Content(1, "", "", None, None, datetime.now(UTC), None)
    with app.test_request_context():
        form = EditForm(now, formdata=None, meta={"csrf": False})
        photo = PhotoForm(formdata=None)
    assert set(said) == {field.name for field in form} - {"base"}
    assert set(said["photos"]["items"]["properties"]) == {field.name for field in photo} - {"place"}


def test_the_fields_are_those_of_the_form(app: Transom, document: dict[str, Any]) -> None:
    body = document["paths"]["/api/v1/submissions"]["post"]["requestBody"]["content"]["multipart/form-data"]
    fields = body["schema"]["properties"]
    photos = {f"{kind}-{i}" for kind in ("photo", "caption", "credit") for i in range(1, 21)}
    with app.test_request_context():
        form = SubmissionForm(app.extensions["settings"], formdata=None)
    assert set(fields) - photos == {field.name for field in form} - {"token"}
    assert photos <= set(fields)
    assert set(fields["language"]["enum"]) == set(NAMES)
    assert fields["section"]["enum"] == list(form.section.choices or ())
    assert fields["format"]["enum"] == list(form.format.choices or ())


def test_it_tells_this_newsroom_s_own_limits() -> None:
    found = describe(Settings(max_photos=3, sections="Here,There", magazine="The Lantern"))
    text = str(found)
    assert "photo-3" in text
    assert "photo-4" not in text
    assert "The Lantern" in text
    assert "Here" in text


def test_no_reason_of_ours_is_a_secret() -> None:
    """Whoever reads the answer finds the words for each code in the sentence of the receipt page."""
    assert all(re.fullmatch(r"[a-z_]+", code) for code in REASONS)
