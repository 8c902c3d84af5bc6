import Contract
import Diagnosis
import Hosts
import Values

extension Primitive {
  static let mkdir = Primitive(
    "mkdir", "Makes a directory.", needs: .files,
    Parameter<RemotePath>("path", "The directory. What is above it must be there."),
    Parameter<FileMode?>("mode", "The mode afterwards; else one that is there keeps its mode, and a new one gets 755."),
    Parameter("root", "Do it as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether it was not there, or had another mode."),
      ResultField("path", "string", "The directory."),
      ResultField("mode", "string", "The mode afterwards, in octal."),
    ],
    done: "It was looked at again: it is a directory and has this mode.",
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
    guard wanted != status.mode else { return .unchanged("\(path) is there already", fields) }
    return .change("\(path): \(status.mode) -> \(wanted)", planned: fields) { writer in
      try await writer.setMode(there.path, wanted, as: account)
      return fields
    }
  }
}
