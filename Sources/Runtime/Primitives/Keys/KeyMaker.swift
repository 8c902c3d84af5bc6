import Contract
import Diagnosis
import Formats
import Hosts
import Scripts
import Values

/// Makes a new key pair at a free path.
struct KeyMaker: Sendable {
  let context: PrimitiveContext
  let path: String
  let type: KeyType
  let bits: Int?
  let comment: String
  let hasPassphrase: Bool

  /// - Throws: ``Failure`` of kind `argument`.
  static func check(bits: Int?, type: KeyType) throws {
    guard let bits else { return }
    let isFine =
      switch type {
      case .ed25519: false
      case .ecdsa: [256, 384, 521].contains(bits)
      case .rsa: (2048...16384).contains(bits)
      }
    guard !isFine else { return }
    let expected =
      switch type {
      case .ed25519: "an ed25519 key has one length; leave bits out"
      case .ecdsa: "an ecdsa key has 256, 384 or 521 bits"
      case .rsa: "an rsa key has 2048 to 16384 bits"
      }
    throw Failure(.argument, "\(expected), got \(bits)")
  }

  func decide() async throws -> Decision {
    let reader = context.reader
    for file in [path, path + ".pub"] where try await reader.state(of: file).status != nil {
      if reader.isPlanned, file == path { return .unchanged("\(path) will be there by then", planned) }
      throw Failure(
        .exists, "\"\(file)\" is there already, and no key is ever overwritten",
        fix: ["name another path for the new key"], paths: [file])
    }
    let folder = Reader.parent(of: path)
    let isFolderThere = try await reader.resolved(folder).state.status != nil
    let summary = "make the \(type.rawValue) key \(path)"
    return .change("\(path): a new \(type.rawValue) key", planned: planned) { writer in
      if !isFolderThere { try await writer.makeDirectory(folder, mode: FileMode(bits: 0o700)) }
      let creates = [path, path + ".pub"]
      var input: [UInt8]?
      if hasPassphrase {
        // A plan stops here, before the prompt for a passphrase.
        let check = Script("keygen: check", ShellScripts.isFree, [path, folder])
        let look = Act.Kind.command(
          check, creates: writer.isPlan ? creates : [], summary: "look whether \(path) is free")
        _ = try await writer.answer(Act(look, leavesNothing: true))
        input = try await NewPassphrase(context: context, path: path).input()
      }
      let script = Script(
        "keygen", ShellScripts.makeKey,
        [
          path, type.rawValue, (bits ?? (type == .rsa ? 4096 : nil)).map(String.init) ?? "", comment,
          input == nil ? "" : "ask",
        ], input: input, timeout: .seconds(300))
      let output = try await writer.answer(Act(.command(script, creates: creates, summary: summary)))
      return try fields(output, isEncrypted: input != nil)
    }
  }

  private var planned: [String: LuaValue] {
    [
      "planned": .boolean(true), "path": .string(path), "created": .boolean(true), "host": .string(context.host.name),
      "type": .string(type == .rsa ? "ssh-rsa" : type == .ed25519 ? "ssh-ed25519" : "ecdsa-sha2-nistp\(bits ?? 256)"),
      "encrypted": .boolean(hasPassphrase), "in_agent": .boolean(false),
    ]
  }

  private func fields(_ output: Output, isEncrypted: Bool) throws -> [String: LuaValue] {
    guard output.isSuccess else {
      throw Failure(
        .exit, "ssh-keygen could not make \"\(path)\"",
        seen: output.errorText.split(whereSeparator: \.isNewline).map(String.init),
        fix: output.errorText.contains("unknown key type") ? ["this ssh-keygen is old: type = \"rsa\""] : [],
        status: Int(output.status), stderr: output.errorText, paths: [path])
    }
    guard let made = KeySearch.parse(output.stdout).candidates.first, case .success(let key?) = made.judge(agent: []),
      !made.isTooOpen, made.publicLines != nil, made.isEncrypted == isEncrypted
    else { throw WriteError.notAsWanted(path: path, wanted: "a new key pair", seen: "something else") }
    if context.host.isHere { context.services.offer(keyAt: path) }
    let none = KeySearch.Found()
    return KeyReuse(context: context, found: none).keyFields(key, made, isNew: true)
  }
}

/// A new passphrase from the user, entered twice as with ssh-keygen.
struct NewPassphrase: Sendable {
  let context: PrimitiveContext
  let path: String

  /// - Returns: two lines for ssh-keygen; `nil` for an empty passphrase.
  /// - Throws: ``HostError/secretNeeded(_:)`` without a terminal.
  func input() async throws -> [UInt8]? {
    let request = SecretRequest.keyPassphrase(path: path)
    for _ in 1...3 {
      context.note("Type a new passphrase for \(path), and the same once more")
      guard let first = await context.services.secret(for: request, attempt: 1),
        let second = await context.services.secret(for: request, attempt: 1)
      else { throw HostError.secretNeeded(request) }
      guard first.reveal() == second.reveal() else {
        context.warn("the two passphrases were not the same")
        continue
      }
      let bytes = first.reveal()
      if bytes.isEmpty {
        context.warn("the passphrase is empty, so \(path) is made without one")
        return nil
      }
      guard bytes.count > 4 else {
        context.warn("ssh-keygen takes no passphrase of less than 5 bytes")
        continue
      }
      context.services.keep(first, ofKeyAt: path)
      return bytes + [Byte.lineFeed] + bytes + [Byte.lineFeed]
    }
    throw Failure(.unanswered, "no passphrase was typed twice the same way", paths: [path])
  }
}
