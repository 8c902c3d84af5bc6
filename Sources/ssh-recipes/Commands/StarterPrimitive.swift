/// The primitive of `ssh-recipes new --primitive`, and a recipe to try the primitive.
enum StarterPrimitive {
  static func text(_ name: String) -> String {
    #"""
    -- A primitive looks, decides, acts, and is asked again. Plan, journal, undo and help come from this file alone.
    -- `ssh-recipes primitives primitives/NAME.lua` shows how it will be listed.
    primitive {
      summary = "Keeps a line of text in a file.",

      -- The permissions of every call; a recipe that calls the primitive has to request them too.
      needs = { "files" },

      params = {
        { "text", "The text, without its line end." },
        { "path", "The file.", type = "path", default = "~/.NAME" },
      },

      example = [[pi:NAME "hello"]],

      body = function(host, args)
        -- Only reading here: a change is refused until `change` calls the function.
        local seen = host:read { args.path, default = "" }
        if seen == args.text .. "\n" then return unchanged(args.path .. " says so already") end

        return change(args.path .. ": " .. args.text, function()
          host:write(args.path, args.text .. "\n")
        end)
      end,
    }

    """#.replacing("NAME", with: name)
  }

  static func test(_ name: String) -> String {
    #"""
    -- Tries the primitive: plan it, run it twice, and undo it.
    recipe {
      summary = "Try the primitive NAME",
      hosts = { { "host", "A host to try it on" } },
      needs = { "files" },

      run = function(hosts)
        local first = hosts.host:NAME "hello"
        local second = hosts.host:NAME "hello"
        if second.changed and not first.planned then fail "the second call changed something again" end
      end,
    }

    """#.replacing("NAME", with: name)
  }
}
