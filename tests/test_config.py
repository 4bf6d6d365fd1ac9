"""Every knob in one record."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from digest.config import Config, Job, load_config, load_job
from digest.errors import UsageError


def test_later_places_win(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text('max-words = 40\nstyle = "brief"\nprefer_source = ["a.example"]\n')
    config = load_config(file, {"DIGEST_MAX_WORDS": "50", "DIGEST_MIN_SOURCES": "2"}, {"max_words": 60, "since": None})
    assert (config.max_words, config.style, config.min_sources) == (60, "brief", 2)
    assert config.prefer_source == ("a.example",)


def test_one_file_holds_the_settings_of_the_digests_and_of_the_job(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text('max-words = 40\noutput = "out/"\nstrict = true\nlog-format = "json"\n')
    variables = {"DIGEST_OUTPUT": "there/", "DIGEST_MAX_WORDS": "50"}
    given = {"strict": False, "max_words": None, "quiet": None}
    assert load_job(file, variables, given) == Job(output="there/", log_format="json")
    assert load_config(file, variables, given) == Config(max_words=50)
    with pytest.raises(UsageError, match="Did you mean 'json'"):
        load_job(None, {"DIGEST_LOG_FORMAT": "jsn"}, {})
    with pytest.raises(UsageError, match="Did you mean DIGEST_LOG_FORMAT"):
        load_job(None, {"DIGEST_LOG_FORMT": "json"}, {})


def test_the_environment_is_read_by_type() -> None:
    given = {
        "DIGEST_INCLUDE_TEXT": "yes",
        "DIGEST_PREFER_SOURCE": "a.example, b.example",
        "DIGEST_GRANULARITY": "0.25",
        "DIGEST_MODEL": "x",
    }
    config = load_config(None, given, {})
    assert (config.include_text, config.prefer_source, config.granularity) == (True, ("a.example", "b.example"), 0.25)
    assert not load_config(None, {"DIGEST_INCLUDE_TEXT": "off"}, {}).include_text


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"DIGEST_INCLUDE_TEXT": "perhaps"}, "true or false"),
        ({"DIGEST_MAX_WORDS": "many"}, "a whole number"),
        ({"DIGEST_GRANULARITY": "fine"}, "a number"),
        ({"DIGEST_GRANULARITY": "nan"}, "from 0 to 1"),
        ({"DIGEST_MAX_WORD": "5"}, "Did you mean DIGEST_MAX_WORDS?"),
        ({"DIGEST_CONFG": "x.toml"}, "Did you mean DIGEST_CONFIG?"),
    ],
)
def test_a_wrong_variable_is_named(variables: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        load_config(None, variables, {})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("max_wrds = 3", "Did you mean 'max_words'"),
        ('style = "breif"', "Did you mean 'brief'"),
        ("max_words = 0", "at least 1"),
        ("granularity = 2", "from 0 to 1"),
        ("granularity = nan", "from 0 to 1"),
        ("prefer_source = [1, 2]", "a list of names wanted"),
        ('prefer_source = "a.example"', "a list of names wanted"),
        ("since = 2023-07-12T09:00:00", "str wanted"),
        ('max_words = "ten"', "int wanted"),
        ("max_words = true", "int wanted"),
        ("max_words = 20\nmax-words = 30", "twice, with - and with _"),
        ("max_words = ", "not valid TOML"),
        ('since = "yesterday"', "since is 'yesterday': write a day as YYYY-MM-DD"),
        ('until = "20230712"', "YYYY-MM-DD"),
        ('now = "2023-07-32"', "YYYY-MM-DD"),
        ('since = "2023-07-12"\nuntil = "2023-07-11"', "since 2023-07-12 is after until 2023-07-11"),
        ('state = ""', "state is empty"),
        ('language = "English"', "language is 'English'. Did you mean 'en'"),
        ('language = "deu"', "Did you mean 'de'"),
        ('language = "spansih"', "Did you mean 'es'"),
        ('language = "xx"', "Write a code of ISO 639-1"),
    ],
)
def test_a_wrong_key_or_value_names_the_next_step(tmp_path: Path, content: str, words: str) -> None:
    file = tmp_path / "c.toml"
    file.write_text(content)
    with pytest.raises(UsageError, match=words):
        load_config(file, {}, {})


def test_a_missing_config_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Cannot read the config file .*nothing\.toml"):
        load_config(tmp_path / "nothing.toml", {}, {})


def test_the_word_budget_is_the_styles_unless_given() -> None:
    assert (Config().word_budget, Config(style="long").word_budget, Config(max_words=7).word_budget) == (100, 250, 7)


def test_a_day_may_be_written_as_toml_writes_days(tmp_path: Path) -> None:
    file = tmp_path / "c.toml"
    file.write_text("\ufeffsince = 2023-07-12\n", "utf-8")
    assert load_config(file, {}, {}).since == "2023-07-12"


@pytest.mark.parametrize("code", ["en", "pt-BR", "zh-Hant", "yue"])
def test_a_language_is_given_by_its_code(code: str) -> None:
    assert Config(language=code).language == code


def test_a_program_may_give_lists_paths_and_days_of_its_own() -> None:
    given: dict[str, Any] = {"prefer_source": ["a.example"], "state": Path("state.db"), "since": date(2026, 3, 9)}
    config = Config(**given)
    assert (config.prefer_source, config.state, config.since) == (("a.example",), "state.db", "2026-03-09")


def test_variables_of_other_programs_are_left_alone() -> None:
    assert load_config(None, {"DIGEST_AUTH_TOKEN": "x"}, {}) == Config()
