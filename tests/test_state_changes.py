"""What happens to articles and stories as nights pass: late, changed, withdrawn, forgotten by the window."""

import json
from pathlib import Path
from typing import Any

import pytest
from model_builders import small_model
from state_builders import (
    BANK,
    BRIDGE,
    BRIDGE_COPY,
    BRIDGE_LATER,
    BRIDGE_REPORT,
    FLOOD,
    NIGHTS,
    PRIZE,
    by_article,
    contents,
    read,
    run,
    state,
    write_night,
)

import digest
from digest.cli import main
from digest.outputs import check_result
from digest.state import check_state, info


def test_a_new_report_joins_its_story_which_then_tells_more(tmp_path: Path) -> None:
    first = by_article(run(tmp_path, NIGHTS[0]))["bridge"]
    second = by_article(run(tmp_path, NIGHTS[1]))
    later = second["bridge-later"]
    assert (later["story_id"], later["status"]) == (first["story_id"], "updated")
    assert {a["id"] for a in later["articles"]} == {"bridge", "bridge-copy", "bridge-report", "bridge-later"}
    news = " ".join(s["text"] for s in later["sentences"] if s["is_new"])
    assert "12 weeks" in news
    assert "six weeks" not in news
    assert second["prize"]["status"] == "new"
    assert "bank" not in second  # untouched tonight


def test_an_old_article_that_comes_late_joins_its_story(tmp_path: Path) -> None:
    first = by_article(run(tmp_path, [BRIDGE, BANK]))["bridge"]
    run(tmp_path, [PRIZE])
    late = by_article(run(tmp_path, [BRIDGE_REPORT]))["bridge-report"]
    assert late["story_id"] == first["story_id"]
    assert {a["id"]: a["first_seen"] for a in late["articles"]} == {
        "bridge": "2026-03-09",
        "bridge-report": "2026-03-10",
    }


def test_a_copy_of_a_known_article_is_a_copy_and_tells_nothing_new(tmp_path: Path) -> None:
    run(tmp_path, [BRIDGE, BANK])
    story = by_article(run(tmp_path, [BRIDGE_COPY]))["bridge-copy"]
    (copy,) = [a for a in story["articles"] if a["duplicate_of"]]
    assert {copy["id"], copy["duplicate_of"]} == {"bridge", "bridge-copy"}
    assert story["status"] == "unchanged"
    assert not any(s["is_new"] for s in story["sentences"])
    assert run(tmp_path, [{**BRIDGE_COPY, "id": "third"}], "--only-changed") == []


def test_a_changed_article_is_read_again(tmp_path: Path) -> None:
    first = by_article(run(tmp_path, NIGHTS[0]))["bank"]
    text = BANK["text"].replace("3.5 per cent on Monday", "4.25 per cent on Tuesday")
    report = tmp_path / "report.json"
    story = by_article(run(tmp_path, [{**BANK, "text": text}], "--run-report", str(report)))["bank"]
    assert (story["story_id"], story["status"]) == (first["story_id"], "updated")
    assert "4.25" in story["summary"]
    counted = json.loads(report.read_text())["state"]
    assert (counted["new"], counted["changed"], counted["known"]) == (0, 1, 0)
    assert check_state(state(tmp_path)) == []
    assert info(state(tmp_path)).articles == 4


def test_other_metadata_are_no_change(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0])
    before = contents(state(tmp_path))
    (story,) = run(tmp_path, [{**BANK, "downloaded": "2026-03-10T01:00:00"}])
    assert story["status"] == "unchanged"
    assert contents(state(tmp_path)) == before


def test_a_forgotten_article_leaves_every_table_the_file_and_the_next_output(tmp_path: Path) -> None:
    first = by_article(run(tmp_path, [BRIDGE, BRIDGE_REPORT, BANK]))["bridge"]
    assert main(["state", "forget", str(state(tmp_path)), "bridge"]) == 0
    assert b"Shopkeepers near the bridge" not in state(tmp_path).read_bytes()
    assert not any("'bridge'" in repr(row) for rows in contents(state(tmp_path)).values() for row in rows)
    after = by_article(run(tmp_path, [PRIZE]))
    assert "bridge" not in after
    assert (after["bridge-report"]["story_id"], after["bridge-report"]["status"]) == (first["story_id"], "updated")
    assert "Shopkeepers" not in json.dumps(after["bridge-report"])
    assert check_state(state(tmp_path)) == []


