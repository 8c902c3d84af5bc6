"""A neighbour on the host: exchanges files and directories in its own home while root acts there.

usage: neighbour.py SECONDS COUNTS

Polls in one process, and in another waits for inotify's word on each new name in the directory. Writes the number of
exchanges and of temporary files met to COUNTS.
"""

import ctypes
import os
import select
import struct
import sys
import time

HOME = os.path.expanduser("~")
PLACE = HOME + "/d"
NAME = PLACE + "/f"
VICTIM = "/etc/race/f"
counts = {"exchanges": 0, "met": 0}


def tried(act, *paths):
    try:
        act(*paths)
        return True
    except OSError:
        return False


def replace_temporary(name):
    """Puts a link, or a second name of root's file, in the place of a file that root has just made."""
    path = PLACE + "/" + name
    counts["met"] += 1
    if tried(os.rename, path, path + ".gone") or tried(os.unlink, path):
        way = counts["met"] % 3
        if way == 0 or not tried(os.link, VICTIM, path):
            tried(os.symlink, VICTIM if way != 1 else os.path.dirname(VICTIM), path)
        counts["exchanges"] += 1


def poll(end):
    while time.time() < end:
        for name in os.listdir(PLACE) if os.path.isdir(PLACE) else []:
            if name.startswith(".ssh-recipes.") and not name.endswith(".gone"):
                replace_temporary(name)
        # The file itself: a link, then a second name.
        tried(os.rename, NAME, NAME + ".real")
        tried(os.symlink, VICTIM, NAME)
        if os.path.islink(NAME):
            tried(os.unlink, NAME)
        if tried(os.link, VICTIM, NAME):
            tried(os.unlink, NAME)
        tried(os.rename, NAME + ".real", NAME)
        # The directory.
        tried(os.rename, PLACE, PLACE + ".real")
        tried(os.symlink, os.path.dirname(VICTIM), PLACE)
        if os.path.islink(PLACE):
            tried(os.unlink, PLACE)
        tried(os.rename, PLACE + ".real", PLACE)
        counts["exchanges"] += 3
        if not os.path.exists(NAME):
            with open(NAME, "w", encoding="utf-8") as file:
                file.write("the neighbour's\n")


def watch(end):
    while time.time() < end:
        if not select.select([queue], [], [], 0.5)[0]:
            continue
        data, at = os.read(queue, 65536), 0
        while at < len(data):
            _, _, _, length = struct.unpack_from("iIII", data, at)
            name = data[at + 16 : at + 16 + length].rstrip(b"\0").decode(errors="replace")
            at += 16 + length
            if name.startswith(".ssh-recipes."):
                replace_temporary(name)
            elif name == "f" and tried(os.rename, NAME, NAME + ".real"):
                tried(os.symlink, VICTIM, NAME)
                counts["exchanges"] += 1
                tried(os.unlink, NAME)
                tried(os.rename, NAME + ".real", NAME)


# Before the directory is exchanged for the first time: a watch stays with it under every name.
libc = ctypes.CDLL(None, use_errno=True)
queue = libc.inotify_init()
for place in (HOME, PLACE, "/tmp"):
    # IN_CREATE, IN_MOVED_TO, IN_ATTRIB
    libc.inotify_add_watch(queue, place.encode(), 0x100 | 0x80 | 0x4)
end_of_time = time.time() + float(sys.argv[1])
is_watching = os.fork() == 0
try:
    (watch if is_watching else poll)(end_of_time)
finally:
    with open(sys.argv[2] + (".watch" if is_watching else ".poll"), "w", encoding="utf-8") as report:
        report.write(f"{counts['exchanges']} {counts['met']}\n")
