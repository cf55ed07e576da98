"""What all tests share: where real files lie, what may be skipped, and small made-up frames."""

import os
import socket
import threading
from collections import Counter
from hashlib import sha256
from pathlib import Path
from unittest import mock

import geopandas as gpd
import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import Phase, settings
from shapely.geometry import Point, box

from data import migrate, reading
from data.store import memory_store
from tests import made_once
from tests.chromium import one_browser

ROOT = Path(__file__).parent.parent
# A gate gives the same answer twice, and the first example that fails; examples are drawn anew, and made as small as
# can be, only where somebody looks for faults (DIABAN_FUZZ=1).
AT_ONCE = [phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)]
settings.register_profile("gate", derandomize=True, phases=AT_ONCE)
settings.register_profile("fuzz", print_blob=True)
settings.load_profile("fuzz" if os.environ.get("DIABAN_FUZZ") == "1" else "gate")
REAL_DATA = Path(os.environ.get("DIABAN_REAL_DATA", ROOT.parent / "shared" / "data"))


# What waits for other programs, or takes long by itself, begins first: nobody shall wait for it at the end.
FIRST = ("browser", "postgres", "real", "slow")


def pytest_collection_modifyitems(items):
    """Order files: those with a marker of `FIRST`, then those with most tests (for `--no-loadscope-reorder`)."""
    tests = Counter(item.path for item in items)
    first = {item.path for item in items if any(map(item.get_closest_marker, FIRST))}
    items.sort(key=lambda item: (item.path not in first, -tests[item.path]))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where skips are forbidden, a skipped test fails, unless it lacks only the real files."""
    outcome = yield
    report = outcome.get_result()
    allowed = item.get_closest_marker("real") is not None and not REAL_DATA.is_dir()
    if report.skipped and not allowed and os.environ.get("DIABAN_NO_SKIPS") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"


@pytest.fixture
def real_data():
    """The folder of real files; the test is skipped where it is absent."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real files are not on this machine (DIABAN_REAL_DATA)")
    return REAL_DATA


@pytest.fixture
def store():
    """An empty store in memory."""
    opened = memory_store()
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path):
    """A folder whose name has spaces and Vietnamese letters."""
    named = tmp_path / "Dữ liệu phường"
    named.mkdir()
    return named


@pytest.fixture
def canary():
    """A server on this machine that notes who calls: its port, and the calls."""
    calls: list[object] = []
    server = socket.create_server(("127.0.0.1", 0))

    def count():
        while True:
            try:
                calls.append(server.accept())
            except OSError:
                return

    threading.Thread(target=count, daemon=True).start()
    yield server.getsockname()[1], calls
    server.close()


@pytest.fixture(scope="session", autouse=True)
def make_once(tmp_path_factory):
    """What takes long to make is shared by all workers of a run."""
    made_once.KEPT.append(made_once.kept_below(tmp_path_factory.getbasetemp()))


@pytest.fixture(scope="session", autouse=True)
def browser_once():
    """Chromium starts once a session, when a test first asks for it."""
    with one_browser():
        yield


@pytest.fixture(scope="session", autouse=True)
def migrated_once():
    """The migrations make the tables of the first new store of a session; all others get the same, as SQL."""
    made = []
    upgrade = migrate._upgrade

    def once(engine):
        if engine.dialect.name != "sqlite" or sa.inspect(engine).get_table_names():
            upgrade(engine)
            return
        if not made:
            upgrade(engine)
        with engine.connect() as connection:
            file = connection.connection.dbapi_connection
            if made:
                file.executescript(made[0])
            else:
                made.append("\n".join(file.iterdump()))

    with mock.patch.object(migrate, "_upgrade", once):
        yield


@pytest.fixture(scope="session", autouse=True)
def read_once():
    """A file of the same bytes, asked for in the same way, goes through the guarded child once a session."""
    told: dict[tuple[str, ...], bytes] = {}
    run = reading._run_child

    def once(arguments, *, name):
        copy, suffix, target, asked = arguments
        sides = sorted(Path(copy).parent.iterdir())
        parts = [f"{one.name}:{sha256(one.read_bytes()).hexdigest()}" for one in sides]
        key = (suffix, asked, *parts)
        if key not in told:
            run(arguments, name=name)
            told[key] = Path(target).read_bytes()
        Path(target).write_bytes(told[key])

    with mock.patch.object(reading, "_run_child", once):
        yield


class Ward:
    """A ward of two square neighbourhoods side by side, written as files; 0.01 degrees are about 1 km."""

    code = "00004"
    west, south, side = 107.50, 16.40, 0.01

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def neighbourhoods(self) -> Path:
        squares = [
            box(x, self.south, x + self.side, self.south + self.side)
            for x in (self.west, self.west + self.side)
        ]
        frame = gpd.GeoDataFrame(
            {"neighbourhood_id": ["A", "B"], "name": ["Tổ 1", "Tổ 2"], "ward_code": self.code},
            geometry=squares,
            crs="EPSG:4326",
        )
        return self._geo(frame, "neighbourhoods.geojson")

    def ward(self) -> Path:
        area = box(self.west, self.south, self.west + 2 * self.side, self.south + self.side)
        frame = gpd.GeoDataFrame(
            {"code": [self.code], "name": ["Phường Thử"]}, geometry=[area], crs="EPSG:4326"
        )
        return self._geo(frame, "wards.geojson")

    def households(self, *spots: tuple[str, float, float]) -> Path:
        """Households as (id, x, y) with x and y in neighbourhood sides from the south-west corner."""
        frame = gpd.GeoDataFrame(
            {"household_id": [name for name, *_ in spots], "ward_code": self.code},
            geometry=[self.point(x, y) for _, x, y in spots],
            crs="EPSG:4326",
        )
        return self._geo(frame, "households.geojson")

    def table(self, file: str, /, **columns: list[object]) -> Path:
        path = self.folder / file
        pd.DataFrame(columns).to_csv(path, index=False, encoding="utf-8-sig")
        return path

    def point(self, x: float, y: float) -> Point:
        return Point(self.west + x * self.side, self.south + y * self.side)

    def _geo(self, frame: gpd.GeoDataFrame, name: str) -> Path:
        path = self.folder / name
        frame.to_file(path, driver="GeoJSON")
        return path


@pytest.fixture
def ward(folder):
    """A small ward of two neighbourhoods, as files."""
    return Ward(folder)
