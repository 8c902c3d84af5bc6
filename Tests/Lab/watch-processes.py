"""Looks at every process of this machine, again and again, for words that must not be there.

usage: watch-processes.py FILE WORD...

Runs until its standard input ends. Writes to FILE what it found, a line each, then how often it saw programs that
a run is known to start. A machine that hosts namespaces sees the processes of both sides.
"""

import os
import select
import sys

own = os.getpid()
words = [word.encode() for word in sys.argv[2:]]
found, seen = set(), {b"ssh": 0, b"sudo": 0, b"sshd": 0}
while not select.select([sys.stdin], [], [], 0)[0]:
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit() or int(entry.name) == own:
            continue
        for name in ("cmdline", "environ"):
            try:
                with open(f"/proc/{entry.name}/{name}", "rb") as file:
                    text = file.read()
            except OSError:
                continue
            if name == "cmdline":
                program = os.path.basename(text.split(b"\0")[0].split(b":")[0])
                if program in seen:
                    seen[program] += 1
            for word in words:
                if word in text:
                    found.add(f"{name} {text!r}")
with open(sys.argv[1], "w") as file:
    for line in sorted(found):
        print("found", line, file=file)
    for program, count in seen.items():
        print("seen", program.decode(), count, file=file)
