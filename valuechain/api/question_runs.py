"""Questions that take their time: started, watched, cancelled; the last news hold the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field
from starlette.responses import StreamingResponse

from valuechain import registry
from valuechain.api.requests import ServiceOf
from valuechain.api.runs import events_of
from valuechain.model.language import term
from valuechain.model.question import Question
from valuechain.runs import Runs, RunWords

router = APIRouter(prefix="/api/v1/runs", tags=["analyses"])

WORDS = RunWords(
    cancelled=term("The question was cancelled."),
    left=term("Ask it again when there is time."),
    unknown=term("There is no question at work with the number {number}."),
    forgotten=term("Ask it again; an answer that is kept comes at once."),
    busy=term("{count:,} questions are at work."),
)


class Asked(BaseModel):
    """A question: the name of an analysis, and its options as its own path takes them."""

    analysis: str = Field(description="Name of the analysis")
    options: dict[str, str | int | float | bool] = Field(default={}, description="Its options by name")


def _runs(request: Request) -> Runs:
    runs: Runs = request.app.state.question_runs
    return runs


RunsOf = Annotated[Runs, Depends(_runs)]


@router.post("", status_code=202)
def ask(asked: Asked, runs: RunsOf, service: ServiceOf) -> dict[str, Any]:
    """Begin to answer a question, and return the number under which that can be watched."""
    Question.read(registry.get(asked.analysis), asked.options)

    def work(watch: Callable[[int, int], None]) -> Any:
        return service.run(asked.analysis, asked.options, watch).to_dict()

    number = runs.start(work, asked.analysis)
    return {"id": number, "events": f"{router.prefix}/{number}/events"}


@router.get("/{id}")
def how_far(id: int, runs: RunsOf) -> dict[str, Any]:
    """Return how far the answer is; when it is done, `outcome` holds it."""
    return runs.find(id).news.to_dict()


@router.get("/{id}/events")
def news(id: int, runs: RunsOf) -> StreamingResponse:
    """Return server-sent events: how far the answer is whenever that changes, the last one with the answer."""
    return events_of(runs.find(id))


@router.delete("/{id}", status_code=202)
def give_up(id: int, runs: RunsOf) -> dict[str, Any]:
    """Ask to stop; an answer that is there already stays."""
    run = runs.find(id)
    run.cancel()
    return run.news.to_dict()
