-- A large file to the host.
recipe {
  summary = "Uploads a file",
  hosts = { { "to", "The host" } },
  params = { { "file", "The file" } },
  needs = { "files" },
  run = function(hosts, params) hosts.to:upload(params.file, "~/bench-file") end,
}
