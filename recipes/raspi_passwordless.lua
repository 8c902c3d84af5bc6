-- Raspberry Pi documentation, "Configure passwordless SSH access", with the branches left to the reader.

local switch_on = "With screen and keyboard: sudo raspi-config, then Interface Options, SSH, Yes "
  .. "(or without its menus: sudo raspi-config nonint do_ssh 0). "
  .. "With the SD card in another computer: make an empty file named ssh on the boot partition, "
  .. "and start the Pi with it."

-- A Pi that refuses connections has SSH switched off, like every new Pi. Only a user at the Pi can switch it on.
local function reach(pi)
  local reached, problem = pcall(pi.facts, pi)
  if not reached and problem.cause == "refused" then
    manual {
      "Switch on SSH on " .. pi.name,
      clicks = switch_on,
      -- Any other problem is no matter of the switch.
      check = function()
        reached, problem = pcall(pi.facts, pi)
        return reached or problem.cause ~= "refused"
      end,
    }
  end
  if not reached then fail(problem) end
end

local function find_or_make_key(params)
  local path = params.key_file ~= "" and params.key_file or nil
  local key = here:keygen { type = params.key_type, path = path, passphrase = params.passphrase, reuse = true }
  if key.created then
    note("The private key " .. key.path .. " stays on this computer; " .. key.path .. ".pub is what is given away")
  end
  return key
end

-- What belongs to the user or to another account needs more than a general --yes.
local function agrees(question)
  local answered, answer = pcall(ask, { question, one_of = { "yes", "no" }, default = "no" })
  return answered and answer == "yes"
end

