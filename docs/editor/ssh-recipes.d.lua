---@meta ssh-recipes
-- THIS FILE IS GENERATED from the declarations of the primitives. DO NOT EDIT; `make reference` writes it.
error("a definition file cannot be required")

---@class ssh.Recipe
---@field summary string The recipe's purpose, in one line.
---@field guide? string The guide that the recipe follows.
---@field hosts? table[] Roles: `{ "name", "purpose", many = true }`.
---@field params? table[] Settings: `{ "name", "purpose", default = …, one_of = {…} }`.
---@field needs? ("keys"|"files"|"ssh"|"logs"|"agent"|"run"|"root")[] Permissions.
---@field run fun(hosts: table<string, ssh.Host>, params: table<string, any>)

---Declares the recipe; call it once, at the top level of the file.
---@param declaration ssh.Recipe
function recipe(declaration) end

---A host of the recipe.
---@class ssh.Host
---@field name string As given on the command line: `pi@192.168.1.20`.
local Host = {}

---This computer.
---@type ssh.Host
here = nil

---The kind of a failure, for a recipe to test.
---@alias ssh.FailureKind
---| "unreachable" # The host cannot be reached: no address, no route, no answer, or no SSH server there.
---| "hostkey" # The host's key is not known, or is not the one that is expected.
---| "denied" # The host refused the login, a password is missing or wrong, or the account may not read or write a file.
---| "root" # The run could not become root.
---| "timeout" # A command took too long, or `wait_for` waited in vain.
---| "lost" # The connection broke; whether the step under way was finished is not known.
---| "client" # The `ssh` program on this computer failed.
---| "absent" # A file, directory, user or group that is needed is not there.
---| "exists" # A key is there already, and is not overwritten.
---| "kind" # A path is not of the type that is needed, such as a directory instead of a file.
---| "link" # A path is a symbolic link, or the links at it lead nowhere.
---| "not-empty" # A directory is not empty.
---| "key" # A key, or a file of keys, cannot be used as it is.
---| "mismatch" # The private and the public half of a key pair belong to different keys.
---| "no-agent" # No SSH agent answers.
---| "no-tool" # A program that is needed is not installed on the host.
---| "exit" # A command ended with a status other than 0.
---| "changed" # A file changed while the run worked on it, or a command reported success without effect.
---| "limit" # A limit is exceeded: a file's size, or the recipe's time, memory or output.
---| "refused" # A primitive refuses, to keep keys and logins safe or since the host is set up otherwise; nothing was changed.
---| "lockout" # The change would lock the account out; it was not made.
---| "config" # sshd refuses the configuration, or the configuration would not have the wanted effect.
---| "rehearsal" # The rehearsal of a new sshd configuration failed; nothing was changed.
---| "rolled-back" # A change did not work and was rolled back; the host was seen to be as before.
---| "unknown" # It is not known in which state the host is; `fix` says what to look at.
---| "busy" # Another run, or its watchdog, is at work with the same account.
---| "unsupported" # It is not known how to do this on the host's platform.
---| "argument" # A primitive was called with a wrong argument.
---| "permission" # A primitive needs a permission that is not in the recipe's `needs`.
---| "member" # A host has no such primitive or field, or the field cannot be set.
---| "place" # A primitive was called where the recipe cannot wait, such as at the top level of a module.
---| "module" # `require` found no such module, or none that may be loaded.
---| "syntax" # The recipe or one of its modules is not valid Lua.
---| "memory" # The memory for the recipe did not suffice to load a module.
---| "recipe" # The recipe's own Lua raised an error, or declares something else than when it was first read.
---| "error" # `recipe` refused the declaration.
---| "parallel" # Several calls of `parallel` failed; `failures` has the failure of each.
---| "unanswered" # A question or a prompt for a new passphrase got no valid answer, or there is no terminal to ask on.
---| "cancelled" # The run was cancelled.
---| "stopped" # A primitive was called while the run was ending.
---| "failed" # Any other failure, such as that of `fail` with a sentence.

