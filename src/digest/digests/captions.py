"""Whether a sentence is the caption of a photo that stands in the text of its article."""

import re

# Its date, written out at the end behind a weekday or a place, and no "on" between.
_DATED = re.compile(
    """
      day,?[ ] [A-Z][a-z]{2,8}\\.?[ ] \\d{1,2},[ ] \\d{4} (?:,[ ] (?:in|at|near)[ ] [A-Z][^.]{2,60})? \\.$
    | \\b(?:in|at|near|outside|aboard)[ ] [A-Z][^,]{2,60}, (?:[ ] [A-Z][^,]{1,30},){0,2}[ ]
      (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\\.?[ ] \\d{1,2},[ ] \\d{4} \\.$
    """,
    re.VERBOSE,
)
_END = 72  # characters that hold the year of such an end
# Who stands where in it: "(L)", while "(R)" alone is a party; "Reed, left, and".
_SIDE = re.compile(
    "\\((?:C|L|left|right|center)\\)|(?:\\b[A-Z][\\w.'’-]*|\\)), (?:far )?(?:left|right|center|centre), [a-z(]"
)
_SIDES = ("left", "right", "cent", "(C)", "(L)")
_PICTURE = re.compile(
    "\\b(?:file|handout|undated) (?:photo|picture|image)|\\b(?:photo|picture) illustration|[,(] ?pictured\\b"
)
_CREDIT = re.compile(
    "Getty Images|\\bAP Photo |^(?:Image|Photo) (?:[Tt]he|[Aa]n?|[Cc]opyright|[Cc]aption|[Cc]redit|[Ss]ource)\\b"
)
# What somebody is seen to do, in the present tense: always a caption, or where a date says that it is past.
_SUBJECT = re.compile(
    """
      (?!(?:After|Although|As|Because|Before|If|Once|Since|Though|Until|When|Where|While)\\b|\\S+[ ]talks\\b)
      (?: (?:[A-Z][\\w.'’-]*|presidential|candidate|nominee|former),?[ ] ){1,9} (?:\\([^()]*\\),?[ ])?
      (?: (?:of|for|the|from|and)[ ] (?:[A-Z][\\w.'’-]*,?[ ])+ )? (?P<verb>[a-z]+)[ ](?P<next>[a-z]+)
    """,
    re.VERBOSE,
)
_SEEN = frozenset("speaks talks listens gestures poses waves smiles pauses laughs walks".split())
_SEEN_TO = frozenset("across after along as at before during for from in into off on out outside past to with".split())
_SEEN_THEN = _SEEN | frozenset(
    """addresses answers applauds arrives attends boards delivers departs displays embraces greets holds hugs introduces
    joins leads leaves listen looks makes marches meets participates poses prays rallies reacts rides salutes shakes
    signs sits speak stands talk testifies visits walk watches wears""".split()
)
_THEN = re.compile(
    "\\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\\.? \\d{1,2}, "
    "(?:\\d{4}\\b|(?:after|as|at|before|during|following|in|near)\\b)"
)


def is_caption(text: str) -> bool:
    """Whether a sentence in English is a caption or begins with one.  What most sentences lack is looked for first."""
    seen = _SUBJECT.match(text)
    if seen and (
        (seen["verb"] in _SEEN and seen["next"] in _SEEN_TO) or (seen["verb"] in _SEEN_THEN and _THEN.search(text))
    ):
        return True
    return bool(
        (", 20" in text[-_END:] and _DATED.search(text))
        or (any(side in text for side in _SIDES) and _SIDE.search(text))
        or (("Image" in text or "Photo " in text) and _CREDIT.search(text))
        or ((" photo" in text or " picture" in text or " image" in text) and _PICTURE.search(text))
    )
