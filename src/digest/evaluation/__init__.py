"""How good a result is, and how to make it better: scores against known answers, and weights fitted to them."""

from digest.evaluation.gold import Gold, read_gold
from digest.evaluation.scores import Evaluation, evaluate
from digest.evaluation.wording import evaluation_record, evaluation_table

__all__ = ["Evaluation", "Gold", "evaluate", "evaluation_record", "evaluation_table", "read_gold"]