---What a primitive raises when it fails.
---@class ssh.Failure
---@field kind ssh.FailureKind|string A string of the recipe's own where `fail` got one.
---@field message string One sentence.
---@field cause? string The cause's name, such as `bad-modes`.
---@field explanation? string The cause in a sentence.
---@field seen string[] What was seen: lines of logs, modes, messages of ssh.
---@field fix string[] What to do next, each a command or a sentence.
---@field paths string[] The files and directories that the cause is about.
---@field gate? "edit"|"check"|"rehearsal"|"watchdog"|"proof" The gate that stopped a change of sshd's configuration.
---@field primitive? string
---@field host? string
---@field status? integer The exit status of a command.
---@field stderr? string
---@field step? string
---@field position? string File and line of the recipe.
---@field traceback? string[] The recipe's frames, innermost first.
---@field failures? ssh.Failure[] The failures of the branches of `parallel`.

---@class ssh.chmod.Result
---@field changed boolean Whether the mode was another one before.
---@field mode string The mode afterwards, in octal.

---Sets or adjusts the permission bits of a file or directory.
---
---    pi:chmod("~/.ssh", "700")
---@async
---@param path string The file or directory.
---@param mode string Octal digits, or a change such as `g-w,o-w`.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.chmod.Result
---@overload async fun(self: ssh.Host, arguments: { path: string, mode: string, root?: boolean }): ssh.chmod.Result
function Host:chmod(path, mode, root) end

---@class ssh.tail_log.Result
---@field source string The file or command that the lines come from.
---@field lines string[] The lines, the newest last.
---@field text string The same as one text.
---@field root boolean Whether root had to read them.

---Reads the newest lines of the log in which this system's sshd writes.
---
---    local log = pi:tail_log { lines = 20, match = "Authentication refused" }
---@async
---@param lines? integer How many lines at most.
---@param follow? number Go on for so many seconds, and return what came up to then too.
---@param match? string Only lines with this text in them; no pattern.
---@param root? boolean `true`: read as root at once; `false`: never. Else root where nothing can be read without.
---@return ssh.tail_log.Result
---@overload async fun(self: ssh.Host, arguments: { lines?: integer, follow?: number, match?: string, root?: boolean }): ssh.tail_log.Result
function Host:tail_log(lines, follow, match, root) end

---@class ssh.edit_config.Result
---@field changed boolean Whether anything had to be written.
---@field paths string[] The files that were written.
---@field effective table The options as sshd has them now, by name.

---Sets options of the SSH server, or lines and values of another file.
---
---    nas:edit_config { options = { PubkeyAuthentication = "yes" } }
---@async
---@param options? table<string, string|integer|boolean|string[]> Options of sshd_config and their values: `{ PubkeyAuthentication = "yes" }`.
---@param path? string With `lines` or `set` any file; needs the permission `files` too. With `options` another sshd_config; where it is not beside the server's own, with `files` and `root`.
---@param lines? string[] Lines that the file must have; each is added at its end if it is not there.
---@param set? table<string, string|integer|boolean|string[]> Names and values that the file must have, one a line.
---@param separator? string What stands between a name and its value.
---@param root? boolean For other files: write as root; needs the permission `root` too.
---@param within? number How long the host waits for the proof of restart_ssh before it restores the old configuration.
---@param key? ssh.Key|string The key that the rehearsal logs in with, outside `~/.ssh` with the permission `files` too; else one that has logged in in this run, or the way in which the run did.
---@return ssh.edit_config.Result
---@overload async fun(self: ssh.Host, arguments: { options?: table<string, string|integer|boolean|string[]>, path?: string, lines?: string[], set?: table<string, string|integer|boolean|string[]>, separator?: string, root?: boolean, within?: number, key?: ssh.Key|string }): ssh.edit_config.Result
function Host:edit_config(options, path, lines, set, separator, root, within, key) end

---@class ssh.restart_ssh.Result
---@field changed boolean Whether sshd read its configuration again.
---@field command string The command that did it.
---@field port integer The port at which it is called from now on, where that has changed.
---@field fingerprint string The key that the proof logged in with, if it was one.

---Lets sshd read its configuration again, and proves that people still get in.
---
---    nas:restart_ssh { key = key }
---@async
---@param port? integer The port to log in at from now on, where a router in between gives it another number.
---@param key? ssh.Key|string The key that the proof logs in with, outside `~/.ssh` with the permission `files` too; else the way in which the run logged in.
---@param restart? boolean Restart sshd instead of reloading it.
---@param force? boolean Do it although no edit of this run waits for it.
---@return ssh.restart_ssh.Result
---@overload async fun(self: ssh.Host, arguments: { port?: integer, key?: ssh.Key|string, restart?: boolean, force?: boolean }): ssh.restart_ssh.Result
function Host:restart_ssh(port, key, restart, force) end

