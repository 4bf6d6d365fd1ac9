"""Which story of tonight is which story of last night."""

import random

from hypothesis import given
from hypothesis import strategies as st

from digest.state import Identity, identify, new_story_id

BORN = {"old": 1, "older": 0}


def named(clusters: list[str], before: dict[str, str]) -> list[Identity]:
    """Clusters as strings of one-letter articles."""
    return identify([list(c) for c in clusters], before, {s: BORN.get(s, 5) for s in before.values()}, set())


def stories(**members: str) -> dict[str, str]:
    return {article: story for story, articles in members.items() for article in articles}


def test_a_story_that_grows_keeps_its_id() -> None:
    assert named(["abc"], stories(old="ab")) == [Identity("old", True, (), None)]


def test_a_story_of_new_articles_has_the_id_that_it_had_without_a_state() -> None:
    assert named(["xy"], stories(old="ab")) == [Identity(new_story_id("x"), False, (), None)]


def test_two_that_turn_out_to_be_one_merge_into_the_larger() -> None:
    assert named(["abcde"], stories(old="abc", older="de")) == [Identity("old", True, ("older",), None)]


def test_of_equal_ones_the_older_lives_on() -> None:
    assert named(["abcd"], stories(old="ab", older="cd")) == [Identity("older", True, ("old",), None)]


def test_one_that_falls_apart_leaves_its_id_to_the_larger_part() -> None:
    found = named(["ab", "cde"], stories(old="abcde"))
    assert found == [Identity(new_story_id("a"), False, (), "old"), Identity("old", True, (), None)]


def test_an_article_that_changes_its_story_merges_and_splits_nothing() -> None:
    found = named(["abcx", "de"], stories(old="abc", older="xde"))
    assert found == [Identity("old", True, (), None), Identity("older", True, (), None)]


def test_the_part_that_splits_off_is_never_named_as_the_story_that_it_left() -> None:
    own = new_story_id("a")
    found = identify([["a"], ["b", "c"]], {"a": own, "b": own, "c": own}, {own: 1}, set())
    assert found[1].story == own
    assert found[0].story not in (own, "")
    assert found[0].split_from == own


def test_the_id_of_a_story_that_ended_is_not_given_again() -> None:
    (found,) = identify([["a"]], {}, {}, {new_story_id("a")})
    assert found.story != new_story_id("a")


articles = st.lists(st.tuples(st.integers(0, 4), st.one_of(st.none(), st.integers(0, 4))), min_size=1, max_size=20)


@given(articles, st.randoms(use_true_random=False))
def test_ids_are_distinct_nothing_is_lost_and_order_plays_no_part(
    drawn: list[tuple[int, int | None]], chance: random.Random
) -> None:
    clusters: dict[int, list[str]] = {}
    before = {}
    for n, (cluster, story) in enumerate(drawn):
        clusters.setdefault(cluster, []).append(f"a{n:02}")
        if story is not None:
            before[f"a{n:02}"] = f"s{story}"
    born = {story: int(story[1:]) % 2 for story in before.values()}
    given_clusters = list(clusters.values())
    found = identify(given_clusters, before, born, set())
    assert len({who.story for who in found}) == len(found)
    lives = {who.story for who in found if who.is_known}
    merged = [old for who in found for old in who.merged]
    assert sorted([*lives, *merged]) == sorted(born)  # each old story lives on or has merged, once
    for who, members in zip(found, given_clusters, strict=True):
        assert who.is_known == (who.story in born)
        assert not who.is_known or any(before.get(a) == who.story for a in members)
        assert who.split_from is None or (who.split_from in lives and not who.is_known)
    shuffled = given_clusters.copy()
    chance.shuffle(shuffled)
    again = identify(shuffled, before, born, set())
    assert {tuple(c): w for c, w in zip(shuffled, again, strict=True)} == {
        tuple(c): w for c, w in zip(given_clusters, found, strict=True)
    }
