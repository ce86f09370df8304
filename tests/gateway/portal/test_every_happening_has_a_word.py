"""What happens to an asset is told in words, wherever it is told."""

from typing import get_args

from gateway.portal.assets import model as assets
from gateway.portal.estate import model as estate
from inventory.history.model import Happened


def test_every_happening_has_a_word_in_a_history_and_in_a_week() -> None:
    happened = set(get_args(Happened))

    assert happened
    assert happened <= assets.FACTS.keys()
    assert happened <= estate.HAPPENED.keys()
