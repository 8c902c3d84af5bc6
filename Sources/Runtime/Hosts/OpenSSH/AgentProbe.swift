import Diagnosis

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Finds an agent that accepts connections and does not answer: ssh and ssh-add would wait for it for ever.
package enum AgentProbe {
  private static let patience = Duration.seconds(10)
  private static let pause = Duration.milliseconds(20)
  /// SSH_AGENTC_REQUEST_IDENTITIES (draft-ietf-sshm-ssh-agent), which asks for no consent and no touch.
  private static let listKeys: [UInt8] = [0, 0, 0, 1, 11]

  /// - Returns: the fault in a sentence; `nil` if the agent answers, or is not there at all.
  package static func fault(of socket: String) async -> String? {
    guard let connection = UnixSocket.connectAtOnce(to: socket) else { return nil }
    let fault = "the agent at \(socket) \(Cause.agentHungSign)"
    guard let descriptor = connection.descriptor else { return fault }
    defer { close(descriptor) }
    guard UnixSocket.writeAll(listKeys, to: descriptor) else { return nil }
    let end = ContinuousClock.now + patience
    while ContinuousClock.now < end {
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&wanted, 1, 0) != 0 { return nil }
      do { try await Task.sleep(for: pause) } catch { return nil }
    }
    return fault
  }
}
