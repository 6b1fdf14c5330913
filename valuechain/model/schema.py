"""Record kinds, declared once.

Validation, the SQLite tables, the Neo4j nodes and relationships, the import template and the reference page all read
this file. Adding a field is one line here and the source that fills it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Type = Literal["text", "integer", "number", "date", "boolean", "choice", "list", "reference"]

READERS = ("public", "cluster", "advisor", "owner")
"""Who may see a record, from everybody to its owner alone; each reader also sees what those before it see."""

STATUSES = ("confirmed", "declared", "inferred", "synthetic", "planned")
"""How a record is known. Confirmed and declared rank alike, then inferred, then synthetic, then planned."""

STATUS_RANK = {"confirmed": 0, "declared": 0, "inferred": 1, "synthetic": 2, "planned": 3}
STATUS_OF_RANK = {rank: status for status, rank in STATUS_RANK.items()}
"""The status that stands for each rank; confirmed, which ranks with declared, is said as declared."""

DEFAULT_CONFIDENCE = {"confirmed": 1.0, "declared": 0.9, "inferred": 0.3, "synthetic": 0.5, "planned": 0.5}
"""The confidence (0..1) of a record that states none."""

ORGANISATION_KINDS = (
    "sme", "large", "rto", "university", "public", "cluster", "investor", "user", "partnership", "other",
)  # fmt: skip
CAPABILITY_KINDS = ("material", "component", "module", "process", "service", "facility", "system", "market")

ACTIONS = "actions"
"""The kind of record that says what was agreed: it follows from findings, and no finding rests on it."""
ACTION_STATES = ("agreed", "done", "dropped")

STAGE_ORDER = "stage order"
"""What `inputs.why` says of an input that nobody named: the order of the stages alone suggests it."""

CHANGING = 24
"""Months for which a statement is fresh that changes with the business: staff, turnover, offers, needs, suppliers."""

STRONG_IDS = {"organisations": ("vat", "euid", "lei", "pic"), "projects": ("cordis",)}
"""Fields whose value names one thing across all sources; a link may use them as `vat:DE123456789`."""


@dataclass(frozen=True)
class Field:
    """One column of a record kind.

    `refers` names the kind that a reference points to; `visible_to` is the first of READERS who sees the field, also
    when the record as a whole may be seen by more. `fresh_months` says for how long a statement of it on a thing is
    fresh, None where it does not age: ids, names, register numbers and founding days stay; places change, but seldom
    and in public.
    """

    name: str
    type: Type
    help: str
    unit: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""
    minimum: float | None = None
    maximum: float | None = None
    visible_to: str = "public"
    fresh_months: int | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    `identity` lists the fields that say which thing a record speaks of. `ends` lists the two reference fields that a
    link joins, and `relation` its name in the graph; a kind without them is a thing or a remark about one.
    `fresh_months` says for how long a statement of this kind, with all its fields, is fresh, None where it does not
    age: who took part in a project did so, a statistic is of its year, a chain's structure is knowledge, not news.
    """

    name: str
    help: str
    identity: tuple[str, ...]
    fields: tuple[Field, ...]
    ends: tuple[str, str] | None = None
    relation: str = ""
    fresh_months: int | None = None

    def field(self, name: str) -> Field:
        """Return the field called `name`, common fields included; KeyError if there is none."""
        return _FIELDS[self.name][name]

    @property
    def names_things(self) -> bool:
        """Whether records of this kind carry an id of their own that others refer to."""
        return self.identity == ("id",)

    @property
    def references(self) -> tuple[Field, ...]:
        """The fields that point to another thing."""
        return tuple(field for field in self.fields if field.type == "reference")


def _text(name: str, help: str, **more: object) -> Field:
    return Field(name, "text", help, **more)  # type: ignore[arg-type]


def _number(name: str, help: str, unit: str = "", **more: object) -> Field:
    return Field(name, "number", help, unit, minimum=0, **more)  # type: ignore[arg-type]


def _share(name: str, help: str, **more: object) -> Field:
    return Field(name, "number", help, "0..1", minimum=0, maximum=1, **more)  # type: ignore[arg-type]


def _count(name: str, help: str, unit: str = "", **more: object) -> Field:
    return Field(name, "integer", help, unit, minimum=0, **more)  # type: ignore[arg-type]


def _date(name: str, help: str) -> Field:
    return Field(name, "date", help, "ISO date, month or year")


def _choice(name: str, choices: tuple[str, ...], help: str, **more: object) -> Field:
    return Field(name, "choice", help, choices=choices, **more)  # type: ignore[arg-type]


def _flag(name: str, help: str) -> Field:
    return Field(name, "boolean", help, "yes or no")


