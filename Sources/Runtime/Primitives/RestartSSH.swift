import Contract
import Diagnosis
import Hosts
import LoginSafety
import Values

extension Primitive {
  package static let restartSSH = Primitive(
    "restart_ssh", "Lets sshd read its configuration again, and proves that people still get in.", needs: .ssh,
    Parameter<Port?>("port", "The port to log in at from now on, where a router in between gives it another number."),
    Parameter<KeyArgument?>(
      "key",
      "The key that the proof logs in with, outside `~/.ssh` with the permission `files` too; else the way in which the run "
        + "logged in.",
      own: .keys(of: .here)),
    Parameter<Bool>("restart", "Restart sshd instead of reloading it.", default: false),
    Parameter<Bool>("force", "Do it although no edit of this run waits for it.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether sshd read its configuration again."),
      ResultField("command", "string", "The command that did it."),
      ResultField("port", "integer", "The port at which it is called from now on, where that has changed."),
      ResultField("fingerprint", "string", "The key that the proof logged in with, if it was one."),
    ],
    done:
      "A fresh login worked. If it did not, the files are as they were, sshd has read them, and a login was tried again: "
      + "the failure's kind is `rolled-back`, or `unknown` when that login failed too.",
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
