"""Who is one thing: keys that strong ids or decisions join become one class, named by its smallest key."""

from __future__ import annotations

from collections.abc import Iterable

from valuechain.model.history import Decision


def canonical_keys(
    keys: Iterable[str], strong_ids: Iterable[tuple[str, str]], decisions: Iterable[Decision] = ()
) -> dict[str, str]:
    """Return the canonical key of every key: the smallest of its class.

    Parameters
    ----------
    keys : iterable of str
        Qualified keys, `source:id`.
    strong_ids : iterable of (key, strong id)
        Keys that share a strong id (`vat:DE123`) are one thing, unless a decision says that two of them are different.
    decisions : iterable of Decision
        `same` joins two keys and is applied first; `different` keeps two classes apart against strong ids. A pair that
        is declared different although other decisions join it stays joined: the later question to people, not ours.

    Notes
    -----
    Merges are made in alphabetical order, so that the outcome does not depend on the order of imports.
    """
    parent = {key: key for key in keys}

    def find(key: str) -> str:
        root = key
        while parent[root] != root:
            root = parent[root]
        while parent[key] != root:
            parent[key], key = root, parent[key]
        return root

    def join(first: str, second: str) -> None:
        low, high = sorted((find(first), find(second)))
        parent[high] = low

    decisions = list(decisions)
    for decision in sorted(decisions, key=lambda one: (one.subject, one.object)):
        if decision.verdict == "same" and decision.subject in parent and decision.object in parent:
            join(decision.subject, decision.object)
    apart = [
        (one.subject, one.object)
        for one in decisions
        if one.verdict == "different" and one.subject in parent and one.object in parent
    ]
    holder: dict[str, list[str]] = {}
    for key, strong_id in sorted(strong_ids, key=lambda pair: (pair[1], pair[0])):
        others = holder.setdefault(strong_id, [])
        for other in others:
            roots = {find(key), find(other)}
            if all({find(a), find(b)} != roots for a, b in apart):
                join(key, other)
                break
        else:
            others.append(key)
    return {key: find(key) for key in parent}
