-- Archives, unpacked once.
local shell = require "primitives.lib.shell"

primitive {
  summary = "Unpacks an archive into a new directory, once.",
  needs = { "files", "run" },
  may_need = { "root" },
  params = {
    { "from", "The archive on the host: zip, or tar with or without compression.", type = "path" },
    { "to", "The directory to create. The parent must exist.", type = "path" },
    { "strip", "The number of leading directories to remove from each name; for tar.", default = 0 },
    { "mode", "The directory's mode.", type = "mode", default = "755" },
    { "root", "Do it as root; needs the permission `root` too.", default = false },
  },
  results = { { "path", "string", "The directory." } },
  done = "The directory exists. It is created only after the whole archive was unpacked.",
  example = [[pi:archive { "/opt/tool.tar.gz", "/opt/tool", strip = 1, root = true }]],

  check = function(args)
    if args.strip < 0 then fail { kind = "argument", message = "no fewer than 0 directories can be taken off" } end
  end,

  body = function(host, args)
    local home = host:facts().home
    local from, to = shell.expanded(args.from, home), shell.expanded(args.to, home)
    local target = host:status { args.to, root = args.root }
    if target.exists then
      if target.kind ~= "directory" then
        fail { kind = "kind", message = to .. " is there and is no directory", paths = { to } }
      end
      return unchanged(to .. " is there already", { path = to })
    end
    local archive = host:status { args.from, root = args.root }
    if not archive.exists then fail { kind = "absent", message = "there is no archive " .. from, paths = { from } } end
    local isZip = from:match "%.zip$" ~= nil
    local tool = isZip and "unzip" or "tar"
    if not host:query({ tool = "command -v " .. tool }).tool.ok then
      fail { kind = "no-tool", message = tool .. " is not on " .. host.name }
    end
    return change(("%s: from %s"):format(to, from), function()
      shell.act(host, ("%s could not be unpacked to %s"):format(from, to), {
        shell.script({ from = from, to = to, mode = args.mode, strip = args.strip }, [[
set -e
new=$to.new
trap 'rm -rf "$new"' EXIT
rm -rf "$new"
mkdir "$new"
]] .. (isZip and [[unzip -q "$from" -d "$new"]] or [[
if [ "$strip" = 0 ]; then tar -xf "$from" -C "$new"; else tar -xf "$from" -C "$new" --strip-components="$strip"; fi]]) .. [[

chmod "$mode" "$new"
mv "$new" "$to"
(cd "$to" && find . ! -name . -exec ls -ld {} + | cksum >"$to.sum")
]]), root = args.root, timeout = 600,
        undo = shell.script({ to = to }, 'rm -rf "$to" "$to.sum"'),
        undo_if = shell.script({ to = to }, '[ "$(cd "$to" && find . ! -name . -exec ls -ld {} + | cksum)" = "$(cat "$to.sum")" ]'),
      })
    end, { path = to })
  end,
}
