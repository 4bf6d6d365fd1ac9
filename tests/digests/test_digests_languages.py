"""Every language that docs/digests.md lists is digested: a paragraph of each as two sources would tell it."""

import re
from pathlib import Path

import pytest
from builders import article

from digest.corpus import build_corpus
from digest.digests import Budget, Digest, Reader, candidate_rows, compose
from digest.digests.budget import count_words
from digest.digests.words import words_of
from digest.sentences import language_of, split_article

# By language: a title, what both sources say of one event, and what one of them adds.
STORIES = {
    "en": (
        "Old bridge closed",
        "The council of Halven closed the old bridge on Tuesday.",
        "The work on it will take a year.",
    ),
    "de": (
        "Alte Brücke gesperrt",
        "Der Rat von Halven hat am Dienstag die alte Brücke gesperrt.",
        "Die Arbeiten dauern ein Jahr, sagte der Bürgermeister.",
    ),
    "fr": (
        "Le vieux pont est fermé",
        "Le conseil de Halven a fermé mardi le vieux pont aux voitures.",
        "Les travaux dans la ville vont durer un an.",
    ),
    "es": (
        "Cierran el viejo puente",
        "El consejo de Halven cerró el martes el viejo puente a los coches.",
        "Las obras en la ciudad van a durar un año.",
    ),
    "it": (
        "Chiuso il vecchio ponte",
        "Il consiglio di Halven ha chiuso martedì il vecchio ponte alle auto.",
        "I lavori nella città dureranno un anno.",
    ),
    "pt": (
        "Velha ponte fechada",
        "O conselho de Halven fechou na terça-feira a velha ponte para os carros.",
        "As obras na cidade vão durar um ano.",
    ),
    "nl": (
        "Oude brug gesloten",
        "De raad van Halven heeft dinsdag de oude brug voor auto's gesloten.",
        "Het werk in de stad duurt een jaar.",
    ),
    "sv": (
        "Den gamla bron stängs",
        "Kommunen i Halven stängde på tisdagen den gamla bron för bilar.",
        "Arbetet i staden kommer att ta ett år.",
    ),
    "da": (
        "Den gamle bro lukkes",
        "Kommunen i Halven lukkede tirsdag den gamle bro for biler.",
        "Arbejdet i byen kommer til at tage et år.",
    ),
    "no": (
        "Den gamle broen stenges",
        "Kommunen i Halven stengte tirsdag den gamle broen for biler.",
        "Arbeidet i byen kommer til å ta et år.",
    ),
    "pl": (
        "Stary most zamknięty",
        "Rada miasta Halven zamknęła we wtorek stary most dla samochodów.",
        "Prace w mieście potrwają jeden cały rok.",
    ),
    "cs": (
        "Starý most je zavřený",
        "Rada města Halven v úterý zavřela starý most pro auta.",
        "Práce ve městě budou trvat jeden rok.",
    ),
    "ro": (
        "Podul vechi este închis",
        "Consiliul din Halven a închis marți podul vechi pentru mașini.",
        "Lucrările din oraș vor dura un an.",
    ),
    "ca": (
        "Tanquen el pont vell",
        "El consell de Halven va tancar dimarts el pont vell als cotxes.",
        "Les obres a la ciutat duraran un any.",
    ),
    "tr": (
        "Eski köprü kapatıldı",
        "Halven belediye meclisi salı günü eski köprüyü arabalara kapattı.",
        "Kentteki çalışmalar bir yıl kadar sürecek.",
    ),
    "id": (
        "Jembatan tua ditutup",
        "Dewan kota Halven menutup jembatan tua untuk mobil pada hari Selasa.",
        "Pekerjaan di kota itu akan memakan waktu setahun.",
    ),
    "vi": (
        "Đóng cửa cây cầu cũ",
        "Hội đồng thành phố Halven đã đóng cửa cây cầu cũ hôm thứ Ba.",
        "Công việc trong thành phố sẽ kéo dài một năm.",
    ),
    "ru": (
        "Старый мост закрыт",
        "Совет города Халвен во вторник закрыл старый мост для машин.",
        "Работы в городе продлятся один год.",
    ),
    "uk": (
        "Старий міст закрито",
        "Рада міста Халвен у вівторок закрила старий міст для машин.",
        "Роботи в місті триватимуть один рік.",
    ),
    "bg": (
        "Старият мост е затворен",
        "Съветът на град Халвен затвори във вторник стария мост за коли.",
        "Работата в града ще продължи една година.",
    ),
    "el": (
        "Κλείνει η παλιά γέφυρα",
        "Το συμβούλιο του Χάλβεν έκλεισε την Τρίτη την παλιά γέφυρα για τα αυτοκίνητα.",
        "Τα έργα στην πόλη θα διαρκέσουν έναν χρόνο.",
    ),
    "ar": (
        "إغلاق الجسر القديم",
        "أغلق مجلس مدينة هالفن يوم الثلاثاء الجسر القديم أمام السيارات.",
        "سيستمر العمل في المدينة لمدة عام كامل.",
    ),
    "hi": ("पुराना पुल बंद", "हालवेन की नगर परिषद ने मंगलवार को पुराना पुल कारों के लिए बंद किया।", "शहर में काम एक साल तक चलेगा।"),
    "ko": (
        "낡은 다리 폐쇄",
        "할벤 시의회는 화요일 낡은 다리를 자동차에 폐쇄하기로 결정했다.",
        "도시의 공사는 일 년 동안 계속될 것이다.",
    ),
    "zh": ("旧桥关闭", "哈尔文市议会星期二决定关闭旧桥禁止汽车通行。", "城里的工程将持续一年时间左右。"),
    "ja": (
        "古い橋が通行止め",
        "ハルベン市議会は火曜日、古い橋を通行止めにすると決めた。",
        "市内の工事は一年ほど続く見通しだ。",
    ),
    "th": (
        "ปิดสะพานเก่า",
        "สภาเมืองฮัลเวนลงมติเมื่อวันอังคารให้ปิดสะพานเก่าสำหรับรถยนต์ทุกชนิดตั้งแต่วันศุกร์นี้เป็นต้นไป",
        "งานก่อสร้างในเมืองจะใช้เวลาหนึ่งปีและมีค่าใช้จ่ายราวสามล้านตามที่นายกเทศมนตรีกล่าว",
    ),
}
UNSPACED = ("zh", "ja", "th")


