import ArgumentParser
import Reference

/// Called by `make reference`, and hidden from users.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Write the reference page, the editor files and the manual page.",
    shouldDisplay: false)

  @Argument(help: "The folder to write to: docs.")
  var folder: String

  static func files() throws -> [(path: String, text: String)] {
    try ReferenceFiles.all() + [("ssh-recipes.1", ManualPage.text())]
  }

  func run() throws {
    for file in try Self.files() {
      let path = folder + "/" + file.path
      do { try TextFile.write(file.text, to: path, replacing: true) } catch {
        throw CommandFailure("\"\(path)\" cannot be written: \(error.reason)", status: .failed)
      }
      TextStream.standardOutput.line(path)
    }
  }
}
