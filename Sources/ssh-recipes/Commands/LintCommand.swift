import ArgumentParser
import Sharing

struct LintCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Check recipes without running them.")

  @Argument(
    help: ArgumentHelp("Names or paths of recipes.", valueName: "recipe"), completion: .file(extensions: ["lua"]))
  var files: [String]

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    var complaints: [String] = []
    var status = ExitStatus.failed
    for name in files {
      do {
        let found = try await places.catalogue.find(name)
        let findings = try await places.findings(in: found)
        complaints += CommandFailure(findings).lines
        if findings.isEmpty { TextStream.standardOutput.line("\(found.file.path.visible): ok") }
      } catch let failure as CommandFailure {
        complaints += failure.lines
        if failure.status == .altered { status = .altered }
      }
    }
    if !complaints.isEmpty { throw CommandFailure(lines: complaints, status: status) }
  }
}
