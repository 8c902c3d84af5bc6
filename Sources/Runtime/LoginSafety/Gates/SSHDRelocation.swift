import Contract
import Hosts

/// A change of the host's port: the address for the proof and for all later logins.
struct SSHDRelocation: Sendable, Hashable {
  let relocation: Relocation

  /// - Parameters:
  /// - asked: the port for the proof, from the recipe.
  /// - listening: sshd's current ports; empty if the host could not tell.
  /// - Returns: `nil` if the port stays the same.
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
      // The host key is the same, so known_hosts needs no entry for the new port yet.
      hostKeyName: try await host.transport.controlSocketProxy()?.hostKeyName)
  }

  /// To be called after the proof.
  func takeEffect(_ context: PrimitiveContext) async throws {
    await context.host.relocate(relocation)
    try await context.services.relocated(context.host, to: relocation, branch: context.branch)
  }
}
