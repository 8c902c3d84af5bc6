/// The output of `ssh -v`, on standard error or in its `-E` file (sshconnect2.c; the forms of OpenSSH 6.6 to 10.x).
package struct SSHClientLog: Equatable, Sendable {
  /// A key in the form `PATH TYPE FINGERPRINT ORIGIN`.
  package struct Key: Equatable, Sendable {
    package enum Origin: Equatable, Sendable {
      case file
      /// Given by `-i` or `IdentityFile`.
      case explicit
      case agent
    }

    /// The file, or the comment of an agent's key.
    package var path: String
    /// `ED25519`, `RSA`, … as ssh prints it.
    package var type: String
    package var fingerprint: String
    package var origins: [Origin]
    package var isFromAgent: Bool { origins.contains(.agent) }
  }

  package struct HostKey: Equatable, Sendable {
    package var type: String
    package var fingerprint: String
  }

  /// The command that makes the connection (`ProxyJump`, `ProxyCommand`); `nil` without a proxy.
  package private(set) var proxyCommand: String?
  /// Without `SSH-2.0-`: `OpenSSH_9.2p1 Debian-2`.
  package private(set) var serverSoftware: String?
  package private(set) var hostKey: HostKey?
  /// The name under which `known_hosts` lists the host key, or was just given it.
  package private(set) var knownAs: String?
  /// In the order tried.
  package private(set) var offered: [Key] = []
  /// Keys that the server would accept; a later failure lies on this side, or in a further requirement.
  package private(set) var accepted: [Key] = []
  /// The key of the login, if a key authenticated it: the last key accepted, or a key without a readable public half.
  /// ssh does not offer such a key first, so its fingerprint is missing here.
  private var lastKey: Key?
  /// `publickey`, `password`, `none`, …; `nil` if authentication failed.
  package private(set) var authenticatedBy: String?
  /// Methods that succeeded but did not suffice, since `AuthenticationMethods` requires more.
  package private(set) var partialSuccesses: [String] = []
  /// The method tried last.
  private var method: String?
  /// The first list sent by the server; `nil` if there was none.
  package private(set) var methodsOffered: [String]?
  /// The last list sent by the server; `nil` if there was none.
  package private(set) var methodsThatCanContinue: [String]?
  /// The server's notes (`debug1: Remote:`), without duplicates. The server sends them only once a session starts.
  package private(set) var remoteNotes: [String] = []
  /// Messages about agents, or keys on a card, that have the public half but did not sign.
  package private(set) var agentFailures: [String] = []
  /// Messages about unusable private keys: bad modes, a format unknown to ssh, a missing file.
  package private(set) var keyProblems: [String] = []
  /// All other messages of ssh before authentication, without notices.
  package private(set) var messages: [String] = []

  package var isAuthenticated: Bool { authenticatedBy != nil }
  /// The key of the login; `nil` if another method authenticated it.
  package var key: Key? { authenticatedBy == "publickey" ? lastKey : nil }
  /// The last message of ssh before it gave up; `nil` after a login.
  package var finalError: String? { isAuthenticated ? nil : messages.last }

  package init(_ bytes: [UInt8]) {
    for line in ByteLine.split(bytes) {
      let text = line.text.trimmingCarriageReturn
      if let note = text.after("debug1: ") { readDebug(note) } else { readMessage(text) }
    }
  }

  package init(_ text: String) {
    self.init(Array(text.utf8))
  }

  private mutating func readDebug(_ text: String) {
    if let command = text.after("Executing proxy command: ") ?? text.after("Executing proxy dialer command: ") {
      proxyCommand = command.after("exec ") ?? command
    } else if let version = text.after("Remote protocol version ") {
      serverSoftware = version.part(behind: ", remote software version ")
    } else if let key = text.after("Server host key: ") {
      let words = key.split(separator: " ").map(String.init)
      if words.count >= 2 { hostKey = HostKey(type: words[0], fingerprint: words[1]) }
    } else if let rest = text.after("Host '"), let name = rest.before("' is known and matches the ") {
      knownAs = name
    } else if let key = text.after("Offering public key: ") ?? text.after("Offering RSA public key: ")
      ?? text.after("Offering ED25519 public key: ") ?? text.after("Offering ECDSA public key: ")
    {
      offered.append(Self.key(key))
    } else if let key = text.after("Server accepts key: ") {
      accepted.append(Self.acceptedKey(key, offered: offered))
      lastKey = accepted.last
    } else if let path = text.after("Trying private key: ") {
      lastKey = Key(path: path, type: "", fingerprint: "", origins: [.file])
    } else if let name = text.after("Next authentication method: ") {
      method = name
    } else if let list = text.after("Authentications that can continue: ") {
      methodsThatCanContinue = list.split(separator: ",").map(String.init)
      methodsOffered = methodsOffered ?? methodsThatCanContinue
    } else if let method = text.between("Authentication succeeded (", ").") {
      authenticatedBy = method
    } else if let method = text.between("Authenticated using \"", "\" with partial success.") {
      partialSuccesses.append(method)
    } else if let note = text.after("Remote: ") {
      if remoteNotes.count < Self.mostNotes, !remoteNotes.contains(note) { remoteNotes.append(note) }
    } else if text.hasPrefix("send_pubkey_test: no mutual signature") {
      keyProblems.append(text)
    }
  }

  private mutating func readMessage(_ text: String) {
    if text.hasPrefix("Authenticated to ") {
      // Up to 8.6, a debug line before this one names the method.
      let method = text.part(behind: " using \"").flatMap { $0.split(separator: "\"").first }
      authenticatedBy = method.map(String.init) ?? authenticatedBy
      return
    }
    if let method = text.between("Authenticated using \"", "\" with partial success.") {
      partialSuccesses.append(method)
      return
    }
    // Before 8.5.
    if text == "Authenticated with partial success." {
      partialSuccesses.append(method ?? "publickey")
      return
    }
    if let rest = text.after("Warning: Permanently added '"), let name = rest.before("' (") { knownAs = name }
    guard !isAuthenticated, !text.isEmpty, !Self.notices.contains(where: text.hasPrefix) else { return }
    messages.append(text)
    if Self.agentSigns.contains(where: text.contains) {
      agentFailures.append(text)
    } else if Self.keySigns.contains(where: text.contains) {
      keyProblems.append(text)
    }
  }

  /// A server may send any number.
  private static let mostNotes = 100
  private static let notices = [
    "debug2: ", "debug3: ", "OpenSSH_", "OpenBSD Secure Shell", "Warning: Permanently added ", "Transferred: ",
    "Bytes per second: ", "** WARNING: connection is not using a post-quantum", "** This session may be",
    "** The server may need",
  ]
  private static let agentSigns = [
    "from agent: ", "agent refused operation", "Agent admitted failure", "authentication agent",
  ]
  private static let keySigns = [
    "Load key \"", "UNPROTECTED PRIVATE KEY FILE", "Identity file ", "no mutual signature", "signing failed",
  ]

  /// `PATH TYPE SHA256:… explicit agent`. A path may contain blanks, so parsing starts at the fingerprint.
  private static func key(_ text: String) -> Key {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard let at = words.lastIndex(where: { $0.hasPrefix("SHA256:") || $0.hasPrefix("MD5:") }), at > 0 else {
      // Before 6.8: only the path.
      return Key(path: text, type: "", fingerprint: "", origins: [.file])
    }
    // 6.8 to 7.7 print the type before the colon, or the type before the fingerprint and the path last.
    if at == 1, words.count > 2, !["explicit", "agent"].contains(words[2]) {
      let path = words[2...].joined(separator: " ")
      return Key(path: path, type: words[0], fingerprint: words[at], origins: [.file])
    }
    let path = words[..<(at - 1)].joined(separator: " ")
    let tail = words[(at + 1)...]
    var origins: [Key.Origin] = []
    if tail.contains("explicit") { origins.append(.explicit) }
    if tail.contains("agent") { origins.append(.agent) }
    return Key(
      path: path, type: words[at - 1], fingerprint: words[at], origins: origins.isEmpty ? [.file] : origins)
  }

  /// Up to 7.7 the line is `pkalg TYPE blen LENGTH`, and means the key offered last.
  private static func acceptedKey(_ text: String, offered: [Key]) -> Key {
    if text.hasPrefix("pkalg "), let last = offered.last { return last }
    return key(text)
  }
}

extension String {
  fileprivate var trimmingCarriageReturn: String {
    // `\r\n` would be one Character, but the line feed is gone here already.
    hasSuffix("\r") ? String(dropLast()) : self
  }

  fileprivate func after(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }

  fileprivate func between(_ prefix: String, _ suffix: String) -> String? {
    guard let rest = after(prefix), rest.hasSuffix(suffix) else { return nil }
    return String(rest.dropLast(suffix.count))
  }

  fileprivate func before(_ separator: String) -> String? {
    let parts = split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? String(parts[0]) : nil
  }

  fileprivate func part(behind separator: String) -> String? {
    let parts = split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? String(parts[1]) : nil
  }
}
