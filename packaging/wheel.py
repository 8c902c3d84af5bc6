"""Writes a wheel that carries the program, so that `pip install ssh-recipes` and `uvx ssh-recipes` work.

usage: wheel.py BINARY FOLDER VERSION MACHINE

The program is fully static, so one wheel serves every Linux of its architecture, with glibc or musl.
"""

import base64
import hashlib
import os
import sys
import time
import zipfile

binary, folder, version, machine = sys.argv[1:]
tag = f"py3-none-manylinux_2_17_{machine}.musllinux_1_1_{machine}"
info = f"ssh_recipes-{version}.dist-info"
data = f"ssh_recipes-{version}.data"
when = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), 315532800))[:6]

METADATA = f"""Metadata-Version: 2.1
Name: ssh-recipes
Version: {version}
Summary: Carry out guides over SSH, on one host or on a thousand
License: Apache-2.0
Project-URL: Source, https://github.com/ssh-recipes/ssh-recipes
Requires-Python: >=3.7
Classifier: Environment :: Console
Classifier: License :: OSI Approved :: Apache Software License
Classifier: Operating System :: POSIX :: Linux
Classifier: Topic :: System :: Systems Administration
Description-Content-Type: text/markdown

"""
WHEEL = "Wheel-Version: 1.0\nGenerator: ssh-recipes\nRoot-Is-Purelib: false\n" + "".join(
    f"Tag: {part}\n" for part in (f"py3-none-manylinux_2_17_{machine}", f"py3-none-musllinux_1_1_{machine}")
)


def read(path):
    with open(path, "rb") as file:
        return file.read()


root = os.path.join(os.path.dirname(__file__), "..")
# The recipes are in the program itself.
files = [
    (f"{data}/scripts/ssh-recipes", read(binary), 0o755),
    (f"{data}/data/share/man/man1/ssh-recipes.1", read(f"{root}/docs/ssh-recipes.1"), 0o644),
    (f"{info}/METADATA", METADATA.encode() + read(f"{root}/README.md"), 0o644),
    (f"{info}/WHEEL", WHEEL.encode(), 0o644),
    (f"{info}/licenses/LICENSE", read(f"{root}/LICENSE"), 0o644),
]
record = ""
with zipfile.ZipFile(f"{folder}/ssh_recipes-{version}-{tag}.whl", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
    for name, content, mode in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(content)}\n"
    for name, content, mode in [*files, (f"{info}/RECORD", (record + f"{info}/RECORD,,\n").encode(), 0o644)]:
        entry = zipfile.ZipInfo(name, when)
        entry.external_attr = (0o100000 | mode) << 16
        entry.compress_type = zipfile.ZIP_DEFLATED
        wheel.writestr(entry, content)
