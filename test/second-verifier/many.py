"""For the test: verifies many bundles in one process. Each line of the input is a list of arguments, in JSON."""

import contextlib
import io
import json
import sys

import verify

for line in sys.stdin:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exit_code = verify.main(json.loads(line))
    print(json.dumps({"exitCode": exit_code, "printed": printed.getvalue()}), flush=True)
