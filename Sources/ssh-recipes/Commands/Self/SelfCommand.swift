import ArgumentParser

struct SelfCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "self", abstract: "Check this installation, or unpack the files in the program.",
    subcommands: [SelfCheckCommand.self, SelfUnpackCommand.self])
}