---@class ssh.verify_login.Result
---@field ok boolean Whether the login worked and ended in a shell.
---@field cause string Why not: the cause's name, such as `bad-modes`.
---@field explanation string The cause in a sentence.
---@field message string What happened, as `fail` shows it.
---@field seen string[] The evidence: modes, lines of ssh and sshd.
---@field fix string[] What to do next.
---@field paths string[] The files and directories that the cause is about.
---@field method string How the server let us in.
---@field fingerprint string The key that it let in.

---Logs in with one key and nothing else, on a new connection, and tells why where it fails.
---
---    local login = pi:verify_login { key = key }
---@async
---@param key ssh.Key|string The key to log in with: of `keygen`, or the path of a private key; outside `~/.ssh` it needs `files` too.
---@param from? ssh.Host The host to log in from, where the private key is; else this computer.
---@param user? string The account to log in to; else that of the host.
---@param port? integer The port; else that of the host.
---@param address? string The name or address to use; else that of the host.
---@return ssh.verify_login.Result
---@overload async fun(self: ssh.Host, arguments: { key: ssh.Key|string, from?: ssh.Host, user?: string, port?: integer, address?: string }): ssh.verify_login.Result
function Host:verify_login(key, from, user, port, address) end

---@class ssh.trust_host.Result
---@field changed boolean Whether a key was added.
---@field fingerprints string[] The keys that known_hosts now has for the host.
---@field name string The name under which they stand there.

---Puts another host's keys into known_hosts, taken over a session that is already authenticated.
---
---    nas1:trust_host(nas2)
---@async
---@param host ssh.Host The host to trust.
---@param address? string The name or address by which it will be called; else the one of this run.
---@param port? integer The port by which it will be called; else the one of this run.
---@return ssh.trust_host.Result
---@overload async fun(self: ssh.Host, arguments: { host: ssh.Host, address?: string, port?: integer }): ssh.trust_host.Result
function Host:trust_host(host, address, port) end

---@class ssh.chown.Result
---@field changed boolean Whether the owner was another one before.
---@field owner integer The owner's user number afterwards.
---@field group integer The group's number afterwards.

---Sets the owner of a file or directory.
---
---    pi:chown("~/.ssh/authorized_keys", "pi:pi")
---@async
---@param path string The file or directory.
---@param owner string `user`, `user:group` or `:group`, by name or number.
---@param root? boolean Do it as root, as giving files away demands; needs the permission `root` too.
---@return ssh.chown.Result
---@overload async fun(self: ssh.Host, arguments: { path: string, owner: string, root?: boolean }): ssh.chown.Result
function Host:chown(path, owner, root) end

---Reads a file and returns its contents as a string.
---
---    local hosts = pi:read "/etc/hosts"
---@async
---@param path string The file. Private keys are refused.
---@param default? string What is returned when the file is not there. Without it that is a failure.
---@param limit? integer The most bytes that the file may have, up to 8388608.
---@param root? boolean Read as root; needs the permission `root` too.
---@return any
---@overload async fun(self: ssh.Host, arguments: { path: string, default?: string, limit?: integer, root?: boolean }): any
function Host:read(path, default, limit, root) end

---@class ssh.status.Result
---@field exists boolean Whether something is there. The other fields are missing when not.
---@field kind "file"|"directory"|"link"|"other" What it is.
---@field mode string The permission bits, in octal.
---@field owner integer The owner's user number.
---@field group integer The group's number.
---@field size integer The size in bytes.
---@field link string Where a link points to.
---@field acl boolean Whether an access control list stands beside the mode.

---Tells whether a path exists, what it is, and who may do what with it.
---
---    if pi:status("~/.ssh").mode == "777" then warn "anybody may write there" end
---@async
---@param path string The path. A link is not followed.
---@param root? boolean Look as root; needs the permission `root` too.
---@return ssh.status.Result
---@overload async fun(self: ssh.Host, arguments: { path: string, root?: boolean }): ssh.status.Result
function Host:status(path, root) end

---@class ssh.write.Result
---@field changed boolean Whether contents or mode were others before.
---@field path string The file, behind all links.
---@field mode string The mode afterwards, in octal.
---@field size integer The size afterwards, in bytes.

