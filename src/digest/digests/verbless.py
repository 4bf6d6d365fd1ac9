"""Whether a sentence has no verb: a caption, a heading or a list that ends in a full stop.

There is no tagger in the package: a word that ends in -ed or -s may be a verb, and so may those of a list; where none
of them stands, there is none.
"""

import re

from digest.digests.words import Words

# The endings of verbs, and of the plurals that may have one without an ending: "walked", "walks", "bridges fall".
_VERBAL = re.compile("\\b[a-z][a-z-]*ed\\b|[a-z](?<![iu])s\\b(?<!\\bthis)(?<!['’]s)|n['’]t\\b|['’](?:re|ve|ll|d|m)\\b")
_LIST = re.compile(
    "(?:(?:[\\w-]+ ){0,2}[\\w-]+s, )+(?:[\\w-]+ ){0,2}[\\w-]+s,? (?:and|or) (?:[\\w-]+ ){0,3}[\\w-]+s\\."
)
_WORD = re.compile("[A-Za-z][\\w'-]*")


def is_verbless(text: str, words: Words) -> bool:
    """Whether no word of a sentence is or may be a verb, or whether all of it is a list: "Names and numbers."."""
    if not words.verbs or "ed " in text or not words.verbs.isdisjoint(text.split()):
        return False  # as nearly all end here
    if _LIST.fullmatch(text):
        return True
    if " and " in text or _VERBAL.search(text):  # Behind "and" a verb may have no ending.
        return False
    return words.verbs.isdisjoint(word.lower() for word in _WORD.findall(text.replace("’", "'")))
