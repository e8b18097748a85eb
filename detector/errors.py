"""Every error unspun raises on purpose. Others are bugs.

UnspunError
├── ModelError        a model folder is missing, damaged, or of another format
├── InputError        an input could not be read (server/, unspun/)
│   ├── FetchError        an address could not be fetched
│   └── ExtractError      a page holds no article text
└── WrongUse          options that do not go together, a bad setting

A message says what was found, what was wanted, and what to do.
"""


class UnspunError(Exception):
    """Root of the tree; its text is fit to show to a user."""


class ModelError(UnspunError):
    """A model folder is missing, damaged, or of another format."""


class InputError(UnspunError):
    """An input could not be read. `reason` is a short machine-readable word."""

    reason = "unreadable"


class FetchError(InputError):
    """An address could not be fetched."""

    reason = "fetch_failed"


class ExtractError(InputError):
    """A page holds no article text."""

    reason = "no_article"


class WrongUse(UnspunError):  # noqa: N818 - it names the caller's mistake, not ours
    """Options that do not go together, or a setting out of range."""
