---@meta ssh-recipes
-- THIS FILE IS GENERATED from the declarations of the primitives. DO NOT EDIT; `make reference` writes it.
error("a definition file cannot be required")

---@class ssh.Recipe
---@field summary string The recipe's purpose, in one line.
---@field guide? string The guide that the recipe follows.
---@field hosts? table[] Roles: `{ "name", "purpose", many = true }`.
---@field params? table[] Settings: `{ "name", "purpose", default = …, one_of = {…} }`.
---@field needs? ("keys"|"files"|"ssh"|"logs"|"agent"|"run"|"root")[] Permissions.
---@field run fun(hosts: table<string, any>, params: table<string, any>) A role is an `ssh.Host`, or a list of them.

---Declares the recipe; call it once, at the top level of the file.
---@param declaration ssh.Recipe
function recipe(declaration) end

---A host of the recipe.
---@class ssh.Host
---@field name string As given on the command line: `pi@192.168.1.20`.
---@field role string
---@field user? string
---@field address? string
---@field port? integer
local Host = {}

---A key, as `keygen` returns it.
---@class ssh.Key

---A secret that a recipe can pass on but not read.
---@class ssh.Secret

---This computer.
---@type ssh.Host
here = nil

---The kind of a failure, for a recipe to test.
---@alias ssh.FailureKind
---| "unreachable" # The host cannot be reached: no address, no route, no answer, or no SSH server there.
---| "hostkey" # The host's key is unknown, or differs from the expected key.
---| "denied" # The host refused the login, a password is missing or wrong, or the account may not read or write a file.
---| "root" # The run could not become root.
---| "timeout" # A command took too long, or `wait_for` reached its time limit.
---| "lost" # The connection broke; the result of the current step is unknown.
---| "client" # The `ssh` program on this computer failed.
---| "absent" # A required file, directory, user or group does not exist.
---| "exists" # A key exists already, and is not overwritten.
---| "kind" # A path has the wrong type, such as a directory instead of a file.
---| "link" # A path is a symbolic link, or the links at it lead nowhere.
---| "not-empty" # A directory is not empty.
---| "key" # A key, or a file of keys, cannot be used as it is.
---| "mismatch" # The private and the public half of a key pair belong to different keys.
---| "no-agent" # No SSH agent answers.
---| "no-tool" # A required program is not installed on the host.
---| "exit" # A command ended with a status other than 0.
---| "changed" # A file changed while the run worked on it, or a command reported success without effect.
---| "not-as-wanted" # A primitive written in Lua made its change, and then did not find the host as wanted.
---| "limit" # A limit is exceeded: a file's size, or the recipe's time, memory or output.
---| "refused" # A primitive refuses, to keep keys and logins safe or since the host is set up otherwise; nothing was changed.
---| "lockout" # The change would lock the account out; it was not made.
---| "config" # sshd refuses the configuration, or the configuration would not have the wanted effect.
---| "rehearsal" # The rehearsal of a new sshd configuration failed; nothing was changed.
---| "rolled-back" # A change did not work and was rolled back; the host was seen to be as before.
---| "rescued" # A change was rolled back, and sshd still let nobody in; a rescue sshd of ssh-recipes answers at its port.
---| "unknown" # The host's state is unknown; `fix` lists the things to check.
---| "busy" # Another run, or its watchdog, is at work with the same account.
---| "unsupported" # There is no known way to do this on the host's platform.
---| "argument" # A primitive was called with a wrong argument.
---| "permission" # A primitive needs a permission missing from the recipe's `needs`.
---| "member" # A host has no such primitive or field, or the field cannot be set.
---| "place" # A primitive was called where the recipe cannot wait, such as at the top level of a module.
---| "module" # `require` found no such module, or may not load the module.
---| "syntax" # The recipe or one of its modules is not valid Lua.
---| "memory" # The recipe had too little memory to load a module.
---| "recipe" # The recipe's own Lua raised an error, or its declaration changed after the first reading.
---| "error" # `recipe` refused the declaration.
---| "parallel" # Several calls of `parallel` failed; `failures` has the failure of each.
---| "unanswered" # A question or a prompt for a new passphrase got no valid answer, or there is no terminal to ask on.
---| "cancelled" # The run was cancelled.
---| "stopped" # A primitive was called while the run was ending.
---| "failed" # Any other failure, such as by `fail` with a sentence.

---The table raised by a primitive that fails.
---@class ssh.Failure
---@field kind ssh.FailureKind|string A string of the recipe's own, if given to `fail`.
---@field message string One sentence.
---@field cause? string The cause's name, such as `bad-modes`.
---@field explanation? string The cause in a sentence.
---@field seen string[] The evidence: lines of logs, modes, messages of ssh.
---@field fix string[] The next steps, each a command or a sentence.
---@field paths string[] The files and directories concerned.
---@field gate? "edit"|"check"|"rehearsal"|"watchdog"|"proof" The gate that stopped a change of sshd's configuration.
---@field primitive? string
---@field host? string
---@field status? integer The exit status of a command.
---@field stderr? string
---@field step? string
---@field position? string File and line of the recipe.
---@field within? string File and line of a primitive written in Lua.
---@field action? integer The ID of the failed call, as in the JSON output.
---@field traceback? string[] The recipe's frames, innermost first.
---@field failures? ssh.Failure[] The failures of the branches of `parallel`.

---@class ssh.chmod.Result
---@field changed boolean Whether the mode changed.
---@field mode string The mode afterwards, in octal.

---Sets or adjusts the permission bits of a file or directory.
---
---    pi:chmod("~/.ssh", "700")
---@param path string The file or directory.
---@param mode string Octal digits, or a change such as `g-w,o-w`.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.chmod.Result
---@overload fun(self: ssh.Host, arguments: { path: string, mode: string, root?: boolean }): ssh.chmod.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, mode: string, root?: boolean }): ssh.chmod.Result
---@overload fun(self: ssh.Host, path: string, arguments: { mode: string, root?: boolean }): ssh.chmod.Result
function Host:chmod(path, mode, root) end

---@class ssh.tail_log.Result
---@field source string The file or command with the lines.
---@field lines string[] The lines, the newest last.
---@field text string The lines as one text.
---@field root boolean Whether root read the log.

---Reads the newest lines of sshd's log.
---
---    local log = pi:tail_log { lines = 20, match = "Authentication refused" }
---@param lines? integer The maximum number of lines.
---@param follow? number Seconds to follow the log; lines written meanwhile are returned too.
---@param match? string Only lines with this text; patterns do not work.
---@param root? boolean `true`: read as root, which needs the permission `root` too; `false`: never. Default: as root only if the account can read no log, and the recipe has the permission `root`.
---@return ssh.tail_log.Result
---@overload fun(self: ssh.Host, arguments: { lines?: integer, follow?: number, match?: string, root?: boolean }): ssh.tail_log.Result
---@overload fun(self: ssh.Host, arguments: { [1]?: integer, follow?: number, match?: string, root?: boolean }): ssh.tail_log.Result
---@overload fun(self: ssh.Host, lines: integer, arguments: { follow?: number, match?: string, root?: boolean }): ssh.tail_log.Result
function Host:tail_log(lines, follow, match, root) end

