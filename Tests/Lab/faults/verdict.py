"""What has to be so after a cut."""

import json
import re

import cell as cells
from cell import Problem, poll

# The recipe's `within`, and how long after it all has to be quiet: a rehearsal that nobody ends takes 30 seconds.
WITHIN = 5
PATIENCE = 30

TRACES = """
find / -xdev ! -path '/proc/*' -name '*ssh-recipes*' 2>/dev/null
for d in /run /tmp /dev/shm; do find $d -name '*ssh-recipes*' 2>/dev/null; done | sort -u
if [ -d /run/systemd/system ]; then systemctl list-units --plain --no-legend 'ssh-recipes*'; fi
true
"""
EFFECTIVE = "sshd -t 2>&1; sshd -T 2>/dev/null | grep -i '^passwordauthentication '"


def fields(line):
    """A snapshot's line as what may change on its own: the mode, and the content."""
    if line is None:
        return {"mode": None, "owner": None, "content": None}
    _, kind, mode, user, group, size, rest = line.split("\t")
    return {"mode": mode, "owner": (user, group), "content": (kind, size, rest)}


class Verdict:
    def __init__(self, cell, way, reference):
        self.cell, self.way, self.reference = cell, way, reference
        self.problems = []

    def expect(self, is_so, text):
        if not is_so:
            self.problems.append(text)
        return is_so

    def quiet_here(self):
        """Nothing of ours is left on the operator's side."""
        cell = self.cell
        poll(lambda: not cell.own_processes(), 10)
        left = [p.line for p in cell.own_processes()]
        self.expect(not left, f"processes left here: {left}")
        sockets = [p.name for p in (cell.home / "sockets").iterdir()]
        self.expect(not sockets, f"left in the runtime directory: {sockets}")

    def quiet_there(self):
        """Nothing of ours is left on the host, once the watchdog's time is over."""
        cell = self.cell
        poll(lambda: not self.traces(), WITHIN + PATIENCE, 0.25)
        traces = self.traces()
        self.expect(not traces, f"left on the host: {traces}")

    def traces(self, isEnd=False):
        found = self.cell.root(TRACES).split("\n")
        if self.way and self.way.kills_cleaners and not isEnd:
            # Whoever would have cleared away is dead; that is left to undo.
            found = [line for line in found if not self.is_inert(line)]
        ours = [p for p in self.cell.processes() if p.name != "unshare" and "ssh-recipes" in p.line or "sshd -f" in p.line]
        sessions = [] if self.way and self.way.loses_session else self.cell.sessions()
        return [line for line in found if line] + [p.line for p in ours + sessions]

    def is_inert(self, line):
        """Half of a new file, the lock of a shell that is dead, and, without systemd, a watchdog that a reboot has ended."""
        if re.search(r"/\.ssh-recipes\.\d{8}-\d{6}-\w+$|\.lock(\.next)?$", line):
            return True
        if not re.fullmatch(r"/etc/ssh/\.ssh-recipes\.\w{16}", line):
            return False
        is_watched = any(f"{line}/watch" in process.line for process in self.cell.processes())
        never_armed = not self.cell.root(f"ls -d {line}/word {line}/restored 2>/dev/null || true")
        return not is_watched and (self.cell.kind != "debian" or never_armed)

    def files(self, now):
        """Every file is as before or as the recipe leaves it, in whole; returns which of the two, by path."""
        before, after = self.cell.before, self.reference.after
        states = {}
        for path in sorted(set(before) | set(now)):
            if now.get(path) == before.get(path) or self.way and self.way.kills_cleaners and "/.ssh-recipes." in path:
                continue
            new = after.get(path)
            if not self.expect(path in after, f"changed, and no file of the recipe's: {path}: {now.get(path)}"):
                continue
            old, new, has = fields(before.get(path)), fields(new), fields(now.get(path))
            for name in has:
                self.expect(has[name] in (old[name], new[name]), f"{path}: {name} is {has[name]}, not old, not new")
            states[path] = "new" if has == new else "old" if has == old else "between"
        return states

    def truth(self, status, report, states):
        """The exit status and the outcome say how the host really is."""
        if self.way and self.way.dies and status not in (0, 3):
            return None
        if not self.expect(report, f"status {status}, and no outcome was told"):
            return None
        outcome = report["outcome"]
        expected = {"applied": 0, "unchanged": 0, "failed": 1, "rolled-back": 3, "unknown": 4, "cancelled": 130}
        self.expect(expected.get(outcome) == status, f"outcome {outcome} with status {status}")
        config = {path: state for path, state in states.items() if path.startswith("/etc/ssh/")}
        if outcome == "applied":
            missing = [path for path in self.reference.after if states.get(path) != "new"]
            self.expect(not missing, f"applied, but not as wanted: {missing}")
            self.expect(self.cell.logs_in("key")[0], "applied, but the key alone does not log in")
        if outcome == "rolled-back":
            self.expect(not config, f"rolled back, but {config}")
        if outcome == "unknown":
            self.expect(not self.way or not self.way.knows, f"unknown, though it can be known: {messages(report)}")
        return outcome

    def access(self, states):
        cell = self.cell
        is_in, why = cell.logs_in("either")
        self.expect(is_in, f"LOCKED OUT: {why}")
        effective = cell.root(EFFECTIVE).strip()
        config = any(path.startswith("/etc/ssh/") and state == "new" for path, state in states.items())
        wanted = f"passwordauthentication {'no' if config else 'yes'}"
        self.expect(effective == wanted, f"sshd -t and -T say: {effective}; expected {wanted}")
        # What runs, beside what is written: the daemon must have read the same.
        password_works = cell.logs_in("password")[0]
        self.expect(password_works != config, f"sshd_config is {'new' if config else 'old'}, and the daemon is not")

    def runs(self):
        """The lines of `history` of this recipe, newest first."""
        lines = self.cell.run("history").stdout.splitlines()
        return [line for line in lines if re.search(r"  \d+ changes?, ", line) and "  undo " not in line]

    def history(self, report, states):
        lines = self.runs()
        if not lines:
            self.expect(not states, f"history has no run, though there were changes: {states}")
            return
        end = lines[-1].rsplit(", ", 1)[1]
        if report is None:
            self.expect(end == "cut off", f"history says {end} of a run that was cut off")
        elif report["outcome"] in ("applied", "unchanged"):
            self.expect(end == "done", f"history says {end} of a run that said {report['outcome']}")
        else:
            kinds = [failure["kind"] for failure in report["failures"]]
            self.expect(end in kinds, f"history says {end} of a run that said {kinds}")

    def undone(self):
        """Everything is back, byte for byte."""
        for run in [line.split()[0] for line in self.runs()]:
            undo = self.cell.run("undo", run)
            report = cells.report(undo.stdout)
            self.expect(undo.status == 0, f"undo: status {undo.status}: {messages(report) or undo.stderr}")
        now, before = self.cell.snapshot(), self.cell.before
        paths = sorted(path for path in set(now) | set(before) if now.get(path) != before.get(path))
        self.expect(not paths, f"after undo: {[(before.get(p), now.get(p)) for p in paths]}")
        self.expect(self.cell.logs_in("password")[0], "after undo the password does not log in")
        # Root's shell takes its lock away when it ends, which may be a moment after the program.
        poll(lambda: not self.traces(isEnd=True), 5)
        left = self.traces(isEnd=True)
        self.expect(not left, f"after undo left on the host: {left}")

    def again(self):
        """The recipe brings about what it says, wherever it was cut before."""
        run = self.cell.run("run", "/root/recipe.lua", f"{self.cell.user}@{self.cell.address}")
        self.expect(run.status == 0, f"the second run: status {run.status}: {messages(cells.report(run.stdout))}")
        now = self.cell.snapshot()
        wrong = [path for path, line in self.reference.after.items() if fields(now.get(path)) != fields(line)]
        self.expect(not wrong, f"the second run left: {[now.get(path) for path in wrong]}")


