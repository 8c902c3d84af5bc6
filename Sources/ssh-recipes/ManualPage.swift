import ArgumentParser
import ArgumentParserToolInfo

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `ssh-recipes.1` in mdoc(7): the help of every command, between the hand-written sections of ``ManualText``.
enum ManualPage {
  /// - Throws: `DecodingError` if ArgumentParser describes its commands in another format.
  static func text() throws -> String {
    let tool = try JSONDecoder().decode(ToolInfoV0.self, from: Data(SSHRecipes._dumpHelp().utf8))
    let commands = displayed(tool.command.subcommands)
    var lines = [ManualText.name, ".Sh SYNOPSIS"]
    lines += commands.filter { $0.subcommands == nil }.flatMap { [".Nm", ".\(usage($0))"] }
    lines += [".Nm", ".Fl -version", ManualText.description, ".Sh COMMANDS", ".Bl -tag -width Ds"]
    for command in commands {
      lines += [".It \(usage(command))"] + prose([command.abstract, command.discussion])
      lines += list(arguments(of: command).filter { $0.sectionTitle == nil })
    }
    lines += [".El", ".Sh OPTIONS"]
    for title in [InventoryOptions.title, HostOptions.title, WaveOptions.title, OutputOptions.title] {
      let users = commands.filter { $0.arguments?.contains { $0.sectionTitle == title } == true }
      lines.append(".Ss \(title) of \(users.map(\.commandName).joined(separator: ", "))")
      lines += list(users.first.map(arguments)?.filter { $0.sectionTitle == title } ?? [])
    }
    lines += [ManualText.surroundings, ".Sh EXIT STATUS", ".Bl -tag -width Ds"]
    lines += ExitStatus.allCases.flatMap { [".It \($0.rawValue)"] + prose([$0.meaning]) }
    lines += [".El", ManualText.examples]
    return lines.map { $0 + "\n" }.joined()
  }

  /// The commands listed by `--help`, each followed by its subcommands.
  private static func displayed(_ commands: [CommandInfoV0]?) -> [CommandInfoV0] {
    (commands ?? []).filter(\.shouldDisplay).flatMap { [$0] + displayed($0.subcommands) }
  }

  /// The arguments listed by `--help`, except `--help` itself.
  private static func arguments(of command: CommandInfoV0) -> [ArgumentInfoV0] {
    (command.arguments ?? []).filter { $0.shouldDisplay && $0.preferredName?.name != "help" }
  }

  /// `Cm repo add Oo Ar option ... Oc Ar url`.
  private static func usage(_ command: CommandInfoV0) -> String {
    let path = (command.superCommands ?? []).dropFirst() + [command.commandName]
    let arguments = arguments(of: command)
    let required = arguments.filter { $0.kind == .positional || !$0.isOptional }.map { argument in
      let text = heading(argument) + (argument.isRepeating ? " ..." : "")
      return argument.isOptional ? "Oo \(text) Oc" : text
    }
    let hasOptions = arguments.contains { $0.kind != .positional && $0.isOptional }
    let parts = ["Cm \(path.joined(separator: " "))"] + (hasOptions ? ["Oo Ar option ... Oc"] : []) + required
    return (parts + (command.subcommands == nil ? [] : ["Ar command"])).joined(separator: " ")
  }

  /// `Fl y , Fl -yes`, `Fl -key Ar path`, `Ar recipe`.
  private static func heading(_ argument: ArgumentInfoV0) -> String {
    let names = (argument.names ?? []).map { $0.kind == .short ? "Fl \($0.name)" : "Fl -\($0.name)" }.sorted {
      $0.count < $1.count
    }
    let value = argument.kind == .flag ? [] : ["Ar \(argument.valueName ?? "")"]
    return ((names.isEmpty ? [] : [names.joined(separator: " , ")]) + value).joined(separator: " ")
  }

  private static func list(_ arguments: [ArgumentInfoV0]) -> [String] {
    guard !arguments.isEmpty else { return [] }
    let items = arguments.flatMap { argument in
      let values = argument.allValueStrings.map { "One of \($0.joined(separator: ", "))." }
      let fallback = argument.defaultValue.map { "The default is `\($0)`." }
      let text = [argument.abstract, values, fallback].compactMap(\.self).joined(separator: " ")
      return [".It \(heading(argument))"] + prose([text])
    }
    return [".Bl -tag -width Ds"] + items + [".El"]
  }

  /// Paragraphs as filled text: a new line for each sentence, and lines of at most 80 columns, as `mandoc -Tlint` demands.
  private static func prose(_ paragraphs: [String?]) -> [String] {
    let texts = paragraphs.compactMap(\.self).map { text in
      let words = text.replacing(#"\"#, with: #"\e"#).replacing("--", with: #"\-\-"#)
        .replacing(/`([^`]*)`/) { "\\(lq\($0.output.1)\\(rq" }.split(whereSeparator: \.isWhitespace)
      return words.reduce(into: [String]()) { lines, word in
        let word = word.first == "." || word.first == "'" ? "\\&" + word : String(word)
        if let line = lines.last, line.last != ".", line.count + word.count < 80 {
          lines[lines.count - 1] = "\(line) \(word)"
        } else {
          lines.append(word)
        }
      }
    }
    return Array(texts.joined(separator: [".Pp"]))
  }
}
