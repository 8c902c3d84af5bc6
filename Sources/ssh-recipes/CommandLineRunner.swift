import ArgumentParser
import Values

/// Runs a command line. Errors of commands become text and exit statuses here and nowhere else.
enum CommandLineRunner {
  static func run(
    _ arguments: [String], output: TextStream = .standardOutput, complaints: TextStream = .standardError
  ) async -> Int32 {
    do {
      try await checkCommandName(arguments)
      var command = try SSHRecipes.parseAsRoot(arguments)
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      return ExitStatus.done.rawValue
    } catch let error as CommandFailure {
      for line in error.lines { complaints.line(line) }
      return error.status.rawValue
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      return report(error, output, complaints)
    }
  }

  /// ArgumentParser reports an unknown command as an unexpected argument. This suggests a command or recipe instead.
  private static func checkCommandName(_ arguments: [String]) async throws {
    var group: any ParsableCommand.Type = SSHRecipes.self
    var path = ""
    for name in arguments {
      let commands = group.configuration.subcommands
      guard !commands.isEmpty, !name.hasPrefix("-"), name != "help" else { return }
      guard let command = commands.first(where: { $0.configuration.commandName == name }) else {
        throw await unknownCommand(name, path, among: commands)
      }
      group = command
      path += name + " "
    }
  }

  private static func unknownCommand(
    _ name: String, _ path: String, among commands: [any ParsableCommand.Type]
  ) async -> CommandFailure {
    if path.isEmpty, (try? await PlacesOptions.standard.find(name)) != nil {
      return CommandFailure("there is no command \"\(name)\", but there is a recipe: ssh-recipes run \(name) …")
    }
    let names = commands.filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
    let guess = NearestName.find(name, among: names).map { "; did you mean \"\(path)\($0)\"?" }
    return CommandFailure(
      "there is no command \"\(path)\(name)\"" + (guess ?? "; the commands are \(names.joined(separator: ", "))"))
  }

  private static func report(_ error: any Error, _ output: TextStream, _ complaints: TextStream) -> Int32 {
    let text = SSHRecipes.fullMessage(for: error)
    let code = SSHRecipes.exitCode(for: error)
    guard code != .success else {
      output.line(text)
      return 0
    }
    complaints.line(text.hasPrefix("Error: ") ? "error: " + text.dropFirst(7) : text)
    return code.rawValue
  }
}
