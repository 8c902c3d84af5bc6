import Contract
import Diagnosis
import Formats
import Hosts
import Scripts
import Values

extension Primitive {
  static let sshAdd = Primitive(
    "ssh_add", "Adds a key to this computer's SSH agent, and asks for the key's passphrase if needed.", needs: .agent,
    Parameter<KeyArgument>(
      "key",
      "The result of keygen, or the path of a private key; a path outside `~/.ssh` needs `files` too.",
      own: .keys(of: .here)),
    Parameter<Seconds?>("lifetime", "Seconds until the agent forgets the key. Default: never."),
    Parameter("keychain", "On a Mac, keep the passphrase in the keychain too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether the key is new to the agent."),
      ResultField("path", "string", "The path of the private half."),
      ResultField("fingerprint", "string", "`SHA256:…`"),
    ],
    done: "`ssh-add -L` lists the key.",
    example: #"here:ssh_add { key = "~/.ssh/id_ed25519", lifetime = 3600 }"#
  ) { context, key, lifetime, keychain in
    guard context.host.isHere else {
      throw Failure(.argument, "ssh_add works on this computer only", fix: ["write here:ssh_add"])
    }
    if key.isPlanned {
      return .change("give the new key to the agent") { _ in throw DecidedAtRunTime() }
    }
    let resolved = try await ResolvedKey(key, context)
    guard let path = resolved.path.flatMap(RemotePath.init)?.expanded(home: try await context.reader.facts().home),
      let publicKey = resolved.publicKey
    else { throw Failure(.argument, "the path of the private half is needed, not only the public line") }
    return try await AgentKey(
      context: context, path: path, publicKey: publicKey, lifetime: lifetime?.duration, usesKeychain: keychain
    ).decide()
  }
}

/// A key to be added to the agent.
struct AgentKey: Sendable {
  let context: PrimitiveContext
  let path: String
  let publicKey: PublicKey
  let lifetime: Duration?
  let usesKeychain: Bool

  func decide() async throws -> Decision {
    let found = try await KeySearch(folder: "", only: path)(context.reader)
    guard found.agent != nil else { throw Failure(.noAgent, Diagnosis(.agentAbsent)) }
    guard let candidate = found.candidates.first, candidate.status != nil else {
      throw Failure(.absent, Diagnosis(.keyMissing, ["keypath": path], paths: [path]))
    }
    let fields: [String: LuaValue] = ["path": .string(path), "fingerprint": .string(publicKey.fingerprint)]
    guard !found.holds(publicKey) else {
      return .unchanged("the agent holds \(publicKey.fingerprint) already", fields)
    }
    if candidate.isTooOpen {
      throw Failure(.key, Diagnosis(.privateKeyModes, ["keypath": path], paths: [path]))
    }
    return .change("give \(path) to the agent", planned: fields) { writer in
      try await add(writer, isEncrypted: candidate.isEncrypted)
      return fields
    }
  }

  private func add(_ writer: any Writer, isEncrypted: Bool) async throws {
    // A plan stops here, before the prompt for a passphrase.
    _ = try await writer.answer(
      Act(.command(Script("ssh_add: look", ShellScripts.isReadable, [path]), creates: [], summary: "look at \(path)")))
    let request = SecretRequest.keyPassphrase(path: path)
    var last = Output()
    for attempt in 1...(isEncrypted ? 3 : 1) {
      var input: [UInt8]?
      if isEncrypted {
        guard let secret = await context.services.secret(for: request, attempt: attempt) else {
          if attempt > 1 { break }
          throw HostError.secretNeeded(request)
        }
        // ssh-add asks again after a wrong passphrase; an empty line makes it give up.
        input = secret.reveal() + Array("\n\n\n".utf8)
      }
      last = try await writer.answer(Act(.command(script(input), creates: [], summary: "ssh-add \(path)")))
      if last.isSuccess {
        guard try await KeySearch(folder: "", only: path)(context.reader).holds(publicKey) else {
          throw Failure(.changed, "ssh-add reported success, but the agent does not list \(publicKey.fingerprint)")
        }
        return
      }
    }
    throw Failure(
      .denied, isEncrypted ? "the passphrase of \"\(path)\" was not right" : "ssh-add could not add \"\(path)\"",
      seen: last.errorText.split(whereSeparator: \.isNewline).map(String.init), status: Int(last.status),
      stderr: last.errorText,
      paths: [path])
  }

  private func script(_ input: [UInt8]?) -> Script {
    let seconds = lifetime.map { String(max(1, $0.components.seconds)) } ?? ""
    return Script(
      "ssh_add", ShellScripts.addKey, [path, seconds, usesKeychain ? "yes" : "", input == nil ? "" : "ask"],
      input: input)
  }
}
