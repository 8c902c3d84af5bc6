import Contract
import Diagnosis
import Formats
import Hosts
import LoginSafety
import Values

extension Primitive {
  static let removeID = Primitive(
    "remove_id", "Removes a public key from the authorized_keys file that sshd on this host reads.", needs: .keys,
    Parameter<KeyArgument>(
      "key",
      "The result of keygen, the line of a public key, or the path of a `.pub` file on this computer; a path outside "
        + "`~/.ssh` needs `files` too.", own: .publicKeys),
    Parameter<RemotePath?>(
      "file", "A file other than the one that sshd reads; needs `files` too.", own: .keysFiles),
    Parameter("root", "Write as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether the key was there."),
      ResultField("path", "string", "The file, with all links resolved."),
      ResultField("fingerprint", "string", "`SHA256:…`"),
    ],
    done: "The file was read again: no line has this key, and all other lines are unchanged.",
    example: #"nas:remove_id { key = "~/.ssh/id_old.pub" }"#
  ) { context, key, place, root in
    let account = try context.account(root: root, for: "remove_id")
    guard let publicKey = try await ResolvedKey(key, context).publicKey else {
      return .unchanged("the key is not made yet, so it is nowhere")
    }
    let found = try await KeysFilePlace.configured(context.reader, given: place, as: account)
    let file = try await KeysFile(context.reader, place: found, account: account)
    let fields: [String: LuaValue] = [
      "path": .string(file.path), "fingerprint": .string(publicKey.fingerprint),
    ]
    let (new, change) = file.keys.removing(publicKey.blob)
    guard case .removed(let lines) = change else {
      return .unchanged("\(file.path) does not have the key", fields)
    }
    // Removing the key of the run's own login could lock the user out, unless another key has logged in since.
    var proved = context.host.workingKey?.fingerprint
    if proved == nil || proved == publicKey.fingerprint {
      let login = try await context.host.transport.login()
      proved = login.acceptedKey == publicKey.fingerprint ? publicKey.fingerprint : nil
    }
    let isOwn = proved == publicKey.fingerprint
    let refusal = Failure(
      .refused, "this run logged in with \(publicKey.fingerprint); to remove it could lock you out",
      fix: ["prove another key first, with verify_login", "or log in with another key or a password"],
      paths: [file.path]
    ).at(.check)
    // A plan makes no login, and counts on the one that the run will make. Only that login could tell whether the
    // removal is safe, so the plan's later steps still see the key.
    let isPlannedFirst = context.host.triedKey.map { $0 != publicKey.fingerprint } ?? false
    guard !isOwn || isPlannedFirst else { throw refusal }
    let what = "\(file.path): remove \(publicKey.fingerprint), line \(lines.map(String.init).joined(separator: ", "))"
    let diff = LineDiff.unified(file.contents, new, path: file.path)
    return .change(what, planned: fields, diff: diff) { writer in
      if isOwn {
        guard writer.isPlan else { throw refusal }
        return fields
      }
      try await file.replace(writer, with: new, expected: file.keys.validCount - lines.count)
      return fields
    }
  }
}
