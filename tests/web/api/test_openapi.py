import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter, ValidationError
from werkzeug.routing import Rule

from intake.jobs.job_filter import NAMES as JOB_WORDS
from intake.languages import NAMES, UNTOLD
from intake.permissions import ACTIONS
from intake.photos import REASONS
from intake.queue.filters import FIELD_NAMES as QUEUE_WORDS
from intake.review.revisions import Content
from intake.version import VERSION
from intake.web import Transom
from intake.web.api import openapi
from intake.web.api.admin.jobs import JobWords
from intake.web.api.desk.queue import QueueWords
from intake.web.api.desk.revisions import EditBody, PhotoBody
from intake.web.api.operation import Operation
from intake.web.api.request_body import QueryString
from intake.web.forms.contribute import SubmissionForm
from intake.web.forms.edit import EditForm, PhotoForm
from tests.web.described import hold

# Paths of POST and PUT requests that need no body, because the URL says all.
BODILESS = {
    "/api/v1/drafts",
    "/api/v1/uploads",
    "/api/v1/admin/queues/{queue}/resume",
    "/api/v1/admin/people/{editor_id}/resets",
    "/api/v1/desk/for-you/seen",
    "/api/v1/desk/submissions/{submission_id}/checklist/{code}",
    "/api/v1/desk/submissions/{submission_id}/contact-views",
    "/api/v1/desk/submissions/{submission_id}/photos/{photo_id}/graphic",
    "/api/v1/desk/submissions/{submission_id}/seen",
    "/api/v1/desk/submissions/{submission_id}/source/renewals",
}

NUMBERED = {"job_id", "editor_id", "batch_id", "reply_id", "view_id", "decision_id", "retouch_id"}


@pytest.fixture
def document(app: Transom) -> dict[str, Any]:
    answer = app.test_client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def every(node: Any, key: str) -> Iterator[Any]:
    """Yield every value of `key` at any depth of the document."""
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
    """Return the path of a route in OpenAPI's syntax, such as `/jobs/{job_id}`."""
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule)


def methods(rule: Rule) -> set[str]:
    """Return the methods of a route. HEAD belongs to GET, unless the route takes only HEAD."""
    found = (rule.methods or set()) - {"OPTIONS"}
    return found - {"HEAD"} if "GET" in found else found