def digest_of(language: str) -> Digest:
    title, told, added = STORIES[language]
    end = "" if language in UNSPACED else " "
    texts = [told, added + end + told]
    articles = [article(text, id=i, title=title, language=language) for i, text in zip("ab", texts, strict=True)]
    story = build_corpus(articles, [split_article(a.text, language, a.title) for a in articles])
    return compose(Reader(story), [0, 1], candidate_rows(story, [0, 1]), None, Budget(60))


@pytest.mark.parametrize("language", sorted(STORIES))
def test_what_the_sources_say_is_told_once_and_readable(language: str) -> None:
    digest = digest_of(language)
    assert digest.summary_from == "sentences"
    assert digest.summary.count(STORIES[language][1]) == 1
    assert count_words(digest.summary) <= 60
    assert digest.headline == STORIES[language][0]


@pytest.mark.parametrize("language", sorted(STORIES))
def test_keyphrases_are_of_the_text_and_no_function_words(language: str) -> None:
    phrases = digest_of(language).keyphrases
    assert phrases
    text = " ".join(STORIES[language]).lower()
    stop = words_of(language).stop
    assert stop or language in (*UNSPACED, "ko")
    for phrase in phrases:
        assert phrase.lower() in text
        assert stop.isdisjoint(phrase.lower().split())


@pytest.mark.parametrize("language", sorted(STORIES))
def test_the_language_is_told_from_the_text(language: str) -> None:
    assert language_of(" ".join(STORIES[language][1:])) == language


def test_the_documentation_lists_these_languages() -> None:
    page = (Path(__file__).parents[2] / "docs" / "digests.md").read_text("utf-8")
    section = page.split("## Languages")[1].split("\n## ")[0]
    assert sorted(set(re.findall(r"`([a-z]{2})`", section))) == sorted(STORIES)


def test_phrases_in_scripts_without_spaces_recur_and_begin_at_no_vowel_sign() -> None:
    assert "市议会" in "".join(digest_of("zh").keyphrases) or "哈尔文" in "".join(digest_of("zh").keyphrases)
    thai = digest_of("th").keyphrases
    assert thai
    assert not any(phrase[0] in "ะาำิีึืุู่้๊๋็์" for phrase in thai)
