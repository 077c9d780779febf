from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Response

from intake.cli.contribute import client
from intake.db import transaction
from intake.models import Submission
from intake.settings import Settings
from intake.web import create_app
from tests.cli.commands import sentence, transom
from tests.cli.serving import served


def test_a_response_that_is_lost_leads_to_one_submission(
    app_settings: Settings, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server handles each request, but the client gets the error of a proxy that has lost the response."""
    monkeypatch.setattr(client, "DELAYS", (0,) * 3)
    app, seen = create_app(), list[str]()

    def lossy(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        path = environ["PATH_INFO"]
        seen.append(path)
        if path == "/api/v1/drafts" or seen.count(path) != 1:
            return app(environ, start)
        b"".join(app(environ, lambda *_args: lambda _data: None))
        return Response("away", status=502)(environ, start)

    with served(lossy) as url:
        result = transom("submit", "--to", url, "--title", "T", "--photo", str(picture))
    assert result.exit_code == 0, result.output
    assert seen.count("/api/v1/drafts/submissions") == 2
    with transaction() as session:
        (submission,) = session.query(Submission)
        assert (submission.status, len(submission.photos)) == ("received", 1)


def test_a_server_without_drafts_is_no_question_of_the_receipt() -> None:
    problem = {"title": "Nothing here", "status": 404}
    with served(Response(str(problem).replace("'", '"'), status=404)) as url:
        result = transom("submit", "--to", url, "--title", "T")
    assert sentence(result) == f"{url} answered 404, but not as Transom does. Is the address right?"


def test_a_socks_proxy_needs_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(**_options: object) -> None:
        raise ImportError

    monkeypatch.setattr("httpx.Client", missing)
    result = transom("submit", "--to", "https://send.example.org", "--title", "T")
    assert "httpx[socks]" in sentence(result)
