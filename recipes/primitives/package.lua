-- Packages of apt, apk, dnf, opkg and pkg.
local shell = require "primitives.lib.shell"

-- `newer` is the version that the host's lists of packages have in place of the installed one.
local look = [[
has() { command -v "$1" >/dev/null; }
state() {
  case $manager in
    apt) dpkg-query -W -f '${db:Status-Status} ${db:Status-Want} ${Version}\n' "$1" | sed -n 's/^installed //p' ;;
    apk) apk list -I "$1" | sed -n "s/^$1-\([^ ]*\) .*/install \1/p" ;;
    dnf) rpm -q --qf 'install %{VERSION}-%{RELEASE}\n' "$1" | grep -v 'not installed' ;;
    opkg) opkg list-installed "$1" | sed -n 's/^.* - /install /p' ;;
    pkg) pkg query '%v' "$1" | sed 's/^/install /' ;;
  esac
}
newer() {
  case $manager in
    apt)
      LC_ALL=C apt-cache -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= policy "$1" | awk '
        $1 == "Installed:" { now = $2 }
        $1 == "Candidate:" && now != "(none)" && $2 != "(none)" && $2 != now { print $2 }' ;;
    apk) apk list -u "$1" | sed -n "s/^$1-\([^ ]*\) .*/\1/p" ;;
    dnf) dnf -q -C list --upgrades "$1" | awk -v name="$1." 'index($1, name) == 1 { print $2 }' ;;
    opkg) opkg list-upgradable | sed -n "s/^$1 - .* - //p" ;;
    pkg) pkg version -vRUl '<' -n "$1" | sed -n 's/.*remote has \([^)]*\)).*/\1/p' ;;
  esac | head -n 1
}
if has apt-get && has dpkg-query; then manager=apt lists=/var/lib/apt/lists base=/var/lib/dpkg
elif has apk; then manager=apk lists=/var/cache/apk base=/lib/apk/db
elif has dnf; then manager=dnf lists=/var/cache/dnf base=/var/lib/rpm
elif has opkg; then manager=opkg lists="/var/opkg-lists /tmp/opkg-lists" base=/usr/lib/opkg
elif [ "$(uname -s)" = FreeBSD ] && has pkg; then manager=pkg lists=/var/db/pkg base=/var/db/pkg
else exit 0; fi
echo "manager $manager"
for list in $lists; do find "$list" -maxdepth 1 -mmin -60 2>/dev/null; done | grep -q . && echo "lists fresh"
[ ! -d "$base" ] || mount=$(df -P "$base" | awk 'NR == 2 { print $NF }')
[ -z "$mount" ] || ! awk -v at="$mount" '$2 == at { options = $4 } END { exit options !~ /^ro(,|$)/ }' /proc/mounts || echo "read-only $mount"
for name in $names; do
  now=$(state "$name" | head -n 1)
  echo "package $name $now"
  [ -z "$newest" ] || [ -z "$now" ] || echo "newer $name $(newer "$name")"
done
exit 0
]]

local apt = "DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=%d -q -y "
  .. "-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "

-- dnf itself would wait for a lock without end. One try takes about a second.
local function dnf(words)
  return "i=0; until dnf -q -y --setopt=exit_on_lock=true " .. words
    .. '; do s=$?; [ "$s" = 200 ] && [ "$i" -lt %d ] || exit "$s"; sleep 1; i=$((i + 2)); done'
end

-- %s is the packages, %d the seconds to wait for a lock. `back` gets the version before an upgrade.
local commands = {
  apt = {
    refresh = "apt-get -o DPkg::Lock::Timeout=%d -q update && touch /var/lib/apt/lists",
    install = apt .. "--no-install-recommends install %s", remove = apt .. "remove %s",
    upgrade = apt .. "--no-install-recommends --only-upgrade install %s",
    back = apt .. "--allow-downgrades install %s", version = "=",
  },
  apk = {
    refresh = "apk update --wait %d && touch /var/cache/apk", install = "apk add --wait %d %s", remove = "apk del --wait %d %s",
    upgrade = "apk add --wait %d --upgrade %s", back = "apk add --wait %d %s", version = "=",
  },
  dnf = {
    refresh = dnf "makecache --refresh", install = dnf "install %s", remove = dnf "remove %s",
    upgrade = dnf "upgrade %s", back = dnf "downgrade %s", version = "-",
  },
  -- Neither keeps older versions.
  opkg = { refresh = "opkg update", install = "opkg install %s", remove = "opkg remove %s", upgrade = "opkg upgrade %s" },
  pkg = {
    refresh = "pkg update -q && touch /var/db/pkg", install = "pkg install -y %s", remove = "pkg delete -y %s",
    upgrade = "pkg upgrade -y %s",
  },
}

local function fill(form, seconds, names)
  return (form:gsub("%%[ds]", { ["%d"] = seconds, ["%s"] = names }))
end

local function explain(problem)
  local text = (problem.stderr or "") .. table.concat(problem.seen or {}, " ")
  if text:find "No space left" or text:find "enough free space" then
    problem.kind, problem.message = "limit", "the host's disk is full"
  elseif text:find "[Rr]ead%-only file system" then
    problem.kind, problem.message = "refused", "the host's disk is read-only"
  elseif text:find "dpkg was interrupted" then
    problem.kind, problem.message = "refused", "an earlier installation on the host was cut off"
    problem.fix = { "dpkg --configure -a" }
  elseif text:find "[Uu]nmet dep" or text:find "held broken" or text:find "unsatisfiable" then
    problem.kind, problem.message = "refused", "the package needs others that cannot be installed"
  elseif text:find "Unable to locate" or text:find "unable to select" or text:find "no such package" or text:find "No package"
    or text:find "No match" or text:find "find a match" or text:find "Unknown package" or text:find "no installation candidate" then
    problem.kind = "absent"
    problem.message = "no source of packages of the host has that package"
    problem.fix = { "package({ … }, { refresh = true }) reads the lists of packages anew" }
  elseif text:find "resolv" or text:find "ould not connect" or text:find "Failed to fetch" or text:find "fetch error"
    or text:find "network" then
    problem.kind, problem.message = "unreachable", "the host does not reach its source of packages"
  elseif text:find "[Ll]ock" then
    problem.kind, problem.message = "busy", "another program works on the packages: its lock was not free in time"
  end
  fail(problem)
