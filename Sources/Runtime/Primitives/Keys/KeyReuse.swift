import Contract
import Diagnosis
import Formats
import Hosts
import Values

/// Reuses an existing key pair, and repairs the pair's problems.
struct KeyReuse: Sendable {
  let context: PrimitiveContext
  let found: KeySearch.Found
  /// The type of a new key.
  var type = KeyType.ed25519

  /// - Parameter wanted: the path from the recipe.
  /// - Returns: `nil` if a new key is needed.
  /// - Throws: ``Failure`` if a new key would hide a problem with the existing files.
  func decide(_ choice: KeyChoice, wanted: String?) async throws -> Decision? {
    let problems = choice.problems
    guard let best = choice.usable.first else {
      if wanted == nil, let key = choice.agentKey {
        for (path, problem) in problems { context.warn(problem.text(path)) }
        return .unchanged("an agent holds \(key.fingerprint)", agentFields(key))
      }
      if let fatal = problems.first(where: \.problem.isFatal) { throw fatal.problem.failure(fatal.path) }
      for (path, problem) in problems {
        // For a new key, a free path is no problem.
        if problem == .lonePublic, !found.candidates.contains(where: { $0.path == path && $0.publicLines != nil }) {
          continue
        }
        // No key is ever overwritten, so a new one has no place.
        if wanted != nil || hasPlaceOnly(path) { throw problem.failure(path) }
        context.warn(problem.text(path))
      }
      return nil
    }
    for (path, problem) in problems where problem.isFatal {
      context.warn(problem.text(path))
    }
    return try decide(best)
  }

  /// Whether a new key of the wanted type would go to this path, which holds another file.
  private func hasPlaceOnly(_ path: String) -> Bool {
    path.hasSuffix("/id_\(type.rawValue)") && found.candidates.contains { $0.path == path && $0.status != nil }
  }

  private func decide(_ best: KeyChoice.Usable) throws -> Decision {
    let candidate = best.candidate
    if context.host.isHere { context.services.offer(keyAt: candidate.identity) }
    let fields = best.publicKey.map { keyFields($0, candidate, isNew: false) } ?? ["path": .string(candidate.path)]
    var what: [String] = []
    if candidate.isTooOpen { what.append("mode \(candidate.status?.mode.description ?? "?") -> 600") }
    if candidate.publicFile == nil {
      let hint = candidate.publicLines == nil ? "" : ", since it holds no public key"
      what.append("\(candidate.path).pub is made anew\(hint)")
    }
    guard !what.isEmpty else {
      if candidate.status == nil, let key = best.publicKey {
        return .unchanged("an agent holds the private half of \(candidate.path).pub: \(key.fingerprint)", fields)
      }
      return .unchanged("\(candidate.path) is there: \(best.publicKey?.fingerprint ?? "")", fields)
    }
    return .change("\(candidate.path): \(what.joined(separator: ", "))", planned: fields) { writer in
      if candidate.isTooOpen { try await writer.setMode(candidate.path, FileMode(bits: 0o600)) }
      var now = best
      if candidate.isTooOpen, !context.reader.isPlanned { now = try await lookAgain(candidate.path) }
      if now.candidate.publicFile == nil, let key = now.publicKey {
        try await replacePublicHalf(of: candidate.path, with: key, writer)
      }
      guard !context.reader.isPlanned else { return fields }
      let end = try await lookAgain(candidate.path)
      guard let key = end.publicKey, !end.candidate.isTooOpen, end.candidate.publicFile != nil else {
        throw WriteError.notAsWanted(
          path: candidate.path, wanted: "a key pair with mode 600", seen: end.candidate.status?.text ?? "nothing")
      }
      return keyFields(key, end.candidate, isNew: false)
    }
  }

  private func replacePublicHalf(of path: String, with key: PublicKey, _ writer: any Writer) async throws {
    let file = try await context.reader.resolved(path + ".pub")
    if let status = file.state.status, file.state.contents == nil {
      throw Failure(
        status.kind == .file ? .denied : .fileType, "\"\(file.path)\" is there and cannot be replaced",
        seen: ["\(status.text) \(file.path)"], fix: ["see what is there: ls -ld \(file.path)"], paths: [file.path])
    }
    let contents = key.lineBytes + [Byte.lineFeed]
    try await writer.replaceFile(file.path, contents: contents, expecting: file.state.contents)
  }

  private func lookAgain(_ path: String) async throws -> KeyChoice.Usable {
    let again = try await KeySearch(folder: "", only: path)(context.reader)
    guard let candidate = again.candidates.first else { throw Failure(.absent, "\"\(path)\" is gone", paths: [path]) }
    switch candidate.judge(agent: found.agent ?? []) {
    case .success(let key): return KeyChoice.Usable(candidate: candidate, publicKey: key)
    case .failure(let error): throw error.problem.failure(path)
    }
  }

  /// A key without a file.
  private func agentFields(_ key: PublicKey) -> [String: LuaValue] {
    [
      "public": .string(key.line), "fingerprint": .string(key.fingerprint), "type": .string(key.type),
      "encrypted": .boolean(false), "created": .boolean(false), "in_agent": .boolean(true),
      "host": .string(context.host.name),
    ]
  }

  func keyFields(_ key: PublicKey, _ candidate: KeyCandidate, isNew: Bool) -> [String: LuaValue] {
    var fields: [String: LuaValue] = [
      "path": .string(candidate.path), "public": .string(key.lineBytes), "fingerprint": .string(key.fingerprint),
      "type": .string(key.type), "encrypted": .boolean(candidate.isEncrypted), "created": .boolean(isNew),
      "host": .string(context.host.name),
    ]
    if context.host.isHere { fields["in_agent"] = .boolean(found.holds(key)) }
    return fields
  }
}
