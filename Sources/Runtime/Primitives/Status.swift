import Contract
import Hosts
import Values

extension Primitive {
  static let status = Primitive(
    "status", "Returns whether a path exists, and its type, mode and owner.", needs: .files,
    Parameter<RemotePath>("path", "The path. A link is not followed."),
    Parameter("root", "Look as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("exists", "boolean", "Whether the path exists. If not, the other fields are missing."),
      ResultField("kind", "\"file\"|\"directory\"|\"link\"|\"other\"", "The type."),
      ResultField("mode", "string", "The permission bits, in octal."),
      ResultField("owner", "integer", "The owner's user ID."),
      ResultField("group", "integer", "The group ID."),
      ResultField("size", "integer", "The size in bytes."),
      ResultField("link", "string", "The target of a link."),
      ResultField("acl", "boolean", "Whether there is an access control list besides the mode."),
    ],
    example: #"if pi:status("~/.ssh").mode == "777" then warn "every user may write there" end"#
  ) { context, path, root in
    let account = try context.account(root: root, for: "status")
    let path = try await context.reader.absolute(path)
    guard let status = try await context.reader.state(of: path, as: account).status else {
      return .value(["exists": .boolean(false)], "\(path) is not there")
    }
    return .value(status.luaFields, "\(status.text) \(path)")
  }
}

extension FileStatus {
  var luaFields: [String: LuaValue] {
    var fields: [String: LuaValue] = [
      "exists": .boolean(true), "kind": .string(kindName), "mode": .string(mode.description),
      "owner": .integer(Int64(userID)), "group": .integer(Int64(groupID)), "size": .integer(Int64(size)),
      "acl": .boolean(hasACL),
    ]
    fields["link"] = linkTarget.map { .string($0) }
    return fields
  }

  private var kindName: String {
    switch kind {
    case .file: "file"
    case .directory: "directory"
    case .link: "link"
    case .other: "other"
    }
  }
}
