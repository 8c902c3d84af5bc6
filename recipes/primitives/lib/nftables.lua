-- Ports in the rules of plain nftables. A file for each port keeps them for the next boot; the running rules are
-- changed by themselves, since a reload would drop the rules of other programs.
local shell = require "primitives.lib.shell"
local nftables = {}

local folder = "/etc/nftables.d"

-- The chains that filter what comes in, with the families, tables and rules of `nft list ruleset`.
local function inputs(ruleset)
  local chains, place, chain = {}, nil, nil
  for line in ruleset:gmatch "[^\n]+" do
    local words = line:gsub("^%s+", ""):gsub("%s+$", "")
    local family, table_ = words:match "^table (%S+) (%S+) {"
    if family then
      place = { family = family, table = table_ }
    elseif place and words:match "^chain (%S+) {" then
      chain = { family = place.family, table = place.table, name = words:match "^chain (%S+) {", rules = {} }
    elseif chain and words == "}" then
      if chain.isInput then chains[#chains + 1] = chain end
      chain = nil
    elseif chain and words:match "^type filter hook input " then
      chain.isInput = chain.family == "inet" or chain.family == "ip" or chain.family == "ip6"
      chain.drops = words:find "policy drop" ~= nil
    elseif chain then
      chain.rules[#chain.rules + 1] = words
    end
  end
  return chains
end

-- Whether a rule is for the port alone, with this verdict.
local function isRule(words, args, verdict)
  local ports = words:match("^" .. args.protocol .. " dport {([^}]*)} .*" .. verdict) or words:match(
    "^" .. args.protocol .. " dport (%d+) .*" .. verdict)
  if not ports or words:find "saddr" or words:find "iif" or words:find "limit" then return false end
  for port in ports:gmatch "%d+" do
    if tonumber(port) == args.port then return true end
  end
  return false
end

-- Whether a chain lets the port in: `allowed`, `denied`, or nil if other rules of the chain decide.
local function verdict(chain, args)
  for _, words in ipairs(chain.rules) do
    if isRule(words, args, "accept") then return "allowed" end
    if isRule(words, args, "drop") or isRule(words, args, "reject") then return "denied" end
    if words:find "drop" or words:find "reject" or words:find "jump" or words:find "goto" then return nil end
  end
  return chain.drops and "denied" or "allowed"
end

-- `rule` in each chain that does not allow the port; for `deny`, a table of its own that comes before the others.
local function commands(chains, args, mark)
  local rule = ("%s dport %d"):format(args.protocol, args.port)
  local lines = { "# by ssh-recipes" }
  if args.rule == "deny" then
    lines[#lines + 1] = "add table inet ssh_recipes"
    lines[#lines + 1] = "add chain inet ssh_recipes input { type filter hook input priority -10; policy accept; }"
    lines[#lines + 1] = ("add rule inet ssh_recipes input iifname != \"lo\" %s drop comment \"%s\""):format(rule, mark)
  else
    for _, chain in ipairs(chains) do
      local isOurs = chain.table == "ssh_recipes"
      local kept = table.concat(chain.rules, "\n"):find(mark, 1, true) ~= nil
      if not isOurs and (kept or verdict(chain, args) ~= "allowed") then
        lines[#lines + 1] = ("insert rule %s %s %s %s accept comment \"%s\""):format(
          chain.family, chain.table, chain.name, rule, mark)
      end
    end
  end
  return #lines > 1 and table.concat(lines, "\n") .. "\n" or ""
end

-- Deletes the running rules with the mark, and the table when it has no rule left.
local function forget(mark)
  return shell.script({ mark = mark }, [[
nft -a list ruleset | awk -v mark="comment \"$mark\"" '
  $1 == "table" { table = $2 " " $3 }
  $1 == "chain" { chain = $2 }
  index($0, mark) { print "delete rule", table, chain, "handle", $NF }' | nft -f - || exit 1
! nft list table inet ssh_recipes >/dev/null 2>&1 || nft list table inet ssh_recipes | grep -q comment ||
  nft delete table inet ssh_recipes]])
end

local function isRunning(chains, args, mark)
  local denies = false
  for _, chain in ipairs(chains) do
    local own = table.concat(chain.rules, "\n"):find(mark, 1, true) ~= nil
    if chain.table == "ssh_recipes" then
      denies = denies or own
    elseif args.rule == "allow" and verdict(chain, args) ~= "allowed" then
      return false
    end
  end
  return denies == (args.rule == "deny")
end

-- The decision of `firewall`.
function nftables.decide(host, args, now, ruleset)
  if not now.config then
    fail { kind = "refused", message = "nftables reads no file at boot on " .. host.name,
      explanation = "there is no /etc/nftables.conf" }
  end
  if now.boot and now.boot ~= "enabled" then
    fail { kind = "refused", message = "nftables is not started at boot, so its rules would be lost",
      fix = { "service { \"nftables\", enabled = true }" } }
  end
  local mark = ("ssh-recipes %s %d"):format(args.protocol, args.port)
  local path = ("%s/ssh-recipes-%s-%d.nft"):format(folder, args.protocol, args.port)
  local chains = inputs(ruleset)
  local wanted = commands(chains, args, mark)
  local kept = host:read { path, default = "", root = true }
  local config = host:read { now.config, root = true }
  local include = ("include \"%s/*.nft\""):format(folder)
  local isIncluded = wanted == "" or config:find("\n%s*include \"" .. folder:gsub("%p", "%%%0") .. "/%*%.nft\"") ~= nil
  local word, fields = args.port .. "/" .. args.protocol, { tool = "nftables" }
  local runs = isRunning(chains, args, mark)
  if runs and kept == wanted and isIncluded then
    return unchanged(("%s: %s already"):format(word, args.rule == "allow" and "allowed" or "denied"), fields)
  end
  return change(("firewall: %s %s"):format(args.rule, word), function()
    local path_ = "PATH=$PATH:/usr/sbin:/sbin; "
    local load = path_ .. "nft -f " .. shell.quote(path)
    if not runs and kept ~= "" then host:run { forget(mark), root = true, undo = load } end
    if wanted ~= "" then
      if not host:status({ folder, root = true }).exists then host:mkdir { folder, root = true } end
      host:write { path, wanted, root = true }
      if not isIncluded then host:line { now.config, include, root = true } end
      if not runs then host:run { load, root = true, undo = forget(mark) } end
    elseif kept ~= "" then
      host:remove { path, root = true }
    end
  end, fields)
end

return nftables
