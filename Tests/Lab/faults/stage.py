"""Counts the moments of one run, and cuts it at one of them. The other end is bin/ssh."""

import os
import socket
import threading


class Stage:
    def __init__(self, path, cut=None, at=None):
        """`cut` is called with this stage when the moment `at` is there: its name, and for the how manieth time."""
        self.path, self.cut, self.at = path, cut, at
        self.moments = []
        self.is_cut = False
        self.children = []
        self.error = None
        # Whether nothing was there that could be cut.
        self.has_missed = False
        self.lock = threading.Lock()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.attend, args=(connection,), daemon=True).start()

    def attend(self, connection):
        try:
            self.listen(connection)
        except ConnectionError:
            # The program has ended this ssh, or the cut has.
            pass

    def listen(self, connection):
        purpose = ""
        with connection, connection.makefile("r") as lines:
            for line in lines:
                words = line.rstrip("\n").split("\t")
                if words[0] == "child":
                    self.children.append(int(words[1]))
                    continue
                if words[0] == "ssh":
                    purpose = words[2]
                with self.lock:
                    self.arrived(purpose, *words)
                try:
                    connection.sendall(b"go\n")
                except OSError:
                    return

    def arrived(self, purpose, kind, phase, detail):
        number = f" {detail}" if kind == "request" else ""
        label = f"{purpose} {kind}{number}, {phase}"
        self.moments.append(label)
        if not self.is_cut and (label, self.moments.count(label)) == self.at:
            self.is_cut = True
            try:
                self.has_missed = self.cut(self) is False
            except Exception as error:  # The point has failed, and its thread must say so.
                self.error = error

    def close(self):
        # Closing alone does not wake the thread that waits in accept.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        os.unlink(self.path)
