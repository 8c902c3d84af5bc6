-- Jobs of cron.
local shell = require "primitives.lib.shell"

local times = { reboot = true, yearly = true, annually = true, monthly = true, weekly = true, daily = true,
  midnight = true, hourly = true }
local ranges = { { 0, 59 }, { 0, 23 }, { 1, 31 }, { 1, 12 }, { 0, 7 } }
local months = { jan = 1, feb = 2, mar = 3, apr = 4, may = 5, jun = 6, jul = 7, aug = 8, sep = 9, oct = 10, nov = 11, dec = 12 }
local days = { sun = 0, mon = 1, tue = 2, wed = 3, thu = 4, fri = 5, sat = 6 }

-- cron skips a whole file with a wrong time, and only its log says so.
local function isField(text, place)
  local low, high = ranges[place][1], ranges[place][2]
  local names = place == 4 and months or place == 5 and days or {}
  local function number(word) return names[word:lower()] or word:match "^%d+$" and math.tointeger(tonumber(word)) end
  if text:find "^," or text:find ",$" or text:find ",," then return false end
  for part in text:gmatch "[^,]+" do
    local range, step = part:match "^([^/]+)/(%d+)$"
    if step and tonumber(step) == 0 then return false end
    range = range or part
    if range ~= "*" then
      local from, to = range:match "^(%w+)-(%w+)$"
      from, to = number(from or range), number(to or range)
      if not from or not to or from < low or to > high or from > to then return false end
    end
  end
  return text ~= ""
end

local function isTime(at)
  if at:match "^@" then return times[at:sub(2)] == true end
  local place = 0
  for field in at:gmatch "[^ \t]+" do
    place = place + 1
    if place > 5 or not isField(field, place) then return false end
  end
  return place == 5
end

primitive {
  summary = "Adds, changes or removes a job of cron.",
  needs = { "files", "run", "root" },
  params = {
    { "name", "The job's name: letters, digits, - and _." },
    { "at", "The time, in cron's five fields or as `@daily`; required for `present`.", optional = true },
    { "command", "The command, on one line; required for `present`. `%` means itself, also without a backslash.", optional = true },
    { "account", "The account that runs the command.", default = "root" },
    { "state", "Whether the job exists.", one_of = { "present", "absent" }, default = "present" },
  },
  results = { { "path", "string", "The file with the job." } },
  done = "The file of the job was read again.",
  example = [[pi:cron { "backup", at = "17 3 * * *", command = "/usr/local/bin/backup" }]],

  check = function(args)
    if not args.name:match "^%w[%w_-]*$" then
      fail { kind = "argument", message = ("%q is no name of a job; expected letters, digits, - and _"):format(args.name) }
    end
    if not args.account:match "^[%a_][%w_.-]*$" then
      fail { kind = "argument", message = ("%q is no name of an account"):format(args.account) }
    end
    local present = args.state == "present"
    if present then
      if not args.at or not args.command then
        fail { kind = "argument", message = "a job needs `at` and `command`" }
      end
      if not isTime(args.at) then
        fail { kind = "argument", message = ("%q is no time for cron; expected five fields, or one such as @daily"):format(args.at) }
      end
      if args.command:find "[\r\n]" then fail { kind = "argument", message = "the command of a job is one line" } end
    end
  end,

  body = function(host, args)
    local present = args.state == "present"
    -- For cron, % without a backslash ends the line.
    local command = (args.command or ""):gsub("\\?%%", "\\%%")
    local seen = host:query({
      folder = "[ -d /etc/cron.d ]", tabs = "[ -d /etc/crontabs ] && command -v crontab",
      account = "id " .. shell.quote(args.account), tab = "cat " .. shell.quote("/etc/crontabs/" .. args.account),
    }, { root = true })
    if not seen.account.ok then fail { kind = "absent", message = "there is no account " .. args.account } end

    if seen.folder.ok then
      local path = "/etc/cron.d/" .. args.name
      if not present then
        if not host:status({ path, root = true }).exists then return unchanged("there is no job " .. args.name) end
        return change("job " .. args.name .. ": removed", function() host:remove { path, root = true } end)
      end
      local wanted = ("# by ssh-recipes\nSHELL=/bin/sh\nPATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
        .. "%s %s %s\n"):format(args.at, args.account, command)
      if host:read { path, default = "", root = true } == wanted then
        return unchanged("the job " .. args.name .. " is as wanted already", { path = path })
      end
      return change(("job %s: %s"):format(args.name, args.at), function()
        host:write { path, wanted, mode = "644", root = true }
      end, { path = path })
    end

    if not seen.tabs.ok then
      fail { kind = "unsupported", message = "there is no cron on " .. host.name .. " that this program knows",
        explanation = "neither /etc/cron.d nor /etc/crontabs is there" }
    end
    local path = "/etc/crontabs/" .. args.account
    local text = present and ("%s %s"):format(args.at, command) or ""
    local now = host:read { path, default = "", root = true }
    local block = text == "" and "" or ("# begin %s\n%s\n# end %s\n"):format(args.name, text, args.name)
    local there = now:find("# begin " .. args.name .. "\n", 1, true) ~= nil
    if present and now:find(block, 1, true) or not present and not there then
      return unchanged("the job " .. args.name .. " is as wanted already", { path = path })
    end
    return change(("job %s: %s"):format(args.name, present and args.at or "removed"), function()
      host:block { path, text, name = args.name, create = true, mode = "600", root = true }
    end, { path = path })
  end,
}
