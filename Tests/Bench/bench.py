"""Runs the tools in turn on hosts of the lab, and writes the figures; `run` beside this file starts it."""

import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import report

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
JOBS = HERE / "jobs"
LAB = str(ROOT / "Tests/Lab/lab")
TOOLS = ["tuned", "login", "floor", "plain", "recipes", "recipes-gated", "fabric", "pyinfra", "ansible"]
# Tools that take so long with many hosts that one round is enough.
SLOW = {"ansible": 10, "plain": 10}


class Bench:
    def __init__(self, options):
        self.options = options
        self.results = []

    def lab(self, *words):
        done = subprocess.run([LAB, *words], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"lab {' '.join(words)}: {done.stderr}")
        return done.stdout

    def up(self, count):
        self.lab("up", self.options.lab, str(count), "debian")
        rows = [line.split() for line in self.lab("ips", self.options.lab).splitlines()]
        self.addresses = [row[-1] for row in rows]
        self.keys = [self.lab("hostkey", self.options.lab, str(n + 1)) for n in range(len(rows))]

    def reset(self, count):
        waiting = [
            subprocess.Popen([LAB, "reset", self.options.lab, str(n + 1)], stdout=subprocess.DEVNULL)
            for n in range(count)
        ]
        for process in waiting:
            process.wait()

    def home(self, hosts):
        """A home with a key of its own, and the hosts' keys known."""
        home = pathlib.Path(tempfile.mkdtemp(prefix="bench-"))
        ssh = home / ".ssh"
        ssh.mkdir(mode=0o700)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(ssh / "id_ed25519")], check=True)
        (ssh / "known_hosts").write_text("".join(self.keys))
        (ssh / "config").write_text("Host *\n  User pi\n")
        return home

    def command(self, tool, turn, hosts):
        cache = pathlib.Path(self.options.cache)
        users = [f"pi@{host}" for host in hosts]
        if tool in ("tuned", "login", "floor", "plain"):
            return ["sh", str(JOBS / "script.sh"), tool, turn, str(JOBS), str(cache), *users]
        if tool.startswith("recipes"):
            recipe = JOBS / ("gated.lua" if tool.endswith("gated") else "guide.lua")
            login = ["--password-command", "printf raspberry"] if turn == "first" else []
            return [self.options.program, "run", str(recipe), *users, "--yes", "--output", "plain", *login]
        if tool == "fabric":
            return [str(cache / "fabric/bin/python"), str(JOBS / "fabric_job.py"), turn, *users]
        proof = f"sh {JOBS}/proof.sh {' '.join(users)}"
        if tool == "pyinfra":
            login = "--ssh-password raspberry" if turn == "first" else "--ssh-key ~/.ssh/id_ed25519"
            line = f"{cache}/pyinfra/bin/pyinfra -y --ssh-user pi {login} {','.join(hosts)} {JOBS}/pyinfra_job.py"
            return ["sh", "-c", f"{line} && {proof}"]
        login = "-e ansible_password=raspberry -e ansible_ssh_password_mechanism=ssh_askpass" if turn == "first" else ""
        line = f"{cache}/ansible-core/bin/ansible-playbook -i {','.join(hosts)}, -u pi -f {len(hosts)} {login}"
        return ["sh", "-c", f"ANSIBLE_PIPELINING=1 {line} {JOBS}/playbook.yml && {proof}"]

    def timed(self, home, command):
        """The wall time by a clock within the lab, in seconds; None for a failure."""
        return (self.measured(home, command) or {}).get("wall")

    def measured(self, home, command):
        """The wall time, and the CPU time of this computer, in seconds; None for a failure."""
        clock = 'TIMEFORMAT="TIMES %R %U %S"; time "$@" >"$HOME/bench.log" 2>&1'
        done = subprocess.run(
            [LAB, "client", self.options.lab, "--home", str(home), "--no-agent", "--", "bash", "-c", clock, "bash", *command],
            capture_output=True, text=True, cwd=home)
        times = [line.split()[1:] for line in done.stderr.splitlines() if line.startswith("TIMES ")]
        if done.returncode or not times:
            log = home / "bench.log"
            print(f"bench: failed: {' '.join(command)[:200]}\n{log.read_text()[-600:] if log.exists() else ''}", file=sys.stderr)
            return None
        wall, user, system = map(float, times[0])
        return {"wall": wall, "cpu": user + system}

    def round(self, tool, count, rtt):
        hosts = self.addresses[:count]
        self.reset(count)
        home = self.home(hosts)
        try:
            for turn in ("first", "second"):
                wall = self.timed(home, self.command(tool, turn, hosts))
                self.results.append({"tool": tool, "turn": turn, "hosts": count, "rtt": rtt, "wall": wall})
                print(f"bench: {count:3} hosts, {rtt:2} ms, {tool:13} {turn:6} {wall}", flush=True)
                if wall is None:
                    return
        finally:
            shutil.rmtree(home)

    def matrix(self):
        options = self.options
        for count in options.hosts:
            for rtt in options.rtt:
                self.lab("netem", options.lab, str(rtt))
                for number in range(options.rounds):
                    for tool in options.tools:
                        if number and count >= SLOW.get(tool, 1 << 30):
                            continue
                        if time.monotonic() - options.began < options.seconds:
                            self.round(tool, count, rtt)
        self.lab("netem", options.lab, "0")

    def cpu(self):
        """Milliseconds of CPU time on one host and on this computer, for each tool."""
        tools = [tool for tool in self.options.tools if tool != "plain"]
        used = {tool: {"first": [], "second": []} for tool in tools}
        for _ in range(self.options.rounds):
            for tool in tools:
                self.reset(1)
                home = self.home(self.addresses[:1])
                for turn in ("first", "second"):
                    before = int(self.lab("cpu", self.options.lab, "1"))
                    times = self.measured(home, self.command(tool, turn, self.addresses[:1]))
                    # The end of a session outlasts the tool.
                    time.sleep(0.5)
                    if times:
                        used[tool][turn].append((int(self.lab("cpu", self.options.lab, "1")) - before, 1000 * times["cpu"]))
                shutil.rmtree(home)
        return {tool: {turn: [statistics.median(column) for column in zip(*rows)] for turn, rows in both.items()}
                for tool, both in used.items()}

    def data(self):
        """200 MB up and down, beside scp, and many commands in one run."""
        options = self.options
        self.reset(1)
        home = self.home(self.addresses[:1])
        host = f"pi@{self.addresses[0]}"
        size = options.megabytes * 1000000
        with open(home / "file", "wb") as file:
            for _ in range(options.megabytes):
                file.write(os.urandom(1000000))
        recipe = lambda name, *more: [options.program, "run", str(JOBS / name), host, "--yes", "--output", "plain", *more]
        self.timed(home, self.command("recipes", "first", self.addresses[:1]))
        rows = {
            "scp up": ["sh", "-c", f"ssh {host} rm -f scp-file; scp -q ~/file {host}:scp-file"],
            "upload": recipe("upload.lua", "--set", "file=/root/file"),
            "upload, unchanged": recipe("upload.lua", "--set", "file=/root/file"),
            "scp down": ["scp", "-q", f"{host}:scp-file", "/root/back"],
            "run, stdout to a file": recipe("download.lua", "--set", "file=/root/back"),
            "run 100 times": recipe("many.lua", "--set", "times=100"),
        }
        walls = {name: [] for name in rows}
        for _ in range(options.rounds):
            subprocess.run([LAB, "exec", options.lab, "1", "rm", "-f", "/home/pi/bench-file"])
            for name, command in rows.items():
                walls[name].append(self.timed(home, command))
        shutil.rmtree(home)
        done = {name: [wall for wall in all if wall is not None] for name, all in walls.items()}
        return {"bytes": size, "walls": {name: statistics.median(all) for name, all in done.items() if all}}


    def library(self):
        """Five things beyond logins, on several hosts with a key."""
        options, cache = self.options, self.options.cache
        count = min(10, max(options.hosts))
        hosts = self.addresses[:count]
        users = [f"pi@{host}" for host in hosts]
        recipe = lambda name: [options.program, "run", str(JOBS / name), *users, "--yes", "--output", "plain"]
        tools = {
            "a login": ["sh", str(JOBS / "proof.sh"), *users],
            "library": recipe("library.lua"),
            "commands": recipe("commands.lua"),
            "pyinfra": [
                f"{cache}/pyinfra/bin/pyinfra", "-y", "--ssh-user", "pi", "--ssh-key", "~/.ssh/id_ed25519", ",".join(hosts),
                str(JOBS / "library_pyinfra.py")],
            "ansible": [
                "env", "ANSIBLE_PIPELINING=1", f"{cache}/ansible-core/bin/ansible-playbook", "-i", ",".join(hosts) + ",", "-u", "pi",
                "-f", str(count), str(JOBS / "library.yml")],
        }
        walls = {tool: {"first": [], "second": []} for tool in tools}
        for _ in range(options.rounds):
            for tool, command in tools.items():
                self.reset(count)
                home = self.home(hosts)
                self.timed(home, self.command("tuned", "first", hosts))
                for turn in ("first", "second"):
                    walls[tool][turn].append(self.timed(home, command))
                    print(f"bench: library, {count} hosts, {tool:13} {turn:6} {walls[tool][turn][-1]}", flush=True)
                shutil.rmtree(home)
        middle = lambda all: statistics.median([wall for wall in all if wall is not None] or [float("nan")])
        return {"hosts": count, "walls": {tool: {turn: middle(all) for turn, all in both.items()} for tool, both in walls.items()}}


