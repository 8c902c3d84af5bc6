import ArgumentParser
import Sharing

struct RepoCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check your own repository before publishing it.",
    discussion: """
      The repository must contain nothing that other computers would refuse. Each recipe needs a summary, and may ask only \
      for permissions that it uses. README.md must contain the table of recipes; --write updates it.
      """)

  @Argument(help: "The folder of the repository.", completion: .directory)
  var folder = "."

  @Flag(name: .long, help: "Update the table of recipes in README.md, between its marks.")
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
    TextStream.standardOutput.line("\(count), no problems")
  }
}
