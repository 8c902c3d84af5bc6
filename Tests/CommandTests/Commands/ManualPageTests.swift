import ArgumentParser
import Testing

@testable import ssh_recipes

@Suite("The manual page, and the help that it is made from")
struct ManualPageTests {
  /// Every command that `--help` lists, by its path.
  private static let commands = listed(SSHRecipes.configuration.subcommands, below: "")

  private static func listed(
    _ types: [any ParsableCommand.Type], below path: String
  ) -> [(path: String, type: any ParsableCommand.Type)] {
    types.filter { $0.configuration.shouldDisplay }.flatMap { type in
      let own = path + (type.configuration.commandName ?? "")
      return [(own, type)] + listed(type.configuration.subcommands, below: own + " ")
    }
  }

  @Test func `every command is in it, with its summary and its options`() throws {
    let page = try ManualPage.text()
    let words = page.replacing("\\-\\-", with: "--").replacing("\\&", with: "").replacing("\n", with: " ")
    #expect(Self.commands.map(\.path).contains("undo") && Self.commands.map(\.path).contains("repo sign"))
    for (path, type) in Self.commands {
      let usage = try #require(page.split(separator: "\n").first { "\($0) ".hasPrefix(".It Cm \(path) ") }, "\(path)")
      #expect(words.contains("\(usage) \(type.configuration.abstract)"))
      for option in SSHRecipes.helpMessage(for: type).matches(of: /(?m)^ +(?:-., )?--([a-z-]+)/).map(\.output.1) {
        #expect(option == "help" || page.contains("Fl -\(option)"), "\(path) --\(option)")
      }
    }
    #expect(!page.contains("reference docs") && !page.contains("Cm reference"))
  }

  @Test func `every exit status is in it`() throws {
    let page = try ManualPage.text()
    for status in ExitStatus.allCases { #expect(page.contains("\n.It \(status.rawValue)\n"), "\(status)") }
  }

  @Test func `a paragraph of help is one line, which ArgumentParser wraps for the terminal`() {
    for (path, type) in Self.commands {
      #expect(type.configuration.discussion.firstMatch(of: /[^\n]\n[^\n]/) == nil, "\(path)")
    }
  }
}
