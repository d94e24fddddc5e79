"""An update of the index in a process of its own, as ``citeguide index`` makes it, and what it says meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import BinaryIO, Literal

from ...search.errors import IndexBusyError, StorageError
from ...search.output.terminal import clean
from ...search.store.location import Place

if sys.platform != "win32":
    import fcntl

LOG = ".citeguide-index.log"
"""The file in the folder of added guides in which an update says how far it is; hidden, so it is no guide."""
LAST_BYTES, LAST_LINES = 8 * 1024, 12
"""What of it is shown."""
SECRETS = ("CITEGUIDE_TOKEN", "CITEGUIDE_ADMIN_TOKEN")
"""Variables that an update has no need of."""


class IndexRun:
    """Updates of one index, of which one is under way at a time, whichever process of the server began it.

    The process that updates holds a lock on its log, which goes with it however it ends.
    """

    def __init__(self, index: Place, folder: Path) -> None:
        self._index, self._folder = index.absolute(), folder.absolute()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, everything: bool = False) -> None:
        """Begin one: of the added guides, or of everything that is remembered. Raises IndexBusyError, StorageError."""
        named = [] if everything else [str(self._folder)]
        program = f"import sys; from {__package__.split('.')[0]}.search.cli.main import main; sys.exit(main())"
        with self._log() as log:
            log.truncate(0)
            self._process = subprocess.Popen(  # noqa: S603 - our own program; -P keeps the current folder's modules out
                [sys.executable, "-P", "-c", program, "--index", str(self._index), "index", *named],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={name: value for name, value in os.environ.items() if name not in SECRETS},
            )
        threading.Thread(target=self.wait, daemon=True).start()  # what has ended is taken notice of

    def wait(self) -> None:
        """Until the update that this process began, if any, has ended."""
        if self._process is not None:
            self._process.wait()

    def is_running(self) -> bool:
        """Whether an update is under way."""
        if self._process is not None and self._process.poll() is None:
            return True
        try:
            self._log("rb").close()
        except IndexBusyError:
            return True
        except StorageError:
            return False
        return False

    def lines(self) -> list[str]:
        """The last lines that it said."""
        try:
            with (self._folder / LOG).open("rb") as log:
                log.seek(max(0, log.seek(0, os.SEEK_END) - LAST_BYTES))
                told = log.read(LAST_BYTES).decode("utf-8", "replace")
        except OSError:
            return []
        lines = (clean(line).strip().removeprefix("citeguide: ") for line in told.splitlines())
        return [line for line in lines if line][-LAST_LINES:]

    def _log(self, mode: Literal["ab", "rb"] = "ab") -> BinaryIO:
        """The log, locked. Raises IndexBusyError where an update holds it."""
        try:
            log = (self._folder / LOG).open(mode)
        except OSError as error:
            raise StorageError(f"{self._folder} cannot be written ({error.strerror})", "see to the folder") from error
        if sys.platform != "win32":
            try:
                fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                log.close()
                raise IndexBusyError("an update is under way", "wait until it has ended") from error
        elif self._process is not None and self._process.poll() is None:
            log.close()
            raise IndexBusyError("an update is under way", "wait until it has ended")
        return log
