-- Timers of systemd.
primitive {
  summary = "Has systemd run a command at certain times, or removes the timer.",
  needs = { "files", "run", "root" },
  params = {
    { "name", "The timer's name: letters, digits, - and _." },
    { "at", "The time, as OnCalendar of systemd.timer(5), such as `daily` or `Mon 03:00`.", optional = true },
    { "command", "The command, in POSIX sh.", optional = true },
    { "account", "The account that runs the command.", default = "root" },
    { "catch_up", "Whether a missed run is made up for at the next boot.", default = true },
    { "state", "Whether the timer exists.", one_of = { "present", "absent" }, default = "present" },
  },
  results = { { "next", "string", "The time of the next run, as printed by systemd." } },
  done = "Both units were read again, and the timer is active.",
  example = [[pi:timer { "backup", at = "daily", command = "/usr/local/bin/backup" }]],

  check = function(args)
    local name = args.name
    if not name:match "^%w[%w_-]*$" then
      fail { kind = "argument", message = ("%q is no name of a timer; expected letters, digits, - and _"):format(name) }
    end
    local present = args.state == "present"
    if present and not (args.at and args.command) then
      fail { kind = "argument", message = "a timer needs `at` and `command`" }
    end
    if present and (args.at .. args.command .. args.account):find "\n" then
      fail { kind = "argument", message = "times, commands and accounts are one line" }
    end
  end,

  body = function(host, args)
    local name = args.name
    local present = args.state == "present"
    local at = "'" .. (args.at or ""):gsub("'", "") .. "'"
    local seen = host:query {
      systemd = "[ -d /run/systemd/system ]", time = "systemd-analyze calendar " .. at,
      active = "systemctl is-active " .. name .. ".timer", enabled = "systemctl is-enabled " .. name .. ".timer",
      next = "systemctl show -P NextElapseUSecRealtime " .. name .. ".timer",
    }
    if not seen.systemd.ok then
      fail { kind = "unsupported", message = "there is no systemd on " .. host.name, fix = { "use cron" } }
    end
    if present and not seen.time.ok then
      fail { kind = "argument", message = ("%q is no time for systemd"):format(args.at),
        fix = { "systemd-analyze calendar shows what a time means" } }
    end
    local folder = "/etc/systemd/system/" .. name
    local service, timer = folder .. ".service", folder .. ".timer"
    local old = { host:read { service, default = "" }, host:read { timer, default = "" } }
    local active, enabled = seen.active.ok, seen.enabled.ok
    if not present then
      if old[1] == "" and old[2] == "" then return unchanged("there is no timer " .. name) end
      return change("timer " .. name .. ": removed", function()
        if active or enabled then
          host:run { "systemctl disable --now " .. name .. ".timer", root = true,
            undo = "systemctl daemon-reload && systemctl enable --now " .. name .. ".timer" }
        end
        for _, path in ipairs { service, timer } do
          if host:status(path).exists then host:remove { path, root = true } end
        end
        host:run { "systemctl daemon-reload", root = true, undo = "systemctl daemon-reload" }
      end)
    end
    -- systemd expands % and $ itself, and the shell must see both unchanged.
    local command = args.command:gsub("\\", "\\\\"):gsub("'", "\\'"):gsub("%%", "%%%%"):gsub("%$", "$$")
    local units = {
      ("[Unit]\nDescription=%s\n\n[Service]\nType=oneshot\nUser=%s\nExecStart=/bin/sh -c '%s'\n"):format(
        name, args.account, command),
      ("[Unit]\nDescription=%s\n\n[Timer]\nOnCalendar=%s\nPersistent=%s\n\n[Install]\nWantedBy=timers.target\n"):format(
        name, args.at, args.catch_up and "true" or "false"),
    }
    if old[1] == units[1] and old[2] == units[2] and active and enabled then
      return unchanged("the timer " .. name .. " is as wanted already", { next = seen.next.text })
    end
    return change(("timer %s: %s"):format(name, args.at), function()
      -- Before the files, since undo goes backwards: systemd must reload after the files are back.
      host:run { "true", root = true, undo = "systemctl daemon-reload" }
      if old[1] ~= units[1] then host:write { service, units[1], mode = "644", root = true } end
      if old[2] ~= units[2] then host:write { timer, units[2], mode = "644", root = true } end
      local start = "systemctl daemon-reload && systemctl enable --now " .. name .. ".timer"
      if old[2] ~= units[2] and active then start = start .. " && systemctl restart " .. name .. ".timer" end
      host:run { start, root = true,
        undo = not (active and enabled) and "systemctl disable --now " .. name .. ".timer" or "true" }
    end)
  end,
}
