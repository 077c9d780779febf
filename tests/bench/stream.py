"""Web server that writes each body to a disk and does nothing else: what an upload costs at least.

It is Transom's own server, with the same processes, connections and threads.
"""

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from flask import Flask, request

from intake.settings import settings
from intake.web import live_updates
from intake.web.server.process import Application, Server, serve

CHUNK = 1024 * 1024


def bare_app() -> Flask:
    """Return an application that stores bodies, and deletes them."""
    app = Flask("bare")
    app.extensions["settings"] = settings()
    live_updates.init_app(app)

    @app.post("/bodies")
    def keep() -> str:
        with tempfile.NamedTemporaryFile(dir=Path.cwd()) as file:
            while chunk := request.stream.read(CHUNK):
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return "kept\n"

    @app.get("/healthz/live")
    def live() -> str:
        return "live\n"

    return app


class BareServer(Server):
    """Transom's web server with the application that only stores."""

    def load(self) -> Application:
        """Create the application."""
        return Application(bare_app(), self._settings)  # type: ignore[arg-type]


if __name__ == "__main__":
    serve(BareServer(replace(settings(), port=int(sys.argv[1]))))
