"""Copies: word shingles, candidate pairs, the true overlap, and the rule that chooses the kept copy."""

from digest.duplicates.comparison import Comparison, compare, compare_copies
from digest.duplicates.copies import Copies, find_copies

__all__ = ["Comparison", "Copies", "compare", "compare_copies", "find_copies"]
