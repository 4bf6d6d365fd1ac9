"""What an editor lets stand alone."""

import pytest

from digest.digests.readable import leans, stands
from digest.digests.words import language_of, words_of

STANDS = [
    ("en", "The mayor opened the new bridge in Corvel on May 7, 2012."),
    ("en", "Critics of the left, right and center say that the bridge costs too much."),
    ("en", "The mayor told the council that the town wants MORE bridges, and soon."),
    ("en", "The town of Corvel, left without a bridge, counts on the ferry."),
    ("en", "The Senate passed the farm bill late on Tuesday."),
    ("en", 'The mayor said the bridge "will be open by noon on Friday" at the latest.'),
    ("en", '"The bridge will be open by noon," the mayor said.'),
    ("en", '"We will rebuild every house," the mayor of the town said.'),
    ("en", "President Anna Reed met Prime Minister John Smith in London on Tuesday."),
    ("en", 'The mayor told the families: "You will be home by Friday."'),
    ("en", "(Reed) is how the mayor signed the order on the bridge (of 1932)."),
    ("en", "Ann Reed and Ann McDonald, two councillors, met John McDonald on the bridge."),
    ("en", "The US and Norland signed the treaty on the bridge."),
    ("en", 'The crowd at the bridge shouted "Let us cross!"'),
    ("es", "Los vecinos del puente gritaron «¡Queremos cruzar!»"),
    ("en", "Anna Reed walks a dog across the bridge for a living."),
    ("en", "Anna Reed leaves for Norland on Friday to speak about the bridge."),
    ("en", "The council meets on May 7 to vote on the bridge."),
    ("en", "Peace talks in Corvel are to end on May 7, 2012."),
    ("en", "When Anna Reed speaks at the bridge, all of Corvel listens to her."),
    ("en", "An agent of the F.B.I. searched the mayor's house on Friday."),
    ("en", "Thousands joined the March for Our Lives in the capital."),
    ("en", "Nine men are trapped in a coal mine near the harbour."),
    ("en", '“The bridge will be open by noon," the mayor said.'),
    ("en", 'The mayor called the bridge "safe”, and the harbour "closed.”'),
    ("en", "The mayor said the council‘s vote was “wrong” in all respects."),
    ("en", '"The bridge is closed until Friday," the notice reads.'),
    ("en", "Governor Anna Reed (R) signed the bill on the bridge."),
    ("en", "The council and the mayor want the bridge back by spring."),
    ("en", "Opinions vary on the bridge in Halven and in Corvel."),
    ("en", "Names, addresses and birthdays were stolen on Friday."),
    ("en", "People without a boat want the bridge back."),
    ("en", "“Don’t forget us,” the mayor of Corvel told reporters on the bridge."),
    ("en", "“Please come home,” said Ann Reed, whose son left on Sunday."),
    ("en", "Forget-me-nots bloom on the bridge in March."),
    ("es", "El gobierno aprobó el nuevo presupuesto el martes."),
    ("de", "Das Gericht hob das Urteil am Dienstag auf."),
    ("fr", "Le tribunal a annulé la décision mardi soir."),
    ("ru", "Суд отменил решение городского совета во вторник."),
    ("zh", "市政府周二宣布关闭老桥。"),
    ("xx", "Any language without lists keeps the rules that need no words."),
]
FALLS = [
    ("a photo's credit", "en", "Ann Lee/Getty Images The former mayor argued with a councillor about the bridge."),
    ("a photo's label", "en", "Image The two letters: the mayor wrote to the council on Wednesday about the bridge."),
    ("a call to watch", "en", "Wait to the end of the video."),
    ("a call to subscribe", "en", "Get all the latest news from the harbour and more delivered daily to your inbox."),
    ("an aside", "en", "(The mayor has said that the bridge is safe.)"),
    ("an aside with its end outside", "en", "(The mayor has said that the bridge is safe)."),
    ("a name and its page's links", "en", "Mayor Ann Reed Ann Marie ReedBridge to close on Friday spoke again."),
    ("where it stood before", "en", "A version of this article first appeared in the harbour's newsletter."),
    ("no end", "en", "The Senate passed the farm bill late on Tuesday"),
    ("a question", "en", "Will the Senate pass the farm bill on Tuesday?"),
    ("a quoted question", "en", 'The senator asked the room: "Will the Senate pass the bill?"'),
    ("trails off", "en", "The Senate passed the farm bill late on ..."),
    ("lower case", "en", "passed the farm bill late on Tuesday after a long debate."),
    ("an open quote", "en", 'The mayor said the bridge "will be open by noon on Friday.'),
    ("an open curly quote", "en", "The mayor said the bridge “will be open by noon on Friday."),
    ("an open bracket", "en", "The mayor (a former engineer said the bridge will open."),
    ("curly quotes the wrong way round", "en", "The bridge,” the mayor said, will be open “by noon on Friday."),
    ("a curly quote that nothing closes", "en", 'The mayor said "noon" and the engineer “Friday at the latest.'),
    ("a single quote that nothing closes", "en", "The mayor said the bridge was ‘open for good by noon."),
    ("first person after initials", "en", "After the F.B.I. left, we asked the mayor about the bridge."),
    ("first person after a colon", "en", "The mayor of Corvel wrote: We are sorry about the bridge."),
    ("a quote of nobody", "en", '"The bridge will be open by noon on Friday."'),
    ("a quote without a verb of speech", "en", '"The bridge will be open by noon," mayor John Smith.'),
    ("first person", "en", "We asked the mayor when the bridge would open again."),
    ("capitals", "en", "SENATE PASSES FARM BILL LATE ON TUESDAY."),
    ("symbols", "en", "Scores: 3-1, 2-2, 4-0, 1-1, 5-3, 2-0, 0-0, 1-4."),
    ("a link", "en", "Read the whole text of the bill at www.example.org today."),
    ("a caption", "en", "People cross the bridge at Corvel, Monday, May 7, 2012."),
    ("a caption with its place behind", "en", "People cross the bridge, Monday, May 7, 2012, in Corvel."),
    ("spaces that were misread", "en", "The mayor said on Tuesday that the bridge??would open by noon."),
    ("a caption that ends in a place and a date", "en", "Anna Reed speaks at the new bridge in Corvel, May 7, 2012."),
    ("a caption with a side", "en", "Governor Anna Reed, left, opens the bridge that Ben Lowe has built."),
    (
        "a caption with a side after a party",
        "en",
        "Anna Reed (R-Corvel), right, opens the bridge that Ben Lowe has built.",
    ),
    ("a photo's credit glued to a title", "en", "AP Photo The bridge war begins Each delay at Corvel costs the town."),
    ("a caption with who is in it", "en", "Anna Reed, pictured at the bridge in Corvel, leads the council since May."),
    ("a caption of a drawing", "en", "Coins of Corvel are seen in this May 7, 2016 picture illustration."),
    (
        "titles behind a name",
        "en",
        "Mayor Anna ReedTown votes on bridge Ferry to stop in May MORE said on Monday that she would go.",
    ),
    (
        "titles before a party",
        "en",
        "Lowe ready for a vote on the bridge MORE (I-Corvel) said on Monday that he would stay.",
    ),
    ("a cry", "en", "The bridge in Corvel is finally open to all of us!"),
    ("a caption in the present tense", "en", "Governor Anna Reed speaks to reporters after a vote on the bridge."),
    ("a caption of a candidate", "en", "Democratic presidential candidate Anna Reed poses for a photo at the bridge."),
    ("a caption with a party", "en", "Sen. Anna Reed (R-Corvel) talks with firemen at the bridge."),
    (
        "a caption with its date within",
        "en",
        "Anna Reed signs the law on bridges at her house on May 7, 2012, with a pen.",
    ),
    (
        "a caption with its day within",
        "en",
        "House Speaker Anna Reed of Corvel leaves a meeting on the bridge, Monday, May 7, following a vote.",
    ),
    ("a caption with places", "en", "Governor Anna Reed (C) speaks to firemen at the bridge."),
    ("a title cut from its name", "en", "The house was searched on Friday, said Det.-Sgt."),
    ("a quotation with a changed beginning", "en", '"[T]he bridge will be open by noon on Friday," the mayor said.'),
    ("no verb", "en", "A mayor without a bridge in a town by the sea."),
    ("a caption without a verb", "en", "Mayor Anna Lind at the old bridge in Corvel, on June 20, 2020."),
    ("a list", "en", "Names, addresses, birthdays and Social Security numbers."),
    ("a call to join", "en", "Join the harbour club today and get a tenth off the crossing."),
    ("a call to imagine", "en", "Imagine a town that has lost its only bridge to the harbour."),
    ("a call to the reader", "en", "Watch the full report from the bridge in the player."),
    ("speech in a transcript", "en", "MARTIN: So the council is on the defence in the bridge affair."),
    ("a call to read on", "en", "Here's the state of the bridge as the council meets in Halven."),
    ("a heading", "en", "Closing the Old Bridge Is Wrong for Halven."),
    ("no comment", "en", "The mayor's office did not respond to a request on Tuesday."),
    ("a word to the reader", "en", "If you live below the bridge, move your car by noon on Friday."),
    ("a word to the reader in Dutch", "nl", "Als u bij de brug woont, moet de auto weg."),
    ("a note on a photo in Vietnamese", "vi", "Ảnh minh họa cây cầu cũ bắc qua sông Halven."),
    ("the source of a figure in Vietnamese", "vi", "Số xe qua cầu trong ba tháng qua - Nguồn: Sở Giao thông."),
    ("first person in Spanish", "es", "Nosotros pedimos al alcalde una respuesta."),
]
LEANS = [
    ("en", "After all, the mayor has closed one bridge before."),
    ("en", "One of those volunteers is Ann Lee, who counts the cars on the bridge."),
    ("en", "The pair said that the bridge should open by noon."),
    ("en", "In particular, the council wants to raise the bridge."),
    ("en", "A week later, the council found cracks in the bridge."),
    ("en", "In this case, the council had no choice but to close the bridge."),
    ("en", "Maybe they'd be more patient if the bridge were open."),
    ("en", "Against that, the economy has hardly grown for a year."),
    ("en", "Despite that, the council voted to close the bridge."),
    ("en", "By the end of next year it will be painted over."),
    ("en", "Within hours he was back on the bridge."),
    ("en", "For years they had waited for a bridge over the Lune."),
    ("en", "In February he declared the bridge unsafe."),
    ("en", "In 2014, it actually began to sink into the river."),
    ("en", "He added that the bridge would open on Friday."),
    ("en", "Meanwhile, the council met behind closed doors."),
    ("en", "But the council refused."),
    ("en", "The former won by two votes."),
    ("en", "It’s the third such case in a year."),
    ("en", "On Tuesday, he told reporters that the bridge was safe."),
    ("en", '"The bridge is safe," she said on Tuesday evening.'),
    ("en", "In a statement to the BBC, she called the ruling unfair."),
    ("en", "In response, the council closed the bridge."),
    ("en", "In addition to that, the council closed the harbour."),
    ("en", "In his letter, he told the council that the bridge was safe."),
    ("en", "At the end of her speech, the council closed the bridge."),
    ("en", "After they left, Mayor Smith closed the bridge."),
    ("en", '"The bridge is safe," his lawyer, Ann Lee, said on Tuesday.'),
    ("es", "Sin embargo, el alcalde se negó a responder."),
    ("de", "Außerdem soll die Brücke erneuert werden."),
    ("fr", "Par ailleurs, le maire a refusé de répondre."),
    ("it", "Tuttavia il sindaco ha rifiutato di rispondere."),
    ("pt", "Além disso, o prefeito não quis responder."),
    ("nl", "Daarnaast wil de burgemeester de brug sluiten."),
    ("vi", "Tuy nhiên, thị trưởng từ chối trả lời."),
    ("vi", "Ông cho biết cây cầu sẽ mở lại vào thứ Sáu."),
    ("ru", "Кроме того, мэр отказался отвечать."),
    ("es", "Añadió que el puente abrirá el viernes."),
    ("de", "Darüber hinaus soll die Brücke erneuert werden."),
    ("pl", "Dodał, że most zostanie otwarty w piątek."),
    ("pl", "Z kolei rada miasta odmówiła odpowiedzi."),
    ("tr", "Açıklamada, köprünün cuma günü açılacağı belirtildi."),
    ("tr", "Bu köprü cuma günü açılacak."),
    ("ar", "وأضاف أن الجسر سيفتح يوم الجمعة."),
]
STEADY = [
    ("en", "One of the volunteers, Ann Lee, counts the cars on the bridge."),
    ("en", "After all 34 councillors had resigned, the mayor closed the bridge."),
    ("en", "This week, the council voted to close the bridge."),
    ("en", "On Tuesday, Mayor Smith said he would close the bridge."),
    ("en", "On Monday it was clear that the bridge would stay closed."),
    ("en", "By the end of May, the bridge will be open and it will be painted."),
    ("en", "If the bill passes, it will close the bridge."),
    ("en", "If May is out of office, her bridge will not be built."),
    ("en", "The mayor said she would close the bridge."),
    ("en", "Then-President Obama signed the law in 2010."),
    ("en", "WHO experts will visit the harbour on Friday."),
    ("en", "In response to the flood, the council closed the bridge."),
    ("en", "Rather than close the bridge, the council raised it."),
    ("en", "In his letter on Tuesday, Mayor Smith called the bridge safe."),
    ("es", "El alcalde se negó a responder."),
    ("de", "Der Bürgermeister will die Brücke schließen."),
    ("vi", "Ông Nguyễn Văn An cho biết cây cầu sẽ mở lại."),
    ("es", "La alcaldesa añadió que el puente abrirá el viernes."),
    ("pl", "Burmistrz Anna Lis dodała, że most zostanie otwarty."),
    ("tr", "Bu yıl köprüden bin araç geçti."),
    ("ar", "أضاف رئيس البلدية أن الجسر سيفتح يوم الجمعة."),
    ("xx", "But no list says so."),
]


