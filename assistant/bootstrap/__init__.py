"""The only wiring: from settings to an application whose parts know each other."""

from assistant.bootstrap.app import App
from assistant.bootstrap.opening import open_app

__all__ = ["App", "open_app"]
