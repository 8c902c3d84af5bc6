import Contract
import Hosts
import Values

extension Primitive {
  static let write = Primitive(
    "write", "Gives a file these contents, whole or not at all.", needs: .files,
    Parameter<RemotePath>("path", "The file; where a link stands, what it points to. Its directory must be there."),
    Parameter<Bytes>("contents", "All that the file shall hold, with its last newline. Private keys are refused."),
    Parameter<FileMode?>("mode", "The mode afterwards; else a file keeps its mode, and a new one gets 644."),
    Parameter("root", "Do it as root; needs the permission `root` too.", default: false),
    results: [
      ResultField("changed", "boolean", "Whether contents or mode were others before."),
      ResultField("path", "string", "The file, behind all links."),
      ResultField("mode", "string", "The mode afterwards, in octal."),
      ResultField("size", "integer", "The size afterwards, in bytes."),
    ],
    done: "The file was read again, and has these contents and this mode.",
    example: #"pi:write("~/.hushlogin", "")"#
  ) { context, path, contents, mode, root in
    let account = try context.account(root: root, for: "write")
    return try await WholeFile(
      reader: context.reader, path: try await context.reader.absolute(path), contents: contents.bytes, mode: mode,
      account: account
    ).decide()
  }
}
