import Foundation
import Testing

@testable import ssh_recipes

/// Recipes that work on this computer alone; hosts are the lab's matter.
@Suite("run and plan")
struct RunCommandTests {
  private static let recipe = """
    recipe {
      summary = "Close a directory",
      params = { { "path", "The directory" }, { "mode", "The mode", one_of = { "700", "750" }, default = "700" } },
      needs = { "files" },
      run = function(hosts, params)
        step "Close it"
        here:chmod(params.path, params.mode)
        note "closed"
      end,
    }

    """

  private func mode(_ url: URL) throws -> Int {
    try (FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int) ?? 0
  }

  /// `0.12 s` is another one each time, and `12.3 s` or `2 min 5 s` on a busy computer.
  private func timeless(_ text: String) -> String { text.replacing(/\d+\.\d+ s|\d+ min \d+ s/, with: "TIME") }

  /// Gives a test the recipe `close` and a directory of mode 755.
  private func with(_ body: (Program, URL) throws -> Void) throws {
    try Program.with(recipes: ["close.lua": Self.recipe]) { program in
      let folder = program.home.appending(path: "folder")
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
      try body(program, folder)
    }
  }

  #if os(Linux)
    @Test(arguments: ["run", "plan", "undo"])
    func `a signal before the first step still has a closing line`(_ command: String) throws {
      try with { program, folder in
        // As soon as the program catches SIGTERM, which has the bit 0x4000.
        let words = command == "undo" ? "undo" : "\(command) close --set path=\(folder.path)"
        if command == "undo" { _ = try program.run("run", "close", "--set", "path=\(folder.path)") }
        let text = try program.shell(
          """
          \(Program.executable.path) \(words) >out 2>&1 & p=$!
          until grep -q '^SigCgt:.*[4567cdef]...$' /proc/$p/status; do :; done
          kill -STOP $p; kill -TERM $p; kill -CONT $p
          status=0; wait $p || status=$?; echo "$status"; cat out
          """)
        #expect(text.hasPrefix("130\n"), "\(text)")
        #expect(text.contains(/\nCancelled(: nothing was changed\.| after )/), "\(text)")
      }
    }
  #endif

  @Test("a plan says what would change, changes nothing, and ends with 2")
  func plan() throws {
    try with { program, folder in
      let result = try program.run("plan", "close", "--set", "path=\(folder.path)")
      #expect(
        result
          == .init(
            status: 2,
            output: """
              plan of close: Close a directory

              Close it
                would      here: \(folder.path): 755 -> 700
                note       closed

              1 change would be made. This was a plan: nothing was touched.

              """, complaints: ""))
      let mode = try mode(folder)
      #expect(mode == 0o755)
    }
  }

  @Test("a run changes it; the second one has nothing to do")
  func twice() throws {
    try with { program, folder in
      var result = try program.run("run", "close", "--set", "path=\(folder.path)")
      result.output = timeless(result.output)
      #expect(
        result
          == .init(
            status: 0,
            output: """
              close: Close a directory

              Close it
                changed    here: \(folder.path): 755 -> 700
                note       closed

              Done in TIME: 1 change.
              Undo with: ssh-recipes undo

              """, complaints: ""))
      let mode = try mode(folder)
      #expect(mode == 0o700)
      var second = try program.run("run", "close", "--set", "path=\(folder.path)")
      second.output = timeless(second.output)
      #expect(
        second
          == .init(
            status: 0,
            output: """
              close: Close a directory

              Close it
                unchanged  here: \(folder.path) is 700 already
                note       closed

              Nothing had to be changed: everything is already in place (TIME).

              """, complaints: ""))
    }
  }

  @Test("a failure tells where and why, and ends with 1")
  func failure() throws {
    try with { program, folder in
      var result = try program.run("run", "close", "--set", "path=\(folder.path)/nowhere")
      result.output = timeless(result.output)
      #expect(
        result
          == .init(
            status: 1,
            output: """
              close: Close a directory

              Close it
                failed     here: there is no file \(folder.path)/nowhere

              Failed after TIME: nothing was changed.

              """,
            complaints: """

              error: here: there is no file \(folder.path)/nowhere
                step    Close it (close.lua:7)

              """))
    }
  }

  @Test("JSON goes to standard output, and nothing else does")
  func json() throws {
    try with { program, folder in
      let result = try program.run("plan", "close", "--set", "path=\(folder.path)", "--output", "json")
      let lines = try result.output.split(separator: "\n").map {
        try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
      }
      let events = ["started", "run", "step", "action", "action", "note", "run", "finished"]
      #expect(lines.map { $0?["event"] as? String } == events)
      #expect(lines.last??["outcome"] as? String == "pending")
      #expect(result.complaints == "")
      #expect(result.status == 2)
    }
  }

  @Test(
    "what cannot be understood is refused before anything is done",
    arguments: [
      (
        ["--set", "mode=70"],
        "error: the parameter \"mode\": expected \"700\" or \"750\", got \"70\"; did you mean \"700\"?\n"
      ),
      (["--set", "paht=x"], "error: the recipe has no parameter \"paht\"; did you mean \"path\"?\n"),
      (["--set", "path"], "error: \"path\" is not a setting; expected name=value\n"),
      ([], "error: the recipe needs --set path=… (The directory)\n"),
      (
        ["host"],
        "error: the recipe takes no hosts, so there is no place for \"host\"\nusage: ssh-recipes run close --set path=…\n"
      ),
      (["pi@host:99999"], "error: \"pi@host:99999\": expected a port from 1 to 65535, got \"99999\"\n"),
    ])
  func usage(arguments: [String], message: String) throws {
    try with { program, _ in
      let result = try program.run(["run", "close"] + arguments)
      #expect(result == .init(status: 64, output: "", complaints: message))
    }
  }

  @Test("a key that is not there is refused before the run", arguments: ["/nowhere/key", "", "/"])
  func noKey(path: String) throws {
    try with { program, _ in
      let result = try program.run("run", "close", "--key", path)
      #expect(result.status == 64)
      #expect(result.complaints.hasPrefix("error: --key: there is no file \"\(path)\", nor a .pub beside it\n"))
    }
  }

  @Test("options that contradict each other are refused", arguments: ["--verbose", "--debug"])
  func contradiction(option: String) throws {
    try with { program, _ in
      let result = try program.run("run", "close", "--quiet", option)
      #expect(
        result
          == .init(
            status: 64, output: "",
            complaints: """
              error: --quiet contradicts \(option)
              Usage: ssh-recipes run [<options>] <recipe> [<host> ...]
                See 'ssh-recipes run --help' for more information.

              """))
    }
  }
}
