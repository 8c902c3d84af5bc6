"""The page and the picture made from the figures of bench.py."""

import statistics

NAMES = {
    "tuned": "one script and one proof login by ssh (tuned)", "login": "one login by ssh, and no work (login)", "floor": "the least that OpenSSH allows (floor)",
    "plain": "one ssh a step (plain)", "recipes": "**ssh-recipes**", "recipes-gated": "**ssh-recipes**, all gates",
    "fabric": "Fabric", "pyinfra": "pyinfra", "ansible": "Ansible",
}


def medians(results):
    """(tool, turn, hosts, rtt) to the median, the number of runs, and the failures."""
    cells = {}
    for row in results:
        cells.setdefault((row["tool"], row["turn"], row["hosts"], row["rtt"]), []).append(row["wall"])
    return {
        key: (statistics.median([w for w in walls if w is not None] or [float("nan")]), len(walls), walls.count(None))
        for key, walls in cells.items()
    }


def table(cells, columns, tools, text):
    head = "| | " + " | ".join(f"{hosts} host{'s' * (hosts > 1)}, {rtt} ms" for hosts, rtt in columns) + " |"
    lines = [head, "|---" * (len(columns) + 1) + "|"]
    for tool in tools:
        words = []
        for hosts, rtt in columns:
            pair = [cells.get((tool, turn, hosts, rtt)) for turn in ("first", "second")]
            base = [cells.get(("tuned", turn, hosts, rtt)) for turn in ("first", "second")]
            words.append(" / ".join(text(cell, least) for cell, least in zip(pair, base)))
        lines.append(f"| {NAMES[tool]} | " + " | ".join(words) + " |")
    return "\n".join(lines)


def cpu(facts):
    """CPU time, which is what many hosts on one machine wait for."""
    rows = "\n".join(
        f"| {NAMES[tool]} | " + " | ".join(
            " / ".join(f"{used[turn][side]:.0f}" if used[turn] else "–" for turn in ("first", "second")) for side in (0, 1)) + " |"
        for tool, used in facts["cpu"].items())
    return f"""
## CPU time, in milliseconds

One host at 0 ms, *first / second*. A login by OpenSSH's own key exchange is most of a second run, on both sides. A run with all gates
makes two more logins than *login*: the rehearsal's and the proof's.

| | on the host | on this computer |
|---|---|---|
{rows}
"""


LIBRARY = {
    "a login": "a login by ssh, and `true`", "library": "**ssh-recipes**, with the library",
    "commands": "**ssh-recipes**, with `run` alone", "pyinfra": "pyinfra", "ansible": "Ansible",
}


def library(facts):
    """A group, an account, a line in a file, a file and a service."""
    found = facts["library"]
    if not found:
        return ""
    login = found["walls"]["a login"]["second"]
    rows = "\n".join(
        f"| {LIBRARY[tool]} | {wall['first']:.2f} | {wall['second']:.2f} | {wall['second'] / login:.2f} |"
        for tool, wall in found["walls"].items())
    return f"""
## Beyond SSH

A group, an account in this group, a line of `/etc/hosts`, a file from a template and a running service, on {found["hosts"]} hosts with a key, in
seconds. On the second run, everything is as wanted. Only the library, pyinfra and Ansible can plan; only the library can undo.

| | first run | second run | second run, as a ratio to a login |
|---|---|---|---|
{rows}
"""


