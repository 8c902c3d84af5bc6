"""The same with pyinfra's operations."""
from io import StringIO

from pyinfra.operations import files, server, systemd

server.group(group="backup_readers", _sudo=True)
server.user(user="keeper", shell="/bin/sh", groups=["backup_readers"], create_home=True, _sudo=True)
files.line(path="/etc/hosts", line=r".*\snas$", replace="192.0.2.7 nas", _sudo=True)
text = StringIO("/var/log/{{ log }}.log { weekly }\n")
files.template(src=text, dest="/etc/logrotate.d/backup", log="backup", mode="644", _sudo=True)
systemd.service(service="ssh", running=True, enabled=True, _sudo=True)
