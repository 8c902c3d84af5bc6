-- Groups of accounts.
local shell = require "primitives.lib.shell"

local look = [[
has() { command -v "$1" >/dev/null; }
if has synogroup || [ -d /usr/syno ]; then echo tool=dsm
elif has pw; then echo tool=pw
elif has groupadd; then echo tool=shadow
elif has addgroup; then echo tool=busybox
fi
line=$(getent group "$name" 2>/dev/null) || line=$(grep "^$name:" /etc/group)
if [ -n "$line" ]; then
  set -f; IFS=:
  set -- $line
  unset IFS
  printf 'gid=%s\nmembers=%s\n' "$3" "${4:-}"
  [ "$state" = present ] || echo primary="$(sed -n "/^[^:]*:[^:]*:[^:]*:$3:/{s/:.*//p;q;}" /etc/passwd)"
fi
[ -z "$wanted" ] || echo taken="$(getent group "$wanted" 2>/dev/null | cut -d: -f1 || grep "^[^:]*:[^:]*:$wanted:" /etc/group | cut -d: -f1)"
exit 0
]]

local add = {
  shadow = { plain = "groupadd", system = " --system", gid = " --gid %d" },
  busybox = { plain = "addgroup", system = " -S", gid = " -g %d" },
  pw = { plain = "pw groupadd", system = "", gid = " -g %d" },
}
local join = { shadow = "usermod -a -G %g %n", busybox = "addgroup %n %g", pw = "pw groupmod %g -m %n" }
local delete = { shadow = "groupdel %s", busybox = "delgroup %s", pw = "pw groupdel %s" }

primitive {
  summary = "Creates or removes a group.",
  needs = { "run", "root" },
  params = {
    { "name", "The group's name." },
    { "state", "Whether the group exists.", one_of = { "present", "absent" }, default = "present" },
    { "gid", "The group's number; by default the next free number.", type = "integer", optional = true },
    { "system", "Whether a new group is a system group.", default = false },
  },
  results = { { "gid", "integer", "The group's number; missing if the group does not exist." } },
  done = "The list of groups was read again.",
  example = [[pi:group("backup_readers")]],

  check = function(args)
    local name = args.name
    if not name:match "^[%a_][%w_.-]*$" or #name > 32 then
      fail { kind = "argument", message = ("%q is no name of a group"):format(name) }
    end
    if args.gid and (args.gid < 0 or args.gid > 4294967294) then
      fail { kind = "argument", message = args.gid .. " is no number of a group" }
    end
  end,

  body = function(host, args)
    local name = args.name
    local values = { name = name, wanted = args.gid or "", state = args.state }
    local now = shell.fields(host:query { group = shell.script(values, look) }.group.text)
    local gid = math.tointeger(tonumber(now.gid))
    if args.state == "present" and gid then
      if args.gid and args.gid ~= gid then
        fail { kind = "refused", message = ("the group %s has the number %d, not %d"):format(name, gid, args.gid) }
      end
      return unchanged("the group " .. name .. " exists already", { gid = gid })
    end
    if args.state == "present" and now.taken and now.taken ~= "" then
      fail { kind = "refused", message = ("the number %d belongs to the group %s"):format(args.gid, now.taken) }
    end
    if gid and now.primary ~= "" then
      fail { kind = "refused", message = ("the group %s is the primary group of the account %s, and stays"):format(name, now.primary) }
    end
    if args.state == "absent" and not gid then return unchanged("there is no group " .. name) end
    local tool = now.tool
    if tool == "dsm" then
      fail { kind = "unsupported", message = "DSM keeps the groups of " .. host.name .. " itself",
        fix = { "Control Panel > User & Group" } }
    end
    if not add[tool] then
      fail { kind = "unsupported", message = "there is no known way to change groups on " .. host.name }
    end
    local make = add[tool].plain .. (args.system and add[tool].system or "")
    local number = args.gid or (args.state == "absent" and gid)
    if number then make = make .. add[tool].gid:format(number) end
    make = make .. " " .. name
    local remove = delete[tool]:format(name)
    if tool == "pw" then make = "pw groupadd " .. name .. (number and (" -g " .. number) or "") end
    if args.state == "present" then
      return change("group " .. name .. ": new", function()
        host:run { make, root = true, undo = remove, undo_if = "grep -q '^" .. name .. ":[^:]*:[^:]*:$' /etc/group" }
      end)
    end
    local back = make
    for member in (now.members or ""):gmatch "[^,]+" do
      back = back .. "; " .. join[tool]:gsub("%%[gn]", { ["%g"] = name, ["%n"] = shell.quote(member) })
    end
    return change("group " .. name .. ": removed", function()
      host:run { remove, root = true, undo = back }
    end)
  end,
}
