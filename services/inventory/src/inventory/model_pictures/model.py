"""The picture of a model, and why one is refused; no I/O."""

from collections.abc import Mapping

from chassis import errors
from inventory.catalogue.model.entries import Picture

LARGEST = 10 << 20
"""Bytes of a file as it is sent; of it, a small picture is kept."""
FILE_NAME = "picture.webp"


class ModelPictureNotFound(errors.NotFound):
    """The model is there, and no picture of it."""

    slug = "model-picture-not-found"
    title = "There is no picture of this model"


def told(picture: Picture | None) -> Mapping[str, object]:
    """Say what is shown, as the audit has it."""
    if picture is None:
        return {}
    return {"file_id": picture.file_id, "alt": picture.alt}
