"""What the browser sends of assets, and what inventory answers."""

from gateway.portal.assets.schemas.answers import (
    Asset,
    Attachment,
    Attachments,
    Change,
    Happened,
    Installed,
    Kind,
    KindField,
    Kinds,
    KnownModel,
    Label,
    Reporting,
)
from gateway.portal.assets.schemas.forms import (
    AssetForm,
    DisposeForm,
    MoveForm,
    StepForm,
    form_of,
)

__all__ = [
    "Asset",
    "AssetForm",
    "Attachment",
    "Attachments",
    "Change",
    "DisposeForm",
    "Happened",
    "Installed",
    "Kind",
    "KindField",
    "Kinds",
    "KnownModel",
    "Label",
    "MoveForm",
    "Reporting",
    "StepForm",
    "form_of",
]
