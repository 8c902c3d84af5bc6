/// A `ListenAddress`: `HOST`, `IPv4:PORT` or `[IPv6]:PORT`. Without a port, every `Port` applies.
struct SSHDAddress: Sendable, Hashable {
  let host: String
  let port: String?

  init(_ text: String) {
    let text = text.split(separator: " ").first.map(String.init) ?? text
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = String(text[text.index(after: text.startIndex)..<end])
      let rest = text[text.index(after: end)...]
      port = rest.hasPrefix(":") ? String(rest.dropFirst()) : nil
    } else if let colon = text.firstIndex(of: ":"), text.count(where: { $0 == ":" }) == 1 {
      host = String(text[..<colon])
      port = String(text[text.index(after: colon)...])
    } else {
      host = text
      port = nil
    }
  }

  /// - Parameter effective: the addresses from `sshd -T`: numeric, each with its port.
  func isListened(in effective: [String]) -> Bool {
    // sshd prints names as addresses; only the host could resolve them.
    let isName = host.contains { $0.isLetter } && !host.contains(":")
    return effective.map(SSHDAddress.init).contains { listened in
      (isName || listened.host == host) && (port == nil || listened.port == port)
    }
  }
}