---@class ssh.edit_config.Result
---@field changed boolean Whether a file was written.
---@field paths string[] The written files.
---@field effective table The options by name, with their values from `sshd -T`.

---Sets options of the SSH server, or lines and values of another file.
---
---    nas:edit_config { options = { PubkeyAuthentication = "yes" } }
---@param options? table<string, string|integer|boolean|string[]> Options of sshd_config and their values: `{ PubkeyAuthentication = "yes" }`.
---@param path? string With `lines` or `set`, any file; needs the permission `files` alone. With `options`, another sshd_config; outside the server's `sshd_config.d`, needs `files` and `root`.
---@param lines? string[] Lines for the file; missing lines are added at its end.
---@param set? table<string, string|integer|boolean|string[]> Names and values for the file, one per line.
---@param separator? string The text between a name and its value.
---@param root? boolean For other files: write as root; needs the permission `root` too.
---@param within? number Seconds until the watchdog restores the old configuration, unless restart_ssh proves the new one.
---@param key? ssh.Key|string The key for the rehearsal's login; a path outside `~/.ssh` needs the permission `files` too. Default: a key with a successful login in this run, or the method of the run's own login.
---@return ssh.edit_config.Result
---@overload fun(self: ssh.Host, arguments: { options?: table<string, string|integer|boolean|string[]>, path?: string, lines?: string[], set?: table<string, string|integer|boolean|string[]>, separator?: string, root?: boolean, within?: number, key?: ssh.Key|string }): ssh.edit_config.Result
---@overload fun(self: ssh.Host, arguments: { [1]?: table<string, string|integer|boolean|string[]>, path?: string, lines?: string[], set?: table<string, string|integer|boolean|string[]>, separator?: string, root?: boolean, within?: number, key?: ssh.Key|string }): ssh.edit_config.Result
---@overload fun(self: ssh.Host, options: table<string, string|integer|boolean|string[]>, arguments: { path?: string, lines?: string[], set?: table<string, string|integer|boolean|string[]>, separator?: string, root?: boolean, within?: number, key?: ssh.Key|string }): ssh.edit_config.Result
function Host:edit_config(options, path, lines, set, separator, root, within, key) end

---@class ssh.restart_ssh.Result
---@field changed boolean Whether sshd read its configuration again.
---@field command string The command used.
---@field port integer The port for later logins, if changed.
---@field fingerprint string The fingerprint of the proof's key, if the login used a key.

---Reloads sshd, and proves with a new login that the configuration works.
---
---    nas:restart_ssh { key = key }
---@param port? integer The port for later logins, if a router forwards another port to sshd.
---@param key? ssh.Key|string The key for the proof's login; a path outside `~/.ssh` needs the permission `files` too. Default: a key with a successful login in this run, or the method of the run's own login.
---@param restart? boolean Restart sshd instead of reloading it.
---@param force? boolean Reload sshd even if this run has made no edit.
---@return ssh.restart_ssh.Result
---@overload fun(self: ssh.Host, arguments: { port?: integer, key?: ssh.Key|string, restart?: boolean, force?: boolean }): ssh.restart_ssh.Result
---@overload fun(self: ssh.Host, arguments: { [1]?: integer, key?: ssh.Key|string, restart?: boolean, force?: boolean }): ssh.restart_ssh.Result
---@overload fun(self: ssh.Host, port: integer, arguments: { key?: ssh.Key|string, restart?: boolean, force?: boolean }): ssh.restart_ssh.Result
function Host:restart_ssh(port, key, restart, force) end

---@class ssh.verify_login.Result
---@field ok boolean Whether the login worked and ended in a shell.
---@field host string The host of the login.
---@field kind string The kind of the failure, `denied`; `nil` after a successful login.
---@field cause string The name of the failure's cause, such as `bad-modes`.
---@field explanation string The cause in a sentence.
---@field message string The failure's message, as shown by `fail`.
---@field seen string[] The evidence: modes, lines of ssh and sshd.
---@field fix string[] The next steps.
---@field paths string[] The files and directories concerned.
---@field method string The accepted authentication method.
---@field fingerprint string The fingerprint of the accepted key.
---@field config table Without `key`: the options for `edit_client_config` with which the user's own login was seen to work.

---Makes a new login, with only the given key or as the user will, and explains a failure.
---
---    local login = pi:verify_login { key = key }
---@param key? ssh.Key|string The result of keygen, or the path of a private key; a path outside `~/.ssh` needs `files` too. Default: log in as `ssh HOST` will, with the user's own configuration, agent and order of keys.
---@param from? ssh.Host The host to log in from, with the private key. Default: this computer.
---@param user? string The account to log in to. Default: the host's.
---@param port? integer The port. Default: the host's.
---@param address? string The name or address to use. Default: the host's.
---@return ssh.verify_login.Result
---@overload fun(self: ssh.Host, arguments: { key?: ssh.Key|string, from?: ssh.Host, user?: string, port?: integer, address?: string }): ssh.verify_login.Result
---@overload fun(self: ssh.Host, arguments: { [1]?: ssh.Key|string, from?: ssh.Host, user?: string, port?: integer, address?: string }): ssh.verify_login.Result
---@overload fun(self: ssh.Host, key: ssh.Key|string, arguments: { from?: ssh.Host, user?: string, port?: integer, address?: string }): ssh.verify_login.Result
function Host:verify_login(key, from, user, port, address) end

---@class ssh.trust_host.Result
---@field changed boolean Whether a key was added.
---@field fingerprints string[] The fingerprints of the host's keys in known_hosts.
---@field name string The host's name in known_hosts.

---Adds another host's keys to known_hosts, read over an authenticated connection.
---
---    nas1:trust_host(nas2)
---@param host ssh.Host The host to trust.
---@param address? string The host's name or address in known_hosts: its own in this run, or one that this computer's known_hosts already has with one of these keys. Default: as in this run.
---@param port? integer The host's port in known_hosts. Default: as in this run.
---@return ssh.trust_host.Result
---@overload fun(self: ssh.Host, arguments: { host: ssh.Host, address?: string, port?: integer }): ssh.trust_host.Result
---@overload fun(self: ssh.Host, arguments: { [1]: ssh.Host, address?: string, port?: integer }): ssh.trust_host.Result
---@overload fun(self: ssh.Host, host: ssh.Host, arguments: { address?: string, port?: integer }): ssh.trust_host.Result
function Host:trust_host(host, address, port) end

---@class ssh.chown.Result
---@field changed boolean Whether the owner changed.
---@field owner integer The owner's user ID afterwards.
---@field group integer The group ID afterwards.

---Sets the owner of a file or directory.
---
---    pi:chown("~/.ssh/authorized_keys", "pi:pi")
---@param path string The file or directory.
---@param owner string `user`, `user:group` or `:group`, by name or number.
---@param root? boolean Do it as root, since only root can give files away; needs the permission `root` too.
---@return ssh.chown.Result
---@overload fun(self: ssh.Host, arguments: { path: string, owner: string, root?: boolean }): ssh.chown.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, owner: string, root?: boolean }): ssh.chown.Result
---@overload fun(self: ssh.Host, path: string, arguments: { owner: string, root?: boolean }): ssh.chown.Result
function Host:chown(path, owner, root) end

