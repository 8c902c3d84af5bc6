import Formats
import Hosts
import Scripts

/// Searches a host, over the open connection, for the reason why sshd refuses a key.
package struct LoginInspection: Sendable {
  package let reader: Reader

  package init(reader: Reader) {
    self.reader = reader
  }

  /// Adds evidence from files, accounts and sshd_config, as far as the login account can read them.
  package func evidence(_ evidence: LoginEvidence) async throws -> LoginEvidence {
    var evidence = evidence
    let facts = try await reader.facts()
    let login = try await reader.host.transport.login()
    evidence.notes = login.serverNotes
    evidence.partialSuccessesOfRun = login.partialSuccesses
    // Over this connection, only the login account's files can be judged.
    guard evidence.user == facts.user || evidence.user.isEmpty else { return evidence }
    evidence.user = facts.user
    evidence.server = try await server(facts)
    if !facts.isDropbear { evidence.config = try await config(facts, keysPath: evidence.server?.keysPath) }
    return evidence
  }

  static func keysPath(_ facts: Facts) -> String {
    let pattern = (facts.isRoot ? facts.platform.rootAuthorizedKeys : nil) ?? facts.platform.authorizedKeys
    return pattern.replacing("%h", with: facts.home).replacing("%u", with: facts.user)
  }

  private func server(_ facts: Facts) async throws -> LoginEvidence.Server {
    let path = Self.keysPath(facts)
    let output = try await reader.query(Script("look at the keys' path", ShellScripts.lookAtKeysPath, [path]))
    return try Self.server(output.stdout, facts: facts, path: path)
  }

  static func server(_ output: [UInt8], facts: Facts, path: String) throws(HostError) -> LoginEvidence.Server {
    let mark = output.firstRange(of: Array("\nfiles\n".utf8))
    let head = String(decoding: output[..<(mark?.lowerBound ?? output.endIndex)], as: UTF8.self)
    let states = if let mark { try FileProbe.parse(output[mark.upperBound...]) } else { [String: FileState]() }
    var accounts = Accounts()
    var real = path
    for line in head.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("real ") { real = String(line.dropFirst(5)) } else { accounts.read(line) }
    }
    var server = LoginEvidence.Server(
      home: facts.physicalHome.isEmpty ? facts.home : facts.physicalHome, userID: facts.userID, keysPath: real,
      keys: states[real] ?? FileState(status: nil), components: [])
    server.hasHome = !facts.physicalHome.isEmpty
    server.isSynology = facts.platform.name.hasPrefix("synology")
    server.isDropbear = facts.isDropbear
    server.privateGroups =
      facts.platform.toleratesPrivateGroups ? accounts.privateGroups(of: facts.user, facts.userID) : nil
    server.names = accounts.names
    var component = real
    while true {
      if let status = states[component]?.status { server.components.append((component, status)) }
      guard component != "/", let slash = component.lastIndex(of: "/") else { break }
      component = slash == component.startIndex ? "/" : String(component[..<slash])
    }
    return server
  }

  /// sshd_config from the files, without root. `Match` blocks are not judged.
  private func config(_ facts: Facts, keysPath: String?) async throws -> LoginEvidence.Config? {
    guard let tree = try await SSHDReader(reader).withoutRoot().tree else { return nil }
    var values: [String: [String]] = [:]
    for option in ["AllowUsers", "DenyUsers", "PermitRootLogin"] {
      values[option.lowercased()] = tree.firstValue(of: option)
    }
    var config = LoginEvidence.Config()
    config.isPubkeyOff = tree.firstValue(of: "PubkeyAuthentication") == ["no"]
    config.refusal =
      SSHDLoginRules(effective: SSHDEffective(values: values), user: facts.user, address: nil).refusal
    if let files = tree.firstValue(of: "AuthorizedKeysFile"), let keysPath {
      let paths = files.map { file in
        let path = file.replacing("%h", with: facts.home).replacing("%u", with: facts.user)
        return path.hasPrefix("/") ? path : facts.home + "/" + path
      }
      let looked = [keysPath, Self.keysPath(facts)]
      if !paths.contains(where: looked.contains) { config.otherKeysFile = files.joined(separator: " ") }
    }
    return config
  }

  /// Accounts and groups of a host.
  struct Accounts: Equatable {
    var groups: [UInt32: [String]] = [:]
    var primary: [UInt32: Set<String>] = [:]
    var names: [Int: String] = [:]
    var userIDs: [String: Int] = [:]

    mutating func read(_ line: Substring) {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      if words.count >= 3, words[0] == "group", let gid = UInt32(words[1]) {
        groups[gid, default: []] += words[2].split(separator: ",").map(String.init)
      } else if words.count >= 4, words[0] == "account", let uid = Int(words[2]), let gid = UInt32(words[3]) {
        names[uid] = names[uid] ?? words[1]
        userIDs[words[1]] = userIDs[words[1]] ?? uid
        primary[gid, default: []].insert(words[1])
      }
    }

    /// Groups to which sshd lets the user's files be writable (Debian's user-group-modes patch of OpenSSH): groups with
    /// a member, and no member but the user. A group without any member counts as unsafe.
    func privateGroups(of user: String, _ userID: Int) -> Set<UInt32> {
      Set(
        groups.filter { gid, listed in
          let first = primary[gid] ?? []
          guard !first.isEmpty || !listed.isEmpty else { return false }
          return first.allSatisfy { userIDs[$0] == userID } && (listed.isEmpty || listed == [user])
        }.keys)
    }
  }
}
