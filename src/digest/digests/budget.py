"""How long a digest may be: exact maxima, counted on its text."""

import re
from dataclasses import dataclass

# Scripts written without spaces (as in `digest.tokens`).
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_CHARACTERS_A_WORD = 6.0  # of running text with its space, over the languages that write spaces
_WORDS_A_SENTENCE = 25.0


@dataclass(frozen=True, slots=True)
class Budget:
    """The most words, sentences and characters of a digest; None is no limit."""

    words: int
    sentences: int | None = None
    characters: int | None = None

    def allows(self, words: int, sentences: int, characters: int) -> bool:
        """Whether a text of this size keeps all the maxima."""
        return (
            words <= self.words
            and sentences <= (self.sentences if self.sentences is not None else sentences)
            and characters <= (self.characters if self.characters is not None else characters)
        )

    def allows_text(self, text: str) -> bool:
        return self.allows(count_words(text), 1, len(text))

    @property
    def expected_words(self) -> float:
        """About how many words a digest will have under all the maxima together."""
        by_characters = self.characters / _CHARACTERS_A_WORD if self.characters is not None else self.words
        by_sentences = self.sentences * _WORDS_A_SENTENCE if self.sentences is not None else self.words
        return max(1.0, min(self.words, by_characters, by_sentences))


def count_words(text: str) -> int:
    """Words between spaces; in a script without spaces, two characters count as a word.

    Never fewer than `len(text.split())`, so a maximum holds by that count too.
    """
    if text.isascii() or not _UNSPACED.search(text):
        return len(text.split())
    return sum(_count_mixed(piece) for piece in text.split())


def _count_mixed(piece: str) -> int:
    runs = _UNSPACED.findall(piece)
    return max(1, sum((len(run) + 1) // 2 for run in runs) + bool(re.search("\\w", _UNSPACED.sub("", piece))))
