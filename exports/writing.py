"""A file is there whole or not at all."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import InputError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give the place to write to; what is there at the end takes the place of `path` at once.

    Raises
    ------
    InputError
        Where the folder is missing or nothing can be written to it. `path` is then as it was.
    """
    if not path.parent.is_dir():
        raise InputError("export_folder_missing", folder=str(path.parent), file=path.name)
    try:
        # In the same folder, hence on the same disk: only so is the last step one step.
        with tempfile.TemporaryDirectory(prefix=".diaban-", dir=path.parent) as folder:
            part = Path(folder) / path.name
            yield part
            part.replace(path)
    except OSError as fault:
        raise InputError("export_unwritable", file=path.name) from fault
