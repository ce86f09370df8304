"""Sheets of labels: where each lies, what a scanner reads of it, and bad wishes."""

from itertools import pairwise
from uuid import UUID, uuid4

import pypdfium2
import pytest
import zxingcpp

from chassis import errors
from gateway.portal.labels import model, service
from gateway.portal.labels.model import Label, Wish

A4_WIDTH, A4_HEIGHT = 210, 297


def labels(count: int) -> list[Label]:
    return [
        Label(f"MRA-{n:04}", model.address("https://ict.example.org", uuid4()))
        for n in range(count)
    ]


def read(pdf: bytes) -> list[set[str]]:
    """Say what a scanner reads of each page."""
    pages: list[set[str]] = []
    for page in pypdfium2.PdfDocument(pdf):
        image = page.render(scale=4).to_pil().convert("RGB")
        pages.append({found.text for found in zxingcpp.read_barcodes(image)})
    return pages


@pytest.mark.parametrize("name", model.SHEETS)
def test_labels_lie_on_the_paper_and_none_over_another(name: str) -> None:
    sheet = model.SHEETS[name]

    lying = list(model.placed(sheet, 1, labels(sheet.holds)))

    assert {each.page for each in lying} == {0}
    for each in lying:
        assert 0 <= each.x <= A4_WIDTH - sheet.width
        assert 0 <= each.y <= A4_HEIGHT - sheet.height
    for one, next_one in pairwise(lying):
        same_row = one.y == next_one.y
        assert not same_row or next_one.x >= one.x + sheet.width
        assert same_row or next_one.y >= one.y + sheet.height - 0.01


def test_a_sheet_that_was_begun_is_gone_on_with_and_the_next_begins_at_its_top() -> (
    None
):
    sheet = model.SHEETS["L7160"]

    lying = list(model.placed(sheet, 20, labels(4)))

    assert [each.page for each in lying] == [0, 0, 1, 1]
    assert (lying[2].x, lying[2].y) == (sheet.left, sheet.top)


@pytest.mark.parametrize(
    ("sheet", "symbols", "first"),
    [("L7160", "both", 1), ("L7651", "qr", 60), ("L7163", "qr", 3)],
)
def test_a_phone_reads_every_label(sheet: str, symbols: str, first: int) -> None:
    wanted = labels(30)

    pages = read(service.draw(wanted, Wish(sheet, symbols, first), "Oak Primary"))

    scanned: set[str] = set().union(*pages)
    assert {each.url for each in wanted} <= scanned
    assert len(pages) > 1


@pytest.mark.parametrize(
    ("sheet", "symbols"), [("L7160", "both"), ("L7163", "code128")]
)
def test_a_scanner_reads_every_tag(sheet: str, symbols: str) -> None:
    wanted = labels(10)

    [page] = read(service.draw(wanted, Wish(sheet, symbols, 1), "Oak Primary"))

    assert {each.tag for each in wanted} <= page


def test_a_tag_of_any_letters_and_of_any_length_is_drawn() -> None:
    odd = [
        Label("Ŵ-Éa 😀 <b>#{x}</b>", "https://ict.example.org/label/1"),
        Label("X" * 40, "https://ict.example.org/label/2"),
    ]

    [page] = read(service.draw(odd, Wish("L7160", "both", 1), 'Ysgol #[Gŵyr] \\ "&"'))

    assert {each.url for each in odd} <= page


@pytest.mark.parametrize(
    ("wish", "pointers"),
    [
        (("L7160", "qr", "22"), ["/first"]),
        (("L7160", "qr", "0"), ["/first"]),
        (("L7160", "qr", "²"), ["/first"]),
        (("L7160", "qr", "9" * 5_000), ["/first"]),
        (("L7651", "both", "1"), ["/symbols"]),
        (("A5", "none", "1"), ["/sheet", "/symbols"]),
    ],
)
def test_a_wish_that_cannot_be_is_refused_at_its_field(
    wish: tuple[str, str, str], pointers: list[str]
) -> None:
    with pytest.raises(errors.Invalid) as refused:
        model.checked(*wish)

    assert [fault.pointer for fault in refused.value.faults] == pointers


def test_an_address_is_short_and_says_no_more_than_the_asset() -> None:
    asset_id = UUID("01a223d5-02c6-70df-b834-8c5e9ef7ef10")

    assert model.address("https://ict.example.org", asset_id) == (
        "https://ict.example.org/label/01a223d502c670dfb8348c5e9ef7ef10"
    )
