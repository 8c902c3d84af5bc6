"""The job with Fabric: one connection a host, a run per step, hosts side by side."""
import pathlib, sys, time
from concurrent.futures import ThreadPoolExecutor
from fabric import Connection

KEY = pathlib.Path.home().joinpath(".ssh/id_ed25519.pub").read_text().strip()
LINES = ["PubkeyAuthentication yes", "X11Forwarding no"]


def login(host, turn):
    options = {"look_for_keys": True, "allow_agent": False}
    if turn == "first":
        options = {"password": "raspberry", "look_for_keys": False, "allow_agent": False}
    return Connection(host, connect_kwargs=options)


def job(host, turn):
    with login(host, turn) as c:
        quiet = {"hide": True}
        c.run("chmod go-w ~", **quiet)
        c.run("mkdir -p ~/.ssh && chmod 700 ~/.ssh", **quiet)
        if c.run(f"grep -qxF '{KEY}' ~/.ssh/authorized_keys", warn=True, **quiet).failed:
            c.run(f"echo '{KEY}' >>~/.ssh/authorized_keys", **quiet)
        c.run("chmod 600 ~/.ssh/authorized_keys", **quiet)
        changed = False
        for line in LINES:
            if c.run(f"grep -qx '{line}' /etc/ssh/sshd_config", warn=True, **quiet).failed:
                if not changed:
                    c.run("sudo cp -p /etc/ssh/sshd_config /etc/ssh/sshd_config.bak", **quiet)
                c.run(f"sudo sed -i '1i {line}' /etc/ssh/sshd_config", **quiet)
                changed = True
        if changed:
            c.run("sudo sshd -t", **quiet)
            c.run("sudo systemctl reload ssh", **quiet)
    for _ in range(8):
        try:
            with login(host, "proof") as c:
                return c.run("true", hide=True).ok
        except Exception:
            time.sleep(0.05)
    raise SystemExit(f"{host}: the proof failed")


turn, hosts = sys.argv[1], sys.argv[2:]
with ThreadPoolExecutor(len(hosts)) as pool:
    list(pool.map(lambda host: job(host, turn), hosts))
