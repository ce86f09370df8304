"""What there is to check: the services, their features, and where their files lie."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVICES = ("gateway", "inventory", "servicedesk", "strategy")
SOURCES = {
    **{service: ROOT / "services" / service / "src" for service in SERVICES},
    "chassis": ROOT / "shared" / "src",
    "contracts": ROOT / "shared" / "src",
    "local_stack": ROOT / "deploy" / "local" / "src",
}


def packages(name: str) -> Iterator[str]:
    """Every package below a root package, itself first: `inventory.assets`."""
    source = SOURCES[name]
    for file in sorted((source / name).rglob("__init__.py")):
        yield ".".join(file.parent.relative_to(source).parts)


def folder(package: str) -> Path:
    return SOURCES[package.split(".", maxsplit=1)[0]].joinpath(*package.split("."))


def modules(package: str) -> Iterator[str]:
    """The modules that lie directly in a package."""
    for file in sorted(folder(package).glob("*.py")):
        if file.stem not in {"__init__", "__main__"}:
            yield f"{package}.{file.stem}"


def with_queries() -> list[str]:
    """Every package that holds named statements."""
    return [
        package
        for name in ("chassis", *SERVICES)
        for package in packages(name)
        if (folder(package) / "queries.sql").exists()
    ]


def python_files() -> list[Path]:
    return sorted(
        file
        for source in {*SOURCES.values()}
        for file in source.rglob("*.py")
        if "node_modules" not in file.parts
    )


def sql_files() -> list[Path]:
    return sorted(
        file for source in {*SOURCES.values()} for file in source.rglob("*.sql")
    )
