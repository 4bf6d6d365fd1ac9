"""What a run knows of the articles that it does not look at, so that it judges the rest as a run over all would."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.tokens import Int64


@dataclass(frozen=True, eq=False, slots=True)
class Others:
    """vectors: float32 [d], the sum of the unit vectors of `count` other articles whose language the model knows;
    near: of the articles that are looked at, the pairs that are near among all, or None where nothing is known of that:
    two int64 [n pairs], the lower article first, ascending."""

    vectors: npt.NDArray[np.float32]
    count: int
    near: tuple[Int64, Int64] | None = None
