import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print the completion script for a shell, or install it.")

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var script: String {
      switch self {
      case .bash: SSHRecipes.completionScript(for: .bash)
      case .zsh: SSHRecipes.completionScript(for: .zsh)
      case .fish: SSHRecipes.completionScript(for: .fish)
      }
    }

    /// The user's own completion file, in the folder that the shell's documentation names.
    ///
    /// - Parameter variable: reads an environment variable.
    /// - Returns: `nil` without `HOME`.
    func file(_ variable: (String) -> String?) -> String? {
      guard let home = variable("HOME") else { return nil }
      let data = variable("XDG_DATA_HOME") ?? home + "/.local/share"
      return switch self {
      case .bash: data + "/bash-completion/completions/ssh-recipes"
      case .zsh: data + "/zsh/site-functions/_ssh-recipes"
      case .fish: (variable("XDG_CONFIG_HOME") ?? home + "/.config") + "/fish/completions/ssh-recipes.fish"
      }
    }
  }

  @Argument(help: "The shell.")
  var shell: Shell

  @Flag(help: "Write the script to your own folder of completions, and say where.")
  var install = false

  func run() throws {
    guard install else { return TextStream.standardOutput.write(shell.script) }
    guard let path = shell.file(TerminalFacts.environment) else { throw CommandFailure("HOME is not set") }
    do { try TextFile.write(shell.script, to: path, replacing: true) } catch {
      throw CommandFailure("\"\(path)\" cannot be written: \(error.reason)", status: .failed)
    }
    TextStream.standardOutput.line("Wrote \(path.visible)")
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    switch shell {
    case .bash: TextStream.standardOutput.line("It counts in new shells, if bash-completion is installed.")
    case .zsh:
      TextStream.standardOutput.line("Put this line into ~/.zshrc, before compinit: fpath=(/\(folder.visible) $fpath)")
    case .fish: TextStream.standardOutput.line("It counts at once.")
    }
  }
}
