"""What the browser sends with a document of a licence."""

from chassis import errors
from gateway.portal.licence_documents import model
from gateway.portal.visit.schemas import FormBody


class DocumentForm(FormBody):
    """What a person says of a file; the file itself comes beside it."""

    title: str = ""

    def faults(self) -> list[errors.Fault]:
        if not self.title:
            return [errors.Fault("/title", "Enter what it is")]
        if len(self.title) > model.LONGEST_TITLE:
            text = f"What it is must be {model.LONGEST_TITLE} characters or fewer"
            return [errors.Fault("/title", text)]
        return []
