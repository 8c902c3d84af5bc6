"""A person at a terminal: starts a program there, waits for words and types answers.

usage: person.py DIALOG PROGRAM ARGUMENT...

DIALOG is a JSON list of [words, answer]; an answer ends with a newline when Return is pressed. Prints a JSON
object with all that stood on the screen, the exit status, and whether the terminal echoes afterwards.
"""

import fcntl
import json
import os
import pty
import select
import sys
import termios
import time

screen, status = "", None
dialog = json.loads(sys.argv[1])
# The program's side stays open here as well, so that the terminal's modes can be read after the program has ended.
terminal, keeper = pty.openpty()
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(keeper, termios.TIOCSCTTY, 0)
    for descriptor in range(3):
        os.dup2(keeper, descriptor)
    os.closerange(3, 64)
    os.execvp(sys.argv[2], sys.argv[2:])
deadline, searched = time.monotonic() + 600, 0
while time.monotonic() < deadline and status is None:
    ended, code = os.waitpid(pid, os.WNOHANG)
    while select.select([terminal], [], [], 0.05)[0]:
        screen += os.read(terminal, 65536).decode(errors="replace")
    if ended:
        status = os.waitstatus_to_exitcode(code)
    if dialog and dialog[0][0] in screen[searched:]:
        words, answer = dialog.pop(0)
        searched = screen.index(words, searched) + len(words)
        os.write(terminal, answer.encode())
if status is None:
    os.kill(pid, 9)
echoes = bool(termios.tcgetattr(keeper)[3] & termios.ECHO)
print(json.dumps({"screen": screen, "status": status, "echoes": echoes, "unasked": [words for words, _ in dialog]}))
