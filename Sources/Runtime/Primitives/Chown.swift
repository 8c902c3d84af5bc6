import Contract
import Diagnosis
import Hosts
import Scripts
import Values

extension Primitive {
  static let chown = Primitive(
    "chown", "Sets the owner of a file or directory.", needs: .files,
    Parameter<RemotePath>("path", "The file or directory."),
    Parameter<OwnerArgument>("owner", "`user`, `user:group` or `:group`, by name or number."),
    Parameter(
      "root", "Do it as root, since only root can give files away; needs the permission `root` too.", default: true),
    results: [
      ResultField("changed", "boolean", "Whether the owner changed."),
      ResultField("owner", "integer", "The owner's user ID afterwards."),
      ResultField("group", "integer", "The group ID afterwards."),
    ],
    done: "The owner was read again, and is as requested.",
    example: #"pi:chown("~/.ssh/authorized_keys", "pi:pi")"#
  ) { context, path, owner, root in
    let account = try context.account(root: root, for: "chown")
    let reader = context.reader
    let path = try await reader.absolute(path)
    guard let status = try await reader.state(of: path, as: account).status else {
      throw Failure(.absent, "there is no file \"\(path)\"", paths: [path])
    }
    guard status.kind != .link else {
      throw Failure(.link, "\"\(path)\" is a link to \(status.linkTarget ?? "?"); name the file itself", paths: [path])
    }
    let ids = try await OwnerNumbers(of: owner, reader: reader)
    let (user, group) = (ids.user ?? status.userID, ids.group ?? status.groupID)
    let fields: [String: LuaValue] = ["owner": .integer(Int64(user)), "group": .integer(Int64(group))]
    guard user != status.userID || group != status.groupID else {
      return .unchanged("\(path) belongs to \(owner) already", fields)
    }
    let what = "\(path): \(status.userID):\(status.groupID) -> \(owner) (\(user):\(group))"
    return .change(what, planned: fields) { writer in
      try await writer.perform(
        Act(.setOwner(path: path, user: ids.user.map(String.init), group: ids.group.map(String.init)), as: account))
      let seen = try await reader.state(of: path, as: account).status
      guard seen?.userID == user, seen?.groupID == group else {
        throw WriteError.notAsWanted(path: path, wanted: "\(user):\(group)", seen: seen?.text ?? "not there")
      }
      return fields
    }
  }
}

/// An owner's user and group numbers on this host.
struct OwnerNumbers: Sendable {
  var user: Int?
  var group: Int?

  init(of owner: OwnerArgument, reader: Reader) async throws {
    (user, group) = (owner.user.flatMap { Int($0) }, owner.group.flatMap { Int($0) })
    let userName = user == nil ? owner.user ?? "" : ""
    let groupName = group == nil ? owner.group ?? "" : ""
    guard !userName.isEmpty || !groupName.isEmpty else { return }
    let output = try await reader.query(Script("owner numbers", ShellScripts.findOwnerNumbers, [userName, groupName]))
    for line in output.text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ")
      guard words.count == 2, let number = Int(words[1]) else { continue }
      if words[0] == "user" { user = number } else { group = number }
    }
    if !userName.isEmpty, user == nil { throw Failure(.absent, "there is no user \"\(userName)\" on the host") }
    if !groupName.isEmpty, group == nil { throw Failure(.absent, "there is no group \"\(groupName)\" on the host") }
  }
}
