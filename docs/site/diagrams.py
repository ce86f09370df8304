"""Mermaid diagrams as pictures, drawn while the site is made: no script, no network.

A drawing costs seconds, so it is kept by the hash of what it was drawn from.
"""

import hashlib
import os
from pathlib import Path
from typing import Any

import mermaidx
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

_CACHE = Path(os.environ.get("JOINEDUP_CACHE_DIR", ".cache")) / "diagrams"
_OUT = "_images"


class Mermaid(SphinxDirective):
    """Draw the diagram; its words stay beside it for who does not see it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        told = "\n".join(self.content)
        name = f"{hashlib.sha256(told.encode()).hexdigest()[:20]}.svg"
        folder = Path(self.env.app.outdir) / _OUT
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(_drawn(told, name))
        up = "../" * self.env.docname.count("/")
        words = nodes.literal_block(told, told, language="text")
        picture = nodes.raw(
            "",
            f'<img class="diagram" src="{up}{_OUT}/{name}" alt="Diagram; its text'
            ' follows." /><details class="diagram-text"><summary>The diagram as'
            " text</summary>",
            format="html",
        )
        return [picture, words, nodes.raw("", "</details>", format="html")]


def _drawn(told: str, name: str) -> bytes:
    kept = _CACHE / name
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        diagram = mermaidx.Diagram(told)
        kept.write_text(diagram.svg(), "utf-8")
    return kept.read_bytes()


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("mermaid", Mermaid)
    return {"parallel_read_safe": True}