---Reads a file and returns its contents as a string.
---
---    local hosts = pi:read "/etc/hosts"
---@param path string The file. Private keys are refused.
---@param default? string The result for a missing file. Without a default, a missing file is a failure.
---@param limit? integer The file's maximum size in bytes, up to 8388608.
---@param root? boolean Read as root; needs the permission `root` too.
---@return string
---@overload fun(self: ssh.Host, arguments: { path: string, default?: string, limit?: integer, root?: boolean }): string
---@overload fun(self: ssh.Host, arguments: { [1]: string, default?: string, limit?: integer, root?: boolean }): string
---@overload fun(self: ssh.Host, path: string, arguments: { default?: string, limit?: integer, root?: boolean }): string
function Host:read(path, default, limit, root) end

---@class ssh.status.Result
---@field exists boolean Whether the path exists. If not, the other fields are missing.
---@field kind "file"|"directory"|"link"|"other" The type.
---@field mode string The permission bits, in octal.
---@field owner integer The owner's user ID.
---@field group integer The group ID.
---@field size integer The size in bytes.
---@field link string The target of a link.
---@field acl boolean Whether there is an access control list besides the mode.

---Returns whether a path exists, and its type, mode and owner.
---
---    if pi:status("~/.ssh").mode == "777" then warn "every user may write there" end
---@param path string The path. A link is not followed.
---@param root? boolean Look as root; needs the permission `root` too.
---@return ssh.status.Result
---@overload fun(self: ssh.Host, arguments: { path: string, root?: boolean }): ssh.status.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, root?: boolean }): ssh.status.Result
---@overload fun(self: ssh.Host, path: string, arguments: { root?: boolean }): ssh.status.Result
function Host:status(path, root) end

---@class ssh.write.Result
---@field changed boolean Whether contents or mode changed.
---@field path string The file, with all links resolved.
---@field mode string The mode afterwards, in octal.
---@field size integer The size afterwards, in bytes.

---Replaces a file's contents, completely or not at all.
---
---    pi:write("~/.hushlogin", "")
---@param path string The file, or a link to it. Its directory must exist.
---@param contents string The whole contents, with the last newline. Private keys are refused.
---@param mode? string The mode afterwards. Default: 644 for a new file; an existing file keeps its mode.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.write.Result
---@overload fun(self: ssh.Host, arguments: { path: string, contents: string, mode?: string, root?: boolean }): ssh.write.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, contents: string, mode?: string, root?: boolean }): ssh.write.Result
---@overload fun(self: ssh.Host, path: string, arguments: { contents: string, mode?: string, root?: boolean }): ssh.write.Result
function Host:write(path, contents, mode, root) end

---@class ssh.upload.Result
---@field changed boolean Whether contents or mode changed.
---@field path string The file, with all links resolved.
---@field mode string The mode afterwards, in octal.
---@field size integer The size afterwards, in bytes.

---Copies a file from this computer to a host.
---
---    pi:upload("~/motd.txt", "/etc/motd", { root = true })
---@param from string The file on this computer, of any size. Private keys are refused.
---@param to string The path on the host, with the file's name. Its directory must exist.
---@param mode? string The mode afterwards. Default: 644 for a new file; an existing file keeps its mode.
---@param root? boolean Write as root; needs the permission `root` too.
---@return ssh.upload.Result
---@overload fun(self: ssh.Host, arguments: { from: string, to: string, mode?: string, root?: boolean }): ssh.upload.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, to: string, mode?: string, root?: boolean }): ssh.upload.Result
---@overload fun(self: ssh.Host, from: string, arguments: { to: string, mode?: string, root?: boolean }): ssh.upload.Result
function Host:upload(from, to, mode, root) end

---@class ssh.mkdir.Result
---@field changed boolean Whether the directory was made, or its mode changed.
---@field path string The directory.
---@field mode string The mode afterwards, in octal.

---Makes a directory.
---
---    pi:mkdir("~/.ssh", "700")
---@param path string The directory. Its parent directory must exist.
---@param mode? string The mode afterwards. Default: 755 for a new directory; an existing directory keeps its mode.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.mkdir.Result
---@overload fun(self: ssh.Host, arguments: { path: string, mode?: string, root?: boolean }): ssh.mkdir.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, mode?: string, root?: boolean }): ssh.mkdir.Result
---@overload fun(self: ssh.Host, path: string, arguments: { mode?: string, root?: boolean }): ssh.mkdir.Result
function Host:mkdir(path, mode, root) end

---@class ssh.remove.Result
---@field changed boolean Whether the path existed.

---Removes a file, a link or an empty directory.
---
---    pi:remove "~/.hushlogin"
---@param path string The path to remove. Homes, `~/.ssh`, `authorized_keys` and private keys are refused.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.remove.Result
---@overload fun(self: ssh.Host, arguments: { path: string, root?: boolean }): ssh.remove.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, root?: boolean }): ssh.remove.Result
---@overload fun(self: ssh.Host, path: string, arguments: { root?: boolean }): ssh.remove.Result
function Host:remove(path, root) end

---@class ssh.run.Result
---@field status integer The exit status; 128 + n after signal n.
---@field stdout string The standard output, without the last newline; empty with `stdout`.
---@field stderr string The standard error, without the last newline.
---@field bytes integer With `stdout`, the size of the file.
---@field changed boolean Whether the command was run; always false with `reads`.
---@field planned boolean Set in a plan if the other fields are not known yet.

---Runs a command with sh, and waits until it ends.
---
---    local version = pi:run("sshd -V 2>&1", { reads = true, check = false }).stdout
---@param command string The command, in POSIX sh.
---@param input? string|ssh.Secret The command's standard input; empty by default.
---@param timeout? number Seconds until the command is stopped.
---@param root? boolean Run the command as root; needs the permission `root` too.
---@param check? boolean Whether an exit status other than 0 is a failure.
---@param reads? boolean The command only reads: plans run it too, and it never counts as a change.
---@param creates? string A path that the command creates. If the path exists, the command is not run.
---@param stdout? string A file on this computer for the standard output, of any size. An existing file is replaced, and `undo` does not bring it back.
---@param live? boolean Show the output as it arrives, as `--verbose` does.
---@param undo? string The command that reverses the command, for `ssh-recipes undo`; kept in the journal, so without secrets.
---@param undo_if? string A check before `undo`: a command that only reads. With a status other than 0, the change is left alone.
---@return ssh.run.Result
---@overload fun(self: ssh.Host, arguments: { command: string, input?: string|ssh.Secret, timeout?: number, root?: boolean, check?: boolean, reads?: boolean, creates?: string, stdout?: string, live?: boolean, undo?: string, undo_if?: string }): ssh.run.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, input?: string|ssh.Secret, timeout?: number, root?: boolean, check?: boolean, reads?: boolean, creates?: string, stdout?: string, live?: boolean, undo?: string, undo_if?: string }): ssh.run.Result
---@overload fun(self: ssh.Host, command: string, arguments: { input?: string|ssh.Secret, timeout?: number, root?: boolean, check?: boolean, reads?: boolean, creates?: string, stdout?: string, live?: boolean, undo?: string, undo_if?: string }): ssh.run.Result
function Host:run(command, input, timeout, root, check, reads, creates, stdout, live, undo, undo_if) end

