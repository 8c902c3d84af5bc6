import Foundation
import Scripts
import TestSupport
import Testing

/// Every file in the folder of the scripts, found there: nothing here is to be kept up to date.
@Suite struct ScriptFilesTests {
  private static let shellcheck = ["/usr/bin/shellcheck", "/usr/local/bin/shellcheck", "/opt/homebrew/bin/shellcheck"]
    .first(where: FileManager.default.isExecutableFile)

  @Test("every file has its line in ShellScripts.swift", arguments: ScriptFolder.files)
  func line(file: String) {
    let name = ScriptFolder.name(file).replacing("-", with: "")
    let start = file.hasPrefix("lib/") ? "\"\(file).sh\": " : "package static let \(name) = "
    let resource = ScriptFolder.resource(file)
    let isThere = ScriptFolder.lines.contains { line in
      line.lowercased().hasPrefix(start) && (line.contains(resource + ")") || line.contains(resource + ","))
    }
    #expect(isThere, "\(file).sh has no line there: \(start)… \(resource) …")
  }

  @Test func `the files are found, and no two have the same name, since one list of resources is made of all`() {
    #expect(ScriptFolder.scripts.count > 40)
    #expect(Dictionary(grouping: ScriptFolder.files, by: ScriptFolder.name).filter { $1.count > 1 } == [:])
  }

  @Test(arguments: ScriptFolder.files) func `a file begins with a comment on what it does`(file: String) throws {
    #expect(try ScriptFolder.text(file).hasPrefix("# "))
  }

  @Test func `every library is named by a file, and every one that is named is there`() throws {
    let lines: [Substring] = try ScriptFolder.files.flatMap { try ScriptFolder.text($0).split(separator: "\n") }
    let commands = lines.map { $0.drop { $0 == " " } }
    let named = Set(commands.filter { $0.hasPrefix(". ") }.map { String($0.dropFirst(2)) })
    #expect(named.sorted() == ScriptFolder.libraries.map { "\($0).sh" })
  }

  @Test("every script parses", arguments: ScriptFolder.scripts, ["dash", "bash", "busybox sh"])
  func parses(script: String, shell: String) async throws {
    let text = try ScriptFolder.composed(script)
    #expect(!text.contains(". lib/"))
    #expect(try await Shell.parses(text, with: shell))
  }

  @Test("scripts are POSIX sh as shellcheck sees it", .enabled(if: shellcheck != nil), arguments: ScriptFolder.scripts)
  func posix(script: String) throws {
    let outcome = try ChildProcess.run(
      try #require(Self.shellcheck), ["-s", "sh", "-a", "-f", "gcc", "\(ScriptFolder.path)/\(script).sh"])
    #expect(String(decoding: outcome.output, as: UTF8.self) == "")
  }
}
