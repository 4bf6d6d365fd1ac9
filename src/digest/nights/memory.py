"""What a run with a state knows before it looks at tonight's articles."""

import functools
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from importlib.metadata import version

from digest.config import Config
from digest.errors import StateError
from digest.fingerprint import fingerprint
from digest.records import Article, Story
from digest.state import KnownStory, Place, State, damaged, horizon, outlived, run_day

_log = logging.getLogger(__name__)

# The settings that a digest depends on: under others it is made anew.
_SETTINGS = (
    *("model", "max_words", "max_sentences", "max_characters", "style", "prefer_source", "granularity"),
    *("group_by", "language", "weights"),
)


class Memory:
    """The state as one run finds it, what the window left behind taken out.

    now: the run's day; living: the articles by id; stories: the living ones by id, and those that ended as the window
    passed; gone: what the window left behind; settings: a fingerprint of those that a digest depends on.
    """

    def __init__(self, state: State, articles: Iterable[Article], config: Config) -> None:
        self.state = state
        self.now = run_day(config.now, (a.published for a in articles), state.last_now, config.window)
        self.settings = fingerprint(version("digest"), *(repr(asdict(config)[name]) for name in _SETTINGS))
        self.stories: Mapping[str, KnownStory] = state.stories()
        self.living: dict[str, Place] = state.living()
        self.first_day = horizon(self.now, config.window)
        past = outlived(((i, place.first_seen) for i, place in self.living.items()), self.first_day)
        state.expire(past)
        self.gone = {i: self.living.pop(i) for i in past}
        self._doubt_the_clock(config.window)
        self._records: dict[str, Story] = {}

    def _doubt_the_clock(self, window: int) -> None:
        """Days come from the machine's clock through `--now`: one that is wrong makes the state forget too much."""
        last = self.state.last_now
        if self.now and last and self.now < last:
            _log.warning(
                "The day of this run, %s, is before that of the last one, %s: its articles are forgotten the sooner. "
                "Is the clock right?", self.now, last,
            )  # fmt: skip
        if self.gone and not self.living:
            _log.warning(
                "All %d known articles came before the window of %d days: the last run was of %s, this one is of %s. "
                "Is the clock right, and the window long enough?", len(self.gone), window, last, self.now,
            )  # fmt: skip

    @functools.cached_property
    def members(self) -> Mapping[str, frozenset[str]]:
        """The living articles of each story that has any."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for article, place in self.living.items():
            members[place.story].append(article)
        return {story: frozenset(articles) for story, articles in members.items()}

    def is_current(self, story: str) -> bool:
        """Whether the record of a living story was made of its living articles, under these settings."""
        return self.stories[story].settings == self.settings and self._lost.isdisjoint((story,))

    @functools.cached_property
    def _lost(self) -> frozenset[str]:
        return frozenset(place.story for place in self.gone.values())

    def record(self, story: str) -> Story:
        """A story as it was last digested."""
        if story not in self._records:
            found = self.state.record(story)
            if found is None:
                raise StateError(damaged(self.state.path, f"no record of the story {story}"))
            self._records[story] = found
        return self._records[story]
