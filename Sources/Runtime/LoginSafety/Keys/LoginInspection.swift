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
    evidence.partialSuccessesOfRun = login.methodsBesidesKey
    // Over this connection, only the login account's files can be judged.
    guard evidence.user == facts.user || evidence.user.isEmpty else { return evidence }
    evidence.user = facts.user
    let snapshot = facts.isDropbear ? nil : try await SSHDReader(reader).withoutRoot()
    evidence.server = try await server(facts, snapshot)
    evidence.config = snapshot.flatMap { config($0, facts) }
    return evidence
  }

  static func keysPath(_ facts: Facts) -> String {
    let pattern = (facts.isRoot ? facts.platform.rootAuthorizedKeys : nil) ?? facts.platform.authorizedKeys
    return pattern.replacing("%h", with: facts.home).replacing("%u", with: facts.user)
  }

  /// The file that sshd reads for this account, as far as the files tell; see ``KeysFilePlace``.
  private func server(_ facts: Facts, _ snapshot: SSHDSnapshot?) async throws -> LoginEvidence.Server {
    var path = Self.keysPath(facts)
    if let snapshot, let files = try await KeysFilePlace.patterns(snapshot, reader, facts) {
      let paths = files.filter { $0.lowercased() != "none" }.map { KeysFilePlace.expanded($0, facts) }
      if !paths.contains(path) { path = paths.first ?? path }
    }
    let output = try await reader.query(Self.script(path))
    return try Self.server(output.stdout, facts: facts, path: path)
  }

  /// The script that reads the file with the keys, and all facts by which sshd accepts or ignores the file.
  static func script(_ path: String) -> Script {
    Script(
      "look at the keys' path", ShellScripts.lookAtKeysPath, [path], outputLimit: FileProbe.contentsLimit * 2)
  }

  static func server(_ output: [UInt8], facts: Facts, path: String) throws(HostError) -> LoginEvidence.Server {
    let mark = Array("\nfiles\n".utf8)
    let split = output.position(of: mark)
    let head = String(decoding: output[..<(split ?? output.endIndex)], as: UTF8.self)
    let states = if let split { try FileProbe.parse(output[(split + mark.count)...]) } else { [String: FileState]() }
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

  /// sshd_config from the files, without root, for this account's login.
  private func config(_ snapshot: SSHDSnapshot, _ facts: Facts) -> LoginEvidence.Config? {
    guard let tree = snapshot.tree else { return nil }
    let login = SSHDLogin(user: facts.user, groups: snapshot.groups, connection: facts.connection)
    // Where only sshd can tell, the value outside all `Match` blocks is the best guess.
    func value(of option: String) -> [String]? {
      if case .known(let value) = tree.value(of: option, for: login) { value } else { tree.firstValue(of: option) }
    }
    var values: [String: [String]] = [:]
    for option in ["AllowUsers", "DenyUsers"] { values[option.lowercased()] = tree.firstValue(of: option) }
    values["permitrootlogin"] = value(of: "PermitRootLogin")
    var config = LoginEvidence.Config()
    config.isPubkeyOff = value(of: "PubkeyAuthentication") == ["no"]
    config.methodLists = (value(of: "AuthenticationMethods") ?? []).filter { $0.lowercased() != "any" }
    for (method, option) in Self.optionsOfMethods where value(of: option)?.first?.lowercased() == "no" {
      config.methodsOff[method] = "\(option) no"
    }
    config.refusal =
      SSHDLoginRules(effective: SSHDEffective(values: values), user: facts.user, address: nil).refusal
    if let files = value(of: "AuthorizedKeysFile"), files.first?.lowercased() == "none" {
      config.otherKeysFile = files.joined(separator: " ")
    }
    return config
  }

  private static let optionsOfMethods = [
    "password": "PasswordAuthentication", "keyboard-interactive": "KbdInteractiveAuthentication",
    "hostbased": "HostbasedAuthentication", "gssapi-with-mic": "GSSAPIAuthentication",
  ]

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
