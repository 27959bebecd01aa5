"""Who may see the practice phone, and what a browser may do with it."""

import pytest


def test_the_page_shows_the_number_and_the_way_to_the_desk(client, phone):
    page = client.get("/").text

    assert phone.number in page
    assert f'href="{phone.line.public_url}"' in page


def test_it_says_that_it_lives(client):
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8001", 200),
        ("127.0.0.1:8001", 200),
        ("line.example", 400),
        ("localhost.line.example", 400),
    ],
)
def test_it_answers_to_this_machines_own_names_only(client, host, status):
    assert client.get("/", headers={"Host": host}).status_code == status


def test_nothing_but_its_own_files_runs_in_the_page(client):
    policy = client.get("/").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in policy


@pytest.mark.parametrize("found", ["<script>", "<style", "style=", "onclick="])
def test_the_page_holds_no_script_and_no_style(client, found):
    assert found not in client.get("/").text
