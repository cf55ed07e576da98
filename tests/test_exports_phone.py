"""The page for a phone: one file, no request, names as text alone."""

import re

from exports.phone import phone_html
from tests.phone_pages import a_page

HOSTILE = "</script><img src=x onerror=window.broken=1>"


def test_the_file_names_no_other_host_and_links_to_nothing():
    page = phone_html(a_page())

    assert set(re.findall(r"\w+://[^\s\"'<>)]*", page)) == {"http://www.w3.org/2000/svg"}
    assert not re.findall(r"<(?:link|iframe|img|object|embed|form)\b", page)
    assert not re.findall(r"<script[^>]+src", page)


def test_only_the_scripts_of_the_file_may_run():
    page = phone_html(a_page())

    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_names_are_in_no_tag():
    page = phone_html(a_page(names=(HOSTILE, HOSTILE), plan_name=HOSTILE, member_name=HOSTILE))

    assert "<img" not in page


def test_the_page_is_made_in_english_too():
    assert "Send the results to the ward" in phone_html(a_page(), lang="en")
