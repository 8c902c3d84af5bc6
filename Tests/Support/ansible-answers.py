#!/usr/bin/env python3
"""Asks ansible-core about inventories: the reference for the tests of our own reader.

Started with the Python of ansible-core. Standard input: a JSON list of {"inventory": [PATH, ...], "patterns": [TEXT, ...]}.
Standard output: a JSON list of {"list": ..., "hosts": [[NAME, ...] or null, ...]}: the answers of
`ansible-inventory --list` and of `ansible PATTERN --list-hosts`, which each run in a process of their own.
"""
import contextlib, io, json, os, sys

from ansible.cli.adhoc import AdHocCLI
from ansible.cli.inventory import InventoryCLI


def run(cli, arguments):
    """What the command prints, or None if it fails."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        text, status = io.StringIO(), 1
        try:
            with contextlib.redirect_stdout(text), open(os.devnull, "w") as null, contextlib.redirect_stderr(null):
                status = cli(arguments).run() or 0
        except SystemExit as end:
            status = end.code or 0
        except BaseException:
            pass
        sys.stdout = text
        with os.fdopen(writing, "w") as pipe:
            pipe.write(text.getvalue() if status == 0 else "")
        os._exit(status if isinstance(status, int) else 1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        text = pipe.read()
    return text if os.waitpid(child, 0)[1] == 0 else None


answers = []
for question in json.load(sys.stdin):
    sources = [word for path in question["inventory"] for word in ("-i", path)]
    listed = run(InventoryCLI, ["ansible-inventory", "--list", *sources])
    hosts = []
    for pattern in question["patterns"]:
        text = run(AdHocCLI, ["ansible", pattern, "--list-hosts", *sources])
        hosts.append(None if text is None else [line.strip() for line in text.splitlines()[1:]])
    answers.append({"list": json.loads(listed) if listed else None, "hosts": hosts})
json.dump(answers, sys.stdout)
