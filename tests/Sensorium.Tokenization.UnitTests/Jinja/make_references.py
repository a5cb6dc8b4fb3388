#!/usr/bin/env python3
"""Renders templates with Python's jinja2, set up as Hugging Face's apply_chat_template sets it up.

usage: make_references.py > references.json      (needs jinja2)
"""
import json

import jinja2
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

USER = {"role": "user", "content": "Hello <b>there</b>"}
ANSWER = {"role": "assistant", "content": "  Hi! How can I help?\n"}
SYSTEM = {"role": "system", "content": "Be brief."}
PARTS = {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "What is this?"}, {"type": "image"}]}
CHATS = {
    "one": [USER],
    "system": [SYSTEM, USER, ANSWER, {"role": "user", "content": "Tell me 'more' \"now\""}],
    "parts": [{"role": "system", "content": [{"type": "text", "text": "Be brief."}]}, PARTS, {"role": "assistant", "content": [{"type": "text", "text": "A dog."}]}],
    "wrong": [USER, USER],
}

# In the ways in which the templates of well-known models are written.
CHAT_TEMPLATES = {
    "chatml": "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
              "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
    "llama": "{% set loop_messages = messages %}{% for message in loop_messages %}{% set content = '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'"
             "+ message['content'] | trim + '<|eot_id|>' %}{% if loop.index0 == 0 %}{% set content = bos_token + content %}{% endif %}{{ content }}{% endfor %}"
             "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}",
    "mistral": "{%- if messages[0]['role'] == 'system' %}\n    {%- set system_message = messages[0]['content'] %}\n    {%- set loop_messages = messages[1:] %}\n{%- else %}\n"
               "    {%- set loop_messages = messages %}\n{%- endif %}\n\n{{- bos_token }}\n{%- for message in loop_messages %}\n"
               "    {%- if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}\n        {{- raise_exception('roles must take turns') }}\n    {%- endif %}\n"
               "    {%- if message['role'] == 'user' %}\n        {%- if loop.first and system_message is defined %}\n"
               "            {{- ' [INST] ' + system_message + '\\n\\n' + message['content'] + ' [/INST]' }}\n        {%- else %}\n"
               "            {{- ' [INST] ' + message['content'] + ' [/INST]' }}\n        {%- endif %}\n    {%- else %}\n"
               "        {{- ' ' + message['content'] + eos_token}}\n    {%- endif %}\n{%- endfor %}\n",
    "gemma": "{{ bos_token }}{% if messages[0]['role'] == 'system' %}{% set first = messages[0]['content'] + '\n\n' %}{% set rest = messages[1:] %}"
             "{% else %}{% set first = '' %}{% set rest = messages %}{% endif %}{% for message in rest %}"
             "{% set role = 'model' if message.role == 'assistant' else message.role %}{{ '<start_of_turn>' + role + '\n' + (first if loop.first else '') }}"
             "{% if message.content is string %}{{ message.content | trim }}{% elif message.content is iterable %}{% for item in message.content %}"
             "{% if item.type == 'image' %}{{ '<start_of_image>' }}{% elif item['type'] == 'text' %}{{ item.text | trim }}{% endif %}{% endfor %}"
             "{% else %}{{ raise_exception('no content') }}{% endif %}{{ '<end_of_turn>\n' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model\n'}}{% endif %}",
    "smolvlm": "<|im_start|>{% for message in messages %}{{message['role'] | capitalize}}{% if message['content'][0]['type'] == 'image' %}{{':'}}{% else %}{{': '}}{% endif %}"
               "{% for line in message['content'] %}{% if line['type'] == 'text' %}{{line['text']}}{% elif line['type'] == 'image' %}{{ '<image>' }}{% endif %}{% endfor %}"
               "<end_of_utterance>\n{% endfor %}{% if add_generation_prompt %}{{ 'Assistant:' }}{% endif %}",
    "qwen": "{% set count = namespace(value=0) %}{% for message in messages %}{% if loop.first and message['role'] != 'system' %}"
            "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n{% endif %}<|im_start|>{{ message['role'] }}\n{% if message['content'] is string %}"
            "{{ message['content'] }}<|im_end|>\n{% else %}{% for content in message['content'] %}{% if content['type'] == 'image' or 'image' in content %}"
            "{% set count.value = count.value + 1 %}{% if add_vision_id %}Picture {{ count.value }}: {% endif %}<|vision_start|><|image_pad|><|vision_end|>"
            "{% elif 'text' in content %}{{ content['text'] }}{% endif %}{% endfor %}<|im_end|>\n{% endif %}{% endfor %}"
            "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
    "macros": "{%- macro render(content, prefix='>') -%}\n  {%- if content is string -%}{{ prefix ~ ' ' ~ content }}\n  {%- else -%}\n    {%- for part in content if part.type == 'text' -%}"
              "{{ prefix }}{{ part.text }}{%- endfor -%}\n  {%- endif -%}\n{%- endmacro -%}\n{%- for message in messages -%}\n{{ render(message.content) }}|{{ render(message.content, prefix='*') }}\n{% endfor -%}",
}

