"""Copies: word shingles, candidate pairs, the true overlap, and the rule that chooses the kept copy."""

from digest.duplicates.comparison import Comparison, compare
from digest.duplicates.copies import Copies, find_copies
from digest.duplicates.keeping import KEPT_RULE

__all__ = ["KEPT_RULE", "Comparison", "Copies", "compare", "find_copies"]
