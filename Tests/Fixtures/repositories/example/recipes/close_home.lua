local words = require "lib.words"

recipe {
  summary = "Close the home directory to group and others",
  hosts = { { "host", "The host whose home is closed" } },
  params = { { "mode", "The mode of the home", one_of = { "700", "750" }, default = "700" } },
  needs = { "files" },

  run = function(hosts, params)
    step "Close the home"
    local result = hosts.host:chmod("~", params.mode)
    note(words.outcome(result.changed))
  end,
}
