import Contract
import Hosts

/// A change of the port at which a host is called: where the proof goes, and what all later logins must know.
struct SSHDRelocation: Sendable, Hashable {
  let relocation: Relocation

  /// - Parameters:
  ///   - asked: the port that the recipe names for the proof.
  ///   - listening: the ports that sshd listens at now; empty where the host could not say.
  /// - Returns: `nil` where the host is called as before.
  init?(_ context: PrimitiveContext, asked: Int?, listening: [Int]) async throws {
    let host = context.host
    let known = host.relocation
    let server = try await context.reader.facts().serverPort
    var port: Int?
    if let asked {
      port = asked == (known?.port ?? host.target?.port ?? server) ? nil : asked
    } else if let present = known?.serverPort ?? server, !listening.isEmpty, !listening.contains(present) {
      port = listening.first
    }
    guard let port else { return nil }
    relocation = Relocation(
      port: port, serverPort: listening.contains(port) ? port : listening.first ?? port,
      // The host is the same, so its key is: known_hosts need not have it under the new port yet.
      hostKeyName: try await host.transport.controlSocketProxy()?.hostKeyName)
  }

  /// The proof has worked.
  func takeEffect(_ context: PrimitiveContext) async throws {
    await context.host.relocate(relocation)
    try await context.services.relocated(context.host, to: relocation, branch: context.branch)
  }
}