def test_no_other_story_names_a_forgotten_article_as_its_nearest(tmp_path: Path) -> None:
    night = [BRIDGE, BANK, PRIZE, FLOOD]
    named = [story["grouping"]["nearest"] for story in run(tmp_path, night)]
    assert "bridge" in [name for nearest in named for name in names_in(nearest)]
    assert main(["state", "forget", str(state(tmp_path)), "bridge"]) == 0
    after = run(tmp_path, night)
    assert "bridge" not in [name for story in after for name in names_in(story["grouping"]["nearest"])]
    assert check_state(state(tmp_path)) == []


def names_in(nearest: dict[str, Any] | None) -> list[str]:
    return list(nearest["link"]["article_ids"]) if nearest else []


def test_a_forgotten_article_is_refused_when_it_comes_again(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0])
    assert main(["state", "forget", str(state(tmp_path)), "bank"]) == 0
    rejects = tmp_path / "rejects.jsonl"
    after = by_article(run(tmp_path, NIGHTS[0], "--rejects", str(rejects), "--strict"))
    assert "bank" not in after
    assert [(r["id"], r["reason"]) for r in read(rejects)] == [("bank", "forgotten")]


def test_forgetting_names_the_copies_that_stay_and_may_be_done_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, NIGHTS[0])
    for words in ("Copies that say the same stay: bridge-copy.", "No living story held them."):
        assert main(["state", "forget", str(state(tmp_path)), "bridge"]) == 0
        assert words in capsys.readouterr().out
    assert main(["state", "forget", str(state(tmp_path)), "bank", "bridge-copy"]) == 0
    assert "stay" not in capsys.readouterr().out
    assert check_state(state(tmp_path)) == []


def test_forgetting_what_is_not_known_names_the_closest_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, NIGHTS[0])
    before = contents(state(tmp_path))
    assert main(["state", "forget", str(state(tmp_path)), "bridge-reprt"]) == 2
    assert "Did you mean 'bridge-report'?" in capsys.readouterr().err
    assert contents(state(tmp_path)) == before


def test_articles_expire_when_the_window_has_passed(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0], "--window", "1")
    run(tmp_path, NIGHTS[1], "--window", "1")
    report = tmp_path / "report.json"
    found = by_article(run(tmp_path, [FLOOD], "--window", "1", "--all", "--run-report", str(report)))
    assert set(found) == {"flood", "prize", "bridge-later"}
    counted = json.loads(report.read_text())["state"]
    assert (counted["expired"], counted["living_articles"], counted["living_stories"]) == (4, 3, 3)
    assert check_state(state(tmp_path)) == []


def test_a_story_keeps_its_id_when_its_first_article_has_expired(tmp_path: Path) -> None:
    first = by_article(run(tmp_path, NIGHTS[0], "--window", "1"))["bridge"]
    run(tmp_path, NIGHTS[1], "--window", "1")
    found = by_article(run(tmp_path, [FLOOD], "--window", "1", "--all"))
    assert found["bridge-later"]["story_id"] == first["story_id"]


def test_an_expired_article_that_comes_again_is_not_told_again(tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.jsonl"
    for day in ("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"):
        found = run(tmp_path, [BANK, {**PRIZE, "id": day}], "--window", "1", "--now", day, "--rejects", str(rejects))
    assert "bank" not in by_article(found)
    assert ("bank", "expired") in [(r["id"], r["reason"]) for r in read(rejects)]


def test_a_night_of_nothing_but_expired_articles_is_an_empty_one(tmp_path: Path) -> None:
    before = run(tmp_path, [BANK], "--now", "2026-03-09")
    night = write_night(tmp_path, [BANK])
    command = ["run", str(night), "-o", str(tmp_path / "out.jsonl"), "--state", str(state(tmp_path))]
    assert main([*command, "--now", "2026-04-09"]) == 4
    assert read(tmp_path / "out.jsonl") == before
    assert info(state(tmp_path)).last_day == "2026-03-09"


def test_a_date_in_the_next_century_does_not_age_the_state_away(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0])
    wrong = {**PRIZE, "published": "2126-03-10T20:00:00Z"}
    run(tmp_path, [BRIDGE_LATER, wrong])
    assert info(state(tmp_path)).articles == 6
    assert info(state(tmp_path)).last_day == "2026-03-10"


