import Diagnosis
import Formats
import Hosts
import Scripts
import Values

/// Where this server reads the keys of the account.
package struct KeysFilePlace: Sendable, Hashable {
  /// Absolute.
  var path: String
  /// What says so: `sshd_config`, the platform, the recipe.
  var reason: String

  /// The place that needs no further look: the recipe's, or the platform's.
  package static func assumed(_ facts: Facts, given: RemotePath?) -> KeysFilePlace {
    if let given { return KeysFilePlace(path: given.expanded(home: facts.home), reason: "the recipe") }
    let platform = facts.platform
    let pattern = facts.isRoot ? platform.rootAuthorizedKeys ?? platform.authorizedKeys : platform.authorizedKeys
    return KeysFilePlace(path: expanded(pattern, facts), reason: platform.title)
  }

  /// What sshd's configuration says: as sshd itself tells root, else as far as this account can read it. One round trip.
  ///
  /// - Returns: ``assumed(_:given:)`` where it says nothing, cannot be read, or the server is not OpenSSH.
  /// - Throws: ``Failure`` with cause `other-keys-file` where it says `none`; ``HostError``.
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

  /// sshd_config(5), TOKENS: `%%`, `%h`, `%u`, `%U`. A path that is not absolute is below the home.
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

  /// sshd's configuration as this account can read it. One round trip.
  static func tree(_ reader: Reader) async throws -> SSHDConfigTree? {
    let main = try await reader.facts().platform.sshdConfig
    let output = try await reader.query(Script("copy_id: sshd_config", ShellScripts.listConfig, [main]))
    return tree(output.stdout, main: main)
  }

  private static func tree(_ output: [UInt8], main: String) -> SSHDConfigTree? {
    let files = FileProbe.parse(output[...]).compactMapValues(\.contents)
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