end

local function seen(host, args)
  local names = table.concat(args.names, " ")
  local newest = args.state == "newest" and "yes" or ""
  -- Other accounts than root have caches of dnf of their own.
  local text = host:query({ packages = shell.script({ names = names, newest = newest }, look) }, { root = newest ~= "" }).packages.text
  local now = { manager = text:match "^manager (%a+)", fresh = text:find "\nlists fresh" ~= nil, versions = {}, want = {}, newer = {} }
  now.locked = text:match "\nread%-only ([^\n]+)"
  for name, rest in text:gmatch "\npackage (%S+) ?([^\n]*)" do
    local want, version = rest:match "^(%S+) ?(.*)$"
    if want then now.versions[name], now.want[name] = version, want end
  end
  for name, version in text:gmatch "\nnewer (%S+) (%S+)" do now.newer[name] = version end
  return now
end

-- The packages to install, to upgrade and to remove.
local function missing(now, args)
  local install, upgrade, remove = {}, {}, {}
  for _, name in ipairs(args.names) do
    if args.state == "absent" then
      if now.want[name] then remove[#remove + 1] = name end
    elseif not now.want[name] then
      install[#install + 1] = name
    elseif now.newer[name] then
      upgrade[#upgrade + 1] = name
    end
  end
  return install, upgrade, remove
end

primitive {
  summary = "Installs, upgrades or removes packages.",
  needs = { "run", "root" },
  params = {
    { "names", "The packages, by the names of the host's package manager.", type = "string[]" },
    { "state", "Whether the packages are installed; `newest` also upgrades them to the version in the host's package lists.",
      one_of = { "present", "newest", "absent" }, default = "present" },
    { "refresh", "Whether to refresh the package lists: before an installation, and with `newest` if they are older than an hour.",
      default = false },
    { "timeout", "Seconds until an installation is cancelled. A locked database is waited for up to half of the time, at most two minutes.",
      type = "seconds", default = 900 },
  },
  results = {
    { "manager", "string", "The host's package manager: `apt`, `apk`, `dnf`, `opkg` or `pkg`." },
    { "versions", "table<string, string>", "The versions of the installed packages, by name." },
  },
  done = "The package manager was asked again: each package is in the wanted state.",
  example = [[pi:package { "rsync", "cron" }]],

  check = function(args)
    for _, name in ipairs(args.names) do
      if not name:match "^[%w][%w+._:-]*$" then
        fail { kind = "argument", message = ("%q is no name of a package"):format(name) }
      end
    end
  end,

  body = function(host, args)
    local now = seen(host, args)
    if not now.manager then
      fail { kind = "unsupported", message = "no program for packages that this program knows is on " .. host.name }
    end
    local install, upgrade, remove = missing(now, args)
    local isStale = args.state == "newest" and args.refresh and not now.fresh
    local fields = { manager = now.manager, versions = now.versions }
    if #install + #upgrade + #remove == 0 and not isStale then
      local words = { present = " installed already", newest = " installed already, in the newest version", absent = " not installed" }
      return unchanged(table.concat(args.names, ", ") .. words[args.state], fields)
    end
    for _, list in ipairs { upgrade, remove } do
      for _, name in ipairs(list) do
        if now.want[name] == "hold" then
          fail { kind = "refused", message = name .. " is held by apt", fix = { "apt-mark unhold " .. name } }
        end
      end
    end
    if now.locked then
      fail { kind = "refused", message = "the packages of " .. host.name .. " are on a read-only disk, " .. now.locked }
    end

    local words = {}
    if isStale then words[#words + 1] = "refresh the lists" end
    if #install > 0 then words[#words + 1] = "install " .. table.concat(install, ", ") end
    for _, name in ipairs(upgrade) do words[#words + 1] = ("%s %s -> %s"):format(name, now.versions[name], now.newer[name]) end
    if #remove > 0 then words[#words + 1] = "remove " .. table.concat(remove, ", ") end

    return change(table.concat(words, ", "), function()
      local verbs, lock = commands[now.manager], math.max(1, math.min(120, args.timeout // 2))
      local function act(form, names, undo)
        if #names == 0 then return end
        host:run { fill(form, lock, table.concat(names, " ")), root = true, timeout = args.timeout, undo = undo }
      end
      local done, problem = pcall(function()
        if args.refresh and (isStale or #install > 0) then
          -- Newer lists stay: they change no package.
          host:run { fill(verbs.refresh, lock), root = true, timeout = args.timeout, undo = "true" }
          now = seen(host, args)
          install, upgrade, remove = missing(now, args)
        end
        act(verbs.install, install, fill(verbs.remove, lock, table.concat(install, " ")))
        local before = {}
        for place, name in ipairs(upgrade) do before[place] = name .. (verbs.version or "") .. now.versions[name] end
        act(verbs.upgrade, upgrade, verbs.back and fill(verbs.back, lock, table.concat(before, " ")))
        act(verbs.remove, remove, fill(verbs.install, lock, table.concat(remove, " ")))
      end)
      if not done then explain(problem) end
    end, fields)
  end,
}
