"""The form that hands tickets on, as it is typed."""

from gateway.portal.visit.schemas import FormBody


class HandForm(FormBody):
    """To whom they go."""

    to: str = ""