---Runs several commands that only read, in one round trip.
---
---    local unit = pi:query { active = "systemctl is-active cron", boot = "systemctl is-enabled cron" }
---@param commands table<string, string> The commands by name, in POSIX sh. Plans run them too.
---@param root? boolean Run the commands as root; needs the permission `root` too.
---@return boolean
---@overload fun(self: ssh.Host, arguments: { commands: table<string, string>, root?: boolean }): boolean
---@overload fun(self: ssh.Host, arguments: { [1]: table<string, string>, root?: boolean }): boolean
---@overload fun(self: ssh.Host, commands: table<string, string>, arguments: { root?: boolean }): boolean
function Host:query(commands, root) end

---@class ssh.wait_for.Result
---@field ok boolean Always true; otherwise the wait fails with kind `timeout`.
---@field seconds number The time waited.

---Waits until a path exists, a command succeeds, or a program listens on a port.
---
---    nas:wait_for { port = 5000, timeout = 120 }
---@param path? string Wait until this path exists; needs the permission `files`.
---@param command? string Wait until this command ends with status 0; needs the permission `run`.
---@param port? integer Wait until a program on the host listens on this TCP port. Checked without connecting.
---@param timeout? number Seconds until the wait fails.
---@param every? number Seconds between checks.
---@return ssh.wait_for.Result
---@overload fun(self: ssh.Host, arguments: { path?: string, command?: string, port?: integer, timeout?: number, every?: number }): ssh.wait_for.Result
---@overload fun(self: ssh.Host, arguments: { [1]?: string, command?: string, port?: integer, timeout?: number, every?: number }): ssh.wait_for.Result
---@overload fun(self: ssh.Host, path: string, arguments: { command?: string, port?: integer, timeout?: number, every?: number }): ssh.wait_for.Result
function Host:wait_for(path, command, port, timeout, every) end

---@class ssh.facts.Result
---@field user string The account's name.
---@field uid integer The account's user ID.
---@field root boolean Whether the account is root.
---@field home string The account's home directory.
---@field home_exists boolean Whether the home directory exists.
---@field system string The output of `uname -s`: `Linux`, `FreeBSD`, `Darwin`.
---@field platform string The name of the platform: `debian`, `synology-dsm7`, `generic`.
---@field platform_title string The platform's display name.
---@field hostname string The host's own name.
---@field shell string The account's shell.
---@field server string The SSH server's software, from its banner; empty for this computer.
---@field clicks table<string, string> Instructions to the user for such a device, by name: `homes_off`.
---@field notes table<string, string> More facts about such systems, by name: `acl_tool`.
---@field commands table<string, string> Commands found on the host, with their paths.

---Returns facts about the host and the account, known since the login.
---
---    note("this is " .. pi:facts().platform_title)
---@return ssh.facts.Result
---@overload fun(self: ssh.Host, arguments: {}): ssh.facts.Result
function Host:facts() end

---@class ssh.keygen.Result: ssh.Key
---@field changed boolean Whether a key was made or repaired.
---@field created boolean Whether the key is new.
---@field path string The path of the private half, which stays on its host. Missing for a key that only an agent holds.
---@field ["public"] string The line of the public half; missing in a plan for a new key.
---@field fingerprint string `SHA256:…`; missing in a plan for a new key.
---@field type string `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`.
---@field encrypted boolean Whether a passphrase protects the key.
---@field in_agent boolean Whether an agent of this computer holds the key.
---@field host string The name of the host with the private half.
---@field planned boolean Set in a plan if the key is not made yet.

---Makes a key pair on this host, or reuses an existing one, also of an agent; never overwrites a key.
---
---    local key = here:keygen { type = "ed25519", comment = "me@laptop" }
---@param path? string The private half's path; a path outside `~/.ssh` needs the permission `files` too. Default: the best of `~/.ssh/id_*`, or a new path.
---@param type? "ed25519"|"ecdsa"|"rsa" The type of a new key, and the preferred type among existing keys.
---@param bits? integer The length of a new key: 2048 to 16384 for rsa, 256, 384 or 521 for ecdsa.
---@param comment? string The comment of a new key. Default: `user@host`.
---@param passphrase? boolean Ask for a passphrase for a new key; on this computer only.
---@param reuse? boolean Reuse an existing key. `false`: make a new one, and fail if the path is taken.
---@return ssh.keygen.Result
---@overload fun(self: ssh.Host, arguments: { path?: string, type?: "ed25519"|"ecdsa"|"rsa", bits?: integer, comment?: string, passphrase?: boolean, reuse?: boolean }): ssh.keygen.Result
---@overload fun(self: ssh.Host, arguments: { [1]?: string, type?: "ed25519"|"ecdsa"|"rsa", bits?: integer, comment?: string, passphrase?: boolean, reuse?: boolean }): ssh.keygen.Result
---@overload fun(self: ssh.Host, path: string, arguments: { type?: "ed25519"|"ecdsa"|"rsa", bits?: integer, comment?: string, passphrase?: boolean, reuse?: boolean }): ssh.keygen.Result
function Host:keygen(path, type, bits, comment, passphrase, reuse) end

---@class ssh.copy_id.Result
---@field changed boolean Whether the file changed.
---@field path string The file, with all links resolved.
---@field fingerprint string `SHA256:…`
---@field options string The options before the key; empty for none.
---@field line integer The number of the key's line, from 1.

---Adds a public key to the authorized_keys file that sshd on this host reads.
---
---    nas:copy_id { key = key, options = 'restrict,from="192.168.1.10"' }
---@param key ssh.Key|string The result of keygen, the line of a public key, or the path of a `.pub` file on this computer; a path outside `~/.ssh` needs `files` too.
---@param options? string Options for the key's line, such as `restrict,from="10.0.0.2"`.
---@param file? string A file other than the one that sshd reads; needs `files` too.
---@param root? boolean Write as root; needs the permission `root` too.
---@return ssh.copy_id.Result
---@overload fun(self: ssh.Host, arguments: { key: ssh.Key|string, options?: string, file?: string, root?: boolean }): ssh.copy_id.Result
---@overload fun(self: ssh.Host, arguments: { [1]: ssh.Key|string, options?: string, file?: string, root?: boolean }): ssh.copy_id.Result
---@overload fun(self: ssh.Host, key: ssh.Key|string, arguments: { options?: string, file?: string, root?: boolean }): ssh.copy_id.Result
function Host:copy_id(key, options, file, root) end

---@class ssh.remove_id.Result
---@field changed boolean Whether the key was there.
---@field path string The file, with all links resolved.
---@field fingerprint string `SHA256:…`

---Removes a public key from the authorized_keys file that sshd on this host reads.
---
---    nas:remove_id { key = "~/.ssh/id_old.pub" }
---@param key ssh.Key|string The result of keygen, the line of a public key, or the path of a `.pub` file on this computer; a path outside `~/.ssh` needs `files` too.
---@param file? string A file other than the one that sshd reads; needs `files` too.
---@param root? boolean Write as root; needs the permission `root` too.
---@return ssh.remove_id.Result
---@overload fun(self: ssh.Host, arguments: { key: ssh.Key|string, file?: string, root?: boolean }): ssh.remove_id.Result
---@overload fun(self: ssh.Host, arguments: { [1]: ssh.Key|string, file?: string, root?: boolean }): ssh.remove_id.Result
---@overload fun(self: ssh.Host, key: ssh.Key|string, arguments: { file?: string, root?: boolean }): ssh.remove_id.Result
function Host:remove_id(key, file, root) end

