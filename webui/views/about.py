"""`/about`, `/privacy`, `/disclaimer`: what a site says of itself, in Markdown files that the configuration names, else
from what it knows."""

from pathlib import Path

from flask import Blueprint, current_app, render_template
from markupsafe import Markup

from webui import markup
from webui.holder import archive, settings

blueprint = Blueprint("about", __name__)


@blueprint.get("/<any(about, privacy, disclaimer):name>")
def page(name: str) -> str:
    """One of these pages."""
    text = _written(getattr(settings().web, name))
    stats = archive().stats() if name == "about" and text is None else None
    return render_template("about.html", name=name, text=text, stats=stats, access=settings().access, follow=True)


def _written(file: str) -> Markup | None:
    """The page as its file has it; None where there is no such file, or it cannot be read."""
    if not file:
        return None
    try:
        return markup.markdown(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        current_app.logger.error(  # noqa: TRY400  # the traceback says no more
            "[web] a page of the site cannot be read: %s: %s", file, error
        )
        return None
