"""How a work that takes its time is told over HTTP, as server-sent events."""

from __future__ import annotations

import json

from starlette.responses import StreamingResponse

from valuechain.runs import Run


def events_of(run: Run) -> StreamingResponse:
    """Return server-sent events: how far a work is whenever that changes, the last one with what came of it."""
    all_news = run.all_news()
    lines = (f"event: {one.state}\ndata: {json.dumps(one.to_dict(), ensure_ascii=False)}\n\n" for one in all_news)
    return StreamingResponse(lines, media_type="text/event-stream", headers={"Cache-Control": "no-store"})
