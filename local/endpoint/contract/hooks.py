"""How Schemathesis is to read the API's document, and what it may send."""

import re

import schemathesis

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@schemathesis.hook
def before_load_schema(_context, document):
    """The body of a link is sent as it is: mixed with another, it is no ballot and leads nowhere."""
    for methods in document["paths"].values():
        for operation in methods.values():
            for response in operation["responses"].values():
                for link in response.get("links", {}).values():
                    link["x-schemathesis"] = {"merge_body": False}


@schemathesis.hook
def before_call(_context, case, _kwargs):
    """What is sent is HTTP, so that the API decides and not the server in front of it, which answers in its own way."""
    for name, value in (case.headers or {}).items():
        case.headers[name] = CONTROL_CHARACTERS.sub("~", value)
