/// Lines of sshd's log, from syslog or the journal, told apart by connection.
package struct SSHDLog: Equatable, Sendable {
  /// One connection: the messages of its process.
  package struct Connection: Equatable, Sendable {
    package var process: Int
    package var messages: [String]

    /// Whether sshd let the account in.
    package var isAccepted: Bool { messages.contains { $0.hasPrefix("Accepted ") } }

    /// Whether the connection is about this account or address.
    func mentions(_ word: String) -> Bool {
      messages.contains { $0.split(whereSeparator: { " ,[]()".contains($0) }).contains { $0 == word } }
    }
  }

  /// In the order of their last lines.
  package private(set) var connections: [Connection] = []

  /// - Parameter lines: oldest first, such as `Nov 29 08:00:00 pi sshd[123]: Connection closed by …`. Since OpenSSH 9.8
  ///   connections write as `sshd-session`, since 10.0 also as `sshd-auth`; lines of other programs are left out.
  package init(_ lines: some Sequence<String>) {
    for line in lines {
      guard let (process, message) = Self.split(line) else { continue }
      var connection = Connection(process: process, messages: [])
      if let index = connections.firstIndex(where: { $0.process == process }) {
        connection = connections.remove(at: index)
      }
      connection.messages.append(message)
      connections.append(connection)
    }
  }

  /// The messages of the newest refused connection about this account or address.
  package func newestRefusal(of word: String) -> [String] {
    connections.last { !$0.isAccepted && $0.mentions(word) }?.messages ?? []
  }

  private static func split(_ line: String) -> (process: Int, message: String)? {
    for name in ["sshd[", "sshd-session[", "sshd-auth[", "dropbear["] {
      guard let start = line.firstRange(of: name)?.upperBound else { continue }
      let rest = line[start...]
      guard let end = rest.firstRange(of: "]: "), let process = Int(rest[..<end.lowerBound]) else { continue }
      return (process, String(rest[end.upperBound...]))
    }
    return nil
  }
}
