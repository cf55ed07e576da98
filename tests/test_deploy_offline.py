"""The folder for a computer without internet; `make offline-test` builds it and tries it with the network off."""

import re
import sys

from tests.conftest import ROOT

FILES = ROOT / "deploy" / "offline_files"
sys.path.insert(0, str(ROOT / "deploy"))

import offline  # noqa: E402

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def names(system):
    return re.findall(r"^([\w.-]+)==", offline.needed(LOCK, system), re.MULTILINE)


def test_what_the_program_needs_is_taken_and_what_development_needs_is_not():
    taken = set(names("linux"))

    assert {"geopandas", "streamlit", "psycopg-binary", "numba", "pyvrp", "reportlab"} <= taken
    assert not {"pytest", "mypy", "playwright", "pyxform", "colorama"} & taken


def test_windows_gets_what_only_windows_needs_and_each_package_once():
    taken = names("windows")

    assert "colorama" in taken
    assert len(taken) == len(set(taken))


def test_every_package_keeps_its_hashes():
    blocks = re.split(r"\n(?=\S)", offline.needed(LOCK, "windows").strip())

    assert all("--hash=sha256:" in block and ";" not in block for block in blocks)


def test_launchers_ask_no_network_and_check_hashes():
    for name, folder in (("diaban.sh", "wheels/linux"), ("diaban.bat", "wheels\\windows")):
        text = (FILES / name).read_text(encoding="utf-8")
        installs = [
            line for line in text.replace("\\\n", " ").splitlines() if "pip install" in line
        ]
        assert len(installs) == 2
        assert all("--no-index" in line for line in installs)
        assert folder in text
        assert "--require-hashes" in text


def test_the_windows_launcher_has_the_ends_of_line_that_windows_needs():
    content = (FILES / "diaban.bat").read_bytes()

    assert content.count(b"\r\n") == content.count(b"\n")
    assert content.isascii()
