import Formats

/// Targets alike to the user's ssh configuration: `ssh -G` runs for the first of them alone, and not for each of many
/// hosts.
struct AlikeTargets: Sendable {
  private let name: String
  private let config: ClientConfig
  /// The patterns of each `Host` line in ssh's files.
  private let patterns: [[String]]

  /// - Parameters:
  ///   - name: the target's name on ssh's command line.
  ///   - config: ssh's answer for this name.
  ///   - files: the contents of the files that ssh has read.
  /// - Returns: `nil` if only ssh can tell for another name: with `Match`, with tokens, which may be a hash of the name
  ///   (`%C`), or if the name goes into other values.
  init?(_ name: String, _ config: ClientConfig, files: [[UInt8]]) {
    guard !config.values.isEmpty, config.complaints.isEmpty, config["hostname"] == name,
      ["no", "false", "none"].contains(config["canonicalizehostname"] ?? "no"),
      !config.values.contains(where: { key, values in
        !Self.names.contains(key) && values.contains { $0.lowercased().contains(name) }
      })
    else { return nil }
    var patterns: [[String]] = []
    for file in files.map(SSHConfigFile.init) {
      let blocks = file.blocks
      let options = file.globalOptions + blocks.flatMap(\.options)
      guard blocks.allSatisfy({ $0.patterns != nil }), !options.contains(where: Self.hasTokens) else { return nil }
      patterns += blocks.compactMap(\.patterns)
    }
    (self.name, self.config, self.patterns) = (name, config, patterns)
  }

  /// The keywords whose value is the target's name.
  private static let names: Set<String> = ["host", "hostname"]

  /// - Returns: ssh's answer for another name; `nil` if ssh must be asked.
  func config(of other: String) -> ClientConfig? {
    guard config.files.allSatisfy(\.isCurrent), other == other.lowercased(),
      patterns.allSatisfy({ Self.matches(other, $0) == Self.matches(name, $0) })
    else { return nil }
    var config = config
    for key in Self.names where config.values[key] != nil { config.values[key] = [other] }
    return config
  }

  private static func hasTokens(_ option: SSHDConfigDirective) -> Bool {
    option.arguments.contains { $0.contains("%") }
  }

  /// Of a `Host` line, case counts.
  private static func matches(_ name: String, _ patterns: [String]) -> Bool {
    HostPattern.matches(name, list: patterns, ignoringCase: false)
  }
}
