"""What a run gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from digest.records import Reject, Story


@dataclass(frozen=True, slots=True)
class Counts:
    """Where every input went: `articles_in == kept + copies + rejected`."""

    articles_in: int
    kept: int
    copies: int
    rejected: int
    stories: int
    stories_printed: int
    sentences: int


@dataclass(frozen=True, slots=True)
class StateCounts:
    """What a run with a state found there and left there.

    now: the run's day; of the articles read (rejects aside) so many were new, changed (known, with another text) or
    known; expired: those that the window left behind; living_articles, living_stories: what the state holds now;
    stories_new, _updated, _unchanged: of those printed; merged, split: stories that ended in another, or left one.
    """

    now: str | None
    new: int
    changed: int
    known: int
    expired: int
    living_articles: int
    living_stories: int
    stories_new: int
    stories_updated: int
    stories_unchanged: int
    merged: int
    split: int


@dataclass(frozen=True, slots=True)
class Result(Sequence[Story]):
    """What a run gives: a sequence of stories, most important first, with the rejects and the counts beside it."""

    stories: tuple[Story, ...]
    rejects: tuple[Reject, ...]
    counts: Counts
    seconds: Mapping[str, float]
    state: StateCounts | None = None

    def __len__(self) -> int:
        return len(self.stories)

    def __iter__(self) -> Iterator[Story]:
        return iter(self.stories)

    @overload
    def __getitem__(self, index: int) -> Story: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Story, ...]: ...
    def __getitem__(self, index: int | slice) -> Story | tuple[Story, ...]:
        return self.stories[index]
