/// The recipe written by `ssh-recipes new`.
enum StarterRecipe {
  static let text = #"""
    -- A recipe is a Lua 5.4 file. It declares its hosts, settings and permissions; `run` then works step by step, like a
    -- guide.
    -- `ssh-recipes primitives` lists the functions it can call, `ssh-recipes primitives chmod` explains one of them.
    recipe {
      summary = "Make the .ssh directory private",

      -- Hosts in the order of the command line. With `many = true` the last one takes all remaining hosts.
      hosts = {
        { "host", "The host to change" },
      },

      -- Settings: --set mode=750. The type is that of the default.
      params = {
        { "mode", "The mode of .ssh", one_of = { "700", "750" }, default = "700" },
      },

      -- Permissions. Anything else is refused before it is sent.
      needs = { "files" },

      run = function(hosts, params)
        local host = hosts.host

        step "Set the mode"
        -- `plan` shows the change, `run` makes it, and nothing happens if the mode is right already.
        host:chmod("~/.ssh", params.mode)
      end,
    }

    """#
}
