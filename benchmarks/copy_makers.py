"""Ways in which a copy of an article comes to differ from it: each a function of a text and a seeded generator.

They imitate what scanners, editors, web pages, translators and other outlets do.  `translated` is no translation: it
replaces words by others of the same sense, moves attributions and phrases of time, and drops or adds little words, as
a text does that went through another language; a real one changes more in some sentences and less in others.
"""

import html
import random
import re
import unicodedata
from collections.abc import Callable

Maker = Callable[[str, random.Random], str]

_CONFUSED = dict(pair.split(":") for pair in "m:rn rn:m l:1 I:l O:0 e:c c:e h:b fi:f1 S:5 cl:d d:cl nn:m u:ii".split())
_SENSES = """
said:stated says:states told:informed big:large large:big began:started started:began ended:finished help:aid
show:demonstrate shows:demonstrates showed:demonstrated many:numerous however:nevertheless but:yet also:likewise
about:approximately near:close last:past next:coming kill:murder killed:slain car:vehicle cars:vehicles
people:persons children:kids buy:purchase bought:purchased sell:market called:named asked:requested want:wish
wants:wishes wanted:wished job:position jobs:positions money:funds chief:head leader:head leaders:heads
attack:assault attacks:assaults plan:scheme plans:schemes law:statute laws:statutes court:tribunal vote:ballot
votes:ballots win:victory won:gained lost:forfeited important:significant new:novel old:former good:fine
bad:poor hard:difficult quick:rapid quickly:rapidly while:whereas because:since although:though several:various
every:each make:create made:created making:creating use:employ used:employed using:employing try:attempt
tried:attempted trying:attempting need:require needs:requires needed:required get:obtain got:obtained
give:provide gave:provided given:provided keep:retain kept:retained put:placed think:believe thinks:believes
thought:believed know:understand see:observe saw:observed seen:observed look:glance find:discover
found:discovered work:labour working:labouring house:home home:house country:nation countries:nations
government:administration month:four-week_period police:officers fight:struggle fighting:struggling
end:conclusion part:portion group:body groups:bodies report:account reports:accounts reported:related
problem:difficulty problems:difficulties question:query questions:queries only:merely still:even_now
already:by_now often:frequently never:at_no_time must:has_to should:ought_to can:is_able_to could:was_able_to
may:might before:prior_to after:following during:in_the_course_of against:opposed_to between:among
"""
_SENSE = {a: b.replace("_", " ") for a, b in (pair.split(":") for pair in _SENSES.split())}
# Stand for the many words of the same sense that no short list holds.
_STRANGE = """arrangement respective considerably undertaken proceeding measure circumstance altogether accordingly
component execution intention situation expression principal remaining conducted evidently domain consequently"""
_SPELLED = "zero one two three four five six seven eight nine ten".split()
_BRITISH = {"percent": "per cent", "program": "programme", "center": "centre", "defense": "defence", "labor": "labour"}
_BRITISH |= {"color": "colour", "toward": "towards", "organization": "organisation", "favor": "favour", "gray": "grey"}
_FURNITURE = (
    "Read more: The five things to know this morning",
    "Sign up for our newsletter and never miss a story.",
    "Advertisement. Story continues below.",
    "Follow us on Facebook and Twitter for more news.",
    "This story is available to subscribers. Thank you for supporting local journalism.",
    "Copyright. All rights reserved. This material may not be published, broadcast or rewritten.",
    "Get breaking news alerts and special reports. The news and stories that matter, delivered weekday mornings.",
    "Share this article: Facebook, Twitter, e-mail, print. Comments (0). Log in to leave a comment.",
)
_LOCAL = (
    "Here in {city}, where the paper was printed that evening, few had heard of it before the weekend.",
    "The {city} office of the state's senior senator did not return a call by the time of going to press.",
    "Residents of {city} who were asked in the square had mixed feelings, and most preferred to talk about snow.",
    "A meeting is planned in the hall of {city} High School, where neighbours will be able to put their questions.",
)
_CITIES = "Amberfield Brookhaven Cutler Dunmore Larkin Fairview".split()


def paragraphs(text: str) -> list[str]:
    return [p.strip() for p in re.split(r"\n+", text) if p.strip()]


