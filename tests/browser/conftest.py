"""A school with one asset and one ticket, and a notice, made through the pages."""

import pytest

from tests.browser.pages import Kit, add_asset, new_tag, open_ticket, write_notice
from tests.chromium import Visitors


@pytest.fixture(scope="module")
def kit(visitors: Visitors) -> Kit:
    told = visitors.stack.signins["school-technician"]
    school = f"/schools/{told['schools'][0]}"
    with visitors.window("school-technician", scripts=False) as context:
        page = context.new_page()
        asset = add_asset(page, school, new_tag())
        ticket = open_ticket(page, school, "Projector in room 4 shows no picture")
    la_code = visitors.stack.signins["la-manager"]["la_code"]
    with visitors.window("la-manager", scripts=False) as context:
        notice = write_notice(context.new_page(), la_code, "The filter changes")
    return Kit(school, asset, ticket, la_code, notice)
