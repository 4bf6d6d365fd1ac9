"""The decision on a pair of articles in words: what they have in common, and what that counts."""

from collections.abc import Iterator, Mapping
from typing import Any

from digest.outputs.explaining_parts import CLOSENESS
from digest.outputs.wording import counted

Json = Mapping[str, Any]

# What the features of a pair are to people.  A feature without words here shows its name.
FEATURES = {
    "body": "words of both texts",
    "lead": "words of both beginnings",
    "title_in_other": "each title's words in the other's text",
    "dense": "meaning of both beginnings",
    CLOSENESS: "nearness in time",
}
OVERRULED = "they tell two events in the same words (other figures, names or occasion), so likeness is overruled"


def because(tie: Json) -> str:
    """Why a tie is as strong as it is, on one line: what each feature adds to the log-odds, the most first."""
    if tie["adds"] is None:
        return ", ".join(
            f"{words_for(name)} {value:.2f}" for name, value in sorted(tie["features"].items(), key=_in_order)
        )
    terms = (f"{words_for(name)} {tie['features'][name]:.2f} ({added:+.2f})" for name, added in _ranked(tie["adds"]))
    summed = f"{_apart(tie)}, log-odds {tie['log_odds']:+.2f} by {', '.join(terms)}"
    return f"{summed}; but {OVERRULED}" if tie["look_alike"] else summed


def details(tie: Json, decision: Json | None) -> Iterator[str]:
    """The decision on a pair, a line a reason."""
    if decision is None or tie["adds"] is None:
        yield f"Their tie is {tie['score']:.2f}: {because(tie)}."
        return
    yield f"What the two have in common, 0 to 1, and what it adds to the log-odds ({_apart(tie)}):"
    factor = tie["features"].get(CLOSENESS, 1.0)
    for name, added in _ranked(tie["adds"]):
        value, weight = tie["features"][name], decision["weights"][name]
        yield f"  {added:+6.2f}  {words_for(name)}: {value:.2f} x weight {weight:.2f} x nearness in time {factor:.2f}"
    yield f"  {decision['intercept']:+6.2f}  to begin with"
    yield f"  {tie['log_odds']:+6.2f}  log-odds"
    if tie["look_alike"]:
        yield f"But {OVERRULED}."
    threshold = decision["threshold"]
    if threshold is None:
        yield f"That makes a tie of {tie['score']:.2f}, which decides nothing here: the stories were given."
        return
    side = "at least" if tie["score"] >= threshold else "less than"
    yield (
        f"That makes a tie of {tie['score']:.2f}, {side} the {threshold:.2f} that the ties between two groups of "
        "articles must have on average to merge them."
    )


def rule(decision: Json) -> str:
    """How the run decided, in a sentence."""
    threshold = decision["threshold"]
    if threshold is None:
        return "The stories were given by a field of the articles; the ties are measured all the same."
    weights = ", ".join(
        f"{words_for(name)} {weight:.2f}" for name, weight in sorted(decision["weights"].items(), key=_in_order)
    )
    return (
        f"How it is decided: the log-odds of a pair are {decision['intercept']:.2f} and what each likeness adds, its "
        f"value times its weight ({weights}) times the nearness in time; they make a tie from 0 to 1, and groups of "
        f"articles merge while their bond, the mean tie between them and less where two stories merge, is "
        f"{threshold:.2f} or more."
    )


def words_for(feature: str) -> str:
    """A feature as people call it."""
    return FEATURES.get(feature, feature.replace("_", " "))


def _apart(tie: Json) -> str:
    if tie["days"] is None:
        return "a date unknown"
    return "same day" if tie["days"] == 0 else f"{counted(tie['days'], 'day')} apart"


def _ranked(adds: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(adds.items(), key=lambda item: (-item[1], item[0]))


def _in_order(feature: tuple[str, float]) -> tuple[int, str]:
    """The features with words in their order, then the others by name."""
    name = feature[0]
    return (list(FEATURES).index(name) if name in FEATURES else len(FEATURES), name)
