/// What `ssh -v` said on its standard error, or into its `-E` file (sshconnect2.c; the forms of OpenSSH 6.6 to 10.x).
package struct SSHClientLog: Equatable, Sendable {
  /// A key in the form `PATH TYPE FINGERPRINT ORIGIN`.
  package struct Key: Equatable, Sendable {
    package enum Origin: Equatable, Sendable {
      case file
      /// Named by `-i` or `IdentityFile`.
      case explicit
      case agent
    }

    /// The file; of a key from the agent its comment.
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

  /// `SSH-2.0-` taken off: `OpenSSH_9.2p1 Debian-2`.
  package private(set) var serverSoftware: String?
  package private(set) var hostKey: HostKey?
  /// The name under which `known_hosts` has that key, or has been given it now.
  package private(set) var knownAs: String?
  /// In the order tried.
  package private(set) var offered: [Key] = []
  /// The server would take these; what fails later fails on this side, or on a further demand.
  package private(set) var accepted: [Key] = []
  /// The key that the server has let in, if it was one: accepted last, or one whose public half ssh had nowhere to read. Such
  /// a key is not offered first, and has no fingerprint here.
  private var lastKey: Key?
  /// `publickey`, `password`, `none`, …; `nil` where nothing let us in.
  package private(set) var authenticatedBy: String?
  /// Methods that were right, but not enough: `AuthenticationMethods` wants more.
  package private(set) var partialSuccesses: [String] = []
  /// The last list that the server sent; `nil` where it never sent one.
  package private(set) var methodsThatCanContinue: [String]?
  /// The server's own notes (`debug1: Remote:`), each once. They come only once a session starts.
  package private(set) var remoteNotes: [String] = []
  /// An agent, or a key on a card, that has the public half but did not sign.
  package private(set) var agentFailures: [String] = []
  /// Private keys that could not be used: bad modes, a format that ssh does not know, a missing file.
  package private(set) var keyProblems: [String] = []
  /// Whatever else ssh said before it was let in, notices taken out.
  package private(set) var messages: [String] = []

  package var isAuthenticated: Bool { authenticatedBy != nil }
  /// The key by which the server let us in; `nil` where it was none.
  package var key: Key? { authenticatedBy == "publickey" ? lastKey : nil }
  /// The last thing that ssh said before it gave up; `nil` after a login.
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
    if let version = text.after("Remote protocol version ") {
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
    } else if let list = text.after("Authentications that can continue: ") {
      methodsThatCanContinue = list.split(separator: ",").map(String.init)
    } else if let method = text.between("Authentication succeeded (", ").") {
      authenticatedBy = method
    } else if let method = text.between("Authenticated using \"", "\" with partial success.") {
      partialSuccesses.append(method)
    } else if let note = text.after("Remote: ") {
      if !remoteNotes.contains(note) { remoteNotes.append(note) }
    } else if text.hasPrefix("send_pubkey_test: no mutual signature") {
      keyProblems.append(text)
    }
  }

  private mutating func readMessage(_ text: String) {
    if text.hasPrefix("Authenticated to ") {
      // Up to 8.6 the method stands in a debug line before this one.
      let method = text.part(behind: " using \"").flatMap { $0.split(separator: "\"").first }
      authenticatedBy = method.map(String.init) ?? authenticatedBy
      return
    }
    if let method = text.between("Authenticated using \"", "\" with partial success.") {
      partialSuccesses.append(method)
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

  /// `PATH TYPE SHA256:… explicit agent`. A path may hold blanks, so this is read from the fingerprint.
  private static func key(_ text: String) -> Key {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard let at = words.lastIndex(where: { $0.hasPrefix("SHA256:") || $0.hasPrefix("MD5:") }), at > 0 else {
      // Before 6.8: the path alone.
      return Key(path: text, type: "", fingerprint: "", origins: [.file])
    }
    // 6.8 to 7.7 print the type in front of the colon, or before the fingerprint and the path last.
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

  /// Up to 7.7 this line says `pkalg TYPE blen LENGTH`: then it is the key offered last.
  private static func acceptedKey(_ text: String, offered: [Key]) -> Key {
    if text.hasPrefix("pkalg "), let last = offered.last { return last }
    return key(text)
  }
}

extension String {
  fileprivate var trimmingCarriageReturn: String {
    // `\r\n` would be one Character; the line feed is gone here already.
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