---@class ssh.list_ids.Result
---@field type string The type of the file's key n: `ssh-ed25519`, `ssh-rsa`.
---@field comment string The comment after the key; empty for none.
---@field fingerprint string `SHA256:…`
---@field options string The options before the key, such as `cert-authority`; empty for none.
---@field line integer The number of the key's line, from 1.

---Returns the keys in the authorized_keys file that sshd on this host reads, as a list.
---
---    for _, key in ipairs(nas:list_ids()) do note(key.line .. ": " .. key.fingerprint) end
---@param file? string A file other than the one that sshd reads; needs `files` too.
---@param root? boolean Read as root; needs the permission `root` too.
---@return ssh.list_ids.Result[]
---@overload fun(self: ssh.Host, arguments: { file?: string, root?: boolean }): ssh.list_ids.Result[]
---@overload fun(self: ssh.Host, arguments: { [1]?: string, root?: boolean }): ssh.list_ids.Result[]
---@overload fun(self: ssh.Host, file: string, arguments: { root?: boolean }): ssh.list_ids.Result[]
function Host:list_ids(file, root) end

---@class ssh.ssh_add.Result
---@field changed boolean Whether the key is new to the agent.
---@field path string The path of the private half.
---@field fingerprint string `SHA256:…`

---Adds a key to this computer's SSH agent, and asks for the key's passphrase if needed.
---
---    here:ssh_add { key = "~/.ssh/id_ed25519", lifetime = 3600 }
---@param key ssh.Key|string The result of keygen, or the path of a private key; a path outside `~/.ssh` needs `files` too.
---@param lifetime? number Seconds until the agent forgets the key. Default: never.
---@param keychain? boolean On a Mac, keep the passphrase in the keychain too.
---@return ssh.ssh_add.Result
---@overload fun(self: ssh.Host, arguments: { key: ssh.Key|string, lifetime?: number, keychain?: boolean }): ssh.ssh_add.Result
---@overload fun(self: ssh.Host, arguments: { [1]: ssh.Key|string, lifetime?: number, keychain?: boolean }): ssh.ssh_add.Result
---@overload fun(self: ssh.Host, key: ssh.Key|string, arguments: { lifetime?: number, keychain?: boolean }): ssh.ssh_add.Result
function Host:ssh_add(key, lifetime, keychain) end

---@class ssh.edit_client_config.Result
---@field changed boolean Whether anything had to be written.
---@field path string The file, behind all links.

---Sets options for one host in this computer's `~/.ssh/config`.
---
---    here:edit_client_config { host = pi, options = { IdentityFile = "~/.ssh/id_pi" } }
---@param host ssh.Host The host that the options are for, under the name that the user calls it by.
---@param options table<string, string|integer|boolean|string[]> Options on keys and methods: `IdentityFile`, `IdentitiesOnly`, `PreferredAuthentications`, `PubkeyAuthentication`; and options in the way of sessions, with the value that switches them off, such as `ControlPath = "none"`.
---@return ssh.edit_client_config.Result
---@overload fun(self: ssh.Host, arguments: { host: ssh.Host, options: table<string, string|integer|boolean|string[]> }): ssh.edit_client_config.Result
---@overload fun(self: ssh.Host, arguments: { [1]: ssh.Host, options: table<string, string|integer|boolean|string[]> }): ssh.edit_client_config.Result
---@overload fun(self: ssh.Host, host: ssh.Host, arguments: { options: table<string, string|integer|boolean|string[]> }): ssh.edit_client_config.Result
function Host:edit_client_config(host, options) end

---@class ssh.account.Result
---@field uid integer The account's number.
---@field home string The home directory.
---@field shell string The login shell.

---Creates or changes an account as described, or removes the account.
---
---    pi:account { "backup", system = true, shell = "/bin/sh", groups = { "disk" } }
---@param name string The account's name.
---@param state? "present"|"absent" Whether the account exists.
---@param uid? integer The account's number; only for a new account.
---@param system? boolean Whether a new account is a system account: no home, no expiry.
---@param comment? string The owner's name, or the account's purpose.
---@param home? string The home directory.
---@param shell? string The login shell.
---@param groups? string[] The account's groups, besides the primary group.
---@param only_these? boolean Whether the account leaves all other groups.
---@param locked? boolean Whether the password is locked; logins with a key still work.
---@param expires? string The last day for logins, such as `2027-12-31`, or `never`.
---@return ssh.account.Result
---@overload fun(self: ssh.Host, arguments: { name: string, state?: "present"|"absent", uid?: integer, system?: boolean, comment?: string, home?: string, shell?: string, groups?: string[], only_these?: boolean, locked?: boolean, expires?: string }): ssh.account.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, state?: "present"|"absent", uid?: integer, system?: boolean, comment?: string, home?: string, shell?: string, groups?: string[], only_these?: boolean, locked?: boolean, expires?: string }): ssh.account.Result
---@overload fun(self: ssh.Host, name: string, arguments: { state?: "present"|"absent", uid?: integer, system?: boolean, comment?: string, home?: string, shell?: string, groups?: string[], only_these?: boolean, locked?: boolean, expires?: string }): ssh.account.Result
function Host:account(name, state, uid, system, comment, home, shell, groups, only_these, locked, expires) end

---@class ssh.archive.Result
---@field path string The directory.

---Unpacks an archive into a new directory, once.
---
---    pi:archive { "/opt/tool.tar.gz", "/opt/tool", strip = 1, root = true }
---@param from string The archive on the host: zip, or tar with or without compression.
---@param to string The directory to create. The parent must exist.
---@param strip? integer The number of leading directories to remove from each name; for tar.
---@param mode? string The directory's mode.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.archive.Result
---@overload fun(self: ssh.Host, arguments: { from: string, to: string, strip?: integer, mode?: string, root?: boolean }): ssh.archive.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, to: string, strip?: integer, mode?: string, root?: boolean }): ssh.archive.Result
---@overload fun(self: ssh.Host, from: string, arguments: { to: string, strip?: integer, mode?: string, root?: boolean }): ssh.archive.Result
function Host:archive(from, to, strip, mode, root) end

---@class ssh.authorized_principals.Result
---@field path string The file with the principals.

---Sets the certificate principals that may log in to an account.
---
---    pi:authorized_principals { "pi", { "ada", "admins" } }
---@param account string The account.
---@param names string[] The principals; with an empty list, no certificate can log in.
---@param folder? string The folder named in AuthorizedPrincipalsFile.
---@return ssh.authorized_principals.Result
---@overload fun(self: ssh.Host, arguments: { account: string, names: string[], folder?: string }): ssh.authorized_principals.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, names: string[], folder?: string }): ssh.authorized_principals.Result
---@overload fun(self: ssh.Host, account: string, arguments: { names: string[], folder?: string }): ssh.authorized_principals.Result
function Host:authorized_principals(account, names, folder) end

