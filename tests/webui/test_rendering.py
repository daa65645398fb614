"""Templates that are rendered with less work print what Jinja prints."""

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from webui import rendering

VALUES = st.text() | st.text().map(Markup) | st.integers() | st.none() | st.floats() | st.lists(st.text(), max_size=2)
TEMPLATES = {
    "base": "<p>{% block main %}{% endblock %}</p>{{ last }}",
    "parts": "{% macro row(value, more='&') %}<b>{{ value }}</b>{{ more }}{{ caller() if caller }}{% endmacro %}",
    "page": """{% extends 'base' %}{% import 'parts' as parts with context %}{% block main %}
        {% for each in values %}{% set n = loop.index %}{{ parts.row(each) }}{{ parts.row(each, more=n) }}
        {{ add(n, 1) }}
        {% call parts.row(each) %}<i>{{ each }}</i>{% endcall %}{{ name() }}{{ each.nothing }}{{ each|string|upper }}
        {{ 'no &' }}{{ '%s' % each }}{% set block %}<u>{{ each }}</u>{% endset %}{{ block }}{{ row_of.title() }}
        {% endfor %}{% autoescape false %}{{ last }}{{ parts.row(last) }}{% endautoescape %}{% endblock %}""",
}


def environment(*, quick: bool) -> Environment:
    made = Environment(autoescape=True, loader=DictLoader(TEMPLATES))
    if quick:
        rendering.quicken(made)
    made.globals.update(
        add=lambda one, other: one + other, name=pass_context(lambda context: context.name), row_of="<a>"
    )
    return made


PLAIN, QUICK = (environment(quick=quick).get_template("page") for quick in (False, True))


@given(st.lists(VALUES, max_size=3), VALUES)
def test_a_page_is_the_same(values: list[object], last: object) -> None:
    assert QUICK.render(values=values, last=last) == PLAIN.render(values=values, last=last)


@given(VALUES)
def test_a_value_is_printed_escaped(value: object) -> None:
    assert str(rendering.printed(value)) == str(escape(value))
    assert rendering.escaped(str(value)) == str(escape(str(value)))


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(UndefinedError):
        environment(quick=True).from_string("{{ nobody.name }}").render()


def test_functions_are_called_as_they_are_and_others_by_jinja() -> None:
    quick = environment(quick=True)
    assert quick.context_class is not Context
    assert quick.from_string("{{ add(1, 2) }}{{ 'a-b'.split('-')|join }}{{ name() }}").render() == "3abNone"
    assert hasattr(markupsafe, "_escape_inner"), "without it pages are right, but slower"