def versions(options):
    def line(*command):
        done = subprocess.run(command, capture_output=True, text=True)
        lines = (done.stdout + done.stderr).strip().splitlines()
        return lines[0] if lines else "?"

    def package(name):
        ask = f"import importlib.metadata as m; print(m.version('{name}'))"
        return f"{name} {line(f'{options.cache}/{name}/bin/python', '-c', ask)}"

    commit = line("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD")
    return [
        f"ssh-recipes {commit}", line("ssh", "-V"), package("ansible-core"), package("pyinfra"), package("fabric"),
        f"Python {platform.python_version()}", f"{os.cpu_count()} cores, Linux {platform.release()}",
    ]


def numbers(text):
    return [int(word) for word in text.split(",")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lab", required=True)
    parser.add_argument("--program", required=True)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--hosts", type=numbers, default=[1, 10, 50])
    parser.add_argument("--rtt", type=numbers, default=[0, 50])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tools", type=lambda text: text.split(","), default=TOOLS)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=4 * 3600, help="begin no further round after this time")
    parser.add_argument("--quick", action="store_true", help="1 and 10 hosts, three rounds, within five minutes")
    parser.add_argument("--out", default=str(ROOT / "docs"), help="the folder for the page and the picture")
    options = parser.parse_args()
    if options.quick:
        options.hosts, options.rtt, options.rounds, options.seconds = [1, 10], [0], 3, 240
        options.tools = [tool for tool in options.tools if tool not in ("ansible", "plain")]
    options.began = time.monotonic()
    bench = Bench(options)
    bench.up(max(options.hosts))
    bench.matrix()
    cpu = bench.cpu()
    data = bench.data()
    library = {} if options.quick else bench.library()
    facts = {"results": bench.results, "cpu": cpu, "data": data, "library": library, "versions": versions(options), "rounds": options.rounds}
    if options.quick:
        print(report.page(facts))
        return
    out = pathlib.Path(options.out)
    (out / "benchmarks.md").write_text(report.page(facts))
    (out / "benchmarks.svg").write_text(report.picture(facts))
    (pathlib.Path(options.cache) / "last.json").write_text(json.dumps(facts))


main()
