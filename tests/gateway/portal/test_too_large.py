"""What is too much to be read is said as a page to people, as a problem to programs."""

from uuid import uuid4

import pytest

from gateway.portal.attachments.model import LARGEST_FORM
from tests.gateway.conftest import Stand
from tests.gateway.world import Browser

FORM = "/schools/140001/assets/new"


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
async def test_a_form_too_large_is_refused_as_its_sender_reads_it(
    stand: Stand, technician: Browser, accept: str
) -> None:
    headers = {"origin": stand.url, "accept": accept}
    data = {"tag": "x" * (stand.settings.body_limit + 1)}

    answer = await technician.send("POST", FORM, headers, data=data)

    assert answer.status_code == 413
    is_page = answer.headers["content-type"].startswith("text/html")
    assert is_page == (accept == "text/html")
    said = "That was too much to send" if is_page else "#too-large"
    assert said in answer.text


async def test_the_form_for_a_picture_is_shown_again(
    stand: Stand, technician: Browser
) -> None:
    headers = {"origin": stand.url, "accept": "text/html"}
    path = f"/schools/140001/assets/{uuid4()}/files/new"
    files = {"file": ("a.jpg", b"x" * LARGEST_FORM)}

    answer = await technician.send("POST", path, headers, files=files)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{path}?too_large=yes"
