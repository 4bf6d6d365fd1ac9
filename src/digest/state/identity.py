"""Which story of tonight is which story of last night.

A story is the articles that it holds, so tonight's story that holds most of an old one's articles is that old one
(greedy matching by overlap, as in the evaluation of topic tracking: Allan 2002).  An old story whose articles went
elsewhere has merged into the one that took most of them; a new one that holds articles of an old one has split off.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from digest.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Identity:
    """merged: the old stories that ended in this one; split_from: the old one that it left.  A known id is an old
    story that lives on, and has no `split_from`."""

    story: str
    is_known: bool
    merged: tuple[str, ...]
    split_from: str | None


def new_story_id(first_article: str) -> str:
    """The id of a new story, by the id of its first article."""
    return fingerprint("story", first_article)


def identify(
    clusters: Sequence[Sequence[str]], before: Mapping[str, str], born: Mapping[str, int], taken: Collection[str]
) -> list[Identity]:
    """Who each of tonight's stories is.

    clusters: the articles of each, in its fixed order; before: the old story of each known article; born: the run in
    which each old story began; taken: ids that no new story may have.

    The larger overlap decides; of equal ones the older story, then the smaller id, then the cluster's first article.
    """
    overlaps = [Counter(before[article] for article in cluster if article in before) for cluster in clusters]
    pairs = sorted(
        (
            (-shared, born[old], old, clusters[n][0], n)
            for n, olds in enumerate(overlaps)
            for old, shared in olds.items()
        )
    )
    of_cluster: dict[int, str] = {}
    home: dict[str, int] = {}  # of each old story, where most of it went
    lives: set[str] = set()
    for _, _, old, _, n in pairs:
        home.setdefault(old, n)
        if n not in of_cluster and old not in lives:
            of_cluster[n] = old
            lives.add(old)
    used = {*taken, *born}
    found = []
    for n, cluster in enumerate(clusters):
        merged = tuple(sorted(old for old, where in home.items() if where == n and old not in lives))
        parent = None if n in of_cluster else next((old for _, _, old, _, where in pairs if where == n), None)
        story = of_cluster.get(n) or _new_name(cluster[0], used)
        used.add(story)
        found.append(Identity(story, n in of_cluster, merged, parent))
    return found


def _new_name(first_article: str, used: Collection[str]) -> str:
    """The id that the story would have without a state, unless another one had it: then the next one."""
    name = new_story_id(first_article)
    return name if name not in used else _new_name(name, used)