---Gives a file these contents, whole or not at all.
---
---    pi:write("~/.hushlogin", "")
---@async
---@param path string The file; where a link stands, what it points to. Its directory must be there.
---@param contents string All that the file shall hold, with its last newline. Private keys are refused.
---@param mode? string The mode afterwards; else a file keeps its mode, and a new one gets 644.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.write.Result
---@overload async fun(self: ssh.Host, arguments: { path: string, contents: string, mode?: string, root?: boolean }): ssh.write.Result
function Host:write(path, contents, mode, root) end

---@class ssh.upload.Result
---@field changed boolean Whether contents or mode were others before.
---@field path string The file, behind all links.
---@field mode string The mode afterwards, in octal.
---@field size integer The size afterwards, in bytes.

---Copies a file of this computer to a host.
---
---    pi:upload("~/motd.txt", "/etc/motd", { root = true })
---@async
---@param from string The file on this computer, up to 8 MiB. Private keys are refused.
---@param to string The file on the host, named whole. Its directory must be there.
---@param mode? string The mode afterwards; else a file keeps its mode, and a new one gets 644.
---@param root? boolean Write as root; needs the permission `root` too.
---@return ssh.upload.Result
---@overload async fun(self: ssh.Host, arguments: { from: string, to: string, mode?: string, root?: boolean }): ssh.upload.Result
function Host:upload(from, to, mode, root) end

---@class ssh.mkdir.Result
---@field changed boolean Whether it was not there, or had another mode.
---@field path string The directory.
---@field mode string The mode afterwards, in octal.

---Makes a directory.
---
---    pi:mkdir("~/.ssh", "700")
---@async
---@param path string The directory. What is above it must be there.
---@param mode? string The mode afterwards; else one that is there keeps its mode, and a new one gets 755.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.mkdir.Result
---@overload async fun(self: ssh.Host, arguments: { path: string, mode?: string, root?: boolean }): ssh.mkdir.Result
function Host:mkdir(path, mode, root) end

---@class ssh.remove.Result
---@field changed boolean Whether something was there.

---Removes a file, a link or an empty directory.
---
---    pi:remove "~/.hushlogin"
---@async
---@param path string What to remove. Never a home, `~/.ssh`, `authorized_keys` or a private key.
---@param root? boolean Do it as root; needs the permission `root` too.
---@return ssh.remove.Result
---@overload async fun(self: ssh.Host, arguments: { path: string, root?: boolean }): ssh.remove.Result
function Host:remove(path, root) end

---@class ssh.run.Result
---@field status integer The exit status; 128 + n when signal n ended it.
---@field stdout string Its standard output, without the last newline.
---@field stderr string Its standard error, without the last newline.
---@field changed boolean Whether it was run, unless it only reads.
---@field planned boolean Set in a plan, where the other fields are not known yet.

---Runs a command with sh and waits for its end.
---
---    local version = pi:run("sshd -V 2>&1", { reads = true, check = false }).stdout
---@async
---@param command string The command, as one would type it: POSIX sh.
---@param input? string|ssh.Secret What the command reads from its standard input; else it reads nothing.
---@param timeout? number After how many seconds it is ended.
---@param root? boolean Run it as root; needs the permission `root` too.
---@param check? boolean Whether an exit status other than 0 is a failure.
---@param reads? boolean It only reads: a plan runs it too, and it counts as no change.
---@param creates? string A path that the command makes. When it is there, nothing is run.
---@return ssh.run.Result
---@overload async fun(self: ssh.Host, arguments: { command: string, input?: string|ssh.Secret, timeout?: number, root?: boolean, check?: boolean, reads?: boolean, creates?: string }): ssh.run.Result
function Host:run(command, input, timeout, root, check, reads, creates) end

---@class ssh.wait_for.Result
---@field ok boolean Always true; otherwise it fails, with kind `timeout`.
---@field seconds number How long it took.

---Waits until a path exists, a command succeeds, or a port is listened on.
---
---    nas:wait_for { port = 5000, timeout = 120 }
---@async
---@param path? string Until something is at this path; needs the permission `files`.
---@param command? string Until this command ends with status 0; needs the permission `run`.
---@param port? integer Until a program on the host listens on this TCP port. The host's own tables say so; nothing connects.
---@param timeout? number After how many seconds it fails.
---@param every? number How many seconds lie between two looks.
---@return ssh.wait_for.Result
---@overload async fun(self: ssh.Host, arguments: { path?: string, command?: string, port?: integer, timeout?: number, every?: number }): ssh.wait_for.Result
function Host:wait_for(path, command, port, timeout, every) end

