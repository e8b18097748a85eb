"""The stores as the settings want them, for the server and the command line alike."""

import time
from collections.abc import Callable

from server.settings import Settings
from server.store.database import Database
from server.store.labels import LabelStore


def label_store(settings: Settings, open_database: Callable[[], Database]) -> LabelStore:
    """The labels; `open_database` is called when they are first needed."""
    return LabelStore(
        open_database,
        time.time,
        keep_texts=settings.keep_texts,
        label_days=settings.label_days,
        waiting_days=settings.history_days,
    )
