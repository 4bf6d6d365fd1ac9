"""Arrays that grow where they are: a list of parts would stand in memory beside what is made of it."""

from array import array
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Number = TypeVar("Number", bound=np.generic)


class Growing(Generic[Number]):
    """An array of one dimension to which others are added.  A large one is moved by the system, page by page, not
    copied."""

    def __init__(self, kind: type[Number]) -> None:
        self._kind = np.dtype(kind)
        self._held = array(self._kind.char)

    def __len__(self) -> int:
        return len(self._held)

    def add(self, more: npt.NDArray[Number]) -> None:
        """Puts the numbers of an array of the same kind behind those that are there."""
        assert more.dtype == self._kind
        self._held.frombytes(more.ravel().view(np.uint8).data)

    def grown(self) -> npt.NDArray[Number]:
        """All numbers, without a copy; none is added any more."""
        return np.asarray(self._held, self._kind)
