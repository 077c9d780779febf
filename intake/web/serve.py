"""Web server: gunicorn with threads, and its settings."""

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
    """Logger of gunicorn with Transom's format.

    Gunicorn's default logger prints the messages of exceptions.
    """

    def setup(self, cfg: Any) -> None:
        """Pass all messages to the root logger."""
        super().setup(cfg)
        self.error_log.handlers, self.error_log.propagate = [], True

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Log a warning.

        Gunicorn's warning of an invalid request is replaced, because it quotes the client's IP address.
        """
        if str(msg).startswith(UNREADABLE):
            msg, args = "a request could not be read", ()
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *_: Any, **kwargs: Any) -> None:
        """Log an exception without the requested address."""
        super().exception(str(msg).partition(" %s")[0], **kwargs)


class Server(BaseApplication):
    """Gunicorn with `web_workers` processes of `web_threads` threads each."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Apply `options`. For a reverse proxy, see docs/ops."""
        for name, value in options(self._settings).items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Create the application. Gunicorn calls this once, before the fork."""
        return create_app(self._settings)


def options(settings: Settings) -> dict[str, Any]:
    """Return gunicorn's settings."""
    return {
        "bind": [f"{settings.host}:{settings.port}"],
        # The application is created once and forked, which halves the start. Nothing connects before a request.
        "preload_app": True,
        "worker_class": "gthread",
        "workers": settings.web_workers,
        # Each open live page occupies a thread. The extra threads keep `web_threads` free for other requests.
        "threads": settings.web_threads + live_updates.PLACES,
        "post_worker_init": _let_streams_end,
        # No access log, so that no address of a contributor is logged.
        "accesslog": None,
        "errorlog": "-",
        "logger_class": PlainLogger,
        "loglevel": "warning",
        # Stops hung processes only. A slow upload over Tor does not block a gthread worker's heartbeat.
        "timeout": 60,
        "graceful_timeout": 3,
        "proc_name": "transom web",
        # Only gunicorn's heartbeat file is stored here. Requests are never written to a temporary file.
        "worker_tmp_dir": "/dev/shm",  # noqa: S108
        "control_socket_disable": True,
    }


def _let_streams_end(worker: Any) -> None:
    """Close all live streams at SIGTERM.

    Otherwise a stopping process would wait for its streams, which stay open for minutes.
    """
    stop = signal.getsignal(signal.SIGTERM)

    def close(number: int, frame: FrameType | None) -> None:
        worker.wsgi.extensions["live"].close()
        if callable(stop):
            stop(number, frame)

    signal.signal(signal.SIGTERM, close)


def main(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT."""
    Arbiter(Server(settings)).run()
