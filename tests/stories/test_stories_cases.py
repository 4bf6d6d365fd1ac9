import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digest.corpus import build_corpus
from digest.embeddings import load_embedder, understood
from digest.records import Article
from digest.sentences import split_article
from digest.stories import assign_stories

CASES = Path(__file__).parents[1] / "cases" / "stories-look-alikes.jsonl"


def _cases() -> list[Any]:
    cases = []
    for line in CASES.read_text("utf-8").splitlines():
        case = json.loads(line)
        failure = case.get("known_failure")
        marks = [pytest.mark.xfail(reason=failure, strict=True)] if failure else []
        cases.append(pytest.param(case["stories"], id=case["case"], marks=marks))
    return cases


@pytest.mark.parametrize("stories", _cases())
def test_reports_of_one_event_meet_and_look_alikes_stay_apart(stories: list[list[dict[str, Any]]]) -> None:
    articles = [Article(id=f"{s}-{i}", **given) for s, members in enumerate(stories) for i, given in enumerate(members)]
    corpus = build_corpus(articles, [split_article(a.text, a.language, a.title) for a in articles])
    leads = corpus.lead_tokens(1_000)
    embedder = load_embedder("embedded")
    vectors = embedder.embed([f"{a.title}\n{a.text}" for a in articles], leads)
    kept = np.arange(len(articles), dtype=np.int32)
    found = assign_stories(corpus, kept, vectors, understood=understood(embedder, leads))
    assert found.labels.tolist() == [s for s, members in enumerate(stories) for _ in members]
