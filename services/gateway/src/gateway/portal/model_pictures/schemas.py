"""What the browser sends with a picture of a model."""

from chassis import errors
from gateway.portal.model_pictures import model
from gateway.portal.visit.schemas import FormBody


class PictureForm(FormBody):
    """The words for a picture; the picture itself comes beside it."""

    alt: str = ""

    def faults(self) -> list[errors.Fault]:
        if not self.alt:
            return [errors.Fault("/alt", "Enter what it shows")]
        if len(self.alt) > model.LONGEST_ALT:
            text = f"What it shows must be {model.LONGEST_ALT} characters or fewer"
            return [errors.Fault("/alt", text)]
        return []
