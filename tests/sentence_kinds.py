"""Sentences read by their kind, for tests of splitting."""

from digest.records import Kind
from digest.sentences import split_article


def pieces(text: str, kind: Kind, language: str | None = "en", title: str = "") -> list[str]:
    return [text[s.start : s.end] for s in split_article(text, language, title) if s.kind == kind]


def sentences(text: str, language: str | None = "en", title: str = "") -> list[str]:
    return pieces(text, Kind.SENTENCE, language, title)


def furniture(text: str, language: str | None = "en") -> list[str]:
    return pieces(text, Kind.FURNITURE, language)
