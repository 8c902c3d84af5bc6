-- Accounts of a host.
local shell = require "primitives.lib.shell"

-- Each program costs the host more than the rest: groups of the account are known from `id`, and only the others are
-- asked about; the password's line is read only for `locked` and `expires`.
local look = [[
has() { command -v "$1" >/dev/null; }
if has synouser || [ -d /usr/syno ]; then echo tool=dsm
elif has usermod; then echo tool=shadow
elif has pw; then echo tool=pw
elif has adduser; then echo tool=busybox
fi
[ -z "$shell" ] || [ -x "$shell" ] || echo shellless=yes
[ -z "$number" ] || echo taken="$(cut -d: -f1,3 /etc/passwd | sed -n "s/:$number\$//p" | head -n 1)"
[ ! -e "${home:-/home/$name}" ] || echo homed=yes
line=$(getent passwd "$name" 2>/dev/null) || line=$(grep "^$name:" /etc/passwd)
[ -z "$line" ] || id=$(id "$name")
end='
'
for group in $groups; do
  case $id in *groups=*"($group)"*) continue ;; esac
  [ -n "$there" ] || there=$end$(getent group $groups 2>/dev/null)
  case $there in *"$end$group:"*) ;; *) grep -q "^$group:" /etc/group || echo missing="$group" ;; esac
done
[ -n "$line" ] || exit 0
set -f; IFS=:
set -- $line
printf 'uid=%s\ngid=%s\ncomment=%s\nhome=%s\nshell=%s\n' "$3" "$4" "$5" "$6" "${7:-}"
echo id="$id"
[ -n "$secret" ] && line=$(grep "^$name:" /etc/shadow 2>/dev/null) || exit 0
[ -n "$line" ] || exit 0
set -- $line
case $2 in '!'*) echo locked=yes ;; esac
[ -z "$2" ] || [ "$2" = '*' ] || [ "$2" = '!' ] || [ "$2" = '!!' ] || echo password=yes
[ -z "${8:-}" ] || echo expires="$8"
exit 0
]]

