import Diagnosis
import Formats
import Hosts
import Scripts
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

  /// The path from sshd's configuration: from sshd itself as root, otherwise from the readable files. One round trip.
  ///
  /// - Returns: ``assumed(_:given:)`` if the configuration has no path or is unreadable, or if the server is not
  ///   OpenSSH.
  /// - Throws: ``Failure`` with cause `other-keys-file` for the path `none`; ``HostError``.
  package static func configured(
    _ reader: Reader, given: RemotePath?, as account: Account = .login
  ) async throws -> KeysFilePlace {
    let facts = try await reader.facts()
    let assumed = assumed(facts, given: given)
    guard given == nil, !facts.isDropbear else { return assumed }
    let main = facts.platform.sshdConfig
    let none = Failure(
      .refused,
      Diagnosis(.otherKeysFile, ["path": assumed.path, "text": "none"], paths: [main]),
      message: "the server reads no authorized_keys at all")
    if account == .root {
      let way = try await KeyLocations.known(to: reader, as: account)
      guard let first = way.keysPaths.first else { throw none }
      return first == assumed.path ? assumed : KeysFilePlace(path: first, reason: "AuthorizedKeysFile in \(main)")
    }
    guard let first = try await tree(reader)?.firstValue(of: "AuthorizedKeysFile")?.first else { return assumed }
    guard first.lowercased() != "none" else { throw none }
    return KeysFilePlace(path: expanded(first, facts), reason: "AuthorizedKeysFile in \(main)")
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

  /// sshd's configuration from the files readable to this account. One round trip.
  static func tree(_ reader: Reader) async throws -> SSHDConfigTree? {
    let main = try await reader.facts().platform.sshdConfig
    let output = try await reader.query(Script("copy_id: sshd_config", ShellScripts.listConfig, [main]))
    return try tree(output.stdout, main: main)
  }

  private static func tree(_ output: [UInt8], main: String) throws(HostError) -> SSHDConfigTree? {
    let files = try FileProbe.parse(output[...]).compactMapValues(\.contents)
    guard files[main] != nil else { return nil }
    var resolved: [String: [String]] = [:]
    var pattern: String?
    for line in String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline) {
      if line.hasPrefix("pattern ") {
        pattern = String(line.dropFirst(8))
      } else if line.hasPrefix("path "), let known = pattern {
        resolved[known, default: []].append(String(line.dropFirst(5)))
        pattern = nil
      }
    }
    return SSHDConfigTree(main: main, files: files, resolved: resolved)
  }
}
