"""What an account's forms send."""

from pydantic import ConfigDict

from gateway.mail import model as mail
from gateway.portal.visit.schemas import FormBody


class ChoiceForm(FormBody):
    """How to be told of each kind of thing: a field each, by its name."""

    model_config = ConfigDict(extra="allow")

    def chosen(self) -> dict[mail.Kind, mail.Frequency]:
        """Say what was chosen; what is no choice of ours is none."""
        said = self.model_extra or {}
        found: dict[mail.Kind, mail.Frequency] = {}
        for kind, offered in mail.OFFERED.items():
            for each in offered:
                if each == said.get(kind):
                    found[kind] = each
        return found
