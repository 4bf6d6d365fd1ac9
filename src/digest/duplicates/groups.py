"""Groups of near copies: which articles are kept, and which kept article each of the others is a copy of.

Each article in turn, best-ranked first, is kept unless it is a copy of one that is kept already; so every copy is
compared with the one that stands for it, and no chain forms.  Two corrections follow.  A kept article that holds two
different articles is a round-up, and comes last.  Where a poor copy was kept (the longest may be the badly scanned
one), so that others of its group seem no copies of it, the one that most others are copies of is kept instead.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from digest.duplicates.candidates import Pairs, find_candidates
from digest.duplicates.comparer import Comparer, Tie
from digest.duplicates.texts import Texts
from digest.maps import Map, in_turn
from digest.tokens import Int32

_MOST_COMPARED = 32  # kept articles that one is compared with, likeliest first; its own stands far above that place
_MOST_LINKED = 4  # copies of others that a kept article is compared with
_MOST_COVERED = 64  # articles in a group that is chosen from anew, all pairs compared
_ROUNDS = 3  # of taking look-alikes out

Mates = Mapping[int, Sequence[int]]


def group_near(
    texts: Texts, order: Sequence[int], stories: Int32, comparer: Comparer, spread: Map = in_turn
) -> dict[int, int]:
    """The kept article of each near copy, which is of the same story.

    order: the articles to look at, the best to keep first; stories: int32 [n]; spread: does the work by blocks.
    """
    mates = _mates(find_candidates(texts, order, spread), order, stories)
    roundups: set[int] = set()
    while True:
        order = [*(i for i in order if i not in roundups), *(i for i in order if i in roundups)]
        near = _settle(_choose(order, mates, comparer), order, mates, comparer)
        found = {kept for kept, copies in _members(near).items() if comparer.holds_two(kept, copies)} - roundups
        if not found:
            break
        roundups |= found
    place = {article: n for n, article in enumerate(order)}
    for group in _split_groups(near, place, mates, comparer):
        again = _settle(_cover(group, roundups, comparer), group, mates, comparer)
        if len(again) > sum(i in near for i in group):
            for article in group:
                near.pop(article, None)
            near |= again
    return _evict(near, order, mates, comparer)


def _mates(pairs: Pairs, order: Sequence[int], stories: Int32) -> Mates:
    """For each article the candidates for its copies, the likeliest first."""
    mates: defaultdict[int, list[int]] = defaultdict(list)
    likeliest = np.lexsort((pairs.second, pairs.first, -pairs.estimate))
    for first, second in zip(pairs.first[likeliest].tolist(), pairs.second[likeliest].tolist(), strict=True):
        one, other = order[first], order[second]
        if stories[one] == stories[other]:
            mates[one].append(other)
            mates[other].append(one)
    return dict(mates)


def _choose(order: Iterable[int], mates: Mates, comparer: Comparer) -> dict[int, int | None]:
    """The articles in turn: None for one that is kept, else a kept article of which it is a copy."""
    chosen: dict[int, int | None] = {}
    for article in order:
        seen = (mate for mate in mates.get(article, ()) if mate in chosen)
        rivals = dict.fromkeys(mate if (kept := chosen[mate]) is None else kept for mate in seen)
        compared = itertools.islice(rivals, _MOST_COMPARED)
        chosen[article] = next((rival for rival in compared if comparer.are_copies(article, rival)), None)
    return chosen


def _settle(chosen: Mapping[int, int | None], order: Sequence[int], mates: Mates, comparer: Comparer) -> dict[int, int]:
    """The nearest kept article of each copy: that of the most overlap, of equals the one with the least besides."""
    place = {article: n for n, article in enumerate(order)}
    near: dict[int, int] = {}
    for article, first in chosen.items():
        if first is None:
            continue
        kept = [mate for mate in mates[article] if mate in chosen and chosen[mate] is None][:_MOST_COMPARED]
        rivals = {first, *(mate for mate in kept if comparer.are_copies(article, mate))}

        def preference(rival: int, article: int = article) -> tuple[float, float, int]:
            tie = comparer.tie(article, rival)
            return -round(tie.overlap, 2), -round(tie.closeness, 2), place[rival]

        near[article] = min(rivals, key=preference)
    return near


def _evict(near: dict[int, int], order: Sequence[int], mates: Mates, comparer: Comparer) -> dict[int, int]:
    """Takes out of its group a look-alike that only a poor kept copy hid.

    Two copies of one kept article may contradict each other while they share more than one shares with the kept one:
    then the one that is less like the kept one tells something else.  What is taken out is grouped anew.
    """
    for _ in range(_ROUNDS):
        out: set[int] = set()
        for article, kept in near.items():
            own = comparer.tie(article, kept).overlap
            siblings = (mate for mate in mates[article] if near.get(mate) == kept and mate not in out)
            for sibling in itertools.islice(siblings, _MOST_LINKED):
                tie = comparer.tie(article, sibling)
                if tie.contradicts and tie.overlap > own and comparer.tie(sibling, kept).overlap >= own:
                    out.add(article)
                    break
        if not out:
            break
        chosen = {i: near.get(i) for i in order if i not in out} | _choose(
            [i for i in order if i in out], mates, comparer
        )
        near = _settle(chosen, order, mates, comparer)
    return near


def _members(near: Mapping[int, int]) -> dict[int, list[int]]:
    """The copies of each kept article that has any."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for article, kept in near.items():
        members[kept].append(article)
    return dict(members)


def _split_groups(
    near: Mapping[int, int], place: Mapping[int, int], mates: Mates, comparer: Comparer
) -> list[list[int]]:
    """Groups with several kept articles, where a copy of one is a copy of another too.

    place: of each article in the order in which the copy to keep is chosen; groups and their members come in it.
    """
    linked: dict[int, int] = {}

    def root(kept: int) -> int:
        while kept in linked:
            kept = linked[kept]
        return kept

    for kept in sorted(mates.keys() - near.keys(), key=place.__getitem__):
        others = (mate for mate in mates[kept] if mate in near and near[mate] != kept)
        for other in itertools.islice(others, _MOST_LINKED):
            one, two = sorted((root(kept), root(near[other])), key=place.__getitem__)
            if one != two and comparer.are_copies(kept, other):
                linked[two] = one
    members: defaultdict[int, list[int]] = defaultdict(list)
    for article in sorted(mates, key=place.__getitem__):
        members[root(near.get(article, article))].append(article)
    tops = sorted({root(kept) for kept in linked}, key=place.__getitem__)
    return [members[top] for top in tops if len(members[top]) <= _MOST_COVERED]


def _nearness(tie: Tie) -> float:
    return tie.closeness if tie.is_copy else 0.0


def _cover(group: Sequence[int], roundups: Collection[int], comparer: Comparer) -> dict[int, int | None]:
    """Keeps the article that is nearest to the others of a group, again and again (greedy set cover).

    group: the best to keep first, which decides between equals.  Returns what `_choose` does.
    """
    chosen: dict[int, int | None] = {}
    left = list(group)
    while left:
        weights = [round(sum(_nearness(comparer.tie(i, j)) for j in left if j != i), 1) for i in left]
        eligible = [n for n, i in enumerate(left) if i not in roundups] or list(range(len(left)))
        best = left[max(eligible, key=weights.__getitem__)]
        chosen[best] = None
        chosen |= {j: best for j in left if j != best and comparer.are_copies(best, j)}
        left = [i for i in left if i not in chosen]
    return chosen