VALUES = {
    "word": "Wörld", "number": 7, "ratio": 0.5, "whole": 2.0, "yes": True, "nothing": None, "list": [3, 1, 2], "words": ["b", "A", "c"], "empty": [],
    "map": {"b": 1, "a": {"x": [1, "two", None, True, 1.5]}}, "people": [{"name": "Ann", "age": 31}, {"name": "bob"}, {"name": "Cid", "age": 4, "tags": ["x"]}],
    "quote": "it's \"so\"\n", "lines": "one\n\ntwo",
}
EXPRESSIONS = [
    "word", "number", "ratio", "whole", "yes", "nothing", "list", "map", "words", "missing", "quote", "[quote]", "(1, 2)", "[]", "{}", "{'a': {'b': 1}}",
    "1 + 2 * 3", "7 // 2", "-7 // 2", "-7 % 3", "7 / 2", "6 / 2", "2 ** 3", "1 - -1", "1.5 + 1", "1e3", "0.1 + 0.2", "1_000",
    "'a' + 'b' ~ 1 ~ none", "'ab' * 3", "[1] + [2]", "'a' 'b'", "'\\n\\t\\\\\\'\\u00e9'", "'a' < 'b'", "1 < 2 < 3", "1 < 2 > 3", "1 == 1.0", "true == 1", "[1, 2] == [1, 2]",
    "'or' in word", "'x' not in word", "2 in list", "'a' in map", "not 1 == 2", "not yes and nothing", "nothing or 'other'", "yes and 'this'", "'' or []",
    "'a' if yes else 'b'", "'a' if nothing", "('a' if nothing) is undefined", "1 if 0 else 2 if 0 else 3", "list[0]", "list[-1]", "list[9]", "list[1:]", "list[:-1]", "list[::-1]", "word[1:3]", "word[0]",
    "map.a.x[1]", "map['a']['x'][-1]", "map.missing", "map.get('b')", "map.get('z', 'none')", "map.items() | list", "map | items | list", "map.keys() | list", "map.values() | list",
    "word | upper", "word | lower | capitalize", "'two words' | title", "'  x ' | trim", "'xxaxx' | trim('x')", "word | length", "list | length", "map | count", "list | sort", "words | sort", "list | sort(reverse=true)",
    "people | sort(attribute='name') | map(attribute='name') | join(', ')", "words | map('upper') | list", "words | join", "words | join('-')", "list | sum", "list | max", "list | min", "list | first", "list | last",
    "list | reverse | list", "word | reverse", "people | selectattr('age') | list | length", "people | selectattr('age', 'defined') | map(attribute='age') | list",
    "people | rejectattr('name', 'equalto', 'Ann') | map(attribute='name') | list", "list | select('odd') | list", "list | reject('even') | list", "[1, 1, 2] | unique | list", "people | map(attribute='age', default=0) | list",
    "missing | default('d')", "'' | default('d')", "'' | default('d', true)", "nothing | default('d')", "missing | d(1)", "'4' | int", "'x' | int", "'4.7' | int", "3.9 | int", "'1.5' | float", "5 | string + 'x'", "3.7 | round", "-3 | abs",
    "'a-b-c' | replace('-', '+')", "'a-b-c' | replace('-', '+', 1)", "lines | indent", "lines | indent(2, true)", "map | tojson", "map | tojson(indent=2)", "quote | tojson", "[] | tojson(indent=4)", "word | tojson", "map | dictsort", "words | list", "word | list",
    "'a,b,c'.split(',')", "'a,b,c'.split(',', 1)", "'a,b,c'.rsplit(',', 1)", "' a  b '.split()", "'xaxbx'.strip('x')", "' a '.lstrip() ~ '|'", "' a '.rstrip() ~ '|'", "'abc'.startswith('ab')", "'abc'.endswith(('x', 'bc'))",
    "'abc'.find('c')", "'abab'.count('ab')", "'ab'.replace('a', 'x')", "'-'.join(words)", "'ab'.upper()", "'AB'.lower()", "'ab cd'.title()", "'12'.isdigit()", "'a</t>b'.split('</t>')[-1].lstrip('\\n')", "word.missing is defined",
    "missing is defined", "word is defined", "nothing is none", "nothing is not none", "word is string", "list is string", "list is iterable", "word is iterable", "map is mapping", "list is mapping", "list is sequence", "number is number", "yes is boolean", "yes is true", "number is odd",
    "number is divisibleby 7", "number is divisibleby(2)", "number is in list", "number is eq 7", "word is not string", "ratio is float", "number is integer", "range(3) | list", "range(1, 4) | list", "range(4, 0, -2) | list", "dict(a=1)", "-list[0]", "-2 ** 2", "- 3 | abs",
    "'%s' ~ 3", "(list | length) > 2 and word is string", "1 if list is defined and list | length > 0 else 0", "{'type': 'x'}.type", "namespace(a=1).a",
]
TEMPLATES = [
    "a\n{% if yes %}\nb\n{% endif %}\nc\n", "  {% if yes %}x{% endif %}  \n  {{ word }}  \n", "{%- if yes -%}  x  {%- endif -%}  y", "a {#- c -#} b", "a\n  {# c #}\nb", "  {%+ if yes %}x{% endif %}", "{% if yes +%}\nx{% endif %}",
    "{{ word }}\n\n", "x\r\ny\r\n", "{% for x in list %}{{ loop.index }}/{{ loop.length }}:{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}", "{% for x in empty %}x{% else %}none{% endfor %}",
    "{% for x in list if x > 1 %}{{ loop.index0 }}{{ x }}{% endfor %}", "{% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}", "{% for x in list %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }}{% endfor %}",
    "{% for x in list %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% if x == 2 %}{% break %}{% endif %}{% endfor %}", "{% for x in range(3) %}{% for y in range(x) %}{{ x }}{{ y }} {% endfor %}{% endfor %}",
    "{% set x = 1 %}{% for y in list %}{% set x = y %}{% endfor %}{{ x }}", "{% set n = namespace(x=1) %}{% for y in list %}{% set n.x = n.x + y %}{% endfor %}{{ n.x }}", "{% if yes %}{% set x = 5 %}{% endif %}{{ x }}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set t %}in {{ word }}{% endset %}{{ t | upper }}", "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4, a=5) }}", "{% if number > 9 %}a{% elif number > 5 %}b{% else %}c{% endif %}",
    "{% filter upper %}x {{ word }}{% endfilter %}", "{% generation %}x{% endgeneration %}", "{{ {'a': {'b': 1}}['a']['b'] }}", "{{ '}}' }}{{ \"%}\" }}", "{% for m in people %}{{ m.name if m.age is defined else 'none' }} {% endfor %}",
    "{% set x = 1 %}{% macro f() %}{{ x }}{% endmacro %}{% set x = 2 %}{{ f() }}", "{% for x in list %}{{ loop.cycle('a', 'b') }}{% endfor %}", "{{ missing }}|{{ nothing }}|{{ empty }}", "{{ [1, 2,] }}{{ (1,) | length }}",
]
FAULTS = ["{{ raise_exception('no') }}", "{{ missing.a }}", "{{ missing() }}", "{{ 1 + 'a' }}", "{{ 1 / 0 }}", "{{ word", "{% if yes %}", "{% endif %}", "{% wrong %}", "{{ 1 | wrong }}", "{{ 1 is wrong }}", "{% for x in 5 %}{% endfor %}", "{{ }}", "{{ nothing < 1 }}", "{{ 'a }}", "{# open"]


