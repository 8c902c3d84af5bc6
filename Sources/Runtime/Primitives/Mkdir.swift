import Contract
import Diagnosis
import Hosts
import Values

extension Primitive {
  static let mkdir = Primitive(
    "mkdir", "Makes a directory.", needs: .files,
    Parameter<RemotePath>("path", "The directory. Its parent directory must exist."),
    Parameter<FileMode?>(
      "mode", "The mode afterwards. Default: 755 for a new directory; an existing directory keeps its mode."),
    Parameter("root", "Do it as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether the directory was made, or its mode changed."),
      ResultField("path", "string", "The directory."),
      ResultField("mode", "string", "The mode afterwards, in octal."),
    ],
    done: "The path was read again: a directory with this mode.",
    example: #"pi:mkdir("~/.ssh", "700")"#
  ) { context, path, mode, root in
    let account = try context.account(root: root, for: "mkdir")
    let reader = context.reader
    let path = try await reader.absolute(path)
    let there = try await reader.resolved(path, as: account)
    guard let status = there.state.status else {
      let folder = Reader.parent(of: there.path)
      guard try await reader.resolved(folder, as: account).state.status?.kind == .directory else {
        throw Failure(
          .absent, "there is no directory \"\(folder)\" for \"\(path)\"", fix: ["make that first"], paths: [folder])
      }
      let wanted = mode ?? FileMode(bits: 0o755)
      let fields: [String: LuaValue] = ["path": .string(there.path), "mode": .string(wanted.description)]
      return .change("\(path): new, mode \(wanted)", planned: fields) { writer in
        try await writer.makeDirectory(there.path, mode: wanted, as: account)
        return fields
      }
    }
    guard status.kind == .directory else {
      throw Failure(.fileType, "\"\(path)\" is there and is not a directory", paths: [path])
    }
    let wanted = mode ?? status.mode
    let fields: [String: LuaValue] = ["path": .string(there.path), "mode": .string(wanted.description)]
    guard !wanted.isSatisfied(by: status.mode, isDirectory: true) else {
      return .unchanged("\(path) is there already", fields)
    }
    return .change("\(path): \(status.mode) -> \(wanted)", planned: fields) { writer in
      try await writer.setMode(there.path, wanted, as: account)
      return fields
    }
  }
}
