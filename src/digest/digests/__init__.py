"""Digests: the sentences, headline, keyphrases and importance of each story."""

from digest.digests.budget import Budget
from digest.digests.candidates import candidate_rows
from digest.digests.compose import Digest, compose
from digest.digests.importance import importance

__all__ = ["Budget", "Digest", "candidate_rows", "compose", "importance"]
