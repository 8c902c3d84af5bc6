"""One worker's place: a lab of its own with one host, and an operator's home."""

import collections
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import disk as disks

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent.parent
LAB_RUN = "/run/ssh-recipes-lab"
LAB = str(HERE.parent / "lab")
BINARY = os.environ.get("SSH_RECIPES_BINARY", str(ROOT / ".build/debug/ssh-recipes"))
ACCOUNTS = {"debian": ("pi", "raspberry"), "sysv": ("pi", "raspberry"), "syno": ("admin", "synology")}

CGROUPS = next(
    pathlib.Path(words[1], "ssh-recipes-lab")
    for words in map(str.split, pathlib.Path("/proc/mounts").read_text().splitlines())
    if words[2] == "cgroup2"
)
Process = collections.namedtuple("Process", "pid parent name line")
Ended = collections.namedtuple("Ended", "status stdout stderr")


class Problem(Exception):
    """What was not as it has to be."""


def poll(condition, limit, step=0.05):
    """Whether the condition became true within the limit, in seconds."""
    end = time.monotonic() + limit
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True


def processes(pids):
    found = []
    for pid in pids:
        try:
            stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
            line = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        state, parent = stat.rsplit(")", 1)[1].split()[:2]
        if state != "Z":
            found.append(Process(int(pid), int(parent), stat.split("(", 1)[1].rsplit(")", 1)[0], line.strip()))
    return found


