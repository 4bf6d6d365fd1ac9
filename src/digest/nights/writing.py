"""What a run leaves in the state, in its open transaction."""

from collections.abc import Sequence

from digest.checkpoints import reached
from digest.corpus import Corpus
from digest.nights.incoming import Tonight
from digest.nights.looking import LookedAt, Seen
from digest.nights.memory import Memory
from digest.records import Story
from digest.state import KnownStory, NewArticle, article_words, pack_article, sampled_shingles


def write_stories(
    memory: Memory, tonight: Tonight, corpus: Corpus, seen: Seen, looked_at: Sequence[LookedAt], model: str
) -> None:
    """Writes the stories and articles that are new or changed, and takes out the stories that ended."""
    state = memory.state
    reached("writing")
    for one in looked_at:
        if one.is_changed:
            state.put_story(one.story.story_id, _known(memory, one), one.story)
    fresh = {a.id for a in tonight.fresh}
    state.add(_new_articles(corpus, seen, fresh), model)
    state.move({i: place for i, place in seen.places.items() if i not in fresh and place != memory.living[i]})
    for one in looked_at:
        for other in (*one.who.merged, *filter(None, [one.who.split_from])):
            state.inherit(one.who.story, other)
    state.mark_seen(tonight.again, memory.now)
    alive = {place.story for place in {**memory.living, **seen.places}.values()}
    state.end(sorted(memory.stories.keys() - alive))
    if memory.first_day:
        state.purge(memory.first_day)


def write_told(memory: Memory, printed: Sequence[Story]) -> None:
    """Notes what the printed stories tell that was not told before."""
    for story in printed:
        if story.status != "unchanged":
            news = [(s.article_id, s.text) for s in story.sentences if s.is_new]
            memory.state.tell(story.story_id, news, memory.now)


def _known(memory: Memory, one: LookedAt) -> KnownStory:
    before = memory.stories.get(one.who.story)
    return KnownStory(
        born=before.born if before else memory.state.run,
        told=before.told if before else None,
        restructured=memory.state.run if one.is_restructured else before.restructured if before else None,
        merged_from=one.story.merged_from,
        split_from=one.story.split_from,
        settings=memory.settings,
    )


def _new_articles(corpus: Corpus, seen: Seen, fresh: set[str]) -> list[NewArticle]:
    words, shingles = article_words(corpus), sampled_shingles(corpus)
    return [
        NewArticle(
            article,
            seen.places[article.id],
            pack_article(corpus, n),
            words.of(n),
            shingles[n],
            *seen.vectors.get(article.id, (None, False)),
        )
        for n, article in enumerate(corpus.articles)
        if article.id in fresh
    ]
