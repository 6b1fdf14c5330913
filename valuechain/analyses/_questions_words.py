"""Questions as one puts them to the owner of a firm, with the reason in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from valuechain.model.names import in_a_sentence

PROVIDED = ("service", "process", "facility")
"""Kinds of capability that are provided, not supplied."""


@dataclass(frozen=True)
class Spoken:
    """What the words of a question need: names, and what is known already.

    `thing` is the capability's label, `kind` its kind; `other` who stands at the other end, empty where the name is
    withheld; `told` what the kind of
    question makes of it: the state of an input, the times that are missing, or the day of what was said.
    """

    thing: str
    kind: str
    other: str
    told: str
    where: str

    @property
    def it(self) -> str:
        """The capability within a sentence."""
        return in_a_sentence(self.thing)

    @property
    def from_other(self) -> str:
        """From whom it comes, if that may be said."""
        return f" from {self.other}" if self.other else ""

    @property
    def other_named(self) -> str:
        """Who it is, after the word that says what they are."""
        return f", {self.other}" if self.other else ""


def _supplier(one: Spoken) -> tuple[str, str]:
    question = f"Who provides you with {one.it}?" if one.kind in PROVIDED else f"Who supplies your {one.it}?"
    why = {
        "no actor": "As far as known nobody near you offers it. If you have a supplier elsewhere, that settles it.",
        "unlinked": "There is somebody near you who offers it. Do you work together already?",
        "essential": "Nothing is made without it: if it hangs on one supplier, that is a weak link.",
    }
    return question, why.get(one.told, "You need it for some of what you make, and it is not known from whom it comes.")


def _times(one: Spoken) -> tuple[str, str]:
    delivery = f"How long does a new delivery of {one.it}{one.from_other} take"
    why = f"Only one supplier is known{one.other_named}. Does the stock last until a new delivery could arrive?"
    if one.told == "stock":
        return f"How long does your stock of {one.it} last?", why
    return f"{delivery}?" if one.told == "lead" else f"{delivery}, and how long does your stock last?", why


def _essential(one: Spoken) -> tuple[str, str]:
    why = f"Only one supplier is known{one.other_named}. So far it is assumed that you stop without it."
    return f"Without {one.it}, could you still make some of your products?", why


def _link(one: Spoken) -> tuple[str, str]:
    who = one.other or "the supplier whose name is withheld"
    if one.told:
        return f"Does {who} still supply you with {one.it}?", f"This was said for {one.told}; suppliers change."
    return f"Is it right that {who} supplies you with {one.it}?", "This is a guess; hardly anybody else is known."


def _offer(one: Spoken) -> tuple[str, str]:
    if one.told:
        return f"Do you still make or offer {one.it}?", f"This was said for {one.told}; what you need follows from it."
    question = f"Is it right that you make or offer {one.it}?"
    return question, "It is guessed from project titles, and what you would need for it follows from it."


def _sales(one: Spoken) -> tuple[str, str]:
    why = "How much each customer takes is not known. A firm that hangs on one customer falls with it."
    return "Does one customer take more than half of your sales, and who is it?", why


def _survey(one: Spoken) -> tuple[str, str]:
    question = f"Who makes or offers {one.it} {one.where}?"
    return question, f"{one.told}; nobody was asked who offers it." if one.told else "Nobody was asked yet."


SPOKEN: dict[str, Callable[[Spoken], tuple[str, str]]] = {
    "supplier": _supplier,
    "times": _times,
    "essential": _essential,
    "link": _link,
    "offer": _offer,
    "sales": _sales,
    "survey": _survey,
}
"""The question and its reason, for each kind."""
