"""Words around figures in seven languages (en de fr es it pl sv), without accents and capitals (ß is ss)."""

from __future__ import annotations

ENDS = {
    "L": (
        ">", ">=", "=>", "≥", "⩾", "ab", "uber", "ueber", "mehr als", "mindestens", "min", "minimum", "grosser als",
        "from", "more than", "over", "above", "at least", "greater than", "starting at",
        "plus de", "a partir de", "au moins", "au-dessus de", "superieur a", "des",
        "mas de", "al menos", "desde", "como minimo", "superior a",
        "piu di", "oltre", "almeno", "a partire da", "superiore a",
        "powyzej", "ponad", "co najmniej", "od", "wiecej niz",
        "over", "mer an", "minst", "fran",
    ),
    "H": (
        "<", "<=", "=<", "≤", "⩽", "bis zu", "bis unter", "unter", "weniger als", "hochstens", "hoechstens", "maximal",
        "max", "maximum", "kleiner als", "up to", "less than", "fewer than", "under", "below", "at most",
        "no more than", "moins de", "jusqu'a", "jusqu’a", "au plus", "inferieur a", "menos de", "hasta", "como maximo",
        "inferior a", "meno di", "fino a", "al massimo", "sotto", "inferiore a", "ponizej", "mniej niz",
        "nie wiecej niz", "co najwyzej", "upp till", "hogst", "mindre an", "farre an",
    ),
    "B": ("between", "zwischen", "von", "entre", "de", "da", "tra", "fra", "miedzy", "mellan"),
    "-": ("-", "‐", "‑", "‒", "–", "—", "−", "..", "...", "to", "till", "through", "a", "al", "til"),
    "&": ("and", "und", "et", "y", "e", "i", "och", "&"),
    "P": (
        "+", "plus", "and more", "or more", "and above", "or above", "and over", "or over", "and up", "und mehr",
        "oder mehr", "u. mehr", "und daruber", "und groesser", "und grosser", "et plus", "ou plus", "et au-dela",
        "y mas", "o mas", "en adelante", "e oltre", "e piu", "o piu", "ed oltre", "i wiecej", "lub wiecej",
        "i powyzej", "och fler", "eller fler", "och mer", "eller mer", "och over",
    ),
    "M": (
        "or less", "or fewer", "and less", "and fewer", "oder weniger", "und weniger", "ou moins", "et moins",
        "o menos", "y menos", "o meno", "e meno", "lub mniej", "i mniej", "eller farre", "och farre", "eller mindre",
    ),
    "&H": (
        "und weniger als", "und unter", "and less than", "and fewer than", "and under", "et moins de", "y menos de",
        "e meno di", "i mniej niz", "och mindre an", "och farre an",
    ),
    "t": ("bis", "do"),
}  # fmt: skip
"""Signs by what they say: L at least, H at most, B a band follows, - to, & and, P or more, M or less.

&H joins two ends; t is "to" behind a figure and "at most" before one.
"""

APPROXIMATE = (
    "~", "≈", "ca", "circa", "c", "approx", "approximately", "about", "around", "some", "etwa", "rund", "ungefahr",
    "ungefaehr", "zirka", "env", "environ", "pres de", "autour de", "aprox", "aproximadamente", "alrededor de", "unos",
    "unas", "about", "intorno a", "ok", "okolo", "cirka", "omkring", "ungefar",
)  # fmt: skip

