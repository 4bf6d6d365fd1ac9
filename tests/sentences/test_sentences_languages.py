"""Languages: sentences of a paragraph in each, and the language itself."""

import resource
from pathlib import Path

import pytest

from digest.cli import main
from digest.records import Kind
from digest.sentences import language_of, split_article
from digest.sentences.language import load_identifier

PARAGRAPHS = {
    "en": [
        "The council of Halven voted on Tuesday to close the old bridge to cars.",
        "Mr. Holt, the mayor, said the work would take a year.",
        "Was there another way?",
    ],
    "de": [
        "Der Rat von Halven hat am 3. Mai beschlossen, die alte Brücke für Autos zu sperren.",
        "Das sagte Dr. Maier, die Bürgermeisterin, am Dienstag vor der Presse.",
        "„Wir haben lange gewartet. Jetzt ist es so weit“, sagte sie.",
    ],
    "fr": [
        "Le conseil de Halven a voté mardi la fermeture du vieux pont aux voitures.",
        "« Nous avons attendu longtemps. C'est fini », a dit la maire.",
        "Les travaux dureront un an, selon M. Durand.",
    ],
    "es": [
        "El consejo de Halven votó el martes cerrar el viejo puente a los coches.",
        "¿Había otra manera de hacerlo?",
        "El Sr. García, alcalde del pueblo, dijo que las obras durarán un año.",
    ],
    "it": [
        "Il consiglio di Halven ha votato martedì la chiusura del vecchio ponte alle auto.",
        "Il sindaco, il Dott. Rossi, ha detto che i lavori dureranno un anno.",
        "Non c'era altra strada?",
    ],
    "pt": [
        "O conselho de Halven votou na terça-feira o fechamento da velha ponte para os carros.",
        "O prefeito, Dr. Souza, disse que as obras vão durar um ano.",
        "Não havia outra maneira?",
    ],
    "nl": [
        "De raad van Halven heeft dinsdag besloten om de oude brug voor auto's te sluiten.",
        "Volgens de burgemeester duurt het werk een jaar.",
        "Was er geen andere weg?",
    ],
    "vi": [
        "Hội đồng thành phố đã bỏ phiếu vào thứ ba để đóng cửa cây cầu cũ đối với ô tô.",
        "Ông Nguyễn Văn Nam cho biết công việc sẽ kéo dài một năm.",
        "Người dân TP. Hồ Chí Minh đang chờ đợi.",
    ],
    "ru": [
        "Совет города во вторник проголосовал за то, чтобы закрыть старый мост для машин.",
        "Мэр сказал, что работы продлятся год.",
        "Был ли другой путь?",
    ],
    "ar": [
        "صوت مجلس المدينة يوم الثلاثاء على إغلاق الجسر القديم أمام السيارات.",
        "هل كان هناك طريق آخر؟",
        "قال رئيس البلدية إن العمل سيستمر عاما.",
    ],
    "hi": [
        "नगर परिषद ने मंगलवार को पुराने पुल को कारों के लिए बंद करने का फैसला किया।",
        "महापौर ने कहा कि काम एक साल चलेगा।",
        "क्या कोई और रास्ता था?",
    ],
    "zh": ["市议会星期二投票决定关闭旧桥，禁止汽车通行。", "市长说，工程将持续一年！", "还有别的办法吗？"],
    "ja": [
        "市議会は火曜日、古い橋を車両通行止めにすることを決めた。",
        "市長は工事が一年続くと述べた。",
        "ほかに方法はあったのか？",
    ],
    "ko": [
        "시의회는 화요일 낡은 다리를 자동차에 폐쇄하기로 결정했다.",
        "시장은 공사가 일 년 동안 계속될 것이라고 말했다.",
        "다른 방법이 있었을까?",
    ],
    "tr": [
        "Belediye meclisi salı günü eski köprüyü arabalara kapatma kararı aldı.",
        "Başkan, çalışmaların bir yıl süreceğini söyledi.",
        "Başka bir yol var mıydı?",
    ],
    "pl": [
        "Rada miasta zagłosowała we wtorek za zamknięciem starego mostu dla samochodów.",
        "Burmistrz powiedział, że prace potrwają rok.",
        "Czy był inny sposób?",
    ],
    "el": [
        "Το δημοτικό συμβούλιο ψήφισε την Τρίτη να κλείσει η παλιά γέφυρα για τα αυτοκίνητα.",
        "Υπήρχε άλλος τρόπος;",
        "Τα έργα θα διαρκέσουν έναν χρόνο.",
    ],
}


