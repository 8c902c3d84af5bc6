-- Packages of apt, apk, dnf, opkg and pkg.
local shell = require "primitives.lib.shell"

local look = [[
has() { command -v "$1" >/dev/null; }
state() {
  case $manager in
    apt) dpkg-query -W -f '${db:Status-Status} ${db:Status-Want} ${Version}\n' "$1" | sed -n 's/^installed //p' ;;
    apk) apk list -I "$1" | sed -n 's/ .*//p' ;;
    dnf) rpm -q --qf 'install %{VERSION}-%{RELEASE}\n' "$1" | grep -v 'not installed' ;;
    opkg) opkg list-installed "$1" | sed -n 's/^.* - /install /p' ;;
    pkg) pkg query '%v' "$1" | sed 's/^/install /' ;;
  esac
}
if has apt-get && has dpkg-query; then manager=apt
elif has apk; then manager=apk
elif has dnf; then manager=dnf
elif has opkg; then manager=opkg
elif [ "$(uname -s)" = FreeBSD ] && has pkg; then manager=pkg
else exit 0; fi
echo "manager $manager"
for name in $names; do echo "package $name $(state "$name" | head -n 1)"; done
exit 0
]]

-- apt and apk wait up to two minutes for their lock.
local wait_apt = "-o DPkg::Lock::Timeout=120"
local commands = {
  apt = {
    refresh = "apt-get " .. wait_apt .. " -q update",
    install = "DEBIAN_FRONTEND=noninteractive apt-get " .. wait_apt
      .. " -q -y -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold --no-install-recommends install %s",
    remove = "DEBIAN_FRONTEND=noninteractive apt-get " .. wait_apt .. " -q -y remove %s",
    newest = "apt-cache policy %s",
  },
  apk = { refresh = "apk update", install = "apk add --wait 120 %s", remove = "apk del --wait 120 %s" },
  dnf = { refresh = "dnf -q -y makecache", install = "dnf -q -y install %s", remove = "dnf -q -y remove %s" },
  opkg = { refresh = "opkg update", install = "opkg install %s", remove = "opkg remove %s" },
  pkg = { refresh = "pkg update -q", install = "pkg install -y %s", remove = "pkg delete -y %s" },
}

local function explain(problem)
  local text = (problem.stderr or "") .. table.concat(problem.seen or {}, " ")
  if text:find "[Ll]ock" then
    problem.kind, problem.message = "busy", "another program works on the packages: its lock was not free in time"
  elseif text:find "Unable to locate" or text:find "unable to select" or text:find "No package" or text:find "No match"
    or text:find "Unknown package" then
    problem.kind = "absent"
    problem.message = "no source of packages of the host has that package"
    problem.fix = { "package({ … }, { refresh = true }) reads the lists of packages anew" }
  elseif text:find "resolv" or text:find "Could not connect" or text:find "Failed to fetch" or text:find "fetch error" then
    problem.kind, problem.message = "unreachable", "the host does not reach its source of packages"
  elseif text:find "No space left" then
    problem.kind, problem.message = "failed", "the host's disk is full"
  end
  fail(problem)
end

primitive {
  summary = "Installs or removes packages.",
  needs = { "run", "root" },
  params = {
    { "names", "The packages, by the names of the host's package manager.", type = "string[]" },
    { "state", "Whether the packages are installed.", one_of = { "present", "absent" }, default = "present" },
    { "refresh", "Whether to refresh the package lists before an installation.", default = false },
    { "timeout", "Seconds until an installation is cancelled.", type = "seconds", default = 900 },
  },
  results = {
    { "manager", "string", "The host's package manager: `apt`, `apk`, `dnf`, `opkg` or `pkg`." },
    { "versions", "table<string, string>", "The versions of the installed packages, by name." },
  },
  done = "The package manager was asked again: each package is in the wanted state.",
  example = [[pi:package { "rsync", "cron" }]],

  body = function(host, args)
    for _, name in ipairs(args.names) do
      if not name:match "^[%w][%w+._:-]*$" then
        fail { kind = "argument", message = ("%q is no name of a package"):format(name) }
      end
    end
    local text = host:query { packages = shell.script({ names = table.concat(args.names, " ") }, look) }.packages.text
    local manager = text:match "^manager (%a+)"
    if not manager then
      fail { kind = "unsupported", message = "no program for packages that this program knows is on " .. host.name }
    end
    local versions, wrong = {}, {}
    for name, rest in text:gmatch "package (%S+) ?([^\n]*)" do
      local want, version = rest:match "^(%S+) ?(.*)$"
      if want then versions[name] = version ~= "" and version or want end
      if (want ~= nil) ~= (args.state == "present") then
        if want == "hold" then
          fail { kind = "refused", message = name .. " is held by apt", fix = { "apt-mark unhold " .. name } }
        end
        wrong[#wrong + 1] = name
      end
    end
    local fields = { manager = manager, versions = versions }
    local present = args.state == "present"
    if #wrong == 0 then
      return unchanged(table.concat(args.names, ", ") .. (present and " installed already" or " not installed"), fields)
    end
    local names, verbs = table.concat(wrong, " "), commands[manager]
    return change((present and "install " or "remove ") .. table.concat(wrong, ", "), function()
      local done, problem = pcall(function()
        if present and args.refresh then host:run { verbs.refresh, root = true, timeout = args.timeout } end
        local act, back = verbs.install, verbs.remove
        if not present then act, back = back, act end
        host:run { act:format(names), root = true, timeout = args.timeout, undo = back:format(names) }
      end)
      if not done then explain(problem) end
    end, fields)
  end,
}
