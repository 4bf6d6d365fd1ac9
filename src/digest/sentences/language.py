"""The language of a text."""

import functools
import re
from typing import Protocol

from digest.errors import ModelError
from digest.function_words import function_words

_LOOK = 400  # characters looked at (four times as many where function words leave it open)
_FEWEST_LETTERS = 20  # letters below which no language is told
_LEAST_CONFIDENCE = 0.7
_FEWEST_WORDS = 25  # words below which function words decide nothing
_LEAST_SHARE = 0.16  # of the words: votes for the winner at least; a word votes for its languages in equal parts
_MOST_RIVAL = 0.5  # of the winner's votes: the runner-up's at most

# Languages that the identifier parts from their standard language, which their news is written in.
_STANDARD = {"pcm": "en", "arz": "ar", "ary": "ar", "wuu": "zh", "yue": "zh", "gcf": "fr", "gcr": "fr", "uzs": "uz"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(text: str) -> str | None:
    """The language of a text (ISO 639-1 code where it has one), or None where it is too short or uncertain.

    Function words decide where one language's clearly outnumber all others' (most news; about 20 us); otherwise
    py3langid does (Barbaresi's fork of langid.py, Lui and Baldwin 2012; about 1 ms, and 1 s to load).
    """
    head = text[:_LOOK]
    if sum(map(str.isalpha, head)) < _FEWEST_LETTERS and not _is_unspaced(head):
        return None
    return _by_function_words(head) or _by_function_words(text[: 4 * _LOOK]) or _by_model(head)


def _is_unspaced(text: str) -> bool:
    """Whether five or more letters stand in a script in which so few say much."""
    return sum(c >= "\u0e00" and c.isalpha() for c in text) > 4


def _by_function_words(text: str) -> str | None:
    words = _WORD.findall(text.lower())
    if len(words) < _FEWEST_WORDS:
        return None
    index = _languages_of_word()
    votes: dict[str, float] = {}
    for word in words:
        languages = index.get(word, ())
        for language in languages:
            votes[language] = votes.get(language, 0.0) + 1.0 / len(languages)
    (best, most), (_, second) = sorted([*votes.items(), ("", 0.0), ("", 0.0)], key=lambda vote: (-vote[1], vote[0]))[:2]
    return best if most >= _LEAST_SHARE * len(words) and second <= _MOST_RIVAL * most else None


@functools.cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for language, words in function_words().items():
        for word in dict.fromkeys(words):
            index.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in index.items()}


class _Identifier(Protocol):
    def classify(self, instance: str) -> tuple[str, float]: ...


@functools.cache
def load_identifier() -> _Identifier:
    """The model that tells a language where function words do not.

    Raises ModelError where it cannot be unpacked, into a temporary file: no article is at fault, so none is rejected.
    """
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    try:
        identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except OSError as e:
        raise ModelError(
            f"The model that tells languages cannot be unpacked ({e.strerror or e}). It takes 70 MB of the folder for "
            "temporary files for a moment: make room there, name another one in TMPDIR, or give --language."
        ) from e
    return identifier


def _by_model(text: str) -> str | None:
    language, confidence = load_identifier().classify(text)
    if language == "zxx" or confidence < _LEAST_CONFIDENCE:
        return None
    return _STANDARD.get(language, language)