UNITS = (
    "€", "eur", "euro", "euros", "mitarbeiter", "mitarbeitende", "mitarbeiterinnen", "mitarbeiter:innen",
    "mitarbeiter*innen", "mitarbeiter/innen", "mitarbeiter/-innen", "mitarbeitenden", "ma", "beschaftigte",
    "beschaeftigte", "beschaftigten", "personen", "person", "kopfe", "angestellte", "vza", "vzae", "vollzeitstellen",
    "employees", "employee", "staff", "people", "persons", "headcount", "fte", "ftes", "workers", "heads",
    "salaries", "salarie", "employes", "employe", "personnes", "personne", "etp", "collaborateurs",
    "empleados", "empleado", "trabajadores", "personas", "dipendenti", "dipendente", "addetti", "addetto", "persone",
    "pracownikow", "pracownik", "pracownicy", "osob", "osoby", "zatrudnionych",
    "anstallda", "anstalld", "medarbetare", "personer", "d'euros", "de euros", "di euro",
    "mitarbeiterinnen und mitarbeiter", "mitarbeiter und mitarbeiterinnen", "vollzeitaquivalente", "vollzeitkrafte",
    "umsatz", "jahresumsatz", "turnover", "revenue", "revenues", "sales", "chiffre d'affaires", "de ca", "fatturato",
    "facturacion", "/jahr", "pro jahr", "p.a", "jahrlich", "/a", "per year", "a year", "/year", "annually", "par an",
    "/an", "al ano", "all'anno", "rocznie", "per ar", "/ar",
)  # fmt: skip

SCALES = {
    1e3: (
        "k", "t", "k€", "t€", "keur", "teur", "tsd", "tds", "tausend", "thousand", "thousands", "mille", "milliers de",
        "miles de", "mila", "tys", "tysiecy", "tysiace", "tusen", "th",
    ),
    1e6: (
        "m", "m€", "meur", "mio", "mill", "mn", "mln", "million", "millions", "millionen", "millones", "millon",
        "milione", "milioni", "milion", "miliony", "milionow", "miljon", "miljoner", "milj",
    ),
    1e9: (
        "mrd", "md", "md€", "mds", "mdr", "mld", "bn", "billion", "billions", "milliard", "milliards", "milliarde",
        "milliarden", "mil millones", "miliardo", "miliardi", "miliard", "miliardow", "miliardy", "miljard",
        "miljarder",
    ),
}  # fmt: skip
"""What a figure is multiplied by. "mil" is left out: a thousand in Spanish, a million in colloquial English."""

SIZES = {
    (0.0, 9.0): (
        "micro", "micro enterprise", "microenterprise", "micro business", "micro company", "mikro", "kleinst",
        "kleinstunternehmen", "kleinstbetrieb", "mikrounternehmen", "microentreprise", "micro entreprise", "tpe",
        "micro empresa", "microempresa", "microimpresa", "micro impresa", "mikroprzedsiębiorstwo",
        "mikroprzedsiębiorca", "mikrofirma", "mikroföretag",
    ),
    (10.0, 49.0): (
        "small", "small enterprise", "small business", "small company", "small sized", "klein", "kleines unternehmen",
        "kleine unternehmen", "kleinunternehmen", "kleinbetrieb", "petite", "petite entreprise", "pequeña",
        "pequeña empresa", "piccola", "piccola impresa", "mała", "mała firma", "mały", "małe przedsiębiorstwo",
        "mały przedsiębiorca", "liten", "litet", "litet företag", "små företag", "småföretag",
    ),
    (50.0, 249.0): (
        "medium", "medium sized", "medium enterprise", "medium sized enterprise", "medium company", "mid sized",
        "mittel", "mittelgroß", "mittlere", "mittleres unternehmen", "mittlere unternehmen", "mittelbetrieb",
        "moyenne", "moyenne entreprise", "mediana", "mediana empresa", "media", "media impresa", "średnia",
        "średnia firma", "średnie przedsiębiorstwo", "średni przedsiębiorca", "medelstor", "medelstort",
        "medelstort företag", "medelstora företag", "mellanstort", "mellanstort företag",
    ),
    (250.0, None): (
        "large", "large enterprise", "large company", "big", "groß", "großunternehmen", "großes unternehmen",
        "großbetrieb", "grande", "grande entreprise", "gran empresa", "grande empresa", "grande impresa", "duża",
        "duża firma", "duże przedsiębiorstwo", "duży przedsiębiorca", "stor", "stort", "stort företag", "stora företag",
        "storföretag",
    ),
    (0.0, 249.0): ("sme", "kmu", "pme", "pyme", "pmi", "mśp", "små och medelstora företag"),
}  # fmt: skip
"""Staff headcount by the size classes of Commission Recommendation 2003/361/EC."""
