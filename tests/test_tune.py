"""`digest tune`: honest figures, weights that a run uses to the last digit, and no weights from too few labels."""

import dataclasses
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest
from story_builders import evidence

import digest
from digest.cli import main
from digest.config import Config, load_config
from digest.errors import UsageError
from digest.evaluation.config_file import config_text
from digest.evaluation.labels import LabelledArticles
from digest.evaluation.tuning import LEAST_STORIES, LabelledCase, Tuning, tune
from digest.stages import weights_of
from digest.stories import load_weights, parse_weights

SYLLABLES = "bar den fol gar hin jor kel lam mor nas pol rin sot tav vel wim".split()
COMMON = "the council said on monday that people in the town would meet after a report about the old plan".split()


def made_up(rng: np.random.Generator, count: int) -> list[str]:
    return ["".join(rng.choice(SYLLABLES, 3)).capitalize() for _ in range(count)]


def write_events(path: Path, events: int, unlabelled: int = 0) -> Path:
    """Two reports of each event; events come in fours that share most words, as look-alikes do."""
    rng = np.random.default_rng(7)
    lines = []
    for event in range(events + unlabelled):
        if event % 4 == 0:
            topic = made_up(rng, 14)
        own = made_up(rng, 10)
        for report in range(2):
            sentences = []
            for _ in range(5):
                words = [*rng.choice(topic, 6), *rng.choice(own, 2), *rng.choice(COMMON, 7)]
                sentences.append(" ".join(rng.permutation(words)).capitalize() + ".")
            record = {"id": f"{event}-{report}", "title": " ".join(rng.choice([*topic[:4], *own], 6))}
            record |= {"text": "\n".join(sentences), "published": "2026-03-09"}
            lines.append(record | ({"story": f"event {event}"} if event < events else {}))
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


