/// The main sshd_config and the files of its `Include` lines.
package struct SSHDConfigTree: Equatable, Sendable {
  /// The path of the file with which sshd starts.
  package let main: String
  package internal(set) var files: [String: SSHDConfig]
  /// The paths for each `Include` pattern, as `glob(3)` returns them: in lexical order.
  package let resolved: [String: [String]]

  /// - Parameters:
  ///   - main: the path of the main file, a key of `files`.
  ///   - files: path to content, for every readable file.
  ///   - resolved: pattern, as written in the file, to paths in any order. A relative pattern is below `/etc/ssh`
  ///     (servconf.c); the caller adds the folder.
  package init(main: String, files: [String: [UInt8]], resolved: [String: [String]] = [:]) {
    self.main = main
    self.files = files.mapValues(SSHDConfig.init)
    self.resolved = resolved.mapValues { paths in
      paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
  }

  package init(main: String = "/etc/ssh/sshd_config", _ bytes: [UInt8]) {
    self.init(main: main, files: [main: bytes])
  }

  /// A line of a file. `line` counts from 0.
  package struct Place: Equatable, Hashable, Sendable {
    package var path: String
    package var line: Int
    /// In the form of sshd's messages: `PATH line N`, counted from 1.
    package var description: String { "\(path) line \(line + 1)" }
  }

  /// A directive at the place where sshd reads it.
  package struct Occurrence: Equatable, Sendable {
    package var place: Place
    package var directive: SSHDConfigDirective
    /// The criteria of the surrounding `Match` blocks, outermost first; empty in the global section.
    package var matches: [[String]]
    package var isGlobal: Bool { matches.isEmpty }
  }

  /// Every directive in sshd's reading order, through all `Include` lines.
  package var occurrences: [Occurrence] {
    var result: [Occurrence] = []
    var readings = Self.mostReadings
    visit(main, within: [], depth: 0, readings: &readings, into: &result)
    return result
  }

  /// The patterns of all files, in order of appearance, for the caller to resolve.
  package var includePatterns: [String] {
    var seen: Set<String> = []
    return files.sorted { $0.key < $1.key }.flatMap(\.value.lines)
      .flatMap { if case .include(let patterns) = $0.kind { patterns } else { [String]() } }
      .filter { seen.insert($0).inserted }
  }

  /// servconf.c's `SERVCONF_MAX_DEPTH`; also stops a file that includes itself.
  package static let maximumDepth = 16
  /// Within this depth, a few files that include each other several times would take more readings than any computer
  /// can do.
  package static let mostReadings = 2000

  private func visit(
    _ path: String, within outer: [[String]], depth: Int, readings: inout Int, into result: inout [Occurrence]
  ) {
    guard depth <= Self.maximumDepth, readings > 0, let file = files[path] else { return }
    readings -= 1
    // A Match ends with its file: the line after an Include belongs to the same Match as the Include.
    var matches = outer
    for (index, line) in file.lines.enumerated() {
      switch line.kind {
      case .match(let criteria): matches = outer + [criteria]
      case .include(let patterns):
        for included in patterns.flatMap({ resolved[$0] ?? [] }) {
          visit(included, within: matches, depth: depth + 1, readings: &readings, into: &result)
        }
      case .directive(let directive):
        let place = Place(path: path, line: index)
        result.append(Occurrence(place: place, directive: directive, matches: matches))
      case .blank, .comment, .broken: break
      }
    }
  }
}

extension SSHDConfigTree {
  /// The lines of the global section that set a keyword, in sshd's order. Unless the keyword is repeatable, the first
  /// line counts.
  ///
  /// - Parameter names: the lower-case spellings to look for.
  func global(_ names: Set<String>) -> [Occurrence] {
    occurrences.filter { $0.isGlobal && names.contains($0.directive.keyword.lowercased()) }
  }

  /// The value for every login without a matching `Match` block, according to the files.
  ///
  /// - Parameter keyword: in upper or lower case; aliases are accepted.
  /// - Returns: the arguments, of all lines if the keyword accumulates; `nil` if no line sets it.
  package func firstValue(of keyword: String) -> [String]? {
    let known = SSHDKeyword.find(keyword)
    let found = global(Set(known?.allNames ?? [keyword.lowercased()]))
    guard let first = found.first else { return nil }
    switch known?.repetition {
    case .wordsAccumulate?: return found.flatMap(\.directive.arguments)
    case .oneValueALine?: return found.map(\.directive.value)
    case .byName?, .firstWins?, nil: return first.directive.arguments
    }
  }

  /// The lines within `Match` blocks that set a keyword, and so override the global section for some logins.
  package func overrides(of keyword: String) -> [Occurrence] {
    let names = SSHDKeyword.find(keyword)?.allNames ?? [keyword.lowercased()]
    return occurrences.filter { !$0.isGlobal && names.contains($0.directive.keyword.lowercased()) }
  }
}
