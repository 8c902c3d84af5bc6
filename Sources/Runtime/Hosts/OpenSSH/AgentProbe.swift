import Diagnosis
import Formats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Asks an agent for keys, and detects a hung agent: ssh and ssh-add would wait for the agent for ever.
package enum AgentProbe {
  package enum Answer: Sendable, Hashable {
    /// The agent's keys; empty for a locked agent.
    case keys([PublicKey])
    /// There is no agent.
    case none
    /// The fault in a sentence.
    case fault(String)
  }

  private static let patience = Duration.seconds(10)
  private static let pause = Duration.milliseconds(20)
  /// SSH_AGENTC_REQUEST_IDENTITIES (draft-ietf-sshm-ssh-agent), which asks for no consent and no touch.
  private static let listKeys: [UInt8] = [0, 0, 0, 1, 11]
  private static let identities: UInt8 = 12
  /// The limit of OpenSSH's own agent.
  private static let longestAnswer = 256 << 10

  /// - Returns: the fault in a sentence; `nil` if the agent answers, or is not there at all.
  package static func fault(of socket: String) async -> String? {
    if case .fault(let fault) = await keys(of: socket) { fault } else { nil }
  }

  package static func keys(of socket: String) async -> Answer {
    guard let connection = UnixSocket.connectAtOnce(to: socket) else { return .none }
    let fault = Answer.fault("the agent at \(socket) \(Cause.agentHungSign)")
    guard let descriptor = connection.descriptor else { return fault }
    defer { close(descriptor) }
    guard UnixSocket.writeAll(listKeys, to: descriptor) else { return .none }
    let end = ContinuousClock.now + patience
    var answer: [UInt8] = []
    while ContinuousClock.now < end {
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Most agents answer at once.
      if poll(&wanted, 1, answer.isEmpty ? 1 : 0) == 0 {
        do { try await Task.sleep(for: pause) } catch { return .none }
        continue
      }
      // At most one piece: a silent rest must not be waited for.
      let piece = UnixSocket.readAll(from: descriptor, limit: 1)
      answer += piece
      if let message = WireReader.firstString(of: answer) { return .keys(keys(in: message)) }
      // An agent that hangs up has answered, though not with keys.
      if piece.isEmpty || answer.count > longestAnswer { return .none }
    }
    return fault
  }

  private static func keys(in message: [UInt8]) -> [PublicKey] {
    var reader = WireReader(Array(message.dropFirst()))
    guard message.first == identities, let count = reader.number() else { return [] }
    var keys: [PublicKey] = []
    for _ in 0..<min(count, longestAnswer) {
      guard let blob = reader.string(), let comment = reader.string() else { break }
      let type = WireReader.firstString(of: blob).map { String(decoding: $0, as: UTF8.self) } ?? ""
      if let key = try? PublicKey(type: type, blob: blob, comment: String(decoding: comment, as: UTF8.self)) {
        keys.append(key)
      }
    }
    return keys
  }
}
