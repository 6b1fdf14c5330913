"""Actions agreed on the check page: stored as an import, shown with their finding, changed, taken along and back."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.sources.files import write_files
from tests.support.client import client_on
from tests.support.command import valuechain
from tests.support.small import chain, delivery, firms, links, stored
from valuechain.stores.open import open_store

CHECK = "/check/test:maker"
AUDIT = "/api/v1/analyses/audit?organisation=test:maker"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A maker of lenses that has glass from one supplier alone."""
    rows = {
        **chain("glass>lens"),
        "organisations": firms("maker", "melter", kind="sme", region="DEG03"),
        "offers": links("offers", "maker lens"),
        "supplies": links("supplies", "melter maker glass"),
    }
    return stored(rows, tmp_path)


@pytest.fixture
def client(store: Path) -> Iterator[TestClient]:
    with client_on(store) as found:
        yield found


def words(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def finding(client: TestClient) -> dict[str, Any]:
    """The finding on glass, as JSON has it."""
    found: dict[str, Any] = client.get(AUDIT).json()["findings"][0]
    return found


def agree(client: TestClient, what: str = "Ask Schott", **more: str) -> Any:
    return client.post(
        f"{CHECK}/actions", data={"finding": finding(client)["id"], "what": what, **more}, follow_redirects=False
    )


def card(client: TestClient) -> str:
    """The finding as the page shows it."""
    page = client.get(CHECK).text
    return words(page.partition(f'id="{finding(client)["id"]}"')[2].partition("</article>")[0])


def imports(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/v1/imports").json()["imports"]
    return [one for one in found if one["source"] != "test"]


class TestAgreeing:
    def test_leads_back_to_the_finding_which_shows_it(self, client):
        answer = agree(client, who="Purchasing", due="2027-01-31")

        assert answer.headers["location"] == f"{CHECK}#{finding(client)['id']}"
        assert "Agreed Ask Schott Purchasing, by 31 January 2027 agreed Set to done" in card(client)

    def test_is_an_import_of_its_own_for_advisors(self, client):
        agree(client)
        [brought] = imports(client)
        record = client.get("/api/v1/records/2-0").json()

        assert (brought["source"], brought["taken_for"]) == ("actions-test-maker", "agreed actions")
        assert record["kind"] == "actions"
        assert record["values"]["visibility"] == "advisor"
        assert record["values"]["about"] == finding(client)["title"]
        assert client.get(f"{AUDIT}&for=cluster").status_code != 200 or not any(
            one["actions"] for one in client.get(f"{AUDIT}&for=cluster").json()["findings"]
        )

    def test_changes_no_finding(self, client):
        before = finding(client)
        agree(client)
        after = finding(client)

        assert {**after, "actions": [], "evidence": []} == {**before, "actions": [], "evidence": []}
        assert len(after["actions"]) == 1

    def test_lists_what_is_due_next_first_and_says_what_is_overdue(self, client):
        agree(client, "Later", due=(date.today() + timedelta(days=90)).isoformat())
        agree(client, "Too late", due=(date.today() - timedelta(days=3)).isoformat())
        listed = words(client.get(CHECK).text.partition('id="s-actions"')[2].partition("</section>")[0])

        assert listed.index("Too late") < listed.index("Later")
        assert listed.count("overdue") == 1
        assert len(imports(client)) == 2
        assert [one["state"] for one in imports(client)] == ["replaced", "active"]

    @pytest.mark.parametrize(
        ("given", "status", "message"),
        [
            ({"what": " "}, 422, "What is to be done is not told."),
            ({"what": "Ask", "who": "a@example.org"}, 422, "An e-mail address stands here."),
            ({"what": "Ask", "due": "soon"}, 422, ""),
            ({"what": "Ask", "state": "forgotten"}, 422, ""),
            ({"what": "Ask", "finding": "no-such"}, 404, "The check has no such finding any more."),
        ],
    )
    def test_refuses_what_cannot_be_kept(self, client, given, status, message):
        answer = client.post(f"{CHECK}/actions", data={"finding": finding(client)["id"], **given})

        assert answer.status_code == status
        assert message in words(answer.text)
        assert imports(client) == []

    def test_is_refused_from_a_page_of_another_site_and_for_nobody(self, client):
        data = {"finding": finding(client)["id"], "what": "Ask"}

        assert client.post(f"{CHECK}/actions", data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
        assert client.post("/check/nobody/actions", data=data).status_code == 404


class TestWhatBecomesOfIt:
    @pytest.mark.parametrize("state", ["done", "dropped"])
    def test_replaces_what_was_agreed_and_keeps_who_and_when(self, client, state):
        agree(client, who="Purchasing", due="2027-01-31")
        agree(client, state=state)
        [action] = finding(client)["actions"]

        assert (action["state"], action["who"], action["due"]) == (state, "Purchasing", "2027-01-31")
        assert f"{state} Take up again" in card(client)

    def test_is_taken_back_with_the_import(self, client):
        agree(client)
        agree(client, state="done")
        client.post(f"/data/imports/{imports(client)[-1]['id']}/withdraw")

        assert finding(client)["actions"][0]["state"] == "agreed"

    def test_outlives_its_finding(self, client, store):
        agree(client)
        second = {"supplier": "second", "buyer": "test:maker", "capability": "test:glass"}
        with open_store(f"sqlite:///{store}") as opened:
            opened.write(delivery({"organisations": firms("second"), "supplies": [second]}, "more"))
        page = words(client.get(CHECK).text)

        assert "Ask Schott" in page
        assert "Glass: only one supplier is known (no longer found)" in page


class TestAsRows:
    def test_come_as_a_csv_file_and_stand_with_their_finding(self, client, store, tmp_path):
        rows = f"organisation,finding,what,who,due,state\ntest:maker,{finding(client)['id']},Ask,Purchasing,2027-01,\n"
        done = valuechain(
            "import", write_files(tmp_path / "list", {"actions.csv": rows}), "--store", f"sqlite:///{store}"
        )

        assert done.code == 0, done.errors
        assert "Agreed Ask Purchasing, by 2027-01 agreed" in card(client)

    def test_go_out_with_an_export_and_come_back_the_same(self, client, store, tmp_path):
        agree(client, who="Purchasing", due="2027-01-31")
        there, back = f"sqlite:///{store}", f"sqlite:///{tmp_path / 'back.sqlite'}"
        assert valuechain("export", tmp_path / "kept", "--store", there).code == 0
        assert valuechain("import", tmp_path / "kept", "--store", back).code == 0
        with open_store(there) as one, open_store(back) as other:
            assert one.load().digest() == other.load().digest()

    def test_are_known_only_since_they_were_agreed(self, client):
        agree(client)

        assert client.get(f"{AUDIT}&as-of=1").json()["findings"][0]["actions"] == []
        assert len(client.get(AUDIT).json()["findings"][0]["actions"]) == 1

    @pytest.mark.parametrize("form", ["html", "text", "xlsx", "pdf"])
    def test_are_in_the_report(self, client, store, form):
        agree(client, who="Purchasing")
        if form == "text":
            told = valuechain("run", "audit", "--organisation", "test:maker", "--store", f"sqlite:///{store}").output
            assert "Agreed: Ask Schott (Purchasing): agreed" in " ".join(told.split())
        elif form == "html":
            told = client.get(AUDIT.replace("audit?", "audit.html?")).text
            assert "Ask Schott (Purchasing): agreed" in told
        else:
            assert client.get(AUDIT.replace("audit?", f"audit.{form}?")).status_code == 200
