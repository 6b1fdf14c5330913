"""The value-chain check of one organisation: it composes the other analyses.

Tables and what orders them by organisation or capability are made once for a graph. A check then reads the rows of the
organisation, of what it needs and of who supplies it; in proportion to all organisations are only passes over plain
flags: who lies here, who is critical or was asked, and who stops with each weak point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._actions import action_table
from valuechain.analyses._audit_words import lacking_findings, unknown_finding, verdict
from valuechain.analyses._chain_strip import chain_table
from valuechain.analyses._concentration_words import HALF, customer_findings
from valuechain.analyses._customers import Customers, customers
from valuechain.analyses._failure import dependencies
from valuechain.analyses._firm import Input, inputs_of, surroundings
from valuechain.analyses._lookup import made_by, member_of
from valuechain.analyses._meetings import partner_table, who_offers
from valuechain.analyses._organisations import place_of
from valuechain.analyses._questions import question_table
from valuechain.analyses._supply_check import SupplyCheck, check_supply
from valuechain.analyses._support import lacks_of, supporters
from valuechain.analyses._support_tables import support_table
from valuechain.model.analysis import analysis
from valuechain.model.language import labels_listed, listed, say, term
from valuechain.model.result import SEVERITIES, STATUS, Column, Finding, Result, Table, least_certain

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

FACT_COLUMNS = (
    Column("name", "text", "What is stated"),
    Column("value", "text", "The statement"),
    STATUS,
)

INPUT_COLUMNS = (
    Column("input", "text", "What is needed"),
    Column("input_key", "key", "Its key"),
    Column("state", "text", "One of the six states"),
    Column("suppliers", "text", "Who supplies it"),
    Column("lead_time_days", "integer", "From order to delivery, of the fastest supplier", "days"),
    Column("stock_cover_days", "integer", "How long the stock lasts", "days"),
    Column("essential", "boolean", "Whether nothing can be made without it, empty where nobody said"),
    Column("independent", "integer", "Suppliers, legal groups counted once", "groups"),
    Column("stage", "text", "Stage of the chain"),
    Column("confidence", "number", "How sure it is", "0..1"),
    STATUS,
)


PER_LACK = 3
"""How many who can help are named for each lacking input."""


@analysis(version="1", asks_about_one=True)
def audit(
    graph: ValueGraph, *, concentrated: float = 0.4, freshness: float = 5.0, substitutes: int = 3, partners: int = 10
) -> Result:
    """What is missing in this organisation's value chain, what could break, and whom should it call?

    The inputs of what it makes, each with one of the six states of a gap; whose failure would stop it; who could help
    with what is lacking; whom it should meet; and what nobody has asked yet. "Here" means the clusters it belongs to,
    else its NUTS 2 region.

    Parameters
    ----------
    concentrated : float, 0..1
        Herfindahl index of the suppliers' shares above which an input counts as concentrated.
    freshness : float, 0.., years
        Offers and surveys older than this no longer count.
    substitutes : int, 0..50
        How many organisations to name that could deliver instead of a weak point.
    partners : int, 1..100
        How many possible suppliers to name, and how many possible customers.

    Formula
    -------
    As in the analyses gaps, weak-links, support, concentration (a customer that takes more than half of the sales) and
    missing-links (suppliers and customers).

    Units
    -----
    Times in days; distances in km as the crow flies; confidence in 0..1.

    Reference
    ---------
    Analyses gaps, weak-links, support, concentration and missing-links.

    Example
    -------
    A maker of lenses buys glass from one supplier; lenses also need a coating, which somebody here offers:

    >>> graph = example(
    ...     inputs='''from_capability, to_capability, essential
    ...               glass,           lens,          yes
    ...               coating,         lens,          yes''',
    ...     offers='''organisation, capability
    ...               Lensmaker,    lens
    ...               Coater,       coating''',
    ...     supplies='''supplier,   buyer,     capability
    ...                 Glassworks, Lensmaker, glass''')
    >>> check = audit(graph.within(Scope(organisation="example:Lensmaker")))
    >>> check.verdict
    'Lensmaker stops if this one fails: Glassworks. 1 of 2 inputs are known.'
    >>> check.frame("inputs")[["input", "state"]].values.tolist()
    [['coating', 'unlinked'], ['glass', 'sole source']]
    """
    organisation = graph.organisation
    inputs = inputs_of(graph, organisation, concentrated, freshness)
    lacking = [one for one in inputs if one.state in ("no actor", "unlinked", "unknown")]
    offerers = who_offers(graph, organisation, lacking)
    support = supporters(graph, lacks_of(graph, organisation, lacking), organisation, freshness)
    supply = check_supply(dependencies(graph), organisation, substitutes)
    weak_links, _, instead, stops = supply.tables()
    findings = [
        *supply.findings,
        *lacking_findings(graph, organisation, inputs, offerers, support),
        *_large_customers(graph.once(customers), organisation),
    ]
    findings.sort(key=lambda one: (SEVERITIES.index(one.severity), -one.confidence))
    if not inputs or any(one.state == "unknown" for one in inputs):
        findings.append(unknown_finding(graph, organisation, inputs))
    return Result(
        verdict=_verdict(graph, organisation, inputs, supply),
        findings=tuple(findings),
        tables=(
            _inputs(graph, inputs),
            weak_links,
            instead,
            stops,
            support_table(graph, support, PER_LACK),
            partner_table(graph, organisation, partners),
            question_table(graph, organisation, inputs),
            action_table(graph, findings),
            chain_table(graph, organisation, inputs),
            _facts(graph, organisation, inputs),
        ),
        notes=_notes(graph, organisation, inputs),
    )


def _large_customers(sold: Customers, organisation: int) -> Iterator[Finding]:
    """A finding for a buyer that takes more than half of the sales: it can break its supplier by leaving."""
    pairs = sold.of(organisation)
    return customer_findings(sold, pairs[pairs["share"] > HALF])


def _verdict(graph: ValueGraph, organisation: int, inputs: Sequence[Input], supply: SupplyCheck) -> str:
    names = graph["organisations"]["label"]
    stopping = [names.iloc[point.organisation] for point in supply.single_points]
    unseen = [names.iloc[point.organisation] for point in supply.single_points if not point.delivers]
    return verdict(names.iloc[organisation], inputs, stopping, unseen)


def _inputs(graph: ValueGraph, inputs: Sequence[Input]) -> Table:
    names, keys = graph["organisations"]["label"], graph["capabilities"]["key"]
    return Table.from_rows(
        "inputs",
        say("What {name} needs, and who supplies it", name=names.iloc[graph.organisation]),
        INPUT_COLUMNS,
        (
            {
                "input": one.label,
                "input_key": keys.iloc[one.capability],
                "stage": one.stage,
                "essential": one.essential,
                "state": one.state,
                "suppliers": listed(names.iloc[list(one.suppliers)], 5),
                "independent": len(set(graph.legal_groups[list(one.suppliers)])),
                "lead_time_days": one.lead_time_days,
                "stock_cover_days": one.stock_cover_days,
                "confidence": round(one.confidence, 3),
                "status": one.status,
                "evidence": one.evidence,
            }
            for one in inputs
        ),
    )


def _facts(graph: ValueGraph, organisation: int, inputs: Sequence[Input]) -> Table:
    """Who it is, and how much is known of its inputs."""
    row = graph["organisations"].iloc[organisation]
    made = made_by(graph, organisation)
    labels = graph["capabilities"]["label"]
    member = member_of(graph, organisation)
    clusters = graph["organisations"]["label"].iloc[member["cluster"]]
    of_itself = graph.evidence("organisations", [organisation])
    of_inputs = tuple(dict.fromkeys(record for one in inputs for record in one.evidence))
    told = graph.records.iloc[list(of_inputs)]
    dates = sorted(set(told["as_of"][~told["kind"].isin(["capabilities", "inputs"])].dropna()))
    of_offers, of_membership = graph.evidence("offers", made.index), graph.evidence("memberships", member.index)
    known = sum(one.known for one in inputs)
    facts: list[tuple[str, Any, str, tuple[int, ...]]] = [
        (term("name"), row["label"], row["status"], of_itself),
        (term("kind"), row["kind"], row["status"], of_itself),
        (term("staff"), "" if row["staff"] != row["staff"] else f"{row['staff']:.0f}", row["status"], of_itself),
        (term("place"), place_of(row), row["status"], of_itself),
        (term("makes"), labels_listed(labels.iloc[made["capability"]], 5), least_certain(made["status"]), of_offers),
        (term("cluster"), listed(clusters), least_certain(member["status"]), of_membership),
        (
            term("inputs known"),
            say("{known} of {all}", known=known, all=len(inputs)),
            least_certain(one.status for one in inputs),
            of_inputs,
        ),
        (term("newest record"), dates[-1] if dates else "", least_certain(one.status for one in inputs), of_inputs),
        (term("oldest record"), dates[0] if dates else "", least_certain(one.status for one in inputs), of_inputs),
    ]
    return Table.from_rows(
        "facts",
        say("Who it is"),
        FACT_COLUMNS,
        (
            {"name": name, "value": value, "status": status, "evidence": evidence}
            for name, value, status, evidence in facts
            if isinstance(value, str) and value
        ),
    )


def _notes(graph: ValueGraph, organisation: int, inputs: Sequence[Input]) -> tuple[str, ...]:
    here = graph.within(surroundings(graph, organisation)).scope_words
    notes = [say("Here means {where}.", where=here.rstrip("."))]
    if any(one.status == "inferred" for one in inputs):
        notes.append(
            say("Some needs follow from what the organisation seems to make, which is guessed from project titles.")
        )
    notes.append(
        say(
            "Suppliers and customers worth meeting are found by rule and carry no probability; the suggested partners "
            "add some for joint projects, with how likely these are."
        )
    )
    return tuple(notes)
