"""The categories of kit."""

from typing import Literal, get_args

Category = Literal[
    "desktop",
    "laptop",
    "tablet",
    "phone",
    "server",
    "storage",
    "virtual-machine",
    "network",
    "wireless",
    "printer",
    "scanner",
    "audio-visual",
    "camera",
    "music-media",
    "peripheral",
]
CATEGORIES: tuple[Category, ...] = get_args(Category)
