"""Digests: the sentences, headline, keyphrases and importance of each story."""

from digest.digests.budget import Budget
from digest.digests.candidates import candidate_rows
from digest.digests.compose import Digest, compose
from digest.digests.importance import importance
from digest.digests.reading import Reader

__all__ = ["Budget", "Digest", "Reader", "candidate_rows", "compose", "importance"]
