-- Swap files.
local shell = require "primitives.lib.shell"

primitive {
  summary = "Uses a swap file, now and at each boot, or removes the swap file.",
  needs = { "files", "run", "root" },
  params = {
    { "path", "The file.", type = "path", default = "/swapfile" },
    { "size", "The size of a new file, in MiB.", default = 1024 },
    { "state", "Whether the swap file is in use.", one_of = { "present", "absent" }, default = "present" },
  },
  done = "/proc/swaps and /etc/fstab were read again.",
  example = [[pi:swap { size = 512 }]],

  check = function(args)
    local path, present = args.path, args.state == "present"
    if not path:match "^/" or path:find "%s" or args.size < 1 then
      fail { kind = "argument", message = ("%q with %d MiB is no swap file"):format(path, args.size) }
    end
  end,

  body = function(host, args)
    local path, present = args.path, args.state == "present"
    local file = shell.quote(path)
    local seen = host:query({
      linux = "[ -r /proc/swaps ] && [ -f /etc/fstab ] && command -v mkswap && command -v swapon",
      now = "grep -q " .. shell.quote("^" .. path .. " ") .. " /proc/swaps", there = "[ -e " .. file .. " ]",
      free = "df -Pk \"$(dirname " .. file .. ")\" | awk 'NR == 2 { print $4 }'",
    }, { root = true })
    if not seen.linux.ok then fail { kind = "unsupported", message = "swap files are not for " .. host.name } end
    local line = path .. " none swap sw 0 0"
    local kept = ("\n" .. host:read { "/etc/fstab", root = true }):find("\n" .. line .. "\n", 1, true) ~= nil
    if present and seen.now.ok and kept or not present and not seen.now.ok and not kept and not seen.there.ok then
      return unchanged(path .. (present and " is in use already" or " is not there"))
    end
    if present and not seen.there.ok and (tonumber(seen.free.text) or 0) < (args.size + 64) * 1024 then
      fail { kind = "limit", message = ("there is no room for %d MiB at %s"):format(args.size, path), paths = { path } }
    end
    local make = ("umask 077; dd if=/dev/zero of=%s bs=1048576 count=%d 2>/dev/null && mkswap %s >/dev/null"):format(
      file, args.size, file)
    return change(("%s: %s"):format(path, present and args.size .. " MiB" or "removed"), function()
      if present then
        if not seen.there.ok then
          shell.act(host, "the swap file " .. path .. " could not be made",
            { make, root = true, timeout = 900, undo = "rm -f " .. file })
        end
        if not seen.now.ok then
          shell.act(host, "the kernel does not use the swap file " .. path,
            { "swapon " .. file, root = true, undo = "swapoff " .. file })
        end
        if not kept then host:line { "/etc/fstab", line, root = true } end
      else
        if kept then host:line { "/etc/fstab", line, state = "absent", root = true } end
        if seen.now.ok then host:run { "swapoff " .. file, root = true, undo = "swapon " .. file } end
        if seen.there.ok then host:run { "rm -f " .. file, root = true, undo = make } end
      end
    end)
  end,
}