def page(facts):
    cells = medians(facts["results"])
    columns = sorted({(hosts, rtt) for _, _, hosts, rtt in cells}, key=lambda pair: (pair[1], pair[0]))
    tools = [tool for tool in NAMES if any(key[0] == tool for key in cells)]
    seconds = lambda cell, _: "–" if cell is None or cell[0] != cell[0] else f"{cell[0]:.2f}"
    ratio = lambda cell, base: "–" if not cell or not base or cell[0] != cell[0] else f"{cell[0] / base[0]:.2f}"
    failed = sum(1 for row in facts["results"] if row["wall"] is None)
    runs = len(facts["results"])
    data, walls = facts["data"], facts["data"]["walls"]
    rows = "\n".join(f"| {name} | {wall:.2f} s |" for name, wall in walls.items())
    scp = walls.get("upload", 0) / walls["scp up"] if walls.get("scp up") else 0
    return f"""# Benchmarks

Written by `make bench`: {runs} runs of the tools in turn, {failed} failed, up to {facts["rounds"]} rounds a cell, medians. Do not edit.

{", ".join(facts["versions"])}.

![First run, beside other tools](benchmarks.svg)

## How to read it

Each tool lets a key in, sets the modes of the home and of `~/.ssh`, sets two options of sshd, and proves the key by a new login. *First*
is a fresh host and a password; *second* is the same command once more, with the key and nothing to do. A cell is *first / second*.

* **tuned** is the yardstick: one `ssh` that pipes one script, and one `ssh` for the proof. It journals nothing, plans nothing, and
  would lock you out without a word.
* **login** is a single `ssh` by OpenSSH's own key exchange, as the user's `ssh` makes it. ssh-recipes' own login is the
  same one but for Nagle's algorithm, so a second run can hardly take less.
* **floor** leaves out what can be left out: post-quantum key exchange, Nagle's algorithm, and the proof where the login was one.
* **ssh-recipes** sets an option that is in effect already, and so edits and reloads nothing. **all gates** is the same work as the
  peers': two options, one of them a change, which is checked, rehearsed, watched, reloaded and proved.
* Hosts and client share the machine, so from ten hosts on the hosts' own work is part of every time. Absolute times depend on the
  machine and on its load; the ratios hold.

## Wall time, in seconds

{table(cells, columns, tools, seconds)}

## The same as a ratio to tuned

{table(cells, columns, tools, ratio)}
{cpu(facts)}
## Data

{data["bytes"] // 1000000} MB of random bytes to and from one host, and many commands in one run.

| | median |
|---|---|
{rows}

`upload` takes {scp:.2f} times as long as `scp`, with its login, its checksums and its journal.
{library(facts)}"""


def picture(facts):
    """Bars of the first run at the most hosts without delay that all tools were tried with, as SVG."""
    cells = medians(facts["results"])
    counts = sorted({hosts for _, _, hosts, rtt in cells if rtt == min(r for *_, r in cells)})
    tools = ["tuned", "recipes", "recipes-gated", "fabric", "pyinfra", "ansible"]
    rtt = min(r for *_, r in cells)
    seconds = lambda tool, n: cells.get((tool, "first", n, rtt), [float("nan")])[0]
    full = [n for n in counts if all(seconds(tool, n) == seconds(tool, n) for tool in tools)]
    hosts = full[-1] if full else counts[-1]
    bars = []
    for tool in tools:
        for turn in ("first", "second"):
            cell = cells.get((tool, turn, hosts, rtt))
            if cell and cell[0] == cell[0]:
                bars.append((tool, turn, cell[0]))
    most = max(wall for *_, wall in bars)
    height = 24 * len(bars) + 56
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="{height}" font-family="sans-serif" font-size="13" role="img"'
        f' aria-label="Wall time on {hosts} hosts">',
        f'<rect width="720" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-size="15" font-weight="bold">{hosts} host{"s" * (hosts > 1)}: key, modes, sshd options and proof, in seconds</text>',
    ]
    for number, (tool, turn, wall) in enumerate(bars):
        y = 44 + 24 * number
        name = NAMES[tool].replace("*", "").split(" (")[0] if tool != "tuned" else "ssh and a script"
        width = max(2, 400 * wall / most)
        color = "#2f6fdb" if tool.startswith("recipes") else "#8c959f"
        shade = "1" if turn == "first" else "0.55"
        lines.append(f'<text x="216" y="{y + 14}" text-anchor="end">{name}, {turn} run</text>')
        lines.append(f'<rect x="224" y="{y + 2}" width="{width:.0f}" height="16" rx="2" fill="{color}" fill-opacity="{shade}"/>')
        lines.append(f'<text x="{232 + width:.0f}" y="{y + 14}">{wall:.1f}</text>')
    return "\n".join(lines + ["</svg>", ""])
