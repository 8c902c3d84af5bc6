import ArgumentParser
import Sharing

struct RepoCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a repository of your own before you publish it.",
    discussion: """
      It must hold nothing that would be refused elsewhere; each recipe must have a summary, a test beside it, and ask for \
      nothing that it does not use; README.md must have the table of recipes, which --write brings up to date.
      """)

  @Argument(help: "The repository's folder.", completion: .directory)
  var folder = "."

  @Flag(name: .long, help: "Write the table of recipes in README.md, between its marks.")
  var write = false

  func run() async throws {
    var check: RepositoryCheck
    do throws(RepositoryFolderProblem) { check = try await RepositoryCheck(folder) } catch {
      throw CommandFailure(error)
    }
    let path = "\(folder)/\(RecipeTable.readme)"
    let readme = TextFile.read(path)
    if let text = check.checkReadme(readme), write {
      do { try TextFile.write(text, to: path, replacing: true) } catch {
        throw CommandFailure("\"\(path)\" cannot be written: \(error.reason)", status: .failed)
      }
      check.tableIsWritten()
      TextStream.standardOutput.line("Wrote the table of recipes in \(path.visible)")
    }
    guard check.problems.isEmpty else {
      throw CommandFailure(lines: check.problems.map { "error: " + $0.description.visible }, status: .failed)
    }
    let count = check.headers.count == 1 ? "1 recipe" : "\(check.headers.count) recipes"
    TextStream.standardOutput.line("\(count), nothing to complain about")
  }
}
