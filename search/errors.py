"""What can go wrong, said once: every error carries its remedy, exit status and HTTP status."""

from __future__ import annotations


class CiteguideError(Exception):
    """Base of every error that citeguide raises on purpose.

    ``str(error)`` is one line that says what is wrong; ``remedy`` says what to do about it.
    """

    code = "error"
    exit_code = 2
    http_status = 500

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def line(self) -> str:
        """The message and its remedy as one line for a terminal."""
        return f"{self.message}; {self.remedy}" if self.remedy else self.message


class InternalError(CiteguideError):
    """A defect of ours: one question of many has met it, and the others go on."""

    code = "internal"


DEFECTS = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a defect raises. Only where many questions are answered in turn is it caught, so that one does not end all."""


class UsageError(CiteguideError):
    """The request itself is wrong: an option, a question, an address."""

    code = "usage"
    http_status = 400


class NotFoundError(CiteguideError):
    """What was named does not exist: a citation, a table, a document."""

    code = "not_found"
    http_status = 404


class SourceError(CiteguideError):
    """A guide cannot be read."""

    code = "source"
    http_status = 422


class IndexMissingError(CiteguideError):
    """There is no index where one was expected."""

    code = "index_missing"
    http_status = 503


class IndexBrokenError(CiteguideError):
    """The index is damaged, foreign, or of another format version."""

    code = "index_broken"
    http_status = 503


class IndexBusyError(CiteguideError):
    """Another process is writing the index."""

    code = "index_busy"
    http_status = 503


class ClusterError(CiteguideError):
    """The cluster that an index lies on is away, unwell, of another kind, or refuses."""

    code = "cluster"
    http_status = 503


class ChooserError(CiteguideError):
    """The model that was named to choose quotes cannot be asked."""

    code = "chooser"
    http_status = 502


class TimeLimitError(CiteguideError):
    """An answer takes longer than whoever reads the index allows."""

    code = "time_limit"
    http_status = 503


class StorageError(CiteguideError):
    """The index cannot be written: no permission, no space."""

    code = "storage"
    http_status = 507
