"""The reference page: served from here, in step with the routes, with a form for each analysis."""

from fastapi.testclient import TestClient
from playwright.sync_api import Page, expect

from valuechain import registry


def test_every_route_and_every_analysis_is_described(demo_client: TestClient):
    schema = demo_client.get("/api/v1/openapi.json").json()

    for name in registry.names():
        options = {one["name"] for one in schema["paths"][f"/api/v1/analyses/{name}"]["get"]["parameters"]}
        assert {one.option for one in registry.get(name).parameters} | {"region", "for", "as-of"} <= options
    for path in ("/api/v1/imports", "/api/v1/organisations/{key}", "/api/v1/records/{id}", "/health/ready"):
        assert path in schema["paths"]


def test_the_text_of_a_table_is_asked_for_not_the_name_of_a_file(demo_client: TestClient):
    schema = demo_client.get("/api/v1/openapi.json").json()
    asked = {one["name"]: one for one in schema["paths"]["/api/v1/analyses/systemic-risk"]["get"]["parameters"]}

    assert asked["scenario"]["schema"]["contentMediaType"] == "text/csv"
    assert asked["scenario"]["description"].endswith("The text itself, not the name of a file.")
    assert "contentMediaType" not in asked["shock-region"]["schema"]
    assert '<textarea id="run_systemic_risk-scenario" name="scenario"' in demo_client.get("/docs").text


def test_the_page_names_every_path_and_asks_nothing_of_another_server(demo_client: TestClient):
    text = demo_client.get("/docs").text

    for path in demo_client.get("/api/v1/openapi.json").json()["paths"]:
        assert path in text
    assert "http://" not in text
    assert "https://" not in text
    assert "<script" not in text


def test_the_form_of_an_analysis_can_be_filled_in(page: Page, demo_client: TestClient):
    page.route("**/*", lambda route: _answer(route, demo_client))
    page.goto("http://127.0.0.1:8000/docs")
    form = page.locator("#run_gaps form")
    form.locator("[name=region]").fill("DE2")
    form.get_by_role("button", name="Ask, as JSON").click()
    page.wait_for_url("**/api/v1/analyses/gaps?*")

    expect(page.locator("body")).to_contain_text('"region": "DE2"')


def _answer(route, client: TestClient) -> None:
    answer = client.get(route.request.url.removeprefix("http://127.0.0.1:8000"))
    route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)
