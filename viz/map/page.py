"""One HTML file that works alone: everything is inlined, and its policy forbids the browser to load anything."""

from __future__ import annotations

import base64
import hashlib
import json
from importlib import resources
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

SCRIPTS = ("core", "state", "scene", "captions", "filters", "search", "panel", "grid", "matrix", "start")
"""Parts of the page's script, in the order in which they are joined."""


def json_block(value: Any) -> str:
    r"""Return `value` as JSON that is safe inside a script element: no ``<``, ``>`` or ``&``, no line separators.

    Examples
    --------
    >>> json_block("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def vis_network() -> str:
    """Return the script of vis-network as pyvis bundles it.

    Its style sheet is left out: it styles only the navigation, manipulation and configuration boxes, all switched off.
    """
    return _text("pyvis", "lib", "vis-9.1.2", "vis-network.min.js")


def render_page(name: str, data: Any, **values: Any) -> str:
    """Render the page template `name` with its style, scripts and data inlined.

    The policy allows exactly the inlined style and scripts, by their digests, and images made by the page itself.
    """
    style = _template(f"{name}.css")
    library = vis_network()
    body = "\n".join(_template(f"{part}.js") for part in SCRIPTS)
    script = f'(() => {{\n"use strict";\n{body}\n}})();'
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
        script=Markup(script),  # noqa: S704 -- our own files
        data=Markup(json_block(data)),  # noqa: S704 -- escaped by json_block
        **values,
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _template(*parts: str) -> str:
    return _text("tsunagari.viz.map", "templates", *parts)


def _text(package: str, *parts: str) -> str:
    # A browser reads CR LF as LF before it takes the digest, so a checkout with CR LF must not change it.
    return resources.files(package).joinpath(*parts).read_text(encoding="utf-8").replace("\r\n", "\n")
