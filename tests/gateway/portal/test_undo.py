"""What a page says after a form, and the undo it offers, stand only for one session."""

import pytest
from cryptography.fernet import Fernet

from gateway.portal.visit import flash
from gateway.portal.visit.flash import Flash, Undo
from gateway.sessions.seal import Seal

MINE, OTHERS = b"m" * 32, b"o" * 32
BACK = Undo("/schools/140001/assets/1/move", {"room": "Library", "version": "3"})


@pytest.fixture
def seal() -> Seal:
    return Seal([Fernet.generate_key()])


def test_a_name_of_the_list_is_said_in_words(seal: Seal) -> None:
    value = flash.write(seal, MINE, "asset-moved", None)

    assert flash.read(seal, MINE, value) == Flash("The asset has been moved.")


def test_an_undo_comes_back_as_it_went(seal: Seal) -> None:
    value = flash.write(seal, MINE, "asset-moved", BACK)

    assert flash.read(seal, MINE, value) == Flash("The asset has been moved.", BACK)


def test_an_undo_is_offered_to_no_other_session(seal: Seal) -> None:
    value = flash.write(seal, MINE, "asset-moved", BACK)

    assert flash.read(seal, OTHERS, value) is None


@pytest.mark.parametrize("value", ["", "no-such-name", "gAAAAA", "<b>", "\u00e9"])
def test_what_we_did_not_write_says_nothing(seal: Seal, value: str) -> None:
    assert flash.read(seal, MINE, value) is None


def test_an_undo_too_long_for_a_cookie_is_left_out_whole(seal: Seal) -> None:
    long = Undo("/x", {"ids": "7" * flash.LONGEST})
    value = flash.write(seal, MINE, "asset-moved", long)

    assert flash.read(seal, MINE, value) == Flash("The asset has been moved.")
