-- Services of systemd, OpenRC, procd, BSD's rc.d, DSM and System V.
local shell = require "primitives.lib.shell"

-- One script finds the system of services and the state of the service.
local look = [[
if [ -d /run/systemd/system ]; then
  echo system=systemd
  systemctl show -p LoadState -p ActiveState -p UnitFileState "$name"
elif [ -x /sbin/procd ]; then
  echo system=procd
  [ ! -x "/etc/init.d/$name" ] || echo known=yes
  "/etc/init.d/$name" running && echo running=yes
  "/etc/init.d/$name" enabled && echo enabled=yes
elif command -v rc-service >/dev/null; then
  echo system=openrc
  [ ! -e "/etc/init.d/$name" ] || echo known=yes
  rc-service "$name" status >/dev/null && echo running=yes
  rc-update show default | grep -q "^ *$name *|" && echo enabled=yes
elif [ "$(uname -s)" = FreeBSD ]; then
  echo system=rc
  service -l | grep -qx "$name" && echo known=yes
  service "$name" onestatus >/dev/null && echo running=yes
  service "$name" enabled && echo enabled=yes
elif [ -x /usr/syno/bin/synosystemctl ]; then
  echo system=dsm
  case $(/usr/syno/bin/synosystemctl get-active-status "$name") in
    active) echo known=yes && echo running=yes ;;
    inactive) echo known=yes ;;
  esac
elif [ -x /usr/syno/sbin/synoservicectl ]; then
  echo system=dsm6
  case $(/usr/syno/sbin/synoservicectl --status "$name") in
    *start/running*) echo known=yes && echo running=yes ;;
    *stop/waiting*) echo known=yes ;;
  esac
elif [ -d /etc/init.d ]; then
  echo system=sysv
  [ ! -x "/etc/init.d/$name" ] || echo known=yes
  "/etc/init.d/$name" status >/dev/null && echo running=yes
  ls /etc/rc[2-5].d/S[0-9][0-9]"$name" >/dev/null && echo enabled=yes
fi
exit 0
]]

local commands = {
  systemd = {
    start = "systemctl start %s", stop = "systemctl stop %s", restart = "systemctl restart %s",
    reload = "systemctl reload-or-restart %s", enable = "systemctl enable %s", disable = "systemctl disable %s",
  },
  openrc = {
    start = "rc-service %s start", stop = "rc-service %s stop", restart = "rc-service %s restart",
    reload = "rc-service %s reload", enable = "rc-update add %s default", disable = "rc-update del %s default",
  },
  procd = {
    start = "/etc/init.d/%s start", stop = "/etc/init.d/%s stop", restart = "/etc/init.d/%s restart",
    reload = "/etc/init.d/%s reload", enable = "/etc/init.d/%s enable", disable = "/etc/init.d/%s disable",
  },
  rc = {
    start = "service %s onestart", stop = "service %s onestop", restart = "service %s onerestart",
    reload = "service %s onereload", enable = "service %s enable", disable = "service %s disable",
  },
  dsm = {
    start = "/usr/syno/bin/synosystemctl start %s", stop = "/usr/syno/bin/synosystemctl stop %s",
    restart = "/usr/syno/bin/synosystemctl restart %s", reload = "/usr/syno/bin/synosystemctl reload %s",
  },
  dsm6 = {
    start = "/usr/syno/sbin/synoservicectl --start %s", stop = "/usr/syno/sbin/synoservicectl --stop %s",
    restart = "/usr/syno/sbin/synoservicectl --restart %s", reload = "/usr/syno/sbin/synoservicectl --reload %s",
  },
  sysv = {
    start = "/etc/init.d/%s start", stop = "/etc/init.d/%s stop", restart = "/etc/init.d/%s restart",
    reload = "/etc/init.d/%s reload", enable = "update-rc.d %s defaults", disable = "update-rc.d %s remove",
  },
}