---Adds, replaces or removes a block of lines between two marks in a file.
---
---    pi:block { "/etc/hosts", "192.168.1.7 nas\n192.168.1.8 pi", name = "home", root = true }
---@param path string The file.
---@param text string The lines; `""` removes the block.
---@param name? string The name in the marks, to tell several blocks in a file apart.
---@param comment? string The beginning of a comment in the file.
---@param before? string A Lua pattern; a new block comes before the first matching line, or at the end.
---@param create? boolean Whether to create a missing file.
---@param mode? string The mode of a new file.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return any
---@overload fun(self: ssh.Host, arguments: { path: string, text: string, name?: string, comment?: string, before?: string, create?: boolean, mode?: string, root?: boolean }): any
---@overload fun(self: ssh.Host, arguments: { [1]: string, text: string, name?: string, comment?: string, before?: string, create?: boolean, mode?: string, root?: boolean }): any
---@overload fun(self: ssh.Host, path: string, arguments: { text: string, name?: string, comment?: string, before?: string, create?: boolean, mode?: string, root?: boolean }): any
function Host:block(path, text, name, comment, before, create, mode, root) end

---@class ssh.cron.Result
---@field path string The file with the job.

---Adds, changes or removes a job of cron.
---
---    pi:cron { "backup", at = "17 3 * * *", command = "/usr/local/bin/backup" }
---@param name string The job's name: letters, digits, - and _.
---@param at? string The time, in cron's five fields or as `@daily`; required for `present`.
---@param command? string The command, on one line; required for `present`. `%` means itself, also without a backslash.
---@param account? string The account that runs the command.
---@param state? "present"|"absent" Whether the job exists.
---@return ssh.cron.Result
---@overload fun(self: ssh.Host, arguments: { name: string, at?: string, command?: string, account?: string, state?: "present"|"absent" }): ssh.cron.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, at?: string, command?: string, account?: string, state?: "present"|"absent" }): ssh.cron.Result
---@overload fun(self: ssh.Host, name: string, arguments: { at?: string, command?: string, account?: string, state?: "present"|"absent" }): ssh.cron.Result
function Host:cron(name, at, command, account, state) end

---@class ssh.download.Result
---@field path string The file.

---Downloads a file to the host, and checks its checksum.
---
---    pi:download { "https://example.org/tool.tar.gz", "/opt/tool.tar.gz", sha256 = sum, root = true }
---@param url string The address: https, http or ftp, without a password.
---@param path string The file on the host. The directory must exist.
---@param sha256 string The SHA-256 of the contents, in 64 hexadecimal digits.
---@param mode? string The mode afterwards.
---@param timeout? number Seconds until the download is cancelled.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.download.Result
---@overload fun(self: ssh.Host, arguments: { url: string, path: string, sha256: string, mode?: string, timeout?: number, root?: boolean }): ssh.download.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, path: string, sha256: string, mode?: string, timeout?: number, root?: boolean }): ssh.download.Result
---@overload fun(self: ssh.Host, url: string, arguments: { path: string, sha256: string, mode?: string, timeout?: number, root?: boolean }): ssh.download.Result
function Host:download(url, path, sha256, mode, timeout, root) end

---@class ssh.firewall.Result
---@field tool string The firewall: `ufw`, `firewalld`, `openwrt` or `nftables`.

---Opens or closes a port in the host's firewall.
---
---    pi:firewall { 443 }
---@param port integer The port.
---@param rule? "allow"|"deny" Whether the firewall allows or denies connections to the port.
---@param protocol? "tcp"|"udp" The protocol.
---@return ssh.firewall.Result
---@overload fun(self: ssh.Host, arguments: { port: integer, rule?: "allow"|"deny", protocol?: "tcp"|"udp" }): ssh.firewall.Result
---@overload fun(self: ssh.Host, arguments: { [1]: integer, rule?: "allow"|"deny", protocol?: "tcp"|"udp" }): ssh.firewall.Result
---@overload fun(self: ssh.Host, port: integer, arguments: { rule?: "allow"|"deny", protocol?: "tcp"|"udp" }): ssh.firewall.Result
function Host:firewall(port, rule, protocol) end

---@class ssh.git.Result
---@field commit string The commit of the checkout.

---Clones a git repository, or updates the clone, and checks out a ref.
---
---    pi:git { "https://example.org/tool.git", "/opt/tool", ref = "v1.2", root = true }
---@param url string The repository's address, without a password.
---@param path string The directory of the checkout. The parent must exist.
---@param ref string A tag, a branch or a full commit. A branch is looked up at each call.
---@param timeout? number Seconds until a fetch is cancelled.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.git.Result
---@overload fun(self: ssh.Host, arguments: { url: string, path: string, ref: string, timeout?: number, root?: boolean }): ssh.git.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, path: string, ref: string, timeout?: number, root?: boolean }): ssh.git.Result
---@overload fun(self: ssh.Host, url: string, arguments: { path: string, ref: string, timeout?: number, root?: boolean }): ssh.git.Result
function Host:git(url, path, ref, timeout, root) end

---@class ssh.group.Result
---@field gid integer The group's number; missing if the group does not exist.

---Creates or removes a group.
---
---    pi:group("backup_readers")
---@param name string The group's name.
---@param state? "present"|"absent" Whether the group exists.
---@param gid? integer The group's number; by default the next free number.
---@param system? boolean Whether a new group is a system group.
---@return ssh.group.Result
---@overload fun(self: ssh.Host, arguments: { name: string, state?: "present"|"absent", gid?: integer, system?: boolean }): ssh.group.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, state?: "present"|"absent", gid?: integer, system?: boolean }): ssh.group.Result
---@overload fun(self: ssh.Host, name: string, arguments: { state?: "present"|"absent", gid?: integer, system?: boolean }): ssh.group.Result
function Host:group(name, state, gid, system) end

---@class ssh.hostname.Result
---@field name string The name in effect.

---Sets the host's own name, now and at each boot.
---
---    pi:hostname "kitchen"
---@param name string The name, without the domain.
---@return ssh.hostname.Result
---@overload fun(self: ssh.Host, arguments: { name: string }): ssh.hostname.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string }): ssh.hostname.Result
function Host:hostname(name) end

---Adds a host's key to an account's known_hosts, or removes the host's keys.
---
---    here:known_host { "nas", "ssh-ed25519 AAAAC3…" }
---@param name string The host's name in known_hosts: `nas`, `192.168.1.7` or `[nas]:2222`.
---@param key? string The public key, as in `ssh_host_ed25519_key.pub`; required for `present`.
---@param state? "present"|"absent" Whether the host is known.
---@param path? string The file.
---@return any
---@overload fun(self: ssh.Host, arguments: { name: string, key?: string, state?: "present"|"absent", path?: string }): any
---@overload fun(self: ssh.Host, arguments: { [1]: string, key?: string, state?: "present"|"absent", path?: string }): any
---@overload fun(self: ssh.Host, name: string, arguments: { key?: string, state?: "present"|"absent", path?: string }): any
function Host:known_host(name, key, state, path) end

