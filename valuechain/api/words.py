"""Routes that list words and decide what they mean."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body

from valuechain.api.requests import OptionsOf, ServiceOf
from valuechain.model.question import read_view
from valuechain.model.words import decide_word, open_words
from valuechain.report.word_list import words_data

router = APIRouter(prefix="/api/v1/words", tags=["words"])


@router.get("")
def list_words(options: OptionsOf, service: ServiceOf) -> dict[str, Any]:
    """List the words that match no capability, with who uses them and the nearest capabilities; then decided ones."""
    view, as_of = read_view(options)
    revision = service.revision(as_of)
    words = open_words(service.snapshot(str(revision)), service.graph(view, str(revision)))
    return words_data(words, revision)


@router.post("")
def decide(
    service: ServiceOf,
    word: Annotated[str, Body(description="The word, in any spelling", max_length=500)],
    verdict: Annotated[str, Body(description="means, not in this chain, or open (takes back)")],
    capability: Annotated[
        str, Body(description="Key, id or label of the capability that it means", max_length=500)
    ] = "",
    by: Annotated[str, Body(description="Who decides", max_length=200)] = "",
) -> dict[str, Any]:
    """Decide what a word means, for later imports too, or take that back."""
    decision = decide_word(service.graph(), word, verdict, capability)
    revision = service.store.decide([decision], by)
    return {"revision": revision, "verdict": decision.verdict, "word": decision.subject, "capability": decision.object}