def messages(report):
    return [failure["message"] for failure in report["failures"]] if report else None


def script_names(cell):
    """What `--debug` says of the scripts that went to the host, in their order."""
    names = {"login": [], "root": []}
    for line in cell.printed("stdout").splitlines():
        event = json.loads(line)
        if event["event"] == "script" and event["host"] != "here":
            names[event["account"]].append(event["name"])
    return names


class Reference:
    """A run of the recipe that nobody cuts."""

    def __init__(self, moments, names, after):
        self.moments, self.after = moments, after
        self.titles = [self.title(moment, names) for moment in moments]

    @staticmethod
    def title(moment, names):
        """The moment with the name of the script that is on its way."""
        place, phase = moment.rsplit(", ", 1)
        purpose, _, number = place.partition(" request ")
        scripts = names["login" if purpose == "login" else "root"]
        # The greeting, which is no script of the run, comes first in the login's shell; root's begins with 1.
        index = int(number or 0) - 1
        return f"{scripts[index]}, {phase}" if 0 <= index < len(scripts) else moment

    def groups(self):
        """The numbers of the moments that belong together: the four of a request, the start and the end of an ssh."""
        groups = {}
        for number, moment in enumerate(self.moments, 1):
            place = moment.rsplit(", ", 1)[0]
            groups.setdefault(place if "request" in place else f"{number}", []).append(number)
        return list(groups.values())

    def is_decisive(self, number):
        """Whether something is changed or proved there, or else only looked at."""
        verbs = "replace|chmod|mkdir|arm|extend|acknowledge|reload|restart|rehears|proof|log in"
        return re.match(verbs, self.titles[number - 1]) is not None

    @classmethod
    def take(cls, cell, start):
        status, stage = start(cell, None, None, "--debug")
        report = cells.report(cell.printed("stdout"))
        if status != 0 or report["outcome"] != "applied":
            raise Problem(f"{cell.kind}: the recipe fails uncut: {messages(report)} {cell.printed('stderr')}")
        now = cell.snapshot()
        after = {path: line for path, line in now.items() if cell.before.get(path) != line}
        reference = cls(stage.moments, script_names(cell), after)
        verdict = Verdict(cell, None, reference)
        verdict.quiet_here()
        verdict.quiet_there()
        states = verdict.files(now)
        verdict.truth(status, report, states)
        verdict.access(states)
        verdict.history(report, states)
        verdict.undone()
        if verdict.problems:
            raise Problem(f"{cell.kind}: uncut, " + "; ".join(verdict.problems))
        return reference
