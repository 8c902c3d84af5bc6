import Values

/// A keyword of sshd_config(5) in the manual's spelling, with its rules (servconf.c).
package struct SSHDKeyword: Equatable, Hashable, Sendable {
  /// The meaning of several lines with this keyword.
  package enum Repetition: Equatable, Hashable, Sendable {
    /// The first line wins; later lines are ignored.
    case firstWins
    /// Every line adds one value: `Port`, `ListenAddress`, `HostKey`, `HostCertificate`.
    case oneValueALine
    /// Every line adds its words: `AllowUsers` and its kin, `AcceptEnv`.
    case wordsAccumulate
    /// One line for each name: `Subsystem`. Old versions refuse a second line with the same name.
    case byName
  }

  /// The manual's spelling: `PasswordAuthentication`.
  package let name: String
  package let repetition: Repetition
  /// Older or alternative names of the option, in the manual's spelling.
  package let aliases: [String]

  /// The name as `sshd -T` prints it.
  package var lowercased: String { name.lowercased() }
  package var allNames: [String] { [lowercased] + aliases.map { $0.lowercased() } }

  /// Whether sshd renders a wish as it renders a configuration.
  ///
  /// - Parameters: the lines of the option in the output of `sshd -T`.
  package func isSame(_ wish: [String], _ effective: [String]) -> Bool {
    repetition == .byName ? Set(wish).isSubset(of: effective) : wish.sorted() == effective.sorted()
  }

  /// - Parameter name: in upper or lower case; an alias finds its keyword.
  /// - Throws: ``SSHDKeywordError`` if sshd does not know the name, or ignores the option.
  package static func named(_ name: String) throws(SSHDKeywordError) -> SSHDKeyword {
    if let known = find(name) { return known }
    if let why = obsolete[name.lowercased()] { throw .obsolete(name: name, why: why) }
    throw .unknown(name: name, nearest: NearestName.find(name, among: names))
  }

  /// The keyword with this name or alias, in upper or lower case; `nil` for unknown and obsolete names.
  package static func find(_ name: String) -> SSHDKeyword? { table[name.lowercased()] }
  /// Whether sshd accepts the name but ignores the option.
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
  /// sshd accepts the line but ignores it.
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
