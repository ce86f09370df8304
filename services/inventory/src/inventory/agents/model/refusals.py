"""Why an inventory is not taken in, before anything of it is believed."""

from chassis import errors


class InventoryUnreadable(errors.Unreadable):
    """What was sent is broken: the detail says where it stopped making sense."""

    slug = "inventory-unreadable"
    title = "The inventory could not be read"


class InventoryUnsupported(errors.Unsupported):
    """What was sent may be whole, but is of a kind that is not taken here."""

    slug = "inventory-unsupported"
    title = "This kind of inventory is not taken"


class InventoryTooLarge(errors.TooLarge):
    """More was sent than any device has to tell; `most` says how much is taken."""

    slug = "inventory-too-large"
    title = "The inventory is too large"

    def __init__(self, what: str, most: int) -> None:
        super().__init__(f"More than {most} {what}", most=most)
