"""Languages: their codes, and the names and other codes that people write in their place."""

import difflib
import re
from collections.abc import Mapping

# ISO 639-1, each with its English name.
_NAMES = """
aa afar ab abkhazian ae avestan af afrikaans ak akan am amharic an aragonese ar arabic as assamese av avaric ay
aymara az azerbaijani ba bashkir be belarusian bg bulgarian bi bislama bm bambara bn bengali bo tibetan br breton bs
bosnian ca catalan ce chechen ch chamorro co corsican cr cree cs czech cu church-slavic cv chuvash cy welsh da
danish de german dv maldivian dz dzongkha ee ewe el greek en english eo esperanto es spanish et estonian eu basque
fa persian ff fula fi finnish fj fijian fo faroese fr french fy frisian ga irish gd scottish-gaelic gl galician gn
guarani gu gujarati gv manx ha hausa he hebrew hi hindi ho hiri-motu hr croatian ht haitian-creole hu hungarian hy
armenian hz herero ia interlingua id indonesian ie interlingue ig igbo ii sichuan-yi ik inupiaq io ido is icelandic
it italian iu inuktitut ja japanese jv javanese ka georgian kg kongo ki kikuyu kj kuanyama kk kazakh kl greenlandic
km khmer kn kannada ko korean kr kanuri ks kashmiri ku kurdish kv komi kw cornish ky kyrgyz la latin lb
luxembourgish lg ganda li limburgish ln lingala lo lao lt lithuanian lu luba-katanga lv latvian mg malagasy mh
marshallese mi maori mk macedonian ml malayalam mn mongolian mr marathi ms malay mt maltese my burmese na nauru nb
bokmal nd north-ndebele ne nepali ng ndonga nl dutch nn nynorsk no norwegian nr south-ndebele nv navajo ny nyanja oc
occitan oj ojibwa om oromo or odia os ossetic pa punjabi pi pali pl polish ps pashto pt portuguese qu quechua rm
romansh rn rundi ro romanian ru russian rw kinyarwanda sa sanskrit sc sardinian sd sindhi se northern-sami sg sango
sh serbo-croatian si sinhala sk slovak sl slovenian sm samoan sn shona so somali sq albanian sr serbian ss swati st
southern-sotho su sundanese sv swedish sw swahili ta tamil te telugu tg tajik th thai ti tigrinya tk turkmen tl
tagalog tn tswana to tongan tr turkish ts tsonga tt tatar tw twi ty tahitian ug uyghur uk ukrainian ur urdu uz uzbek
ve venda vi vietnamese vo volapuk wa walloon wo wolof xh xhosa yi yiddish yo yoruba za zhuang zh chinese zu zulu
"""
_CODES: Mapping[str, str] = dict(zip(_NAMES.split()[::2], _NAMES.split()[1::2], strict=True))
# ISO 639-2 and names of their own, of the languages that most news is in.
_OTHERS = {
    "eng": "en", "deutsch": "de", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it",
    "por": "pt", "nld": "nl", "rus": "ru", "pol": "pl", "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko",
    "tur": "tr", "vie": "vi", "ukr": "uk", "hin": "hi", "swe": "sv", "ind": "id", "ell": "el",
}  # fmt: skip
_BY_WORD: Mapping[str, str] = {**{name: code for code, name in _CODES.items()}, **_OTHERS}
_TAG = re.compile(r"([a-z]{2,3})(?:-[A-Za-z0-9]{2,8})*")


def language_code(value: str | None) -> str | None:
    """ "en" for "en-US", "EN", "English" or "eng"; None for what is no language."""
    if not value:
        return None
    word = value.replace("_", "-").split("-")[0].strip().lower()
    known = _BY_WORD.get(word, word)
    return known if len(known) in (2, 3) and known.isascii() and known.isalpha() and known != "und" else None


def base_language(language: str | None) -> str:
    """ "pt" for "pt-BR": a language whatever its region; "" where none is known."""
    return (language or "").split("-")[0].split("_")[0].lower()


def wrong_code(value: str) -> str | None:
    """What is wrong with a language's code, in a sentence that names the closest right one; None for a right one.

    Right are the codes of ISO 639-1 and, for other languages, any of three letters, each also with a region ("pt-BR").
    """
    if (tag := _TAG.fullmatch(value)) and (tag[1] in _CODES or (len(tag[1]) == 3 and tag[1] not in _OTHERS)):
        return None
    word = value.strip().lower()
    words = {**_BY_WORD, **{code: code for code in _CODES}}
    close = difflib.get_close_matches(re.split("[-_ ]", word)[0], words, n=1) or difflib.get_close_matches(word, words)
    return f"Did you mean {words[close[0]]!r}?" if close else "Write a code of ISO 639-1: 'en', 'de', 'pt-BR', ..."
