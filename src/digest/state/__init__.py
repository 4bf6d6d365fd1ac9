"""What a job remembers from night to night: known articles, living stories, what was told, what waits."""

from digest.state.blobs import content_of, pack_article
from digest.state.database import check_file, damaged
from digest.state.identity import Identity, identify, new_story_id
from digest.state.novelty import Novelty
from digest.state.opening import copied_state, open_state
from digest.state.outlines import Outlines
from digest.state.shingles import sampled_shingles, sharing
from digest.state.store import KnownStory, NewArticle, Place, State
from digest.state.upkeep import StateInfo, check_state, forget, info, living_stories, vacuum
from digest.state.window import horizon, outlived, run_day
from digest.state.words import Likeness, Words, article_words

__all__ = [
    "Identity",
    "KnownStory",
    "Likeness",
    "NewArticle",
    "Novelty",
    "Outlines",
    "Place",
    "State",
    "StateInfo",
    "Words",
    "article_words",
    "check_file",
    "check_state",
    "content_of",
    "copied_state",
    "damaged",
    "forget",
    "horizon",
    "identify",
    "info",
    "living_stories",
    "new_story_id",
    "open_state",
    "outlived",
    "pack_article",
    "run_day",
    "sampled_shingles",
    "sharing",
    "vacuum",
]
