"""The job with pyinfra's operations."""
import pathlib
from pyinfra.operations import files, server, systemd

key = pathlib.Path.home().joinpath(".ssh/id_ed25519.pub").read_text().strip()
files.directory(path="/home/pi", mode="755")
files.directory(path="/home/pi/.ssh", mode="700")
files.line(path="/home/pi/.ssh/authorized_keys", line=key)
files.file(path="/home/pi/.ssh/authorized_keys", mode="600")
edits = [
    files.line(path="/etc/ssh/sshd_config", line=f"^#?{line.split()[0]} .*", replace=line, backup=True, _sudo=True)
    for line in ("PubkeyAuthentication yes", "X11Forwarding no")
]
changed = lambda: any(edit.did_change() for edit in edits)
server.shell(commands="sshd -t", _sudo=True, _if=changed)
systemd.service(service="ssh", reloaded=True, running=True, _sudo=True, _if=changed)
