#!/bin/sh
echo '{"_meta": {"hostvars": {"u1": {"v": 1}}}, "all": {"children": ["ungrouped", "none"]}, "ungrouped": {"hosts": ["u1"]}, "none": {"hosts": []}}'
