import Formats

extension HostError {
  /// The error with the relevant lines of the user's own configuration as evidence.
  func quoting(_ config: ClientConfig) -> HostError {
    let lines = relevantOptions.compactMap(config.line)
    func quoted(_ text: String) -> String { ([text] + lines).joined(separator: "\n") }
    switch self {
    // "bind 10.0.0.9: Cannot assign requested address", and then only "connect to host … failure".
    case .client(let text) where ["bind ", "getifaddrs: "].contains(where: text.contains):
      let bound = ["BindAddress", "BindInterface"].compactMap(config.line)
      return .client((bound + [text]).joined(separator: "\n"))
    case .client(let text):
      let named = config.places.values.filter { text.contains($0.text.prefix { $0 != " " }) }.map(\.description)
      let more = (config.complaints + named).filter { !text.contains($0) }
      return .client((more + [text]).joined(separator: "\n"))
    // Without a file for keys, ssh takes no new one, and does not even ask.
    case .hostKeyUnknown where config["UserKnownHostsFile"] == "none" && !lines.isEmpty:
      return .client(lines.joined(separator: "\n"))
    case .unknownHost(let text) where text.contains("Address family") && config.line(of: "AddressFamily") != nil:
      return .client(quoted(text))
    case .noCommonAlgorithm(let text) where relevantOptions.contains(where: config.isNarrowed):
      return .client(quoted(text))
    case .unknownHost(let text): return .unknownHost(quoted(text))
    case .connectionRefused(let text): return .connectionRefused(quoted(text))
    case .unreachable(let text): return .unreachable(quoted(text))
    case .connectionTimedOut(let text): return .connectionTimedOut(quoted(text))
    case .noBanner(let text): return .noBanner(quoted(text))
    case .noCommonAlgorithm(let text): return .noCommonAlgorithm(quoted(text))
    case .loginRefused(var refusal):
      refusal.passwordBlockers = config.passwordBlockers(among: refusal.methods)
      refusal.notes += lines.filter { !refusal.passwordBlockers.contains($0) }
      return .loginRefused(refusal)
    default: return self
    }
  }

  /// The options that can cause the error, the likelier first.
  private var relevantOptions: [String] {
    switch self {
    case .unknownHost: ["HostName", "AddressFamily", "CanonicalizeHostname", "ProxyJump", "ProxyCommand"]
    case .connectionRefused, .unreachable, .connectionTimedOut, .noBanner:
      ["Port", "HostName", "BindAddress", "BindInterface", "AddressFamily", "ProxyJump", "ProxyCommand"]
    case .hostKeyUnknown: ["UserKnownHostsFile"]
    case .noCommonAlgorithm:
      ["HostKeyAlgorithms", "KexAlgorithms", "Ciphers", "MACs", "CASignatureAlgorithms", "RequiredRSASize"]
    case .loginRefused:
      [
        "User", "PubkeyAuthentication", "PasswordAuthentication", "KbdInteractiveAuthentication",
        "PreferredAuthentications", "IdentitiesOnly", "IdentityFile", "IdentityAgent", "PubkeyAcceptedAlgorithms",
        "CertificateFile", "PKCS11Provider", "SecurityKeyProvider",
      ]
    default: []
    }
  }
}

extension ClientConfig {
  /// Whether a line replaces ssh's own list, rather than adding to the list or changing the order.
  fileprivate func isNarrowed(_ option: String) -> Bool {
    guard let value = places[option.lowercased()]?.text.dropFirst(option.count + 1) else { return false }
    return !value.hasPrefix("+") && !value.hasPrefix("^")
  }

  /// The lines that keep ssh from all of the server's methods with a password; none, if one of the methods is left.
  fileprivate func passwordBlockers(among methods: [String]) -> [String] {
    let options = ["password": "PasswordAuthentication", "keyboard-interactive": "KbdInteractiveAuthentication"]
    let preferred = self["PreferredAuthentications"]?.split(separator: ",").map(String.init)
    var blockers: [String] = []
    for (method, option) in options.sorted(by: { $0.key > $1.key }) where methods.contains(method) {
      if isOff(option), let line = line(of: option) {
        blockers.append(line)
      } else if let preferred, !preferred.contains(method), let line = line(of: "PreferredAuthentications") {
        blockers.append(line)
      } else {
        return []
      }
    }
    return blockers
  }
}
