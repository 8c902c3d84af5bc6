-- Files from the web.
local shell = require "primitives.lib.shell"

primitive {
  summary = "Downloads a file to the host, and checks its checksum.",
  needs = { "files", "run" },
  may_need = { "root" },
  params = {
    { "url", "The address: https, http or ftp, without a password." },
    { "path", "The file on the host. The directory must exist.", type = "path" },
    { "sha256", "The SHA-256 of the contents, in 64 hexadecimal digits." },
    { "mode", "The mode afterwards.", type = "mode", default = "644" },
    { "timeout", "Seconds until the download is cancelled.", type = "seconds", default = 600 },
    { "root", "Do it as root; needs the permission `root` too.", default = false },
  },
  results = { { "path", "string", "The file." } },
  done = "The host computed the file's checksum, and the checksum is as given.",
  example = [[pi:download { "https://example.org/tool.tar.gz", "/opt/tool.tar.gz", sha256 = sum, root = true }]],

  check = function(args)
    local sum = args.sha256:lower()
    if not sum:match("^" .. ("%x"):rep(64) .. "$") then
      fail { kind = "argument", message = ("%q is no SHA-256; expected 64 hexadecimal digits"):format(args.sha256) }
    end
    if not args.url:match "^https?://" and not args.url:match "^ftp://" or args.url:find "[%s']" or args.url:find "//[^/]*@" then
      fail { kind = "argument", message = ("%q is no address of a file on the web"):format(args.url) }
    end
  end,

  body = function(host, args)
    local sum = args.sha256:lower()
    local path = shell.expanded(args.path, host:facts().home)
    local file = shell.quote(path)
    local checksum = "sha256sum <" .. file .. " || shasum -a 256 <" .. file .. " || sha256 -q " .. file
    local seen = host:query({
      -- dash's `command -v` takes one name.
      sum = checksum, tool = "for tool in curl wget fetch; do command -v $tool; done",
      sums = "for tool in sha256sum shasum sha256; do command -v $tool; done",
      folder = "[ -d \"$(dirname " .. file .. ")\" ]",
    }, { root = args.root })
    local now = seen.sum.text:match "^%x+"
    local tool = seen.tool.text:match "(%a+)%f[\n\0]" or seen.tool.text:match "(%a+)$"
    if seen.sums.text == "" then fail { kind = "no-tool", message = "no program for checksums is on " .. host.name } end
    if not seen.folder.ok then fail { kind = "absent", message = "there is no directory for " .. path, paths = { path } } end
    local status = host:status { args.path, root = args.root }
    if now == sum then
      if tonumber(status.mode, 8) == tonumber(args.mode, 8) then
        return unchanged(path .. " has this checksum already", { path = path })
      end
      return change(("%s: %s -> %s"):format(path, status.mode, args.mode), function()
        host:chmod { args.path, args.mode, root = args.root }
      end, { path = path })
    end
    if not tool then
      fail { kind = "no-tool", message = "neither curl nor wget is on " .. host.name, fix = { "package { \"curl\" }" } }
    end
    local get = ({
      curl = "curl --connect-timeout 20 -fsSL -o \"$new\" ", wget = "wget -q $tries -T 20 -O \"$new\" ", fetch = "fetch -T 20 -q -o \"$new\" ",
    })[tool]
    return change(("%s: from %s"):format(path, args.url), function()
      local got = host:run {
        shell.script({ file = path, url = args.url, sum = sum }, [[
new=$(mktemp "$file.download.XXXXXX") || exit 23
# By itself, GNU's wget tries twenty times, with growing pauses.
tries=
! wget --version >/dev/null 2>&1 || tries=--tries=2
fail() {
  echo "$2" >&2
  [ "$(df -Pk "$new" | awk 'NR == 2 { print $4 }')" != 0 ] || exit 22
  exit "$1"
}
trap '[ -z "$new" ] || rm -f "$new"' EXIT
]] .. get .. [["$url" || fail 20 "the download failed with status $?"
got=$(sha256sum <"$new" || shasum -a 256 <"$new" || sha256 -q "$new") 2>/dev/null
got=${got%% *}
[ "$got" = "$sum" ] || fail 21 "the checksum is $got"
echo "$new"
new='']]), root = args.root, timeout = args.timeout, check = false, undo = "rm -f " .. file .. ".download.??????",
      }
      if got.status == 21 then
        fail { kind = "mismatch", message = "the file at " .. args.url .. " has another checksum", seen = { got.stderr } }
      elseif got.status == 22 then
        fail { kind = "limit", message = "the disk is full, so " .. path .. " was not written", seen = { got.stderr } }
      elseif got.status == 23 then
        fail { kind = "refused", message = "no file can be made beside " .. path, seen = { got.stderr }, paths = { path } }
      elseif got.status ~= 0 and not got.planned then
        fail { kind = "unreachable", message = "the host could not fetch " .. args.url, seen = { got.stderr } }
      end
      -- The old contents go into the journal, once the new ones are there.
      if status.exists then host:remove { args.path, root = args.root } end
      local new = got.planned and file or shell.quote((got.stdout:gsub("\n$", "")))
      host:run {
        ("chmod %s %s && mv -f %s %s"):format(shell.quote(args.mode), new, new, file), root = args.root,
        undo = "rm -f " .. file, undo_if = "{ " .. checksum .. "; } | grep -q " .. sum,
      }
    end, { path = path })
  end,
}