---@class ssh.facts.Result
---@field user string The account's name.
---@field uid integer The account's number.
---@field root boolean Whether the account is root.
---@field home string The account's home directory.
---@field home_exists boolean Whether the home directory is there.
---@field system string What `uname -s` says: `Linux`, `FreeBSD`, `Darwin`.
---@field platform string The name of the platform: `debian`, `synology-dsm7`, `generic`.
---@field platform_title string The platform as people call it.
---@field hostname string The name that the host gives itself.
---@field shell string The account's shell.
---@field server string The SSH server's software, from its banner; empty for this computer.
---@field clicks table<string, string> What a person does on such a device, by name: `homes_off`.
---@field notes table<string, string> What else is known of such systems, by name: `acl_tool`.
---@field commands table<string, string> Commands that were looked for and found, with their paths.

---Tells what the host is and who we are on it; known since the login.
---
---    note("this is " .. pi:facts().platform_title)
---@async
---@return ssh.facts.Result
---@overload async fun(self: ssh.Host, arguments: {  }): ssh.facts.Result
function Host:facts() end

---@class ssh.keygen.Result
---@field changed boolean Whether anything was made or put right.
---@field created boolean Whether the key is new.
---@field path string The private half; it stays on its host.
---@field public string The line of the public half; missing in the plan of a new key.
---@field fingerprint string `SHA256:…`; missing in the plan of a new key.
---@field type string `ssh-ed25519`, `ecdsa-sha2-nistp256`, `ssh-rsa`.
---@field encrypted boolean Whether a passphrase protects it.
---@field in_agent boolean Whether this computer's agent holds it.
---@field host string The name of the host that has the private half.
---@field planned boolean Set in a plan, where the key is not made yet.

---Makes a key pair on this host, or takes one that is there; never overwrites one.
---
---    local key = here:keygen { type = "ed25519", comment = "me@laptop" }
---@async
---@param path? string The private half's path; outside `~/.ssh` with the permission `files` too. Else `~/.ssh/id_*` are looked through for one.
---@param type? "ed25519"|"ecdsa"|"rsa" The type of a new key; of those that are there, one of this type goes first.
---@param bits? integer The length of a new key: 2048 to 16384 for rsa, 256, 384 or 521 for ecdsa.
---@param comment? string The comment of a new key; else `user@host`.
---@param passphrase? boolean Ask for a passphrase for a new key; on this computer only.
---@param reuse? boolean Take a key that is there. `false`: make one, and fail where the path is taken.
---@return ssh.keygen.Result
---@overload async fun(self: ssh.Host, arguments: { path?: string, type?: "ed25519"|"ecdsa"|"rsa", bits?: integer, comment?: string, passphrase?: boolean, reuse?: boolean }): ssh.keygen.Result
function Host:keygen(path, type, bits, comment, passphrase, reuse) end

---@class ssh.copy_id.Result
---@field changed boolean Whether the key was not there, or not where sshd sees it.
---@field path string The file, behind all links.
---@field fingerprint string `SHA256:…`
---@field options string The options before the key; empty for none.
---@field line integer The line that holds the key, from 1.

---Puts a public key into the authorized_keys that this server really reads.
---
---    nas:copy_id { key = key, options = 'restrict,from="192.168.1.10"' }
---@async
---@param key ssh.Key|string What keygen returned, a public line, or the path of a `.pub` file on this computer; outside `~/.ssh` it needs `files` too.
---@param options? string Options before a new line, such as `restrict,from="10.0.0.2"`.
---@param file? string Another file than the one that the server reads; it needs `files` too.
---@param root? boolean Write as root; needs the permission `root` too.
---@return ssh.copy_id.Result
---@overload async fun(self: ssh.Host, arguments: { key: ssh.Key|string, options?: string, file?: string, root?: boolean }): ssh.copy_id.Result
function Host:copy_id(key, options, file, root) end

---@class ssh.remove_id.Result
---@field changed boolean Whether the key was there.
---@field path string The file, behind all links.
---@field fingerprint string `SHA256:…`

