"""The commands of the AWS CLI as docs/runbook.md uses them, checked and sent by botocore's models of AWS."""

import json
import os
import sys
import time

import botocore.session
import jmespath
from botocore import xform_name

arguments = sys.argv[1:]
# Then nothing is sent: only that AWS knows the command and what it is given.
ONLY_CHECKED = "AWS_ONLY_CHECKED" in os.environ


def fail(message):
    print(f"aws: {message}", file=sys.stderr)
    sys.exit(2)


def options(words):
    """`--name value…` by name; a flag has no value."""
    found, name = {}, None
    for word in words:
        if word.startswith("--"):
            name = word[2:]
            found[name] = []
        elif name is None:
            fail(f"unexpected {word}")
        else:
            found[name].append(word)
    return found


def structure(shape, text):
    """`Key=name,Values=a,b`."""
    fields, name = {}, None
    for part in text.split(","):
        if "=" in part:
            name, value = part.split("=", 1)
        else:
            value = part
        if name not in shape.members:
            fail(f"{shape.name} has no {name}")
        is_list = shape.members[name].type_name == "list"
        fields[name] = [*fields.get(name, []), value] if is_list else value
    return fields


def value_of(shape, words):
    if shape.type_name == "list":
        inner = shape.member
        return [structure(inner, word) if inner.type_name == "structure" else word for word in words]
    if shape.type_name == "boolean":
        return True
    if len(words) != 1:
        fail(f"one value expected, and not {words}")
    if shape.type_name in ("integer", "long"):
        return int(words[0])
    if shape.type_name in ("double", "float"):
        return float(words[0])
    return structure(shape, words[0]) if shape.type_name == "structure" else words[0]


def parameters(model, given):
    members = {xform_name(name, "-"): (name, shape) for name, shape in model.input_shape.members.items()}
    result = {}
    for option, words in given.items():
        if option not in members:
            fail(f"{model.name} takes no --{option}")
        name, shape = members[option]
        result[name] = value_of(shape, words)
    return result


def show(answer, output):
    if output != "text":
        print(json.dumps(answer, default=str))
        return
    for row in answer if isinstance(answer, list) else [answer]:
        print("\t".join(str(cell) for cell in row) if isinstance(row, list) else row)


service, operation, *rest = arguments
session = botocore.session.get_session()
positional = []
while rest and not rest[0].startswith("--"):
    positional.append(rest.pop(0))
given = options(rest)
query = given.pop("query", [None])[0]
output = given.pop("output", ["json"])[0]
region = given.pop("region", [os.environ["AWS_REGION"]])[0]
client = session.create_client(service, region_name=region)

if (service, operation) == ("logs", "tail"):
    # A command of the CLI's own, made of this one.
    if not positional or set(given) - {"since", "filter-pattern"}:
        fail("logs tail takes a group, --since and --filter-pattern")
    if ONLY_CHECKED:
        sys.exit()
    since = int(time.time() - 60 * int(given["since"][0].removesuffix("m"))) * 1000
    found = client.filter_log_events(
        logGroupName=positional[0], startTime=since, filterPattern=given["filter-pattern"][0]
    )
    for event in found["events"]:
        print(event["message"])
elif operation == "wait":
    waiter = positional[0].replace("-", "_")
    if waiter not in client.waiter_names:
        fail(f"{service} has no waiter {positional[0]}")
    asked = client.get_waiter(waiter)
    model = client.meta.service_model.operation_model(asked.config.operation)
    asked.wait(**parameters(model, given))
else:
    methods = {xform_name(name, "-"): name for name in client.meta.service_model.operation_names}
    if operation not in methods or positional:
        fail(f"{service} has no {operation} {positional}")
    model = client.meta.service_model.operation_model(methods[operation])
    method = xform_name(methods[operation])
    sent = parameters(model, given)
    if ONLY_CHECKED:
        sys.exit()
    # As the CLI does: all pages at once.
    if client.can_paginate(method):
        answer = client.get_paginator(method).paginate(**sent).build_full_result()
    else:
        answer = getattr(client, method)(**sent)
    answer.pop("ResponseMetadata", None)
    show(jmespath.search(query, answer) if query else answer, output)
