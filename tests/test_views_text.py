"""Text from people's files, where Streamlit reads Markdown and where files are named."""

import pytest

from views.intake_state import own_name
from views.text import plain


@pytest.mark.parametrize(
    "hostile",
    [
        "![b](http://127.0.0.1/x.png)",
        "[a](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        ":material/home: :red[x]",
        "$\\frac{1}{2}$",
        "`code` **bold** _it_ ~~no~~",
        "# Title",
        "1. list",
    ],
)
def test_every_letter_that_markdown_could_read_is_escaped(hostile):
    escaped = plain(hostile)

    assert escaped.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == hostile
    for place, letter in enumerate(escaped):
        if letter in "![]()<>:`*_~#$":
            assert escaped[place - 1] == "\\"


def test_vietnamese_words_stay_as_they_are():
    assert plain("Tổ dân phố Lang Xá Cồn 12") == "Tổ dân phố Lang Xá Cồn 12"


def test_text_is_put_on_one_line():
    assert plain("Tổ\n\n 1") == "Tổ 1"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("hộ.xlsx", "hộ.xlsx"),
        ("households.CSV", "households.csv"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\tệp\\ranh giới.geojson", "ranh giới.geojson"),
        ("/vsicurl/http:/127.0.0.1:9/x.geojson", "x.geojson"),
        ('a"; DROP TABLE x.gpkg', "a__ DROP TABLE x.gpkg"),
        (".csv", "csv"),
        ("..", "upload"),
        ("a" * 300 + ".csv", "a" * 80 + ".csv"),
    ],
)
def test_an_uploaded_file_gets_a_harmless_name(given, kept):
    assert own_name(given) == kept
