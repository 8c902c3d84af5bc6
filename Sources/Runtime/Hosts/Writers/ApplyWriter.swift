import Formats
import Scripts
import Values

/// Does acts on the host, each in one round trip.
package struct ApplyWriter: Writer {
  package let host: Host
  /// Part of the names of temporary files, so that leftovers of a crash are recognisable; the rest is random.
  package let runID: String
  /// `nil` if no other run can be at work.
  package var lock: HostLock?

  package init(host: Host, runID: String, lock: HostLock? = nil) {
    self.host = host
    self.runID = runID
    self.lock = lock
  }

  /// The beginning of the name of a file's new contents before the rename.
  package static func temporaryName(of runID: String) -> String { ".ssh-recipes.\(runID)" }

  @discardableResult
  package func perform(_ act: Act) async throws -> Output {
    let before = act.path.flatMap { host.files[$0] }
    host.touch(act)
    let output = try await carryOut(act)
    if !host.isHere { host.know { $0.learn(act, listing: output.text, before: before) } }
    return output
  }

  private func carryOut(_ act: Act) async throws -> Output {
    switch act.kind {
    case .replaceFile(let path, let contents, let mode, let expecting):
      let script = Script(
        "replace \(path)", ShellScripts.replaceFile,
        [
          path, mode.description, expecting.map { Checksum.signs(of: $0) } ?? "absent", Checksum.signs(of: contents),
          Self.temporaryName(of: runID),
        ], input: contents)
      return try await run(script, act)
    case .placeFile(let file): return try await place(file, act)
    case .setMode(let path, let mode):
      let output = try await run(Script("chmod \(path)", ShellScripts.setMode, [path, mode.description]), act)
      try check(output, path: path, mode: mode)
      return output
    case .setOwner(let path, let user, let group):
      let owner = (user ?? "") + (group.map { ":\($0)" } ?? "")
      return try await run(Script("chown \(path)", ShellScripts.setOwner, [path, owner]), act)
    case .setAttributes(let path, let attributes):
      let script = Script(
        "attributes of \(path)", ShellScripts.setAttributes, [path, attributes.acl ?? ""],
        input: Array(attributes.dump(for: path).utf8))
      return try await run(script, act)
    case .makeDirectory(let path, let mode):
      let output = try await run(Script("mkdir \(path)", ShellScripts.makeDirectory, [path, mode.description]), act)
      try check(output, path: path, mode: mode)
      return output
    case .makeLink(let path, let target, let owner):
      return try await run(Script("link \(path)", ShellScripts.makeLink, [path, target, owner ?? ""]), act)
    case .remove(let path):
      return try await run(Script("remove \(path)", ShellScripts.removePath, [path]), act)
    case .command(let script, _, _):
      return try await send(script, act)
    }
  }

  package func answer(_ act: Act) async throws -> Output { try await perform(act) }

  /// A change of one file is short, and half a change is worse than a whole one: a separate task, not cancelled with
  /// the run, completes it.
  func run(_ script: Script, _ act: Act) async throws -> Output {
    let script = safely(script, act)
    let pair = act.epilogue.map { ScriptPair(script, $0) }
    try Task.checkCancellation()
    var output = try await Task { try await send(pair?.script ?? script, act) }.value
    if let (own, epilogue) = pair?.parts(of: output) {
      output = own
      output.epilogue = epilogue.stdout
    }
    switch output.status {
    case 0: return output
    case ActStatus.isLink: throw WriteError.isLink(path: act.path ?? "")
    case ActStatus.changedMeanwhile: throw WriteError.changedMeanwhile(path: act.path ?? "")
    case ActStatus.notAsWanted:
      throw WriteError.notAsWanted(path: act.path ?? "", wanted: "the new contents", seen: "others")
    default: throw WriteError.failed(act: act, status: output.status, stderr: output.errorText)
    }
  }

  private func send(_ script: Script, _ act: Act) async throws -> Output {
    var script = act.prelude.map { script.preceded(by: $0.text, $0.arguments) } ?? script
    script.endsShell = act.isLast
    guard let lock else { return try await host.transport.run(script, as: act.account) }
    return try await lock.run(script, as: act.account)
  }

  /// An account that can change a directory on the way must not lead root elsewhere. Two acts need root also in such a
  /// directory: `set-owner.sh`, which is safe there, and attributes that the kernel lets only root set. Root gives such
  /// attributes back only to files of an account that has become root.
  private func safely(_ script: Script, _ act: Act) -> Script {
    let isRootLogin = host.knownFacts?.isRoot == true
    guard act.account == .root || isRootLogin, let path = act.path else { return script }
    switch act.kind {
    case .setOwner: return script
    case .setAttributes(_, let attributes) where !isRootLogin && attributes.needRoot: return script
    default: break
    }
    let words = script.arguments.map { String(decoding: ShellQuoting.quoted($0), as: UTF8.self) }
    var safe = script
    safe.text = ShellScripts.actSafely
    safe.arguments = [path, script.text, words.joined(separator: " "), words.dropFirst().joined(separator: " ")]
    return safe
  }

  /// chmod may succeed without effect: an ACL, a file system without modes.
  private func check(_ output: Output, path: String, mode: FileMode) throws {
    guard let status = FileStatus(listing: output.text),
      !mode.isSatisfied(by: status.mode, isDirectory: status.kind == .directory)
    else { return }
    throw WriteError.notAsWanted(path: path, wanted: mode.description, seen: status.mode.description)
  }
}

extension FileAttributes {
  /// Whether only root can set some of the attributes.
  fileprivate var needRoot: Bool { extended.keys.contains { !$0.hasPrefix("user.") } }
}
