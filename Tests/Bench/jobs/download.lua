-- The large file back to this computer.
recipe {
  summary = "Fetches a file",
  hosts = { { "to", "The host" } },
  params = { { "file", "The file" } },
  needs = { "run" },
  run = function(hosts, params)
    hosts.to:run("cat ~/bench-file", { reads = true, stdout = params.file .. "." .. hosts.to.name, timeout = 600 })
  end,
}
