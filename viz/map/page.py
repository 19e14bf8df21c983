"""One HTML file that works alone: everything is inlined, and its policy forbids the browser to load anything."""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from tsunagari.viz.look.compressed import data_block


def vis_network() -> str:
    """Return the script of vis-network that the page brings; its licences stand beside it in the package."""
    return _template("vis-network.js")


def render_page(data: Any, **values: Any) -> str:
    """Render the page with its style, scripts and data inlined.

    The policy allows exactly the inlined style and scripts, by their digests, and images made by the page itself.
    """
    style, library, script = _template("map.css"), vis_network(), _template("map.js")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_digest(library)} {_digest(script)}",
            f"style-src {_digest(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    template = Environment(autoescape=True).from_string(_template("page.html"))
    return template.render(
        policy=Markup(policy),  # noqa: S704 -- made here, holds no value from a source
        style=Markup(style),  # noqa: S704 -- our own file
        library=Markup(library),  # noqa: S704 -- the library's own file
        script=Markup(script),  # noqa: S704 -- made from our own files
        data=data_block(data),
        **values,
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _template(name: str) -> str:
    # A browser reads CR LF as LF before it takes the digest, so a checkout with CR LF must not change it.
    text = resources.files("tsunagari.viz.map").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")