def _list(name: str, help: str) -> Field:
    return Field(name, "list", help, "separated by ;")


def _id(help: str) -> Field:
    return Field("id", "text", help, required=True)


def _organisation(name: str, help: str, required: bool = True) -> Field:
    return Field(name, "reference", help, required=required, refers="organisations")


def _capability(name: str, help: str, required: bool = True) -> Field:
    return Field(name, "reference", help, required=required, refers="capabilities")


_REGION_SCHEMES = ("nuts2024", "nuts2021", "iso3166-2")
_SECTOR_SCHEMES = ("nace2", "nace2.1", "other")
_TRL = Field("trl", "integer", "Technology readiness level", "1..9", minimum=1, maximum=9)

COMMON: tuple[Field, ...] = (
    _text("source", "Who delivered the row; defaults to the name of the file or folder"),
    _date("as_of", "The day for which the row holds; empty counts as oldest"),
    _choice("status", STATUSES, "How the row is known; empty means declared"),
    _flag("holds", "no = the row says that this is not so; empty means yes"),
    _share("confidence", "How sure the source is"),
    _choice("visibility", READERS, "Who may see the row; empty means advisor"),
    _text("held_by", "The organisation that holds the row"),
    _list("shared_with", "Organisations that the row is shared with"),
)
"""Fields that every record has."""

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("organisations", "Firms, research organisations, universities, clusters, public bodies", ("id",), (
            _id("Any id that is unique in this source"),
            _text("name", "Name as the source writes it", required=True),
            _list("aliases", "Other names, short names"),
            _choice("kind", ORGANISATION_KINDS, "What sort of organisation it is"),
            _flag("named", "no = it exists, its name is withheld"),
            _text("country", "ISO 3166-1 alpha-2 code; EL and UK are accepted"),
            _text("region", "Region code, such as NUTS DE91C"),
            _choice("region_scheme", _REGION_SCHEMES, "Which list the region code is from"),
            _text("postcode", "Postal code"),
            _text("city", "Town"),
            Field("lat", "number", "Latitude", "degrees", minimum=-90, maximum=90),
            Field("lon", "number", "Longitude", "degrees", minimum=-180, maximum=180),
            _count("staff", "Staff headcount", "persons", fresh_months=CHANGING),
            _count("staff_min", "Least staff, where only a band is known", "persons", fresh_months=CHANGING),
            _count("staff_max", "Most staff, where only a band is known", "persons", fresh_months=CHANGING),
            _number("turnover_eur", "Turnover of a year", "EUR", fresh_months=CHANGING),
            _number("turnover_min_eur", "Least turnover of a year, where only a band is known", "EUR",
                    fresh_months=CHANGING),
            _number("turnover_max_eur", "Most turnover of a year, where only a band is known", "EUR",
                    fresh_months=CHANGING),
            _number("balance_eur", "Balance sheet total", "EUR", fresh_months=CHANGING),
            _date("founded", "When it was founded"),
            _date("closed", "When it ceased to exist"),
            _text("website", "Address of its web site"),
            _text("description", "What it does, in a sentence"),
            _text("vat", "VAT number"),
            _text("euid", "European unique identifier of the company register"),
            _text("lei", "Legal entity identifier"),
            _text("pic", "Participant identification code of EU programmes"),
            _text("group_id", "Legal group it belongs to; equal values mean one group"),
        )),
        Kind("ownerships", "Who owns whom", ("owner", "owned"), (
            _organisation("owner", "The organisation that owns"),
            _organisation("owned", "The organisation that is owned"),
            _share("share", "Share owned"),
            _date("since", "First day"),
            _date("until", "Last day"),
        ), ("owner", "owned"), "OWNS", CHANGING),
        Kind("capabilities", "What can be made, done or offered; a market is one too", ("id",), (
            _id("Short id, such as laser_diodes"),
            _text("label", "Name in English", required=True),
            _text("label_de", "Name in German"),
            _choice("kind", CAPABILITY_KINDS, "What sort of capability it is"),
            _text("chain", "Value chain it belongs to"),
            Field("stage", "reference", "Stage of the chain", refers="stages"),
            _capability("broader", "The more general capability", required=False),
            _list("nace", "NACE Rev. 2 classes"),
            _list("cpc", "Patent classes (CPC)"),
            _list("terms", "Words that name it"),
        )),
        Kind("stages", "Steps of a value chain, in order", ("id",), (
            _id("Short id, such as components"),
            _text("chain", "Value chain it belongs to", required=True),
            _text("label", "Name in English", required=True),
            _count("order", "Place from upstream (1) to downstream", required=True),
        )),
        Kind("inputs", "What is built into, consumed for or bought for what", (
            "from_capability", "to_capability", "organisation",
        ), (
            _capability("from_capability", "The input"),
            _capability("to_capability", "What takes it as an input"),
            _flag("essential", "yes = every variant of the second needs the first"),
            _text("why", "Reason in a sentence"),
            _organisation("organisation", "Set when this is one firm's own bill of materials", required=False),
            _number("quantity", "Amount per unit made"),
            _text("unit", "Unit of the amount"),
        ), ("from_capability", "to_capability"), "INPUT_TO"),
        Kind("offers", "Who offers which capability", ("organisation", "capability"), (
            _organisation("organisation", "Who offers"),
            _capability("capability", "What is offered"),
            _TRL,
            _number("capacity", "Amount per year"),
            _text("unit", "Unit of the amount"),
            _share("share", "Share of the capability's market"),
            _choice("access", ("own use", "customers", "open"), "Who may use it"),
            _count("lead_time_days", "From order to delivery", "days"),
            _list("certificates", "Certificates held for it"),
        ), ("organisation", "capability"), "OFFERS", CHANGING),
        Kind("needs", "Who needs which capability", ("organisation", "capability"), (
            _organisation("organisation", "Who needs"),
            _capability("capability", "What is needed"),
            _TRL,
            _number("quantity", "Amount per year"),
            _text("unit", "Unit of the amount"),
            _flag("essential", "yes = nothing can be made without it"),
            _capability("for_capability", "What it is needed for", required=False),
            _number("lost_margin_eur", "Margin lost per day without it", "EUR per day", visible_to="advisor"),
        ), ("organisation", "capability"), "NEEDS", CHANGING),
        Kind("supplies", "Who supplies whom with what", ("supplier", "buyer", "capability", "since"), (
            _organisation("supplier", "Who delivers"),
            _organisation("buyer", "Who receives"),
            _capability("capability", "What is delivered"),
            _choice("relation", ("active", "qualified", "former"), "Empty means active"),
            _number("value_eur", "Value of a year", "EUR", visible_to="advisor"),
            _share("share", "Share of the buyer's purchases of it", visible_to="advisor"),
            _share("sales_share", "Share of the supplier's sales", visible_to="advisor"),
            _number("quantity", "Amount per year"),
            _text("unit", "Unit of the amount"),
            _date("since", "First day"),
            _date("until", "Last day"),
            _count("lead_time_days", "From order to delivery", "days"),
            _count("stock_cover_days", "How long the buyer's stock lasts", "days"),
            _count("recovery_days", "Until the supplier is back after a failure", "days"),
            _count("switching_days", "Until another supplier is qualified", "days"),
        ), ("supplier", "buyer"), "SUPPLIES", CHANGING),
        Kind("projects", "Research and innovation projects", ("id",), (
            _id("Project number or any id unique in this source"),
            _text("acronym", "Short name"),
            _text("title", "Title", required=True),
            _date("start", "First day"),
            _date("end", "Last day"),
            _text("programme", "Funding programme"),
            _text("topic", "Topic of the call"),
            _text("cordis", "Project number in CORDIS, the same in every source"),
        )),
        Kind("participations", "Who takes part in which project", ("organisation", "project", "role"), (
            _organisation("organisation", "Who takes part"),
            Field("project", "reference", "In what", required=True, refers="projects"),
            _text("role", "As what: coordinator, participant, ..."),
            _number("contribution_eur", "Funding received", "EUR"),
        ), ("organisation", "project"), "PARTICIPATES_IN"),
        Kind("memberships", "Who belongs to which cluster", ("organisation", "cluster"), (
            _organisation("organisation", "The member"),
            _organisation("cluster", "The cluster"),
            _text("role", "As what"),
            _date("since", "First day"),
            _date("until", "Last day"),
        ), ("organisation", "cluster"), "MEMBER_OF", CHANGING),
        Kind("sectors", "Which sector an organisation works in", ("organisation", "code", "scheme"), (
            _organisation("organisation", "The organisation"),
            _text("code", "Code of the sector", required=True),
            _choice("scheme", _SECTOR_SCHEMES, "Which list the code is from"),
        )),
        Kind("markets", "Which application field or country an organisation sells to, or would like to", (
            "organisation", "market", "scheme",
        ), (
            _organisation("organisation", "The organisation"),
            _text("market", "Capability of kind market, or country code", required=True),
            _choice("scheme", ("application", "country"), "What sort of market it is"),
            _choice("stage", ("interested", "exporting", "established"), "How far it has come"),
            _text("partner_sought", "Whom it looks for"),
            _text("objective", "What it wants there"),
        ), fresh_months=CHANGING),
        Kind("surveys", "What has been asked, so that nobody differs from not asked", (
            "region", "chain", "capability", "organisation", "cluster",
        ), (
            _text("region", "Region code; empty = everywhere"),
            _text("chain", "Value chain asked about"),
            _capability("capability", "Empty = all of the chain", required=False),
            _organisation("organisation", "Empty = all that lie there", required=False),
            _organisation("cluster", "Members of this cluster were asked", required=False),
            _date("asked", "When it was asked"),
            _date("answered", "When it was answered"),
        ), fresh_months=CHANGING),
        Kind("regions", "Regions and their names", ("code", "scheme"), (
            _text("code", "Region code", required=True),
            _choice("scheme", _REGION_SCHEMES, "Which list the code is from"),
            _text("label", "Name"),
            _choice("category", ("less developed", "transition", "more developed"), "Cohesion policy category"),
            _count("population", "Inhabitants", "persons"),
        )),
        Kind("statistics", "Figures of a region's economy", ("region", "sector", "scheme", "measure", "year"), (
            _text("region", "Region code", required=True),
            _text("sector", "Sector code"),
            _choice("scheme", _SECTOR_SCHEMES, "Which list the sector code is from"),
            _text("measure", "What was counted", required=True),
            _count("year", "Year", required=True),
            Field("value", "number", "The figure", required=True),
        )),
        Kind("priorities", "Smart-specialisation priorities", ("region", "label", "capability", "sector"), (
            _text("region", "Region code", required=True),
            _text("label", "The priority in words", required=True),
            _capability("capability", "Capability it concerns", required=False),
            _text("sector", "Sector it concerns"),
            _date("since", "First day"),
            _date("until", "Last day"),
        )),
        Kind("calls", "Open calls for proposals", ("id",), (
            _id("Call identifier"),
            _text("title", "Title", required=True),
            _text("programme", "Funding programme"),
            _date("opens", "First day"),
            _date("closes", "Last day"),
            _text("rules", "Name of a rule file"),
            Field("trl_min", "integer", "Least readiness level", "1..9", minimum=1, maximum=9),
            Field("trl_max", "integer", "Highest readiness level", "1..9", minimum=1, maximum=9),
            _share("grant_rate", "Share of costs that is paid"),
            _number("max_eur", "Largest grant", "EUR"),
        )),
        Kind(ACTIONS, "What was agreed to be done about a finding, by whom and by when", (
            "organisation", "finding", "what",
        ), (
            _organisation("organisation", "Whose check the finding is of; empty where it is of nobody's alone",
                          required=False),
            _text("finding", "Id of the finding, as results list it", required=True),
            _text("about", "The finding in words, as it read when this was agreed"),
            _text("what", "What is to be done", required=True),
            _text("who", "Who does it: a role or an organisation; no person needs to be named"),
            _date("due", "By when"),
            _choice("state", ACTION_STATES, "How far it is; empty means agreed"),
        )),
    )
}  # fmt: skip
"""Every record kind by name, in the order of the tabular form."""

