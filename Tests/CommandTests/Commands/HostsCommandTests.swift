import Foundation
import Testing

@testable import ssh_recipes

@Suite("hosts, and hosts of inventories") struct HostsCommandTests {
  private static let inventory = """
    lone
    [web]
    web1 ansible_host=10.0.0.5 ansible_user=admin mode=755
    web2 password=x mode=9
    [db]
    db1 ansible_port=2222
    [prod:children]
    db

    """

  private func with(_ body: (Program) throws -> Void) throws {
    let recipe = """
      recipe {
        summary = "Set a mode", hosts = { { "host", "A host" } },
        params = { { "mode", "The mode", one_of = { "700", "755" }, default = "700" } },
        run = function() end,
      }
      """
    let pair = """
      recipe {
        summary = "A pair", hosts = { { "from", "One" }, { "to", "Others", many = true } },
        run = function() end,
      }
      """
    try Program.with(recipes: ["mode.lua": recipe, "pair.lua": pair]) { program in
      try Self.inventory.write(to: program.home.appending(path: "hosts.ini"), atomically: true, encoding: .utf8)
      try body(program)
    }
  }

  @Test func `hosts lists names, logins and groups`() throws {
    try with { program in
      let result = try program.run("hosts", "-i", "hosts.ini")
      #expect(
        result
          == .init(
            status: 0,
            output: """
              lone  lone
              web1  admin@10.0.0.5  web
              web2  web2            web
              db1   db1:2222        db, prod

              """, complaints: ""))
    }
  }

  @Test func `patterns, limits and exclusions choose hosts`() throws {
    try with { program in
      try "# those that failed\nweb1\n\ndb1\n".write(
        to: program.home.appending(path: "failed"), atomically: true, encoding: .utf8)
      func expect(_ names: [Substring], _ arguments: String...) throws {
        let result = try program.run(["hosts", "-i", "hosts.ini"] + arguments)
        let found = result.output.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(found == names, "\(arguments)")
      }
      try expect(["web1", "web2"], "web")
      try expect(["lone", "db1"], "all:!web")
      try expect(["db1", "lone"], "prod:lone")
      try expect(["web1", "db1"], "--limit", "@failed")
      try expect(["web1"], "web", "--exclude", "*2")
    }
  }

  @Test func `an empty pattern, or a file without one, never means all hosts`() throws {
    try with { program in
      try "# nobody failed\n".write(
        to: program.home.appending(path: "failed"), atomically: true, encoding: .utf8)
      let empty = "error: a pattern is empty; expected a host, a group or a pattern\n"
      for arguments in [["hosts", ""], ["hosts", "web", "--limit", ""], ["run", "mode", ""], ["run", "mode", ","]] {
        let result = try program.run(arguments + ["-i", "hosts.ini"])
        #expect(result == .init(status: 64, output: "", complaints: empty), "\(arguments)")
      }
      let file = try program.run("run", "mode", "-i", "hosts.ini", "all", "--limit", "@failed")
      let nothing = "error: --limit: \"failed\" names no host, so there is nothing to do\n"
      #expect(file == .init(status: 1, output: "", complaints: nothing))
    }
  }

  @Test func `a choice of nothing, and a pattern that matches nothing, are errors`() throws {
    try with { program in
      func complaint(_ arguments: String...) throws -> String {
        try program.run(["hosts", "-i", "hosts.ini"] + arguments).complaints
      }
      let (unknown, empty) = (try complaint("wbe"), try complaint("web", "--limit", "db"))
      #expect(
        unknown == "error: no host or group matches \"wbe\"; did you mean \"web\"?\n")
      #expect(empty == "error: no host is left of \"web --limit db\"\n")
    }
  }

  @Test func `secret values are not shown`() throws {
    try with { program in
      let (why, json) = (
        try program.run("hosts", "-i", "hosts.ini", "web2", "--why").output,
        try program.run("hosts", "-i", "hosts.ini", "web2", "--json").output
      )
      #expect(
        why == """
          web2  web2  web
            mode = 9  (hosts.ini:4)
            password = (not shown)  (hosts.ini:4)

          """)
      #expect(
        json == """
          {"schema":"ssh-recipes/hosts/1","hosts":[{"name":"web2","address":"web2","groups":["web"],"variables":{"mode":9,"password":null}}]}

          """)
    }
  }

  @Test func `of several hosts none is chosen by default`() throws {
    try with { program in
      let result = try program.run("plan", "mode", "-i", "hosts.ini")
      #expect(
        result
          == .init(
            status: 64, output: "",
            complaints: """
              error: no host is chosen, and the inventory has 4
                fix     name hosts, groups or patterns; all means all of them

              """))
    }
  }

  @Test func `a wrong value is reported before any login`() throws {
    try with { program in
      let result = try program.run("run", "mode", "web", "-i", "hosts.ini")
      #expect(
        result.complaints
          == "error: web2: the parameter \"mode\": expected \"700\" or \"755\", got \"9\", a number from hosts.ini:4\n")
    }
  }

  @Test func `a pattern for several hosts fills no single role by its order`() throws {
    try with { program in
      let result = try program.run("plan", "pair", "web", "db1", "-i", "hosts.ini")
      #expect(
        result.complaints == """
          error: "web" means 2 hosts, and the role "from" takes one
            fix     --role from=PATTERN --role to=PATTERN
          usage: ssh-recipes run pair FROM TO…

          """)
      let other = try program.run("plan", "pair", "--role", "from=db1", "--role", "too=web", "-i", "hosts.ini")
      #expect(other.complaints == "error: the recipe has no role \"too\"; did you mean \"to\"?\n")
    }
  }

  @Test func `a file of answers has known parts only`() throws {
    try with { program in
      try "seting: {mode: 700}".write(to: program.home.appending(path: "a.yml"), atomically: true, encoding: .utf8)
      let result = try program.run("plan", "mode", "web1", "-i", "hosts.ini", "--answers", "a.yml")
      #expect(
        result.complaints
          == "error: a.yml: the part \"seting\" is unknown; did you mean \"settings\"?\n")
    }
  }
}
