-- A command that may change something, many times.
recipe {
  summary = "Runs a command many times",
  hosts = { { "to", "The host" } },
  params = { { "times", "How often", default = 1000 } },
  needs = { "run" },
  run = function(hosts, params)
    for _ = 1, params.times do hosts.to:run("true") end
  end,
}
