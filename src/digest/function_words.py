"""Each language's commonest function words: what tells languages apart, begins no name, and names no story."""

import functools
import tomllib
from importlib import resources


@functools.cache
def function_words() -> dict[str, tuple[str, ...]]:
    """The words of each language (ISO 639-1), the commonest first."""
    table = tomllib.loads(resources.files("digest").joinpath("function_words.toml").read_text("utf-8"))
    return {language: tuple(words.split()) for language, words in table.items()}
