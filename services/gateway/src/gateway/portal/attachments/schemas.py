"""What the browser sends with a picture or document."""

from chassis import errors
from gateway.portal.assets.model import ATTACHMENTS
from gateway.portal.attachments import model
from gateway.portal.visit.schemas import FormBody


class AttachForm(FormBody):
    """What a person says of a file; the file itself comes beside it."""

    title: str = ""
    kind: str = ""

    def faults(self) -> list[errors.Fault]:
        found: list[errors.Fault] = []
        if not self.title:
            found.append(errors.Fault("/title", "Enter what it shows or is"))
        elif len(self.title) > model.LONGEST_TITLE:
            text = f"What it shows or is must be {model.LONGEST_TITLE} characters"
            found.append(errors.Fault("/title", f"{text} or fewer"))
        if self.kind not in ATTACHMENTS:
            found.append(errors.Fault("/kind", "Choose what kind it is"))
        return found
