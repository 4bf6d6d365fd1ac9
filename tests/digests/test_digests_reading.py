"""A story is read the same whatever was read before it, though words are numbered as they are first asked for."""

import numpy as np
from builders import article, corpus

from digest.digests.reading import Reader, fold_of

NEWS = corpus(
    [
        article("Die alte Brücke ist in der Stadt.\nSie wurde 1904 gebaut.", id="a", title="Die Brücke", language="de"),
        article(
            "El puente no es de la ciudad.\nDie Stadt was built in 1904.", id="b", title="El puente", language="es"
        ),
        article("The bridges of the city were closed.\nA bridge is closed.", id="c", title="Bridges", language="en"),
    ]
)


def test_what_was_read_before_changes_nothing() -> None:
    reader = Reader(NEWS)
    for members, language in (([0], "de"), ([1, 0], "es"), ([2], "en"), ([0, 1], "de"), ([2, 1], "en")):
        before, alone = reader.read(members, language), Reader(NEWS).read(members, language)
        assert before.spelled == alone.spelled
        for name in ("idf", "stop", "figure"):
            assert np.array_equal(getattr(before, name), getattr(alone, name))
        assert np.array_equal(before.sentences.word, alone.sentences.word)
        assert reader.rarity(range(3), language) == Reader(NEWS).rarity(range(3), language)


def test_function_words_are_those_of_the_language_that_is_read() -> None:
    reader = Reader(NEWS)
    for language, mine, other in (("de", "die", "la"), ("es", "la", "die")):
        reading = reader.read([0, 1], language)
        stop = {word for word, is_stop in zip(reading.spelled, reading.stop, strict=True) if is_stop}
        assert mine in stop
        assert other not in stop


def test_inflections_are_one_word_as_rare_as_its_commonest() -> None:
    reading = Reader(NEWS).read([2], "en")
    assert reading.spelled.count(fold_of("en")("bridge")) == 1
    assert "bridges" not in reading.spelled
    rarity = Reader(NEWS).rarity(range(int(NEWS.rows[2]), int(NEWS.rows[3])), "en")
    assert rarity == dict(zip(reading.spelled, reading.idf.tolist(), strict=True))
