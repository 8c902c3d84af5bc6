import ArgumentParser
import Reference

/// `make reference` calls it; people read what it writes.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Write the pages and editor files that are made from the declarations.",
    shouldDisplay: false)

  @Argument(help: "The folder `docs`.")
  var folder: String

  static var files: [(path: String, text: String)] {
    ReferenceFiles.all() + [("ssh-recipes.1", ManualPage.text)]
  }

  func run() throws {
    for file in Self.files {
      let path = folder + "/" + file.path
      do { try TextFile.write(file.text, to: path, replacing: true) } catch {
        throw CommandFailure("\"\(path)\" cannot be written: \(error.reason)", status: .failed)
      }
      TextStream.standardOutput.line(path)
    }
  }
}
