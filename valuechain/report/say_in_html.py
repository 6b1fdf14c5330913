"""Messages within HTML: what people wrote is escaped, the simple tags of a message itself are kept."""

from __future__ import annotations

from markupsafe import Markup, escape

from valuechain.model.language import say


def say_in_html(message: str, /, **values: object) -> Markup:
    """Return a message in the language that is spoken, as markup; values are escaped unless they are markup.

    The message itself must be written in the template or the code that says it: it is not escaped.
    """
    return Markup(say(message, **{name: _as_text(value) for name, value in values.items()}))


def _as_text(value: object) -> object:
    return value if isinstance(value, int | float) else str(escape(value))
