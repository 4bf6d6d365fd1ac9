"""Explanations in words, for people."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from digest.records import KEPT_RULE

Json = Mapping[str, Any]

# What the features of a pair are to people.  A feature without words here shows its name.
FEATURES = {
    "body": "words of both texts",
    "lead": "words of both beginnings",
    "title": "words of both titles",
    "title_in_other": "each title's words in the other's text",
    "dense": "meaning of both beginnings",
    "closeness": "nearness in time",
}

# News text may hold what a terminal would obey: control characters, and marks that turn the writing around.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def printable(text: str) -> str:
    """A text on one line, without characters that a terminal would obey."""
    return _UNPRINTABLE.sub(" ", text).strip()


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """ "1 article", "2 articles"."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def dates_between(first: str | None, last: str | None) -> str:
    """The days between two ISO 8601 dates, as they stand."""
    if not first or not last:
        return "no date known"
    return first[:10] if first[:10] == last[:10] else f"{first[:10]} to {last[:10]}"


def describe(explanation: Json, width: int | None = None) -> str:
    """What `explain` found, in words; lines are wrapped to `width` characters where one is given."""
    describers = {"story": _story, "article": _article, "pair": _pair}
    text = "\n".join(describers[explanation["kind"]](explanation))
    return "\n".join(_wrapped(line, width) if width else line for line in text.split("\n"))


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False) if line else line


def name_of(article: Json) -> str:
    """An article as people know it: its source, its title, its id."""
    title = f' "{printable(article["title"])}"' if article["title"] else ""
    return f"{printable(article['source'] or 'unknown source')}{title} [{printable(article['id'])}]"


def _story(facts: Json) -> Iterator[str]:
    yield f"Story {facts['story_id']}: {printable(facts['headline'])}"
    yield (
        f"{counted(facts['article_count'], 'article')} from {counted(facts['source_count'], 'source')}, "
        f"{dates_between(facts['first_published'], facts['last_published'])}; "
        f"cohesion {facts['cohesion']}, importance {facts['importance']}."
    )
    yield from ("", "What tied each article in:")
    for member in facts["members"]:
        yield f"  {name_of(member)}"
        yield f"    {_tie(member['tie'])}"
    if facts["weakest_link"]:
        weakest = facts["weakest_link"]
        yield f"Weakest link: {name_of(weakest)}, {weakest['tie']['score']:.3f} to {name_of(weakest['tie']['to'])}."
    if facts["copies"]:
        yield from ("", "Copies, which count once:")
        yield from (f"  {name_of(copy)}\n    {_copy(copy['copy_of'])}" for copy in facts["copies"])
        yield KEPT_RULE
    yield ""
    yield {
        "sentences": "Chosen sentences:",
        "lead": "No sentence could be chosen, so the digest is the beginning of an article:",
        "title": "No article has a sentence to choose, so the digest is a title.",
    }[facts["summary_from"]]
    yield from _sentences(facts["sentences"])


def _article(facts: Json) -> Iterator[str]:
    yield f"Article {name_of(facts)}, {facts['published'] or 'no date known'}"
    yield (
        f"In story {facts['story_id']}: {printable(facts['headline'])} ({counted(facts['article_count'], 'article')})."
    )
    yield ""
    if facts["copy_of"]:
        yield f"It is a {_copy(facts['copy_of'])}."
        yield "A copy follows the article that was kept, whatever its own ties."
        yield KEPT_RULE
    else:
        yield f"It is {_tie(facts['tie'])}."
    yield f"Its mean similarity to the story's other articles is {facts['similarity']}."
    if facts["copies"]:
        yield from ("", "Kept in place of its copies:")
        yield from (f"  {name_of(copy)}\n    {_copy(copy['copy_of'])}" for copy in facts["copies"])
    if facts["sentences"]:
        yield from ("", "Sentences that the digest took from it:")
        yield from _sentences(facts["sentences"])
    if facts["supports"]:
        yield from ("", "Sentences of the digest that it supports:")
        yield from _sentences(facts["supports"])


def _pair(facts: Json) -> Iterator[str]:
    one, two = facts["articles"]
    yield f"Articles {name_of(one)}"
    yield f"     and {name_of(two)}"
    yield ""
    if not facts["same_story"]:
        yield "They are in two stories:"
        yield from (f"  {a['story_id']}: {printable(a['headline'])}" for a in (one, two))
        yield "A result holds the ties within a story only, so it has no score for this pair."
        return
    yield f"Both are in story {one['story_id']}: {printable(one['headline'])}."
    if facts["copy"]:
        yield f"{name_of(facts['copy'])} is a {_copy(facts['copy']['copy_of'])}."
    elif facts["both_copies_of"]:
        yield f"Both are copies of {name_of(facts['both_copies_of'])}."
    elif facts["tie"]:
        yield f"{name_of(facts['tie'])} is {_tie(facts['tie']['tie'])}."
    else:
        yield "Neither is the other's strongest link: what ties them is the articles between them (explain the story)."


def _tie(tie: Json | None) -> str:
    if tie is None:
        return "tied to no other article: alone in its story, or placed there by a given grouping"
    words = (
        f"{FEATURES.get(name, name.replace('_', ' '))} {value:.2f}"
        for name, value in sorted(tie["features"].items(), key=_in_order)
    )
    features = ", ".join(words)
    return f"tied in with {tie['score']:.3f} to {name_of(tie['to'])}" + (f": {features}" if features else "")


def _in_order(feature: tuple[str, float]) -> tuple[int, str]:
    """The features with words in their order, then the others by name."""
    name = feature[0]
    return (list(FEATURES).index(name) if name in FEATURES else len(FEATURES), name)


def _copy(original: Json) -> str:
    shared = "the same text" if original["kind"] == "exact" else f"{original['score']:.0%} of the text shared"
    return f"{original['kind']} copy of {name_of(original)}, {shared}"


def _sentences(sentences: list[Json]) -> Iterator[str]:
    for number, sentence in enumerate(sentences, 1):
        yield f"  {number}. {printable(sentence['text'])}"
        support = sentence["supported_by"]
        also = f"; also in {', '.join(name_of(article) for article in support)}" if support else ""
        yield f"     from {name_of(sentence['from'])}, score {sentence['score']}{also}"
