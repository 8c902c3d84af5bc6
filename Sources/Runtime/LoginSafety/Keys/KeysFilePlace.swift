import Diagnosis
import Formats
import Hosts
import Values

/// The path of the account's keys on a server.
package struct KeysFilePlace: Sendable, Hashable {
  /// Absolute.
  var path: String
  /// The source of the path: `sshd_config`, the platform or the recipe.
  var reason: String

  /// The path from the recipe or the platform, without reading the configuration.
  package static func assumed(_ facts: Facts, given: RemotePath?) -> KeysFilePlace {
    if let given { return KeysFilePlace(path: given.expanded(home: facts.home), reason: "the recipe") }
    let platform = facts.platform
    let pattern = facts.isRoot ? platform.rootAuthorizedKeys ?? platform.authorizedKeys : platform.authorizedKeys
    return KeysFilePlace(path: expanded(pattern, facts), reason: platform.title)
  }

  /// The path from sshd's configuration: as root from sshd's own output, otherwise from the readable files. One round
  /// trip.
  ///
  /// - Returns: ``assumed(_:given:)`` if the configuration has no path or is unreadable, or if the server is not
  ///   OpenSSH.
  /// - Throws: ``Failure`` with cause `no-keys-file` for the path `none`; ``HostError``.
  package static func configured(
    _ reader: Reader, given: RemotePath?, as account: Account = .login
  ) async throws -> KeysFilePlace {
    let facts = try await reader.facts()
    let assumed = assumed(facts, given: given)
    guard given == nil, !facts.isDropbear else { return assumed }
    let main = facts.platform.sshdConfig
    let none = Failure(
      .refused,
      Diagnosis(.noKeysFile, ["path": assumed.path], paths: [main]),
      message: "the server reads no authorized_keys at all")
    if account == .root || facts.isRoot {
      let way = try await KeyLocations.known(to: reader, as: account)
      guard let first = way.keysPaths.first else { throw none }
      return first == assumed.path ? assumed : KeysFilePlace(path: first, reason: "AuthorizedKeysFile in \(main)")
    }
    let snapshot = try await SSHDReader(reader).withoutRoot()
    guard let patterns = try await patterns(snapshot, reader, facts), let first = patterns.first else { return assumed }
    guard first.lowercased() != "none" else { throw none }
    // sshd reads all of the files, and those outside the home are usually an administrator's.
    let paths = patterns.map { expanded($0, facts) }
    let path = paths.first { $0.hasPrefix(facts.home + "/") } ?? paths[0]
    return KeysFilePlace(path: path, reason: "AuthorizedKeysFile in \(snapshot.config)")
  }

  /// The value of `AuthorizedKeysFile` for this account, from the files. If only sshd knows which `Match` blocks apply,
  /// the file with the login's accepted key decides, or else the value outside all blocks.
  static func patterns(
    _ snapshot: SSHDSnapshot, _ reader: Reader, _ facts: Facts
  ) async throws -> [String]? {
    let login = SSHDLogin(
      user: facts.user, groups: snapshot.groups,
      connection: facts.connection.isEmpty ? snapshot.connection : facts.connection)
    switch snapshot.tree?.value(of: "AuthorizedKeysFile", for: login) {
    case .known(let patterns)?: return patterns
    case .oneOf(let possible)?:
      let seen = try await KeyLocations.filesOfTheLogin(reader)
      let fitting = possible.first { patterns in
        patterns?.contains { seen.contains(expanded($0, facts)) } ?? false
      }
      return fitting ?? possible.last ?? nil
    case nil: return nil
    }
  }

  /// Replaces the tokens of sshd_config(5): `%%`, `%h`, `%u`, `%U`. Relative paths are below the home.
  static func expanded(_ pattern: String, _ facts: Facts) -> String {
    var text = ""
    var isToken = false
    for letter in pattern {
      if isToken {
        switch letter {
        case "h": text += facts.home
        case "u": text += facts.user
        case "U": text += String(facts.userID)
        case "%": text += "%"
        default: text += "%\(letter)"
        }
        isToken = false
      } else if letter == "%" {
        isToken = true
      } else {
        text.append(letter)
      }
    }
    return text.hasPrefix("/") ? text : facts.home + "/" + text
  }
}
