"""Texts on disk."""

import os
import pickle
import random
import resource
from pathlib import Path

import pytest
from builders import article
from hypothesis import given
from hypothesis import strategies as st

from digest import Config, run
from digest.records import in_language, lay_aside
from digest.shelf import Shelf

TEXTS = ["One here.", "Łódź “quoted” 東京.", "", "\ud800 half a pair", "One here."]


def _laid(shelf: Shelf, text: str) -> str:
    laid = shelf.lay(text.encode("utf-8", "surrogatepass"))
    assert laid is not None
    return laid.read()


@given(st.lists(st.text()), st.randoms())
def test_every_text_is_read_back_to_the_letter_in_any_order(texts: list[str], chance: random.Random) -> None:
    shelf = Shelf()
    laid = [(text, shelf.lay(text.encode("utf-8", "surrogatepass"))) for text in texts]
    chance.shuffle(laid)
    assert all(place is not None and place.read() == text for text, place in laid)


@pytest.mark.parametrize("text", TEXTS)
def test_an_article_whose_text_lies_on_disk_is_the_same_article(text: str) -> None:
    laid, held = article(text, id="a"), article(text, id="a")
    lay_aside(laid, Shelf())
    assert laid.text == text
    assert laid == held
    assert pickle.loads(pickle.dumps(laid)) == held
    assert in_language(laid, "de").text == text


def test_what_is_laid_twice_is_laid_once() -> None:
    shelf, one = Shelf(), article("Text.")
    lay_aside(one, shelf)
    lay_aside(one, shelf)
    assert _laid(shelf, "More.") == "More."
    assert one.text == "Text."


def test_no_file_is_seen_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert _laid(Shelf(), "Text.") == "Text."
    assert not list(tmp_path.iterdir())


def test_without_a_folder_to_write_to_texts_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", "/nowhere")
    monkeypatch.setattr("tempfile.tempdir", "/nowhere")
    one = article("Text.")
    lay_aside(one, Shelf())
    assert one.text == "Text."
    assert run([{"text": "The council met."}], Config(workers=1)).counts.kept == 1


def test_a_text_that_no_longer_fits_stays_in_memory_and_those_before_it_are_read() -> None:
    shelf, short, long = Shelf(), article("Short."), article("Long. " * 100)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        for one in (short, long):
            lay_aside(one, shelf)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (short.text, long.text) == ("Short.", "Long. " * 100)
    assert shelf.lay(b"And then none.") is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_reads_what_was_laid_before() -> None:
    one = article("Text.")
    shelf = Shelf()
    lay_aside(one, shelf)
    shelf.lay(b"Another.")
    child = os.fork()
    if not child:
        os._exit(one.text != "Text.")
    assert os.waitpid(child, 0)[1] == 0
