import Diagnosis
import Formats
import Hosts
import Scripts

/// Inspects a host's key pairs in one round trip. Of private halves, only the status and the output of `ssh-keygen` are
/// read.
struct KeySearch: Sendable {
  /// The folder with the `id_*` to inspect.
  var folder: String
  /// Inspects only this key.
  var only: String?
  /// The agents to ask; `nil` for the agent of `SSH_AUTH_SOCK`.
  var agents: [String]?

  /// The result of a search.
  struct Found: Sendable, Hashable {
    var hasTool = false
    /// The agent's keys; `nil` if no agent answers.
    var agent: [PublicKey]?
    var candidates: [KeyCandidate] = []

    func holds(_ key: PublicKey) -> Bool { agent?.contains { $0.blob == key.blob } ?? false }
  }

  var script: Script {
    Script("keygen: look", ShellScripts.findKeys, [folder, only ?? ""] + (agents.map { ["agents"] + $0 } ?? []))
  }

  /// - Throws: ``Failure`` of kind `no-agent` for an agent of this computer that does not answer.
  func callAsFunction(_ reader: Reader) async throws -> Found {
    guard reader.host.isHere else { return Self.parse(try await reader.query(script).stdout) }
    var agentKeys: [PublicKey]?
    for socket in agents ?? [ClientConfig().agentSocket].compactMap(\.self) {
      switch await AgentProbe.keys(of: socket) {
      case .keys(let keys): agentKeys = (agentKeys ?? []) + keys
      case .none: break
      case .fault(let fault): throw Failure(.noAgent, Diagnosis(.agentHung, seen: [fault]))
      }
    }
    if reader.host.transport.isThisProcess, let candidates = LocalKeys.candidates(in: folder, only: only) {
      return Found(hasTool: true, agent: agentKeys, candidates: candidates)
    }
    return Self.parse(try await reader.query(script).stdout)
  }

  static func parse(_ output: [UInt8]) -> Found {
    var found = Found()
    // ssh-keygen ends messages with CR LF.
    for line in ByteLine.split(output).map(\.content) {
      let name = line.prefix { $0 != Byte.space }
      let bytes = Array(line.dropFirst(name.count + 1))
      let value = String(decoding: bytes, as: UTF8.self)
      switch String(decoding: name, as: UTF8.self) {
      case "tool": found.hasTool = true
      case "agent":
        found.agent = found.agent ?? []
        if let key = try? PublicKey(bytes) { found.agent?.append(key) }
      case "key": found.candidates.append(KeyCandidate(path: value))
      case let name:
        guard let last = found.candidates.indices.last else { continue }
        found.candidates[last].read(name, value, bytes)
      }
    }
    return found
  }
}
