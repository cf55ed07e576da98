"""Text in letters of old fonts, on the person's word, with a preview to choose by."""

import json

import geopandas as gpd
import pytest
from shapely.geometry import Point
from typer.testing import CliRunner

import workflow
from cli import app
from data.reading import read
from geo.errors import InputError

TCVN3 = "M· hé,Chñ hé\nh1,NguyÔn V¨n An\n"
VNI = "Maõ hoä,Chuû hoä\nh1,Nguyeãn Vaên An\n"


def tcvn3(path):
    path.write_bytes(TCVN3.encode("windows-1252"))
    return path


@pytest.mark.parametrize(("encoding", "text"), [("tcvn3", TCVN3), ("vni", VNI)])
def test_old_letters_are_read_on_the_persons_word(store, folder, encoding, text):
    (folder / "households.csv").write_bytes(text.encode("windows-1252"))

    workflow.import_file(
        store, folder / "households.csv", options=workflow.ImportOptions(encoding=encoding)
    )

    assert store.load("households")["head"].tolist() == ["Nguyễn Văn An"]


def test_a_preview_shows_headings_and_first_rows_in_each_encoding(folder):
    looks = {one.encoding: one for one in workflow.preview(tcvn3(folder / "a.csv"))}

    assert set(looks) == {"windows-1252", "windows-1258", "tcvn3", "vni"}
    assert looks["tcvn3"].headings == ("Mã hộ", "Chủ hộ")
    assert looks["tcvn3"].first.to_numpy().tolist() == [["h1", "Nguyễn Văn An"]]
    assert looks["windows-1252"].headings == ("M· hé", "Chñ hé")


def test_a_workbook_is_previewed_in_old_letters_only(folder):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["M· hé", "Chñ hé"])
    book.active.append(["h1", "NguyÔn V¨n An"])
    book.save(folder / "a.xlsx")

    looks = workflow.preview(folder / "a.xlsx")

    assert [one.encoding for one in looks] == [None, "tcvn3", "vni"]
    assert looks[1].first.to_numpy().tolist() == [["h1", "Nguyễn Văn An"]]


def test_the_attributes_of_a_map_are_converted_too(folder):
    frame = gpd.GeoDataFrame({"Chñ hé": ["NguyÔn"]}, geometry=[Point(107, 16)], crs=4326)
    frame.to_file(folder / "a.geojson", driver="GeoJSON")

    raw = read(folder / "a.geojson", encoding="tcvn3")

    assert raw.headings == ("Chủ hộ",)
    assert raw.cells[0].tolist() == ["Nguyễn"]


def test_the_command_line_previews_and_takes_the_encoding(folder, tmp_path):
    file = tcvn3(folder / "households.csv")
    run = CliRunner().invoke

    shown = json.loads(run(app, ["preview", str(file), "--json"]).stdout)
    told = run(
        app,
        ["import", str(file), "--encoding", "tcvn3", "--database", str(tmp_path / "s"), "--json"],
    )

    rows = {one["encoding"]: one["rows"] for one in shown["previews"]}
    assert rows["tcvn3"] == [["h1", "Nguyễn Văn An"]]
    assert json.loads(told.stdout)["columns"] == {"household_id": "Mã hộ", "head": "Chủ hộ"}


def test_an_encoding_nobody_knows_is_refused(folder):
    with pytest.raises(InputError, match="encoding_unknown"):
        workflow.preview(
            tcvn3(folder / "a.csv"), options=workflow.ImportOptions(encoding=None)
        ) and read(folder / "a.csv", encoding="tcvn4")
