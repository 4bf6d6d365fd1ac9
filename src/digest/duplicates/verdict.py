"""Is one article a copy of the other?  Enough shared text, and no sign that the same words tell another event.

True copies differ by cuts, added lines and small changes of wording.  Look-alikes (yesterday's and today's weather,
two quarters' earnings, a refilled template, an update) differ where figures and names stand.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from digest.duplicates.alignment import Alignment, Keyed, align
from digest.duplicates.changes import Lexicon, find_changes, mend
from digest.duplicates.texts import ORDINARY, Text
from digest.similarity import Bool
from digest.tokens import Int32

Contradiction = Literal["other day", "other headline", "other opening", "other figures or names"]
Reason = Literal["copy", "little shared", "same notice"] | Contradiction

LEAST_OVERLAP = 0.4  # the share of the shorter article's words
LEAST_OVERLAP_SHORT = 0.8  # short articles of one kind share more than half by their set phrases
LEAST_OVERLAP_SAME_FACTS = 0.7  # nearly all names and figures of the short article stand in the other
LEAST_ALONGSIDE = 0.8  # two reports of one event that share quotes reach 0.7
SHORT = 100  # words
LEAST_WHOLE = 0.95  # alongside: from here on the longer article holds the whole shorter one
LEAST_MENDED = 0.2  # of the shorter article: with less in common nobody asks what a scanner did
LEAST_WORDS = 20  # shorter articles are copies only if they and their headlines have the same words
MOST_DAYS = 3  # between a short article and its copy: the same few words a week later are the next one of a series
_OPENING = 25  # words
_LEAST_NEW = 0.7  # of the opening
_LEAST_FACTS = 2
_FACTS_OF_NOTICE = 6
_FACTS_OF_REPORT = 5
_SAME_FACTS = 0.9
_TELLING_CHANGES = 0.2  # the share of changed figures and names that an edited copy does not reach
_FIGURE_CHANGES = 0.5  # of figures alone, which are few
_FEW_FIGURES = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article as copies are judged by.

    mentions: the terms of all its rows, page furniture too, ascending; day: of its publication, counted from any one,
    None where it is not known.
    """

    body: Keyed
    title: Text
    mentions: Int32
    day: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision about two articles.  `overlap`: of the shorter one's words, 0 to 1."""

    reason: Reason
    overlap: float
    alignment: Alignment

    @property
    def is_copy(self) -> bool:
        return self.reason == "copy"


def judge(one: Candidate, other: Candidate, lexicon: Lexicon) -> Verdict:
    """Decides about two articles; the order does not matter."""
    alignment = align(one.body, other.body)
    if LEAST_MENDED <= alignment.overlap < 1:
        alignment = mend(alignment, lexicon)
    overlap = alignment.overlap
    return Verdict(_reason(one, other, alignment, overlap, lexicon), overlap, alignment)


def _reason(one: Candidate, other: Candidate, alignment: Alignment, overlap: float, lexicon: Lexicon) -> Reason:
    length = len(alignment.shorter)
    if length < LEAST_WORDS or overlap < _least_overlap(one, other, alignment):
        return "little shared"
    alongside = alignment.alongside
    if _share(alongside[0]) < LEAST_ALONGSIDE:
        return "little shared"
    if length < SHORT and is_notice(one, other, lexicon):
        return "same notice"
    return _contradiction(one, other, alignment, alongside, lexicon) or "copy"


def _least_overlap(one: Candidate, other: Candidate, alignment: Alignment) -> float:
    """How much of the shorter article both must hold."""
    if len(alignment.shorter) >= SHORT:
        return LEAST_OVERLAP
    facts = np.unique(alignment.shorter.ids[alignment.shorter.shapes != ORDINARY])
    longer = other if alignment.shorter is one.body.text else one
    known = np.count_nonzero(np.isin(facts, longer.mentions))
    if len(facts) >= _FACTS_OF_REPORT and known >= _SAME_FACTS * len(facts):
        return LEAST_OVERLAP_SAME_FACTS
    return LEAST_OVERLAP_SHORT


def _share(words: Bool) -> float:
    return float(np.round(np.mean(words), 6))


