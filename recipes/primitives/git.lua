-- Checkouts of git.
local shell = require "primitives.lib.shell"

primitive {
  summary = "Clones a git repository, or updates the clone, and checks out a ref.",
  needs = { "files", "run" },
  may_need = { "root" },
  params = {
    { "url", "The repository's address, without a password." },
    { "path", "The directory of the checkout. The parent must exist.", type = "path" },
    { "ref", "A tag, a branch or a full commit. A branch is looked up at each call." },
    { "timeout", "Seconds until a fetch is cancelled.", type = "seconds", default = 600 },
    { "root", "Do it as root; needs the permission `root` too.", default = false },
  },
  results = { { "commit", "string", "The commit of the checkout." } },
  done = "git reports the ref's commit as checked out.",
  example = [[pi:git { "https://example.org/tool.git", "/opt/tool", ref = "v1.2", root = true }]],

  check = function(args)
    if args.url:find "://[^/@]*:[^/@]*@" then
      fail { kind = "argument", message = "the address has a password in it, which would end up in files and logs" }
    end
    if not args.ref:match "^[%w][%w._/+-]*$" then
      fail { kind = "argument", message = ("%q is no tag, branch or commit"):format(args.ref) }
    end
  end,

  body = function(host, args)
    local path = shell.expanded(args.path, host:facts().home)
    local isCommit = args.ref:match("^" .. ("%x"):rep(40) .. "$") ~= nil
    local seen = shell.fields(host:query({
      git = shell.script({ path = path, url = args.url, ref = args.ref }, [[
command -v git >/dev/null || { echo tool=no; exit 0; }
export GIT_TERMINAL_PROMPT=0
[ ! -e "$path" ] || echo there=yes
cd "$path" 2>/dev/null && [ "$(git rev-parse --show-toplevel)" = "$(pwd -P)" ] && {
  echo origin="$(git config remote.origin.url)"
  echo head="$(git rev-parse HEAD)"
  [ -z "$(git status --porcelain --untracked-files=no)" ] || echo edited=yes
}
]] .. (isCommit and "echo want=\"$ref\"" or [[
git ls-remote "$url" "$ref" "refs/tags/$ref^{}" | tail -n 1 | cut -f 1 | sed 's/^/want=/']]) .. "\nexit 0"),
    }, { root = args.root }).git.text)
    if seen.tool == "no" then
      fail { kind = "no-tool", message = "git is not on " .. host.name, fix = { "package { \"git\" }" } }
    end
    if not seen.want then
      fail { kind = "absent", message = ("%s has no %s, or cannot be reached from %s"):format(args.url, args.ref, host.name) }
    end
    if seen.there and not seen.head then
      fail { kind = "exists", message = path .. " is there and is no checkout of git", paths = { path } }
    end
    if seen.head and seen.origin ~= args.url then
      fail { kind = "refused", message = ("%s is a checkout of %s"):format(path, seen.origin), paths = { path } }
    end
    if seen.head == seen.want then return unchanged(path .. " is at " .. args.ref .. " already", { commit = seen.want }) end
    if seen.edited then
      fail { kind = "refused", message = "the checkout " .. path .. " has changes of its own", paths = { path } }
    end
    local values = { path = path, url = args.url, ref = args.ref, want = seen.want, head = seen.head or "" }
    local still = 'cd "$path" && [ "$(git rev-parse HEAD)" = "$want" ] && [ -z "$(git status --porcelain)" ]'
    return change(("%s: %s -> %s"):format(path, (seen.head or "new"):sub(1, 12), seen.want:sub(1, 12)), function()
      local work, back
      if seen.head then
        work = 'set -e; cd "$path"; git fetch -q --tags origin; git checkout -q --detach "$want"'
        back = 'cd "$path" && git checkout -q --detach "$head"'
      else
        work = 'set -e; trap \'[ "$?" = 0 ] || rm -rf "$path"\' EXIT; git clone -q --no-checkout "$url" "$path"; cd "$path"; git checkout -q --detach "$want"'
        back = 'rm -rf "$path"'
      end
      shell.act(host, ("git could not check out %s at %s"):format(args.ref, path), {
        "export GIT_TERMINAL_PROMPT=0\n" .. shell.script(values, work), root = args.root, timeout = args.timeout,
        undo = shell.script(values, back), undo_if = shell.script(values, still),
      })
    end, { commit = seen.want })
  end,
}