---Adds, replaces or removes a line in a file.
---
---    pi:line { "/etc/hosts", "192.168.1.7 nas", match = "%snas$", root = true }
---@param path string The file.
---@param line string The whole line, without the newline.
---@param match? string A Lua pattern; the last matching line is replaced.
---@param after? string A Lua pattern; a new line comes after the last matching line, or at the end.
---@param state? "present"|"absent" Whether the file has the line. `absent` removes all lines that are equal or match.
---@param create? boolean Whether to create a missing file.
---@param mode? string The mode of a new file.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return any
---@overload fun(self: ssh.Host, arguments: { path: string, line: string, match?: string, after?: string, state?: "present"|"absent", create?: boolean, mode?: string, root?: boolean }): any
---@overload fun(self: ssh.Host, arguments: { [1]: string, line: string, match?: string, after?: string, state?: "present"|"absent", create?: boolean, mode?: string, root?: boolean }): any
---@overload fun(self: ssh.Host, path: string, arguments: { line: string, match?: string, after?: string, state?: "present"|"absent", create?: boolean, mode?: string, root?: boolean }): any
function Host:line(path, line, match, after, state, create, mode, root) end

---Mounts a file system, now and at each boot, or unmounts it.
---
---    pi:mount { "/srv/backup", source = "UUID=1f2e", type = "ext4", options = "noatime" }
---@param path string The mount point; created if missing.
---@param source? string The device, as `/dev/sda1`, `UUID=…` or `nas:/share`; required for `mounted`.
---@param type? string The file system, such as `ext4` or `nfs`.
---@param options? string The options of mount(8).
---@param state? "mounted"|"absent" Whether the file system is mounted.
---@return any
---@overload fun(self: ssh.Host, arguments: { path: string, source?: string, type?: string, options?: string, state?: "mounted"|"absent" }): any
---@overload fun(self: ssh.Host, arguments: { [1]: string, source?: string, type?: string, options?: string, state?: "mounted"|"absent" }): any
---@overload fun(self: ssh.Host, path: string, arguments: { source?: string, type?: string, options?: string, state?: "mounted"|"absent" }): any
function Host:mount(path, source, type, options, state) end

---@class ssh.package.Result
---@field manager string The host's package manager: `apt`, `apk`, `dnf`, `opkg` or `pkg`.
---@field versions table<string, string> The versions of the installed packages, by name.

---Installs, upgrades or removes packages.
---
---    pi:package { "rsync", "cron" }
---@param names string[] The packages, by the names of the host's package manager.
---@param state? "present"|"newest"|"absent" Whether the packages are installed; `newest` also upgrades them to the version in the host's package lists.
---@param refresh? boolean Whether to refresh the package lists: before an installation, and with `newest` if they are older than an hour.
---@param timeout? number Seconds until an installation is cancelled. A locked database is waited for up to half of the time, at most two minutes.
---@return ssh.package.Result
---@overload fun(self: ssh.Host, arguments: { names: string[], state?: "present"|"newest"|"absent", refresh?: boolean, timeout?: number }): ssh.package.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string[], state?: "present"|"newest"|"absent", refresh?: boolean, timeout?: number }): ssh.package.Result
---@overload fun(self: ssh.Host, names: string[], arguments: { state?: "present"|"newest"|"absent", refresh?: boolean, timeout?: number }): ssh.package.Result
function Host:package(names, state, refresh, timeout) end

---@class ssh.service.Result
---@field running boolean Whether the service runs.
---@field enabled boolean Whether the service starts at boot; missing on DSM.
---@field system string The host's service manager: `systemd`, `openrc`, `procd`, `rc`, `dsm`, `dsm6` or `sysv`.

---Starts, stops, enables or disables a service.
---
---    pi:service { "cron", running = true, enabled = true }
---@param name string The service's name, such as `cron`.
---@param running? boolean Whether the service runs; not changed by default.
---@param enabled? boolean Whether the service starts at boot; not changed by default.
---@param restart? boolean Whether to restart the service now, such as after a change of its configuration.
---@param reload? boolean Whether to have the service read its configuration again.
---@return ssh.service.Result
---@overload fun(self: ssh.Host, arguments: { name: string, running?: boolean, enabled?: boolean, restart?: boolean, reload?: boolean }): ssh.service.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, running?: boolean, enabled?: boolean, restart?: boolean, reload?: boolean }): ssh.service.Result
---@overload fun(self: ssh.Host, name: string, arguments: { running?: boolean, enabled?: boolean, restart?: boolean, reload?: boolean }): ssh.service.Result
function Host:service(name, running, enabled, restart, reload) end

---Adds, replaces or removes an entry for a host in an account's ~/.ssh/config.
---
---    here:ssh_config { "nas", { HostName = "192.168.1.7", User = "ada" } }
---@param name string The name for the host.
---@param options table<string, any> The options of ssh_config(5) by name; an empty table removes the entry.
---@param path? string The file.
---@return any
---@overload fun(self: ssh.Host, arguments: { name: string, options: table<string, any>, path?: string }): any
---@overload fun(self: ssh.Host, arguments: { [1]: string, options: table<string, any>, path?: string }): any
---@overload fun(self: ssh.Host, name: string, arguments: { options: table<string, any>, path?: string }): any
function Host:ssh_config(name, options, path) end

---@class ssh.sudoers.Result
---@field path string The file.

---Adds, replaces or removes a file of sudo rules.
---
---    pi:sudoers { "backup", "backup ALL=(root) NOPASSWD: /usr/bin/rsync" }
---@param name string The file's name below `/etc/sudoers.d`: letters, digits, - and _.
---@param rules string The rules, in the form of sudoers(5); `""` removes the file.
---@return ssh.sudoers.Result
---@overload fun(self: ssh.Host, arguments: { name: string, rules: string }): ssh.sudoers.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, rules: string }): ssh.sudoers.Result
---@overload fun(self: ssh.Host, name: string, arguments: { rules: string }): ssh.sudoers.Result
function Host:sudoers(name, rules) end

---Uses a swap file, now and at each boot, or removes the swap file.
---
---    pi:swap { size = 512 }
---@param path? string The file.
---@param size? integer The size of a new file, in MiB.
---@param state? "present"|"absent" Whether the swap file is in use.
---@return any
---@overload fun(self: ssh.Host, arguments: { path?: string, size?: integer, state?: "present"|"absent" }): any
---@overload fun(self: ssh.Host, arguments: { [1]?: string, size?: integer, state?: "present"|"absent" }): any
---@overload fun(self: ssh.Host, path: string, arguments: { size?: integer, state?: "present"|"absent" }): any
function Host:swap(path, size, state) end

---@class ssh.sysctl.Result
---@field value string The value in effect.

---Sets a kernel parameter, now and at each boot.
---
---    pi:sysctl { "vm.swappiness", "10" }
---@param name string The parameter, such as `net.ipv4.ip_forward`.
---@param value string The value.
---@param file? string The file in `/etc/sysctl.d` for the parameter.
---@return ssh.sysctl.Result
---@overload fun(self: ssh.Host, arguments: { name: string, value: string, file?: string }): ssh.sysctl.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, value: string, file?: string }): ssh.sysctl.Result
---@overload fun(self: ssh.Host, name: string, arguments: { value: string, file?: string }): ssh.sysctl.Result
function Host:sysctl(name, value, file) end

