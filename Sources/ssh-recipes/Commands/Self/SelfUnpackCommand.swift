import ArgumentParser
import Recipes

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

struct SelfUnpackCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpack",
    abstract: "Write the bundled recipes, the editor files, the manual page and the completions to a folder.",
    discussion: "They are in the program itself, so it needs none of these files to run.")

  @Argument(help: "A folder that does not exist yet.")
  var folder: String

  private static func files() async throws -> [(path: String, text: String)] {
    let recipes = BuiltInRecipes.files.map { ("recipes/\($0)", String(decoding: $1, as: UTF8.self)) }
    let scripts = CompletionsCommand.Shell.allCases.map { ("completions/ssh-recipes.\($0.rawValue)", $0.script) }
    return try await (recipes + scripts + ReferenceCommand.files()).sorted { $0.path < $1.path }
  }

  func run() async throws {
    guard access(folder, F_OK) != 0 else { throw CommandFailure("\"\(folder)\" already exists and was left unchanged") }
    for file in try await Self.files() {
      let path = folder + "/" + file.path
      do { try TextFile.write(file.text, to: path, replacing: false) } catch {
        throw CommandFailure("\"\(path)\" cannot be written: \(error.reason)", status: .failed)
      }
    }
    TextStream.standardOutput.line("Wrote \(folder.visible)")
  }
}
