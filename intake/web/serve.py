"""The web server: gunicorn with threads, told here and nowhere else how to run."""

import signal
from types import FrameType
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from intake.settings import Settings
from intake.web import create_app, live_updates

UNREADABLE = "Invalid request from ip="


class PlainLogger(Logger):
    """Gunicorn's lines in the form of all others: its own would print the message of an exception."""

    def setup(self, cfg: Any) -> None:
        """Let the root logger write."""
        super().setup(cfg)
        self.error_log.handlers, self.error_log.propagate = [], True

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """All of gunicorn's warnings but one, which has the client's address and a piece of the request in it."""
        if str(msg).startswith(UNREADABLE):
            msg, args = "a request could not be read", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *_: Any, **kwargs: Any) -> None:
        """Where it was, without the address that was asked for."""
        super().exception(str(msg).partition(" %s")[0], **kwargs)


class Server(BaseApplication):
    """One master, `web_workers` processes with `web_threads` threads each."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn; see docs/ops for what a reverse proxy in front must and must not do."""
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Called once, before the fork."""
        return create_app(self._settings)


def options(settings: Settings) -> dict[str, Any]:
    """Gunicorn's settings."""
    return {
        "bind": [f"{settings.host}:{settings.port}"],
        # The application is made once and forked: half the start. Nothing connects before the first request.
        "preload_app": True,
        "worker_class": "gthread",
        "workers": settings.web_workers,
        # An open page of the desk holds one for as long as it listens; pages keep their own.
        "threads": settings.web_threads + live_updates.PLACES,
        "post_worker_init": _let_streams_end,
        # Addresses of contributors reach no log: there is no access log at all.
        "accesslog": None,
        "errorlog": "-",
        "logger_class": PlainLogger,
        "loglevel": "warning",
        # Uploads over Tor take long; a gthread worker stays responsive meanwhile, so this stops hung processes only.
        "timeout": 60,
        "graceful_timeout": 3,
        "proc_name": "transom web",
        # Requests are never written to a temporary file; this folder holds gunicorn's own heartbeat.
        "worker_tmp_dir": "/dev/shm",  # noqa: S108
        "control_socket_disable": True,
    }


def _let_streams_end(worker: Any) -> None:
    """At SIGTERM: a process that stops waits for its requests, and a stream would go on for minutes."""
    stop = signal.getsignal(signal.SIGTERM)

    def close(number: int, frame: FrameType | None) -> None:
        worker.wsgi.extensions["live"].close()
        if callable(stop):
            stop(number, frame)

    signal.signal(signal.SIGTERM, close)


def main(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    Arbiter(Server(settings)).run()
