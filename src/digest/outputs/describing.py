"""Explanations in words, for people."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from digest.outputs.describing_ties import because, details, rule
from digest.outputs.wording import counted, dates_between, name_of, printable
from digest.records import KEPT_RULE

Json = Mapping[str, Any]

PASSAGES_SHOWN = 5  # the longest; --json has all of them
QUOTED = 160  # characters of a passage


def describe(explanation: Json, width: int | None = None) -> str:
    """What `explain` found, in words; lines are wrapped to `width` characters where one is given."""
    describers = {"story": _story, "article": _article, "pair": _pair}
    text = "\n".join(describers[explanation["kind"]](explanation))
    return "\n".join(_wrapped(line, width) if width else line for line in text.split("\n"))


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False) if line else line


def _story(facts: Json) -> Iterator[str]:
    yield f"Story {facts['story_id']}: {printable(facts['headline'])}"
    yield (
        f"{counted(facts['article_count'], 'article')} from {counted(facts['source_count'], 'source')}, "
        f"{dates_between(facts['first_published'], facts['last_published'])}; "
        f"cohesion {facts['cohesion']}, importance {facts['importance']}."
    )
    yield from ("", "What tied each article in: its strongest link within the story.")
    for member in facts["members"]:
        yield f"  {name_of(member)}"
        yield f"    {_tie(member['tie'])}"
    if weakest := facts["weakest_link"]:
        one, two = map(name_of, weakest["articles"])
        yield from ("", f"Weakest link: {one} and {two}, {weakest['score']:.2f}.")
        yield f"  {because(weakest)}."
    yield from ("", *_neighbour(facts))
    if facts["decision"]:
        yield from ("", rule(facts["decision"]))
    yield from _copies("Copies, which count once:", facts["copies"])
    yield ""
    yield {
        "sentences": "Chosen sentences, as the set that an editor's summary is likeliest to share its words with; the "
        "score is the mean chance of a sentence's own words.",
        "lead": "No sentence could be chosen among several reports, so the digest is the beginning of an article; the "
        "score falls with the place.",
        "title": "No article has a sentence to choose, so the digest is a title.",
    }[facts["summary_from"]]
    yield from _sentences(facts["sentences"])


def _neighbour(facts: Json) -> Iterator[str]:
    neighbour, decision = facts["neighbour"], facts["decision"]
    if not neighbour:
        yield "No other story has an article alike enough to be compared."
        return
    printed = neighbour["story_id"]
    name = f"{printed}: {printable(neighbour['headline'])}" if printed else "one that this result does not print"
    yield f"Nearest other story: {name}"
    mean, threshold = neighbour["mean_tie"], decision["threshold"]
    if threshold is None:
        yield f"  Its bond to this one is {mean:.2f}, but the stories were given."
    elif mean < threshold:
        yield f"  Not merged: the bond of the pairs compared is {mean:.2f}, and {threshold:.2f} is needed."
    else:
        yield (
            f"  Not merged: the bond of the pairs compared is {mean:.2f}, but most pairs of the two have too "
            "little in common to be compared at all."
        )
    one, two = map(name_of, neighbour["link"]["articles"])
    yield f"  The closest pair: {one} and {two}, {neighbour['link']['score']:.2f}."
    yield f"    {because(neighbour['link'])}."
    if threshold is not None and mean < threshold <= neighbour["link"]["score"]:
        yield "    One strong pair does not merge two stories: all pairs decide."


def _article(facts: Json) -> Iterator[str]:
    yield f"Article {name_of(facts)}, {facts['published'] or 'no date known'}"
    yield (
        f"In story {facts['story_id']}: {printable(facts['headline'])} ({counted(facts['article_count'], 'article')})."
    )
    yield ""
    if facts["copy_of"]:
        first, *rest = _copy(facts["copy_of"])
        yield f"It is {first}"
        yield from (f"  {line}" for line in rest)
        yield "A copy follows the article that was kept, whatever its own ties."
        yield KEPT_RULE
    else:
        yield f"It is {_tie(facts['tie'])}"
        if facts["decision"]:
            yield rule(facts["decision"])
    yield f"Its mean tie to the story's other articles is {facts['similarity']}."
    yield from _copies("Kept in place of its copies:", facts["copies"])
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
    if facts["same_story"]:
        yield f"Both are in story {one['story_id']}: {printable(one['headline'])}."
    else:
        yield "They are in two stories:"
        yield from (f"  {a['story_id']}: {printable(a['headline'])}" for a in (one, two))
    yield ""
    if facts["copy"]:
        first, *rest = _copy(facts["copy"]["copy_of"])
        yield f"{name_of(facts['copy'])} is {first}"
        yield from (f"  {line}" for line in rest if not facts["comparison"])
    elif facts["both_copies_of"]:
        yield f"Both are copies of {name_of(facts['both_copies_of'])}."
    else:
        yield from _joined(facts)
    if facts["comparison"]:
        yield from ("", *_compared(facts["comparison"]))
    if facts["retraced"]:
        yield from ("", _retraced(facts["retraced"]))


def _joined(facts: Json) -> Iterator[str]:
    """What ties two articles that are no copies of each other."""
    for article in facts["articles"]:
        if article["kept"] != article["id"]:
            yield f"{name_of(article)} is a copy, and the kept article [{printable(article['kept'])}] speaks for it."
    if facts["tie"]:
        yield from details(facts["tie"], facts["decision"])
    elif facts["path"]:
        yield "Neither is the other's strongest link; these links lead from the one to the other:"
        yield from (f"  {name_of(s['from'])} - {name_of(s['to'])}, {s['score']:.2f}" for s in facts["path"])
    else:
        yield "The result holds no tie of this pair."
    if facts["stories_tie"] and facts["decision"] and facts["decision"]["threshold"] is not None:
        over = facts["stories_tie"]["pairs"]
        compared = f"all {over} pairs" if over else "the pairs compared"
        mean, threshold = facts["stories_tie"]["score"], facts["decision"]["threshold"]
        yield f"The bond of their stories, over {compared}, is {mean:.2f}; {threshold:.2f} would merge them."
    if not facts["retraced"]:
        yield "Name the run's sources with --articles SOURCE, and the whole decision is made again and shown."


def _compared(comparison: Json) -> Iterator[str]:
    shares = comparison["containment"]
    verdict = "They are copies of each other" if comparison["kind"] else "They are no copies of each other"
    yield f"{verdict}. {comparison['explanation']}"
    yield (
        f"Of the first one's words the second holds {shares[0]:.0%} in runs of three, of the second one's the first "
        f"{shares[1]:.0%}."
    )
    yield from (f"  {line}" for line in _passages(comparison))


def _retraced(retraced: Json) -> str:
    found, wanted = retraced["articles_found"], retraced["articles_in_result"]
    of = f"{found} of the result's {counted(wanted, 'article')}"
    if retraced["agrees"] is None:
        return f"Made again from {of}."
    agrees = "and they agree" if retraced["agrees"] else "but they differ: the run had other articles or settings"
    return f"Made again from {of}; the ties that the result holds of these stories were checked, {agrees}."


def _tie(tie: Json | None) -> str:
    if tie is None:
        return "tied to no other article: alone in its story, or placed there by a given grouping."
    return f"tied in with {tie['score']:.2f} to {name_of(tie['to'])}: {because(tie)}."


def _copies(heading: str, copies: Sequence[Json]) -> Iterator[str]:
    if copies:
        yield from ("", heading)
        for copy in copies:
            yield f"  {name_of(copy)}"
            yield from (f"    {line}" for line in _copy(copy["copy_of"]))
        yield KEPT_RULE


def _copy(original: Json) -> Iterator[str]:
    shared = "the same text" if original["kind"] == "exact" else f"{original['score']:.0%} of the shorter text shared"
    article = "an" if original["kind"] == "exact" else "a"
    yield f"{article} {original['kind']} copy of {name_of(original)}, {shared}."
    if original["kind"] == "near":
        yield from _passages(original)


def _passages(facts: Json) -> Iterator[str]:
    passages, differences = facts["passages"], facts["differences"]
    if passages is None:
        yield "The passages are not known: a text was no longer at hand."
        return
    longest = sorted(passages, key=lambda p: (p["start"] - p["end"], p["start"]))[:PASSAGES_SHOWN]
    shown = "" if len(passages) == len(longest) else f", the longest {len(longest)} of which are"
    yield f"{counted(len(passages), 'passage')} in common{shown}:" if passages else "No passage in common."
    for passage in sorted(longest, key=lambda p: int(p["start"])):
        yield (
            f"  characters {passage['start']}-{passage['end']} here, "
            f"{passage['other_start']}-{passage['other_end']} there{_quote(passage)}"
        )
    yield "Other figures or names:" if differences else "No figure or name was changed within them."
    for d in differences or ():
        here, there = printable(d["text"]), printable(d["other_text"])
        yield f'  "{here}" here ({d["start"]}), "{there}" there ({d["other_start"]})'


def _quote(passage: Json) -> str:
    if "text" not in passage:
        return ""
    text = printable(passage["text"])
    return f': "{text}"' if len(text) <= QUOTED else f': "{text[: QUOTED // 2]} ... {text[-QUOTED // 2 :]}"'


def _sentences(sentences: list[Json]) -> Iterator[str]:
    for number, sentence in enumerate(sentences, 1):
        yield f"  {number}. {printable(sentence['text'])}"
        support = sentence["supported_by"]
        also = f"; also in {', '.join(name_of(article) for article in support)}" if support else ""
        place = f"characters {sentence['start']}-{sentence['end']}"
        yield f"     from {name_of(sentence['from'])}, {place}, score {sentence['score']}{also}"
