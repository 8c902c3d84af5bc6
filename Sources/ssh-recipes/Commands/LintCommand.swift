import ArgumentParser
import Recipes
import Sharing

struct LintCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check recipes and primitives without running them.")

  @Argument(
    help: ArgumentHelp("Names or paths of recipes; paths of primitives.", valueName: "recipe"),
    completion: .file(extensions: ["lua"]))
  var files: [String]

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    var complaints: [String] = []
    var status = ExitStatus.failed
    for name in files {
      do {
        let (path, findings) = try await findings(name)
        complaints += CommandFailure(findings).lines
        if findings.isEmpty { TextStream.standardOutput.line("\(path.visible): ok") }
      } catch let failure as CommandFailure {
        complaints += failure.lines
        if failure.status == .altered { status = .altered }
      }
    }
    if !complaints.isEmpty { throw CommandFailure(lines: complaints, status: status) }
  }

  private func findings(_ name: String) async throws -> (path: String, findings: [RecipeLint.Finding]) {
    if let primitive = PrimitivePath(name) { return (name, try await places.findings(in: primitive)) }
    let found = try await places.catalogue.find(name)
    return (found.file.path, try await places.findings(in: found))
  }
}