def test_a_clock_that_went_back_or_far_ahead_is_doubted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, NIGHTS[0], "--now", "2026-03-09")
    capsys.readouterr()
    run(tmp_path, NIGHTS[1], "--now", "1970-01-01")
    said = capsys.readouterr().err
    assert "The day of this run, 1970-01-01, is before that of the last one, 2026-03-09" in said
    assert info(state(tmp_path)).articles == 6
    run(tmp_path, NIGHTS[2], "--now", "2126-03-11")
    said = capsys.readouterr().err
    assert "All 6 known articles came before the window of 14 days: the last run was of 2026-03-09" in said
    run(tmp_path, NIGHTS[1], "--now", "2126-03-12")
    assert capsys.readouterr().err == ""


def test_other_settings_make_a_digest_anew_without_news(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0])
    found = run(tmp_path, NIGHTS[0], "--max-words", "20")
    assert all(len(story["summary"].split()) <= 20 for story in found)
    assert {story["status"] for story in found} == {"unchanged"}


def test_nights_under_one_model_and_another_tell_on_the_same_stories(tmp_path: Path) -> None:
    model = str(small_model(tmp_path / "model"))
    first = by_article(run(tmp_path, NIGHTS[0]))
    second = by_article(run(tmp_path, NIGHTS[1], "--model", model, "--device", "cpu"))
    assert second["bridge-later"]["story_id"] == first["bridge"]["story_id"]
    assert {a["id"] for a in second["bridge-later"]["articles"]} >= {"bridge", "bridge-report", "bridge-later"}
    third = by_article(run(tmp_path, [*NIGHTS[1], *NIGHTS[2]]))
    assert third["bridge-later"]["story_id"] == first["bridge"]["story_id"]
    assert {i: third[i]["status"] for i in ("bridge-later", "prize", "flood", "bank")} == {
        "bridge-later": "unchanged", "prize": "unchanged", "flood": "new", "bank": "unchanged",
    }  # fmt: skip
    assert check_state(state(tmp_path)) == []


def test_what_was_not_printed_was_not_told(tmp_path: Path) -> None:
    assert {s["source_count"] for s in run(tmp_path, NIGHTS[0], "--min-sources", "2")} == {3}
    found = by_article(run(tmp_path, NIGHTS[0]))
    assert (found["bank"]["status"], found["bridge"]["status"]) == ("new", "unchanged")


def test_texts_are_shown_where_they_are_at_hand(tmp_path: Path) -> None:
    run(tmp_path, NIGHTS[0], "--include-text")
    assert BRIDGE["text"].encode() not in state(tmp_path).read_bytes()
    story = by_article(run(tmp_path, NIGHTS[1], "--include-text"))["bridge-later"]
    assert {a["id"] for a in story["articles"] if "text" in a} == {"bridge-later"}
    assert check_result(tmp_path / "out.jsonl") == []


def test_given_groups_live_on_too(tmp_path: Path) -> None:
    first = run(tmp_path, [{**BRIDGE, "desk": "a"}, {**BANK, "desk": "b"}], "--group-by", "desk")
    second = run(tmp_path, [{**PRIZE, "desk": "b"}], "--group-by", "desk")
    assert by_article(second)["prize"]["story_id"] == by_article(first)["bank"]["story_id"]
    assert {a["id"] for a in second[0]["articles"]} == {"bank", "prize"}


def test_a_dry_run_shows_the_night_and_leaves_the_state(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    night = write_night(tmp_path, NIGHTS[0])
    arguments = ["run", str(night), "-o", str(tmp_path / "out.jsonl"), "--state", str(state(tmp_path)), "--dry-run"]
    assert main(arguments) == 0
    assert not state(tmp_path).exists()
    run(tmp_path, NIGHTS[0])
    before = contents(state(tmp_path))
    night = write_night(tmp_path, NIGHTS[1])
    assert main(arguments) == 0
    assert "1 new, 1 updated, 0 unchanged" in capsys.readouterr().err
    assert contents(state(tmp_path)) == before


def test_the_order_of_a_nights_articles_plays_no_part(tmp_path: Path) -> None:
    results = []
    for name, turned in (("one", False), ("two", True)):
        folder = tmp_path / name
        folder.mkdir()
        for night in NIGHTS:
            run(folder, list(reversed(night)) if turned else night)
        results.append((run(folder, NIGHTS[0], "--all"), contents(state(folder))))
    assert results[0] == results[1]


def test_a_program_has_a_state_too(tmp_path: Path) -> None:
    config = digest.Config(state=str(state(tmp_path)))
    assert {story.status for story in digest.run(NIGHTS[0], config)} == {"new"}
    second = digest.run_sources([write_night(tmp_path, NIGHTS[1])], config)
    assert sorted(story.status for story in second) == ["new", "updated"]
    assert second.state is not None
    assert second.state.now == "2026-03-10"
