"""Sentences with exact offsets, the language of a text, and what on a page is no sentence."""

from digest.sentences.language import language_of, load_identifier
from digest.sentences.split import split_article

__all__ = ["language_of", "load_identifier", "split_article"]
