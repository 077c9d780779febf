"""Processes of the web server: gunicorn's arbiter and uvicorn's workers, and their settings."""

import asyncio
import logging
from functools import partial
from types import FrameType
from typing import Any, ClassVar

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from uvicorn import Server as EventLoopServer
from uvicorn_worker import UvicornWorker

from intake.keys.files import key_holder
from intake.settings import Settings
from intake.web import Transom, create_app
from intake.web.server.bridge import Bridge
from intake.web.server.kinds import Kinds
from intake.web.server.load import Reporter
from intake.web.server.protocol import Connection
from intake.web.server.refusal import refusal

STOPPING_SECONDS = 3


class PlainLogger(Logger):
    """Logger of gunicorn with Transom's format.

    Gunicorn's default logger prints the messages of exceptions.
    """

    def setup(self, cfg: Any) -> None:
        """Pass all messages to the root logger."""
        super().setup(cfg)
        self.error_log.handlers, self.error_log.propagate = [], True

    def exception(self, msg: Any, *_: Any, **kwargs: Any) -> None:
        """Log an exception without the requested address."""
        super().exception(str(msg).partition(" %s")[0], **kwargs)


class Application:
    """ASGI application of a process. Its threads are created at the first request, which comes after the fork."""

    def __init__(self, flask: Transom, settings: Settings) -> None:
        self.flask, self._settings = flask, settings
        self._bridge: Bridge | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if self._bridge is None:
            kinds = Kinds(self._settings.web_threads)
            scheme = "https" if self._settings.secure else "http"
            self._bridge = Bridge(
                self.flask, partial(refusal, self.flask), kinds.places, kinds.refusals, scheme
            )
            self._reporting = asyncio.create_task(Reporter(kinds).run())
        await self._bridge(scope, receive, send)


class EndingServer(EventLoopServer):
    """Uvicorn server that closes all live streams at SIGTERM. Otherwise it would wait for minutes until they end."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Handle SIGTERM: close the live streams, then shut down."""
        application: Application = self.config.app  # type: ignore[assignment]
        application.flask.extensions["live"].close()
        super().handle_exit(sig, frame)


class Worker(UvicornWorker):
    """Process that serves the application."""

    CONFIG_KWARGS: ClassVar[dict[str, Any]] = {
        "loop": "asyncio",
        "http": Connection,
        "ws": "none",
        "lifespan": "off",
        "proxy_headers": False,
        "server_header": False,
        # No access log, so that no address of a contributor is logged.
        "access_log": False,
        "timeout_graceful_shutdown": STOPPING_SECONDS,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        logging.getLogger("uvicorn.error").propagate = True

    async def _serve(self) -> None:
        self.config.app = self.wsgi
        server = EndingServer(self.config)
        self._install_sigquit_handler()
        await server.serve(sockets=self.sockets)


class Server(BaseApplication):
    """Gunicorn with `web_workers` processes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Apply `options`. For a reverse proxy, see docs/ops."""
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Create the application. Gunicorn calls this once, before the fork."""
        key_holder().remember()
        return Application(create_app(self._settings), self._settings)


def options(settings: Settings) -> dict[str, Any]:
    """Return gunicorn's settings."""
    return {
        "bind": settings.listeners,
        # The application is created once and forked, which halves the start. Nothing connects before a request.
        "preload_app": True,
        "worker_class": Worker,
        "workers": settings.web_workers,
        # No access log, so that no address of a contributor is logged.
        "accesslog": None,
        "errorlog": "-",
        "logger_class": PlainLogger,
        "loglevel": "warning",
        # Stops hung processes only. A slow upload does not hold up the event loop, which sends the heartbeat.
        "timeout": 60,
        "graceful_timeout": STOPPING_SECONDS + 1,
        "keepalive": 15,
        "proc_name": "transom web",
        # Only gunicorn's heartbeat file is stored here. Requests are never written to a temporary file.
        "worker_tmp_dir": "/dev/shm",  # noqa: S108
        "control_socket_disable": True,
    }


def main(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    serve(Server(settings))


def serve(server: Server) -> None:
    """Run a server until SIGTERM or SIGINT."""
    Arbiter(server).run()
