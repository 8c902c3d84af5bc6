import Contract
import Formats
import Hosts
import LoginSafety
import Values

extension Primitive {
  static let listIDs = Primitive(
    "list_ids", "Returns the keys in the authorized_keys file that sshd on this host reads, as a list.", needs: .keys,
    Parameter<RemotePath?>(
      "file", "A file other than the one that sshd reads; needs `files` too.", own: .keysFiles),
    Parameter("root", "Read as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("[n].type", "string", "The type of the file's key n: `ssh-ed25519`, `ssh-rsa`."),
      ResultField("[n].comment", "string", "The comment after the key; empty for none."),
      ResultField("[n].fingerprint", "string", "`SHA256:…`"),
      ResultField("[n].options", "string", "The options before the key, such as `cert-authority`; empty for none."),
      ResultField("[n].line", "integer", "The number of the key's line, from 1."),
    ],
    done: "Each line that sshd takes for a key is in the list. A missing file gives an empty list.",
    example: #"for _, key in ipairs(nas:list_ids()) do note(key.line .. ": " .. key.fingerprint) end"#
  ) { context, file, root in
    let account = try context.account(root: root, for: "list_ids")
    let place = try await KeysFilePlace.configured(context.reader, given: file, as: account)
    let found = try await KeysFile(context.reader, place: place, account: account, isForChange: false)
    let entries = found.keys.entries
    let count = entries.count == 1 ? "1 key" : "\(entries.count) keys"
    return .plain(
      .table(LuaTable(list: entries)), found.status == nil ? "\(found.path) is not there" : "\(found.path): \(count)")
  }
}

extension AuthorizedKeys {
  /// One table for each line with a key.
  fileprivate var entries: [LuaValue] {
    lines.enumerated().compactMap { index, line in
      guard case .key(let options, let key) = line.kind else { return nil }
      return .table(
        LuaTable(fields: [
          "type": .string(key.type), "comment": .string(key.commentBytes), "fingerprint": .string(key.fingerprint),
          "options": .string(options), "line": .integer(Int64(index + 1)),
        ]))
    }
  }
}
