"""Counts the moments of one run, and cuts it at one of them. The other end is bin/ssh."""

import os
import socket
import threading


class Stage:
    def __init__(self, path, cut=None, at=None):
        """`cut` is called with this stage when the moment number `at`, from 1, is there."""
        self.path, self.cut, self.at = path, cut, at
        self.moments = []
        self.children = []
        self.error = None
        # Whether nothing was there that could be cut.
        self.has_missed = False
        self.lock = threading.Lock()
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(path)
        self.listener.listen(64)
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def is_cut(self):
        return self.at is not None and len(self.moments) >= self.at

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
        self.moments.append(f"{purpose} {kind}{number}, {phase}")
        if len(self.moments) == self.at:
            try:
                self.has_missed = self.cut(self) is False
            except Exception as error:  # The point has failed, and its thread must say so.
                self.error = error

    def close(self):
        # Closing alone does not wake the thread that waits in accept.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        os.unlink(self.path)
