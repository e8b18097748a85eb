"""What a route is: a row of the tables that the application, the guard and the API document read."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response

from server.guard import Access

View = Callable[..., Response]


@dataclass(frozen=True, slots=True)
class Route:
    """One row. `gives` maps a status to the dataclass answered, or None for no JSON body."""

    method: str
    path: str
    access: Access
    view: View
    summary: str
    takes: type | None
    gives: dict[int, type | None]