class Cell:
    def __init__(self, name, key, recipe):
        """`recipe` is a file of this folder, without `.lua`."""
        self.name, self.key, self.recipe = name, key, recipe
        self.kind = self.host = self.address = None
        self.home = self.held = None
        self.disk = None
        self.clock = None

    # The host

    def lab(self, *words, check=True, text=None):
        done = subprocess.run([LAB, *map(str, words)], input=text, capture_output=True, text=True)
        if check and done.returncode != 0:
            raise Problem(f"lab {' '.join(map(str, words))}: status {done.returncode}: {done.stderr}{done.stdout}")
        return done

    def use(self, kind):
        """Starts the only host that is on, in a known state."""
        self.clock = None
        if kind == self.kind:
            self.lab("reset", self.name, self.host)
        else:
            if self.host:
                self.lab("kill", self.name, self.host)
            line = self.lab("up", self.name, 1, kind).stdout.splitlines()[-1]
            self.host, _, self.address = line.split()
            self.kind, self.disk = kind, None
        self.user, self.password = ACCOUNTS[kind]
        self.root(
            f"""cd ~{self.user} && mkdir -m 755 .ssh &&
            printf 'ssh-ed25519 {"A" * 68} a line without its end' >.ssh/authorized_keys &&
            chmod 664 .ssh/authorized_keys && touch .sudo_as_admin_successful && chown -R {self.user}: .ssh .sudo*"""
        )
        if not self.disk:
            self.disk = disks.Disk(f"{LAB_RUN}/{self.name}/hosts/{self.host}", self.whole_snapshot())
        self.before = self.snapshot()

    def have_clock(self, library):
        """Starts the host again with a clock that can be set; the program and its ssh get the same."""
        os.makedirs(f"{self.top}/var/cache", exist_ok=True)
        shutil.copy(library, f"{self.top}/var/cache/clock.so")
        pathlib.Path(f"{self.top}/etc/ld.so.preload").write_text("/var/cache/clock.so\n")
        self.lab("kill", self.name, self.host)
        self.lab("boot", self.name, self.host)
        self.before = self.snapshot()
        self.clock = library

    @property
    def top(self):
        """The host's root directory, as this machine sees it."""
        return f"/proc/{pathlib.Path(LAB_RUN, self.name, 'hosts', self.host, 'pid').read_text().strip()}/root"

    def root(self, script, check=True):
        return self.lab("exec", self.name, self.host, "sh", "-c", script, check=check).stdout

    def whole_snapshot(self):
        lines = self.lab("snapshot", self.name, self.host).stdout.splitlines()
        return {line.split("\t")[0]: line for line in lines}

    def snapshot(self):
        """The same as the whole one, in a hundredth of the time."""
        return self.disk.snapshot()

    def named(self, part):
        """Paths of the host whose name has this in it, also where no disk is."""
        found = set(self.disk.named(part))
        for folder in ("/run", "/tmp", "/dev/shm"):
            below = disks.walk(self.top + folder)
            found |= {folder + path for path, _ in below if part in path.rsplit("/", 1)[1]}
        return sorted(found)

    def processes(self):
        """All of the host."""
        top = CGROUPS / self.name / self.host
        pids = []
        for folder, _, _ in os.walk(top):
            try:
                pids += pathlib.Path(folder, "cgroup.procs").read_text().split()
            except OSError:
                continue
        return processes(pids)

    def sessions(self):
        """sshd's processes that serve a login, and everything below them."""
        all_ = self.processes()
        below = {p.pid for p in all_ if p.line.startswith("sshd: ") and "[listener]" not in p.line}
        grown = True
        while grown:
            more = {p.pid for p in all_ if p.parent in below} - below
            below |= more
            grown = bool(more)
        return [p for p in all_ if p.pid in below]

    def orphans(self):
        """Shells that have outlived the session they were of: what reads requests is called by no path."""
        all_ = self.processes()
        first = min((p.pid for p in all_), default=None)
        return [p for p in all_ if p.parent == first and p.line.split(" ")[0] in ("sh", "-sh", "bash", "-bash")]

    @staticmethod
    def kill(found):
        """Returns whether there was any."""
        for process in found:
            try:
                os.kill(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return bool(found)

    # The operator

    def use_operator(self):
        if self.home:
            return
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="ssh-recipes-faults-"))
        os.mkdir(self.home / "sockets", 0o700)
        os.mkdir(self.home / ".ssh", 0o700)
        for name in ("id_ed25519", "id_ed25519.pub"):
            shutil.copy(f"{self.key}/{name}", self.home / ".ssh" / name)
        hostkey = self.lab("hostkey", self.name, self.host).stdout
        (self.home / ".ssh/known_hosts").write_text(hostkey)
        (self.home / "ask").write_text(f"#!/bin/sh\necho {self.password}\n")
        os.chmod(self.home / "ask", 0o700)
        shutil.copy(HERE / f"{self.recipe}.lua", self.home / "recipe.lua")

    def remove_operator(self):
        if self.home:
            shutil.rmtree(self.home, ignore_errors=True)
        if self.held:
            self.held.close()
        self.home = self.held = None

    def client(self, *command, environment=None):
        return [LAB, "client", self.name, "--home", str(self.home), "--no-agent", "--", "env",
                *(environment or []), "XDG_RUNTIME_DIR=/root/sockets", *command]  # fmt: skip

    def recipes(self, *words):
        """The program's command line, for a run that needs nobody."""
        say = f"printf {self.password}"
        target = [] if words[0] == "history" else [
            "--password-command", say, "--sudo-password-command", say, "--yes", "--output", "json"]  # fmt: skip
        return [BINARY, *words, *target]

    def run(self, *words):
        """Runs it to its end, uncut."""
        done = subprocess.run(
            self.client(*self.recipes(*words)), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *words):
        """Starts it behind the ssh that counts moments."""
        environment = [f"PATH={HERE}/bin:{os.environ['PATH']}", "SSH_FAULTS=/root/stage"]
        if self.clock:
            shutil.copy(self.clock, self.home / "clock.so")
            environment += ["LD_PRELOAD=/root/clock.so", "CLOCK_FILE=/root/clock"]
        with open(self.home / "stdout", "wb") as out, open(self.home / "stderr", "wb") as err:
            self.program = subprocess.Popen(
                self.client(*self.recipes(*words), environment=environment),
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)  # fmt: skip
        self.note_namespace()
        return self.program

    def printed(self, name):
        return (self.home / name).read_text(errors="replace")

    def logs_in(self, how):
        """Whether ssh logs in with the key alone, with the password alone, or with either."""
        options = {
            "key": ["PreferredAuthentications=publickey"],
            "password": ["PubkeyAuthentication=no"],
            "either": [],
        }[how] + ["ControlPath=none", "NumberOfPasswordPrompts=1", "ConnectTimeout=5"]
        done = subprocess.run(
            self.client("ssh", *[w for o in options for w in ("-o", o)], f"{self.user}@{self.address}", "echo in",
                        environment=["SSH_ASKPASS=/root/ask", "SSH_ASKPASS_REQUIRE=force"]),
            stdin=subprocess.DEVNULL, capture_output=True, text=True)  # fmt: skip
        return done.stdout == "in\n", done.stderr

    def own_processes(self):
        """What runs in the operator's namespace: only what this run has started can."""
        if not self.namespace:
            return []
        pids = []
        for pid in os.listdir("/proc"):
            if pid.isdigit():
                try:
                    if os.readlink(f"/proc/{pid}/ns/mnt") == self.namespace:
                        pids.append(pid)
                except OSError:
                    continue
        return processes(pids)

    def note_namespace(self):
        """Once the program is what runs, its namespace is the operator's."""
        entry = f"/proc/{self.program.pid}"
        self.namespace = None

        def has_begun():
            try:
                if os.readlink(f"{entry}/exe") == os.path.realpath(BINARY):
                    # Held open, so that its number is not given to another one when this one ends.
                    self.held = open(f"{entry}/ns/mnt")
                    self.namespace = os.readlink(f"/proc/self/fd/{self.held.fileno()}")
            except OSError:
                pass
            return self.namespace or self.program.poll() is not None

        poll(has_begun, 10, 0.005)


def quietly(body):
    try:
        body()
    except (Problem, subprocess.CalledProcessError, OSError):
        pass


def report(text):
    """The last event of `--output json`."""
    for line in reversed(text.splitlines()):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event.get("event") == "finished":
            return event
    return None