def test_every_route_for_programs_is_described_and_no_other(app: Transom, document: dict[str, Any]) -> None:
    programs = ("api.", "desk_api.", "admin_api.", "feeds.", "feed_pictures.")
    routes = {
        (described(rule), method)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(programs)
        for method in methods(rule)
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
            action = getattr(app.view_functions[rule.endpoint], "access", "")
            named = {
                scope for scheme in said.get("security", ()) for names in scheme.values() for scope in names
            }
            assert named == (set() if action == "public" else {ACTIONS[action].scope}), rule


def test_every_name_in_an_address_is_explained(document: dict[str, Any]) -> None:
    for path, item in document["paths"].items():
        for operation in item.values():
            named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert named == set(re.findall(r"\{(\w+)\}", path))


def test_every_example_is_one(app: Transom, document: dict[str, Any]) -> None:
    bodies = [one for one in every(document["paths"], "application/json") if "example" in one]
    assert len(bodies) == 39
    for one in bodies:
        hold(app, one["example"], one["schema"])


def test_an_edit_has_the_fields_of_its_form(app: Transom) -> None:
    """Except hidden fields of the page, and place and featured photo, which the API expresses in a list of photos."""
    now = Content(1, "", "", None, None, datetime.now(UTC), None)
    with app.test_request_context():
        form = EditForm(now, formdata=None, meta={"csrf": False})
        photo = PhotoForm(formdata=None)
    assert set(EditBody.model_fields) == {field.name for field in form} - {"base", "featured", "merged"}
    assert set(PhotoBody.model_fields) - {"featured"} == {field.name for field in photo} - {"place"}


@pytest.mark.parametrize(("words", "names"), [(JobWords, JOB_WORDS), (QueueWords, QUEUE_WORDS)])
def test_a_filter_has_the_words_of_its_page(words: type[QueryString], names: tuple[str, ...]) -> None:
    assert tuple(words.model_fields) == names


def test_the_fields_are_those_of_the_form(app: Transom, document: dict[str, Any]) -> None:
    fields = document["components"]["schemas"]["SubmissionFields"]["properties"]
    photos = {f"{kind}-{i}" for kind in ("photo", "caption", "credit") for i in range(1, 21)}
    with app.test_request_context():
        form = SubmissionForm(app.extensions["settings"], formdata=None)
    assert set(fields) - photos == {field.name for field in form} - {"token"} | {
        "document",
        "consent_language",
    }
    assert photos <= set(fields)
    assert set(fields["language"]["enum"]) == {UNTOLD, *NAMES}
    assert fields["section"]["enum"] == list(form.section.choices or ())
    assert fields["format"]["enum"] == list(form.format.choices or ())


def test_it_tells_this_newsroom_s_own_limits(made: Callable[..., Transom]) -> None:
    text = str(openapi.document(made(max_photos=3, sections="Here,There", magazine="The Lantern")))
    assert "photo-3" in text
    assert "photo-4" not in text
    assert "The Lantern" in text
    assert "Here" in text


def test_it_is_made_once(app: Transom) -> None:
    assert openapi.document(app) is openapi.document(app)


def test_every_answer_and_every_body_has_a_schema_of_its_own(app: Transom, document: dict[str, Any]) -> None:
    """A body without a schema would be accepted without validation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert ("requestBody" in operation) == (
                method in {"patch", "post", "put"} and path not in BODILESS
            ), path


def test_an_object_that_is_sent_has_no_field_that_is_not_described(document: dict[str, Any]) -> None:
    for one in every(document["paths"], "application/json"):
        if "example" in one:
            name = one["schema"]["$ref"].rpartition("/")[2]
            assert document["components"]["schemas"][name]["additionalProperties"] is False, name


def test_no_reason_of_ours_is_a_secret() -> None:
    """The receipt page shows contributors a sentence for each code of a reason."""
    assert all(re.fullmatch(r"[a-z_]+", code) for code in REASONS)


def operations(app: Transom) -> list[Operation]:
    found = [getattr(view, "operation", None) for view in app.view_functions.values()]
    return [one for one in found if one]


def test_a_form_has_no_null(document: dict[str, Any], app: Transom) -> None:
    schemas = document["components"]["schemas"]
    forms = [one.form.__name__ for one in operations(app) if one.form]
    assert "embargo_until" in schemas["SubmissionFields"]["properties"]
    assert [name for name in forms if "null" in every(schemas[name], "type")] == []


def test_whole_numbers_of_bodies_may_be_written_with_a_zero_behind_the_point(app: Transom) -> None:
    """JSON Schema counts 3.0 as an integer (draft 2020-12, validation, section 6.1.1). Request bodies must, too."""
    bodies = {one.body for one in operations(app) if one.body}
    kinds = [kind for body in bodies for kind in integers(body)]
    assert len(kinds) > 10
    for kind in kinds:
        assert TypeAdapter(kind).validate_json("3.0") == 3
        with pytest.raises(ValidationError):
            TypeAdapter(kind).validate_json("3.5")


def integers(kind: Any) -> Iterator[Any]:
    """Yield all integer types within a type, with their Annotated metadata."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for inner in get_type_hints(kind, include_extras=True).values():
            yield from integers(inner)
    elif (get_origin(kind) is Annotated and get_args(kind)[0] is int) or kind is int:
        yield kind
    elif get_origin(kind) is not Literal:
        for inner in get_args(kind):
            yield from integers(inner)


def test_a_route_names_the_methods_that_are_described(app: Transom, document: dict[str, Any]) -> None:
    """A route with a variable that matches the same path must not add its methods to the header Allow."""
    client = app.test_client()
    for path, item in document["paths"].items():
        address = re.sub(
            r"\{(\w*_id)\}", lambda name: "1" if name[1] in NUMBERED else str(uuid.UUID(int=1)), path
        )
        address = re.sub(r"\{\w+\}", "text", address.replace("{number}", "1").replace("{size}", "web"))
        answer = client.open(address, method="OPTIONS")
        allowed = set(answer.headers.get("Allow", "").split(", ")) - {"OPTIONS", "HEAD", ""}
        if answer.status_code == 200:
            assert allowed == {method.upper() for method in item if method != "head"}, path


def test_a_number_that_is_too_large_is_not_found(app: Transom, document: dict[str, Any]) -> None:
    client = app.test_client()
    for path, item in document["paths"].items():
        if {*re.findall(r"\{(\w+)\}", path)} <= NUMBERED and "{" in path:
            for method in item:
                answer = client.open(re.sub(r"\{\w+\}", "9" * 30, path), method=method)
                assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), (
                    path,
                    method,
                )