def scanned(text: str, chance: random.Random) -> str:
    """Letters confused, words broken at the line's end and not joined again, spaces lost."""
    rate = chance.choice((0.005, 0.01, 0.02, 0.04))
    out: list[str] = []
    for word in text.split(" "):
        read = word
        for right, wrong in _CONFUSED.items():
            if right in read and chance.random() < rate * 2:
                read = read.replace(right, wrong, 1)
        if len(read) > 7 and chance.random() < 0.03:
            read = read[: len(read) // 2] + "- " + read[len(read) // 2 :]
        out += (read, "" if chance.random() < rate else " ")
    return "".join(out).strip()


def translated(text: str, chance: random.Random) -> str:
    """Other words of the same sense, clauses in another order."""
    return "\n\n".join(" ".join(_rephrase(s, chance) for s in re.split(r"(?<=[.!?]) +", p)) for p in paragraphs(text))


def _rephrase(sentence: str, chance: random.Random) -> str:
    attributed = re.fullmatch(r"(.{30,}), ([^,“”\"]{3,40} (?:said|says))\.", sentence)
    if attributed and chance.random() < 0.5:
        sentence = f"{attributed[2]} that {attributed[1]}."
    timed = re.fullmatch(r"(.{30,}) ((?:on|last|this) \w+day)\.", sentence)
    if timed and chance.random() < 0.5:
        sentence = f"{timed[2].capitalize()}, {timed[1]}."
    head, comma, tail = sentence.partition(", ")
    if comma and len(tail) > 30 and tail.endswith(".") and chance.random() < 0.2:
        sentence = f"{tail[:-1]}, {head}."
    return " ".join(filter(None, (_other_word(word, chance) for word in sentence.split(" "))))


def _other_word(word: str, chance: random.Random) -> str:
    bare = word.strip(".,;:")
    if bare in _SENSE and chance.random() < 0.8:
        return word.replace(bare, _SENSE[bare])
    if bare in ("the", "a", "that", "very", "just", "of", "in", "to") and chance.random() < 0.2:
        return chance.choice(("", "the", "this", "at", "for"))
    if len(bare) > 4 and bare.isalpha() and bare.islower() and chance.random() < 0.12:
        return word.replace(bare, chance.choice(_STRANGE.split()))
    return word


def rewritten(text: str, chance: random.Random) -> str:
    """One sentence in seven left out, of the words one in twelve, and one in twelve replaced."""
    out = []
    for paragraph in paragraphs(text):
        kept = [s for s in re.split(r"(?<=[.!?]) +", paragraph) if chance.random() > 0.14]
        words = [w for s in kept for w in s.split(" ") if chance.random() > 0.08]
        out.append(
            " ".join(chance.choice(_STRANGE.split()) if w.islower() and chance.random() < 0.1 else w for w in words)
        )
    return "\n\n".join(p for p in out if p)


def cut(text: str, chance: random.Random) -> str:
    """The first paragraphs alone."""
    parts = paragraphs(text)
    wanted, words = chance.uniform(0.35, 0.75) * len(text.split()), 0
    for n, part in enumerate(parts, 1):
        words += len(part.split())
        if words >= max(40, wanted):
            return "\n\n".join(parts[:n])
    return text


def trimmed_middle(text: str, chance: random.Random) -> str:
    """Every third paragraph left out."""
    parts, first = paragraphs(text), chance.randrange(3)
    return "\n\n".join(p for n, p in enumerate(parts) if len(parts) < 3 or n % 3 != first)


def with_furniture(text: str, chance: random.Random) -> str:
    """Lines of the page around and between the paragraphs."""
    parts = paragraphs(text)
    for line in chance.sample(_FURNITURE, chance.randint(2, 6)):
        parts.insert(chance.randint(0, len(parts)), line)
    return "\n\n".join(parts)


def with_markup(text: str, chance: random.Random) -> str:
    """Tags and entities that a bad conversion leaves."""
    parts = []
    for part in paragraphs(text):
        escaped = html.escape(part).replace("“", "&ldquo;").replace("”", "&rdquo;").replace("’", "&rsquo;")
        words = "".join(w + ("&nbsp;" if chance.random() < 0.08 else " ") for w in escaped.split(" "))
        parts.append(chance.choice(('<p class="body">{}</p>', "<p>{}</p><br/>", "{}<br>")).format(words.strip()))
    return "\n".join(parts)


def in_capitals(text: str, _: random.Random) -> str:
    return text.upper()


def in_small_letters(text: str, _: random.Random) -> str:
    return text.lower()


def other_quotes(text: str, chance: random.Random) -> str:
    """Straight quotes for curly ones or the other way round; other dashes; dots."""
    if chance.random() < 0.5:
        for curly, straight in {"“": '"', "”": '"', "‘": "'", "’": "'", "—": "--", "–": "-", "…": "..."}.items():
            text = text.replace(curly, straight)
        return text
    text = re.sub(r'"([^"\n]*)"', r"«\1»", text.replace("“", '"').replace("”", '"'))
    return text.replace("’", "'").replace("'", "’").replace(" -- ", " — ").replace("...", "…")


def other_unicode(text: str, chance: random.Random) -> str:
    """Decomposed letters, soft hyphens, spaces of no width and of other widths, ligatures."""
    text = unicodedata.normalize("NFD", text).replace("fi", "ﬁ").replace("fl", "ﬂ")
    words = []
    for word in text.split(" "):
        soft = "\u00ad" if len(word) > 8 and chance.random() < 0.15 else ""
        words.append(word[:4] + soft + word[4:] + ("\u200b" if chance.random() < 0.05 else ""))
    return "".join(w + chance.choice((" ", " ", " ", "\u00a0", "\u2009")) for w in words).strip()


def house_style(text: str, chance: random.Random) -> str:
    """British spelling, small numbers in words, titles shortened, attributions in the present."""
    for american, british in _BRITISH.items():
        text = re.sub(rf"\b{american}\b", british, text)
    text = re.sub(r"(?<![\d.,$])\b([2-9]|10)\b(?![\d.,%])", lambda m: _SPELLED[int(m[1])], text)
    text = re.sub(r"\b(Mr|Mrs|Ms|Dr)\. ", r"\1 ", text)
    return re.sub(r"\bsaid\b", lambda m: "says" if chance.random() < 0.7 else m[0], text)


def hard_wrapped(text: str, chance: random.Random) -> str:
    """Lines of 60 characters, long words divided at their ends."""
    lines, line = [], ""
    for word in " ".join(paragraphs(text)).split(" "):
        if len(line) + len(word) > 60:
            if len(word) > 8 and chance.random() < 0.5:
                lines.append(f"{line}{word[:4]}-")
                line = word[4:] + " "
                continue
            lines.append(line.strip())
            line = ""
        line += word + " "
    return "\n".join([*lines, line.strip()])


def with_local_insert(text: str, chance: random.Random) -> str:
    """Most paragraphs, with two of a local reporter between."""
    parts, city = paragraphs(text), chance.choice(_CITIES)
    if len(parts) > 7:
        parts.pop(chance.randrange(2, len(parts)))
    at = chance.randint(1, len(parts))
    return "\n\n".join([*parts[:at], *(p.format(city=city) for p in chance.sample(_LOCAL, 2)), *parts[at:]])


def shuffled(text: str, chance: random.Random) -> str:
    parts = paragraphs(text)
    return "\n\n".join(chance.sample(parts, len(parts)))


def rebylined(text: str, chance: random.Random) -> str:
    """Another dateline and byline, a credit at the end."""
    city, agency = chance.choice(_CITIES), chance.choice(("AP", "Reuters", "AFP"))
    first, *others = paragraphs(text)
    first = re.sub(r"^[A-Z][A-Z. ,]{3,30}(?:\([A-Za-z ]+\))? ?[—–-]+ ", "", first)
    return "\n\n".join(
        ["By Dana Whitlock, Staff Writer", f"{city.upper()} ({agency}) — {first}", *others, f"{agency}."]
    )


def chained(*makers: Maker) -> Maker:
    """One after another."""

    def all_of(text: str, chance: random.Random) -> str:
        for maker in makers:
            text = maker(text, chance)
        return text

    return all_of


MAKERS: dict[str, Maker] = {
    "scanned": scanned,
    "translated": translated,
    "rewritten": rewritten,
    "cut": cut,
    "middle trimmed": trimmed_middle,
    "page furniture": with_furniture,
    "markup left": with_markup,
    "in capitals": in_capitals,
    "in small letters": in_small_letters,
    "other quotes": other_quotes,
    "other Unicode": other_unicode,
    "house style": house_style,
    "hard-wrapped": hard_wrapped,
    "local insert": with_local_insert,
    "shuffled": shuffled,
    "rebylined": rebylined,
    "cut and scanned": chained(cut, scanned),
    "capitals and markup": chained(in_capitals, with_markup),
    "cut, rebylined, furniture": chained(cut, rebylined, with_furniture),
    "translated and cut": chained(translated, cut),
}
