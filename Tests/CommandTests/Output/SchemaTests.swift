import Foundation
import TestSupport
import Testing

/// Real output of the program, held to docs/schemas.
@Suite struct SchemaTests {
  private static let recipe = """
    recipe {
      summary = "Close a directory",
      params = { { "path", "The directory" }, { "mode", "The mode", one_of = { "700", "750" }, default = "700" } },
      needs = { "files" },
      run = function(hosts, params)
        step "Close it"
        here:chmod(params.path, params.mode)
        note "a note"
        warn "a warning"
        pcall(function() here:chmod("/nowhere/at/all", "600") end)
        parallel({ "a" }, function(name) here:status(params.path) end)
        manual("Switch it on", "the button")
        if params.mode == "750" then fail("not this one") end
      end,
    }
    """

  private static func with<T>(_ body: (Program, String) throws -> T) throws -> T {
    try Program.with(recipes: ["close.lua": recipe]) { program in
      let folder = program.home.appending(path: "folder")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
      return try body(program, folder.path)
    }
  }

  @Test(
    arguments: [
      ["run"], ["plan"], ["run", "--set", "mode=750"], ["run", "--debug"],
      ["run", "--all-or-nothing", "--set", "mode=750"],
    ])
  func `events are as described`(arguments: [String]) throws {
    try Self.with { program, folder in
      let schema = try JSONSchema("events-1")
      let result = try program.unattended(
        [arguments[0], "close", "--yes", "--set", "path=\(folder)", "--output", "json"] + arguments.dropFirst())
      let lines = result.output.split(separator: "\n").map(String.init)
      #expect(lines.count > 8, "\(result)")
      for line in lines { #expect(try schema.mistakes(in: line) == [], "\(line)") }
    }
  }

  @Test(arguments: [["run"], ["plan"], ["run", "--set", "mode=750"]])
  func `reports are as described, alone and merged`(arguments: [String]) throws {
    try Self.with { program, folder in
      let schema = try JSONSchema("report-1")
      let path = program.home.path + "/r.json"
      _ = try program.unattended(
        [arguments[0], "close", "--yes", "--set", "path=\(folder)", "--report", path] + arguments.dropFirst())
      #expect(try schema.mistakes(in: String(contentsOfFile: path, encoding: .utf8)) == [])
      let merged = try program.run("report", path, "--output", "json")
      #expect(try schema.mistakes(in: merged.output) == [], "\(merged)")
    }
  }

  @Test func `lists are as described`() throws {
    try Self.with { program, folder in
      _ = try program.unattended("run", "close", "--yes", "--set", "path=\(folder)")
      _ = try program.unattended("undo")
      try "[web]\nweb1 mode=700 list=[1,{'a':None}]\nweb2 ansible_connection=local password=x\n".write(
        to: program.home.appending(path: "hosts.ini"), atomically: true, encoding: .utf8)
      for (name, arguments) in [
        ("hosts", ["hosts", "-i", "hosts.ini"]),
        ("list", ["list"]), ("list", ["search", "close"]), ("show", ["show", "close"]), ("history", ["history"]),
        ("repo", ["repo", "list"]),
      ] {
        let result = try program.run(arguments + ["--output", "json"])
        #expect(result.status == 0 && result.complaints == "", "\(result)")
        #expect(try JSONSchema("\(name)-1").mistakes(in: result.output) == [], "\(result)")
      }
    }
  }

  @Test func `an undo from a report in another home restores what was there, once`() throws {
    try Self.with { program, folder in
      let report = program.home.path + "/r.json"
      let run = try program.unattended("run", "close", "--yes", "--set", "path=\(folder)", "--report", report)
      #expect(run.status == 0, "\(run)")
      try Program.with { other in
        let undo = try other.unattended("undo", "--from", report)
        #expect(undo.status == 0, "\(undo)")
        let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int
        #expect(mode == 0o755)
        let again = try other.unattended("undo", "--from", report)
        #expect(again.complaints.hasPrefix("error: there is nothing to undo: that was done already, by "), "\(again)")
        #expect(again.status == 64)
      }
    }
  }

  @Test func `the failed hosts of the last run are the ones of --failed`() throws {
    let recipe = #"recipe { summary = "S", hosts = { { "to", "A host" } }, run = function(h) h.to:facts() end }"#
    try Program.with(recipes: ["look.lua": recipe]) { program in
      let none = try program.unattended("run", "look", "--failed")
      #expect(none.complaints == "error: --failed: there was no run of \"look\" on this computer\n")
      let first = try program.unattended("run", "look", "no-such-host.invalid", "nor-this.invalid")
      #expect(first.status == 1, "\(first)")
      let again = try program.unattended("run", "look", "--failed", "--output", "json")
      #expect(again.output.contains(#""hosts":["no-such-host.invalid","nor-this.invalid"],"plan":false"#), "\(again)")
    }
  }
}