_FIELDS = {name: {f.name: f for f in (*kind.fields, *COMMON)} for name, kind in KINDS.items()}


def reader_rank(reader: str) -> int:
    """Return the place of `reader` in READERS; a reader sees records whose visibility ranks no higher."""
    return READERS.index(reader)


_PROVENANCE: tuple[tuple[str, Type], ...] = (
    ("import", "integer"),
    ("ordinal", "integer"),
    ("hash", "text"),
    ("file", "text"),
    ("sheet", "text"),
    ("row", "integer"),
)
"""Columns a store adds to each record: which import, its number in it, its content's hash, and where it was read."""


def columns(kind: str) -> tuple[tuple[str, Type], ...]:
    """Return name and type of every column in which a store keeps records of `kind`, in order.

    These are the provenance columns, the common fields, the kind's own fields, and `extra` (JSON of the columns that
    the schema does not know).
    """
    own = tuple((field.name, field.type) for field in KINDS[kind].fields)
    common = tuple((field.name, field.type) for field in COMMON)
    return (*_PROVENANCE, *common, *own, ("extra", "text"))


def arrow_schema(kind: str) -> pa.Schema:
    """Return the Arrow schema in which a store hands out records of `kind`: columns(kind) with Arrow types.

    Integers are int64, numbers float64, booleans bool; text, dates (ISO), choices, lists (`;`) and references
    (qualified keys) are strings. An empty field is null.
    """
    import pyarrow as pa

    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    return pa.schema([(name, types.get(type_, pa.string())) for name, type_ in columns(kind)])
