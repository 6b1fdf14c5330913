"""What can be asked: the analyses and their options, as data for programs."""

from __future__ import annotations

from typing import Any

from valuechain.model.analysis import Analysis, Parameter


def describe(analysis: Analysis) -> dict[str, Any]:
    """Return an analysis as plain data: name, question, method, and its own options."""
    return {
        "name": analysis.name,
        "version": analysis.version,
        "question": analysis.question,
        "summary": analysis.summary,
        "method": dict(analysis.method),
        "asks_about_one": analysis.asks_about_one,
        "options": [describe_option(one) for one in analysis.parameters],
    }


def describe_option(parameter: Parameter) -> dict[str, Any]:
    """Return an option as plain data, under the name that commands and URLs use."""
    return {
        "name": parameter.option,
        "type": parameter.type.__name__,
        "default": parameter.default,
        "help": parameter.help,
        "unit": parameter.unit,
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
        "choices": list(parameter.choices),
        "is_contents": parameter.is_contents,
    }


def allowed(parameter: Parameter) -> str:
    """Return in words what may be given: choices, or a range with its unit; empty if anything may."""
    if parameter.choices:
        return ", ".join(parameter.choices)
    if parameter.minimum is None and parameter.maximum is None:
        return parameter.unit
    bounds = "..".join("" if bound is None else f"{bound:g}" for bound in (parameter.minimum, parameter.maximum))
    return f"{bounds} {parameter.unit}".rstrip()
