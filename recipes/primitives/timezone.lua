-- The time zone of a host.
local shell = require "primitives.lib.shell"

primitive {
  summary = "Sets the host's time zone.",
  needs = { "files", "run", "root" },
  params = { { "zone", "The zone, such as `Europe/Berlin`." } },
  results = { { "zone", "string", "The zone in effect." } },
  done = "/etc/localtime is a link to the zone's file.",
  example = [[pi:timezone "Europe/Berlin"]],

  check = function(args)
    local zone = args.zone
    if not zone:match "^[%w_+-][%w_+/-]*$" then
      fail { kind = "argument", message = ("%q is no time zone; expected one such as Europe/Berlin"):format(zone) }
    end
  end,

  body = function(host, args)
    local zone = args.zone
    local file = "/usr/share/zoneinfo/" .. zone
    local seen = host:query {
      vendor = "[ -d /usr/syno ] || [ -x /sbin/procd ]", zones = "[ -d /usr/share/zoneinfo ]",
      zone = "[ -f " .. shell.quote(file) .. " ]", now = "readlink /etc/localtime",
      kept = "cat /etc/timezone",
    }
    if seen.vendor.ok then
      fail { kind = "unsupported", message = "the system of " .. host.name .. " keeps its time zone itself" }
    end
    if not seen.zones.ok then
      fail { kind = "no-tool", message = host.name .. " has no time zones", fix = { "install tzdata" } }
    end
    if not seen.zone.ok then fail { kind = "absent", message = "there is no time zone " .. zone } end
    local now = seen.now.text:match "zoneinfo/(.*)$"
    if now == zone and (not seen.kept.ok or seen.kept.text == zone) then
      return unchanged("the time zone is " .. zone .. " already", { zone = zone })
    end
    return change(("time zone: %s -> %s"):format(now or "none", zone), function()
      if now ~= zone then
        local back = seen.now.ok and "ln -sfn " .. shell.quote(seen.now.text) .. " /etc/localtime"
        if not back then
          local there = host:status("/etc/localtime").exists
          if there then
            fail { kind = "refused", message = "/etc/localtime is no link, and would be lost", paths = { "/etc/localtime" } }
          end
          back = "rm -f /etc/localtime"
        end
        host:run { "ln -sfn " .. shell.quote(file) .. " /etc/localtime", root = true, undo = back,
          undo_if = "[ \"$(readlink /etc/localtime)\" = " .. shell.quote(file) .. " ]" }
      end
      if seen.kept.ok and seen.kept.text ~= zone then host:write { "/etc/timezone", zone .. "\n", root = true } end
    end, { zone = zone })
  end,
}