local function state(host, name)
  local answer = host:query({ service = shell.script({ name = name }, look) }, { root = true })
  local seen = shell.fields(answer.service.text)
  if seen.system == "systemd" then
    seen.known = seen.LoadState == "loaded" and "yes" or nil
    seen.running = (seen.ActiveState == "active" or seen.ActiveState == "reloading") and "yes" or nil
    seen.enabled = seen.UnitFileState == "enabled" and "yes" or nil
    seen.masked = seen.LoadState == "masked"
    -- systemd cannot enable such a unit: other units start it.
    seen.always = seen.UnitFileState == "static" or seen.UnitFileState == "generated" or seen.UnitFileState == "alias"
  end
  return seen
end

primitive {
  summary = "Starts, stops, enables or disables a service.",
  needs = { "run", "root" },
  params = {
    { "name", "The service's name, such as `cron`." },
    { "running", "Whether the service runs; not changed by default.", type = "boolean", optional = true },
    { "enabled", "Whether the service starts at boot; not changed by default.", type = "boolean", optional = true },
    { "restart", "Whether to restart the service now, such as after a change of its configuration.", default = false },
    { "reload", "Whether to have the service read its configuration again.", default = false },
  },
  results = {
    { "running", "boolean", "Whether the service runs." },
    { "enabled", "boolean", "Whether the service starts at boot; missing on DSM." },
    { "system", "string", "The host's service manager: `systemd`, `openrc`, `procd`, `rc`, `dsm`, `dsm6` or `sysv`." },
  },
  done = "The service manager was asked again: the service is as wanted. Each call with `restart` restarts the service once.",
  example = [[pi:service { "cron", running = true, enabled = true }]],

  check = function(args)
    local name = args.name
    if not name:match "^[%w@._:\\-]+$" or name:sub(1, 1) == "-" then
      fail { kind = "argument", message = ("%q is no name of a service"):format(name) }
    end
  end,

  body = function(host, args, again)
    local name = args.name
    local now = state(host, name)
    if not now.system then
      fail { kind = "unsupported", message = "no system of services that this program knows is on " .. host.name }
    end
    if now.masked then
      fail { kind = "refused", message = name .. " is masked", fix = { "systemctl unmask " .. name } }
    end
    if not now.known then
      fail { kind = "absent", message = "there is no service " .. name .. " on " .. host.name }
    end

    local isDSM = now.system == "dsm" or now.system == "dsm6"
    if isDSM and args.enabled ~= nil then
      fail { kind = "unsupported", message = "DSM decides itself which services of " .. host.name .. " start at boot",
        fix = { "leave out `enabled`" } }
    end
    local running, enabled = now.running ~= nil, nil
    if not isDSM then enabled = now.enabled ~= nil end
    local todo, words = {}, {}
    local function plan(verb, opposite, text)
      local form = commands[now.system]
      todo[#todo + 1] = { form[verb]:format(shell.quote(name)), opposite and form[opposite]:format(shell.quote(name)) }
      words[#words + 1] = text
    end
    if args.enabled ~= nil and args.enabled ~= enabled and not (now.always and args.enabled) then
      if args.enabled then plan("enable", "disable", "enabled") else plan("disable", "enable", "disabled") end
    end
    if args.running ~= nil and args.running ~= running then
      if args.running then plan("start", "stop", "started") else plan("stop", "start", "stopped") end
    elseif (args.restart or args.reload) and running and not again then
      plan(args.restart and "restart" or "reload", nil, args.restart and "restarted" or "reloaded")
    end

    local fields = { running = running, enabled = enabled, system = now.system }
    if #todo == 0 then return unchanged(name .. " is as wanted already", fields) end
    return change(("service %s: %s"):format(name, table.concat(words, ", ")), function()
      for _, step in ipairs(todo) do
        host:run { step[1], root = true, timeout = 120, undo = step[2] }
      end
    end, fields)
  end,
}