-- The answer of the script. Of the output of `id`, the names of the groups, or their numbers without a name.
local function read(text)
  local now = shell.fields(text)
  if not now.id then return now end
  now.group = now.id:match "gid=%d+%(([^)]*)%)"
  local names = {}
  for group in (now.id:match "groups=(.*)" or ""):gsub(" context=.*", ""):gmatch "[^,]+" do
    names[#names + 1] = group:match "%((.*)%)" or group
  end
  now.groups = " " .. table.concat(names, " ") .. " "
  return now
end

local function days(date)
  local year, month, day = date:match "^(%d%d%d%d)-(%d%d)-(%d%d)$"
  if not year then
    fail { kind = "argument", message = ("%q is no date; expected one such as 2027-12-31, or \"never\""):format(date) }
  end
  year, month, day = math.tointeger(year), math.tointeger(month), math.tointeger(day)
  local last = ({ 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 })[month]
  if month == 2 and (year % 4 == 0 and year % 100 ~= 0 or year % 400 == 0) then last = 29 end
  if not last or day < 1 or day > last then
    fail { kind = "argument", message = ("%q is no day of the calendar"):format(date) }
  end
  if month <= 2 then year, month = year - 1, month + 12 end
  return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 719469
end

-- Members of these may become root.
local powerful = { root = true, sudo = true, wheel = true, admin = true, administrators = true, doas = true }

local function has(groups, group) return (groups or ""):find(" " .. group .. " ", 1, true) ~= nil end

primitive {
  summary = "Creates or changes an account as described, or removes the account.",
  needs = { "run", "root" },
  params = {
    { "name", "The account's name." },
    { "state", "Whether the account exists.", one_of = { "present", "absent" }, default = "present" },
    { "uid", "The account's number; only for a new account.", type = "integer", optional = true },
    { "system", "Whether a new account is a system account: no home, no expiry.", default = false },
    { "comment", "The owner's name, or the account's purpose.", optional = true },
    { "home", "The home directory.", type = "path", optional = true },
    { "shell", "The login shell.", type = "path", optional = true },
    { "groups", "The account's groups, besides the primary group.", type = "string[]", optional = true },
    { "only_these", "Whether the account leaves all other groups.", default = false },
    { "locked", "Whether the password is locked; logins with a key still work.", type = "boolean", optional = true },
    { "expires", "The last day for logins, such as `2027-12-31`, or `never`.", optional = true },
  },
  results = {
    { "uid", "integer", "The account's number." },
    { "home", "string", "The home directory." },
    { "shell", "string", "The login shell." },
  },
  done = "The lists of accounts and groups were read again. The home directory of a removed account stays. `undo` of a removal "
    .. "brings the password back as long as no other account was changed.",
  example = [[pi:account { "backup", system = true, shell = "/bin/sh", groups = { "disk" } }]],

  check = function(args)
    local name = args.name
    if not name:match "^[%a_][%w_.-]*$" or #name > 32 then
      fail { kind = "argument", message = ("%q is no name of an account"):format(name) }
    end
    for _, field in ipairs { "comment", "home", "shell" } do
      if args[field] and args[field]:find "[:\r\n]" then
        fail { kind = "argument", message = ("the %s of an account has no colon and no line end"):format(field) }
      end
    end
    if args.uid and (args.uid < 0 or args.uid > 4294967294) then
      fail { kind = "argument", message = args.uid .. " is no number of an account" }
    end
    for _, group in ipairs(args.groups or {}) do
      if not group:match "^[%a_][%w_.-]*$" then
        fail { kind = "argument", message = ("%q is no name of a group"):format(group) }
      end
    end
    if args.expires and args.expires ~= "never" then days(args.expires) end
  end,

  body = function(host, args)
    local name = args.name
    local day = args.expires and (args.expires == "never" and "" or tostring(days(args.expires)))
    local values = { name = name, groups = table.concat(args.groups or {}, " "), shell = args.shell or "",
      home = args.home or "", number = args.uid or "", id = "", there = "",
      secret = (args.locked ~= nil or args.expires) and "yes" or "" }
    local answer = host:query({ account = shell.script(values, look) }, { root = true })
    local now = read(answer.account.text)
    local uid = math.tointeger(tonumber(now.uid))
    if args.state == "absent" and not uid then return unchanged("there is no account " .. name) end
    if now.tool == "dsm" then
      fail { kind = "unsupported", message = "DSM keeps the accounts of " .. host.name .. " itself",
        fix = { "Control Panel > User & Group" } }
    end
    if not now.tool then fail { kind = "unsupported", message = "no known program for accounts is on " .. host.name } end

    if args.state == "present" and now.missing then
      fail { kind = "absent", message = ("there is no group %s on %s"):format(now.missing, host.name),
        fix = { ("make it first: group(%q)"):format(now.missing) } }
    end
    if args.state == "present" and now.shellless then
      fail { kind = "absent", message = ("there is no shell %s on %s"):format(args.shell, host.name), paths = { args.shell } }
    end
    if args.state == "present" and not uid and now.taken and now.taken ~= "" then
      fail { kind = "refused", message = ("the number %d belongs to the account %s"):format(args.uid, now.taken) }
    end

    local steps, words = {}, {}
    local function plan(text, command, undo)
      words[#words + 1] = text
      steps[#steps + 1] = { command, root = true, undo = undo }
    end
    local quoted = shell.quote
    local remove = ({ shadow = "userdel ", busybox = "deluser ", pw = "pw userdel " })[now.tool] .. name

    if args.state == "absent" then
      if name == host:facts().user or name == "root" then
        fail { kind = "lockout", message = "the account " .. name .. " is the one of this run, or root, and stays" }
      end
      local again = ({
        shadow = ("useradd -M -u %d -d %s -s %s -c %s -g %s %s"):format(
          uid, quoted(now.home), quoted(now.shell), quoted(now.comment), quoted(now.gid), name),
        busybox = ("adduser -D -H -u %d -h %s -s %s -G %s %s"):format(
          uid, quoted(now.home), quoted(now.shell), quoted(now.group), name),
        pw = ("pw useradd %s -u %d -d %s -s %s -c %s"):format(
          name, uid, quoted(now.home), quoted(now.shell), quoted(now.comment)),
      })[now.tool]
      return change("account " .. name .. ": removed, its home stays", function()
        if now.tool == "shadow" then
          -- userdel also removes the group of the same name, which other accounts may need.
          local others = {}
          for group in now.groups:gmatch "%S+" do if group ~= now.group then others[#others + 1] = group end end
          -- /etc/shadow- is shadow's own copy from before the removal.
          local hash = "hash=$(sed -n 's/^" .. name .. ":\\([^:]*\\):.*/\\1/p' /etc/shadow-); "
          local keep = '; [ -z "$hash" ] || printf "%s:%s\\n" ' .. name .. ' "$hash" | chpasswd -e'
          host:run { remove, root = true,
            undo = hash .. "getent group " .. quoted(now.gid) .. " >/dev/null || groupadd -g " .. quoted(now.gid) .. " " .. quoted(now.group)
              .. "; " .. again .. (#others > 0 and "; usermod -G " .. quoted(table.concat(others, ",")) .. " " .. name or "")
              .. keep }
        else
          host:run { remove, root = true, undo = again }
        end
      end)
    end

    if not uid then
      local make = {
        shadow = { "useradd", args.system and "--system" or "-m", args.uid and "-u " .. args.uid,
          args.home and "-d " .. quoted(args.home), args.shell and "-s " .. quoted(args.shell),
          args.comment and "-c " .. quoted(args.comment), name },
        busybox = { "adduser", "-D", args.system and "-S -H", args.uid and "-u " .. args.uid,
          args.home and "-h " .. quoted(args.home), args.shell and "-s " .. quoted(args.shell),
          args.comment and "-g " .. quoted(args.comment), name },
        pw = { "pw useradd " .. name, args.system or "-m", args.uid and "-u " .. args.uid,
          args.home and "-d " .. quoted(args.home), args.shell and "-s " .. quoted(args.shell),
          args.comment and "-c " .. quoted(args.comment) },
      }
      local parts = {}
      for place = 1, 8 do
        local part = make[now.tool][place]
        if type(part) == "string" then parts[#parts + 1] = part end
      end
      local back = remove
      if not args.system and not now.homed then
        -- Only copies of the files in /etc/skel go, and the home directory only when it is empty.
        back = 'home=$(grep "^' .. name .. ':" /etc/passwd | cut -d: -f6); ' .. remove .. ' && case $home in /?*) '
          .. 'cd "$home" && for file in .bash_logout .bashrc .profile; do cmp -s "$file" "/etc/skel/$file" && rm -f "$file"; done; '
          .. 'cd / && rmdir "$home" 2>/dev/null || true ;; esac'
      end
      plan("new", table.concat(parts, " "), back)
    else
      if args.uid and args.uid ~= uid then
        fail { kind = "refused", message = ("the account %s has the number %d, not %d"):format(name, uid, args.uid) }
      end
      for _, field in ipairs { { "shell", "-s" }, { "home", "-d" }, { "comment", "-c" } } do
        local wanted, have = args[field[1]], now[field[1]]
        if wanted and wanted ~= have then
          local forms = { shadow = "usermod %s %s " .. name, pw = "pw usermod " .. name .. " %s %s" }
          local form = forms[now.tool] or fail {
            kind = "unsupported", message = "no program on " .. host.name .. " changes the " .. field[1] .. " of accounts" }
          plan(("%s %s -> %s"):format(field[1], have, wanted), form:format(field[2], quoted(wanted)),
            form:format(field[2], quoted(have)))
        end
      end
    end

    local function member(group, joins)
      local forms = ({
        shadow = { "usermod -a -G %g %n", "gpasswd -d %n %g" },
        busybox = { "addgroup %n %g", "delgroup %n %g" },
        pw = { "pw groupmod %g -m %n", "pw groupmod %g -d %n" },
      })[now.tool]
      local function fill(form) return (form:gsub("%%g", group):gsub("%%n", name)) end
      local join, leave = fill(forms[1]), fill(forms[2])
      if joins then plan("joins " .. group, join, leave) else plan("leaves " .. group, leave, join) end
    end
    local wanted = { [now.group or name] = true }
    for _, group in ipairs(args.groups or {}) do
      wanted[group] = true
      if not has(now.groups, group) then member(group, true) end
    end
    if args.only_these and uid then
      for group in (now.groups or ""):gmatch "%S+" do
        if not wanted[group] and powerful[group] and name == host:facts().user then
          fail { kind = "lockout", message = ("the account %s is the one of this run, and stays in the group %s"):format(name, group) }
        end
        if not wanted[group] then member(group, false) end
      end
    end

    if args.locked ~= nil and args.locked ~= (now.locked ~= nil) then
      if name == host:facts().user and args.locked then
        fail { kind = "lockout", message = "the account " .. name .. " is the one of this run, and is not locked" }
      end
      local forms = ({
        shadow = { "usermod -L " .. name, now.password and "usermod -U " .. name },
        busybox = { "passwd -l " .. name, "passwd -u " .. name },
        pw = { "pw lock " .. name, "pw unlock " .. name },
      })[now.tool]
      -- A new account, and one without a password, is locked already.
      if uid and args.locked then
        plan("locked", forms[1], forms[2])
      elseif uid then
        if not now.password then
          fail { kind = "refused", message = "the account " .. name .. " has no password that could be unlocked" }
        end
        plan("unlocked", forms[2], forms[1])
      end
    end
    if args.expires then
      if day ~= (now.expires or "") then
        if now.tool ~= "shadow" then
          fail { kind = "unsupported", message = "accounts do not expire on " .. host.name }
        end
        local date = args.expires == "never" and "''" or args.expires
        plan("expires " .. args.expires, "usermod -e " .. date .. " " .. name,
          "usermod -e " .. (now.expires and ("$(date -u -d @$((" .. now.expires .. " * 86400)) +%F)") or "''") .. " " .. name)
      end
    end

    local fields = { uid = uid, home = now.home, shell = now.shell }
    if #steps == 0 then return unchanged("the account " .. name .. " is as wanted already", fields) end
    return change(("account %s: %s"):format(name, table.concat(words, ", ")), function()
      for _, step in ipairs(steps) do shell.act(host, "the account " .. name .. " could not be changed", step) end
    end, fields)
  end,
}
