/// What `ssh-recipes new` writes.
enum StarterRecipe {
  static let text = #"""
    -- A recipe is a Lua 5.4 file. It says first what it is; `run` then does it, step by step, as a guide would.
    -- `ssh-recipes primitives` lists what it can do, `ssh-recipes primitives chmod` explains one of them.
    recipe {
      summary = "Close the .ssh directory to everybody else",

      -- The hosts that the command line names, in this order. `many = true` in the last one takes all that are left.
      hosts = {
        { "host", "The host to look after" },
      },

      -- Settings: --set mode=750. The default says which type it is.
      params = {
        { "mode", "The mode that .ssh gets", one_of = { "700", "750" }, default = "700" },
      },

      -- What it may do. Anything else is refused before it is sent.
      needs = { "files" },

      run = function(hosts, params)
        local host = hosts.host

        step "Close the directory"
        -- Says what it would do in `plan`, does it in `run`, and does nothing when all is well already.
        host:chmod("~/.ssh", params.mode)
      end,
    }

    """#
}
