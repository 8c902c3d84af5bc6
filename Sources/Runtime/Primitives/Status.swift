import Contract
import Hosts
import Values

extension Primitive {
  static let status = Primitive(
    "status", "Tells whether a path exists, what it is, and who may do what with it.", needs: .files,
    Parameter<RemotePath>("path", "The path. A link is not followed."),
    Parameter("root", "Look as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("exists", "boolean", "Whether something is there. The other fields are missing when not."),
      ResultField("kind", "\"file\"|\"directory\"|\"link\"|\"other\"", "What it is."),
      ResultField("mode", "string", "The permission bits, in octal."),
      ResultField("owner", "integer", "The owner's user number."),
      ResultField("group", "integer", "The group's number."),
      ResultField("size", "integer", "The size in bytes."),
      ResultField("link", "string", "Where a link points to."),
      ResultField("acl", "boolean", "Whether an access control list stands beside the mode."),
    ],
    example: #"if pi:status("~/.ssh").mode == "777" then warn "anybody may write there" end"#
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