def _contradiction(
    one: Candidate, other: Candidate, alignment: Alignment, alongside: tuple[Bool, Bool], lexicon: Lexicon
) -> Contradiction | None:
    """The first sign that two articles that share their words tell two events, or two days of one."""
    shorter, longer = (one, other) if alignment.shorter is one.body.text else (other, one)
    apart = are_days_apart(one, other)
    if apart and len(alignment.shorter) < SHORT:
        return "other day"
    if _missing_from_title(one, other) and _missing_from_title(other, one):
        return "other headline"
    holds_whole = _share(alongside[0]) >= LEAST_WHOLE
    if _opens_with_news(shorter, alongside[0], longer, lexicon) or (
        not holds_whole and _opens_with_news(longer, alongside[1], shorter, lexicon)
    ):
        return "other opening"
    return "other figures or names" if _tells_of_another(alignment, lexicon, apart) else None


def have_same_words(one: Candidate, other: Candidate, lexicon: Lexicon) -> bool:
    """Whether two articles are exact copies."""
    body, length = one.body.text.ids, len(one.body.text)
    if not length or not np.array_equal(body, other.body.text.ids):
        return False
    if length < SHORT and are_days_apart(one, other):
        return False
    if length < LEAST_WORDS:
        return np.array_equal(one.title.ids, other.title.ids)
    return length >= SHORT or not is_notice(one, other, lexicon)


def is_notice(one: Candidate, other: Candidate, lexicon: Lexicon) -> bool:
    """Two headlines of which nothing stands in the text nor in each other, over a text with hardly a name or figure:
    the text is a site's notice."""
    texts = [c.body.text for c in (one, other)]
    if max(len(np.unique(text.ids[text.shapes != ORDINARY])) for text in texts) > _FACTS_OF_NOTICE:
        return False
    titles = [{t for t in c.title.ids.tolist() if len(lexicon.words[t]) > 3} for c in (one, other)]
    bodies = [set(text.ids.tolist()) for text in texts]
    return bool(titles[0] and titles[1]) and not (titles[0] & (bodies[0] | titles[1]) or titles[1] & bodies[1])


def _missing_from_title(one: Candidate, other: Candidate) -> bool:
    """Whether the headline of one gives a name or figure of its text that the other never mentions."""
    if not len(one.title):
        return False
    body = one.body.text
    candidates = np.setdiff1d(one.title.ids, other.mentions)
    return bool(np.isin(body.ids[body.shapes != ORDINARY], candidates).any())


def are_days_apart(one: Candidate, other: Candidate) -> bool:
    return one.day is not None and other.day is not None and abs(one.day - other.day) > MOST_DAYS


def _opens_with_news(one: Candidate, alongside: Bool, other: Candidate, lexicon: Lexicon) -> bool:
    """Whether an article opens with a passage of its own that gives names or figures which the other never mentions.

    What is new comes first: so opens an update, a live page an hour later, a comment on a report that it quotes.
    """
    text, new = one.body.text, ~alongside[:_OPENING]
    if np.round(np.mean(new), 6) < _LEAST_NEW:
        return False
    credited = np.flatnonzero(np.isin(text.ids[:_OPENING], list(lexicon.credits)))
    new[: credited[-1] + 1 if len(credited) else 0] = False  # a byline or dateline
    facts = text.ids[:_OPENING][new & (text.shapes[:_OPENING] != ORDINARY)]
    return len(np.setdiff1d(facts, other.mentions)) >= _LEAST_FACTS


def _tells_of_another(alignment: Alignment, lexicon: Lexicon, apart: bool) -> bool:
    """Whether the differences fall on figures and names.

    They do when most changes are a figure or name for another (in articles days apart: any of them), or when figures
    and names changed more than twice as often as other words (in an edited or badly scanned copy they change as often,
    or less).
    """
    a, changes = alignment.shorter, find_changes(alignment, lexicon)
    aimed = sum(change.is_telling for change in changes)
    if aimed and (apart or (2 * aimed >= len(changes) and (aimed > 1 or len(a) < SHORT))):
        return True
    ordinary, names, figures = np.bincount(a.shapes[alignment.shared[0]], minlength=3).tolist()
    new_figures = sum(change.figures for change in changes)
    new_names = sum(change.names for change in changes)
    new_ordinary = sum(change.ordinary for change in changes)
    usual = 2 * new_ordinary / max(1, new_ordinary + ordinary)
    telling = new_names + new_figures
    return telling > max(_TELLING_CHANGES, usual) * (telling + names + figures) or (
        new_figures >= _FEW_FIGURES and new_figures > max(_FIGURE_CHANGES, usual) * (new_figures + figures)
    )
