"""What is on a host's disk, told by what the host has written itself: the layers below are read only and the same for all."""

import hashlib
import os
import stat

# As `lab snapshot`: what a running system or a login changes by itself.
SKIPPED = set(
    "/proc /sys /dev /run /tmp /var/run /var/tmp /var/log /var/lib/systemd /var/lib/sudo /var/lib/private /var/cache"
    " /var/mail /etc/.pwd.lock /etc/mtab".split()
)
TYPES = {stat.S_IFREG: "f", stat.S_IFDIR: "d", stat.S_IFLNK: "l", stat.S_IFCHR: "c", stat.S_IFBLK: "b", stat.S_IFIFO: "p",
         stat.S_IFSOCK: "s"}  # fmt: skip


def walk(top, skipped=()):
    """All below, as paths from `top` on with what lstat says, folders before what is in them. What goes meanwhile is left out."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            names = os.listdir(f"{top}{folder}/")
        except OSError:
            continue
        for name in names:
            path = f"{folder}/{name}"
            if path in skipped:
                continue
            try:
                status = os.lstat(top + path)
            except OSError:
                continue
            yield path, status
            if stat.S_ISDIR(status.st_mode):
                folders.append(path)


def is_whiteout(status):
    """How an overlay remembers that something of the layers below is gone."""
    return stat.S_ISCHR(status.st_mode) and status.st_rdev == 0


def is_opaque(path):
    try:
        return os.getxattr(path, "trusted.overlay.opaque") == b"y"
    except OSError:
        return False


def line(top, path, status):
    """As `lab snapshot` writes it."""
    kind = TYPES[stat.S_IFMT(status.st_mode)]
    rest = ""
    if kind == "f":
        with open(top + path, "rb") as file:
            rest = hashlib.sha256(file.read()).hexdigest()
    if kind == "l":
        rest = os.readlink(top + path)
    mode = stat.S_IMODE(status.st_mode)
    size = "-" if kind == "d" else status.st_size
    return f"{path}\t{kind}\t{f'0{mode:o}' if mode else '0'}\t{status.st_uid}\t{status.st_gid}\t{size}\t{rest}"


class Disk:
    """A host's disk, beginning with a snapshot that `lab` took of it."""

    def __init__(self, folder, lines):
        """`folder` is the host's in the lab, `lines` the snapshot by path."""
        self.upper = f"{folder}/upper"
        with open(f"{folder}/lower") as file:
            layers = file.read().strip().split(":")
        self.below = dict(lines)
        for path, _ in walk(self.upper, SKIPPED):
            self.below.pop(path, None)
            found = next((layer for layer in layers if os.path.lexists(layer + path)), None)
            if found and not is_whiteout(os.lstat(found + path)):
                self.below[path] = line(found, path, os.lstat(found + path))

    def snapshot(self):
        lines = dict(self.below)
        lines["/"] = line(self.upper, "/", os.lstat(self.upper))
        for path, status in walk(self.upper, SKIPPED):
            if is_whiteout(status) or stat.S_ISDIR(status.st_mode) and is_opaque(self.upper + path):
                for gone in [p for p in lines if p == path or p.startswith(path + "/")]:
                    del lines[gone]
            if not is_whiteout(status):
                lines[path] = line(self.upper, path, status)
        return lines

    def named(self, part):
        """Paths whose name has this in it; the layers below have none."""
        return [path for path, status in walk(self.upper) if part in path.rsplit("/", 1)[1] and not is_whiteout(status)]
