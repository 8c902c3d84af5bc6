"""What has to be so after a cut."""

import json
import os
import re

import cell as cells
from cell import Problem, poll

# The recipe's `within`, and how long after it all has to be quiet: a rehearsal that nobody ends takes 30 seconds, and the
# watchdog over the run waits for two minutes where the host does not learn that the run is gone.
WITHIN = 10
PATIENCE = 130

UNITS = "[ ! -d /run/systemd/system ] || systemctl list-units --plain --no-legend 'ssh-recipes*'"
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
        # What `history` said last, as long as nothing was run since.
        self.lines = None

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
        traces = self.last_traces(WITHIN + PATIENCE)
        self.expect(not traces, f"left on the host: {traces}")

    def logged_out(self):
        """Nothing of the run is at work on the host any more; where the host cannot know that it is over, its lock is gone."""

        def left():
            if self.way.loses_session:
                return [path for path in self.cell.named("ssh-recipes") if path.endswith(".lock")]
            return [process.line for process in self.cell.sessions() + self.cell.orphans()]

        poll(lambda: not left(), WITHIN + PATIENCE, 0.1)
        self.expect(not left(), f"still at work on the host: {left()}")

    def last_traces(self, limit, isEnd=False):
        """What is still there when the limit is over, in seconds."""
        left = []

        def is_quiet():
            left[:] = self.traces(isEnd)
            return not left

        poll(is_quiet, limit, 0.25)
        return left

    def traces(self, isEnd=False):
        cell = self.cell
        found = cell.named("ssh-recipes")
        if self.way and self.way.kills_cleaners and not isEnd:
            # Whoever would have cleared away is dead; that is left to undo.
            found = [path for path in found if not self.is_inert(path)]
        if self.way and self.way.loses_session and not isEnd:
            # The host does not learn that the connection is gone: without a watchdog, the lock stays until the next run.
            found = [path for path in found if not path.endswith(".lock") and not self.has_locks_alone(path)]
        ours = [p for p in cell.processes() if p.name != "unshare" and "ssh-recipes" in p.line or "sshd -f" in p.line]
        sessions = [] if self.way and self.way.loses_session else cell.sessions() + cell.orphans()
        found += [p.line for p in ours + sessions]
        # What systemd knows is asked last: it is no file, and to ask takes long.
        return found or cell.root(UNITS).splitlines()

    def has_locks_alone(self, path):
        return path == "/run/ssh-recipes" and all(entry.name.endswith(".lock") for entry in os.scandir(f"{self.cell.top}{path}"))

    def is_inert(self, path):
        """Half of a new file, the lock of a shell that is dead, the folder of a rehearsal that is, and, without systemd, a watchdog
        that a reboot has ended."""
        if re.search(r"/\.ssh-recipes\.\d{8}-\d{6}-\w+(\.old)?$|\.lock(\.next)?$", path):
            return True
        if path == "/run/ssh-recipes":
            # Root's locks, of which each names the process of its shell.
            locks = [os.readlink(entry.path).split(":") for entry in os.scandir(f"{self.cell.top}{path}")]
            return not any(os.path.exists(f"{self.cell.top}/proc/{process}") for _, _, _, process, *_ in locks)
        if re.fullmatch(r"/run/ssh-recipes\.\w{16}", path):
            return not any(path in process.line for process in self.cell.processes())
        if not re.fullmatch(r"/etc/(ssh/)?\.ssh-recipes\.\w{16}(\.run)?", path):
            return False
        is_watched = any(f"{path}/watch" in process.line for process in self.cell.processes())
        never_armed = not any(os.path.lexists(f"{self.cell.top}{path}/{name}") for name in ("word", "restored"))
        return not is_watched and (self.cell.kind != "debian" or never_armed)

    def may_be_left(self, path):
        """Until an undo: by those who are dead now, and by an undo whose watchdog still waits."""
        if self.way and self.way.loses_session and path.endswith(".lock"):
            return True
        return self.way and ("/.ssh-recipes." in path and self.way.kills_cleaners or "ssh-recipes" in path and self.reference.is_undo)

    def files(self, now):
        """Every file is as before or as the recipe leaves it, in whole; returns which of the two, by path."""
        before, after = self.cell.before, self.reference.after
        states = {}
        for path in sorted(set(before) | set(now)):
            if now.get(path) == before.get(path) or self.may_be_left(path):
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
        if outcome == "applied" and self.reference.is_undo:
            self.expect(not states, f"undone, but {states}")
        elif outcome == "applied":
            missing = [path for path in self.reference.after if states.get(path) != "new"]
            self.expect(not missing, f"applied, but not as wanted: {missing}")
            self.expect(self.cell.logs_in("key")[0], "applied, but the key alone does not log in")
        if outcome == "rolled-back":
            was_new = all(state == "new" for state in config.values()) and config
            self.expect(was_new if self.reference.is_undo else not config, f"rolled back, but {config}")
        if outcome == "unknown":
            self.expect(not self.way or not self.way.knows, f"unknown, though it can be known: {messages(report)}")
        return outcome

    def lets_in(self):
        """The account can log in, and whether it can with the password alone."""
        password_works, why = self.cell.logs_in("password")
        if not password_works:
            is_in, why = self.cell.logs_in("either")
            self.expect(is_in, f"LOCKED OUT: {why}")
        return password_works

    def access(self, states):
        password_works = self.lets_in()
        effective = self.cell.root(EFFECTIVE).strip()
        config = any(path.startswith("/etc/ssh/") and state == "new" for path, state in states.items())
        wanted = f"passwordauthentication {'no' if config else 'yes'}"
        self.expect(effective == wanted, f"sshd -t and -T say: {effective}; expected {wanted}")
        # What runs, beside what is written: the daemon must have read the same.
        self.expect(password_works != config, f"sshd_config is {'new' if config else 'old'}, and the daemon is not")

    def runs(self):
        """The lines of `history` of this recipe, newest first."""
        lines = self.cell.run("history").stdout.splitlines()
        self.lines = [line for line in lines if re.search(r"  (perhaps )?(\d+|no) changes?, ", line) and "  undo " not in line]
        return self.lines

    def history(self, report, states):
        lines = self.runs()
        if not lines:
            self.expect(not states, f"history has no run, though there were changes: {states}")
            return
        end = re.sub(r"^failed \((.*)\)$", r"\1", lines[-1].rsplit(", ", 1)[1]).replace("rolled back", "rolled-back")
        if report is None:
            self.expect(end == "cut off", f"history says {end} of a run that was cut off")
        elif report["outcome"] in ("applied", "unchanged"):
            self.expect(end == "done", f"history says {end} of a run that said {report['outcome']}")
        else:
            kinds = [failure["kind"] for failure in report["failures"]]
            self.expect(end in kinds, f"history says {end} of a run that said {kinds}")

    def undone(self, isOver=False):
        """Everything is back, byte for byte. If the undo that was cut was over already (`isOver`), nobody logs in again who would
        take its dead lock away."""
        for run in [line.split()[0] for line in (self.runs() if self.lines is None else self.lines)]:
            undo = self.cell.run("undo", run)
            report = cells.report(undo.stdout)
            self.expect(undo.status == 0, f"undo: status {undo.status}: {messages(report) or undo.stderr}")
        now, before = self.cell.snapshot(), self.cell.before
        paths = sorted(path for path in set(now) | set(before) if now.get(path) != before.get(path))
        if isOver and self.way and self.way.kills_cleaners:
            paths = [path for path in paths if not path.endswith(".lock")]
        self.expect(not paths, f"after undo: {[(before.get(p), now.get(p)) for p in paths]}")
        self.expect(self.cell.logs_in("password")[0], "after undo the password does not log in")
        # Root's shell takes its lock away when it ends, which may be a moment after the program.
        left = self.last_traces(10, isEnd=not isOver)
        self.expect(not left, f"after undo left on the host: {left}")

    def again(self):
        """The recipe brings about what it says, wherever it was cut before."""
        run = self.cell.run("run", "/root/recipe.lua", f"{self.cell.user}@{self.cell.address}")
        self.lines = None
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
    """A run of the recipe, or of `undo` after it, that nobody cuts."""

    def __init__(self, moments, names, after, is_undo=False):
        self.moments, self.after, self.is_undo = moments, after, is_undo
        self.titles = [self.title(moment, names) for moment in moments]

    def title(self, moment, names):
        """The moment with the name of the script that is on its way."""
        place, phase = moment.rsplit(", ", 1)
        purpose, _, number = place.partition(" request ")
        scripts = names["login" if purpose == "login" else "root"]
        # The greeting, which is no script of the run, comes first in the login's shell; root's begins with 1.
        index = int(number or 0) - 1
        title = f"{scripts[index]}, {phase}" if 0 <= index < len(scripts) else moment
        return f"undo: {title}" if self.is_undo else title

    def moment(self, number):
        """What it is called, and the how manieth of that name it is: two things at once come in any order."""
        label = self.moments[number - 1]
        return label, self.moments[:number].count(label)

    def groups(self):
        """The numbers of the moments that belong together: the four of a request, the start and the end of an ssh."""
        groups = {}
        for number, moment in enumerate(self.moments, 1):
            place = moment.rsplit(", ", 1)[0]
            groups.setdefault(place if "request" in place else f"{number}", []).append(number)
        return list(groups.values())

    def is_decisive(self, number):
        """Whether something is changed or proved there, or else only looked at."""
        verbs = "(undo: )?(replace|chmod|mkdir|remove|arm|extend|acknowledge|reload|restart|rehears|proof|log in|tidy)"
        return re.match(verbs, self.titles[number - 1]) is not None

    @classmethod
    def take(cls, cell, start):
        """Both of one kind: the recipe's, and that of its undo."""
        now = cell.whole_snapshot()
        if now != cell.before:
            wrong = [(now.get(path), cell.before.get(path)) for path in set(now) | set(cell.before)]
            raise Problem(f"{cell.kind}: the disk is not what lab says: {[pair for pair in wrong if pair[0] != pair[1]]}")
        _, stage = cls.begin(cell, start, "run", "/root/recipe.lua", f"{cell.user}@{cell.address}")
        now = cell.snapshot()
        if now != cell.whole_snapshot():
            raise Problem(f"{cell.kind}: after the recipe the disk is not what lab says")
        after = {path: line for path, line in now.items() if cell.before.get(path) != line}
        run = cls(stage.moments, script_names(cell), after)
        run.check(cell, now)
        last = Verdict(cell, None, run).runs()[0].split()[0]
        _, stage = cls.begin(cell, start, "undo", last)
        undo = cls(stage.moments, script_names(cell), after, is_undo=True)
        undo.check(cell, cell.snapshot())
        return run, undo

    @staticmethod
    def begin(cell, start, *words):
        status, stage = start(cell, None, None, *words, "--debug")
        report = cells.report(cell.printed("stdout"))
        if status != 0 or report["outcome"] != "applied":
            raise Problem(f"{cell.kind}: {words[0]} fails uncut: {report} {cell.printed('stderr')}")
        return status, stage

    def check(self, cell, now):
        verdict = Verdict(cell, None, self)
        report = cells.report(cell.printed("stdout"))
        verdict.quiet_here()
        verdict.quiet_there()
        states = verdict.files(now)
        verdict.truth(0, report, states)
        verdict.access(states)
        if self.is_undo:
            verdict.undone()
        else:
            verdict.history(report, states)
        if verdict.problems:
            raise Problem(f"{cell.kind}: uncut, " + "; ".join(verdict.problems))
