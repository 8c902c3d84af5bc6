import Contract
import Diagnosis
import Hosts
import LoginSafety
import Values

extension Primitive {
  package static let restartSSH = Primitive(
    "restart_ssh", "Reloads sshd, and proves with a new login that the configuration works.", needs: .ssh,
    Parameter<Port?>("port", "The port for later logins, if a router forwards another port to sshd."),
    Parameter<KeyArgument?>(
      "key",
      "The key for the proof's login; a path outside `~/.ssh` needs the permission `files` too. Default: a key with a "
        + "successful login in this run, or the method of the run's own login.",
      own: .keys(of: .here)),
    Parameter<Bool>("restart", "Restart sshd instead of reloading it.", default: false),
    Parameter<Bool>("force", "Reload sshd even if this run has made no edit.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether sshd read its configuration again."),
      ResultField("command", "string", "The command used."),
      ResultField("port", "integer", "The port for later logins, if changed."),
      ResultField("fingerprint", "string", "The fingerprint of the proof's key, if the login used a key."),
    ],
    done:
      "A new login worked. Otherwise the old files were restored, sshd read them, and another login was tried: the "
      + "failure's kind is `rolled-back`, or `unknown` if the second login failed too.",
    example: "nas:restart_ssh { key = key }"
  ) { context, port, key, restart, force in
    guard !context.host.isHere else {
      throw Failure(
        .argument, "restart_ssh needs a host to log in to: on this computer nothing could prove that it works")
    }
    guard context.host.waitsForRestart || force else {
      return .unchanged("sshd runs with the configuration as it is")
    }
    let proof = try await SSHDReload.proof(context, key: key, port: port)
    return try await SSHDReload.decision(context, isRestart: restart, proof: proof)
  }
}

extension SSHDReload {
  package static func decision(
    _ context: PrimitiveContext, isRestart: Bool = false, proof: FreshLoginRequest
  ) async throws -> Decision {
    let facts = try await context.reader.facts()
    if facts.isDropbear {
      context.warn(
        "\(context.host.name): not rehearsed: dropbear has no configuration to try out beside the one in use")
    }
    let commands = isRestart ? facts.platform.restart : facts.platform.reload
    let verb = isRestart ? "restart" : "reload"
    guard !commands.isEmpty else {
      throw Failure(
        .unsupported, "it is not known how to \(verb) sshd on \(facts.platform.title)",
        fix: [facts.platform.clicks["restart_ssh"]].compactMap(\.self))
    }
    let reload = SSHDReload(
      context: context, sshd: try await SSHDReader(context.reader), pending: context.host.pendingRestarts,
      isOpaque: !context.host.opaqueEdits.isEmpty, commands: commands, verb: verb, proof: proof)
    return .change(
      "\(verb) sshd, and log in anew to prove that it works",
      planned: ["command": .string(""), "planned": .boolean(true)]
    ) { writer in try await reload(with: writer) }
  }

  /// The login for the proof: with the key of later logins, or by the run's own method.
  package static func proof(
    _ context: PrimitiveContext, key: KeyArgument? = nil, port: Port? = nil
  ) async throws -> FreshLoginRequest {
    var proof = try await LoginProof.request(context.host)
    if let key, let given = try await WorkingKey(key, context) {
      proof = FreshLoginRequest(given, afterReload: proof.afterReload)
    }
    proof.port = port?.number
    return proof
  }
}