---Writes a file from a text, with values in place of each {{name}}.
---
---    pi:template { "~/.plan", text = "{{name}} is away.\n", values = { name = "Ada" } }
---@param path string The file on the host.
---@param text? string The text; give either `text` or `from`.
---@param from? string A file on this computer with the text.
---@param values table<string, any> The values by name. A missing value is an error, and so is a value that the text does not use.
---@param mode? string The mode afterwards; by default 644 for a new file.
---@param root? boolean Write as root; needs the permission `root` too.
---@return any
---@overload fun(self: ssh.Host, arguments: { path: string, text?: string, from?: string, values: table<string, any>, mode?: string, root?: boolean }): any
---@overload fun(self: ssh.Host, arguments: { [1]: string, text?: string, from?: string, values: table<string, any>, mode?: string, root?: boolean }): any
---@overload fun(self: ssh.Host, path: string, arguments: { text?: string, from?: string, values: table<string, any>, mode?: string, root?: boolean }): any
function Host:template(path, text, from, values, mode, root) end

---@class ssh.timer.Result
---@field next string The time of the next run, as printed by systemd.

---Has systemd run a command at certain times, or removes the timer.
---
---    pi:timer { "backup", at = "daily", command = "/usr/local/bin/backup" }
---@param name string The timer's name: letters, digits, - and _.
---@param at? string The time, as OnCalendar of systemd.timer(5), such as `daily` or `Mon 03:00`.
---@param command? string The command, in POSIX sh.
---@param account? string The account that runs the command.
---@param catch_up? boolean Whether a missed run is made up for at the next boot.
---@param state? "present"|"absent" Whether the timer exists.
---@return ssh.timer.Result
---@overload fun(self: ssh.Host, arguments: { name: string, at?: string, command?: string, account?: string, catch_up?: boolean, state?: "present"|"absent" }): ssh.timer.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string, at?: string, command?: string, account?: string, catch_up?: boolean, state?: "present"|"absent" }): ssh.timer.Result
---@overload fun(self: ssh.Host, name: string, arguments: { at?: string, command?: string, account?: string, catch_up?: boolean, state?: "present"|"absent" }): ssh.timer.Result
function Host:timer(name, at, command, account, catch_up, state) end

---@class ssh.timezone.Result
---@field zone string The zone in effect.

---Sets the host's time zone.
---
---    pi:timezone "Europe/Berlin"
---@param zone string The zone, such as `Europe/Berlin`.
---@return ssh.timezone.Result
---@overload fun(self: ssh.Host, arguments: { zone: string }): ssh.timezone.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string }): ssh.timezone.Result
function Host:timezone(zone) end

---@class ssh.trusted_ca.Result
---@field path string The file with the keys.

---Has sshd trust the certificates of a certification authority (TrustedUserCAKeys).
---
---    pi:trusted_ca { { ca_key }, principals = "/etc/ssh/auth_principals" }
---@param keys string[] The public keys of the authorities, as in `id_ca.pub`.
---@param file? string The file for the keys on the host.
---@param principals? string The folder with the principals of each account; by default, a certificate must name the account.
---@return ssh.trusted_ca.Result
---@overload fun(self: ssh.Host, arguments: { keys: string[], file?: string, principals?: string }): ssh.trusted_ca.Result
---@overload fun(self: ssh.Host, arguments: { [1]: string[], file?: string, principals?: string }): ssh.trusted_ca.Result
---@overload fun(self: ssh.Host, keys: string[], arguments: { file?: string, principals?: string }): ssh.trusted_ca.Result
function Host:trusted_ca(keys, file, principals) end

---Begins a step, shown in the run's progress, plan and report.
---
---    step "Copy the public key to the Pi"
---@param title string The purpose of the following lines, as in a guide.
---@return any
---@overload fun(arguments: { title: string }): any
---@overload fun(arguments: { [1]: string }): any
function step(title) end

---Shows the user a note.
---
---    note "scp copies files the same way"
---@param text string One or more sentences.
---@return any
---@overload fun(arguments: { text: string }): any
---@overload fun(arguments: { [1]: string }): any
function note(text) end

---Shows the user a warning, and again at the end of the run.
---
---    warn "the key is of type DSA, which current servers refuse"
---@param text string One or more sentences.
---@return any
---@overload fun(arguments: { text: string }): any
---@overload fun(arguments: { [1]: string }): any
function warn(text) end

---Ends the recipe with a failure: a sentence, or the result of a check such as verify_login.
---
---    if not login.ok then fail(login) end
---@param reason any A sentence, or a table with `message`, `cause`, `seen`, `fix`.
---@return any
---@overload fun(arguments: { reason: any }): any
---@overload fun(arguments: { [1]: any }): any
function fail(reason) end

---Asks the user a question, and returns the answer as text.
---
---    local name = ask { "Which account?", default = "pi" }
---@param question string The question, with its question mark.
---@param default? string The answer in a plan or an unattended run.
---@param one_of? string[] The allowed answers.
---@return string
---@overload fun(arguments: { question: string, default?: string, one_of?: string[] }): string
---@overload fun(arguments: { [1]: string, default?: string, one_of?: string[] }): string
---@overload fun(question: string, arguments: { default?: string, one_of?: string[] }): string
function ask(question, default, one_of) end

---Asks the user a yes-or-no question, and returns true for yes.
---
---    if confirm "Remove the ACL of the home?" then … end
---@param question string A question to be answered with yes or no.
---@param default? boolean The answer in a plan, or without a terminal.
---@return boolean
---@overload fun(arguments: { question: string, default?: boolean }): boolean
---@overload fun(arguments: { [1]: string, default?: boolean }): boolean
---@overload fun(question: string, arguments: { default?: boolean }): boolean
function confirm(question, default) end

---@class ssh.manual.Result
---@field ok boolean Whether the task is done, by the check or, without a check, the user's answer.
---@field answer string `done`, `skipped`, `not done`, or `not confirmed` if the run could not ask.

---Asks the user for a manual step on a device, and checks the result.
---
---    manual { "Enable SSH", clicks = "Control Panel > Terminal & SNMP", check = function() … end }
---@param title string The task.
---@param clicks string The instructions, click by click.
---@param check? function A function that returns true once the task is done.
---@return ssh.manual.Result
---@overload fun(arguments: { title: string, clicks: string, check?: function }): ssh.manual.Result
---@overload fun(arguments: { [1]: string, clicks: string, check?: function }): ssh.manual.Result
---@overload fun(title: string, arguments: { clicks: string, check?: function }): ssh.manual.Result
function manual(title, clicks, check) end

---Asks the user for a secret that the recipe can pass on but not read.
---
---    nas:run { "backup --login-from-stdin", input = secret "Password of the backup account" }
---@param question string The name of the secret, such as `Password of the backup account`.
---@return ssh.Secret
---@overload fun(arguments: { question: string }): ssh.Secret
---@overload fun(arguments: { [1]: string }): ssh.Secret
function secret(question) end

---Calls a function for all items of a list at once, and waits for all calls.
---
---    parallel(hosts.to, function(nas) nas:copy_id { key = key } end)
---@param list any[] The items, such as `hosts.to`.
---@param each function The function. Its arguments are an item and the item's place in the list.
---@return any[]
---@overload fun(arguments: { list: any[], each: function }): any[]
---@overload fun(arguments: { [1]: any[], each: function }): any[]
---@overload fun(list: any[], arguments: { each: function }): any[]
function parallel(list, each) end
