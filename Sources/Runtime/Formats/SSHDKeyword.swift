import Values

/// A keyword of sshd_config(5), spelled as the manual spells it, and the rules that hold for it (servconf.c).
package struct SSHDKeyword: Equatable, Hashable, Sendable {
  /// What several lines with this keyword mean.
  package enum Repetition: Equatable, Hashable, Sendable {
    /// The first line wins, further ones are ignored.
    case firstWins
    /// Every line adds one value: `Port`, `ListenAddress`, `HostKey`, `HostCertificate`.
    case oneValueALine
    /// Every line adds its words: `AllowUsers` and its kin, `AcceptEnv`.
    case wordsAccumulate
    /// One line for each name: `Subsystem`. From a second line with the same name old versions make an error.
    case byName
  }

  /// The manual's spelling: `PasswordAuthentication`.
  package let name: String
  package let repetition: Repetition
  /// Older or other names of the same option, in the manual's spelling.
  package let aliases: [String]

  /// The name in the form that `sshd -T` prints.
  package var lowercased: String { name.lowercased() }
  package var allNames: [String] { [lowercased] + aliases.map { $0.lowercased() } }

  /// - Parameter name: in any case; an alias finds the keyword that it stands for.
  /// - Throws: ``SSHDKeywordError`` where sshd does not know the name, or knows it only to ignore it.
  package static func named(_ name: String) throws(SSHDKeywordError) -> SSHDKeyword {
    if let known = find(name) { return known }
    if let why = obsolete[name.lowercased()] { throw .obsolete(name: name, why: why) }
    throw .unknown(name: name, nearest: NearestName.find(name, among: names))
  }

  /// The keyword of this name or alias, in any case; `nil` for unknown and obsolete ones.
  package static func find(_ name: String) -> SSHDKeyword? { table[name.lowercased()] }
  /// Whether sshd still reads the name, but does nothing with it.
  package static func isObsolete(_ name: String) -> Bool { obsolete[name.lowercased()] != nil }
  /// All current names, in the manual's spelling and order.
  package static let names: [String] = known.map(\.name)

  private static let table: [String: SSHDKeyword] = {
    var table: [String: SSHDKeyword] = [:]
    for keyword in known {
      for name in keyword.allNames { table[name] = keyword }
    }
    return table
  }()
}

/// Why a keyword cannot be set.
package enum SSHDKeywordError: Error, Equatable, Sendable, CustomStringConvertible {
  /// sshd would refuse the file: `Bad configuration option`.
  case unknown(name: String, nearest: String?)
  /// sshd still accepts the line, and ignores it.
  case obsolete(name: String, why: String)

  package var description: String {
    switch self {
    case .unknown(let name, let nearest?):
      "sshd_config has no option \"\(name)\"; did you mean \"\(nearest)\"?"
    case .unknown(let name, nil):
      "sshd_config has no option \"\(name)\", and sshd would not start with it"
    case .obsolete(let name, let why):
      "sshd ignores the option \"\(name)\": \(why)"
    }
  }
}
