import Contract
import Diagnosis
import Hosts
import Primitives
import Scripts
import Values

extension Run {
  /// - Throws: `Errno` of the journal.
  func record(_ relocation: Relocation?, of host: Host) throws {
    try journal?.write(.moved(host: host.name, relocation))
  }

  /// Adds a host's new port to `known_hosts`, and reports the port to the user at the end.
  func relocated(_ host: Host, to relocation: Relocation, branch: Int) async throws {
    guard let target = host.target else { return }
    let account = (target.user.map { "\($0)@" } ?? "") + target.host
    let here = Target(user: target.user, host: target.host, port: relocation.port).description
    guard relocation.port != target.port ?? 22 else {
      state.update { $0.notes.append("\(host.name) listens at port \(relocation.port) again") }
      return
    }
    let command = "ssh -p \(relocation.port) \(account)"
    state.update {
      $0.notes.append("\(host.name) listens at port \(relocation.port) from now on: \(command)")
      $0.notes.append("call it \(here) in further runs, or give it the new Port in ~/.ssh/config")
    }
    do { try await know(host, target, relocation, branch: branch) } catch {
      let why = failure(from: error).message
      warn("\(host.name): known_hosts was not given the key at port \(relocation.port): \(why)", branch: branch)
    }
  }

  /// Adds the name that ssh will look up at the new port. With a `HostKeyAlias` in the user's configuration, the lookup
  /// works already.
  private func know(_ host: Host, _ target: Target, _ relocation: Relocation, branch: Int) async throws {
    let script = Script(
      "ssh -G", ShellScripts.resolveName, [target.host, String(relocation.port)])
    let output = try await readers[0].query(script)
    let lines = output.text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }
    if lines.contains(where: { $0.first?.lowercased() == "hostkeyalias" && $0.count > 1 && $0[1] != "none" }) { return }
    let name = lines.first { $0.first?.lowercased() == "hostname" }?.dropFirst().first.map(String.init)
    let arguments: [String: LuaValue] = [
      "host": .object(LuaObject(kind: HostArgument.objectKind, id: host.id)),
      "address": .string(name ?? target.host), "port": .integer(Int64(relocation.port)),
    ]
    let context = PrimitiveContext(reader: readers[0], here: readers[0], services: self, branch: branch)
    let body = try Primitive.trustHost.prepare([.table(LuaTable(fields: arguments))])
    _ = try await PrimitiveCall(run: self, primitive: .trustHost, context: context).carryOut(body)
  }
}
