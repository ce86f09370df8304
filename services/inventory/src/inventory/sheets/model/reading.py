"""Which column of a file tells what of an asset: suggested, and judged when set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from chassis.errors import Fault
from inventory.sheets.model import columns, presets, values
from inventory.sheets.model.sheet import Sheet
from inventory.sheets.model.values import Order

OnKnown = Literal["keep", "update"]
"""What becomes of an asset that the school has: as it is, or as the file says."""
SAMPLES = 3
LONGEST_WORD = 100
MOST_WORDS = 60
"""A column with more different words than this names no kinds and no states."""
_WORDED = {"category": presets.category_of, "status": presets.status_of}


@dataclass(frozen=True, slots=True)
class Reading:
    """How the columns of a file are read.

    `columns` names a value by each heading; `defaults` tells a value where a row does
    not; `words` tells what the file's own words for kinds and states stand for, and
    "*" what any other word does.
    """

    columns: Mapping[str, str]
    defaults: Mapping[str, str] = field(default_factory=dict[str, str])
    words: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    dates: Order = "day-first"
    on_known: OnKnown = "keep"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as people are shown it: some of its cells, and its different words."""

    heading: str
    samples: Sequence[str]
    words: Sequence[str]
    """All of them where they are few, otherwise none."""


def columns_of(sheet: Sheet) -> list[Column]:
    """Tell of each column what helps to say what it holds."""
    return [_column(heading, sheet) for heading in sheet.headings]


def suggested(sheet: Sheet, shown: Iterable[Column]) -> Reading:
    """Suggest how a file is read, by its headings and by what stands below them."""
    preset = presets.preset_of(sheet.headings)
    by_heading: dict[str, str] = {}
    for heading in sheet.headings:
        target = _target(values.key(heading), preset)
        if target and target not in by_heading.values():
            by_heading[heading] = target
    words: dict[str, dict[str, str]] = {}
    for column in shown:
        target = by_heading.get(column.heading, "")
        if target in _WORDED:
            named = {word: _WORDED[target](word) for word in column.words}
            words[target] = {word: ours for word, ours in named.items() if ours}
    dated = [h for h, t in by_heading.items() if columns.TARGETS[t].form == "day"]
    texts = (row.cells.get(h, "") for row in sheet.rows if row.cells for h in dated)
    return Reading(by_heading, {}, words, values.order_of(texts))


def faults_of(
    wanted: Reading, headings: Sequence[str], *, of_a_school: bool
) -> list[Fault]:
    """Say what is wrong with how a file is to be read."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    for heading, target in wanted.columns.items():
        pointer = f"/columns/{_escaped(heading)}"
        if heading not in headings:
            faults.append(Fault(pointer, "The file has no such column"))
        elif target not in columns.TARGETS:
            detail = f"An asset has no such value: {target}"
            faults.append(Fault(pointer, detail))
        elif target in seen:
            detail = f"The column {seen[target]} tells that already"
            faults.append(Fault(pointer, detail))
        seen.setdefault(target, heading)
    told = seen.keys() | wanted.defaults.keys()
    faults += [
        Fault(f"/columns/{name}", f"No column tells: {columns.TARGETS[name].label}")
        for name in columns.NEEDED
        if name not in told
    ]
    faults += [
        Fault(f"/words/{name}", f"No cell says {word[:20]!r}")
        for name, said in wanted.words.items()
        for word in said
        if "\0" in word or not 0 < len(word) <= LONGEST_WORD
    ]
    if not of_a_school and "school_urn" not in seen:
        faults.append(Fault("/columns/school_urn", "No column names the school"))
    return faults


def _column(heading: str, sheet: Sheet) -> Column:
    samples: list[str] = []
    words: dict[str, None] = {}
    for row in sheet.rows:
        if row.cells is None or not (text := row.cells.get(heading)):
            continue
        if len(samples) < SAMPLES and text not in samples:
            samples.append(text)
        if len(words) <= MOST_WORDS:
            words[text[:LONGEST_WORD]] = None
    few = sorted(words, key=values.key) if len(words) <= MOST_WORDS else []
    return Column(heading, [text[:LONGEST_WORD] for text in samples], few)


def _target(heading: str, preset: presets.Preset | None) -> str | None:
    if preset is not None:
        if heading in preset.columns:
            return preset.columns[heading]
        if heading in preset.left_out:
            return None
    return columns.BY_HEADING.get(heading)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
