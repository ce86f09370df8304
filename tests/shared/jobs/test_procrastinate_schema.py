"""The library's tables are those that our migration brings."""

from importlib import resources

from tests.architecture import features


def test_our_migration_is_the_librarys_schema() -> None:
    folder = features.folder("chassis") / "migrations"
    ours = (folder / "0004_procrastinate.sql").read_text("utf-8")
    file = resources.files("procrastinate") / "sql" / "schema.sql"
    theirs = file.read_text("utf-8")

    assert _from_the_types_on(ours) == _from_the_types_on(theirs)


def _from_the_types_on(text: str) -> str:
    return text.partition("-- Enums")[2].strip()
