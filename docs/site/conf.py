"""How `make docs` makes the site, of the same Markdown that the repository shows.

The whole tree is the source, so that a link reads alike there and here; what belongs
where in the site's contents is in `_toc.yml`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Joinedup"
extensions = ["myst_parser", "sphinx_external_toc", "diagrams", "described"]
external_toc_path = "docs/site/_toc.yml"

include_patterns = ["*.md", "docs/**", "services/*/README.md"]
exclude_patterns = [
    ".*",
    "deploy",
    "dist",
    "docs/site",
    "services/*/src",
    "services/*/web",
    "shared",
    "test-results",
    "tests",
]
source_suffix = {".md": "markdown"}
nitpicky = True
myst_heading_anchors = 4
myst_fence_as_directive = ["mermaid"]
# A page links to source files as well: the site carries them with it.
suppress_warnings = ["myst.header"]

html_theme = "furo"
html_title = "Joinedup"
html_static_path = ["static"]
html_css_files = ["site.css"]
# The first page of the contents is not at the root, which the tree's own README is.
html_extra_path = ["extra"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#0b4a6f"},
    "dark_css_variables": {"color-brand-primary": "#7cc4ee"},
}
pygments_style = "friendly"
pygments_dark_style = "github-dark"
