import ArgumentParser
import Recipes

struct SelfCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Show the version, the places of recipes, and the programs that runs need.",
    discussion: "The exit status is 1 if a program that every run needs is missing.")

  /// A program started by ssh-recipes on this computer.
  private struct Program {
    let name: String
    /// Prints the version in its first line.
    let version: String?
    let purpose: String
    var isRequired = true
  }

  private static let programs = [
    Program(name: "ssh", version: "ssh -V 2>&1", purpose: "every login"),
    Program(name: "ssh-keygen", version: nil, purpose: "keys, and signatures of repositories"),
    Program(name: "ssh-add", version: nil, purpose: "keys in an agent"),
    Program(name: "ssh-keyscan", version: nil, purpose: "host keys"),
    Program(name: "git", version: "git --version", purpose: "repositories of recipes", isRequired: false),
  ]

  @OptionGroup var places: PlacesOptions

  func run() async throws {
    let output = TextStream.standardOutput
    output.line("ssh-recipes \(Version.own)  \((RecipePlaces.executable ?? "").visible)")
    for place in places.recipes.recipes {
      let count = RecipeFinder(places: RecipePlaces(recipes: [place], platforms: [])).names().count
      output.line("recipes      \(place.path.visible)  \(count == 1 ? "1 recipe" : "\(count) recipes")")
    }
    var isComplete = true
    for program in Self.programs {
      let heading = program.name.padding(to: 12)
      if let path = await ShellLine.first(of: "command -v \(program.name)") {
        let version = if let command = program.version { await ShellLine.first(of: command) } else { String?.none }
        output.line("\(heading) \(path.visible)\(version.map { "  " + $0.visible } ?? "")")
      } else {
        output.line("\(heading) missing; needed for \(program.purpose)")
        isComplete = isComplete && !program.isRequired
      }
    }
    guard isComplete else { throw ExitCode(ExitStatus.failed.rawValue) }
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
