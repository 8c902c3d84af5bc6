-- "Connecting two Synologies via SSH using public and private key authentication" (bayton.org), for two boxes or more.
-- The box `from` makes a key of its own and logs in with it to all others. Only the public line ever leaves the box.

-- DSM ships with SSH off, since SSH is one more way in.
local function reach(box)
  local reached, answer = pcall(box.facts, box)
  if not reached and answer.cause == "refused" then
    manual {
      "Switch on SSH on " .. box.name,
      clicks = "Control Panel > Terminal & SNMP > Terminal: tick \"Enable SSH service\", Apply",
      -- Any other problem is no matter of the switch.
      check = function()
        reached, answer = pcall(box.facts, box)
        return reached or answer.cause ~= "refused"
      end,
    }
  end
  if not reached then fail(answer) end
  if not answer.platform:find("^synology") then
    warn(box.name .. " is not a Synology; steps that only a Synology needs are skipped there")
  end
end

local function has_home(box) return box:status("~").exists end

-- Keys are kept in homes, and DSM ships with homes off too.
local function need_home(box)
  if has_home(box) then return end
  local clicks = box:facts().clicks.homes_off or "make the account's home directory"
  local done = manual {
    "Enable user homes on " .. box.name,
    clicks = clicks,
    check = function() return has_home(box) end,
  }
  if done.ok then return end
  fail {
    kind = "absent",
    cause = "no-home",
    host = box.name,
    message = "the account has no home directory on " .. box.name,
    explanation = "keys are kept in the home, and DSM makes homes only once the service is switched on",
    fix = { clicks },
  }
end

-- The guide sets 755 and 711 on homes, 700 and 600 inside. sshd requires less: owned by the account, and not writable
-- by group or others. Removing only the write bits keeps the modes on which File Station and shared folders rely.
local function close_to_others(box)
  for _, path in ipairs { "~", "~/.ssh", "~/.ssh/authorized_keys" } do
    if box:status(path).exists then box:chmod(path, "g-w,o-w") end
  end
end

-- Of the guide's three lines, RSAAuthentication is no longer an option, and AuthorizedKeysFile may stay as it is, since
-- copy_id writes into the server's own file. The third line is nearly always right already.
local function take_keys(box)
  local config = box:edit_config { options = { PubkeyAuthentication = "yes" } }
  if config.changed then box:restart_ssh {} end
end

-- Without the list File Station may show a home to fewer people, so a general --yes is not enough.
local function agrees(question)
  local answered, answer = pcall(ask, { question, one_of = { "yes", "no" }, default = "no" })
  return answered and answer == "yes"
end

local function remove_acl(box, paths)
  local tool = box:facts().notes.acl_tool
  if not tool then return false end
  step("Take the access control list from " .. table.concat(paths, ", ") .. " on " .. box.name)
  if not agrees "Remove it? File Station may then show the home to fewer people." then return false end
  for _, path in ipairs(paths) do
    local quoted = "'" .. path:gsub("'", "'\\''") .. "'"
    local list = box:run(tool .. " -get " .. quoted, { root = true, reads = true, check = false })
    note(box.name .. ": the access control list of " .. path .. " was:\n" .. list.stdout)
    box:run(tool .. " -del " .. quoted, { root = true })
    -- While there was a list, a mode meant little.
    box:chmod(path, "g-w,o-w")
  end
end

local function prove(from, to, key)
  local login = to:verify_login { key = key, from = from }
  if not login.ok and login.cause == "bad-modes" then
    step("Close the paths that sshd names on " .. to.name .. " to group and others")
    for _, path in ipairs(login.paths) do to:chmod(path, "g-w,o-w") end
    login = to:verify_login { key = key, from = from }
  elseif not login.ok and login.cause == "acl" and remove_acl(to, login.paths) ~= false then
    login = to:verify_login { key = key, from = from }
  end
  if login.ok then return end
  login.message = from.name .. " cannot log in: " .. login.message
  login.host = to.name
  fail(login)
end

-- Lets `from` log in to each of `boxes`; returns the key of `from`.
local function pair(from, boxes, params)
  step("Look for a key on " .. from.name .. ", or make one there")
  local key = from:keygen { type = params.key_type, reuse = true }

  step("Close the home of " .. from.name .. " to others")
  close_to_others(from)

  step("Copy the public key of " .. from.name .. " to the boxes that it will log in to")
  parallel(boxes, function(box)
    box:copy_id { key = key, options = params.key_options ~= "" and params.key_options or nil }
    close_to_others(box)
  end)

  step "See that sshd takes keys there"
  parallel(boxes, take_keys)

  -- One box after the other, because all host keys are written into one file.
  step("Let " .. from.name .. " know them by their host keys")
  for _, box in ipairs(boxes) do from:trust_host(box) end

  step("Log in from " .. from.name .. " with the key alone")
  parallel(boxes, function(box) prove(from, box, key) end)
  return key
end

-- Last of all, because a box that blocks addresses would block us as well after a mistake.
local function block_strangers(boxes)
  step "Let the boxes block addresses that guess passwords"
  for _, box in ipairs(boxes) do
    local clicks = box:facts().clicks.autoblock
    local done = clicks and manual { "Enable auto block on " .. box.name, clicks = clicks }
    if not done or not done.ok then
      warn(box.name .. ": auto block is still to be enabled: " .. (clicks or "see the system's manual"))
    end
  end
end

recipe {
  summary = "Let one Synology log in to others without a password",
  guide = "bayton.org: Connecting two Synologies via SSH using public and private key authentication",
  hosts = {
    { "from", "The Synology that will log in to the others; its key is made there" },
    { "to", "The Synologies to log in to", many = true },
  },
  params = {
    {
      "key_type", "The kind of key to make if the first box has none",
      one_of = { "ed25519", "ecdsa", "rsa" }, default = "ed25519",
    },
    -- No passphrase: no user is at a box to type one. Options can limit the key instead.
    { "key_options", "Options before the public key, such as restrict or from=\"192.168.1.*\"", default = "" },
    { "both_ways", "Let the others log in to the first one too", default = false },
    { "internet", "The boxes can be reached from the internet: have them block strangers", default = false },
  },
  needs = { "keys", "files", "ssh", "run", "root" },

  run = function(hosts, params)
    local from, to = hosts.from, hosts.to
    local boxes = { from, table.unpack(to) }

    step "See that SSH is on, on every box"
    parallel(boxes, reach)

    -- Before anything is written anywhere.
    step "See that homes are on, on every box"
    for _, box in ipairs(boxes) do need_home(box) end

    local key = pair(from, to, params)
    if params.both_ways then
      for _, box in ipairs(to) do pair(box, { from }, params) end
    end

    if params.internet then block_strangers(boxes) end

    if not key.created then return end
    if not params.internet then
      note "If the boxes can be reached from the internet, run this again with --set internet=true"
    end
    note("The private key " .. key.path .. " stays on " .. from.name .. ". If it ever leaks, "
      .. "remove its public line from ~/.ssh/authorized_keys on every other box")
    note "Updates of DSM may reset settings: run this again afterwards; only the differences are repaired"
    note "Use the login for backups with rsync, scripts and dashboards; copy files with scp -O while SFTP is off"
  end,
}
