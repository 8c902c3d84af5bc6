"""The ways of cutting a run, and what puts the world right again afterwards."""

import os
import pathlib
import signal
import subprocess
import time

from cell import LAB_RUN, Problem, poll, processes


class Way:
    """`knows`: whether the program can know how it ended, so that it may never say `unknown`."""

    def __init__(self, name, cut, mend=None, knows=True, dies=False, loses_session=False, late=False,
                 kills_cleaners=False, has_clock=False):  # fmt: skip
        self.name, self.cut, self.mend = name, cut, mend
        self.knows, self.dies, self.loses_session = knows, dies, loses_session
        self.has_clock = has_clock
        self.is_mended_late, self.kills_cleaners = late, kills_cleaners


# Us

def signalled(number, times=1):
    def cut(cell, stage):
        cell.program.send_signal(number)
        # The next one must find the first one handled, and the request that waits must find the run cancelled.
        poll(lambda: "Stopping after the current step" in cell.printed("stderr") or cell.program.poll() is not None, 5, 0.005)
        for _ in range(times - 1):
            cell.program.send_signal(number)
            cell.program.wait(5)
    return cut


def kill_program(cell, stage):
    cell.program.kill()
    cell.program.wait(5)


# The connection

def kill_ssh(cell, stage):
    return cell.kill(processes(stage.children))


def link_down(cell, stage):
    cell.lab("link", cell.name, cell.host, "down")


def link_up(cell):
    cell.lab("link", cell.name, cell.host, "up")


def link_flaps(cell, stage):
    link_down(cell, stage)
    time.sleep(0.5)
    link_up(cell)


# The host

def is_shell(process):
    return process.line.split(" ")[0] in ("sh", "-sh", "bash", "-bash", "/bin/sh", "tee")


def kill_shell(cell, stage):
    """The shells that take requests; a script that one of them has begun goes on."""
    below = {p.pid: p for p in cell.sessions()}
    def is_top(p):
        parent = below.get(p.parent)
        return parent is None or not is_shell(parent)
    return cell.kill([p for p in below.values() if is_shell(p) and is_top(p)])


def kill_scripts(cell, stage):
    """The shells and all that they have started: a script ends in its middle."""
    return cell.kill([p for p in cell.sessions() if not p.line.startswith("sshd: ")])


def kill_session(cell, stage):
    return cell.kill([p for p in cell.sessions() if p.line.startswith("sshd: ")])


def kill_sshd(cell, stage):
    return cell.kill([p for p in cell.processes() if p.name.startswith("sshd")])


def start_sshd(cell):
    """Without systemd nobody else does it. One that is dead and not yet collected passes for one that runs."""
    command = {"sysv": "service ssh start", "syno": "/usr/syno/lib/sshd-service start"}.get(cell.kind, "true")

    def runs():
        cell.root(command, check=False)
        return any("[listener]" in p.line for p in cell.processes())

    poll(runs, 10, 0.2)


def power_cycle(cell, stage):
    cell.lab("kill", cell.name, cell.host)
    cell.lab("boot", cell.name, cell.host)


def power_off(cell, stage):
    cell.lab("kill", cell.name, cell.host)


def power_on(cell):
    cell.lab("boot", cell.name, cell.host)


def disk_size(cell, size):
    subprocess.run(["mount", "-o", f"remount,size={size}", f"{LAB_RUN}/{cell.name}"], check=True, capture_output=True)


def fill_disk(cell, stage):
    """The lab's own disk ends where it is used up now; logs may grow in between."""
    for _ in range(50):
        disk = os.statvfs(f"{LAB_RUN}/{cell.name}")
        try:
            disk_size(cell, (disk.f_blocks - disk.f_bfree) * disk.f_frsize)
            return
        except subprocess.CalledProcessError:
            continue
    raise Problem("the disk could not be filled")


def free_disk(cell):
    disk_size(cell, "50%")


READ_ONLY = "/etc /home /root /var /tmp /volume1"


def make_read_only(cell, stage):
    """The root itself cannot be: logs are open. All that holds files of somebody is mounted over itself."""
    cell.root(f"for d in {READ_ONLY}; do [ ! -d $d ] || {{ mount --bind $d $d && mount -o remount,bind,ro $d; }}; done")


def make_writable(cell):
    cell.root(f"for d in {READ_ONLY}; do [ ! -d $d ] || umount -l $d; done")


DAY = 24 * 60 * 60


def set_clock(cell, seconds=0):
    for path in (pathlib.Path(cell.top, "var/cache/clock"), cell.home / "clock"):
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "r+b" if path.exists() else "wb") as file:
            file.write(seconds.to_bytes(8, "little", signed=True))


ALL = [
    Way("int", signalled(signal.SIGINT)),
    Way("int-int", signalled(signal.SIGINT, 2), dies=True),
    Way("term", signalled(signal.SIGTERM)),
    Way("hup", signalled(signal.SIGHUP)),
    Way("kill", kill_program, dies=True),
    Way("ssh", kill_ssh),
    Way("shell", kill_shell, kills_cleaners=True),
    Way("script", kill_scripts, kills_cleaners=True),
    Way("session", kill_session, kills_cleaners=True),
    Way("sshd", kill_sshd, start_sshd, knows=False, kills_cleaners=True),
    Way("link", link_down, link_up, knows=False, loses_session=True),
    Way("flap", link_flaps),
    Way("power", power_cycle, knows=False, kills_cleaners=True),
    Way("off", power_off, power_on, knows=False, kills_cleaners=True),
    Way("full", fill_disk, free_disk, knows=False, late=True),
    Way("read-only", make_read_only, make_writable, knows=False, late=True, kills_cleaners=True),
    Way("ahead", lambda cell, stage: set_clock(cell, 3 * DAY), set_clock, has_clock=True),
    Way("back", lambda cell, stage: set_clock(cell, -3 * DAY), set_clock, has_clock=True),
]  # fmt: skip
BY_NAME = {way.name: way for way in ALL}

# An undo that is cut: who ends it, and what it works over.
OF_UNDO = ["int", "kill", "ssh", "session", "link", "power"]