@pytest.mark.parametrize(("language", "text"), STANDS)
def test_a_plain_sentence_may_stand_in_a_digest(language: str, text: str) -> None:
    assert stands(text, words_of(language))


@pytest.mark.parametrize(("why", "language", "text"), FALLS)
def test_what_an_editor_would_strike_never_stands(why: str, language: str, text: str) -> None:
    assert not stands(text, words_of(language)), why


def test_a_script_without_full_stops_needs_none() -> None:
    assert stands("รัฐบาลประกาศปิดสะพานเก่าในวันอังคาร", words_of("th"), ends=False)


@pytest.mark.parametrize(("language", "text"), LEANS)
def test_a_start_in_the_air_is_seen(language: str, text: str) -> None:
    assert leans(text, words_of(language))


@pytest.mark.parametrize(("language", "text"), STEADY)
def test_a_start_that_stands_is_left_alone(language: str, text: str) -> None:
    assert not leans(text, words_of(language))


def test_a_second_victim_is_news_where_an_article_begins_with_one() -> None:
    english = words_of("en")
    assert leans("A second passenger of the ferry has died.", english)
    assert not leans("A second passenger of the ferry has died.", english, begins=True)
    assert leans("He said that a second passenger has died.", english, begins=True)


@pytest.mark.parametrize(("code", "bare"), [("en-US", "en"), ("pt_BR", "pt"), ("VI", "vi"), (None, "")])
def test_a_language_code_is_taken_bare(code: str | None, bare: str) -> None:
    assert language_of(code) == bare
