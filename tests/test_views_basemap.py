"""The door through which the ward's basemap goes out."""

import pytest
from starlette.requests import Request

from tests.test_data_basemap import PNG, mbtiles
from views import basemap, server


@pytest.fixture
def named(tmp_path, monkeypatch):
    """Name a basemap for this test alone."""

    def name(file):
        monkeypatch.setenv("DIABAN_BASEMAP", str(file))
        basemap._opened.cache_clear()

    yield name
    basemap._opened.cache_clear()


def asked(**place):
    (route,) = basemap.routes()
    return route.endpoint(Request({"type": "http", "path_params": place}))


def test_a_tile_goes_out_as_the_picture_it_is(tmp_path, named):
    named(mbtiles(tmp_path / "a.mbtiles", {(0, 0, 0): PNG}))

    assert (asked(z=0, x=0, y=0).body, asked(z=0, x=0, y=0).media_type) == (PNG, "image/png")
    assert asked(z=9, x=0, y=0).status_code == 204


def test_without_a_basemap_there_is_no_door(monkeypatch):
    monkeypatch.delenv("DIABAN_BASEMAP", raising=False)
    basemap._opened.cache_clear()

    assert (basemap.told(), list(basemap.routes())) == (None, [])


def test_a_basemap_that_cannot_be_drawn_is_said_when_the_app_starts(tmp_path, named, capsys):
    named(tmp_path / "gone.mbtiles")

    with pytest.raises(SystemExit) as ended:
        server.main()

    assert ended.value.code == 1
    assert "gone.mbtiles" in capsys.readouterr().err


def test_options_of_the_server_become_its_settings():
    assert server._config(["--server.port", "8501", "--theme.base", "dark"]) == {
        "server.port": 8501,
        "theme.base": "dark",
    }
