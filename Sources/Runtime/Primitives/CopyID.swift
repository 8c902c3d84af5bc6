import Contract
import Diagnosis
import Formats
import Hosts
import LoginSafety
import Values

extension Primitive {
  static let copyID = Primitive(
    "copy_id", "Adds a public key to the authorized_keys file that sshd on this host reads.", needs: .keys,
    Parameter<KeyArgument>(
      "key",
      "The result of keygen, the line of a public key, or the path of a `.pub` file on this computer; a path outside "
        + "`~/.ssh` needs `files` too.", own: .publicKeys),
    Parameter<KeyOptions?>("options", "Options for the key's line, such as `restrict,from=\"10.0.0.2\"`."),
    Parameter<RemotePath?>(
      "file", "A file other than the one that sshd reads; needs `files` too.", own: .keysFiles),
    Parameter("root", "Write as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether the file changed."),
      ResultField("path", "string", "The file, with all links resolved."),
      ResultField("fingerprint", "string", "`SHA256:…`"),
      ResultField("options", "string", "The options before the key; empty for none."),
      ResultField("line", "integer", "The number of the key's line, from 1."),
    ],
    done: "The file was read again: this key is on a valid line, and all other lines are unchanged.",
    example: #"nas:copy_id { key = key, options = 'restrict,from="192.168.1.10"' }"#
  ) { context, key, options, file, root in
    let account = try context.account(root: root, for: "copy_id")
    let facts = try await context.reader.facts()
    let resolved = try await ResolvedKey(key, context)
    guard let publicKey = resolved.publicKey else {
      // Obstacles on the host show in a plan, even before the key is made.
      let place = try await KeysFilePlace.configured(context.reader, given: file, as: account)
      let path = try await KeysFile(context.reader, place: place, account: account).path
      return .change("\(path): add the key that will be made", planned: ["path": .string(path)]) { _ in
        throw DecidedAtRunTime()
      }
    }
    try KeyCopy.check(publicKey)
    let copy = KeyCopy(key: publicKey, options: options?.text ?? "", context: context, account: account)
    // A login with this key is better evidence than sshd's configuration, unless the run has changed the host since.
    let login = try await context.host.transport.login()
    if login.acceptedKey == publicKey.fingerprint, !context.host.isTouched {
      let known = try await KeysFile(
        context.reader, place: KeysFilePlace.assumed(facts, given: file), account: account)
      if known.keys.contains(publicKey.blob) { return try copy.decide(known) }
    }
    let place = try await KeysFilePlace.configured(context.reader, given: file, as: account)
    return try copy.decide(try await KeysFile(context.reader, place: place, account: account))
  }
}

/// A key to be added to a file.
struct KeyCopy: Sendable {
  let key: PublicKey
  let options: String
  let context: PrimitiveContext
  let account: Account

  /// - Throws: ``Failure`` for keys that sshd would reject in the file.
  static func check(_ key: PublicKey) throws {
    if key.isDSA { throw Failure(.argument, Diagnosis(.dsa)) }
    if key.type.contains("-cert-v01@") {
      throw Failure(
        .argument, "this is a certificate, which authorized_keys does not take",
        fix: ["name the plain public key; its file has no \"-cert\" in its name"])
    }
  }

  func decide(_ file: KeysFile) throws -> Decision {
    let keys = file.keys
    let (added, change) = keys.adding(key)
    switch change {
    case .unchanged(.presentWithOptions(let line, let found)):
      if !options.isEmpty, found != options {
        context.warn(
          "\(file.path) line \(line) has the key with the options \(found), not \(options); it stays as it is")
      }
      return .unchanged(
        "\(file.path) line \(line) has the key already, with the options \(found)", fields(file, found, line))
    case .unchanged(.present(let line)):
      guard !options.isEmpty else {
        return .unchanged("\(file.path) line \(line) has the key already", fields(file, "", line))
      }
      return write(
        file, prefixed(keys, line: line), line: line, expected: keys.validCount,
        "line \(line) gets the options \(options)")
    case .unchanged, .removed: return .unchanged("\(file.path) has the key already", fields(file, "", 0))
    case .split(let line, _):
      guard options.isEmpty else {
        throw Failure(
          .refused, Diagnosis(.keyGlued, ["path": file.path, "line": String(line)], paths: [file.path]),
          message: "the key stands glued to another one, and cannot be given options there")
      }
      return write(
        file, added, line: line, expected: AuthorizedKeys(added).validCount,
        "line \(line) held two keys, and is cut in two")
    case .added(let line, let closedLine):
      var new = added
      if !options.isEmpty {
        new.removeLast(key.line.utf8.count + 1)
        new += Array("\(options) \(key.line)\n".utf8)
      }
      let before = file.status == nil ? "new, " : ""
      let note = closedLine ? "; the last line had no newline" : ""
      return write(
        file, new, line: line, expected: keys.validCount + 1, "\(before)add \(key.fingerprint) as line \(line)\(note)")
    }
  }

  private func write(_ file: KeysFile, _ new: [UInt8], line: Int, expected: Int, _ what: String) -> Decision {
    let fields = fields(file, options, line)
    let diff = LineDiff.unified(file.contents, new, path: file.path)
    return .change("\(file.path): \(what)", planned: fields, diff: diff) { writer in
      try await file.replace(writer, with: new, expected: expected)
      let seen = AuthorizedKeys(try await file.reader.state(of: file.path, as: file.account).contents ?? [])
      guard seen.contains(key.blob) else {
        throw WriteError.notAsWanted(path: file.path, wanted: "the key \(key.fingerprint)", seen: "others")
      }
      return fields
    }
  }

  private func prefixed(_ keys: AuthorizedKeys, line: Int) -> [UInt8] {
    var lines = keys.lines.map(\.line)
    lines[line - 1].content = Array("\(options) ".utf8) + lines[line - 1].content.drop(while: Byte.isSpace)
    return lines.joinedBytes
  }

  private func fields(_ file: KeysFile, _ options: String, _ line: Int) -> [String: LuaValue] {
    [
      "path": .string(file.path), "fingerprint": .string(key.fingerprint), "options": .string(options),
      "line": .integer(Int64(line)),
    ]
  }
}
