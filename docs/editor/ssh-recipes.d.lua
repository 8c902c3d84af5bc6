---@meta ssh-recipes
-- THIS FILE IS GENERATED from the declarations of the primitives. DO NOT EDIT; `make reference` writes it.
error("a definition file cannot be required")

---@class ssh.Recipe
---@field summary string What the recipe is for, in one line.
---@field guide? string The guide that it carries out.
---@field hosts? table[] Roles: `{ "name", "what it is", many = true }`.
---@field params? table[] Settings: `{ "name", "what it is", default = …, one_of = {…} }`.
---@field needs? ("keys"|"files"|"ssh"|"logs"|"agent"|"run"|"root")[] Permissions.
---@field run fun(hosts: table<string, ssh.Host>, params: table<string, any>)

---Declares the recipe; to be called once, at the top of the file.
---@param declaration ssh.Recipe
function recipe(declaration) end

---A host that the recipe works on.
---@class ssh.Host
---@field name string As the person wrote it: `pi@192.168.1.20`.
local Host = {}

---This computer.
---@type ssh.Host
here = nil

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
---@param path? string Another sshd_config, or with `lines` or `set` any file.
---@param lines? string[] Lines that the file must have; each is added at its end if it is not there.
---@param set? table<string, string|integer|boolean|string[]> Names and values that the file must have, one a line.
---@param separator? string What stands between a name and its value.
---@param root? boolean For other files: write as root; needs the permission `root` too.
---@return ssh.edit_config.Result
---@overload async fun(self: ssh.Host, arguments: { options?: table<string, string|integer|boolean|string[]>, path?: string, lines?: string[], set?: table<string, string|integer|boolean|string[]>, separator?: string, root?: boolean }): ssh.edit_config.Result
function Host:edit_config(options, path, lines, set, separator, root) end

---@class ssh.restart_ssh.Result
---@field changed boolean Whether sshd read its configuration again.
---@field command string The command that did it.
---@field fingerprint string The key that the proof logged in with, if it was one.

---Lets sshd read its configuration again, and proves that people still get in.
---
---    nas:restart_ssh { key = key }
---@async
---@param port? integer The port to log in at from now on, where the edit changed it.
---@param key? ssh.Key|string The key that the proof logs in with; else the way in which the run logged in.
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
---@param key ssh.Key|string The key to log in with: of `keygen`, or the path of a private key.
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