@pytest.mark.parametrize("language", sorted(PARAGRAPHS))
def test_a_paragraph_is_split_into_its_sentences(language: str) -> None:
    joiner = "" if language in ("zh", "ja") else " "
    text = joiner.join(PARAGRAPHS[language])
    segments = split_article(text, language)
    assert [text[s.start : s.end] for s in segments] == PARAGRAPHS[language]
    assert {s.kind for s in segments} == {Kind.SENTENCE}


@pytest.mark.parametrize("language", sorted(PARAGRAPHS))
def test_the_language_of_a_paragraph_is_told(language: str) -> None:
    assert language_of(" ".join(PARAGRAPHS[language])) == language


UNCUT = [
    ("de", "Der 1. FC Halven spielt im Halbfinale gegen den 2. FC Corvel."),
    ("de", "Halven gedenkt am 15. Jänner des 75. Jahrestags der Befreiung."),
    ("de", "Die Brücke stammt aus dem 19. Jahrhundert, die Türme aus dem 17. und 18. Jahrhundert."),
    ("de", "2. Bundesliga und Regionalliga pausieren bis zum Sommer."),
    ("tr", "Halven, kuruluşunun 100. Yıl törenlerine hazırlanıyor."),
    ("tr", "Doç. Dr. Ayşe Kaya, 15. Ağır Ceza Mahkemesi önünde konuştu."),
    ("pl", "Jak mówi sierż. sztab. Jan Nowak z Halven, nikomu nic się nie stało."),
    ("pl", "Most zbudowano w latach 20. XX wieku."),
    ("es", "La Mtra. López y el Mtro. Ruiz visitaron Halven."),
]


@pytest.mark.parametrize(("language", "sentence"), UNCUT)
def test_no_sentence_ends_at_an_ordinal_or_a_title(language: str, sentence: str) -> None:
    assert [sentence[s.start : s.end] for s in split_article(sentence, language)] == [sentence]


CUT = [
    ("de", ["Halven landete auf Platz 3.", "Corvel siegte."]),
    ("de", ["Geöffnet ist wieder ab dem 21.", "Die Stadt bittet um Geduld."]),
    ("de", ["Das war 2019.", "Halven ist seitdem gewachsen."]),
]


@pytest.mark.parametrize(("language", "sentences"), CUT)
def test_a_number_may_end_a_sentence(language: str, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[s.start : s.end] for s in split_article(text, language)] == sentences


def test_text_without_sentence_marks_is_cut_at_spaces_and_lines() -> None:
    clause = "สภาเมืองลงมติเมื่อวันอังคารให้ปิดสะพานเก่าสำหรับรถยนต์ "
    text = clause * 5 + "\n" + clause * 2
    segments = split_article(text, "th")
    assert len(segments) > 2
    assert {s.kind for s in segments} == {Kind.SENTENCE}
    assert " ".join(text[s.start : s.end] for s in segments) == (clause * 7).strip()


def test_a_long_text_of_one_language_is_told_by_its_function_words() -> None:
    text = " ".join(PARAGRAPHS["en"]) * 3
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["", "Trump", "12 345 678", "ok ok", "!!! ???", "xq zvb qqk wrtp lkjh zzx mmnb vcxq"])
def test_no_language_is_told_where_the_text_says_too_little(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(("text", "language"), [("日本の首相は今日", "ja"), ("한국 정부는 오늘", "ko")])
def test_a_few_letters_of_a_script_of_its_own_are_enough(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_region_after_the_language_code_is_passed_over() -> None:
    text = "O prefeito falou. A cidade ouviu."
    assert split_article(text, "pt-BR") == split_article(text, "pt")


def test_without_room_to_unpack_the_model_no_article_is_blamed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on a disk that is full: no file may be longer than a megabyte."""
    (tmp_path / "a.txt").write_text("Vecais tilts pār upi otrdien tika slēgts, jo tajā atrasta plaisa.")
    load_identifier.cache_clear()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    try:
        status = main(["run", str(tmp_path / "a.txt"), "-o", str(tmp_path / "x.jsonl")])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (status, "name another one in TMPDIR" in capsys.readouterr().err) == (1, True)
    assert not (tmp_path / "x.jsonl").exists()
