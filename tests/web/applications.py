"""Pool of applications that tests reuse, because creating an application takes longer than most page tests."""

from intake.db import engine
from intake.settings import Settings
from intake.web import Transom, _flask_config, create_app, live_updates
from intake.web.login import security


class Applications:
    """Pool of applications. A returned application is reset to the settings of the next test."""

    def __init__(self) -> None:
        self._as_made: dict[Transom, tuple[dict[str, object], dict[str, object]]] = {}
        self._fixed: dict[Transom, object] = {}
        self._free: list[Transom] = []

    def lend(self, config: Settings) -> Transom:
        """Return an application as `create_app(config)` would."""
        for app in self._free:
            if self._fixed[app] == _fixed(config):
                self._free.remove(app)
                self._reset(app, config)
                return app
        made = create_app(config)
        self._as_made[made] = dict(made.config), dict(made.extensions)
        self._fixed[made] = _fixed(config)
        return made

    def give_back(self, app: Transom) -> None:
        """End the application's open streams and return it to the pool."""
        app.extensions["live"].close()
        self._free.append(app)

    def _reset(self, app: Transom, config: Settings) -> None:
        """Undo a test's changes, and renew everything that depends on the settings, key and database of the installation."""
        as_configured, extensions = self._as_made[app]
        app.config.clear()
        app.config.update(as_configured)
        app.config.update(_flask_config(config))
        app.config.update(security._config())
        app.extensions.clear()
        app.extensions.update(extensions)
        app.extensions["settings"] = config
        live_updates.init_app(app)
        sessions = app.extensions["datastore"].db.session
        sessions.remove()
        sessions.session_factory.configure(bind=engine())


def _fixed(config: Settings) -> object:
    """Return the settings that cannot change once an application exists: password hashing, and separation of sides."""
    return str(security._config().get("SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS")), config.are_sides_apart


SHARED = Applications()
"""The applications of this process."""
