"""Questions as one puts them to the owner of a firm, with the reason in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from valuechain.model.language import day_words, in_a_sentence, say, term

PROVIDED = ("service", "process", "facility")
"""Kinds of capability that are provided, not supplied."""


@dataclass(frozen=True)
class Spoken:
    """What the words of a question need: names, and what is known already.

    `thing` is the capability's label, `kind` its kind; `other` who stands at the other end, empty where the name is
    withheld; `told` what the kind of question makes of it: the state of an input, the times that are missing, the day
    of what was said, or who needs it.
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
    def only_one(self) -> str:
        """That only one supplier is known, by name if that may be said."""
        if self.other:
            return say("Only one supplier is known, {supplier}.", supplier=self.other)
        return say("Only one supplier is known.")


_WHY_SUPPLIER = {
    "no actor": term("As far as known nobody near you offers it. If you have a supplier elsewhere, that settles it."),
    "unlinked": term("There is somebody near you who offers it. Do you work together already?"),
    "essential": term("Nothing is made without it: if it hangs on one supplier, that is a weak link."),
}
_WHY_ANY_SUPPLIER = term("You need it for some of what you make, and it is not known from whom it comes.")


def _supplier(one: Spoken) -> tuple[str, str]:
    why = say(_WHY_SUPPLIER.get(one.told, _WHY_ANY_SUPPLIER))
    if one.kind in PROVIDED:
        return say("Who provides you with {what}?", what=one.it), why
    return say("Who supplies your {what}?", what=one.it), why


def _times(one: Spoken) -> tuple[str, str]:
    why = f"{one.only_one} {say('Does the stock last until a new delivery could arrive?')}"
    return _how_long(one), why


def _how_long(one: Spoken) -> str:
    what, supplier = one.it, one.other
    if one.told == "stock":
        return say("How long does your stock of {what} last?", what=what)
    if one.told == "lead" and supplier:
        return say("How long does a new delivery of {what} from {supplier} take?", what=what, supplier=supplier)
    if one.told == "lead":
        return say("How long does a new delivery of {what} take?", what=what)
    if supplier:
        return say(
            "How long does a new delivery of {what} from {supplier} take, and how long does your stock last?",
            what=what,
            supplier=supplier,
        )
    return say("How long does a new delivery of {what} take, and how long does your stock last?", what=what)


def _essential(one: Spoken) -> tuple[str, str]:
    why = f"{one.only_one} {say('So far it is assumed that you stop without it.')}"
    return say("Without {what}, could you still make some of your products?", what=one.it), why


def _link(one: Spoken) -> tuple[str, str]:
    if one.told and one.other:
        question = say("Does {supplier} still supply you with {what}?", supplier=one.other, what=one.it)
    elif one.told:
        question = say("Does the supplier whose name is withheld still supply you with {what}?", what=one.it)
    elif one.other:
        question = say("Is it right that {supplier} supplies you with {what}?", supplier=one.other, what=one.it)
    else:
        question = say("Is it right that the supplier whose name is withheld supplies you with {what}?", what=one.it)
    if one.told:
        return question, say("This was said for {day}; suppliers change.", day=day_words(one.told))
    return question, say("This is a guess; hardly anybody else is known.")


def _offer(one: Spoken) -> tuple[str, str]:
    if one.told:
        why = say("This was said for {day}; what you need follows from it.", day=day_words(one.told))
        return say("Do you still make or offer {what}?", what=one.it), why
    why = say("It is guessed from project titles, and what you would need for it follows from it.")
    return say("Is it right that you make or offer {what}?", what=one.it), why


def _sales(one: Spoken) -> tuple[str, str]:
    why = say("How much each customer takes is not known. A firm that hangs on one customer falls with it.")
    return say("Does one customer take more than half of your sales, and who is it?"), why


def _survey(one: Spoken) -> tuple[str, str]:
    question = say("Who makes or offers {what} {where}?", what=one.it, where=one.where)
    if one.told:
        return question, say("Needed by {names}; nobody was asked who offers it.", names=one.told)
    return question, say("Nobody was asked yet.")


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
