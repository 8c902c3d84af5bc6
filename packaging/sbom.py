"""Prints an SPDX 2.3 document: the program, the Swift packages that it is built from, and the libraries linked into it.

usage: sbom.py VERSION
"""

import json
import os
import re
import subprocess
import sys
import time

version = sys.argv[1]
when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"])))


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def identifier(name):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name)


def package(name, version, location, license):
    return {
        "SPDXID": identifier(name), "name": name, "versionInfo": version, "downloadLocation": location,
        "licenseConcluded": license, "licenseDeclared": license, "copyrightText": "NOASSERTION", "filesAnalyzed": False,
    }


def dependencies(node):
    for child in node["dependencies"]:
        yield child
        yield from dependencies(child)


swift = os.environ.get("SWIFT", "swift")
command = ["package", "--scratch-path", ".build-static", "show-dependencies", "--format", "json"]
graph = json.loads(output(swift, *command))
release = re.search(r"Swift version (\S+)", output(swift, "--version"))[1]
own = package("ssh-recipes", version, "https://github.com/ssh-recipes/ssh-recipes", "Apache-2.0")
swift_license = "Apache-2.0 WITH Swift-exception"
parts = {
    node["identity"]: package(node["identity"], node["version"], node["url"], swift_license)
    for node in dependencies(graph)
}
for name, text, location, license in [
    ("lua", output("pkg-config", "--modversion", "lua5.4").strip(), "https://www.lua.org", "MIT"),
    ("libyaml", output("pkg-config", "--modversion", "yaml-0.1").strip(), "https://pyyaml.org/wiki/LibYAML", "MIT"),
    ("glibc", os.confstr("CS_GNU_LIBC_VERSION").split()[1], "https://sourceware.org/glibc", "LGPL-2.1-or-later"),
    (
        "gcc-runtime", output("gcc", "-dumpfullversion").strip(), "https://gcc.gnu.org",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
    ),
    ("swift-runtime", release, "https://www.swift.org", swift_license),
]:
    parts[name] = package(name, text, location, license)
relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]}]
relations += [
    {"spdxElementId": own["SPDXID"], "relationshipType": "STATIC_LINK", "relatedSpdxElement": part["SPDXID"]}
    for _, part in sorted(parts.items())
]
json.dump(
    {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"ssh-recipes-{version}",
        "documentNamespace": f"https://github.com/ssh-recipes/ssh-recipes/releases/download/{version}/spdx.json",
        "creationInfo": {"created": when, "creators": ["Tool: packaging/sbom.py"]},
        "packages": [own, *(part for _, part in sorted(parts.items()))], "relationships": relations,
    },
    sys.stdout, indent=1)
print()
