import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digest.corpus import Corpus, build_corpus
from digest.embeddings import load_embedder, understood
from digest.records import Article
from digest.sentences import split_article
from digest.stories import assign_stories

CASES = Path(__file__).parents[1] / "cases"

Stories = list[list[dict[str, Any]]]


def _cases(name: str) -> list[Any]:
    cases = []
    for line in (CASES / name).read_text("utf-8").splitlines():
        case = json.loads(line)
        failure = case.get("known_failure")
        marks = [pytest.mark.xfail(reason=failure, strict=True)] if failure else []
        cases.append(pytest.param(case["stories"], id=case["case"], marks=marks))
    return cases


def _corpus(stories: Stories) -> Corpus:
    articles = [Article(id=f"{s}-{i}", **given) for s, members in enumerate(stories) for i, given in enumerate(members)]
    return build_corpus(articles, [split_article(a.text, a.language, a.title) for a in articles])


def _labels(stories: Stories) -> list[int]:
    corpus = _corpus(stories)
    leads = corpus.lead_tokens(1_000)
    embedder = load_embedder("embedded")
    vectors = embedder.embed((), leads, leads=True)
    kept = np.arange(len(corpus), dtype=np.int32)
    found = assign_stories(corpus, kept, vectors, understood=understood(embedder, leads))
    return [int(label) for label in found.labels]


@pytest.mark.parametrize("stories", _cases("stories-look-alikes.jsonl"))
def test_reports_of_one_event_meet_and_look_alikes_stay_apart(stories: Stories) -> None:
    assert _labels(stories) == [s for s, members in enumerate(stories) for _ in members]


@pytest.mark.parametrize("stories", _cases("stories-other-languages.jsonl"))
def test_languages_that_the_model_does_not_know_are_no_worse_for_it(stories: Stories) -> None:
    corpus = _corpus(stories)
    kept = np.arange(len(corpus), dtype=np.int32)
    words_alone = assign_stories(corpus, kept, np.zeros((len(corpus), 8), np.float32)).labels.tolist()
    assert _labels(stories) == words_alone == [s for s, members in enumerate(stories) for _ in members]


@pytest.mark.parametrize("stories", _cases("stories-headlines.jsonl"))
def test_headlines_and_teasers_meet_by_their_meaning(stories: Stories) -> None:
    assert _labels(stories) == [s for s, members in enumerate(stories) for _ in members]
