"""Copies: word shingles, candidate pairs, the true overlap, and the rule that chooses the kept copy."""

from digest.duplicates.comparison import Comparison, compare
from digest.duplicates.copies import Copies, find_copies

__all__ = ["Comparison", "Copies", "compare", "find_copies"]
