"""Reads the links of Markdown files as a repository's pages would follow them.

Addresses elsewhere are not asked: whether they answer is no fact about this tree.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark").enable("table")
# What is said in code marks and begins like this is a place in the tree.
_PLACE = re.compile(r"(services|shared/src|tests|docs|deploy)/[\w./-]+")
_SKIPPED = {".venv", ".run", ".cache", "node_modules", "dist", "test-results"}


def pages(root: Path) -> list[Path]:
    return sorted(
        page
        for page in root.rglob("*.md")
        if not _SKIPPED.intersection(page.relative_to(root).parts)
    )


def broken(root: Path) -> list[str]:
    """Say of every link that leads nowhere in which page and line it stands."""
    return [
        f"{page.relative_to(root)}:{line}: {target}"
        for page in pages(root)
        for line, target in _targets(page)
        if not _leads_somewhere(root, page, target)
    ]


def _targets(page: Path) -> Iterator[tuple[int, str]]:
    for token in _PARSER.parse(page.read_text("utf-8")):
        line = token.map[0] + 1 if token.map else 0
        for child in token.children or ():
            for target in _of(child):
                yield line, target


def _of(token: Token) -> Iterator[str]:
    for name in ("href", "src"):
        if target := token.attrGet(name):
            yield str(target)
    if token.type == "code_inline" and _PLACE.fullmatch(token.content):
        yield f"/{token.content}"


def _leads_somewhere(root: Path, page: Path, target: str) -> bool:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return True
    path = unquote(parts.path)
    base = root if path.startswith("/") else page.parent
    found = (base / path.lstrip("/")).resolve() if path else page.resolve()
    if not found.is_relative_to(root.resolve()) or not found.exists():
        return False
    return not parts.fragment or parts.fragment in anchors(found)


def anchors(page: Path) -> set[str]:
    """Name the headings of a page as a repository's site does."""
    if page.suffix != ".md":
        return set()
    seen: Counter[str] = Counter()
    found: set[str] = set()
    tokens = _PARSER.parse(page.read_text("utf-8"))
    for token, text in pairwise(tokens):
        if token.type != "heading_open":
            continue
        slug = _slug(text)
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


def _slug(heading: Token) -> str:
    words = "".join(
        child.content
        for child in heading.children or ()
        if child.type in {"text", "code_inline"}
    )
    return re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