---Takes a public key out of the authorized_keys that this server reads.
---
---    nas:remove_id { key = "~/.ssh/id_old.pub" }
---@async
---@param key ssh.Key|string What keygen returned, a public line, or the path of a `.pub` file on this computer; outside `~/.ssh` it needs `files` too.
---@param file? string Another file than the one that the server reads; it needs `files` too.
---@param root? boolean Write as root; needs the permission `root` too.
---@return ssh.remove_id.Result
---@overload async fun(self: ssh.Host, arguments: { key: ssh.Key|string, file?: string, root?: boolean }): ssh.remove_id.Result
function Host:remove_id(key, file, root) end

---@class ssh.ssh_add.Result
---@field changed boolean Whether the agent did not hold it before.
---@field path string The private half.
---@field fingerprint string `SHA256:…`

---Gives a key to the agent of this computer; asks for its passphrase if it has one.
---
---    here:ssh_add { key = "~/.ssh/id_ed25519", lifetime = 3600 }
---@async
---@param key ssh.Key|string The key: what keygen returned, or the path of its private half; outside `~/.ssh` it needs `files` too.
---@param lifetime? number After how many seconds the agent forgets it; else it keeps it.
---@param keychain? boolean On a Mac, keep the passphrase in the keychain too.
---@return ssh.ssh_add.Result
---@overload async fun(self: ssh.Host, arguments: { key: ssh.Key|string, lifetime?: number, keychain?: boolean }): ssh.ssh_add.Result
function Host:ssh_add(key, lifetime, keychain) end

---Marks where the recipe is; progress, plan and report show it.
---
---    step "Copy the public key to the Pi"
---@async
---@param title string What the next lines do, as a guide would say it.
---@return any
---@overload async fun(arguments: { title: string }): any
function step(title) end

---Tells the person something worth knowing.
---
---    note "scp copies files the same way"
---@async
---@param text string One or more sentences.
---@return any
---@overload async fun(arguments: { text: string }): any
function note(text) end

---Tells the person something that should not be overlooked; shown again at the end.
---
---    warn "the key is of type DSA, which no server of today accepts"
---@async
---@param text string One or more sentences.
---@return any
---@overload async fun(arguments: { text: string }): any
function warn(text) end

---Ends the recipe with a failure: a sentence, or the result of a check such as verify_login.
---
---    if not login.ok then fail(login) end
---@async
---@param reason any A sentence, or a table with `message`, `cause`, `seen`, `fix`.
---@return any
---@overload async fun(arguments: { reason: any }): any
function fail(reason) end

---Asks the person a question and gives the answer as text.
---
---    local name = ask { "Which account?", default = "pi" }
---@async
---@param question string The question, with its question mark.
---@param default? string The answer when nobody is asked: in a plan, or unattended.
---@param one_of? string[] The answers that are allowed.
---@return any
---@overload async fun(arguments: { question: string, default?: string, one_of?: string[] }): any
function ask(question, default, one_of) end

---Asks the person to agree; true for yes.
---
---    if confirm "Remove the ACL of the home?" then … end
---@async
---@param question string A question that yes or no answers.
---@param default? boolean The answer of a plan, and when nobody is there.
---@return any
---@overload async fun(arguments: { question: string, default?: boolean }): any
function confirm(question, default) end

---@class ssh.manual.Result
---@field ok boolean Whether it is done, as the check says or the person.

---Shows what to do by hand on a device that has no command for it, and checks afterwards.
---
---    manual { "Enable SSH", clicks = "Control Panel > Terminal & SNMP", check = function() … end }
---@async
---@param title string What is to be done.
---@param clicks string Where to click, step by step.
---@param check? function A function that returns true once it is done.
---@return ssh.manual.Result
---@overload async fun(arguments: { title: string, clicks: string, check?: function }): ssh.manual.Result
function manual(title, clicks, check) end

---Asks the person for a secret, which the recipe can pass on but not read.
---
---    nas:run { "backup --login-from-stdin", input = secret "Password of the backup account" }
---@async
---@param question string What is asked for, such as `Password of the backup account`.
---@return any
---@overload async fun(arguments: { question: string }): any
function secret(question) end

---@class ssh.parallel.Result

---Does the same for each item of a list at once, and waits for all.
---
---    parallel(hosts.to, function(nas) nas:copy_id { key = key } end)
---@async
---@param list any[] The items, such as `hosts.to`.
---@param each function A function that is called with each item, and its place in the list.
---@return ssh.parallel.Result
---@overload async fun(arguments: { list: any[], each: function }): ssh.parallel.Result
function parallel(list, each) end
