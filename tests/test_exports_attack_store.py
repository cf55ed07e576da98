"""What is public unless asked otherwise, from a whole store: searched for every name, phone and address in it."""

import io
import re
import zipfile

import pytest
from pypdf import PdfReader

import workflow
from geo.terms import Kind
from tests.made_up_ward import DAY, a_made_up_ward

pytestmark = pytest.mark.slow


def unpacked(content):
    """All text in a file and in the archives inside it."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(unpacked(archive.read(name)) for name in archive.namelist())


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The words of people in a made-up ward, and the files that are public by themselves."""
    folder = tmp_path_factory.mktemp("kho")
    store, _ = a_made_up_ward(folder)
    workflow.export_plan(store, "assignments", folder / "a.pptx", on=DAY)
    workflow.export_plan(store, "assignments", folder / "a.html", on=DAY)
    workflow.export_paper(store, "assignments", folder / "a.pdf", sheet="wall", on=DAY)
    homes, members = store.load(Kind.HOUSEHOLDS), store.load(Kind.MEMBERS)
    streets = " | ".join(store.load(Kind.STREETS)["name"].dropna())
    store.close()
    lines = homes["house_number"] + " " + homes["street"]
    columns = (homes["head"], homes["phone"], homes["address_raw"], homes["household_id"], lines)
    columns += (members["name"], members["phone"], members["member_id"])
    named = {str(cell) for one in columns for cell in one.dropna() if len(str(cell)) > 4}
    return {one for one in named if one not in streets}, folder


@pytest.mark.parametrize("ending", ["pptx", "html", "pdf"])
def test_nobody_is_in_a_file_that_is_public_by_itself(made, ending):
    private, folder = made
    path = folder / f"a.{ending}"
    text = unpacked(path.read_bytes())
    if ending == "pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)

    assert len(private) > 500
    plain = re.sub(r"<[^>]+>", "", text)  # runs of a slide part a name
    assert not [one for one in private if one in text or one in plain]
