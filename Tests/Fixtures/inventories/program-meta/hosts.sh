#!/bin/sh
[ "$1" = --list ] || exit 9
cat <<'END'
{"web": {"hosts": ["w1", "w2"], "vars": {"a": 1, "b": [true, null, 2.5, "x\u00e9"]}, "children": ["sub"]},
 "sub": ["s1"], "_meta": {"hostvars": {"w1": {"x": "1", "y": {"z": 1}}, "s1": {}}}}
END