-- A .ssh that was made with sudo belongs to root, and only root can give it back.
local function give_back(pi, paths)
  local facts = pi:facts()
  -- The directories above the home belong to all accounts: there sshd accepts root alone.
  local function owner(path)
    local is_own = path == facts.home or path:sub(1, #facts.home + 1) == facts.home .. "/"
    return is_own and facts.user or "root"
  end
  local owners = {}
  for _, path in ipairs(paths) do table.insert(owners, path .. " to " .. owner(path)) end
  if not agrees("Give back " .. table.concat(owners, ", ") .. ", as root?") then return false end
  -- Root's group would be lost when the account replaces the file, and undo would find an owner that it does not know.
  local group = pi:status(facts.home).group
  for _, path in ipairs(paths) do
    pi:chown(path, owner(path) .. (owner(path) ~= "root" and group and ":" .. group or ""))
  end
  return true
end

local function copy(pi, key)
  local given = {}
  while true do
    local copied, problem = pcall(pi.copy_id, pi, { key = key })
    if copied then return end
    -- First the folder is in the way, then the file in it.
    local path = problem.cause == "wrong-owner" and problem.paths[1]
    if not path or given[path] or not give_back(pi, problem.paths) then fail(problem) end
    given[path] = true
  end
end

-- Repairs for a Pi that refuses the key, by cause. Each changes only the faulty part, and returns false if it has
-- changed nothing, since another login would then fail in the same way.
local repairs = {
  ["bad-modes"] = function(pi, login)
    step "Close the home directory to group and others, as sshd demands"
    for _, path in ipairs(login.paths) do pi:chmod(path, "g-w,o-w") end
  end,

  ["wrong-owner"] = function(pi, login)
    step "Give the files back to the account"
    return give_back(pi, login.paths)
  end,

  ["pubkey-off"] = function(pi, login)
    step "Let sshd take keys"
    if not pi:edit_config({ options = { PubkeyAuthentication = "yes" } }).changed then
      local user = pi:facts().user
      login.explanation = "the server lets " .. user .. " in by other methods alone, though PubkeyAuthentication is on: "
        .. "AuthenticationMethods leaves keys out, or sshd has not read its configuration since a change"
      login.fix = {
        "see which methods it wants: sudo sshd -T -C user=" .. user .. " | grep -i authenticationmethods; an administrator "
          .. "can name publickey there as a way of its own",
        "if it leaves no key out: sudo systemctl reload ssh",
      }
      return false
    end
    pi:restart_ssh {}
  end,

  -- "Agent admitted failure to sign using the key" was the wording up to OpenSSH 6.7.
  ["agent-refused"] = function(_, _, key)
    step "Give the key to the agent again"
    here:ssh_add { key = key }
  end,
}

local function log_in(pi, key)
  local login = pi:verify_login { key = key }
  local tried = {}
  while not login.ok and repairs[login.cause] and not tried[login.cause] do
    tried[login.cause] = true
    if repairs[login.cause](pi, login, key) == false then break end
    step "Log in with the key alone, once more"
    login = pi:verify_login { key = key }
  end
  return login
end

-- One more key for ssh to try takes nothing away from the user, so a general --yes is enough. Any other line changes what
-- the user has set.
local function may_write(config, lines)
  local question = "Add to ~/.ssh/config, for this Pi alone: " .. table.concat(lines, ", ") .. "?"
  if next(config) == "IdentityFile" and next(config, "IdentityFile") == nil then return confirm(question), "--yes" end
  return agrees(question), "--answer 'Add to ~/.ssh/config=yes'"
end

-- What the user types afterwards is plain ssh, with their own configuration, agent and order of keys.
local function log_in_as_the_user(pi)
  local own = pi:verify_login {}
  local lines = {}
  for keyword, value in pairs(own.config or {}) do
    for _, one in ipairs(type(value) == "table" and value or { value }) do table.insert(lines, keyword .. " " .. one) end
  end
  table.sort(lines)
  if not own.ok and #lines > 0 then
    local agreed, option = may_write(own.config, lines)
    if agreed then
      here:edit_client_config { host = pi, options = own.config }
      own = pi:verify_login {}
    else
      table.insert(own.fix, "or let the recipe write that, and undo take it back: the same command with " .. option)
    end
  end
  if own.ok then return end
  warn("The key works; your own ssh, without ssh-recipes, does not get in with it yet")
  own.host = pi.name
  fail(own)
end

-- The server's log lines, if the diagnosis does not have them yet.
local function give_up(pi, login)
  step "Read what the Pi's log says"
  local found, log = pcall(pi.tail_log, pi, { lines = 10 })
  for _, line in ipairs(found and log.lines or {}) do table.insert(login.seen, line) end
  table.insert(login.fix, "ask at https://forums.raspberrypi.com, and show them these lines")
  login.host = pi.name
  fail(login)
end

recipe {
  summary = "Log in to a Raspberry Pi without typing a password",
  guide = "Raspberry Pi documentation: Configure passwordless SSH access",
  hosts = { { "pi", "The Raspberry Pi to log in to, as USER@ADDRESS" } },
  params = {
    {
      "key_type", "The kind of key to make if this computer has none",
      one_of = { "ed25519", "ecdsa", "rsa" }, default = "ed25519",
    },
    { "passphrase", "Protect a new key with a passphrase", default = false },
    { "key_file", "The private key to use, or to make; empty for the usual place", default = "" },
    { "keychain", "On a Mac, keep the passphrase in the keychain", default = true },
    { "passwords_off", "Afterwards, switch password logins off", default = false },
  },
  needs = { "keys", "files", "logs", "agent", "ssh", "root" },

  run = function(hosts, params)
    local pi = hosts.pi

    step "Look for a key on this computer, or make one"
    local key = find_or_make_key(params)

    -- After the key: the login offers it, and sshd gives the reason if it refuses the key.
    step "Reach the Pi"
    reach(pi)

    -- Without the agent, every login with this key would ask for its passphrase.
    if key.encrypted and not key.in_agent then here:ssh_add { key = key } end

    step "Copy the public key to the Pi"
    copy(pi, key)

    step "Log in with the key alone"
    local login = log_in(pi, key)
    if not login.ok then give_up(pi, login) end

    if key.encrypted and params.keychain and here:facts().system == "Darwin" then
      step "Keep the passphrase in the Mac's keychain"
      here:ssh_add { key = key, keychain = true }
    end

    step "Log in as you will: with your own configuration and agent"
    log_in_as_the_user(pi)

    if params.passwords_off then
      step "Turn off password logins"
      local config = pi:edit_config {
        options = { PasswordAuthentication = "no", KbdInteractiveAuthentication = "no" },
      }
      -- The proof must use the key, since passwords will be refused.
      if config.changed then pi:restart_ssh { key = key } end
    end

    if key.created then
      local address = pi.address:find(":", 1, true) and "[" .. pi.address .. "]" or pi.address
      local login = pi.user and pi.user .. "@" .. address or address
      note("Copy files the same way: scp " .. (pi.port and "-P " .. pi.port .. " " or "") .. "FILE " .. login .. ":")
    end
  end,
}
