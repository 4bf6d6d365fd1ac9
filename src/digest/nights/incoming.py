"""Tonight's articles, sorted out: what is new, what has changed, what is known, and which stories are wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from digest.articles import sort_rejects
from digest.config import Config
from digest.nights.memory import Memory
from digest.records import Article, Reject
from digest.state import content_of


@dataclass(frozen=True, slots=True)
class Tonight:
    """The articles of a run.

    articles: all that are digested, by id; fresh: those of them that are read, being new or changed; changed: ids;
    contents: the fingerprint of each; rejects: with those that were forgotten or have expired; again: ids of those
    that are known or have expired.
    """

    articles: Mapping[str, Article]
    fresh: Sequence[Article]
    changed: frozenset[str]
    contents: Mapping[str, str]
    rejects: Sequence[Reject]
    again: Sequence[str]


def sort_out(memory: Memory, articles: Sequence[Article], rejects: Sequence[Reject], config: Config) -> Tonight:
    """articles: each id once; rejects: those of the reading."""
    forgotten, expired = memory.state.forgotten(a.id for a in articles), memory.state.expired()
    contents = {a.id: content_of(a) for a in articles}
    taken: dict[str, Article] = {}
    refused, again = list(rejects), []
    for article in articles:
        i = article.id
        if i in forgotten:
            refused.append(_refused(article, "forgotten", "It was taken out of the state for good."))
        elif expired.get(i) == contents[i]:
            message = f"It was digested before, and came longer ago than the window of {config.window} days."
            refused.append(_refused(article, "expired", message))
            again.append(i)
        else:
            taken[i] = article
    known = [i for i in taken if i in memory.living and memory.living[i].fingerprint == contents[i]]
    fresh = [article for i, article in taken.items() if i not in set(known)]
    changed = frozenset(a.id for a in fresh if a.id in memory.living)
    return Tonight(taken, fresh, changed, contents, sort_rejects(refused), [*again, *known])


def without(tonight: Tonight, lost: Sequence[Reject]) -> Tonight:
    """The same without the articles that could not be split: what the state knows of them, it keeps."""
    if not lost:
        return tonight
    ids = {reject.id for reject in lost}
    return replace(
        tonight,
        articles={i: article for i, article in tonight.articles.items() if i not in ids},
        fresh=[article for article in tonight.fresh if article.id not in ids],
        changed=tonight.changed - ids,
        contents={i: content for i, content in tonight.contents.items() if i not in ids},
        rejects=sort_rejects([*tonight.rejects, *lost]),
    )


def stories_to_print(memory: Memory, tonight: Tonight, config: Config) -> set[str]:
    """The known stories that are printed whether or not they change.

    Those of known articles that came again; those that an interrupted run told in vain; those that lost an
    article to `digest state forget`; with `--all` every living one.
    """
    found = {memory.living[i].story for i in tonight.articles if i in memory.living}
    found |= {s for s, k in memory.stories.items() if k.told and k.restructured and k.restructured > k.told}
    found |= memory.state.retold | (set(memory.stories) if config.all else set())
    return found & memory.members.keys()


def _refused(article: Article, reason: str, message: str) -> Reject:
    return Reject(article.origin.file, article.origin.line, article.id, reason, message)
