import Contract
import Diagnosis
import Hosts
import Values

extension Primitive {
  static let chmod = Primitive(
    "chmod", "Sets or adjusts the permission bits of a file or directory.", needs: .files,
    Parameter<RemotePath>("path", "The file or directory."),
    Parameter<ModeChange>("mode", "Octal digits, or a change such as `g-w,o-w`."),
    Parameter("root", "Do it as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether the mode changed."),
      ResultField("mode", "string", "The mode afterwards, in octal."),
    ],
    done: "The mode was read again, and is as requested.",
    example: #"pi:chmod("~/.ssh", "700")"#
  ) { context, path, mode, root in
    let account = try context.account(root: root, for: "chmod")
    let path = try await context.reader.absolute(path)
    guard let status = try await context.reader.state(of: path, as: account).status else {
      throw Failure(.absent, "there is no file \(path)", paths: [path])
    }
    guard status.kind != .link else {
      throw Failure(.link, "\(path) is a link to \(status.linkTarget ?? "?"); name the file itself", paths: [path])
    }
    let wanted = mode.applied(to: status.mode)
    guard !wanted.isSatisfied(by: status.mode, isDirectory: status.kind == .directory) else {
      return .unchanged("\(path) is \(status.mode) already", ["mode": .string(status.mode.description)])
    }
    return .change("\(path): \(status.mode) -> \(wanted)") { writer in
      try await writer.setMode(path, wanted, as: account)
      return ["mode": .string(wanted.description)]
    }
  }
}
