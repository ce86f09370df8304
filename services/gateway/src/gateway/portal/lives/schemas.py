"""What inventory answers of expected lives, and what the browser sends."""

from pydantic import ConfigDict

from gateway.portal.visit.schemas import Answer, FormBody

_YEARS = "years."


class Life(Answer):
    """How long a kind of kit lasts: by custom, the LA's policy and the school's."""

    category: str
    usual_years: int | None = None
    authority_years: int | None = None
    school_years: int | None = None
    expected_years: int | None = None


class Lives(Answer):
    items: list[Life]


class LivesForm(FormBody):
    """Years by kind of kit, as a person types them."""

    model_config = ConfigDict(extra="allow")

    def typed(self) -> dict[str, str]:
        return {
            name.removeprefix(_YEARS): str(value).strip()
            for name, value in (self.model_extra or {}).items()
            if name.startswith(_YEARS)
        }
