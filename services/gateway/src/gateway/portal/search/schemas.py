"""What the browser asks a search for."""

from gateway.portal.search import model
from gateway.portal.search.model import Kind
from gateway.portal.visit.schemas import FormBody


class SearchQuery(FormBody):
    """What was typed, and of which kind alone more is wanted."""

    q: str = ""
    kind: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        return model.cleaned(self.q)

    def chosen(self, offered: tuple[Kind, ...]) -> Kind | None:
        """Read the kind; one that is not offered asks for all of them."""
        return next((kind for kind in offered if kind == self.kind), None)
