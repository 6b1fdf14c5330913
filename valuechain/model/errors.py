"""The tree of errors. Each says what is wrong, where, and what to do; no layer above adds a traceback to it.

ValuechainError
├── DataError            the data brought are at fault (a file, a row, a column)
│   └── RefusedError         rows are at fault, so that their delivery was not taken in
├── QuestionError        the question is at fault (an option out of range, an unknown word)
│   ├── NotFoundError    what was asked for is not in the store
│   └── NoDataError      the store holds nothing to answer from
├── CancelledError       somebody stopped the work; nothing of it is left behind
└── StoreError           the store cannot answer
    ├── StoreUnavailableError    unreachable, or the password is wrong
    ├── StoreForeignError        the file or database holds something else
    ├── StoreVersionError        written by a newer version of this program
    └── StoreBusyError           another writer is at work
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from valuechain.model.language import say

if TYPE_CHECKING:
    from valuechain.model.batch import Fault


class ValuechainError(Exception):
    """Base of every error that is told to people.

    Parameters
    ----------
    what : str
        One sentence: what is wrong and where.
    advice : str
        One sentence: what to do about it. May be empty.
    """

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what, advice)
        self.what = what
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.what} {self.advice}".strip()


class DataError(ValuechainError):
    """A file, or what it holds, cannot be taken in."""


class RefusedError(DataError):
    """Rows are at fault, so that their delivery was not taken in; `faults` lists what is wrong with them.

    As text it is one line, and one more for each of the first `SHOWN` faults.
    """

    SHOWN = 50

    def __init__(self, what: str, advice: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(what, advice)
        self.faults = faults

    def __str__(self) -> str:
        lines = [f"{self.what} {self.advice}", *map(str, self.faults[: self.SHOWN])]
        if len(self.faults) > self.SHOWN:
            more = len(self.faults) - self.SHOWN
            lines.append(say("And {count:,} more faults.", count=more) if more > 1 else say("And 1 more fault."))
        return "\n".join(lines)


class QuestionError(ValuechainError):
    """A question cannot be answered as it was put."""


class NotFoundError(QuestionError):
    """What was asked for is not in the store, or not visible to this reader."""


class NoDataError(QuestionError):
    """The store holds nothing that this reader may see, so data have to come first."""


class CancelledError(ValuechainError):
    """Somebody stopped the work; nothing of it is left behind."""


class StoreError(ValuechainError):
    """The store cannot answer."""


class StoreUnavailableError(StoreError):
    """The store cannot be reached, or does not accept the user and password."""


class StoreForeignError(StoreError):
    """The file or database exists but holds something else."""


class StoreVersionError(StoreError):
    """The store was written by a newer version of this program."""


class StoreBusyError(StoreError):
    """Another writer holds the store."""
