-- File systems.
local shell = require "primitives.lib.shell"

primitive {
  summary = "Mounts a file system, now and at each boot, or unmounts it.",
  needs = { "files", "run", "root" },
  params = {
    { "path", "The mount point; created if missing.", type = "path" },
    { "source", "The device, as `/dev/sda1`, `UUID=…` or `nas:/share`; required for `mounted`.", optional = true },
    { "type", "The file system, such as `ext4` or `nfs`.", default = "auto" },
    { "options", "The options of mount(8).", default = "defaults" },
    { "state", "Whether the file system is mounted.", one_of = { "mounted", "absent" }, default = "mounted" },
  },
  done = "/proc/mounts and /etc/fstab were read again.",
  example = [[pi:mount { "/srv/backup", source = "UUID=1f2e", type = "ext4", options = "noatime" }]],

  check = function(args)
    local path = args.path
    if not path:match "^/" or path == "/" or path:find "%s" then
      fail { kind = "argument", message = ("%q is no directory to mount at"):format(path) }
    end
    local mounted = args.state == "mounted"
    if mounted and (not args.source or (args.source .. args.type .. args.options):find "%s") then
      fail { kind = "argument", message = "a mount needs `source`, and no spaces in it, the type and the options" }
    end
  end,

  body = function(host, args)
    local path = args.path
    local mounted = args.state == "mounted"
    local seen = host:query({
      vendor = "[ -d /usr/syno ] || [ -x /sbin/procd ]", linux = "[ -r /proc/mounts ] && [ -f /etc/fstab ]",
      now = "grep -q " .. shell.quote(" " .. path .. " ") .. " /proc/mounts",
    }, { root = true })
    if seen.vendor.ok or not seen.linux.ok then
      fail { kind = "unsupported", message = "mounts of " .. host.name .. " are not kept in /etc/fstab" }
    end
    local text = host:read { "/etc/fstab", root = true }
    local line = mounted and ("%s %s %s %s 0 0"):format(args.source, path, args.type, args.options) or nil
    local own
    for each in text:gmatch "[^\n]+" do
      if not each:match "^%s*#" and each:match "^%s*%S+%s+(%S+)" == path then own = each end
    end
    if seen.now.ok == mounted and own == line then
      return unchanged(path .. (mounted and " is mounted already" or " is not mounted"))
    end
    local pattern = "^%s*[^#%s]%S*%s+" .. path:gsub("%p", "%%%0") .. "%s"
    return change(("%s: %s"):format(path, mounted and "mount " .. args.source or "unmount"), function()
      if mounted then
        if not host:status({ path, root = true }).exists then host:mkdir { path, root = true } end
        host:line { "/etc/fstab", line, match = pattern, root = true }
        if not seen.now.ok then
          shell.act(host, ("%s could not be mounted at %s"):format(args.source, path),
            { "mount " .. shell.quote(path), root = true, undo = "umount " .. shell.quote(path) })
        end
      else
        if seen.now.ok then
          shell.act(host, path .. " could not be unmounted",
            { "umount " .. shell.quote(path), root = true, undo = own and "mount " .. shell.quote(path) or nil })
        end
        if own then host:line { "/etc/fstab", own, state = "absent", root = true } end
      end
    end)
  end,
}
