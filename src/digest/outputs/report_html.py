"""A report as one HTML page that fetches nothing."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from digest.outputs.report_views import View


def html_page(view: View) -> Iterator[str]:
    """The page in chunks.  It holds no script, and its own policy forbids every request."""
    yield from _template("report.html.jinja").generate(view=view)


@cache
def _template(name: str) -> Any:
    """A template of the package; what it is given is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # slow to import, and only a report needs it

    environment = Environment(
        loader=PackageLoader("digest.outputs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
