-- Acts of root in a neighbour's directory; each may fail, and none may reach a file of root's.
recipe {
  summary = "Works as root in a neighbour's directory",
  hosts = { { "to", "A host" } },
  params = { { "fails", "End with a failure, so that the run rolls back", default = false } },
  needs = { "files", "root", "run" },
  run = function(hosts, params)
    local to, f = hosts.to, "/home/ada/d/f"
    for i = 1, 6 do
      local even = i % 2 == 0
      pcall(to.chown, to, f, even and "root" or "ada")
      pcall(to.chmod, to, { f, even and "600" or "644", root = true })
      pcall(to.write, to, { f, "text " .. i .. "\n", root = true })
      pcall(to.upload, to, { "/root/races.lua", f, root = true })
      pcall(to.mkdir, to, { "/home/ada/d/n" .. i, "777", root = true })
      pcall(to.chown, to, "/home/ada/d", even and "root" or "ada")
      pcall(to.remove, to, { "/home/ada/d/n" .. i, root = true })
      pcall(to.edit_config, to, { path = f, lines = { "line " .. i }, root = true })
      pcall(to.copy_id, to, { file = f, key = "~/.ssh/id_ed25519", root = true })
    end
    if params.fails then to:run("systemctl stop ssh; false", { root = true }) end
  end,
}
