"""Which articles are comment: an opinion piece says what its author thinks of the news, in the voice of a report."""

import functools
import re

from digest.digests.words import read_table


def is_comment(title: str, url: str | None) -> bool:
    """Whether an article's title ("Opinion: ...") or the path of its address (/opinion/) says so."""
    named, filed = _patterns()
    return named.match(title) is not None or (url is not None and filed.search(url) is not None)


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = read_table("titles.toml")["comment"]
    label, folder = ("|".join(table[key]) for key in ("labels", "folders"))
    return (
        re.compile(f"\\W*(?:{label})\\s*[:|–—]", re.IGNORECASE),
        re.compile(f"(?:/(?:{folder})/|//(?:{folder})\\.)", re.IGNORECASE),
    )
