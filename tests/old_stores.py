"""Stores as earlier migrations left them."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config


def store_as_of(path, revision, *statements):
    """Make a SQLite store at `path` as the migration `revision` left it, and run statements in it."""
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    config = Config()
    config.set_main_option("script_location", "data/migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def revision_of(store):
    """The migration a store is at."""
    with store.engine.connect() as connection:
        return connection.scalar(sa.text("select version_num from alembic_version"))
