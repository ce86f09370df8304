"""What is known of releases on a day, and what it says of machines and programs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from inventory.kinds.model.categories import Category
from inventory.lifecycle.model import chromebooks, programs, systems
from inventory.lifecycle.model.releases import UNKNOWN, Releases, Support, support_of
from inventory.support.model import readiness
from inventory.support.model.machines import parted
from inventory.support.model.readiness import Windows11


@dataclass(frozen=True, slots=True)
class Judge:
    """What is known of releases, on a day."""

    releases: Releases
    day: date
    _judged: dict[str, Support] = field(default_factory=dict[str, Support])
    """What was said so far: of many machines that say the same it is said once."""

    def system(self, told: str) -> Support:
        """Say how what a machine says that it runs is supported."""
        found = self._judged.get(told)
        if found is None:
            found = self._judged[told] = self._system(told)
        return found

    def _system(self, told: str) -> Support:
        name, version, model = parted(told)
        if model and (not name or "chrome" in name.lower()):
            found = chromebooks.series_of(model, self.releases)
            support = support_of(found, self.day)
            return support if support.product else Support(chromebooks.PRODUCT)
        system = systems.system_of(name, version, self.releases)
        if system is None:
            return UNKNOWN
        support = support_of(system.releases, self.day)
        return support if support.product else Support(system.product)

    def program(self, title_key: str, title: str, version: str) -> Support | None:
        """Say how a title is supported; None of what is not looked at."""
        product = programs.product_of(title_key, title)
        if product is None:
            return None
        release = programs.release_of(product, title, version, self.releases)
        if release is None:
            return Support(product)
        return support_of([release], self.day)

    def systems(self, told: Iterable[str]) -> Mapping[str, Support]:
        return {each: self.system(each) for each in set(told)}

    def windows_11(
        self, category: Category, system_told: str, hardware_told: str
    ) -> Windows11:
        """Say whether a machine can run Windows 11."""
        support = self.system(system_told)
        has = readiness.hardware_of(hardware_told)
        product = support.product
        if product is None and parted(system_told)[0]:
            # It runs something else, whatever that is.
            return readiness.NOT_APPLICABLE
        return readiness.windows_11(category, product, support.cycle, has)