@pytest.fixture(scope="module")
def tuned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with labelled articles and the config that was tuned to them."""
    folder = tmp_path_factory.mktemp("tuned")
    write_events(folder / "articles.jsonl", 120, unlabelled=4)
    assert main(["tune", str(folder / "articles.jsonl"), "-o", str(folder / "tuned.toml")]) == 0
    return folder


def test_a_run_uses_exactly_the_tuned_weights(tuned: Path) -> None:
    config = load_config(tuned / "tuned.toml", {}, {})
    table = tomllib.loads((tuned / "tuned.toml").read_text())["weights"]
    weights = weights_of(config)
    assert (weights.intercept, weights.features) == (table["intercept"], table["features"])
    assert weights != load_weights()
    never = dataclasses.replace(config, weights={**table, "intercept": -50.0})
    stories = [len(digest.run_sources([tuned / "articles.jsonl"], c)) for c in (config, never)]
    assert stories[0] < stories[1]


def test_the_config_says_what_the_weights_were_fitted_to(tuned: Path) -> None:
    text = (tuned / "tuned.toml").read_text()
    fitted = tomllib.loads(text)["weights"]["fitted"]
    assert (fitted["articles"], fitted["stories"], fitted["stories_of_two_or_more"]) == (240, 120, 120)
    assert (fitted["folds"], fitted["seed"]) == (5, 0)
    low, high = fitted["interval"]
    assert fitted["bcubed_f1_before"] < low <= fitted["bcubed_f1"] <= high <= 1
    assert tomllib.loads(text)["model"] == "embedded"


def test_tuning_is_the_same_to_the_byte_whatever_the_order(tuned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (tuned / "articles.jsonl").read_text().splitlines()
    (tuned / "reversed.jsonl").write_text("\n".join(reversed(lines)))
    before = {path.name for path in tuned.iterdir()}
    assert main(["tune", str(tuned / "reversed.jsonl"), "-o", str(tuned / "again.toml")]) == 0
    assert (tuned / "again.toml").read_bytes() == (tuned / "tuned.toml").read_bytes()
    assert {path.name for path in tuned.iterdir()} == before | {"again.toml"}
    out = capsys.readouterr().out
    assert "248 articles read (0 rejected); 240 have a label: 120 stories, 120 of them of two" in out
    assert "  tuned weights, 5-fold cross-validation " in out
    assert "  the weights that ship " in out


def test_labels_may_come_from_a_gold_and_settings_from_a_config(
    tuned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.loads(line) for line in (tuned / "articles.jsonl").read_text().splitlines()]
    rows = [f"{a['id']},{a['story']}" for a in lines if "story" in a]
    (tuned / "gold.csv").write_text("\n".join([*rows, "nowhere,event 1"]))
    command = ["tune", str(tuned / "articles.jsonl"), "--gold", str(tuned / "gold.csv"), "--seed", "1"]
    assert main([*command, "--config", str(tuned / "tuned.toml"), "-o", str(tuned / "gold.toml")]) == 0
    out = capsys.readouterr().out
    assert "1 labels name no article that was read\n" in out
    assert "  the weights of --config " in out
    assert tomllib.loads((tuned / "gold.toml").read_text())["weights"]["fitted"]["seed"] == 1


MISTAKES = [
    ([], "No SOURCE was given"),
    (["few.jsonl"], f"10 have two articles or more (copies count once), and {LEAST_STORIES} are needed. Label 40 more"),
    (["few.jsonl", "--label-field", "stroy"], "no article has this field. Did you mean 'story'?"),
    (["bare.jsonl"], "The articles have no fields of their own: give --gold."),
    (["few.jsonl", "--gold", "other.csv"], "None of the 1 labels names an article"),
    (["few.jsonl", "--gold", "copies.jsonl"], "The gold names no stories"),
    (["few.jsonl", "--gold", "other.csv", "--label-field", "story"], "were both given"),
    (["few.jsonl", "-o", "few.jsonl"], "-o few.jsonl is a source, a folder or no file"),
    (["few.jsonl", "--gold", "other.csv", "-o", "other.csv"], "-o other.csv is a source, a folder or no file"),
    (["few.jsonl", "-o", "."], "-o . is a source, a folder or no file"),
    (["fwe.jsonl"], "Did you mean 'few.jsonl'?"),
    (["few.jsonl", "--config", "wrong.toml"], "weights: the table 'features' is missing"),
]


@pytest.mark.parametrize(("arguments", "words"), MISTAKES)
def test_a_mistake_is_told_and_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write_events(tmp_path / "few.jsonl", 10)
    (tmp_path / "bare.jsonl").write_text('{"text": "A ferry sank off the coast on Monday night."}')
    (tmp_path / "other.csv").write_text("nobody,event\n")
    (tmp_path / "copies.jsonl").write_text('{"id": "0-0", "copies": "1"}')
    (tmp_path / "wrong.toml").write_text("[weights]\nintercept = 1\n")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(["tune", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert words in captured.err
    assert captured.err.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_without_articles_there_is_nothing_to_tune(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert main(["tune", str(tmp_path)]) == 4
    assert "No article was found" in capsys.readouterr().err


def test_labelled_articles_may_come_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with write_events(tmp_path / "few.jsonl", 10).open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert main(["tune", "-"]) == 2
    assert "10 have two articles or more" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", None)
    assert main(["tune", "-"]) == 2
    assert "Standard input is closed" in capsys.readouterr().err


def labelled(events: list[int], labels: list[str | None]) -> LabelledArticles:
    return LabelledArticles(evidence(events, noise=0.5), np.arange(len(events), dtype=np.int32), tuple(labels), 0, 0)


def test_labels_that_teach_nothing_are_refused() -> None:
    shuffled = np.random.default_rng(3).permutation(240) // 3
    with pytest.raises(UsageError, match=r"Too few labelled articles: .* are needed, and they make \d+ and \d+"):
        tune(labelled([n // 3 for n in range(240)], [str(n) for n in shuffled]), load_weights())


def test_what_is_held_out_teaches_nothing() -> None:
    """Other labels for the stories that are judged do not change the weights that judge them."""
    events = [n // 3 for n in range(240)]
    held = np.arange(80) >= 64
    shuffled = [*events[:192], *np.random.default_rng(3).permutation(events[192:]).tolist()]
    weights = [
        LabelledCase(labelled(events, [f"{e:03}" for e in names])).fit(load_weights(), held)[0]
        for names in (events, shuffled)
    ]
    assert weights[0] == weights[1]
    assert weights[0] != load_weights()


def test_articles_without_a_label_are_neither_learned_from_nor_judged() -> None:
    events = [n // 3 for n in range(240)]
    some = [str(e) if e < 70 else None for e in events]
    found = tune(labelled(events, some), load_weights())
    assert (found.articles, found.read, found.stories, found.grouped) == (210, 240, 70, 70)


def test_a_copy_lends_its_label_to_the_kept_article_and_counts_once() -> None:
    events = [n // 3 for n in range(240)]
    names: list[str | None] = [str(e) for e in events]
    names[0] = None
    articles = dataclasses.replace(
        labelled(events, names), place=np.array([*range(240), 0], np.int32), labels=(*names, names[1])
    )
    found = tune(articles, load_weights())
    assert (found.articles, found.grouped, found.copies) == (240, 80, 0)


def test_a_config_keeps_every_setting_that_was_given(tmp_path: Path) -> None:
    config = Config(
        model="a \"b\" \\ é\x7f\n", max_words=40, prefer_source=("a.example", "b"), include_text=True, granularity=0.25
    )  # fmt: skip
    some = Tuning(load_weights(), (0.9, (0.8, 1.0)), (0.85, (0.8, 0.9)), 9, 9, 0, 3, 3, 0)
    path = tmp_path / "c.toml"
    path.write_text(config_text(config, some), "utf-8")
    found = load_config(path, {}, {})
    assert dataclasses.replace(found, weights=None) == config
    assert weights_of(found) == load_weights()


@pytest.mark.parametrize("content", ["weights = 3", 'weights = "tuned.toml"'])
def test_weights_are_a_table(tmp_path: Path, content: str) -> None:
    (tmp_path / "c.toml").write_text(content)
    with pytest.raises(UsageError, match="a table wanted"):
        load_config(tmp_path / "c.toml", {}, {})
    with pytest.raises(UsageError, match=r"put it into a config file, as \[weights\]"):
        load_config(None, {"DIGEST_WEIGHTS": "x"}, {})


def test_a_wrong_table_of_weights_is_told_before_the_articles_are_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="weights: the table 'features' is missing"):
        digest.run(iter(()), Config(weights={"intercept": 1.0}))


def test_tuned_weights_hold_where_the_grouping_is_given(tuned: Path) -> None:
    config = load_config(tuned / "tuned.toml", {}, {"group_by": "story"})
    found = digest.run_sources([tuned / "articles.jsonl"], config)
    usual = digest.run_sources([tuned / "articles.jsonl"], Config(group_by="story"))
    assert len(found) == len(usual)
    assert [s.cohesion for s in found] != [s.cohesion for s in usual]
    assert parse_weights(config.weights or {}, "weights") == weights_of(config)