class Generation(Extension):
    """The block that marks an assistant's words."""

    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_keep"), [], [], body).set_lineno(line)

    @staticmethod
    def _keep(caller):
        return caller()


def environment():
    result = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, loopcontrols])
    result.filters["tojson"] = lambda value, indent=None: json.dumps(value, ensure_ascii=False, indent=indent)
    result.globals["raise_exception"] = fail
    return result


def fail(message):
    raise jinja2.exceptions.TemplateError(message)


def render(template, values):
    try:
        return environment().from_string(template).render(**values)
    except (jinja2.exceptions.TemplateError, TypeError, ZeroDivisionError):
        return None


def cases():
    for template in CHAT_TEMPLATES.values():
        for chat in CHATS.values():
            for wanted in (True, False):
                yield template, {"messages": chat, "add_generation_prompt": wanted, "bos_token": "<s>", "eos_token": "</s>"}
    for expression in EXPRESSIONS:
        yield "{{ %s }}" % expression, VALUES
    for template in TEMPLATES + FAULTS:
        yield template, VALUES


def main():
    values, rows = [], []
    for template, given in cases():
        if given not in values:
            values.append(given)
        rows.append({"template": template, "values": values.index(given), "text": render(template, given)})
    print(json.dumps({"made_by": f"make_references.py, jinja2 {jinja2.__version__}", "values": values, "cases": rows}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
