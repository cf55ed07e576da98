"""Bring a store up to date: Alembic, run only where the store is behind."""

from pathlib import Path

import sqlalchemy as sa

from geo.errors import StoreError

HEAD = "0005"


def bring_up_to_date(engine: sa.Engine) -> None:
    """Run the migrations the store lacks, each in a transaction.

    Raises `StoreError` for a store written by a newer program.
    """
    with engine.connect() as connection:
        revision = _revision(connection)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise StoreError("store_newer", revision=revision)
    _upgrade(engine)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(sa.text("select version_num from alembic_version"))
    return None if found is None else str(found)


def _upgrade(engine: sa.Engine) -> None:
    # Alembic costs 0.3 s to import; a store that is up to date never pays it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option(
        "script_location", str(Path(__file__).parent / "migrations").replace("%", "%%")
    )
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
